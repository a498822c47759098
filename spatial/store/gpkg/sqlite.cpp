#include "spatial/store/gpkg/sqlite.hpp"

#include "spatial/base/error.hpp"
#include "spatial/store/gpkg/spatial_functions.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>

namespace ranh::gpkg {
namespace {

constexpr const char* disk_is_full =
    "the disk is full, or a quota or limit of file size is reached; nothing was changed, free some space and try again";

bool is_want_of_room(int reason) { return reason == ENOSPC || reason == EDQUOT || reason == EFBIG; }

/// The system's reason for the last failed write is want of room. SQLite keeps that reason but for a COMMIT, where only
/// errno has it.
bool is_full(sqlite3* handle, int code, int last_errno) {
    return code == SQLITE_IOERR_SHMSIZE || (code == SQLITE_IOERR_WRITE && is_want_of_room(last_errno)) ||
           (handle != nullptr && is_want_of_room(sqlite3_system_errno(handle)));
}

[[noreturn]] void fail(sqlite3* handle, int code, const std::string& file) {
    const int last_errno = errno;
    const std::string words = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Failure(ErrorKind::io,
                          "the workspace is in use by another program that keeps it locked; end the edit session in "
                          "QGIS or wait for the "
                          "other import, then run the command again",
                          file);
        case SQLITE_FULL: throw Failure(ErrorKind::io, disk_is_full, file);
        case SQLITE_READONLY:
            throw Failure(ErrorKind::io,
                          "the workspace cannot be written; check the rights of the file and of its folder (a "
                          "half-done change of a killed "
                          "program is undone by the next one that may write)",
                          file);
        case SQLITE_NOTADB:
            throw Failure(ErrorKind::corrupt_input, "the file is no GeoPackage; name another with -w", file);
        case SQLITE_CORRUPT:
            throw Failure(ErrorKind::corrupt_input,
                          fmt::format("the workspace is damaged ({}); take the last backup", words), file);
        case SQLITE_IOERR:
            if (is_full(handle, code, last_errno)) {
                throw Failure(ErrorKind::io, disk_is_full, file);
            }
            throw Failure(ErrorKind::io, fmt::format("the workspace cannot be read or written: {}", words), file);
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            throw Failure(ErrorKind::io,
                          fmt::format("the workspace cannot be opened ({}); check that its folder is there, and check "
                                      "the rights of the file and of its folder",
                                      words),
                          file);
        case SQLITE_CONSTRAINT: throw Failure(ErrorKind::conflict, words, file);
        default: throw Failure(ErrorKind::internal, fmt::format("SQLite refused a step: {}", words), file);
    }
}

std::string in_quotes(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char c : text) {
        result.append(c == quote ? 2 : 1, c);
    }
    return result + quote;
}

/// The file as a URI that keeps SQLite from locks and journals (sqlite.org/uri.html).
std::string immutable_uri(const std::filesystem::path& file) {
    std::string uri = "file://";
    for (const char c : std::filesystem::absolute(file).string()) {
        const bool plain = c != '%' && c != '?' && c != '#';
        uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri + "?immutable=1";
}

}  // namespace

std::string sql_name(std::string_view name) { return in_quotes(name, '"'); }
std::string sql_text(std::string_view text) { return in_quotes(text, '\''); }

void Statement::Closer::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

void Statement::check(int code) const {
    if (code != SQLITE_OK) {
        fail(sqlite3_db_handle(m_statement.get()), code, *m_file);
    }
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    check(sqlite3_bind_int64(m_statement.get(), parameter, value));
    return *this;
}
Statement& Statement::bind(int parameter, double value) {
    check(sqlite3_bind_double(m_statement.get(), parameter, value));
    return *this;
}
Statement& Statement::bind(int parameter, std::string_view text) {
    // An empty view may have no address, which SQLite would take for null.
    const char* bytes = text.empty() ? "" : text.data();
    check(sqlite3_bind_text64(m_statement.get(), parameter, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}
Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
    check(sqlite3_bind_blob64(m_statement.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC));
    return *this;
}
Statement& Statement::bind_null(int parameter) {
    check(sqlite3_bind_null(m_statement.get(), parameter));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        check(code);
    }
    return false;
}

void Statement::run() {
    step();
    reset();
}

void Statement::reset() { sqlite3_reset(m_statement.get()); }

bool Statement::is_null(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(m_statement.get(), column); }

std::string_view Statement::text(int column) const {
    const unsigned char* text = sqlite3_column_text(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return text == nullptr ? std::string_view()
                           : std::string_view(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
}

std::string_view Statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

void Database::Closer::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }

Database::Database(const std::filesystem::path& file, OpenMode mode, std::chrono::milliseconds patience)
    : m_file(file.string()), m_immutable(mode == OpenMode::immutable), m_patience(patience) {
    const int flags = SQLITE_OPEN_NOMUTEX | (mode == OpenMode::immutable ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                                             : mode == OpenMode::create  ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                                         : SQLITE_OPEN_READWRITE);
    sqlite3* handle = nullptr;
    const std::string name = mode == OpenMode::immutable ? immutable_uri(file) : m_file;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
    m_handle.reset(handle);
    if (code != SQLITE_OK) {
        fail(handle, code, m_file);
    }
    sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
    sqlite3_extended_result_codes(handle, 1);
    // A column that is not there must be an error, never a text of that name (SQLite's old reading of double quotes).
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    register_spatial_functions(handle);
}

Database::~Database() = default;

Statement Database::prepare(std::string_view sql) const {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(m_handle.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) {
        fail(m_handle.get(), code, m_file);
    }
    return {statement, m_file};
}

void Database::execute(const std::string& sql) const {
    const int code = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        fail(m_handle.get(), code, m_file);
    }
}

std::int64_t Database::integer(std::string_view sql) const {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::changes() const { return sqlite3_changes64(m_handle.get()); }

bool Database::has_table(std::string_view name) const {
    return prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1").bind(1, name).step();
}

void Database::copy_to(const std::filesystem::path& file) const {
    const Database target(file, OpenMode::create, std::chrono::milliseconds(0));
    copy_into(target);
    // The pages say which journal the source has; a copy needs none beside it, wherever it is brought.
    target.execute("PRAGMA journal_mode = DELETE");
}

void Database::copy_into(const Database& target) const {
    sqlite3_backup* backup = sqlite3_backup_init(target.m_handle.get(), "main", m_handle.get(), "main");
    if (backup == nullptr) {
        fail(target.m_handle.get(), sqlite3_errcode(target.m_handle.get()), target.m_file);
    }
    // All pages in one step hold the shared lock throughout, so that no writer makes the copy start anew.
    const int code = sqlite3_backup_step(backup, -1);
    const int end = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) {
        fail(target.m_handle.get(), end == SQLITE_OK ? code : end, target.m_file);
    }
}

void Database::checkpoint() const {
    constexpr std::chrono::milliseconds a_moment{50};
    const std::chrono::milliseconds patience = m_patience;
    set_patience(a_moment);
    // The change is committed whatever the checkpoint comes to.
    static_cast<void>(sqlite3_wal_checkpoint_v2(m_handle.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr));
    set_patience(patience);
}

void Database::set_patience(std::chrono::milliseconds patience) const {
    m_patience = patience;
    sqlite3_busy_timeout(m_handle.get(), static_cast<int>(patience.count()));
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(m_handle.get()) == 0; }

bool Database::is_read_only() const { return sqlite3_db_readonly(m_handle.get(), "main") == 1; }

Transaction::Transaction(const Database& database, Kind kind) : m_database(database) {
    database.execute(kind == Kind::writing ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    if (m_open && m_database.in_transaction()) {
        try {
            m_database.execute("ROLLBACK");
        } catch (const Failure&) {
            // Closing the connection rolls back as well; a destructor must not throw.
            m_open = false;
        }
    }
}

void Transaction::commit() {
    m_database.execute("COMMIT");
    m_open = false;
}

}  // namespace ranh::gpkg
