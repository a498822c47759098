#pragma once

#include <string>
#include <string_view>

namespace ranh::postgis {

/// Steps from nothing to the layout of this program; each is run once, in order, and is never changed afterwards.
/// "{schema}" stands for the quoted name of the schema.
constexpr std::int64_t newest_layout = 2;
[[nodiscard]] std::string_view migration_sql(std::int64_t number);

/// Columns that current and replaced rows share; the fields of the schema are added behind them.
[[nodiscard]] std::string shared_columns_sql(int epsg);

}  // namespace ranh::postgis
