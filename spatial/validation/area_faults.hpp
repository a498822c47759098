#pragma once

#include "spatial/geom/geometry.hpp"
#include "spatial/validation/issue.hpp"
#include "spatial/validation/plane_scale.hpp"
#include "spatial/validation/ring_contacts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ranh::validation {

/// Finds what is wrong with the rings of one area, whatever the profile: everything that breaks an area, points that
/// stand there twice, and rings that turn the wrong way.
///
/// Use  AreaFaults(area, scale).find(issues), once. Looks at the area as long as it lives.
class AreaFaults {
public:
    AreaFaults(const geom::GeometryView& area, PlaneScale scale);

    /// Appends the issues, in no order that means anything.
    void find(std::vector<ValidationIssue>& issues);

private:
    /// Contacts of two different rings of the area.
    struct RingPair {
        std::uint32_t first;
        std::uint32_t second;
        std::vector<const Meeting*> crossings;
        std::vector<const Meeting*> touches;
        bool has_common_line = false;
    };

    void read_rings();
    void tell_ring(std::size_t place);
    void sort_contacts();
    void tell_self_contacts();
    void tell_common_lines();
    void tell_crossings();
    void tell_holes(std::size_t part);
    void tell_nested_shells();
    void tell_disconnected(std::size_t part);
    void tell_orientation();

    [[nodiscard]] RingPair* pair_of(std::uint32_t a, std::uint32_t b);
    /// Where ring a lies in respect of ring b; nothing where they cross or it cannot be told.
    [[nodiscard]] std::optional<bool> lies_inside(std::uint32_t a, std::uint32_t b);
    [[nodiscard]] bool lies_in_hole_of(std::uint32_t shell, std::size_t part);
    [[nodiscard]] double loop_area_m2(const Meeting& meeting) const;
    [[nodiscard]] double common_area_m2(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] double ring_area_m2(std::uint32_t ring) const;
    [[nodiscard]] std::uint32_t vertex_of(const Passage& passage) const;
    ValidationIssue& tell(IssueCode code, std::uint32_t ring);
    void tell_whole_ring(IssueCode code, std::uint32_t ring, std::uint32_t other);

    geom::GeometryView m_area;
    PlaneScale m_scale;
    std::vector<CleanRing> m_rings;
    std::vector<std::optional<geom::Box>> m_boxes;
    std::vector<std::uint32_t> m_part_of;
    std::vector<bool> m_meets_itself;
    RingContacts m_contacts;
    std::vector<RingPair> m_pairs;
    std::vector<ValidationIssue>* m_issues = nullptr;
};

}  // namespace ranh::validation
