#pragma once

#include "spatial/validation/parameter.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ranh::validation {

/// What can be wrong, each named once in the rule table. Only what is checked stands here: a code comes with its check.
enum class IssueCode : std::uint8_t {
    not_finite,
    ring_not_closed,
    too_few_points,
    zero_area,
    self_intersection,
    self_touch,
    spike,
    hole_crossing,
    part_crossing,
    shared_edge,
    hole_outside,
    hole_nested,
    nested_shells,
    interior_disconnected,
    wrong_orientation,
    repeated_point,
    short_edge,
    sharp_angle,
    small_area,
    key_missing,
    land_code_missing,
    land_code_unknown,
    land_code_not_in_force,
    registered_area_missing,
    area_differs,
    geohash_missing,
    geohash_malformed,
    geohash_misplaced,
    purposes_unreadable,
    purposes_area,
    term_no_date,
    term_ended,
    key_duplicate,
    geohash_duplicate,
};
inline constexpr std::size_t issue_code_count = 34;

/// What an issue is about: one geometry, its neighbours, its fields, a register of all of them, a quality group.
enum class Family : std::uint8_t { ring, coverage, attribute, registry, group };
/// legal: somebody's ground is in question; quality: the data do not say what they should; rule: a limit of a rule.
enum class Nature : std::uint8_t { legal, quality, rule };
enum class Severity : std::uint8_t { error, warning, info };
inline constexpr std::size_t severity_count = 3;
/// Unit of what a rule measures.
enum class Unit : std::uint8_t { none, metres, square_metres, degrees, count };

/// The same in Vietnamese and English.
struct Words {
    std::string_view vi;
    std::string_view en;
};

/// One row of the rule table.
struct Rule {
    IssueCode code;
    std::string_view name;  ///< in files, options and JSON: "self_touch"
    Family family;
    Nature nature;
    Severity severity;  ///< unless a profile says otherwise
    /// The geometry is no valid area of OGC 06-103r4 §6.1.11, whatever a profile says.
    bool breaks_area;
    Unit unit;                           ///< of ValidationIssue::measure
    std::optional<Parameter> parameter;  ///< the limit it is held against, or follows from
    Words title;
    Words measure;  ///< what the number says; empty where nothing is measured
    Words remedy;
    std::string_view source;
};

/// All rules, one for each code, in the order of the codes.
[[nodiscard]] const std::array<Rule, issue_code_count>& rule_table();
[[nodiscard]] const Rule& rule_of(IssueCode code);
[[nodiscard]] std::string_view to_string(IssueCode code);
[[nodiscard]] std::string_view to_string(Family family);  // "ring", …; registry is "register"
[[nodiscard]] std::string_view to_string(Nature nature);
[[nodiscard]] std::string_view to_string(Severity severity);
/// "m", "m2", "deg", "1"; empty for none.
[[nodiscard]] std::string_view to_string(Unit unit);
[[nodiscard]] std::optional<IssueCode> parse_issue_code(std::string_view name);
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view name);

}  // namespace ranh::validation
