#pragma once

#include "tests/support/program.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ranh::test {

/// A PostgreSQL with PostGIS of this program alone: its own folder, a socket in it, no network. Runs as the user
/// `postgres` when the tests run as root, for PostgreSQL refuses to; ends with the program, however that ends.
///
/// Errors  Failure with the server's words when it does not start.
class PostgresServer {
public:
    PostgresServer();
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// The one that all tests of a program share.
    [[nodiscard]] static PostgresServer& shared();

    /// For `-w` and parse_address(); the user may do all.
    [[nodiscard]] std::string address(const std::string& schema = "ranh", const std::string& user = {}) const;
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

    TemporaryFolder m_folder;
    std::vector<std::string> m_words;  // that start it
    std::optional<ChildProcess> m_server;
    int m_schemas = 0;
};

}  // namespace ranh::test
