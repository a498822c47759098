#include "tests/support/closed_forms.hpp"

#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <string_view>

namespace ranh::test {
namespace {

using geom::Geometry;
using geom::Point;

struct Text {
    std::string_view name;
    std::string_view a;
    std::string_view b;
    double area;
};

constexpr std::string_view square = "POLYGON((0 0,4 0,4 4,0 4,0 0))";
constexpr std::string_view ring = "POLYGON((0 0,6 0,6 6,0 6,0 0),(2 2,2 4,4 4,4 2,2 2))";

constexpr Text texts[] = {Text{"Same", square, square, 16},
                          Text{"Quarter", square, "POLYGON((2 2,6 2,6 6,2 6,2 2))", 4},
                          Text{"Inside", square, "POLYGON((1 1,2 1,2 2,1 2,1 1))", 1},
                          Text{"InsideOnTheRim", square, "POLYGON((0 1,2 1,2 2,0 2,0 1))", 2},
                          Text{"CommonEdge", square, "POLYGON((4 0,8 0,8 4,4 4,4 0))", 0},
                          Text{"CommonCorner", square, "POLYGON((4 4,8 4,8 8,4 8,4 4))", 0},
                          Text{"Apart", square, "POLYGON((5 5,8 5,8 8,5 8,5 5))", 0},
                          Text{"BoxesMeetOnly", "POLYGON((0 0,4 0,0 4,0 0))", "POLYGON((4 1,4 4,1 4,4 1))", 0},
                          Text{"Cross", "POLYGON((0 2,9 2,9 3,0 3,0 2))", "POLYGON((4 0,5 0,5 9,4 9,4 0))", 1},
                          Text{"TwoTriangles", "POLYGON((0 0,4 0,0 4,0 0))", "POLYGON((0 0,4 0,4 4,0 0))", 4},
                          Text{"Clockwise", "POLYGON((0 0,0 4,4 4,4 0,0 0))", "POLYGON((2 2,6 2,6 6,2 6,2 2))", 4},
                          Text{"FillsTheHole", ring, "POLYGON((2 2,4 2,4 4,2 4,2 2))", 0},
                          Text{"InsideTheHole", ring, "POLYGON((2.5 2.5,3 2.5,3 3,2.5 2.5))", 0},
                          Text{"AcrossTheHole", ring, "POLYGON((1 1,5 1,5 5,1 5,1 1))", 12},
                          Text{"RingInRing", ring, "POLYGON((1 1,5 1,5 5,1 5,1 1),(2 2,4 2,4 4,2 4,2 2))", 12},
                          Text{"NestedRings", "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,6 3,6 6,3 6,3 3))",
                               "POLYGON((1 1,8 1,8 8,1 8,1 1),(4 4,5 4,5 5,4 5,4 4))", 40},
                          Text{"Parts", "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((3 0,4 0,4 1,3 1,3 0)))",
                               "POLYGON((0.5 0,3.5 0,3.5 1,0.5 1,0.5 0))", 1},
                          Text{"PartsThatShareAnEdge", "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((1 0,2 0,2 1,1 1,1 0)))",
                               "POLYGON((0.5 0,1.5 0,1.5 1,0.5 1,0.5 0))", 1},
                          Text{"RepeatedPoint", "POLYGON((2 1,3 2,-1 6,-1 3,-4 -1,0 -5,1 -5,1 -2,2 1))",
                               "POLYGON((1 0,-3 0,-3 -2,-3 -2,1 0))", 4},
                          Text{"Spike", "POLYGON((0 0,4 0,4 4,4 9,4 4,0 4,0 0))", square, 16},
                          Text{"CollapsedRing", "POLYGON((0 0,4 4,2 2,0 0))", square, 0}};

/// A comb: teeth of width 1 at x = 0, 2, 4, … up to `height` on a back of height 1.
Geometry comb(int teeth, double height) {
    std::vector<Point> points{{0, 0}, {2.0 * teeth - 1, 0}};
    for (int i = teeth - 1; i >= 0; --i) {
        points.insert(points.end(), {{2.0 * i + 1, height}, {2.0 * i, height}});
        if (i > 0) {
            points.insert(points.end(), {{2.0 * i, 1}, {2.0 * i - 1, 1}});
        }
    }
    return Geometry::polygon(points);
}

Geometry mirrored(const Geometry& geometry) {
    Geometry result = geometry;
    for (Point& p : result.mutable_points()) {
        p = {p.y, p.x};
    }
    return result;
}

void add_combs(std::vector<ClosedForm>& forms) {
    constexpr int teeth = 40;
    const Geometry standing = comb(teeth, 100.0);
    const double back = 2.0 * teeth - 1.0;
    forms.push_back({"CombItself", standing, standing, back + 99.0 * teeth});
    forms.push_back({"CombsWithTeethInGaps", standing, moved(standing, 1, 0), back - 1.0});
    forms.push_back({"CombsWithHalfTeethInGaps", standing, moved(standing, 0.5, 0), back - 0.5 + 0.5 * 99.0 * teeth});
    // Moved so that only teeth meet, in unit squares.
    forms.push_back(
        {"CombsCrossed", moved(standing, 0, -10), moved(mirrored(standing), -10, 0), double{teeth} * teeth});
}

/// The unit squares of one colour.
Geometry checkerboard(int side, int parity) {
    Geometry result(geom::GeometryType::multi_polygon);
    for (int x = 0; x < side; ++x) {
        for (int y = 0; y < side; ++y) {
            if ((x + y) % 2 == parity) {
                result.add_path(rectangle(x, y, x + 1, y + 1).points());
                result.end_part();
            }
        }
    }
    return result;
}

void add_checkerboards(std::vector<ClosedForm>& forms) {
    const Geometry white = checkerboard(16, 0);
    const Geometry black = checkerboard(16, 1);
    forms.push_back({"CheckerboardItself", white, white, 128.0});
    forms.push_back({"CheckerboardOfOtherColour", white, black, 0.0});
    forms.push_back({"CheckerboardOfOtherColourMoved", white, moved(black, 1, 0), 120.0});
    // Each square of one meets two of the other on a quarter, but for those along two sides.
    forms.push_back({"CheckerboardMovedByHalf", white, moved(white, 0.5, 0.5), 0.25 * (128.0 + 113.0)});
}

/// A path of width 1 and 1 + 2 + … + `legs` metres length that winds outwards, two metres from turn to turn.
Geometry spiral(int legs) {
    std::vector<Point> middle{{0, 0}};
    const Point directions[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    for (int i = 0; i < legs; ++i) {
        const Point d = directions[i % 4];
        middle.push_back({middle.back().x + d.x * (i + 1), middle.back().y + d.y * (i + 1)});
    }
    std::vector<Point> right;
    std::vector<Point> left;
    for (int i = 0; i <= legs; ++i) {
        // Half a metre to the right of the legs before and after the corner.
        const Point before = directions[(i == 0 ? 0 : i - 1) % 4];
        const Point after = directions[(i == legs ? i - 1 : i) % 4];
        const bool end = i == 0 || i == legs;
        const double x = 0.5 * (end ? before.y : before.y + after.y);
        const double y = -0.5 * (end ? before.x : before.x + after.x);
        const Point corner = middle[static_cast<std::size_t>(i)];
        right.push_back({corner.x + x, corner.y + y});
        left.push_back({corner.x - x, corner.y - y});
    }
    right.insert(right.end(), left.rbegin(), left.rend());
    return Geometry::polygon(right);
}

void add_spirals(std::vector<ClosedForm>& forms) {
    constexpr int legs = 40;
    constexpr double length = legs * (legs + 1) / 2.0;
    const Geometry one = spiral(legs);
    // Turned by half a circle about (0, 1/2) it runs in the gap of the other, edge on edge.
    Geometry other = one;
    for (Point& p : other.mutable_points()) {
        p = {-p.x, 1.0 - p.y};
    }
    forms.push_back({"SpiralItself", one, one, length});
    forms.push_back({"SpiralInARectangle", one, rectangle(-50, -50, 50, 50), length});
    forms.push_back({"SpiralsInEachOther", one, other, 0.0});
}

/// Square rings around (0, 0) with outer half sides first + 2k and inner ones a metre less.
Geometry square_rings(int count, double first) {
    Geometry result(geom::GeometryType::multi_polygon);
    for (int i = 0; i < count; ++i) {
        const double outer = first + 2.0 * i;
        result.add_path(rectangle(-outer, -outer, outer, outer).points());
        if (outer > 1.0) {
            result.add_path(rectangle(1.0 - outer, 1.0 - outer, outer - 1.0, outer - 1.0).points());
        }
        result.end_part();
    }
    return result;
}

void add_square_rings(std::vector<ClosedForm>& forms) {
    constexpr int count = 12;
    double whole = 0.0;
    double half = 0.0;
    for (int i = 0; i < count; ++i) {
        const double outer = 1.0 + 2.0 * i;
        whole += 4.0 * (outer * outer - (outer - 1.0) * (outer - 1.0));
        half += 4.0 * (outer * outer - (outer - 0.5) * (outer - 0.5));
    }
    const Geometry rings = square_rings(count, 1.0);
    forms.push_back({"SquareRingsThemselves", rings, rings, whole});
    forms.push_back({"SquareRingsInEachOther", rings, square_rings(count, 2.0), 0.0});
    forms.push_back({"SquareRingsByHalf", rings, square_rings(count, 1.5), half});
}

/// Triangles from a middle to the edges of a square of side 2n, n on each side of it.
Geometry fan(int n) {
    Geometry result(geom::GeometryType::multi_polygon);
    std::vector<Point> rim;
    for (int i = 0; i < 2 * n; i += 2) {
        rim.push_back({double(i - n), double(-n)});
    }
    const std::size_t side = rim.size();
    for (std::size_t i = 0; i < 3 * side; ++i) {
        rim.push_back({-rim[i].y, rim[i].x});
    }
    for (std::size_t i = 0; i < rim.size(); ++i) {
        result.add_path(Geometry::polygon({{0, 0}, rim[i], rim[(i + 1) % rim.size()]}).points());
        result.end_part();
    }
    return result;
}

void add_fans(std::vector<ClosedForm>& forms) {
    forms.push_back({"FanItself", fan(8), fan(8), 256.0});
    forms.push_back({"FanInItsSquare", fan(8), rectangle(-8, -8, 8, 8), 256.0});
    forms.push_back({"FanOnAQuarter", fan(8), rectangle(0, 0, 9, 9), 64.0});
    forms.push_back({"FanOnADiamond", fan(8), Geometry::polygon({{8, 0}, {0, 8}, {-8, 0}, {0, -8}}), 128.0});
}

std::vector<ClosedForm> made_forms() {
    std::vector<ClosedForm> forms;
    for (const Text& text : texts) {
        forms.push_back({std::string(text.name), from_wkt(text.a), from_wkt(text.b), text.area});
    }
    add_combs(forms);
    add_checkerboards(forms);
    add_spirals(forms);
    add_square_rings(forms);
    add_fans(forms);
    return forms;
}

}  // namespace

const std::vector<ClosedForm>& closed_forms() {
    static const std::vector<ClosedForm> forms = made_forms();
    return forms;
}

}  // namespace ranh::test
