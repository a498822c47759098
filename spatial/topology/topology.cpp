#include "spatial/topology/topology.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/topology/geos_context.hpp"

#include <fmt/format.h>

namespace ranh::topology {
namespace {

using geom::Geometry;
using geom::GeometryView;
using Polygons = Result<std::optional<Geometry>>;

GeosContext& context() { return GeosContext::of_this_thread(); }

Error refused(const char* work) {
    return Error{
        ErrorKind::corrupt_input,
        fmt::format("GEOS could not {}: {}; check the outline for too few points or numbers that are not finite", work,
                    context().take_message()),
        {}};
}

GeosGeometry repaired(const GEOSGeometry* geometry) {
    const GEOSContextHandle_t handle = context().handle();
    struct Params {
        GEOSMakeValidParams* value;
        explicit Params(GEOSContextHandle_t h) : value(GEOSMakeValidParams_create_r(h)), m_handle(h) {}
        Params(const Params&) = delete;
        Params& operator=(const Params&) = delete;
        ~Params() { GEOSMakeValidParams_destroy_r(m_handle, value); }

    private:
        GEOSContextHandle_t m_handle;
    } params(handle);
    GEOSMakeValidParams_setMethod_r(handle, params.value, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(handle, params.value, 0);
    return GeosGeometry(GEOSMakeValidWithParams_r(handle, geometry, params.value));
}

/// The geometry in GEOS, repaired where it is not valid; null with a message when GEOS refuses it.
GeosGeometry valid_geos(const GeometryView& area) {
    context().forget_message();
    if (!geom::all_finite(area)) {
        return nullptr;
    }
    GeosGeometry geometry = to_geos(area);
    if (geometry && GEOSisValid_r(context().handle(), geometry.get()) != 1) {
        geometry = repaired(geometry.get());
    }
    return geometry;
}

bool is_area(const GeometryView& geometry) { return geom::dimension(geometry.type) == 2; }

}  // namespace

Polygons intersection(const GeometryView& a, const GeometryView& b, double grid_m) {
    RANH_ASSERT(is_area(a) && is_area(b));
    const GeosGeometry geos_a = valid_geos(a);
    const GeosGeometry geos_b = valid_geos(b);
    if (!geos_a || !geos_b) {
        return refused("read an area to intersect");
    }
    const GeosGeometry common(GEOSIntersectionPrec_r(context().handle(), geos_a.get(), geos_b.get(), grid_m));
    if (!common) {
        return refused("intersect two areas");
    }
    return polygons_of(common.get());
}

Polygons unary_union(std::span<const Geometry> areas, double grid_m) {
    const GEOSContextHandle_t handle = context().handle();
    std::vector<GEOSGeometry*> parts;
    const auto discard = [&] {
        for (GEOSGeometry* part : parts) {
            GEOSGeom_destroy_r(handle, part);
        }
    };
    for (const Geometry& area : areas) {
        if (area.empty()) {
            continue;
        }
        RANH_ASSERT(is_area(area));
        GeosGeometry part = valid_geos(area);
        if (!part) {
            discard();
            return refused("read an area to unite");
        }
        parts.push_back(part.release());
    }
    if (parts.empty()) {
        return std::optional<Geometry>();
    }
    // The collection takes the parts over.
    const GeosGeometry all(GEOSGeom_createCollection_r(handle, GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                       static_cast<unsigned>(parts.size())));
    const GeosGeometry united(GEOSUnaryUnionPrec_r(handle, all.get(), grid_m));
    if (!united) {
        return refused("unite areas");
    }
    return polygons_of(united.get());
}

Polygons make_valid(const GeometryView& area) {
    RANH_ASSERT(is_area(area));
    const GeosGeometry valid = valid_geos(area);
    if (!valid) {
        return refused("repair an area");
    }
    return polygons_of(valid.get());
}

std::optional<Invalidity> invalidity(const GeometryView& geometry) {
    if (!geom::all_finite(geometry)) {
        return Invalidity{"a coordinate is not a finite number", {}};
    }
    const GEOSContextHandle_t handle = context().handle();
    const geom::Point first = geometry.points.empty() ? geom::Point{} : geometry.points.front();
    const GeosGeometry geos = to_geos(geometry);
    if (!geos) {
        return Invalidity{context().take_message(), first};
    }
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const char valid = GEOSisValidDetail_r(handle, geos.get(), 0, &reason, &place);
    const GeosGeometry owned_place(place);
    std::optional<Invalidity> result;
    if (valid != 1) {
        result = Invalidity{reason != nullptr ? reason : context().take_message(), first};
        if (owned_place) {
            GEOSGeomGetX_r(handle, owned_place.get(), &result->place.x);
            GEOSGeomGetY_r(handle, owned_place.get(), &result->place.y);
        }
    }
    GEOSFree_r(handle, reason);
    return result;
}

Result<double> largest_inner_width(const GeometryView& area, double tolerance_m) {
    RANH_ASSERT(is_area(area) && tolerance_m > 0.0);
    const GEOSContextHandle_t handle = context().handle();
    const GeosGeometry geos = valid_geos(area);
    if (!geos) {
        return refused("read an area");
    }
    if (GEOSisEmpty_r(handle, geos.get()) == 1) {
        return 0.0;
    }
    const GeosGeometry radius(GEOSMaximumInscribedCircle_r(handle, geos.get(), tolerance_m));
    double length = 0.0;
    if (!radius || GEOSLength_r(handle, radius.get(), &length) != 1) {
        return refused("inscribe a circle");
    }
    return 2.0 * length;
}

}  // namespace ranh::topology
