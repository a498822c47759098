#pragma once

#include "spatial/crs/proj_pipeline.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace ranh::crs::detail {

/// From a source system to the plane, or to longitude and latitude: PROJ, or polynomials that interpolate it.
///
/// A projected source (metres) is cut into squares of 8,192 m. In each of them both coordinates of the image are
/// polynomials of degree 4 in easting and northing through 25 points computed by PROJ. Over 8 km a projection bends so
/// little that what is left out is below 1e-9 m; what differs is the rounding of PROJ's own series, some 1e-8 m. Each
/// square is held against PROJ at further points when it is made; one that differs by more than 1e-7 m (1e-11 degrees),
/// and everything outside of the range of Vietnamese grids, is left to PROJ.
///
/// Cost        some 10 ns a point instead of half a microsecond; 50 points of PROJ for a square met the first time.
/// Guarantees  the image of a point depends on the point alone, bit for bit: not on threads, order or neighbours.
/// Threads     one object may be used by many threads at once. A copy shares the squares.
/// Errors      corrupt_input naming the first point that cannot be computed.
class PlaneProjection {
public:
    enum class Source { metres, degrees };
    enum class Image { metres, degrees };
    PlaneProjection(ProjPipeline pipeline, Source source, Image image = Image::metres);

    void apply(std::span<geom::Point> points) const;
    [[nodiscard]] const ProjPipeline& pipeline() const { return m_pipeline; }

private:
    struct Squares;
    ProjPipeline m_pipeline;
    std::shared_ptr<Squares> m_squares;  // absent: PROJ alone
};

}  // namespace ranh::crs::detail
