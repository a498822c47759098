#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace ranh::linework {

/// What was moved so that lines that should meet do.
struct SnapReport {
    std::size_t moved = 0;  ///< corners that went to a corner of another line
    std::size_t drawn = 0;  ///< ends that went to the side of another line
    std::size_t bent = 0;   ///< sides that were led through a corner of other lines beside them
    double farthest = 0.0;  ///< of all, units of the coordinates
    geom::Point farthest_at;
    std::vector<geom::Point> places;  ///< the first of them
};

/// Makes corners that are at most `tolerance` apart one, draws ends that near a side of another line to it, and leads
/// sides through corners of other lines that near them: drawings store rounded coordinates, so a line that ends on the
/// side of another one never ends exactly there.
///
/// Guarantees  no point moves by more than `tolerance`, and tolerance 0 changes nothing. A corner never goes to one of
///             its own line (its end to the other end may); a line within the tolerance may vanish. The order of the
///             lines decides which corner stays: the first one.
/// Input       LineString each, without repeated points.
/// Cost        O(n log n) for lines that lie apart as those of a map do.
[[nodiscard]] SnapReport snap_corners(std::vector<geom::Geometry>& lines, double tolerance);

/// Distance from the point to the nearest of the lines that do not pass through it, up to `most`; nothing beyond.
class NearestLine {
public:
    explicit NearestLine(const std::vector<geom::Geometry>& lines);
    ~NearestLine();
    NearestLine(const NearestLine&) = delete;
    NearestLine& operator=(const NearestLine&) = delete;
    [[nodiscard]] std::optional<double> distance(geom::Point point, double most) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace ranh::linework
