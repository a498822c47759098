#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// A commune as evidence for the coordinate system of a source.
struct CommuneOutline {
    std::string code;
    std::string name;
    geom::Geometry lonlat;  ///< WGS 84
};

/// What is known of places before a source is read, as evidence for its coordinate system. Either may be empty.
struct KnownPlaces {
    /// Communes with polygons; called at most once per source, only when needed.
    std::function<std::vector<CommuneOutline>()> communes;
    /// How many of some places (WGS 84) lie within known_corner_reach_m of a corner of a feature that was imported
    /// before: neighbours share the corners of their common border.
    std::function<std::size_t(std::span<const geom::Point>)> count_known_corners;
};

inline constexpr double known_corner_reach_m = 0.05;

/// Communes by what sources write in the place of a code.
class KnownCommunes {
public:
    explicit KnownCommunes(std::vector<CommuneOutline> outlines) : m_outlines(std::move(outlines)) {}

    [[nodiscard]] const std::vector<CommuneOutline>& outlines() const { return m_outlines; }
    /// By code, or by name in any spelling ("xã Nhân Cơ", "P. Nhân Cơ", "nhan co"); nothing when no commune or more
    /// than one is called so.
    [[nodiscard]] const CommuneOutline* find(const std::string& commune) const;
    /// The commune whose code stands in a file name as five digits of their own ("24769_thuadat.shp").
    [[nodiscard]] const CommuneOutline* in_file_name(const std::string& file_name) const;

private:
    std::vector<CommuneOutline> m_outlines;
};

}  // namespace ranh::pipeline
