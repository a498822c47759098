#include "spatial/algorithm/simplify.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace ranh::algorithm {
namespace {

using geom::Box;
using geom::Geometry;
using geom::GeometryType;
using geom::GeometryView;
using geom::Point;
using Points = std::vector<Point>;

bool less(Point p, Point q) { return p.x < q.x || (p.x == q.x && p.y < q.y); }

/// One side of a box as a half-plane: points whose signed distance is not negative are inside.
struct Side {
    bool along_x;
    bool is_lower;
    double limit;

    [[nodiscard]] double depth(Point p) const {
        const double value = along_x ? p.x : p.y;
        return is_lower ? value - limit : limit - value;
    }
    /// Where the segment crosses the side; the same for both directions.
    [[nodiscard]] Point crossing(Point p, Point q) const {
        const auto [low, high] = std::minmax(p, q, less);
        if (along_x) {
            return {limit, low.y + (limit - low.x) * ((high.y - low.y) / (high.x - low.x))};
        }
        return {low.x + (limit - low.y) * ((high.x - low.x) / (high.y - low.y)), limit};
    }
};

std::array<Side, 4> sides_of(const Box& box) {
    return {{{true, true, box.min.x}, {true, false, box.max.x}, {false, true, box.min.y}, {false, false, box.max.y}}};
}

void add_if_new(Points& points, Point p) {
    if (points.empty() || points.back() != p) {
        points.push_back(p);
    }
}

/// An open ring cut to one side (Sutherland & Hodgman 1974).
Points clip_ring(const Points& ring, const Side& side) {
    Points kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = ring[i == 0 ? ring.size() - 1 : i - 1];
        const Point to = ring[i];
        const bool from_inside = side.depth(from) >= 0.0;
        const bool to_inside = side.depth(to) >= 0.0;
        if (from_inside != to_inside) {
            add_if_new(kept, side.crossing(from, to));
        }
        if (to_inside) {
            add_if_new(kept, to);
        }
    }
    return kept;
}

Points open_ring(std::span<const Point> ring) {
    Points points(ring.begin(), ring.end());
    if (points.size() > 1 && points.front() == points.back()) {
        points.pop_back();
    }
    return points;
}

/// The closed ring inside the box; empty when fewer than three different points are left.
Points clipped_ring(std::span<const Point> ring, const Box& box) {
    Points points = open_ring(ring);
    for (const Side& side : sides_of(box)) {
        points = clip_ring(points, side);
    }
    if (points.size() > 1 && points.front() == points.back()) {
        points.pop_back();
    }
    if (points.size() < 3) {
        return {};
    }
    const Point first = points.front();
    points.push_back(first);
    return points;
}

struct Piece {
    Point from;
    Point to;
};

/// The part of a segment inside the box (Liang & Barsky 1984, one side after the other).
std::optional<Piece> clipped_segment(Point from, Point to, const Box& box) {
    Piece piece{from, to};
    for (const Side& side : sides_of(box)) {
        const bool from_inside = side.depth(piece.from) >= 0.0;
        const bool to_inside = side.depth(piece.to) >= 0.0;
        if (!from_inside && !to_inside) {
            return std::nullopt;
        }
        if (from_inside != to_inside) {
            (from_inside ? piece.to : piece.from) = side.crossing(piece.from, piece.to);
        }
    }
    return piece;
}

void add_clipped_line(std::span<const Point> line, const Box& box, Geometry& target) {
    Points run;
    const auto end_run = [&] {
        if (run.size() > 1) {
            target.add_path(run);
            target.end_part();
        }
        run.clear();
    };
    for (std::size_t i = 1; i < line.size(); ++i) {
        const auto piece = clipped_segment(line[i - 1], line[i], box);
        if (!piece) {
            end_run();
            continue;
        }
        if (!run.empty() && run.back() != piece->from) {
            end_run();
        }
        add_if_new(run, piece->from);
        add_if_new(run, piece->to);
    }
    end_run();
}

/// Applies `change` to every ring; parts whose shell it empties are left out.
template <typename Change>
void add_changed_polygons(const GeometryView& geometry, Geometry& target, Change&& change) {
    for (std::size_t part = 0; part < geometry.part_count(); ++part) {
        const auto [first, end] = geometry.part(part);
        const Points shell = change(geometry.path(first));
        if (shell.empty()) {
            continue;
        }
        target.add_path(shell);
        for (std::size_t i = first + 1; i < end; ++i) {
            const Points hole = change(geometry.path(i));
            if (!hole.empty()) {
                target.add_path(hole);
            }
        }
        target.end_part();
    }
}

GeometryType multi_of(GeometryType type) { return geom::to_multi(Geometry(type)).type(); }

/// Distance of c from the segment p-q; the same whichever way the chain is walked.
double offset_from_line(Point p, Point q, Point c) {
    const auto [low, high] = std::minmax(p, q, less);
    const Point way{high.x - low.x, high.y - low.y};
    const Point to_c{c.x - low.x, c.y - low.y};
    const double square = way.x * way.x + way.y * way.y;
    if (square == 0.0) {
        return std::hypot(to_c.x, to_c.y);
    }
    const double share = std::clamp((to_c.x * way.x + to_c.y * way.y) / square, 0.0, 1.0);
    return std::hypot(to_c.x - share * way.x, to_c.y - share * way.y);
}

struct Farthest {
    std::size_t index = 0;
    double offset = -1.0;
};

/// The point strictly between first and last that lies farthest from their segment; of equals the one first by x, then
/// y.
Farthest farthest_between(const Points& chain, std::size_t first, std::size_t last) {
    Farthest best;
    for (std::size_t i = first + 1; i < last; ++i) {
        const double offset = offset_from_line(chain[first], chain[last], chain[i]);
        if (offset > best.offset || (offset == best.offset && less(chain[i], chain[best.index]))) {
            best = {i, offset};
        }
    }
    return best;
}

void mark_kept(const Points& chain, std::size_t first, std::size_t last, double tolerance, std::vector<bool>& kept) {
    struct Range {
        std::size_t first;
        std::size_t last;
    };
    std::vector<Range> open{{first, last}};
    while (!open.empty()) {
        const Range range = open.back();
        open.pop_back();
        const Farthest farthest = farthest_between(chain, range.first, range.last);
        if (farthest.offset > tolerance) {
            kept[farthest.index] = true;
            open.push_back({range.first, farthest.index});
            open.push_back({farthest.index, range.last});
        }
    }
}

Points kept_points(const Points& chain, const std::vector<bool>& kept) {
    Points result;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (kept[i]) {
            result.push_back(chain[i]);
        }
    }
    return result;
}

Points simplified_line(std::span<const Point> line, double tolerance) {
    const Points chain(line.begin(), line.end());
    if (chain.size() < 3) {
        return chain;
    }
    std::vector<bool> kept(chain.size(), false);
    kept.front() = kept.back() = true;
    mark_kept(chain, 0, chain.size() - 1, tolerance, kept);
    return kept_points(chain, kept);
}

bool smaller_than(std::span<const Point> points, double size) {
    const auto box = geom::box_of(points);
    return !box || std::max(box->max.x - box->min.x, box->max.y - box->min.y) < size;
}

/// A ring is cut at its first vertex by x, then y, and at the vertex farthest from that one, so that it does not matter
/// where the ring starts and which way it runs.
Points simplified_ring(std::span<const Point> ring, double tolerance) {
    Points chain = open_ring(ring);
    if (chain.size() < 3 || smaller_than(ring, tolerance)) {
        return {};
    }
    std::rotate(chain.begin(), std::min_element(chain.begin(), chain.end(), less), chain.end());
    const Point start = chain.front();
    chain.push_back(start);
    const std::size_t last = chain.size() - 1;
    const std::size_t opposite = farthest_between(chain, 0, last).index;
    std::vector<bool> kept(chain.size(), false);
    kept.front() = kept.back() = kept[opposite] = true;
    mark_kept(chain, 0, opposite, tolerance, kept);
    mark_kept(chain, opposite, last, tolerance, kept);
    if (std::count(kept.begin(), kept.end(), true) < 4) {
        const Farthest there = farthest_between(chain, 0, opposite);
        const Farthest back = farthest_between(chain, opposite, last);
        kept[there.offset >= back.offset ? there.index : back.index] = true;
    }
    return kept_points(chain, kept);
}

}  // namespace

Geometry clip_for_display(const GeometryView& geometry, const Box& box) {
    Geometry result(geometry.type);
    switch (geom::dimension(geometry.type)) {
        case 0:
            for (const Point& p : geometry.points) {
                if (geom::box_contains(box, p)) {
                    result.add_path(std::span(&p, 1));
                    result.end_part();
                }
            }
            break;
        case 1:
            for (std::size_t i = 0; i < geometry.path_count(); ++i) {
                add_clipped_line(geometry.path(i), box, result);
            }
            break;
        default:
            add_changed_polygons(geometry, result,
                                 [&](std::span<const Point> ring) { return clipped_ring(ring, box); });
    }
    if (result.view().part_count() > 1) {
        result.set_type(multi_of(result.type()));
    }
    return result;
}

Geometry simplify_for_display(const GeometryView& geometry, double tolerance) {
    const int dimension = geom::dimension(geometry.type);
    if (dimension == 0 || !(tolerance > 0.0)) {
        return Geometry::copy_of(geometry);
    }
    Geometry result(geometry.type);
    if (dimension == 2) {
        add_changed_polygons(geometry, result,
                             [&](std::span<const Point> ring) { return simplified_ring(ring, tolerance); });
        return result;
    }
    for (std::size_t i = 0; i < geometry.path_count(); ++i) {
        result.add_path(simplified_line(geometry.path(i), tolerance));
        result.end_part();
    }
    return result;
}

}  // namespace ranh::algorithm
