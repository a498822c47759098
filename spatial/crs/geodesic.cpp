#include "spatial/crs/geodesic.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/crs/proj_context.hpp"
#include "spatial/crs/proj_pipeline.hpp"
#include "spatial/crs/transform.hpp"

#include <fmt/format.h>
#include <geodesic.h>
#include <proj.h>

#include <cmath>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::crs {

namespace {

/// Decision 83/2000/QĐ-TTg: the ellipsoid of VN-2000 has the size of that of WGS 84.
const geod_geodesic& ellipsoid() {
    static const geod_geodesic the_ellipsoid = [] {
        geod_geodesic made{};
        geod_init(&made, 6378137.0, 1.0 / 298.257223563);
        return made;
    }();
    return the_ellipsoid;
}

/// The projection of a system alone, radians to metres: the operation from its own geographic system without the step
/// that turns degrees into radians. proj_factors on a projected Crs would build the same anew at every call.
ProjPipeline projection_of(const Crs& crs) {
    const detail::PjPointer pj = detail::crs_from_registry(crs.epsg());
    const detail::PjPointer base(proj_crs_get_geodetic_crs(detail::thread_context(), pj.get()));
    const Crs geographic = Crs::from_epsg(std::atoi(proj_get_id_code(base.get(), 0))).value();
    std::string_view text = Transform::between(geographic, crs).value().pipeline().definition();
    constexpr std::string_view start = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step ";
    if (!text.starts_with(start)) {
        throw Failure(
            ErrorKind::unsupported,
            fmt::format("the areal scale of {} ({}) cannot be computed: '{}' does not start from longitude and "
                        "latitude; use a TM-3 or UTM system",
                        crs.code(), crs.name(), text));
    }
    text.remove_prefix(start.size());
    const bool is_chain = text.find("+step") != std::string_view::npos;
    return ProjPipeline::parse(is_chain ? fmt::format("+proj=pipeline +step {}", text) : std::string(text)).value();
}

const ProjPipeline& known_projection_of(const Crs& crs) {
    static std::mutex mutex;
    static std::map<int, ProjPipeline> known;
    {
        const std::lock_guard lock(mutex);
        const auto found = known.find(crs.epsg());
        if (found != known.end()) {
            return found->second;
        }
    }
    const ProjPipeline made = projection_of(crs);
    const std::lock_guard lock(mutex);
    return known.emplace(crs.epsg(), made).first->second;
}

}  // namespace

double areal_scale(const Crs& crs, geom::Point point) {
    RANH_ASSERT(!crs.is_geographic());
    const ProjPipeline& projection = known_projection_of(crs);
    geom::Point radians = point;
    projection.apply(std::span(&radians, 1), Direction::backward);
    const PJ_FACTORS factors = proj_factors(detail::object_of(projection), proj_coord(radians.x, radians.y, 0.0, 0.0));
    return factors.areal_scale;
}

SquareMetres geodesic_area(std::span<const geom::Point> ring, const Crs& crs) {
    std::vector<geom::Point> degrees(ring.begin(), ring.end());
    Transform::between(crs, vn2000()).value().apply(degrees);
    geod_polygon polygon{};
    geod_polygon_init(&polygon, 0);
    for (const geom::Point p : degrees) {
        geod_polygon_addpoint(&ellipsoid(), &polygon, p.y, p.x);
    }
    double area_m2 = 0.0;
    geod_polygon_compute(&ellipsoid(), &polygon, 0, 1, &area_m2, nullptr);
    return SquareMetres(std::abs(area_m2));
}

GeodesicLine geodesic_line(geom::Point from, geom::Point to) {
    double length_m = 0.0;
    double azimuth_deg = 0.0;
    geod_inverse(&ellipsoid(), from.y, from.x, to.y, to.x, &length_m, &azimuth_deg, nullptr);
    return {Metres(length_m), Degrees(azimuth_deg < 0.0 ? azimuth_deg + 360.0 : azimuth_deg)};
}

geom::Point geodesic_end(geom::Point start, const GeodesicLine& line) {
    geom::Point end;
    geod_direct(&ellipsoid(), start.y, start.x, line.azimuth.value(), line.length.value(), &end.y, &end.x, nullptr);
    return end;
}

}  // namespace ranh::crs
