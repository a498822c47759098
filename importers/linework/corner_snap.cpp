#include "importers/linework/corner_snap.hpp"

#include "spatial/index/packed_rtree.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace ranh::linework {
namespace {

using geom::Box;
using geom::Geometry;
using geom::Point;

constexpr std::size_t most_places = 5;
constexpr double rounding_share = 1e-15;

double apart(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// The nearest point of the segment a-b: its distance from p and its share of the way.
struct Foot {
    double distance = 0.0;
    double along = 0.0;
};
Foot foot_of(const Point& p, const Point& a, const Point& b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    const double share = squared > 0.0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared : 0.0;
    const double along = std::clamp(share, 0.0, 1.0);
    return {apart(p, {a.x + along * dx, a.y + along * dy}), along};
}

/// A corner by its line and its place in it.
struct Corner {
    std::size_t line;
    std::size_t index;
};

Box box_around(const Point& p, double margin) { return {{p.x - margin, p.y - margin}, {p.x + margin, p.y + margin}}; }

Box box_of_side(const Point& a, const Point& b) {
    return {{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}};
}

class Snapping {
public:
    Snapping(std::vector<Geometry>& lines, double tolerance) : m_lines(lines), m_tolerance(tolerance) {
        for (std::size_t line = 0; line < lines.size(); ++line) {
            for (std::size_t i = 0; i < lines[line].points().size(); ++i) {
                m_corners.push_back({line, i});
            }
        }
    }

    SnapReport run() {
        join_corners();
        insert_corners();
        drop_repeated();
        return m_report;
    }

private:
    [[nodiscard]] const Point& at(const Corner& corner) const { return m_lines[corner.line].points()[corner.index]; }

    [[nodiscard]] bool is_end(const Corner& corner) const {
        return corner.index == 0 || corner.index + 1 == m_lines[corner.line].points().size();
    }

    void note(double distance, const Point& place) {
        if (distance > m_report.farthest) {
            m_report.farthest = distance;
            m_report.farthest_at = place;
        }
        if (m_report.places.size() < most_places) {
            m_report.places.push_back(place);
        }
    }

    /// Each corner goes to the nearest one before it that stayed.
    void join_corners() {
        std::vector<Box> boxes;
        boxes.reserve(m_corners.size());
        for (const auto& corner : m_corners) {
            boxes.push_back(box_around(at(corner), 0.0));
        }
        const index::PackedRTree tree(boxes);
        std::vector<bool> stayed(m_corners.size(), true);
        std::vector<std::uint32_t> near;
        for (std::size_t i = 0; i < m_corners.size(); ++i) {
            tree.search(box_around(at(m_corners[i]), m_tolerance), near);
            const auto target = target_of(i, near, stayed);
            if (target) {
                const Point to = at(m_corners[*target]);
                const double distance = apart(at(m_corners[i]), to);
                note(distance, to);
                ++m_report.moved;
                m_lines[m_corners[i].line].mutable_points()[m_corners[i].index] = to;
                stayed[i] = false;
            }
        }
        for (const auto& corner : m_corners) {
            ++m_lines_at[key_of(at(corner))];
        }
    }

    static std::pair<double, double> key_of(const Point& p) { return {p.x, p.y}; }

    [[nodiscard]] std::optional<std::size_t> target_of(std::size_t i, const std::vector<std::uint32_t>& near,
                                                       const std::vector<bool>& stayed) const {
        std::optional<std::size_t> target;
        double least = m_tolerance;
        for (const std::uint32_t j : near) {
            if (j >= i) {
                break;
            }
            const double distance = apart(at(m_corners[i]), at(m_corners[j]));
            if (distance == 0.0) {
                return std::nullopt;
            }
            const bool may = m_corners[i].line != m_corners[j].line || (is_end(m_corners[i]) && is_end(m_corners[j]));
            if (stayed[j] && may && distance <= least) {
                least = distance;
                target = j;
            }
        }
        // A line of one side must not shrink to a point.
        const auto& line = m_lines[m_corners[i].line];
        const bool vanishes = target && line.points().size() == 2 &&
                              at(m_corners[*target]) == line.points()[m_corners[i].index == 0 ? 1 : 0];
        return vanishes ? std::nullopt : target;
    }

    /// Corners that lie beside the side of a line become corners of it.
    void insert_corners() {
        std::vector<Corner> sides;
        std::vector<Box> boxes;
        for (const auto& corner : m_corners) {
            if (corner.index + 1 < m_lines[corner.line].points().size()) {
                sides.push_back(corner);
                boxes.push_back(box_of_side(at(corner), at({corner.line, corner.index + 1})));
            }
        }
        const index::PackedRTree tree(boxes);
        std::vector<std::uint32_t> near;
        for (const auto& corner : m_corners) {
            tree.search(box_around(at(corner), m_tolerance), near);
            if (is_end(corner) && is_alone(corner)) {
                draw_to_side(corner, sides, near);
            }
            for (const std::uint32_t side : near) {
                try_insert(at(corner), corner.line, sides[side]);
            }
        }
        for (auto& [line, into] : m_inserted) {
            rebuild(m_lines[line], into);
        }
    }

    /// Neighbours of a line that went to one corner are one; a line within the tolerance vanishes.
    void drop_repeated() {
        for (auto& line : m_lines) {
            std::vector<Point> points;
            std::unique_copy(line.points().begin(), line.points().end(), std::back_inserter(points));
            if (points.size() < line.points().size()) {
                line = Geometry::line_string(std::move(points));
            }
        }
        std::erase_if(m_lines, [](const Geometry& line) { return line.points().size() < 2; });
    }

    /// No other line has a corner where this one is.
    [[nodiscard]] bool is_alone(const Corner& corner) const {
        const auto lines = m_lines_at.find(key_of(at(corner)));
        return lines == m_lines_at.end() || lines->second < 2;
    }

    /// The side that a corner is near, and its nearest point; nothing for the sides it belongs to.
    [[nodiscard]] std::optional<Foot> foot_on(const Point& p, std::size_t line, const Corner& side) const {
        const Point& a = at(side);
        const Point& b = at({side.line, side.index + 1});
        if (line == side.line || apart(p, a) <= m_tolerance || apart(p, b) <= m_tolerance) {
            return std::nullopt;
        }
        const Foot foot = foot_of(p, a, b);
        return foot.distance <= m_tolerance ? std::optional(foot) : std::nullopt;
    }

    /// An end that falls short of a side, or reaches beyond it, moves there, so that the side stays straight.
    void draw_to_side(const Corner& corner, const std::vector<Corner>& sides, const std::vector<std::uint32_t>& near) {
        std::optional<Foot> nearest;
        Corner nearest_side{};
        for (const std::uint32_t side : near) {
            const auto foot = foot_on(at(corner), corner.line, sides[side]);
            if (foot && (!nearest || foot->distance < nearest->distance)) {
                nearest = foot;
                nearest_side = sides[side];
            }
        }
        if (!nearest || nearest->distance == 0.0) {
            return;
        }
        const Point& a = at(nearest_side);
        const Point& b = at({nearest_side.line, nearest_side.index + 1});
        const Point to{a.x + nearest->along * (b.x - a.x), a.y + nearest->along * (b.y - a.y)};
        ++m_report.drawn;
        note(nearest->distance, to);
        m_lines[corner.line].mutable_points()[corner.index] = to;
    }

    void try_insert(const Point& p, std::size_t line, const Corner& side) {
        const auto foot = foot_on(p, line, side);
        if (!foot) {
            return;
        }
        auto& there = m_inserted[side.line][side.index];
        if (std::any_of(there.begin(), there.end(), [&p](const auto& known) { return known.second == p; })) {
            return;
        }
        there.emplace_back(foot->along, p);
        // What rounding leaves of an end that was drawn to the side is no bend.
        if (foot->distance > rounding_share * (std::abs(p.x) + std::abs(p.y))) {
            ++m_report.bent;
            note(foot->distance, p);
        }
    }

    using Inserted = std::map<std::size_t, std::vector<std::pair<double, Point>>>;

    static void rebuild(Geometry& line, Inserted& into) {
        std::vector<Point> points;
        for (std::size_t i = 0; i < line.points().size(); ++i) {
            points.push_back(line.points()[i]);
            auto& more = into[i];
            std::sort(more.begin(), more.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
            for (const auto& [along, point] : more) {
                points.push_back(point);
            }
        }
        line = Geometry::line_string(std::move(points));
    }

    std::vector<Geometry>& m_lines;
    double m_tolerance;
    std::vector<Corner> m_corners;
    std::map<std::pair<double, double>, int> m_lines_at;  // corners by place
    std::map<std::size_t, Inserted> m_inserted;           // by line, by side
    SnapReport m_report;
};

}  // namespace

SnapReport snap_corners(std::vector<Geometry>& lines, double tolerance) {
    return tolerance > 0.0 ? Snapping(lines, tolerance).run() : SnapReport();
}

struct NearestLine::State {
    struct Side {
        Point a;
        Point b;
        std::size_t line;
    };
    std::vector<Side> sides;
    index::PackedRTree tree;
};

NearestLine::NearestLine(const std::vector<Geometry>& lines) : m_state(std::make_unique<State>()) {
    std::vector<Box> boxes;
    for (std::size_t line = 0; line < lines.size(); ++line) {
        const auto points = lines[line].points();
        for (std::size_t i = 0; i + 1 < points.size(); ++i) {
            m_state->sides.push_back({points[i], points[i + 1], line});
            boxes.push_back(box_of_side(points[i], points[i + 1]));
        }
    }
    m_state->tree = index::PackedRTree(boxes);
}

NearestLine::~NearestLine() = default;

std::optional<double> NearestLine::distance(Point point, double most) const {
    std::map<std::size_t, double> by_line;
    for (const std::uint32_t i : m_state->tree.search(box_around(point, most))) {
        const auto& side = m_state->sides[i];
        const double distance = foot_of(point, side.a, side.b).distance;
        const auto known = by_line.try_emplace(side.line, distance).first;
        known->second = std::min(known->second, distance);
    }
    std::optional<double> least;
    for (const auto& [line, distance] : by_line) {
        if (distance > 0.0 && distance <= most) {
            least = std::min(distance, least.value_or(distance));
        }
    }
    return least;
}

}  // namespace ranh::linework
