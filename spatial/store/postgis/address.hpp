#pragma once

#include "spatial/base/error.hpp"

#include <string>
#include <string_view>

namespace ranh::postgis {

/// Where a workspace lies: a database as libpq is told, and a schema in it.
struct Address {
    std::string connection;  ///< URI without the schema; may hold a password: for libpq alone, never for people
    std::string schema = "ranh";
    std::string name;  ///< the same for messages and records, without any password
};

/// "postgresql://…" or "postgres://…".
[[nodiscard]] bool is_address(std::string_view text);

/// A connection URI as libpq takes it (PostgreSQL 15, §34.1.1.2), with one parameter more: `schema`, default "ranh".
/// What it leaves out comes from libpq's environment (PGUSER, PGPASSWORD, PGPASSFILE, …).
///
/// Errors  invalid_argument, which never repeats the text given: it may hold a password.
[[nodiscard]] Result<Address> parse_address(std::string_view text);

}  // namespace ranh::postgis
