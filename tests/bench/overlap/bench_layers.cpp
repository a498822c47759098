#include "tests/bench/overlap/bench_layers.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/base/assert.hpp"
#include "tests/support/parcel_generator.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <unordered_map>

namespace ranh::bench {
namespace {

using geom::Point;

constexpr double parcel_side_m = 40.0;

std::uint64_t mixed(std::uint64_t v) {
    v = (v ^ (v >> 30U)) * 0xbf58476d1ce4e5b9U;
    v = (v ^ (v >> 27U)) * 0x94d049bb133111ebU;
    return v ^ (v >> 31U);
}

/// Numbers in [0, 1), by name instead of in turn.
double share_of(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) {
    return static_cast<double>(mixed(mixed(mixed(seed) + a) + b) >> 11U) * 0x1p-53;
}

std::uint32_t hilbert_code(std::uint32_t x, std::uint32_t y) {
    std::uint32_t code = 0;
    for (std::uint32_t s = 1U << 15U; s > 0; s >>= 1U) {
        const std::uint32_t rx = (x & s) != 0 ? 1 : 0;
        const std::uint32_t ry = (y & s) != 0 ? 1 : 0;
        code += s * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = 0xffffU - x;
                y = 0xffffU - y;
            }
            std::swap(x, y);
        }
    }
    return code;
}

/// Parcels in the order of the generator, with the column and row of each.
template <typename Take>
void for_each_parcel(const BenchScale& scale, Take&& take) {
    test::ParcelGeneratorOptions options;
    options.seed = scale.seed;
    options.columns = scale.columns;
    options.rows = scale.rows;
    options.origin_x_m = -0.5 * parcel_side_m * static_cast<double>(scale.columns);
    options.origin_y_m = -0.5 * parcel_side_m * static_cast<double>(scale.rows);
    options.side_m = parcel_side_m;
    options.sheet_side = std::max(scale.columns, scale.rows);  // one sheet: rows from the north, in zigzag
    test::generate_parcels(options, [&](const test::SyntheticParcel& parcel) {
        const auto number = static_cast<std::size_t>(parcel.number - 1);
        const std::size_t from_north = number / scale.columns;
        const std::size_t step = number % scale.columns;
        take(parcel.ring, from_north % 2 == 0 ? step : scale.columns - 1 - step, scale.rows - 1 - from_north);
    });
}

struct PointHash {
    std::size_t operator()(const Point& p) const {
        return mixed(std::bit_cast<std::uint64_t>(p.x) * 3 + std::bit_cast<std::uint64_t>(p.y));
    }
};

/// The outline of some edge-matched parcels that hang together by edges: edges walked both ways cancel, the rest is
/// followed.
std::vector<Point> outline_of(std::span<const std::vector<Point>> rings) {
    std::unordered_multimap<Point, Point, PointHash> edges;
    for (const std::vector<Point>& ring : rings) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const auto [begin, end] = edges.equal_range(ring[i]);
            const auto back = std::find_if(begin, end, [&](const auto& edge) { return edge.second == ring[i - 1]; });
            if (back != end) {
                edges.erase(back);
            } else {
                edges.emplace(ring[i - 1], ring[i]);
            }
        }
    }
    const auto start = std::min_element(edges.begin(), edges.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first.x, a.first.y) < std::pair(b.first.x, b.first.y);
    });
    std::vector<Point> outline{start->first};
    for (auto edge = start; edge != edges.end();) {
        outline.push_back(edge->second);
        edges.erase(edge);
        edge = edges.find(outline.back());
    }
    RANH_ASSERT(edges.empty() && outline.front() == outline.back());
    return outline;
}

/// The vertex moved by up to 0.2 m each way; the same place is always moved the same way.
Point disturbed(Point p, std::uint64_t seed) {
    const std::uint64_t name = PointHash{}(p);
    return {p.x + 0.4 * (share_of(seed, name, 1) - 0.5), p.y + 0.4 * (share_of(seed, name, 2) - 0.5)};
}

/// Displacement by halving: the outline of a coast.
std::vector<double> fractal_radii(std::size_t vertices, std::uint64_t seed) {
    std::vector<double> radii(vertices);
    std::array<double, 64> phases{};
    for (std::size_t k = 0; k < phases.size(); ++k) {
        phases[k] = 2.0 * std::numbers::pi * share_of(seed, 7, k);
    }
    for (std::size_t i = 0; i < vertices; ++i) {
        const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(vertices);
        double sum = 0.0;
        double frequency = 2.0;
        for (std::size_t k = 0; k < 12; ++k, frequency *= 2.0) {
            sum += std::sin(frequency * angle + phases[k]) / std::pow(frequency, 0.9);
        }
        radii[i] = 1.0 + 0.25 * sum;
    }
    return radii;
}

}  // namespace

FlatLayer hilbert_ordered(const FlatLayer& unordered) {
    const algorithm::PolygonsView layer = unordered.view();
    geom::Box extent = layer.boxes.front();
    for (const geom::Box& box : layer.boxes) {
        extent = geom::united(extent, box);
    }
    const double scale = 65535.0 / std::max(extent.max.x - extent.min.x, extent.max.y - extent.min.y);
    const auto step = [&](double low, double high, double origin) {
        return static_cast<std::uint32_t>((0.5 * (low + high) - origin) * scale);
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order(layer.size());
    for (std::size_t i = 0; i < layer.size(); ++i) {
        const geom::Box& box = layer.boxes[i];
        order[i] = {hilbert_code(step(box.min.x, box.max.x, extent.min.x), step(box.min.y, box.max.y, extent.min.y)),
                    static_cast<std::uint32_t>(i)};
    }
    std::ranges::sort(order);
    FlatLayer ordered;
    ordered.reserve(layer.size(), layer.points.size());
    for (const auto& [code, i] : order) {
        ordered.add(layer.feature(i));
    }
    ordered.finish();
    return ordered;
}

FlatLayer make_parcels(const BenchScale& scale) {
    FlatLayer layer;
    layer.reserve(scale.columns * scale.rows, scale.columns * scale.rows * 11);
    for_each_parcel(scale, [&](const std::vector<Point>& ring, std::size_t, std::size_t) { layer.add_ring(ring); });
    layer.finish();
    return hilbert_ordered(layer);
}

FaultyParcels make_faulty_parcels(const BenchScale& scale, std::size_t defects) {
    const FlatLayer sound = make_parcels(scale);
    const algorithm::PolygonsView view = sound.view();
    std::vector<std::uint32_t> fault(sound.size(), 0);  // class plus 1
    for (std::size_t d = 0, drawn = 0; d < defects; ++drawn) {
        const auto i = static_cast<std::size_t>(share_of(scale.seed, 11, drawn) * static_cast<double>(sound.size()));
        if (fault[i] == 0) {
            fault[i] = static_cast<std::uint32_t>(d++ % 6 + 1);
        }
    }
    FaultyParcels result;
    result.layer.reserve(sound.size() + defects, sound.point_count() + 20 * defects);
    std::vector<Point> ring;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const auto points = view.feature(i).points;
        ring.assign(points.begin(), points.end());
        ring.pop_back();
        const Point centre{0.5 * (view.boxes[i].min.x + view.boxes[i].max.x),
                           0.5 * (view.boxes[i].min.y + view.boxes[i].max.y)};
        const auto stretched = [&](double metres) {
            const double factor = 1.0 + metres / (0.5 * (view.boxes[i].max.x - view.boxes[i].min.x));
            for (Point& p : ring) {
                p = {centre.x + (p.x - centre.x) * factor, centre.y + (p.y - centre.y) * factor};
            }
        };
        switch (fault[i]) {
            case 1: ring[1] = {ring[1].x + 1.7, ring[1].y - 2.3}; break;
            case 2: ring.erase(ring.begin() + 1); break;
            case 3:
                result.layer.add_ring(points);
                result.touched.push_back(static_cast<std::uint32_t>(result.layer.size() - 1));
                break;
            case 4: stretched(0.05); break;
            case 5: std::swap(ring[1], ring[ring.size() / 2 + 1]); break;
            case 6: stretched(-0.5); break;
            default: break;
        }
        ring.push_back(ring.front());
        result.layer.add_ring(ring);
        if (fault[i] != 0) {
            result.touched.push_back(static_cast<std::uint32_t>(result.layer.size() - 1));
        }
    }
    result.layer.finish();
    return result;
}

FlatLayer make_zones(const BenchScale& scale, std::size_t zones, std::size_t vertices) {
    const double width = parcel_side_m * static_cast<double>(scale.columns);
    const double height = parcel_side_m * static_cast<double>(scale.rows);
    const double unit = std::min(width, height) / 64000.0;
    FlatLayer layer;
    std::vector<Point> ring;
    for (std::size_t zone = 0; zone < zones; ++zone) {
        const std::vector<double> radii = fractal_radii(vertices, mixed(scale.seed + zone));
        const double greatest = *std::ranges::max_element(radii);
        const double radius = (6000.0 + 4000.0 * share_of(scale.seed, 21, zone)) * unit;
        const double reach = radius * greatest + 1.0;
        const Point centre{(share_of(scale.seed, 22, zone) - 0.5) * (width - 2.0 * reach),
                           (share_of(scale.seed, 23, zone) - 0.5) * (height - 2.0 * reach)};
        ring.clear();
        for (std::size_t i = 0; i < vertices; ++i) {
            const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(vertices);
            ring.push_back(
                {centre.x + radius * radii[i] * std::cos(angle), centre.y + radius * radii[i] * std::sin(angle)});
        }
        ring.push_back(ring.front());
        layer.add_ring(ring);
    }
    layer.finish();
    return layer;
}

FlatLayer make_plan_areas(const BenchScale& scale, std::size_t group_columns, std::size_t group_rows) {
    FlatLayer layer;
    // Parcels come row by row, so that a row of groups is complete when the next one begins.
    std::vector<std::vector<std::vector<Point>>> groups(group_columns);
    std::size_t group_row = group_rows;
    const auto close_row = [&] {
        for (std::vector<std::vector<Point>>& group : groups) {
            if (!group.empty()) {
                std::vector<Point> ring = outline_of(group);
                for (Point& p : ring) {
                    p = disturbed(p, scale.seed);
                }
                layer.add_ring(ring);
                group.clear();
            }
        }
    };
    for_each_parcel(scale, [&](const std::vector<Point>& ring, std::size_t column, std::size_t row) {
        const std::size_t mine = row * group_rows / scale.rows;
        if (mine != group_row) {
            close_row();
            group_row = mine;
        }
        groups[column * group_columns / scale.columns].push_back(ring);
    });
    close_row();
    layer.finish();
    return hilbert_ordered(layer);
}

}  // namespace ranh::bench
