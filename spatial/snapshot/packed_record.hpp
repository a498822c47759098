#pragma once

#include "spatial/geom/geometry.hpp"
#include "spatial/model/layer.hpp"
#include "spatial/snapshot/value_column.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ranh::snapshot {

/// What a builder keeps of one feature until all have come: bytes in a row, of this machine and this program alone.
struct PackedRecord {
    /// The fixed part.
    struct Head {
        double area_stated_m2;  ///< these three: not a number where there is none
        double area_planar_m2;
        double area_ellipsoid_m2;
        std::int32_t planar_epsg;  ///< 0 where there is none
        std::uint32_t id_size;
        std::uint32_t points;
        std::uint32_t working_points;
        std::uint32_t paths;
        std::uint32_t parts;
        std::uint32_t type;
        std::uint32_t system;
        std::uint64_t size;  ///< of the whole record
    };

    Head head;
    geom::GeometryView source;   ///< without points where there is no geometry
    geom::GeometryView working;  ///< in the working plane
    std::string_view id;
    std::span<const std::byte> values;

    /// The record that begins at an address, a multiple of 8; looks at its bytes.
    [[nodiscard]] static PackedRecord at(const std::byte* bytes);
    /// Appends the values, one to each column.
    void give_values(std::vector<ValueColumn>& columns) const;
};

/// Appends the record of a feature; bytes.size() stays a multiple of 8. Both geometries are empty views where it has
/// none.
void append_record(std::vector<std::byte>& bytes, const model::Feature& feature, std::uint32_t system,
                   const geom::GeometryView& source, const geom::GeometryView& working);

}  // namespace ranh::snapshot
