#pragma once

#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::communes {

enum class UnitLevel { province, district, commune };

[[nodiscard]] std::string_view to_string(UnitLevel level);

/// One row of a crosswalk: a unit from before a merger, and a commune of today that took all or part of it. A unit that
/// was divided has a row for each commune.
struct FormerUnit {
    UnitLevel level = UnitLevel::commune;
    std::string province;      ///< "Đắk Nông"
    std::string district;      ///< "Huyện Đắk R'Lấp"; empty for a province
    std::string name;          ///< with its rank: "Xã Đắk R'Moan"
    std::string also_written;  ///< a second spelling; empty when there is none
    std::string code;          ///< of the statistical catalogue; empty where it is not known
    std::string commune_code;  ///< of today's commune
    std::string commune_name;  ///< with its rank
    std::string commune_province;
    bool whole = false;  ///< all of the former unit went to this commune
    /// Shares of area from 0 to 1: the common part of the former unit, and of today's commune. Absent where no boundary
    /// of the former unit is known.
    std::optional<double> share_of_old;
    std::optional<double> share_of_new;
};

/// Reads a crosswalk: CSV with the columns level, old_province, old_district, old_name, also_written, old_code,
/// new_code, new_name, new_province, extent (whole or part), share_of_old, share_of_new.
///
/// Errors  Failure corrupt_input naming row and value; io when the file cannot be opened.
[[nodiscard]] std::vector<FormerUnit> read_crosswalk(std::unique_ptr<std::istream> csv, const std::string& name);
[[nodiscard]] std::vector<FormerUnit> open_crosswalk(const std::filesystem::path& file);

}  // namespace ranh::communes
