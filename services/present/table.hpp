#pragma once

#include "spatial/engine/engine.hpp"

#include <string>
#include <vector>

namespace ranh::present {

/// Pairs as a table for spreadsheets: UTF-8 with byte order mark (without it Excel breaks the accents), comma, RFC 4180
/// quotes, decimal point, one row per pair with names, both versions and both dates.
[[nodiscard]] std::string overlaps_csv(const engine::OverlapAnswer& answer);

/// The fields of a pair saved as a layer or written to a file.
[[nodiscard]] model::Schema pair_schema();

/// A pair as a feature with pair_schema(); geometry (when the pair holds one) brought from the working plane into
/// `target`. Its id is "LEFT:RIGHT".
[[nodiscard]] model::Feature pair_feature(const model::Pair& pair, const engine::OverlapAnswer& answer,
                                          const crs::Crs& target);

/// Numbers as people in Việt Nam read them: "15.986.997,6 m²", "1.598,70 ha", "17,2 %".
[[nodiscard]] std::string square_metres_text(double area_m2);
[[nodiscard]] std::string hectares_text(double area_m2);
[[nodiscard]] std::string percent_text(double share);

/// What the mark (*) behind an area of a table says.
inline constexpr const char* invalid_input_text =
    "(*) một vòng tự cắt: diện tích của bản đã sửa / a ring crosses itself: area of a repaired copy";

/// A field of a CSV file, quoted when it must be.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace ranh::present
