#pragma once

#include "spatial/base/date.hpp"
#include "spatial/validation/issue.hpp"
#include "spatial/validation/parcel_record.hpp"
#include "spatial/validation/profile.hpp"

#include <optional>
#include <vector>

namespace ranh::validation {

/// The rules of what is on paper about one parcel: key, land code on a day, registered against computed area with the
/// limit of the map scale, identifier, purposes, terms.
///
/// Threads  const; any number at a time.
class AttributeRules {
public:
    /// `day`: that codes and terms are asked for. `layer_scale`: denominator of the map scale of the layer, for a
    /// profile that names none.
    AttributeRules(Profile profile, Date day, std::optional<int> layer_scale);

    /// Appends the issues of a parcel, without feature id, by code.
    void check(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const;

    /// The map scale areas are held against; nothing where none is known, or one without limits: then they are not.
    [[nodiscard]] std::optional<int> map_scale() const { return m_map_scale; }

private:
    void check_key(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const;
    void check_land_code(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const;
    void check_area(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const;
    void check_geohash(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const;
    void check_purposes(const ParcelRecord& record, std::vector<ValidationIssue>& issues) const;
    /// Nothing when the rule is off.
    ValidationIssue* tell(IssueCode code, std::string field, std::string found,
                          std::vector<ValidationIssue>& issues) const;

    Profile m_profile;
    Date m_day;
    std::optional<int> m_map_scale;
};

}  // namespace ranh::validation
