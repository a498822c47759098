#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::algorithm {

/// The rings of a polygonal feature as they look near a box, and how each of them winds.
///
/// Every edge that meets the box stands in it unaltered. A chain of edges beyond one side of the box is replaced by one
/// edge beyond that side, which no point of the box can tell from the chain: winding and even-odd numbers of all points
/// of the box are those of the feature. Corners are corners of the feature; none is made.
struct NearOutline {
    /// All rings in one part, in the order of the feature; rings the box cannot see are left out.
    geom::Geometry rings{geom::GeometryType::polygon};
    /// For each ring: +1 for one that is walked as it should be (shell counter-clockwise, hole clockwise), else -1.
    std::vector<std::int8_t> turns;
};

/// The outline of one polygonal feature, in short chunks with their boxes, so that the part near a box is taken out
/// without looking at the rest.
///
/// Cost      made in O(points); near() in O(chunks + points of the chunks that reach the box).
/// Lifetime  looks at the points of the feature: lives no longer than they do.
/// Threads   const after construction; any number of readers.
class OutlineIndex {
public:
    explicit OutlineIndex(const geom::GeometryView& feature);

    /// `region` grown by the boxes of all edges that meet it: the box in which a relation can be told.
    [[nodiscard]] geom::Box reach_of(const geom::Box& region) const;
    /// Precondition: `box` holds reach_of() of the region that is looked at, where sides of shared edges are asked for.
    [[nodiscard]] NearOutline near(const geom::Box& box) const;
    [[nodiscard]] const geom::Box& box() const { return m_box; }

private:
    /// Points [first, end) of a ring; the last one is the first of the next chunk, so that each edge is in one chunk.
    struct Chunk {
        geom::Box box;
        std::uint32_t first;
        std::uint32_t end;
    };
    /// Chunks [first, end) of one ring, so that what is far away is passed by in large steps.
    struct Stride {
        geom::Box box;
        std::size_t first;
        std::size_t end;
    };
    struct Ring {
        std::span<const geom::Point> points;  // without the repeated last one
        std::size_t stride_end;
        std::int8_t turn;
    };
    void add_ring(std::span<const geom::Point> ring, std::int8_t turn);

    std::vector<Ring> m_rings;
    std::vector<Stride> m_strides;
    std::vector<Chunk> m_chunks;
    geom::Box m_box;
};

}  // namespace ranh::algorithm
