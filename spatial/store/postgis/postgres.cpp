#include "spatial/store/postgis/postgres.hpp"

#include "spatial/base/sha256.hpp"
#include "spatial/store/postgis/stored_text.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <charconv>

namespace ranh::postgis {
namespace {

constexpr std::string_view missing_table_words = "a table is not there any more";

std::string first_line(const char* words) {
    const std::string_view text = words == nullptr ? "" : words;
    return std::string(text.substr(0, text.find('\n')));
}

/// libpq's words when it cannot connect: the last line is the one of the server, without "connection to server at …".
Error connection_error(const Address& address, const char* libpq_words) {
    std::string words = libpq_words == nullptr ? "" : libpq_words;
    while (!words.empty() && words.back() == '\n') {
        words.pop_back();
    }
    const auto says = [&](std::string_view part) { return words.find(part) != std::string::npos; };
    if (says("does not exist") && says("database")) {
        return {ErrorKind::not_found,
                fmt::format("there is no such database ({}); make it with `createdb`, or name another", words),
                address.name};
    }
    if (says("password") || says("authentication") || says("pg_hba") || says("role")) {
        return {ErrorKind::forbidden,
                fmt::format("the database does not let this user in ({}); give user and password by PGUSER and "
                            "PGPASSWORD or ~/.pgpass",
                            words),
                address.name};
    }
    return {ErrorKind::io,
            fmt::format("the database cannot be reached ({}); nothing was written, run the command again when it is "
                        "there",
                        words),
            address.name};
}

struct Fault {
    std::string_view state;  // SQLSTATE, or its class (PostgreSQL 15, appendix A)
    ErrorKind kind;
    std::string_view sentence;
};

constexpr std::array<Fault, 18> faults{{
    {"23505", ErrorKind::conflict, "{}"},
    {"55P03", ErrorKind::io, "it is in use by another program: {}; wait until that has ended, then run this again"},
    {"42P01", ErrorKind::conflict, "a table is not there any more: {}; run the command again"},
    {"42501", ErrorKind::forbidden,
     "this user has not the right: {}; ask the owner of the schema to GRANT its role of writers or readers"},
    {"25006", ErrorKind::forbidden, "the database takes no changes here: {}; name the primary server"},
    {"53100", ErrorKind::io, "the disk of the database is full: {}; make room, then run the command again"},
    {"57P", ErrorKind::io,
     "the database was stopped: {}; nothing of this change was written, run the command again when it is back"},
    {"53", ErrorKind::io, "the database lacks means: {}; run the command again later"},
    {"58", ErrorKind::io, "the database cannot use its disk: {}; ask its administrator"},
    {"08", ErrorKind::io,
     "the connection was lost: {}; nothing of this change was written, run the command again when it is back"},
    {"40", ErrorKind::conflict, "another program changed the same: {}; run the command again"},
    {"57014", ErrorKind::cancelled, "the database stopped the statement: {}; run the command again"},
    {"54", ErrorKind::limit_exceeded, "more than PostgreSQL takes: {}; leave fields out or split the source"},
    {"XX001", ErrorKind::corrupt_input, "a page of the database is damaged: {}; restore the last backup"},
    {"XX002", ErrorKind::corrupt_input,
     "an index of the database is damaged: {}; run REINDEX or restore the last backup"},
    {"P0001", ErrorKind::forbidden, "{}"},
    {"42883", ErrorKind::unsupported, "the database lacks a function: {}; PostGIS 3.3 or newer is expected"},
    {"28", ErrorKind::forbidden, "the database does not let this user in: {}"},
}};

Error error_of(const Address& address, const std::string& state, const std::string& words) {
    for (const Fault& fault : faults) {
        if (state.starts_with(fault.state)) {
            return {fault.kind, fmt::format(fmt::runtime(fault.sentence), words), address.name};
        }
    }
    return {ErrorKind::internal, fmt::format("PostgreSQL: {} ({})", words, state), address.name};
}

}  // namespace

std::string sql_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : to_stored(name)) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string sql_text(std::string_view text) {
    std::string quoted = "'";
    for (const char c : to_stored(text)) {
        quoted += c;
        if (c == '\'') {
            quoted += c;
        }
    }
    return quoted + '\'';
}

std::string fitted_name(const std::string& name) {
    constexpr std::size_t most = 63;
    constexpr std::size_t digits = 8;
    return name.size() <= most ? name : name.substr(0, most - digits - 1) + '_' + sha256(name).hex().substr(0, digits);
}

void Rows::Closer::operator()(pg_result* result) const noexcept { PQclear(result); }

int Rows::size() const { return PQntuples(m_result.get()); }

bool Rows::is_null(int row, int column) const { return PQgetisnull(m_result.get(), row, column) != 0; }

std::string Rows::text(int row, int column) const { return from_stored(PQgetvalue(m_result.get(), row, column)); }

std::int64_t Rows::integer(int row, int column) const {
    const std::string_view digits = PQgetvalue(m_result.get(), row, column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::int64_t Rows::changed() const {
    const std::string_view digits = PQcmdTuples(m_result.get());
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

void Database::Closer::operator()(pg_conn* connection) const noexcept { PQfinish(connection); }

Database::Database(Address address, Use use, std::chrono::milliseconds patience)
    : m_address(std::move(address)), m_use(use), m_patience(patience) {
    connect();
}

Database::~Database() = default;

void Database::connect() const {
    // Words before `dbname` are defaults that the address may replace, those after it hold.
    constexpr std::array<const char*, 7> keywords{"connect_timeout",
                                                  "keepalives_idle",
                                                  "fallback_application_name",
                                                  "dbname",
                                                  "client_encoding",
                                                  "options",
                                                  nullptr};
    const std::array<const char*, 7> values{"10", "30", "ranh", m_address.connection.c_str(), "UTF8", "", nullptr};
    m_connection.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
    if (!m_connection || PQstatus(m_connection.get()) != CONNECTION_OK) {
        const Error error = connection_error(m_address, PQerrorMessage(m_connection.get()));
        m_connection.reset();
        throw Failure(error);
    }
    PQsetNoticeReceiver(
        m_connection.get(), [](void*, const PGresult*) {}, nullptr);
    prepare_session();
}

void Database::prepare_session() const {
    execute(
        fmt::format("SET lock_timeout = {}; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; "
                    "SET standard_conforming_strings = on; SET bytea_output = hex; SET DateStyle = ISO; "
                    "SET extra_float_digits = 1; SET jit = off; SET client_min_messages = warning; "
                    "SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'; SET default_transaction_read_only = {}",
                    m_patience.count(), m_use == Use::reading ? "on" : "off"));
    // Tables are named with their schema; the path is that of PostGIS alone, wherever it was installed.
    const Rows extension = query(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = "
        "'postgis'");
    execute(fmt::format("SET search_path = {}", extension.empty() ? "public" : sql_name(extension.text(0, 0))));
    if (m_use == Use::writing) {
        // So that what one writer makes belongs to all of them.
        const std::string writers = m_address.schema + "_writer";
        const Rows role =
            query("SELECT 1 FROM pg_roles WHERE rolname = $1 AND pg_has_role(rolname, 'MEMBER')", {writers});
        if (!role.empty()) {
            execute("SET ROLE " + sql_name(writers));
        }
    }
}

pg_conn* Database::handle() const {
    if (!m_connection) {
        throw Failure(ErrorKind::io, "the connection to the database was lost; run the command again when it is back",
                      m_address.name);
    }
    return m_connection.get();
}

void Database::reconnect_if_lost() const {
    if (!m_connection || PQstatus(m_connection.get()) != CONNECTION_OK) {
        connect();
    }
}

void Database::close() const { m_connection.reset(); }

bool Database::in_transaction() const {
    return m_connection && PQtransactionStatus(m_connection.get()) != PQTRANS_IDLE;
}

void Database::fail(pg_result* result) const {
    const Rows owner(result);
    if (!m_connection || PQstatus(m_connection.get()) != CONNECTION_OK) {
        const std::string words = first_line(m_connection ? PQerrorMessage(m_connection.get()) : "");
        const bool changing = m_use == Use::writing;
        m_connection.reset();
        throw Failure(
            ErrorKind::io,
            fmt::format("the connection to the database was lost ({}); {}run the command again when it is back", words,
                        changing ? "nothing of this change was written, " : ""),
            m_address.name);
    }
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const bool twice = state != nullptr && std::string_view(state) == "23505";  // its detail names the key
    const char* words = PQresultErrorField(result, twice ? PG_DIAG_MESSAGE_DETAIL : PG_DIAG_MESSAGE_PRIMARY);
    throw Failure(error_of(m_address, state == nullptr ? "" : state,
                           words == nullptr ? first_line(PQerrorMessage(m_connection.get())) : words));
}

Rows Database::query(const std::string& sql, const Parameters& parameters) const {
    std::vector<std::string> stored;
    stored.reserve(parameters.size());
    std::vector<const char*> values;
    for (const auto& parameter : parameters) {
        stored.push_back(to_stored(parameter.value_or("")));
        values.push_back(parameter ? stored.back().c_str() : nullptr);
    }
    PGresult* result = PQexecParams(handle(), sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(),
                                    nullptr, nullptr, 0);
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        fail(result);
    }
    return Rows(result);
}

void Database::execute(const std::string& sql) const {
    PGresult* result = PQexec(handle(), sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY) {
        fail(result);
    }
    PQclear(result);
}

std::int64_t Database::integer(const std::string& sql, const Parameters& parameters) const {
    const Rows rows = query(sql, parameters);
    return rows.empty() ? 0 : rows.integer(0, 0);
}

std::string Database::table(std::string_view name) const { return sql_name(m_address.schema) + '.' + sql_name(name); }

bool Database::has_table(std::string_view name) const {
    return !query(
                "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND "
                "c.relname = $2",
                {m_address.schema, std::string(name)})
                .empty();
}

Transaction::Transaction(const Database& database, Kind kind) : m_database(database) {
    m_database.execute(kind == Kind::reading ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN");
}

Transaction::~Transaction() {
    if (m_open) {
        try {
            if (m_database.in_transaction()) {
                m_database.execute("ROLLBACK");
            }
        } catch (const Failure&) {
            m_database.close();  // which undoes it
        }
    }
}

void Transaction::commit() {
    m_open = false;
    try {
        m_database.execute("COMMIT");
    } catch (const Failure& failure) {
        if (failure.error().kind != ErrorKind::io) {
            throw;
        }
        throw Failure(ErrorKind::io,
                      "the connection was lost while the change was being committed, so it is there whole or not at "
                      "all; look with `ranh layers`, and run the command again where it is not there",
                      m_database.address().name);
    }
}

bool is_missing_table(const Failure& failure) {
    return failure.error().kind == ErrorKind::conflict && failure.error().sentence.starts_with(missing_table_words);
}

}  // namespace ranh::postgis
