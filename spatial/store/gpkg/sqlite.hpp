#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace ranh::gpkg {

/// "name" as an SQL identifier: in double quotes, which are doubled inside.
[[nodiscard]] std::string sql_name(std::string_view name);
/// 'text' as an SQL literal.
[[nodiscard]] std::string sql_text(std::string_view text);

/// A prepared statement. Parameters count from 1, columns from 0, as in SQLite's own interface.
///
/// Lifetime  ends before its Database. Text and blobs read from a row live until the next step() or reset().
/// Errors    Failure, as Database.
class Statement {
public:
    ~Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&&) noexcept = default;

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, double value);
    Statement& bind(int parameter, std::string_view text);
    /// The bytes are not copied: they must live until the statement is run.
    Statement& bind_blob(int parameter, std::string_view bytes);
    Statement& bind_null(int parameter);

    /// True when there is a row.
    bool step();
    /// Runs a statement that returns no row, and makes it ready to be run again.
    void run();
    void reset();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;

private:
    friend class Database;
    struct Closer {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    Statement(sqlite3_stmt* statement, const std::string& file) : m_statement(statement), m_file(&file) {}
    void check(int code) const;

    std::unique_ptr<sqlite3_stmt, Closer> m_statement;
    const std::string* m_file;
};

/// immutable: for reading alone, without locks and journals; nobody may change the file meanwhile.
enum class OpenMode { existing, create, immutable };

/// One connection to an SQLite file, with the functions ST_MinX … ST_IsEmpty that the R-tree triggers of a GeoPackage
/// call (OGC 12-128r17 annex F.3).
///
/// Threads  for one thread.
/// Errors   Failure: io (missing, locked for longer than `patience`, disk full, not writable), corrupt_input (no
/// database),
///          internal for the rest, with SQLite's own words.
class Database {
public:
    Database(const std::filesystem::path& file, OpenMode mode, std::chrono::milliseconds patience);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    [[nodiscard]] Statement prepare(std::string_view sql) const;
    /// Runs one or more statements whose rows nobody wants.
    void execute(const std::string& sql) const;
    /// First column of the first row; 0 when there is no row.
    [[nodiscard]] std::int64_t integer(std::string_view sql) const;
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] bool has_table(std::string_view name) const;
    /// Copies the whole database, as it stands at one moment, into a new file (SQLite's online backup).
    void copy_to(const std::filesystem::path& file) const;
    /// The same into a database that is there, in one transaction of it.
    void copy_into(const Database& target) const;
    /// Brings what stands in the write-ahead log into the file and empties the log, so that the file is whole by
    /// itself. Does not wait for long: what other readers still need, and what the disk has no room for, stays in the
    /// log, where it is as safe, for the next one. Nothing to do in rollback mode.
    void checkpoint() const;
    /// Time to wait for others, from now on.
    void set_patience(std::chrono::milliseconds patience) const;
    /// A transaction is open on this connection.
    [[nodiscard]] bool in_transaction() const;
    /// The file was opened for reading only, because it or its folder cannot be written.
    [[nodiscard]] bool is_read_only() const;
    [[nodiscard]] bool is_immutable() const { return m_immutable; }
    [[nodiscard]] const std::string& file() const { return m_file; }

private:
    struct Closer {
        void operator()(sqlite3* handle) const noexcept;
    };
    std::string m_file;
    bool m_immutable;
    mutable std::chrono::milliseconds m_patience;
    std::unique_ptr<sqlite3, Closer> m_handle;
};

/// BEGIN … COMMIT; rolled back when it goes without commit().
class Transaction {
public:
    enum class Kind { reading, writing };
    Transaction(const Database& database, Kind kind);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

private:
    const Database& m_database;
    bool m_open = true;
};

}  // namespace ranh::gpkg
