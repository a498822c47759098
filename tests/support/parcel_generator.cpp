#include "tests/support/parcel_generator.hpp"

#include "spatial/base/assert.hpp"

#include <algorithm>
#include <array>
#include <cmath>

// All decisions are taken in whole millimetres. A random number is a hash of (seed, purpose, column, row), so any
// corner or edge can be computed by itself: two neighbours that compute their common edge get the same integers, hence
// the same doubles, and nothing has to be kept between parcels.
//
// Rings are simple because of the bounds below. Spacings lie within 0.65 to 1.35 sides, a corner moves by at most 0.15
// of the smaller spacing beside it, so two edges that meet at a corner enclose at least 36°. A vertex between two
// corners stays within 0.05 of the edge's length beside the straight edge and within its middle 60 %, hence inside a
// wedge of 14.1° at either end.

namespace ranh::test {
namespace {

using Millimetres = std::int64_t;

enum class Draw : std::uint64_t {
    column_line,
    row_line,
    corner_x,
    corner_y,
    edge_count,
    edge_place,
    land_block,
    land,
    area
};

struct GridPoint {
    Millimetres x;
    Millimetres y;
};

struct LandShare {
    std::string_view code;
    std::int64_t percent;
};

constexpr std::array<LandShare, 12> land_shares{{{"CLN", 28},
                                                 {"HNK", 24},
                                                 {"RSX", 14},
                                                 {"BCS", 9},
                                                 {"ONT", 8},
                                                 {"LUC", 5},
                                                 {"NTS", 4},
                                                 {"DGT", 3},
                                                 {"DNL", 2},
                                                 {"TMD", 1},
                                                 {"NTD", 1},
                                                 {"MNC", 1}}};
constexpr std::size_t land_block_side = 6;

// The finalizer of splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
constexpr std::uint64_t mixed(std::uint64_t v) {
    v = (v ^ (v >> 30U)) * 0xbf58476d1ce4e5b9U;
    v = (v ^ (v >> 27U)) * 0x94d049bb133111ebU;
    return v ^ (v >> 31U);
}

Millimetres to_millimetres(double metres) {
    const double scaled = metres * 1000.0;
    const auto whole = static_cast<Millimetres>(std::llround(scaled));
    RANH_ASSERT(std::abs(scaled - static_cast<double>(whole)) < 1e-4);
    return whole;
}

std::string_view land_code_at(std::int64_t percent) {
    for (const LandShare& share : land_shares) {
        if (percent < share.percent) {
            return share.code;
        }
        percent -= share.percent;
    }
    return land_shares.front().code;
}

class ParcelGrid {
public:
    explicit ParcelGrid(const ParcelGeneratorOptions& options)
        : m_seed(mixed(options.seed + 0x9e3779b97f4a7c15U)),
          m_columns(options.columns),
          m_rows(options.rows),
          m_origin{to_millimetres(options.origin_x_m), to_millimetres(options.origin_y_m)},
          m_side(to_millimetres(options.side_m)) {
        RANH_ASSERT(m_columns > 0 && m_rows > 0 && m_side >= 1000);
    }

    // Fills the closed ring of one parcel and returns twice its area in square millimetres.
    std::int64_t fill_ring(std::size_t column, std::size_t row, std::vector<geom::Point>& ring) const;
    std::string_view land_code(std::size_t column, std::size_t row) const;
    // In tenths of a square metre.
    std::int64_t registered_area(std::int64_t doubled_area, std::size_t column, std::size_t row) const;

private:
    using Path = std::array<GridPoint, 5>;  // two corners and at most three vertices between them
    struct Edge {
        Path points;
        std::size_t count;
    };
    enum class Direction : std::uint64_t { east, north };

    // A number in [low, high], both included. The modulo's bias is below 2^-40 for the ranges used here.
    std::int64_t draw(Draw purpose, std::uint64_t a, std::uint64_t b, std::int64_t low, std::int64_t high) const {
        const std::uint64_t hash = mixed(mixed(mixed(m_seed + static_cast<std::uint64_t>(purpose)) + a) + b);
        return low + static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(high - low + 1));
    }

    // Odd lines are moved, even ones are not, the last one neither: the extent stays exact.
    Millimetres line(Draw purpose, std::size_t i, std::size_t last) const {
        const Millimetres regular = static_cast<Millimetres>(i) * m_side;
        const bool moves = i % 2 == 1 && i != last;
        return moves ? regular + draw(purpose, i, 0, -m_side * 35 / 100, m_side * 35 / 100) : regular;
    }

    // A corner's coordinate on one axis, still without the origin; on the outline it stays on the outline.
    Millimetres jittered(Draw lines, Draw corners, std::size_t i, std::size_t last, std::size_t other) const {
        const Millimetres here = line(lines, i, last);
        if (i == 0 || i == last) {
            return here;
        }
        const Millimetres spacing = std::min(here - line(lines, i - 1, last), line(lines, i + 1, last) - here);
        const Millimetres reach = spacing * 15 / 100;
        return here + draw(corners, i, other, -reach, reach);
    }

    GridPoint corner(std::size_t i, std::size_t j) const {
        return {m_origin.x + jittered(Draw::column_line, Draw::corner_x, i, m_columns, j),
                m_origin.y + jittered(Draw::row_line, Draw::corner_y, j, m_rows, i)};
    }

    Edge edge(std::size_t i, std::size_t j, Direction direction) const;

    std::uint64_t m_seed;
    std::size_t m_columns;
    std::size_t m_rows;
    GridPoint m_origin;
    Millimetres m_side;
};

// The edge from corner (i, j) to its eastern or northern neighbour, always computed in this direction.
ParcelGrid::Edge ParcelGrid::edge(std::size_t i, std::size_t j, Direction direction) const {
    const bool east = direction == Direction::east;
    const bool on_outline = east ? (j == 0 || j == m_rows) : (i == 0 || i == m_columns);
    const GridPoint from = corner(i, j);
    const GridPoint to = east ? corner(i + 1, j) : corner(i, j + 1);
    const Millimetres dx = to.x - from.x;
    const Millimetres dy = to.y - from.y;
    const std::uint64_t name = (static_cast<std::uint64_t>(i) * 2 + static_cast<std::uint64_t>(direction)) * 4;

    const std::int64_t between = draw(Draw::edge_count, name, j, 0, 3);
    Edge result{};
    result.points[result.count++] = from;
    for (std::int64_t k = 0; k < between; ++k) {
        const std::uint64_t place = name + static_cast<std::uint64_t>(k);
        const std::int64_t along =
            200 + (600 * k + draw(Draw::edge_place, place, 2 * j, 150, 450)) / between;                 // per mille
        const std::int64_t aside = on_outline ? 0 : draw(Draw::edge_place, place, 2 * j + 1, -50, 50);  // per mille
        result.points[result.count++] = {from.x + (dx * along - dy * aside) / 1000,
                                         from.y + (dy * along + dx * aside) / 1000};
    }
    result.points[result.count++] = to;
    return result;
}

std::int64_t ParcelGrid::fill_ring(std::size_t column, std::size_t row, std::vector<geom::Point>& ring) const {
    ring.clear();
    const Edge south = edge(column, row, Direction::east);
    const GridPoint start = south.points[0];
    GridPoint last = start;
    std::int64_t doubled_area = 0;
    const auto add = [&](const GridPoint& p) {
        doubled_area += (last.x - start.x) * (p.y - start.y) - (p.x - start.x) * (last.y - start.y);
        last = p;
        ring.push_back({static_cast<double>(p.x) / 1000.0, static_cast<double>(p.y) / 1000.0});
    };
    const auto walk = [&](const Edge& side) { std::for_each_n(side.points.begin() + 1, side.count - 1, add); };
    const auto walk_back = [&](const Edge& side) {
        for (std::size_t k = side.count - 1; k-- > 0;) {
            add(side.points[k]);
        }
    };
    add(start);
    walk(south);
    walk(edge(column + 1, row, Direction::north));
    walk_back(edge(column, row + 1, Direction::east));
    walk_back(edge(column, row, Direction::north));
    return doubled_area;
}

// Most parcels have the code of their block, so that the map shows fields and villages and not noise.
std::string_view ParcelGrid::land_code(std::size_t column, std::size_t row) const {
    const bool follows_block = draw(Draw::land, column, 2 * row, 1, 4) > 1;
    return land_code_at(follows_block ? draw(Draw::land_block, column / land_block_side, row / land_block_side, 0, 99)
                                      : draw(Draw::land, column, 2 * row + 1, 0, 99));
}

std::int64_t ParcelGrid::registered_area(std::int64_t doubled_area, std::size_t column, std::size_t row) const {
    const std::int64_t measured = (doubled_area + 100'000) / 200'000;
    const std::int64_t fate = draw(Draw::area, column, 4 * row, 0, 99);
    const std::int64_t sign = draw(Draw::area, column, 4 * row + 1, 0, 1) == 0 ? -1 : 1;
    if (fate < 80) {
        return measured;
    }
    const std::int64_t off = fate < 97 ? draw(Draw::area, column, 4 * row + 2, 1, 20)
                                       : measured * draw(Draw::area, column, 4 * row + 3, 55, 99) / 1000;
    return std::max<std::int64_t>(1, measured + sign * off);
}

// One map sheet: columns [west, east), rows counted from the north [top, bottom).
struct Sheet {
    int name;
    std::size_t west;
    std::size_t east;
    std::size_t top;
    std::size_t bottom;
};

void generate_sheet(const ParcelGeneratorOptions& options, const ParcelGrid& grid, const Sheet& sheet,
                    SyntheticParcel& parcel, const std::function<void(const SyntheticParcel&)>& take) {
    const std::size_t width = sheet.east - sheet.west;
    parcel.sheet = sheet.name;
    parcel.number = 0;
    for (std::size_t from_north = sheet.top; from_north < sheet.bottom; ++from_north) {
        const bool eastwards = (from_north - sheet.top) % 2 == 0;
        const std::size_t row = options.rows - 1 - from_north;
        for (std::size_t step = 0; step < width; ++step) {
            const std::size_t column = eastwards ? sheet.west + step : sheet.east - 1 - step;
            const std::int64_t doubled_area = grid.fill_ring(column, row, parcel.ring);
            ++parcel.number;
            if (options.keep && !options.keep(parcel.ring)) {
                continue;
            }
            parcel.land_code = grid.land_code(column, row);
            parcel.registered_area_m2 = static_cast<double>(grid.registered_area(doubled_area, column, row)) / 10.0;
            take(parcel);
        }
    }
}

}  // namespace

ParcelGeneratorOptions province_sized_parcels() {
    ParcelGeneratorOptions options;
    options.columns = 1600;
    options.rows = 1594;
    options.origin_x_m = 440000.0;
    options.origin_y_m = 1240000.0;
    return options;
}

void generate_parcels(const ParcelGeneratorOptions& options, const std::function<void(const SyntheticParcel&)>& take) {
    RANH_ASSERT(options.sheet_side > 0);
    const ParcelGrid grid(options);
    SyntheticParcel parcel;
    int name = 0;
    for (std::size_t top = 0; top < options.rows; top += options.sheet_side) {
        const std::size_t bottom = std::min(top + options.sheet_side, options.rows);
        for (std::size_t west = 0; west < options.columns; west += options.sheet_side) {
            const std::size_t east = std::min(west + options.sheet_side, options.columns);
            generate_sheet(options, grid, {++name, west, east, top, bottom}, parcel, take);
        }
    }
}

}  // namespace ranh::test
