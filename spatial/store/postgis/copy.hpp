#pragma once

#include "spatial/base/date.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/store/postgis/postgres.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::postgis {

/// COPY … FROM STDIN, row by row, in the text form: PostGIS takes a ring of three points or a line of one only there,
/// and a workspace keeps what it was given.
///
/// Errors  as Database; what the server finds wrong with a row is said at finish().
class CopyIn {
public:
    CopyIn(const Database& database, const std::string& table_and_columns);
    CopyIn(const CopyIn&) = delete;
    CopyIn& operator=(const CopyIn&) = delete;
    /// Unless finished, ends the connection, which undoes the COPY.
    ~CopyIn();

    void null();
    void text(std::string_view text);
    void integer(std::int64_t value);
    void real(double value);
    void flag(bool value);
    /// bytea.
    void bytes(std::string_view bytes);
    /// Well-known binary (little-endian) as a geometry of that system.
    void geometry(std::string_view wkb, int epsg);
    void end_row();
    void finish();

private:
    void begin_field();
    void hex(std::string_view bytes);
    void send();

    const Database& m_database;
    std::string m_buffer;
    bool m_first_field = true;
    bool m_done = false;
};

/// COPY (query) TO STDOUT in the binary form (PostgreSQL 15, COPY, "Binary Format").
class CopyOut {
public:
    CopyOut(const Database& database, const std::string& query);
    CopyOut(const CopyOut&) = delete;
    CopyOut& operator=(const CopyOut&) = delete;
    /// Unless read to its end, ends the connection.
    ~CopyOut();

    /// False at the end.
    bool next();
    [[nodiscard]] bool is_null(std::size_t column) const { return !m_fields[column]; }
    /// Live until next().
    [[nodiscard]] std::string_view bytes(std::size_t column) const { return m_fields[column].value_or(""); }
    [[nodiscard]] std::string text(std::size_t column) const;
    [[nodiscard]] std::int64_t integer(std::size_t column) const;
    [[nodiscard]] double real(std::size_t column) const;
    [[nodiscard]] bool flag(std::size_t column) const;
    [[nodiscard]] Date date(std::size_t column) const;

private:
    bool next_message();
    std::uint64_t number(std::size_t size);
    [[noreturn]] void refuse() const;

    const Database& m_database;
    char* m_message = nullptr;
    std::string_view m_rest;
    std::vector<std::optional<std::string_view>> m_fields;
    bool m_header_read = false;
    bool m_done = false;
};

}  // namespace ranh::postgis
