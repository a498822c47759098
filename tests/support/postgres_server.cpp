#include "tests/support/postgres_server.hpp"

#include "spatial/base/error.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace ranh::test {
namespace {

constexpr const char* superuser = "tester";

std::string programs_folder() {
    const char* folder = std::getenv("RANH_POSTGRES");
    return folder == nullptr ? "/usr/lib/postgresql/15/bin" : folder;
}

void require_done(const ProgramEnd& end, const std::string& what) {
    if (end.exit_code != 0) {
        throw Failure(ErrorKind::io, what + "\n" + end.text());
    }
}

/// One that nobody listens at just now.
int free_port() {
    const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool found = handle >= 0 && ::bind(handle, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (handle >= 0) {
        ::close(handle);
    }
    if (!found) {
        throw Failure(ErrorKind::io, "no port of 127.0.0.1 can be had");
    }
    return ntohs(address.sin_port);
}

}  // namespace

PostgresServer::PostgresServer(ServerReach reach) : m_reach(reach) {
    if (::geteuid() == 0) {
        const passwd* owner = ::getpwnam("postgres");
        if (owner == nullptr || ::chown(m_folder.path().c_str(), owner->pw_uid, owner->pw_gid) != 0) {
            throw Failure(ErrorKind::io, "there is no user 'postgres'; install the package postgresql-15");
        }
    }
    std::vector<std::string> words = program("initdb");
    for (const char* word : {"-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "-N", "-D"}) {
        words.emplace_back(word);
    }
    words.push_back(m_folder.file("data"));
    require_done(run_program(words), "initdb");
    if (m_reach == ServerReach::loopback_with_passwords) {
        m_port = free_port();
        write_file(m_folder.file("data/pg_hba.conf"), "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
    }
    start();
    sql("CREATE EXTENSION postgis");
}

PostgresServer::~PostgresServer() { stop(); }

PostgresServer& PostgresServer::shared() {
    static PostgresServer server;
    return server;
}

std::vector<std::string> PostgresServer::program(const std::string& name) const {
    std::vector<std::string> words{"setpriv", "--pdeathsig", "QUIT"};
    if (::geteuid() == 0) {
        for (const char* word : {"--reuid=postgres", "--regid=postgres", "--init-groups"}) {
            words.emplace_back(word);
        }
    }
    words.push_back(programs_folder() + "/" + name);
    return words;
}

void PostgresServer::start() {
    std::vector<std::string> words = program("postgres");
    words.insert(words.end(), {"-D", m_folder.file("data"), "-k", m_folder.path().string()});
    const bool loopback = m_reach == ServerReach::loopback_with_passwords;
    words.insert(words.end(),
                 {"-p", std::to_string(m_port), "-c", loopback ? "listen_addresses=127.0.0.1" : "listen_addresses="});
    for (const char* setting :
         {"fsync=off", "jit=off", "shared_buffers=64MB", "max_connections=40", "autovacuum_naptime=5"}) {
        words.insert(words.end(), {"-c", setting});
    }
    m_server.emplace(words);
    m_words = words;
    wait();
}

void PostgresServer::wait() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (psql(superuser, {"-c", "SELECT"}).exit_code != 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw Failure(ErrorKind::io, "PostgreSQL does not start\n" + m_server->error_so_far());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (!m_server->running()) {  // after a crash it refuses while a process of the old server lives
            m_server.emplace(m_words);
        }
    }
}

void PostgresServer::kill() {
    m_server->send(SIGKILL);
    static_cast<void>(m_server->wait());
    m_server.reset();
}

void PostgresServer::stop() {
    if (m_server) {
        m_server->send(SIGQUIT);
        static_cast<void>(m_server->wait());
        m_server.reset();
    }
}

std::string PostgresServer::address(const std::string& schema, const std::string& user) const {
    return fmt::format("postgresql:///postgres?host={}&user={}&schema={}", m_folder.path().string(),
                       user.empty() ? superuser : user, schema);
}

std::string PostgresServer::host_and_port() const { return fmt::format("127.0.0.1:{}", m_port); }

std::string PostgresServer::gdal_source() const {
    return fmt::format("PG:host={} user={} dbname=postgres", m_folder.path().string(), superuser);
}

std::string PostgresServer::new_schema() { return fmt::format("test_{}", ++m_schemas); }

std::string PostgresServer::sql(const std::string& statements, const std::string& user) const {
    const ProgramEnd end =
        psql(user.empty() ? superuser : user, {"-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statements});
    return end.exit_code == 0 ? end.output : end.error;
}

ProgramEnd PostgresServer::psql(const std::string& user, std::vector<std::string> words) const {
    words.insert(words.begin(), {programs_folder() + "/psql", "-q", "-h", m_folder.path().string(), "-p",
                                 std::to_string(m_port), "-U", user, "-d", "postgres"});
    return run_program(words);
}

}  // namespace ranh::test
