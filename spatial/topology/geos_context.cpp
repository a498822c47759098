#include "spatial/topology/geos_context.hpp"

#include "spatial/base/assert.hpp"

#include <utility>
#include <vector>

namespace ranh::topology {
namespace {

using geom::GeometryType;
using geom::GeometryView;
using geom::Point;

static_assert(sizeof(Point) == 2 * sizeof(double), "points are copied to GEOS as pairs of doubles");

void keep_message(const char* message, void* target) { static_cast<std::string*>(target)->assign(message); }

GEOSContextHandle_t this_handle() { return GeosContext::of_this_thread().handle(); }

GEOSCoordSequence* sequence_of(std::span<const Point> points) {
    return GEOSCoordSeq_copyFromBuffer_r(this_handle(), reinterpret_cast<const double*>(points.data()),
                                         static_cast<unsigned>(points.size()), 0, 0);
}

GeosGeometry ring_of(std::span<const Point> ring) {
    if (ring.empty() || ring.front() == ring.back()) {
        return GeosGeometry(GEOSGeom_createLinearRing_r(this_handle(), sequence_of(ring)));
    }
    std::vector<Point> closed(ring.begin(), ring.end());
    closed.push_back(ring.front());
    return GeosGeometry(GEOSGeom_createLinearRing_r(this_handle(), sequence_of(closed)));
}

/// Gives up ownership of all; null when one of them is null.
std::vector<GEOSGeometry*> released(std::vector<GeosGeometry>& owned) {
    std::vector<GEOSGeometry*> raw;
    raw.reserve(owned.size());
    for (GeosGeometry& one : owned) {
        raw.push_back(one.release());
    }
    return raw;
}

GeosGeometry polygon_of(const GeometryView& geometry, std::size_t part) {
    const auto [first, end] = geometry.part(part);
    GeosGeometry shell = ring_of(geometry.path(first));
    std::vector<GeosGeometry> holes;
    for (std::size_t i = first + 1; i < end; ++i) {
        holes.push_back(ring_of(geometry.path(i)));
        if (!holes.back()) {
            return nullptr;
        }
    }
    if (!shell) {
        return nullptr;
    }
    std::vector<GEOSGeometry*> raw = released(holes);
    return GeosGeometry(
        GEOSGeom_createPolygon_r(this_handle(), shell.release(), raw.data(), static_cast<unsigned>(raw.size())));
}

GeosGeometry part_of(const GeometryView& geometry, std::size_t part) {
    switch (geom::dimension(geometry.type)) {
        case 0: return GeosGeometry(GEOSGeom_createPoint_r(this_handle(), sequence_of(geometry.path(part))));
        case 1: return GeosGeometry(GEOSGeom_createLineString_r(this_handle(), sequence_of(geometry.path(part))));
        default: return polygon_of(geometry, part);
    }
}

int collection_type(GeometryType type) {
    switch (geom::dimension(type)) {
        case 0: return GEOS_MULTIPOINT;
        case 1: return GEOS_MULTILINESTRING;
        default: return GEOS_MULTIPOLYGON;
    }
}

void add_ring(const GEOSGeometry* ring, geom::Geometry& target) {
    const GEOSContextHandle_t context = this_handle();
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context, ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(context, sequence, &size);
    std::vector<Point> points(size);
    GEOSCoordSeq_copyToBuffer_r(context, sequence, reinterpret_cast<double*>(points.data()), 0, 0);
    target.add_path(points);
}

void add_polygons(const GEOSGeometry* geometry, geom::Geometry& target) {
    const GEOSContextHandle_t context = this_handle();
    if (GEOSisEmpty_r(context, geometry) == 1) {
        return;
    }
    if (GEOSGeomTypeId_r(context, geometry) == GEOS_POLYGON) {
        add_ring(GEOSGetExteriorRing_r(context, geometry), target);
        for (int i = 0; i < GEOSGetNumInteriorRings_r(context, geometry); ++i) {
            add_ring(GEOSGetInteriorRingN_r(context, geometry, i), target);
        }
        target.end_part();
        return;
    }
    const bool collection = GEOSGeomTypeId_r(context, geometry) >= GEOS_MULTIPOINT;
    for (int i = 0; collection && i < GEOSGetNumGeometries_r(context, geometry); ++i) {
        add_polygons(GEOSGetGeometryN_r(context, geometry, i), target);
    }
}

}  // namespace

GeosContext::GeosContext() : m_handle(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(m_handle, keep_message, &m_message);
    GEOSContext_setNoticeMessageHandler_r(m_handle, keep_message, &m_message);
}

GeosContext::~GeosContext() { GEOS_finish_r(m_handle); }

GeosContext& GeosContext::of_this_thread() {
    thread_local GeosContext context;
    return context;
}

std::string GeosContext::take_message() {
    std::string message;
    std::swap(message, m_message);
    return message.empty() ? "no reason given" : message;
}

void GeosDeleter::operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(this_handle(), geometry); }

GeosGeometry to_geos(const GeometryView& geometry) {
    const bool multi = geometry.type >= GeometryType::multi_point;
    if (!multi) {
        RANH_ASSERT(geometry.part_count() == 1);
        return part_of(geometry, 0);
    }
    std::vector<GeosGeometry> parts;
    for (std::size_t i = 0; i < geometry.part_count(); ++i) {
        parts.push_back(part_of(geometry, i));
        if (!parts.back()) {
            return nullptr;
        }
    }
    std::vector<GEOSGeometry*> raw = released(parts);
    return GeosGeometry(GEOSGeom_createCollection_r(this_handle(), collection_type(geometry.type), raw.data(),
                                                    static_cast<unsigned>(raw.size())));
}

std::optional<geom::Geometry> polygons_of(const GEOSGeometry* geometry) {
    geom::Geometry result(GeometryType::multi_polygon);
    add_polygons(geometry, result);
    if (result.empty()) {
        return std::nullopt;
    }
    if (result.view().part_count() == 1) {
        result.set_type(GeometryType::polygon);
    }
    return result;
}

}  // namespace ranh::topology
