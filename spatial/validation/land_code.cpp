#include "spatial/validation/land_code.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ranh::validation {
namespace {

using namespace std::chrono_literals;

// Ascending in bytes each.
constexpr std::array<std::string_view, 54> in_force{
    "BCS", "CAN", "CGT", "CLN", "CNT", "CQP", "DBV", "DCH", "DCK", "DCS", "DCT", "DDD", "DGD", "DGT",
    "DKH", "DKT", "DKV", "DMT", "DNG", "DNL", "DPC", "DRA", "DSK", "DTL", "DTT", "DVH", "DXH", "DYT",
    "HNK", "LMU", "LUC", "LUK", "MCS", "MNC", "NCS", "NKH", "NTD", "NTS", "ODT", "ONT", "PNK", "RDD",
    "RPH", "RSX", "SCT", "SKC", "SKK", "SKN", "SKS", "SON", "TIN", "TMD", "TON", "TSC"};
constexpr std::array<std::string_view, 10> groups{"CCC", "CHN", "CSD", "CSK", "DSN", "LNP", "LUA", "NNP", "OTC", "PNN"};
constexpr std::array<std::string_view, 28> old_codes{
    "1L",  "2L",  "BHK", "CDG", "COC", "CTS", "DDL", "DDT", "DSH", "DTS", "LN",  "LNC", "LNK", "LNQ",
    "LUN", "NHK", "RSK", "RSM", "RSN", "RST", "SKT", "SKX", "SMN", "T",   "TSL", "TSN", "TTN", "ĐRM"};
static_assert(std::ranges::is_sorted(in_force) && std::ranges::is_sorted(groups) && std::ranges::is_sorted(old_codes));

constexpr Date first_day_of_new_codes{std::chrono::sys_days(2024y / 8 / 1)};

/// Subtypes of protective and special-use forest: RPN, RDT, …
bool is_old_forest_code(std::string_view code) {
    return code.size() == 3 && (code.starts_with("RP") || code.starts_with("RD"));
}

}  // namespace

Date last_day_of_old_land_codes() { return Date(first_day_of_new_codes.day() - std::chrono::days(1)); }

LandCodeState land_code_state(std::string_view code, Date day) {
    if (std::ranges::binary_search(in_force, code)) {
        const bool is_new_in_2024 = code == "CNT";
        return is_new_in_2024 && day < first_day_of_new_codes ? LandCodeState::not_yet : LandCodeState::in_force;
    }
    if (std::ranges::binary_search(groups, code)) {
        return LandCodeState::group;
    }
    if (std::ranges::binary_search(old_codes, code) || is_old_forest_code(code)) {
        return day < first_day_of_new_codes ? LandCodeState::in_force : LandCodeState::no_longer;
    }
    return LandCodeState::unknown;
}

}  // namespace ranh::validation
