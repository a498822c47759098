#include "spatial/crs/working_plane.hpp"

#include "spatial/crs/chord_division.hpp"
#include "spatial/crs/proj_pipeline.hpp"
#include "spatial/crs/transform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::crs {

namespace {

using detail::ChordDivision;
using detail::Edge;
using detail::InsertedPoints;
using detail::PlaneProjection;
using geom::Geometry;
using geom::GeometryView;
using geom::Point;

constexpr std::string_view to_degrees = " +step +proj=unitconvert +xy_in=rad +xy_out=deg";
constexpr std::string_view to_radians = "+step +proj=unitconvert +xy_in=deg +xy_out=rad";

/// Snyder 1987 §24 on the ellipsoid of VN-2000, which has the size of that of WGS 84 (Decision 83/2000/QĐ-TTg).
std::string laea_step(const WorkingPlaneCentre& centre) {
    return fmt::format("+step +proj=laea +lat_0={} +lon_0={} +x_0=0 +y_0=0 +ellps=WGS84", centre.latitude_deg,
                       centre.longitude_deg);
}

/// The steps to VN-2000 longitude and latitude followed by the projection; degrees in between are left out where they
/// can be.
std::string text_of_projection(const std::string& to_vn2000, const std::string& laea) {
    constexpr std::string_view pipeline = "+proj=pipeline ";
    if (to_vn2000 == "+proj=noop") {
        return fmt::format("{}{} {}", pipeline, to_radians, laea);
    }
    std::string_view steps = to_vn2000;
    const bool is_chain = steps.starts_with(pipeline);
    if (is_chain && steps.ends_with(to_degrees)) {
        steps.remove_suffix(to_degrees.size());
        return fmt::format("{} {}", steps, laea);
    }
    return is_chain ? fmt::format("{} {} {}", steps, to_radians, laea)
                    : fmt::format("{}+step {} {} {}", pipeline, steps, to_radians, laea);
}

/// Edges that may need points in between, and for each the index of the point after which they go.
struct BendingEdges {
    std::vector<Edge> edges;
    std::vector<std::size_t> after;
};

void collect_edge(const ChordDivision& division, const GeometryView& source, const std::vector<Point>& plane,
                  std::size_t from, std::size_t to, BendingEdges& bending) {
    const Edge edge{source.points[from], source.points[to], plane[from], plane[to]};
    if (division.may_bend(edge)) {
        bending.edges.push_back(edge);
        bending.after.push_back(from);
    }
}

BendingEdges bending_edges(const ChordDivision& division, const GeometryView& source, const std::vector<Point>& plane) {
    BendingEdges bending;
    std::size_t start = 0;
    for (const std::uint32_t end : source.path_ends) {
        for (std::size_t i = start; i + 1 < end; ++i) {
            collect_edge(division, source, plane, i, i + 1, bending);
        }
        // A ring whose first point is not repeated has one more edge.
        if (dimension(source.type) == 2 && end > start + 1 && source.points[start] != source.points[end - 1]) {
            collect_edge(division, source, plane, end - 1, start, bending);
        }
        start = end;
    }
    return bending;
}

Geometry assembled(const GeometryView& source, const std::vector<Point>& plane, const std::vector<std::size_t>& after,
                   const InsertedPoints& inserted) {
    Geometry result(source.type);
    std::size_t point = 0;
    std::size_t path = 0;
    std::size_t edge = 0;
    for (const std::uint32_t part_end : source.part_ends) {
        for (; path < part_end; ++path) {
            for (; point < source.path_ends[path]; ++point) {
                result.add_point(plane[point]);
                for (; edge < after.size() && after[edge] == point; ++edge) {
                    for (std::size_t i = edge == 0 ? 0 : inserted.ends[edge - 1]; i < inserted.ends[edge]; ++i) {
                        result.add_point(inserted.points[i]);
                    }
                }
            }
            result.end_path();
        }
        result.end_part();
    }
    return result;
}

/// PROJ inverts the ellipsoidal LAEA by a short series (Snyder 1987, 3-18) that is off by a millimetre here. What it is
/// off by shows when the result is projected again, and one correction brings it below the rounding of coordinates.
void unproject_exactly(const ProjPipeline& to_plane, std::span<Point> points) {
    std::vector<Point> corrected(points.begin(), points.end());
    to_plane.apply(points, Direction::backward);
    std::vector<Point> again(points.begin(), points.end());
    to_plane.apply(again);
    for (std::size_t i = 0; i < points.size(); ++i) {
        corrected[i].x -= again[i].x - corrected[i].x;
        corrected[i].y -= again[i].y - corrected[i].y;
    }
    to_plane.apply(corrected, Direction::backward);
    std::copy(corrected.begin(), corrected.end(), points.begin());
}

Geometry with_points(const GeometryView& form, const std::vector<Point>& points) {
    return Geometry::copy_of(GeometryView{form.type, points, form.path_ends, form.part_ends});
}

}  // namespace

struct WorkingPlane::State {
    std::string laea;
    mutable std::shared_mutex mutex;
    mutable std::map<int, ChordDivision> by_source;  // entries never move nor go

    [[nodiscard]] const ChordDivision& division_of(const Crs& source) const {
        {
            const std::shared_lock lock(mutex);
            const auto found = by_source.find(source.epsg());
            if (found != by_source.end()) {
                return found->second;
            }
        }
        const Transform to_vn2000 = Transform::between(source, vn2000()).value();
        ProjPipeline pipeline =
            ProjPipeline::parse(text_of_projection(to_vn2000.pipeline().definition(), laea)).value();
        constexpr double metres_per_degree = 111'320.0;
        const bool degrees = source.is_geographic();
        const auto unit = degrees ? PlaneProjection::Source::degrees : PlaneProjection::Source::metres;
        ChordDivision division(PlaneProjection(pipeline, unit), degrees ? metres_per_degree : 1.0, chord_error_m);
        const std::unique_lock lock(mutex);
        return by_source.emplace(source.epsg(), division).first->second;
    }
};

WorkingPlane::WorkingPlane(WorkingPlaneCentre centre) : m_centre(centre) {
    auto state = std::make_shared<State>();
    state->laea = laea_step(centre);
    m_state = std::move(state);
}
WorkingPlane::WorkingPlane(const WorkingPlane&) = default;
WorkingPlane& WorkingPlane::operator=(const WorkingPlane&) = default;
WorkingPlane::~WorkingPlane() = default;

Geometry WorkingPlane::project(const GeometryView& source, const Crs& source_crs) const {
    const ChordDivision& division = m_state->division_of(source_crs);
    std::vector<Point> plane(source.points.begin(), source.points.end());
    division.to_plane().apply(plane);
    if (dimension(source.type) == 0) {
        return with_points(source, plane);
    }
    const BendingEdges bending = bending_edges(division, source, plane);
    if (bending.edges.empty()) {
        return with_points(source, plane);
    }
    return assembled(source, plane, bending.after, division.divide(bending.edges));
}

Point WorkingPlane::project(Point point, const Crs& source_crs) const {
    m_state->division_of(source_crs).to_plane().apply(std::span(&point, 1));
    return point;
}

Geometry WorkingPlane::unproject(const GeometryView& geometry, const Crs& target) const {
    Geometry result = Geometry::copy_of(geometry);
    unproject_exactly(m_state->division_of(target).to_plane().pipeline(), result.mutable_points());
    return result;
}

Point WorkingPlane::unproject(Point point, const Crs& target) const {
    unproject_exactly(m_state->division_of(target).to_plane().pipeline(), std::span(&point, 1));
    return point;
}

std::string WorkingPlane::name() const {
    return fmt::format("LAEA {}{} {}{} on VN-2000 (EPSG:4756)", std::abs(m_centre.latitude_deg),
                       m_centre.latitude_deg < 0 ? 'S' : 'N', std::abs(m_centre.longitude_deg),
                       m_centre.longitude_deg < 0 ? 'W' : 'E');
}

}  // namespace ranh::crs
