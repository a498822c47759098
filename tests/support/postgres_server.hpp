#pragma once

#include "tests/support/program.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ranh::test {

/// How a test server is reached.
enum class ServerReach {
    socket,                  ///< a socket in its folder, by anybody; no network
    loopback_with_passwords  ///< also TCP on 127.0.0.1, where users give a password (scram-sha-256)
};

/// A PostgreSQL with PostGIS of this program alone, in its own folder. Runs as the user `postgres` when the tests run
/// as root, for PostgreSQL refuses to; ends with the program, however that ends.
///
/// Errors  Failure with the server's words when it does not start.
class PostgresServer {
public:
    explicit PostgresServer(ServerReach reach = ServerReach::socket);
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// The one that all tests of a program share.
    [[nodiscard]] static PostgresServer& shared();

    /// For `-w` and parse_address(); the user may do all.
    [[nodiscard]] std::string address(const std::string& schema = "ranh", const std::string& user = {}) const;
    /// "127.0.0.1:PORT" of a server reached by loopback.
    [[nodiscard]] std::string host_and_port() const;
    /// The same for GDAL: "PG:host=… user=…".
    [[nodiscard]] std::string gdal_source() const;
    /// A name that no schema has yet.
    [[nodiscard]] std::string new_schema();
    /// Rows as "a|b" lines, by psql; what it says when it refuses.
    std::string sql(const std::string& statements, const std::string& user = {}) const;

    /// SIGKILL to the first process of the server, as when it crashes; its others follow.
    void kill();
    /// After kill(), or stop(): recovers and answers.
    void start();
    /// Until it answers, after one of its processes was killed.
    void wait();
    /// As an administrator stops it at once.
    void stop();

private:
    [[nodiscard]] std::vector<std::string> program(const std::string& name) const;

    [[nodiscard]] ProgramEnd psql(const std::string& user, std::vector<std::string> words) const;

    TemporaryFolder m_folder;
    ServerReach m_reach;
    int m_port = 5432;                 // names the socket, too
    std::vector<std::string> m_words;  // that start it
    std::optional<ChildProcess> m_server;
    int m_schemas = 0;
};

}  // namespace ranh::test
