#include "spatial/validation/clean_ring.hpp"

#include "spatial/algorithm/orientation.hpp"

#include <algorithm>
#include <limits>

namespace ranh::validation {
namespace {

using geom::Point;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// Cuts off tips as long as there are any, walking around the ring and one step back after each cut.
class SpikeCutter {
public:
    SpikeCutter(std::span<const Point> points, std::span<const std::uint32_t> vertices)
        : m_points(points), m_vertices(vertices), m_left(points.size()) {
        const auto count = static_cast<std::uint32_t>(points.size());
        m_next.resize(count);
        m_previous.resize(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            m_next[i] = i + 1 == count ? 0 : i + 1;
            m_previous[i] = i == 0 ? count - 1 : i - 1;
        }
        m_spike_at.assign(count, none);
    }

    /// Leaves the ring in `result`.
    void cut(CleanRing& result) {
        std::uint32_t at = 0;
        // Corners right before this one known to turn: once all are, nothing is left to cut.
        std::size_t seen = 0;
        while (m_left >= 3 && seen < m_left) {
            if (is_tip(at)) {
                at = remove(at);
                // The corner before is looked at again, and the one after it had not been seen or is not any more.
                seen = std::min(seen > 0 ? seen - 1 : 0, m_left - std::min<std::size_t>(m_left, 2));
            } else {
                at = m_next[at];
                ++seen;
            }
        }
        if (m_left < 3) {
            return;
        }
        result.spikes = std::move(m_spikes);
        // From the first corner left, so that the order is that of the ring.
        std::uint32_t first = at;
        for (std::size_t i = 0; i < m_left; ++i, at = m_next[at]) {
            first = std::min(first, at);
        }
        for (std::size_t i = 0; i < m_left; ++i, first = m_next[first]) {
            result.corners.push_back(m_points[first]);
            result.vertices.push_back(m_vertices[first]);
        }
    }

private:
    [[nodiscard]] bool is_tip(std::uint32_t i) const {
        const Point from = m_points[m_previous[i]];
        const Point to = m_points[m_next[i]];
        return algorithm::orientation(from, m_points[i], to) == 0 && !algorithm::on_segment(m_points[i], from, to);
    }

    /// Takes out the tip, and one of its neighbours where these fall together; where to look next.
    std::uint32_t remove(std::uint32_t tip) {
        const std::uint32_t before = m_previous[tip];
        const std::uint32_t after = m_next[tip];
        const Point p = m_points[before];
        const Point q = m_points[after];
        unlink(tip);
        // The nearer neighbour is where both lines of the spike end; the other edge goes on.
        const std::uint32_t base = algorithm::on_segment(q, p, m_points[tip]) ? after : before;
        note(tip, base);
        if (p == q && m_left >= 2) {
            if (m_spike_at[before] == none) {
                m_spike_at[before] = m_spike_at[after];
            }
            unlink(after);
        }
        return before;
    }

    void note(std::uint32_t tip, std::uint32_t base) {
        std::uint32_t spike = m_spike_at[tip];
        if (spike == none) {
            spike = static_cast<std::uint32_t>(m_spikes.size());
            m_spikes.push_back({m_vertices[tip], {m_points[tip]}});
        }
        m_spikes[spike].line.push_back(m_points[base]);
        if (m_spike_at[base] == none) {
            m_spike_at[base] = spike;
        }
    }

    void unlink(std::uint32_t i) {
        m_next[m_previous[i]] = m_next[i];
        m_previous[m_next[i]] = m_previous[i];
        --m_left;
    }

    std::span<const Point> m_points;
    std::span<const std::uint32_t> m_vertices;
    std::vector<std::uint32_t> m_next;
    std::vector<std::uint32_t> m_previous;
    /// The spike that ended at this corner, so that a further cut there makes it longer.
    std::vector<std::uint32_t> m_spike_at;
    std::vector<Spike> m_spikes;
    std::size_t m_left;
};

}  // namespace

CleanRing clean_ring(std::span<const Point> ring) {
    CleanRing result;
    result.closed = ring.size() > 1 && ring.front() == ring.back();
    const std::size_t count = result.closed ? ring.size() - 1 : ring.size();
    std::vector<Point> points;
    std::vector<std::uint32_t> vertices;
    for (std::size_t i = 0; i < count; ++i) {
        if (!points.empty() && points.back() == ring[i]) {
            result.repeated.push_back(static_cast<std::uint32_t>(i));
            continue;
        }
        points.push_back(ring[i]);
        vertices.push_back(static_cast<std::uint32_t>(i));
    }
    if (points.size() > 1 && points.back() == points.front()) {
        result.repeated.push_back(static_cast<std::uint32_t>(count));  // the closing point repeats the one before it
        points.pop_back();
        vertices.pop_back();
    }
    result.distinct = points.size();
    if (points.size() >= 3) {
        SpikeCutter(points, vertices).cut(result);
    }
    return result;
}

}  // namespace ranh::validation
