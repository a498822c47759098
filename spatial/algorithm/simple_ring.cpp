#include "spatial/algorithm/simple_ring.hpp"

#include "spatial/algorithm/orientation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Point;

/// Seen from the mean of the corners every edge turns the same way, by more than rounding can feign, and all of them
/// make one full turn.
bool is_surely_star(std::span<const Point> corners) {
    Point centre{0.0, 0.0};
    for (const Point& p : corners) {
        centre.x += p.x - corners[0].x;
        centre.y += p.y - corners[0].y;
    }
    const auto count = static_cast<double>(corners.size());
    centre = {corners[0].x + centre.x / count, corners[0].y + centre.y / count};

    double reach = 0.0;
    double least = std::numeric_limits<double>::infinity();
    double greatest = -std::numeric_limits<double>::infinity();
    int upwards = 0;
    int downwards = 0;
    Point from{corners.back().x - centre.x, corners.back().y - centre.y};
    for (const Point& p : corners) {
        const Point to{p.x - centre.x, p.y - centre.y};
        const double turn = from.x * to.y - to.x * from.y;
        least = std::min(least, turn);
        greatest = std::max(greatest, turn);
        reach = std::max(reach, std::max(std::abs(to.x), std::abs(to.y)));
        upwards += from.y < 0.0 && to.y >= 0.0 ? 1 : 0;
        downwards += from.y >= 0.0 && to.y < 0.0 ? 1 : 0;
        from = to;
    }
    const double rounding =
        16.0 * std::numeric_limits<double>::epsilon() * (std::abs(centre.x) + std::abs(centre.y) + reach) * reach;
    return upwards == 1 && downwards == 1 && (least > rounding || greatest < -rounding);
}

struct Edge {
    Point a;
    Point b;
    double x0;
    double x1;
    std::size_t place;
};

bool edges_meet(const Edge& p, const Edge& q) {
    if (std::max(p.a.y, p.b.y) < std::min(q.a.y, q.b.y) || std::max(q.a.y, q.b.y) < std::min(p.a.y, p.b.y)) {
        return false;
    }
    return orientation(p.a, p.b, q.a) * orientation(p.a, p.b, q.b) <= 0 &&
           orientation(q.a, q.b, p.a) * orientation(q.a, q.b, p.b) <= 0;
}

/// Two edges in succession: they share a corner, and more when the second one runs back along the first.
bool folds_back(const Edge& p, const Edge& q) {
    return orientation(p.a, p.b, q.b) == 0 &&
           (p.b.x - p.a.x) * (q.b.x - q.a.x) + (p.b.y - p.a.y) * (q.b.y - q.a.y) < 0.0;
}

/// The edges are longer in y than in x, each measured by the extent of the ring: then fewer of them share an x-range.
bool is_swept_along_x(std::span<const Point> corners) {
    Point along{0.0, 0.0};
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Point next = corners[i + 1 == corners.size() ? 0 : i + 1];
        along = {along.x + std::abs(next.x - corners[i].x), along.y + std::abs(next.y - corners[i].y)};
    }
    const geom::Box box = geom::box_of(corners).value();
    return along.x * (box.max.y - box.min.y) <= along.y * (box.max.x - box.min.x);
}

bool edges_keep_apart(std::span<const Point> corners) {
    const std::size_t n = corners.size();
    const bool along_x = is_swept_along_x(corners);
    thread_local std::vector<Edge> edges;
    edges.clear();
    for (std::size_t i = 0; i < n; ++i) {
        // mirrored at the diagonal to sweep along y: that changes no answer
        const auto turned = [&](Point p) { return along_x ? p : Point{p.y, p.x}; };
        const Point a = turned(corners[i]);
        const Point b = turned(corners[i + 1 == n ? 0 : i + 1]);
        edges.push_back({a, b, std::min(a.x, b.x), std::max(a.x, b.x), i});
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (folds_back(edges[i], edges[i + 1 == n ? 0 : i + 1])) {
            return false;
        }
    }
    std::ranges::sort(edges, {}, [](const Edge& e) { return std::pair(e.x0, e.place); });
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n && edges[j].x0 <= edges[i].x1; ++j) {
            const std::size_t distance =
                edges[i].place > edges[j].place ? edges[i].place - edges[j].place : edges[j].place - edges[i].place;
            const bool neighbours = distance == 1 || distance + 1 == n;
            if (!neighbours && edges_meet(edges[i], edges[j])) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

bool is_simple_ring(std::span<const Point> ring) {
    thread_local std::vector<Point> corners;
    corners.assign(ring.begin(), ring.end());
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    while (corners.size() > 1 && corners.front() == corners.back()) {
        corners.pop_back();
    }
    return corners.size() >= 3 && (is_surely_star(corners) || edges_keep_apart(corners));
}

}  // namespace ranh::algorithm
