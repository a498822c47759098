#include "spatial/crs/plane_projection.hpp"

#include "spatial/base/lanes.hpp"

#include <array>
#include <cmath>
#include <mutex>
#include <numbers>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

namespace ranh::crs::detail {
namespace {

using geom::Point;

constexpr int node_count = 5;  // a side
constexpr double side_m = 8192.0;
constexpr double greatest_difference_m = 1e-7;
constexpr double greatest_difference_deg = 1e-11;
/// Eastings and northings of the grids of Vietnam with room to spare; what lies outside is a mistake or far away.
constexpr geom::Box covered{{-2e6, -1e6}, {3e6, 4e6}};

using Row = std::array<double, node_count>;
using Table = std::array<Row, node_count>;

/// Chebyshev nodes of [-1, 1].
Row nodes() {
    Row row{};
    for (int i = 0; i < node_count; ++i) {
        row[static_cast<std::size_t>(i)] = std::cos(std::numbers::pi * (2.0 * i + 1.0) / (2.0 * node_count));
    }
    return row;
}

/// Coefficients, by power, of the polynomial that is 1 at node k and 0 at the others; row k.
Table lagrange_coefficients() {
    const Row at = nodes();
    Table table{};
    for (std::size_t k = 0; k < node_count; ++k) {
        Row product{1.0};
        std::size_t degree = 0;
        for (std::size_t i = 0; i < node_count; ++i) {
            if (i == k) {
                continue;
            }
            const double scale = 1.0 / (at[k] - at[i]);
            Row next{};
            for (std::size_t d = 0; d <= degree; ++d) {
                next[d + 1] += product[d] * scale;
                next[d] -= product[d] * at[i] * scale;
            }
            product = next;
            ++degree;
        }
        table[k] = product;
    }
    return table;
}

/// Value of sum of coefficients[i][j] u^i v^j.
double value_of(const Table& coefficients, double u, double v) {
    double total = 0.0;
    for (std::size_t i = node_count; i-- > 0;) {
        double row = 0.0;
        for (std::size_t j = node_count; j-- > 0;) {
            row = row * v + coefficients[i][j];
        }
        total = total * u + row;
    }
    return total;
}

/// Coefficients by powers from values at the nodes: values[k][l] at (node k, node l).
Table fitted(const Table& values) {
    static const Table basis = lagrange_coefficients();
    Table half{};  // by power of u, node of v
    for (std::size_t k = 0; k < node_count; ++k) {
        for (std::size_t i = 0; i < node_count; ++i) {
            for (std::size_t l = 0; l < node_count; ++l) {
                half[i][l] += basis[k][i] * values[k][l];
            }
        }
    }
    Table coefficients{};
    for (std::size_t i = 0; i < node_count; ++i) {
        for (std::size_t l = 0; l < node_count; ++l) {
            for (std::size_t j = 0; j < node_count; ++j) {
                coefficients[i][j] += basis[l][j] * half[i][l];
            }
        }
    }
    return coefficients;
}

struct Square {
    Point centre;
    bool interpolated = false;
    Table x{};
    Table y{};

    [[nodiscard]] Point image(Point p) const {
        const double u = (p.x - centre.x) * (2.0 / side_m);
        const double v = (p.y - centre.y) * (2.0 / side_m);
        return {value_of(x, u, v), value_of(y, u, v)};
    }
};

/// Each point becomes square.image() of itself, four side by side: the operations on a lane are those on one point.
RANH_BY_PROCESSOR
void project_all(const Square& square, std::span<Point> points) {
    constexpr std::size_t lane_count = 4;
    std::size_t first = 0;
    for (; first + lane_count <= points.size(); first += lane_count) {
        Point* const p = &points[first];
        const Lanes u = (Lanes{p[0].x, p[1].x, p[2].x, p[3].x} - square.centre.x) * (2.0 / side_m);
        const Lanes v = (Lanes{p[0].y, p[1].y, p[2].y, p[3].y} - square.centre.y) * (2.0 / side_m);
        Lanes x{};
        Lanes y{};
        for (std::size_t i = node_count; i-- > 0;) {
            Lanes row_x{};
            Lanes row_y{};
            for (std::size_t j = node_count; j-- > 0;) {
                row_x = row_x * v + square.x[i][j];
                row_y = row_y * v + square.y[i][j];
            }
            x = x * u + row_x;
            y = y * u + row_y;
        }
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            p[lane] = {x[lane], y[lane]};
        }
    }
    for (Point& p : points.subspan(first)) {
        p = square.image(p);
    }
}

struct SquareNumber {
    std::int32_t column;
    std::int32_t row;
    friend bool operator==(const SquareNumber&, const SquareNumber&) = default;
};

SquareNumber number_of(Point p) {
    return {static_cast<std::int32_t>(std::floor(p.x / side_m)), static_cast<std::int32_t>(std::floor(p.y / side_m))};
}

std::uint64_t key_of(SquareNumber number) {
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(number.row)) << 32U) |
           static_cast<std::uint32_t>(number.column);
}

/// The points of a square lattice of values in [-1, 1], row by row.
std::vector<Point> points_of(const Square& square, std::span<const double> places) {
    std::vector<Point> points;
    points.reserve(places.size() * places.size());
    for (const double u : places) {
        for (const double v : places) {
            points.push_back({square.centre.x + u * side_m / 2.0, square.centre.y + v * side_m / 2.0});
        }
    }
    return points;
}

bool agrees_with_proj(const Square& square, const ProjPipeline& pipeline, double greatest_difference) {
    constexpr std::array<double, 5> places{-1.0, -0.8, 0.3, 0.75, 1.0};
    const std::vector<Point> sources = points_of(square, places);
    std::vector<Point> images = sources;
    if (pipeline.try_apply(images)) {
        return false;
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
        const Point image = square.image(sources[i]);
        if (!(std::abs(image.x - images[i].x) <= greatest_difference &&
              std::abs(image.y - images[i].y) <= greatest_difference)) {
            return false;
        }
    }
    return true;
}

Square make_square(SquareNumber number, const ProjPipeline& pipeline, double greatest_difference) {
    Square square{.centre = {(number.column + 0.5) * side_m, (number.row + 0.5) * side_m}};
    const Row places = nodes();
    std::vector<Point> images = points_of(square, places);
    if (pipeline.try_apply(images)) {
        return square;
    }
    Table x{};
    Table y{};
    for (std::size_t k = 0; k < node_count; ++k) {
        for (std::size_t l = 0; l < node_count; ++l) {
            x[k][l] = images[k * node_count + l].x;
            y[k][l] = images[k * node_count + l].y;
        }
    }
    square.x = fitted(x);
    square.y = fitted(y);
    square.interpolated = agrees_with_proj(square, pipeline, greatest_difference);
    return square;
}

}  // namespace

struct PlaneProjection::Squares {
    explicit Squares(double difference) : greatest_difference(difference) {}

    double greatest_difference;
    std::shared_mutex mutex;
    std::unordered_map<std::uint64_t, Square> made;  // entries never move nor go

    const Square& find(SquareNumber number, const ProjPipeline& pipeline) {
        const std::uint64_t key = key_of(number);
        {
            const std::shared_lock lock(mutex);
            const auto found = made.find(key);
            if (found != made.end()) {
                return found->second;
            }
        }
        Square square = make_square(number, pipeline, greatest_difference);
        const std::unique_lock lock(mutex);
        return made.emplace(key, square).first->second;
    }
};

PlaneProjection::PlaneProjection(ProjPipeline pipeline, Source source, Image image) : m_pipeline(pipeline) {
    if (source == Source::metres) {
        m_squares = std::make_shared<Squares>(image == Image::metres ? greatest_difference_m : greatest_difference_deg);
    }
}

void PlaneProjection::apply(std::span<Point> points) const {
    if (m_squares == nullptr) {
        m_pipeline.apply(points);
        return;
    }
    // Runs of points in one square; neighbours mostly share theirs.
    for (std::size_t first = 0; first < points.size();) {
        std::size_t end = first + 1;
        if (!geom::box_contains(covered, points[first])) {
            m_pipeline.apply(points.subspan(first, 1));
            first = end;
            continue;
        }
        const SquareNumber here = number_of(points[first]);
        while (end < points.size() && geom::box_contains(covered, points[end]) && number_of(points[end]) == here) {
            ++end;
        }
        const std::span<Point> run = points.subspan(first, end - first);
        const Square& square = m_squares->find(here, m_pipeline);
        if (square.interpolated) {
            project_all(square, run);
        } else {
            m_pipeline.apply(run);
        }
        first = end;
    }
}

}  // namespace ranh::crs::detail
