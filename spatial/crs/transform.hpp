#pragma once

#include "spatial/base/error.hpp"
#include "spatial/base/units.hpp"
#include "spatial/crs/crs.hpp"
#include "spatial/crs/proj_pipeline.hpp"
#include "spatial/geom/geometry.hpp"

#include <memory>
#include <span>
#include <string>

namespace ranh::crs {

/// A chosen, named coordinate operation.
///
/// Between VN-2000 and WGS 84 it is always EPSG:6960 (Decision 05/2007/QĐ-BTNMT, Art. 1), whatever else PROJ offers for
/// the area. A ballpark operation and one that needs a grid file that is not installed are refused.
///
/// Cost     making one takes milliseconds the first time in a process, then nothing; apply() under a microsecond a
/// point. Threads  one object may be used by many threads at once: each thread gets its own PROJ context.
class Transform {
public:
    /// unsupported when only a ballpark operation exists, or one that needs a missing grid, naming both systems.
    [[nodiscard]] static Result<Transform> between(const Crs& from, const Crs& to);

    Transform(Transform&&) noexcept;
    Transform& operator=(Transform&&) noexcept;
    Transform(const Transform&);
    Transform& operator=(const Transform&);
    ~Transform();

    /// Moves points in place. corrupt_input naming the first point that cannot be transformed.
    void apply(std::span<geom::Point> points) const;
    [[nodiscard]] geom::Point apply(geom::Point point) const;
    /// The same within 1e-7 m (1e-11 degrees) in some 20 ns a point where `from` is projected, by polynomials that
    /// interpolate PROJ (detail::PlaneProjection): for whole layers that are to be shown or served.
    void apply_interpolated(std::span<geom::Point> points) const;

    [[nodiscard]] const Crs& from() const;
    [[nodiscard]] const Crs& to() const;
    /// For provenance: "EPSG:3405 -> EPSG:4326 by EPSG:6960 VN-2000 to WGS 84 (2)", or "… by projection only".
    [[nodiscard]] const std::string& name() const;
    /// Stated accuracy of the datum part; 0 for a pure re-projection, infinite when the registry states none.
    [[nodiscard]] Metres accuracy() const;
    /// The computation itself, in both directions; its text belongs into provenance beside the name.
    [[nodiscard]] const ProjPipeline& pipeline() const;

private:
    struct State;
    explicit Transform(std::shared_ptr<const State> state);
    [[nodiscard]] static Result<Transform> make(const Crs& from, const Crs& to);
    std::shared_ptr<const State> m_state;
};

}  // namespace ranh::crs
