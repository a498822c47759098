#include "tests/support/geos_oracle.hpp"

#include "spatial/base/error.hpp"
#include "spatial/topology/geos_context.hpp"

namespace ranh::test {
namespace {

using algorithm::SpatialRelation;
using geom::GeometryView;
using topology::GeosGeometry;

GEOSContextHandle_t handle() { return topology::GeosContext::of_this_thread().handle(); }

GeosGeometry read(const GeometryView& geometry) {
    GeosGeometry result = topology::to_geos(geometry);
    if (!result) {
        throw Failure(ErrorKind::internal, topology::GeosContext::of_this_thread().take_message());
    }
    return result;
}

}  // namespace

bool geos_valid(const GeometryView& geometry) {
    const GeosGeometry geos = topology::to_geos(geometry);
    return geos && GEOSisValid_r(handle(), geos.get()) == 1;
}

std::optional<double> geos_overlap_area(const GeometryView& a, const GeometryView& b, double grid) {
    const GeosGeometry common(grid > 0.0 ? GEOSIntersectionPrec_r(handle(), read(a).get(), read(b).get(), grid)
                                         : GEOSIntersection_r(handle(), read(a).get(), read(b).get()));
    double area = 0.0;
    if (!common || GEOSArea_r(handle(), common.get(), &area) != 1) {
        return std::nullopt;
    }
    return area;
}

std::string geos_matrix(const GeometryView& a, const GeometryView& b) {
    char* text = GEOSRelate_r(handle(), read(a).get(), read(b).get());
    if (text == nullptr) {
        throw Failure(ErrorKind::internal, topology::GeosContext::of_this_thread().take_message());
    }
    std::string matrix(text);
    GEOSFree_r(handle(), text);
    return matrix;
}

SpatialRelation relation_of_areas(const std::string& matrix) {
    const auto none = [&](std::size_t place) { return matrix[place] == 'F'; };
    if (none(0)) {
        return none(1) && none(3) && none(4) ? SpatialRelation::disjoint : SpatialRelation::touches;
    }
    const bool a_in_b = none(2) && none(5);
    const bool b_in_a = none(6) && none(7);
    if (a_in_b && b_in_a) {
        return SpatialRelation::equals;
    }
    return a_in_b ? SpatialRelation::within : b_in_a ? SpatialRelation::contains : SpatialRelation::crosses;
}

SpatialRelation relation_of_line(const std::string& matrix) {
    const auto none = [&](std::size_t place) { return matrix[place] == 'F'; };
    if (!none(0)) {
        return none(2) ? SpatialRelation::within : SpatialRelation::crosses;
    }
    return none(1) && none(3) && none(4) ? SpatialRelation::disjoint : SpatialRelation::touches;
}

double geos_distance(const GeometryView& a, const GeometryView& b) {
    double distance = -1.0;
    GEOSDistance_r(handle(), read(a).get(), read(b).get(), &distance);
    return distance;
}

double geos_length_inside(const GeometryView& line, const GeometryView& area) {
    const GeosGeometry common(GEOSIntersection_r(handle(), read(line).get(), read(area).get()));
    double length = -1.0;
    GEOSLength_r(handle(), common.get(), &length);
    return length;
}

}  // namespace ranh::test
