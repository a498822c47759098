#include "spatial/algorithm/near_outline.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/base/assert.hpp"

#include <algorithm>

namespace ranh::algorithm {
namespace {

using geom::Box;
using geom::Point;

constexpr std::uint32_t points_per_chunk = 8;
constexpr std::size_t chunks_per_stride = 16;

/// On which sides of a box something lies wholly: one bit for each side.
using Sides = unsigned;

Sides sides_of(const Box& thing, const Box& box) {
    return (thing.max.x < box.min.x ? 1U : 0U) | (thing.min.x > box.max.x ? 2U : 0U) |
           (thing.max.y < box.min.y ? 4U : 0U) | (thing.min.y > box.max.y ? 8U : 0U);
}

Sides sides_of(Point p, const Box& box) { return sides_of(Box{p, p}, box); }

/// Keeps the corners of one ring that the box can see.
class RingNear {
public:
    RingNear(const Box& box, geom::Geometry& rings) : m_box(box), m_rings(rings) {}

    void begin(Point p) {
        m_last = p;
        m_last_sides = sides_of(p, m_box);
        m_common = m_last_sides;
        m_rings.add_point(p);
    }
    /// The edge from the last corner to `p`.
    void go_to(Point p) {
        const Sides sides = sides_of(p, m_box);
        if ((m_last_sides & sides) == 0) {
            keep_last();
            m_common = sides;
            m_rings.add_point(p);
            m_pending = false;
        } else {
            extend(p, sides);
        }
        m_last = p;
        m_last_sides = sides;
    }
    /// A chain from the last corner to `last`, all of it on `sides`, of which there is at least one.
    [[nodiscard]] bool may_jump(Sides sides) const { return (m_common & sides) != 0; }
    void jump_to(Point last, Sides sides) {
        m_common &= sides;
        m_last = last;
        m_last_sides = sides_of(last, m_box);
        m_pending = true;
    }
    void end() { keep_last(); }

private:
    /// The corner lies beyond a side of the box, as the one before it does.
    void extend(Point p, Sides sides) {
        if ((m_common & sides) == 0) {
            keep_last();
            m_common = m_last_sides;
        }
        m_common &= sides;
        m_pending = p != m_last || m_pending;
    }
    void keep_last() {
        if (m_pending) {
            m_rings.add_point(m_last);
            m_pending = false;
        }
    }

    const Box& m_box;
    geom::Geometry& m_rings;
    Point m_last;
    Sides m_last_sides = 0;
    Sides m_common = 0;      // sides on which the whole chain since the last kept corner lies
    bool m_pending = false;  // m_last is not kept yet
};

}  // namespace

OutlineIndex::OutlineIndex(const geom::GeometryView& feature) {
    const auto box = feature.box();
    RANH_ASSERT(box.has_value());
    m_box = *box;
    for (std::size_t part = 0; part < feature.part_count(); ++part) {
        const auto [first, end] = feature.part(part);
        for (std::size_t path = first; path < end; ++path) {
            std::span<const Point> ring = feature.path(path);
            const bool counter_clockwise = is_counter_clockwise(ring);
            if (ring.size() > 1 && ring.front() == ring.back()) {
                ring = ring.first(ring.size() - 1);
            }
            const bool as_it_should_be = counter_clockwise == (path == first);
            add_ring(ring, static_cast<std::int8_t>(as_it_should_be ? 1 : -1));
        }
    }
}

void OutlineIndex::add_ring(std::span<const Point> ring, std::int8_t turn) {
    const auto count = static_cast<std::uint32_t>(ring.size());
    const std::size_t first_chunk = m_chunks.size();
    for (std::uint32_t k = 0; k < count; k += points_per_chunk) {
        const std::uint32_t last = std::min(k + points_per_chunk, count);
        Box chunk{ring[last % count], ring[last % count]};
        for (const Point& p : ring.subspan(k, last - k)) {
            chunk = {{std::min(chunk.min.x, p.x), std::min(chunk.min.y, p.y)},
                     {std::max(chunk.max.x, p.x), std::max(chunk.max.y, p.y)}};
        }
        if ((m_chunks.size() - first_chunk) % chunks_per_stride == 0) {
            m_strides.push_back({chunk, m_chunks.size(), m_chunks.size()});
        }
        m_chunks.push_back({chunk, k, last});
        m_strides.back().box = geom::united(m_strides.back().box, chunk);
        m_strides.back().end = m_chunks.size();
    }
    m_rings.push_back({ring, m_strides.size(), turn});
}

Box OutlineIndex::reach_of(const Box& region) const {
    Box reach = region;
    const auto add_chunk = [&](const Ring& ring, const Chunk& chunk) {
        for (std::uint32_t k = chunk.first; k < chunk.end; ++k) {
            const Point& from = ring.points[k];
            const Point& to = ring.points[k + 1 == ring.points.size() ? 0 : k + 1];
            const Box edge{{std::min(from.x, to.x), std::min(from.y, to.y)},
                           {std::max(from.x, to.x), std::max(from.y, to.y)}};
            if (geom::boxes_meet(edge, region)) {
                reach = geom::united(reach, edge);
            }
        }
    };
    std::size_t stride = 0;
    for (const Ring& ring : m_rings) {
        for (; stride < ring.stride_end; ++stride) {
            const Stride& s = m_strides[stride];
            for (std::size_t i = geom::boxes_meet(s.box, region) ? s.first : s.end; i < s.end; ++i) {
                if (geom::boxes_meet(m_chunks[i].box, region)) {
                    add_chunk(ring, m_chunks[i]);
                }
            }
        }
    }
    return reach;
}

NearOutline OutlineIndex::near(const Box& box) const {
    NearOutline outline;
    outline.turns.reserve(m_rings.size());
    std::size_t stride = 0;
    for (const Ring& ring : m_rings) {
        const std::size_t first_stride = stride;
        stride = ring.stride_end;
        if (ring.points.empty()) {
            continue;
        }
        const std::size_t before = outline.rings.points().size();
        const auto corner = [&](std::uint32_t k) { return ring.points[k == ring.points.size() ? 0 : k]; };
        RingNear near(box, outline.rings);
        near.begin(ring.points.front());
        const auto pass_by = [&](const Box& around, std::uint32_t end) {
            const Sides sides = sides_of(around, box);
            const bool passes = near.may_jump(sides);
            if (passes) {
                near.jump_to(corner(end), sides);
            }
            return passes;
        };
        for (std::size_t i = first_stride; i < ring.stride_end; ++i) {
            const Stride& s = m_strides[i];
            if (pass_by(s.box, m_chunks[s.end - 1].end)) {
                continue;
            }
            for (const Chunk& chunk : std::span(m_chunks).subspan(s.first, s.end - s.first)) {
                for (std::uint32_t k = pass_by(chunk.box, chunk.end) ? chunk.end : chunk.first; k < chunk.end; ++k) {
                    near.go_to(corner(k + 1));
                }
            }
        }
        near.end();
        if (outline.rings.points().size() - before < 4) {
            outline.rings.drop_points(before);  // there and back beyond one side: nothing the box can see
            continue;
        }
        outline.turns.push_back(ring.turn);
        outline.rings.end_path();
    }
    outline.rings.end_part();
    return outline;
}

}  // namespace ranh::algorithm
