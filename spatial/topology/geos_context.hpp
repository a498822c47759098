#pragma once

#include "spatial/geom/geometry.hpp"

#include <geos_c.h>

#include <memory>
#include <optional>
#include <string>

namespace ranh::topology {

/// The GEOS context of one thread, with the last message GEOS left in it.
class GeosContext {
public:
    /// The context of the calling thread; made at its first use, freed when the thread ends.
    static GeosContext& of_this_thread();

    GeosContext(const GeosContext&) = delete;
    GeosContext& operator=(const GeosContext&) = delete;

    [[nodiscard]] GEOSContextHandle_t handle() const { return m_handle; }
    /// What GEOS said last, then forgotten.
    [[nodiscard]] std::string take_message();
    void forget_message() { m_message.clear(); }

private:
    GeosContext();
    ~GeosContext();

    GEOSContextHandle_t m_handle;
    std::string m_message;
};

struct GeosDeleter {
    void operator()(GEOSGeometry* geometry) const;
};
using GeosGeometry = std::unique_ptr<GEOSGeometry, GeosDeleter>;

/// A GEOS copy of the geometry; rings that are not closed are closed. Null when GEOS refuses it (a ring of fewer than
/// three points); the context then holds the reason.
[[nodiscard]] GeosGeometry to_geos(const geom::GeometryView& geometry);

/// The polygons of a GEOS geometry, as Polygon or MultiPolygon; nothing when it has none.
[[nodiscard]] std::optional<geom::Geometry> polygons_of(const GEOSGeometry* geometry);

}  // namespace ranh::topology
