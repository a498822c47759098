#pragma once

#include "spatial/store/postgis/address.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace ranh::postgis {

/// "name" as an SQL identifier: in double quotes, which are doubled inside.
[[nodiscard]] std::string sql_name(std::string_view name);
/// 'text' as an SQL literal, in its stored form (stored_text.hpp).
[[nodiscard]] std::string sql_text(std::string_view text);
/// At most 63 bytes, the longest name PostgreSQL has: a longer one ends in eight digits of its hash.
[[nodiscard]] std::string fitted_name(const std::string& name);

/// The rows of a statement that has ended.
class Rows {
public:
    explicit Rows(pg_result* result) : m_result(result) {}
    [[nodiscard]] int size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] bool is_null(int row, int column) const;
    /// From its stored form; empty for null.
    [[nodiscard]] std::string text(int row, int column) const;
    [[nodiscard]] std::int64_t integer(int row, int column) const;
    /// Rows changed by an INSERT, UPDATE or DELETE, or brought by COPY.
    [[nodiscard]] std::int64_t changed() const;

private:
    struct Closer {
        void operator()(pg_result* result) const noexcept;
    };
    std::unique_ptr<pg_result, Closer> m_result;
};

using Parameters = std::vector<std::optional<std::string>>;

/// One connection to the database of a workspace.
///
/// Threads  for one thread.
/// Errors   Failure: io (no server, connection lost, locked for longer than `patience`, disk full), forbidden (rights),
///          not_found (no such database), conflict, limit_exceeded; internal for the rest, with PostgreSQL's own words.
class Database {
public:
    enum class Use { reading, writing };
    Database(Address address, Use use, std::chrono::milliseconds patience);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// One statement with parameters $1, $2, … in their text form.
    Rows query(const std::string& sql, const Parameters& parameters = {}) const;
    /// One or more statements whose rows nobody wants.
    void execute(const std::string& sql) const;
    /// First column of the first row; 0 when there is no row.
    [[nodiscard]] std::int64_t integer(const std::string& sql, const Parameters& parameters = {}) const;

    [[nodiscard]] const Address& address() const { return m_address; }
    /// "schema"."table".
    [[nodiscard]] std::string table(std::string_view name) const;
    [[nodiscard]] bool has_table(std::string_view name) const;

    [[nodiscard]] bool in_transaction() const;
    /// Opens a connection that was lost again; not inside a transaction.
    void reconnect_if_lost() const;
    /// Ends the connection; the server undoes what is not committed.
    void close() const;
    /// For COPY and for waiting.
    [[nodiscard]] pg_conn* handle() const;
    [[noreturn]] void fail(pg_result* result) const;

private:
    struct Closer {
        void operator()(pg_conn* connection) const noexcept;
    };
    void connect() const;
    void prepare_session() const;

    Address m_address;
    Use m_use;
    std::chrono::milliseconds m_patience;
    mutable std::unique_ptr<pg_conn, Closer> m_connection;
};

/// BEGIN … COMMIT; rolled back when it goes without commit().
class Transaction {
public:
    enum class Kind { reading, writing };
    /// reading: one state of the database for all its statements.
    Transaction(const Database& database, Kind kind);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

private:
    const Database& m_database;
    bool m_open = true;
};

/// The table that a statement names is not there any more.
[[nodiscard]] bool is_missing_table(const Failure& failure);

}  // namespace ranh::postgis
