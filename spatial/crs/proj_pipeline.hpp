#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct PJconsts;  // PROJ's PJ

namespace ranh::crs {

class ProjPipeline;
namespace detail {
/// The calling thread's PROJ object of a pipeline; belongs to the thread.
[[nodiscard]] PJconsts* object_of(const ProjPipeline& pipeline);
}  // namespace detail

enum class Direction { forward, backward };

/// A chain of computations in PROJ's own text ("+proj=pipeline +step …"), with all parameters in the text.
///
/// Axes      as the text says; the pipelines made by Transform take and give x = easting or longitude, in metres or
/// degrees. Cost      making one the first time about 0.1 ms on every thread that uses it; a copy is a pointer. Texts
/// are kept for the
///           life of the process, so make them from a bounded set of systems, never from coordinates.
/// Threads   one object may be used by many threads at once: each thread gets its own PROJ object.
/// Not done  no choice of a datum operation and no check of it: that is Transform's duty. Use this for readings that no
/// registry
///           lists, such as a wrong one that is to be recognised.
class ProjPipeline {
public:
    /// invalid_argument when PROJ does not understand the text.
    [[nodiscard]] static Result<ProjPipeline> parse(std::string_view definition);

    /// Moves points in place. corrupt_input naming the first point that cannot be computed; the points are then not
    /// usable.
    void apply(std::span<geom::Point> points, Direction direction = Direction::forward) const;
    /// The same without throwing: points that cannot be computed become NaN. Returns the index of the first one, if
    /// any.
    std::optional<std::size_t> try_apply(std::span<geom::Point> points, Direction direction = Direction::forward) const;

    [[nodiscard]] const std::string& definition() const { return *m_definition; }

private:
    friend PJconsts* detail::object_of(const ProjPipeline& pipeline);
    ProjPipeline(std::size_t id, const std::string* definition) : m_id(id), m_definition(definition) {}
    std::size_t m_id;
    const std::string* m_definition;
};

}  // namespace ranh::crs
