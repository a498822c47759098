#pragma once

#include "importers/vector/gdal_support.hpp"

#include <string>
#include <string_view>

namespace ranh::vector::detail {

/// "postgresql://gis@db:5433/land": host, port and database of a source, never user words that may hold a password.
[[nodiscard]] std::string shown_database(std::string_view source);

/// Opens a PostgreSQL database for reading, in one state for all passes over its tables.
///
/// Errors  Failure io without the text of the source, which may hold a password.
[[nodiscard]] Dataset open_database(const std::string& source, const GdalMessages& messages);

}  // namespace ranh::vector::detail
