#include "tests/support/postgres_server.hpp"

#include "spatial/base/error.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <pwd.h>
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

}  // namespace

PostgresServer::PostgresServer() {
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
    for (const char* setting : {"listen_addresses=", "fsync=off", "jit=off", "shared_buffers=64MB",
                                "max_connections=40", "autovacuum_naptime=5"}) {
        words.insert(words.end(), {"-c", setting});
    }
    m_server.emplace(words);
    m_words = words;
    wait();
}

void PostgresServer::wait() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (run_program({programs_folder() + "/psql", "-q", "-h", m_folder.path().string(), "-U", superuser, "-d",
                        "postgres", "-c", "SELECT"})
               .exit_code != 0) {
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

std::string PostgresServer::gdal_source() const {
    return fmt::format("PG:host={} user={} dbname=postgres", m_folder.path().string(), superuser);
}

std::string PostgresServer::new_schema() { return fmt::format("test_{}", ++m_schemas); }

std::string PostgresServer::sql(const std::string& statements, const std::string& user) const {
    const ProgramEnd end = run_program({programs_folder() + "/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                                        "-h", m_folder.path().string(), "-U", user.empty() ? superuser : user, "-d",
                                        "postgres", "-c", statements});
    return end.exit_code == 0 ? end.output : end.error;
}

}  // namespace ranh::test
