#include "spatial/validation/attribute_rules.hpp"

#include "spatial/algorithm/distance.hpp"
#include "spatial/validation/area_limit.hpp"
#include "spatial/validation/geohash.hpp"
#include "spatial/validation/land_code.hpp"
#include "spatial/validation/plane_scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ranh::validation {
namespace {

/// The scale there are limits for.
std::optional<int> known_scale(double denominator) {
    const auto scales = limited_scales();
    const auto known = std::ranges::find(scales, static_cast<int>(denominator));
    return known == scales.end() ? std::nullopt : std::optional(*known);
}

/// In metres around `centre`, for distances of a parcel's size.
geom::Geometry around(const geom::GeometryView& lonlat, geom::Point centre) {
    const PlaneScale scale = plane_scale(crs::wgs84(), centre);
    geom::Geometry result = geom::Geometry::copy_of(lonlat);
    for (geom::Point& p : result.mutable_points()) {
        p = {(p.x - centre.x) * scale.x_m, (p.y - centre.y) * scale.y_m};
    }
    return result;
}

/// "2070-12-31" or "31/12/2070".
std::optional<Date> day_of(const std::string& text) {
    std::string iso = text;
    if (text.size() == 10 && text[2] == '/' && text[5] == '/') {
        iso = text.substr(6) + '-' + text.substr(3, 2) + '-' + text.substr(0, 2);
    }
    const auto day = Date::parse(iso);
    return day ? std::optional(day.value()) : std::nullopt;
}

}  // namespace

AttributeRules::AttributeRules(Profile profile, Date day, std::optional<int> layer_scale)
    : m_profile(std::move(profile)), m_day(day) {
    const double asked = m_profile.value(Parameter::map_scale);
    m_map_scale = known_scale(asked > 0.0 ? asked : layer_scale.value_or(0));
}

void AttributeRules::check(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const {
    check_key(record, issues);
    check_land_code(record, issues);
    check_area(record, issues);
    check_geohash(record, issues);
    check_purposes(record, issues);
}

ValidationIssue* AttributeRules::tell(IssueCode code, std::string field, std::string found,
                                      std::vector<ValidationIssue>& issues) const {
    const auto severity = m_profile.severity(code);
    if (!severity) {
        return nullptr;
    }
    ValidationIssue& issue = issues.emplace_back();
    issue.code = code;
    issue.severity = *severity;
    issue.field = std::move(field);
    issue.found = std::move(found);
    return &issue;
}

void AttributeRules::check_key(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const {
    std::vector<std::string_view> missing;
    for (const auto& [name, value] : {std::pair("commune", &record.commune), std::pair("sheet", &record.sheet),
                                      std::pair("parcel", &record.parcel)}) {
        if (value->has_value() && (*value)->empty()) {
            missing.emplace_back(name);
        }
    }
    if (!missing.empty()) {
        tell(IssueCode::key_missing, fmt::format("{}", fmt::join(missing, ", ")), "", issues);
    }
}

void AttributeRules::check_land_code(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const {
    if (!record.land_code) {
        return;
    }
    std::string_view rest = *record.land_code;
    if (rest.empty()) {
        tell(IssueCode::land_code_missing, "land_code", "", issues);
    }
    while (!rest.empty()) {
        const std::size_t plus = rest.find('+');
        const std::string_view code = rest.substr(0, plus);
        rest = plus == std::string_view::npos ? std::string_view() : rest.substr(plus + 1);
        const LandCodeState state = land_code_state(code, m_day);
        if (state == LandCodeState::unknown) {
            tell(IssueCode::land_code_unknown, "land_code", std::string(code), issues);
        } else if (state != LandCodeState::in_force) {
            tell(IssueCode::land_code_not_in_force, "land_code", std::string(code), issues);
        }
    }
}

void AttributeRules::check_area(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const {
    if (record.has_registered_area && !record.registered_area_m2) {
        tell(IssueCode::registered_area_missing, "registered_area_m2", "", issues);
    }
    if (!record.registered_area_m2 || !record.computed_area_m2 || !m_map_scale) {
        return;
    }
    const double difference_m2 = std::abs(*record.registered_area_m2 - *record.computed_area_m2);
    const double limit_m2 = area_limit_m2(*m_map_scale, *record.computed_area_m2).value();
    if (difference_m2 > limit_m2) {
        ValidationIssue* const issue =
            tell(IssueCode::area_differs, "registered_area_m2", fmt::format("{}", *record.registered_area_m2), issues);
        if (issue != nullptr) {
            issue->measure = difference_m2;
            issue->tolerance = limit_m2;
            issue->expected = fmt::format("{:.2f}", *record.computed_area_m2);
        }
    }
}

void AttributeRules::check_geohash(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const {
    if (!record.geohash) {
        return;
    }
    if (record.geohash->empty()) {
        tell(IssueCode::geohash_missing, "geohash", "", issues);
        return;
    }
    const auto cell = geohash_cell(*record.geohash);
    if (!cell || record.geohash->size() != parcel_geohash_length) {
        tell(IssueCode::geohash_malformed, "geohash", *record.geohash, issues);
        return;
    }
    if (!record.lonlat || !m_profile.holds(IssueCode::geohash_misplaced)) {
        return;
    }
    const geom::Point point{(cell->min.x + cell->max.x) / 2.0, (cell->min.y + cell->max.y) / 2.0};
    const double distance_m = algorithm::distance(geom::Geometry::point({}), around(*record.lonlat, point));
    const double limit_m = m_profile.value(Parameter::geohash_distance_m);
    if (distance_m > limit_m) {
        ValidationIssue* const issue = tell(IssueCode::geohash_misplaced, "geohash", *record.geohash, issues);
        issue->measure = distance_m;
        issue->tolerance = limit_m;
    }
}

void AttributeRules::check_purposes(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const {
    if (record.purposes_unreadable) {
        tell(IssueCode::purposes_unreadable, "use_purposes", "", issues);
    }
    double sum_m2 = 0.0;
    bool all_stated = !record.purposes.empty();
    for (const UsePurpose& purpose : record.purposes) {
        all_stated = all_stated && purpose.area_m2.has_value();
        sum_m2 += purpose.area_m2.value_or(0.0);
        if (purpose.term_end.empty()) {
            continue;
        }
        const auto day = day_of(purpose.term_end);
        if (!day) {
            tell(IssueCode::term_no_date, "use_purposes", purpose.term_end, issues);
        } else if (*day < m_day) {
            tell(IssueCode::term_ended, "use_purposes", purpose.term_end, issues);
        }
    }
    const double limit_m2 = m_profile.value(Parameter::purposes_area_m2);
    // Sums of tenths differ from tenths in the last bits.
    if (all_stated && record.registered_area_m2 && std::abs(sum_m2 - *record.registered_area_m2) > limit_m2 + 1e-9) {
        ValidationIssue* const issue =
            tell(IssueCode::purposes_area, "use_purposes", fmt::format("{:.2f}", sum_m2), issues);
        if (issue != nullptr) {
            issue->measure = std::abs(sum_m2 - *record.registered_area_m2);
            issue->tolerance = limit_m2;
            issue->expected = fmt::format("{}", *record.registered_area_m2);
        }
    }
}

}  // namespace ranh::validation
