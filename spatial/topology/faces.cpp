#include "spatial/topology/faces.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/topology/geos_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ranh::topology {
namespace {

using geom::Geometry;
using geom::Point;

GeosContext& context() { return GeosContext::of_this_thread(); }
GEOSContextHandle_t handle() { return context().handle(); }

Error refused(const char* work) {
    return {ErrorKind::corrupt_input,
            fmt::format("GEOS could not {}: {}; check the drawing for lines that nearly coincide", work,
                        context().take_message()),
            {}};
}

/// All lines as one collection; null when GEOS refuses one.
GeosGeometry collection_of(std::span<const Geometry> lines) {
    std::vector<GEOSGeometry*> parts;
    bool whole = true;
    for (const Geometry& line : lines) {
        RANH_ASSERT(geom::dimension(line.type()) == 1);
        GeosGeometry part = whole ? to_geos(line) : nullptr;
        whole = whole && part;
        if (whole) {
            parts.push_back(part.release());
        }
    }
    GeosGeometry all(GEOSGeom_createCollection_r(handle(), GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                 static_cast<unsigned>(parts.size())));
    return whole ? std::move(all) : nullptr;
}

std::vector<Point> points_of(const GEOSGeometry* line) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(handle(), line);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(handle(), sequence, &size);
    std::vector<Point> points(size);
    GEOSCoordSeq_copyToBuffer_r(handle(), sequence, reinterpret_cast<double*>(points.data()), 0, 0);
    return points;
}

/// The lines of a collection; those of a collection of lines one by one.
template <typename Take>
void for_each_part(const GEOSGeometry* geometry, const Take& take) {
    const int count = geometry == nullptr ? 0 : GEOSGetNumGeometries_r(handle(), geometry);
    for (int i = 0; i < count; ++i) {
        take(GEOSGetGeometryN_r(handle(), geometry, i));
    }
}

void add_lines(const GEOSGeometry* geometry, std::vector<Geometry>& lines) {
    for_each_part(geometry, [&](const GEOSGeometry* line) {
        if (GEOSisEmpty_r(handle(), line) == 0) {
            lines.push_back(Geometry::line_string(points_of(line)));
        }
    });
}

bool before(const Point& a, const Point& b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); }

/// Points of the lines that are no corner of the noded ones.
std::size_t count_moved(std::span<const Geometry> lines, const GEOSGeometry* noded) {
    std::vector<Point> corners;
    for_each_part(noded, [&](const GEOSGeometry* line) {
        const auto points = points_of(line);
        corners.insert(corners.end(), points.begin(), points.end());
    });
    std::sort(corners.begin(), corners.end(), before);
    std::size_t moved = 0;
    for (const Geometry& line : lines) {
        moved +=
            static_cast<std::size_t>(std::count_if(line.points().begin(), line.points().end(), [&](const Point& point) {
                return !std::binary_search(corners.begin(), corners.end(), point, before);
            }));
    }
    return moved;
}

}  // namespace

Result<LineFaces> faces_of_lines(std::span<const Geometry> lines) {
    context().forget_message();
    LineFaces result;
    if (!std::all_of(lines.begin(), lines.end(), [](const Geometry& line) { return geom::all_finite(line); })) {
        return Error{ErrorKind::corrupt_input, "a coordinate of the lines is not a finite number; repair it", {}};
    }
    const GeosGeometry all = collection_of(lines);
    const GeosGeometry noded(all ? GEOSUnaryUnion_r(handle(), all.get()) : nullptr);
    if (!noded) {
        return refused("find the crossings of the lines");
    }
    result.moved_points = count_moved(lines, noded.get());
    GEOSGeometry* cuts = nullptr;
    GEOSGeometry* dangles = nullptr;
    GEOSGeometry* not_rings = nullptr;
    const GeosGeometry faces(GEOSPolygonize_full_r(handle(), noded.get(), &cuts, &dangles, &not_rings));
    const GeosGeometry owned_cuts(cuts);
    const GeosGeometry owned_dangles(dangles);
    const GeosGeometry owned_rings(not_rings);
    if (!faces) {
        return refused("walk the rings of the lines");
    }
    for_each_part(faces.get(), [&](const GEOSGeometry* face) {
        if (auto polygon = polygons_of(face)) {
            result.faces.push_back(std::move(*polygon));
        }
    });
    const GeosGeometry chains(GEOSLineMerge_r(handle(), owned_dangles.get()));
    add_lines(chains ? chains.get() : owned_dangles.get(), result.dangles);
    add_lines(owned_cuts.get(), result.cuts);
    add_lines(owned_rings.get(), result.cuts);
    return result;
}

}  // namespace ranh::topology
