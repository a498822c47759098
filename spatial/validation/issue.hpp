#pragma once

#include "spatial/base/ids.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/validation/issue_code.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ranh::validation {

/// A fault in the data: which, whose, where, how much. After the record of ilivalidator (IliVErrors), with a measure.
///
/// Coordinates  of the source system of the feature, x = easting or longitude, y = northing or latitude.
/// Rings        counted from 0 over all rings of the geometry, vertices from 0 in the ring as it is stored.
struct ValidationIssue {
    IssueCode code = IssueCode::not_finite;
    Severity severity = Severity::error;
    FeatureId feature_id;
    std::optional<FeatureId> other_feature_id = {};
    std::optional<std::uint32_t> ring = {};
    std::optional<std::uint32_t> vertex = {};
    std::optional<std::uint32_t> other_ring = {};    ///< the ring it crosses, touches or lies in
    std::optional<std::uint32_t> other_vertex = {};  ///< where an edge is meant: the corner it starts from
    std::optional<geom::Point> point = {};
    std::optional<geom::Geometry> geometry = {};  ///< of the fault, where it is more than a point
    std::optional<double> measure = {};           ///< in rule_of(code).unit
    std::optional<double> tolerance = {};         ///< the limit it was held against, in the same unit
    std::string field = {};                       ///< of the feature that is wrong
    std::string found = {};                       ///< its value as text
    std::string expected = {};                    ///< what would be right, where that can be said
};

/// Issues by code and severity.
class IssueCounts {
public:
    void add(IssueCode code, Severity severity) {
        ++m_counts[static_cast<std::size_t>(code)][static_cast<std::size_t>(severity)];
    }
    void add(const IssueCounts& other);
    [[nodiscard]] std::size_t of(IssueCode code) const;
    [[nodiscard]] std::size_t of(IssueCode code, Severity severity) const {
        return m_counts[static_cast<std::size_t>(code)][static_cast<std::size_t>(severity)];
    }
    [[nodiscard]] std::size_t of(Severity severity) const;
    [[nodiscard]] std::size_t total() const;
    friend bool operator==(const IssueCounts&, const IssueCounts&) = default;

private:
    std::array<std::array<std::size_t, severity_count>, issue_code_count> m_counts{};
};

/// A rule that could not be held, and why: "no field geohash".
struct UncheckedRule {
    IssueCode code;
    std::string reason;
    friend bool operator==(const UncheckedRule&, const UncheckedRule&) = default;
};

/// All issues of a check and how many there are of each code.
struct ValidationReport {
    std::vector<ValidationIssue> issues;
    IssueCounts counts;
    std::size_t features_checked = 0;
    std::vector<UncheckedRule> unchecked;  ///< rules of the profile nothing is said about

    /// Appends an issue and counts it.
    void add(ValidationIssue issue);
};

/// One sentence for people: what, where, how much, against which limit, and what to do.
/// "Ring 1, corner 3: ring crosses itself at (500010.000, 1200005.000), area of the smaller loop cut off 12.5 m2. …"
[[nodiscard]] std::string sentence_vi(const ValidationIssue& issue);
[[nodiscard]] std::string sentence_en(const ValidationIssue& issue);

}  // namespace ranh::validation
