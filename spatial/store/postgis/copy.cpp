#include "spatial/store/postgis/copy.hpp"

#include "spatial/store/postgis/stored_text.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <bit>
#include <iterator>

namespace ranh::postgis {
namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 18U;
constexpr std::string_view signature("PGCOPY\n\377\r\n\0", 11);
/// Days from 1970-01-01 to 2000-01-01, PostgreSQL's first day.
constexpr std::chrono::days first_day{10957};
constexpr std::size_t wkb_head_size = 5;  // byte order, type
constexpr char ewkb_srid_flag = 0x20;

/// The number in big-endian bytes.
std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t word = 0;
    for (const char byte : bytes) {
        word = (word << 8U) | static_cast<unsigned char>(byte);
    }
    return word;
}

}  // namespace

CopyIn::CopyIn(const Database& database, const std::string& table_and_columns) : m_database(database) {
    PGresult* result =
        PQexec(database.handle(), fmt::format("COPY {} FROM STDIN (FORMAT text)", table_and_columns).c_str());
    if (PQresultStatus(result) != PGRES_COPY_IN) {
        m_done = true;
        database.fail(result);
    }
    PQclear(result);
    m_buffer.reserve(2 * buffer_size);
}

CopyIn::~CopyIn() {
    if (!m_done) {
        m_database.close();
    }
}

void CopyIn::begin_field() {
    if (!m_first_field) {
        m_buffer += '\t';
    }
    m_first_field = false;
}

void CopyIn::null() {
    begin_field();
    m_buffer += "\\N";
}

void CopyIn::text(std::string_view text) {
    begin_field();
    for (const char c : to_stored(text)) {
        switch (c) {
            case '\\': m_buffer += "\\\\"; break;
            case '\t': m_buffer += "\\t"; break;
            case '\n': m_buffer += "\\n"; break;
            case '\r': m_buffer += "\\r"; break;
            default: m_buffer += c; break;
        }
    }
}

void CopyIn::integer(std::int64_t value) {
    begin_field();
    fmt::format_to(std::back_inserter(m_buffer), "{}", value);
}

void CopyIn::real(double value) {
    begin_field();
    fmt::format_to(std::back_inserter(m_buffer), "{}", value);
}

void CopyIn::flag(bool value) {
    begin_field();
    m_buffer += value ? 't' : 'f';
}

void CopyIn::hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const std::size_t begin = m_buffer.size();
    m_buffer.resize(begin + 2 * bytes.size());
    char* to = m_buffer.data() + begin;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        *to++ = digits[byte >> 4U];
        *to++ = digits[byte & 0xFU];
    }
}

void CopyIn::bytes(std::string_view bytes) {
    begin_field();
    m_buffer += "\\\\x";
    hex(bytes);
}

void CopyIn::geometry(std::string_view wkb, int epsg) {
    begin_field();
    std::string head(wkb.substr(0, wkb_head_size));
    head.back() = static_cast<char>(head.back() | ewkb_srid_flag);
    const auto code = static_cast<std::uint32_t>(epsg);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        head += static_cast<char>((code >> shift) & 0xFFU);
    }
    hex(head);
    hex(wkb.substr(wkb_head_size));
}

void CopyIn::end_row() {
    m_buffer += '\n';
    m_first_field = true;
    if (m_buffer.size() >= buffer_size) {
        send();
    }
}

void CopyIn::send() {
    if (!m_buffer.empty() &&
        PQputCopyData(m_database.handle(), m_buffer.data(), static_cast<int>(m_buffer.size())) != 1) {
        m_done = true;
        m_database.fail(PQgetResult(m_database.handle()));
    }
    m_buffer.clear();
}

void CopyIn::finish() {
    send();
    m_done = true;
    PQputCopyEnd(m_database.handle(), nullptr);
    PGresult* result = PQgetResult(m_database.handle());
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        m_database.fail(result);
    }
    PQclear(result);
    PQclear(PQgetResult(m_database.handle()));  // the end of the statement
}

CopyOut::CopyOut(const Database& database, const std::string& query) : m_database(database) {
    PGresult* result = PQexec(database.handle(), fmt::format("COPY ({}) TO STDOUT (FORMAT binary)", query).c_str());
    if (PQresultStatus(result) != PGRES_COPY_OUT) {
        m_done = true;
        database.fail(result);
    }
    PQclear(result);
}

CopyOut::~CopyOut() {
    PQfreemem(m_message);
    if (!m_done) {
        m_database.close();
    }
}

void CopyOut::refuse() const {
    throw Failure(ErrorKind::corrupt_input, "the database sent a row that is not of the form of COPY",
                  m_database.address().name);
}

bool CopyOut::next_message() {
    PQfreemem(m_message);
    m_message = nullptr;
    const int size = PQgetCopyData(m_database.handle(), &m_message, 0);
    if (size >= 0) {
        m_rest = {m_message, static_cast<std::size_t>(size)};
        return true;
    }
    m_done = true;
    PGresult* result = PQgetResult(m_database.handle());
    if (size == -2 || PQresultStatus(result) != PGRES_COMMAND_OK) {
        m_database.fail(result);
    }
    PQclear(result);
    PQclear(PQgetResult(m_database.handle()));
    return false;
}

std::uint64_t CopyOut::number(std::size_t size) {
    if (m_rest.size() < size) {
        refuse();
    }
    const std::uint64_t value = big_endian(m_rest.substr(0, size));
    m_rest.remove_prefix(size);
    return value;
}

bool CopyOut::next() {
    if (m_done || (m_rest.empty() && !next_message())) {
        return false;
    }
    if (!m_header_read) {
        if (!m_rest.starts_with(signature)) {
            refuse();
        }
        m_rest.remove_prefix(signature.size());
        static_cast<void>(number(4));  // flags
        const std::uint64_t extension = number(4);
        m_rest.remove_prefix(std::min<std::size_t>(m_rest.size(), extension));
        m_header_read = true;
        if (m_rest.empty() && !next_message()) {
            return false;
        }
    }
    const std::uint64_t count = number(2);
    if (count == 0xFFFFU) {  // the end; the messages after it say whether all went well
        m_rest = {};
        while (next_message()) {
        }
        return false;
    }
    m_fields.assign(count, std::nullopt);
    for (auto& field : m_fields) {
        const auto size = static_cast<std::uint32_t>(number(4));
        if (size == 0xFFFF'FFFFU) {
            continue;
        }
        if (m_rest.size() < size) {
            refuse();
        }
        field = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
    }
    return true;
}

std::string CopyOut::text(std::size_t column) const { return from_stored(bytes(column)); }

std::int64_t CopyOut::integer(std::size_t column) const {
    const std::string_view field = bytes(column);
    const std::uint64_t word = big_endian(field);
    return field.size() == 4 ? std::int64_t{static_cast<std::int32_t>(word)} : static_cast<std::int64_t>(word);
}

double CopyOut::real(std::size_t column) const { return std::bit_cast<double>(big_endian(bytes(column))); }

bool CopyOut::flag(std::size_t column) const { return big_endian(bytes(column)) != 0; }

Date CopyOut::date(std::size_t column) const {
    const auto days = std::chrono::days(static_cast<std::int32_t>(big_endian(bytes(column))));
    return Date(std::chrono::sys_days(days + first_day));
}

}  // namespace ranh::postgis
