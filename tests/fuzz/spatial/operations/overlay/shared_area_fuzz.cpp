// The ground two polygons share, by the pair kernel and by the join of cells: polygons of any form built from bytes
// give finite areas, the same bits with the sides exchanged, and for valid ones nothing below 0 or above the smaller.

#include "spatial/algorithm/area.hpp"
#include "spatial/base/assert.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/support/joined_area.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

namespace {

using geom::Geometry;
using geom::Point;

class Bytes {
public:
    explicit Bytes(std::span<const std::uint8_t> data) : m_data(data) {}

    [[nodiscard]] bool empty() const { return m_data.empty(); }
    /// 0 past the end.
    template <typename Value>
    Value take() {
        Value value{};
        const std::size_t size = std::min(sizeof(Value), m_data.size());
        std::memcpy(&value, m_data.data(), size);
        m_data = m_data.subspan(size);
        return value;
    }

private:
    std::span<const std::uint8_t> m_data;
};

/// Builds two areas. Each byte says what comes next: a new vertex, one that was there before, one computed to lie
/// between two earlier ones, one beside an earlier one, the end of a ring, of a part or of the first area.
class TwoAreas {
public:
    explicit TwoAreas(Bytes bytes) : m_bytes(bytes) {
        const auto frame = m_bytes.take<std::uint8_t>();
        m_origin = (frame & 1U) != 0 ? Point{450000.0, 1300000.0} : Point{};
        m_unit = std::exp2(static_cast<double>((frame >> 1U) & 7U) - 3.0);
        m_halvings = static_cast<int>((frame >> 4U) & 7U) - 1;
        m_one_layer = (frame & 128U) != 0;
        while (!m_bytes.empty()) {
            step();
        }
        end_part();
    }

    [[nodiscard]] const Geometry& a() const { return m_areas[0]; }
    [[nodiscard]] const Geometry& b() const { return m_areas[1]; }
    [[nodiscard]] int halvings() const { return m_halvings; }
    /// Measured as two features of one layer, not as two layers.
    [[nodiscard]] bool one_layer() const { return m_one_layer; }

private:
    void step() {
        const auto kind = m_bytes.take<std::uint8_t>();
        const auto value = static_cast<std::uint8_t>(kind >> 3U);
        switch (kind % 8) {
            case 0:
            case 1: {
                const auto place = m_bytes.take<std::uint8_t>();
                return add(at(place % 16, place / 16));
            }
            case 2: {
                const auto x = m_bytes.take<std::int16_t>();
                const auto y = m_bytes.take<std::int16_t>();
                return add(at(x / 512.0, y / 512.0));
            }
            case 3: return add(earlier(m_bytes.take<std::uint8_t>()));
            case 4: {
                const auto place = m_bytes.take<std::uint8_t>();
                const Point p = earlier(place);
                const Point q = earlier(static_cast<std::uint8_t>(place + 1));
                const double share = m_bytes.take<std::uint8_t>() / 255.0;
                return add({p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)});
            }
            case 5: {
                const Point p = earlier(m_bytes.take<std::uint8_t>());
                return add({p.x + 1e-9 * (value % 5 - 2), p.y + 1e-9 * (value / 5 - 2)});
            }
            case 6: return value % 4 == 0 ? end_part() : end_ring();
            default: break;
        }
        if (value % 4 == 0) {
            const auto x = m_bytes.take<double>();
            const auto y = m_bytes.take<double>();
            // The kernel takes coordinates up to 1e150.
            return add({std::abs(x) < 1e150 ? x : 0.0, std::abs(y) < 1e150 ? y : 0.0});
        }
        end_part();
        m_current = 1;
    }

    [[nodiscard]] Point at(double x, double y) const { return {m_origin.x + x * m_unit, m_origin.y + y * m_unit}; }
    [[nodiscard]] Point earlier(std::uint8_t place) const {
        return m_vertices.empty() ? m_origin : m_vertices[place % m_vertices.size()];
    }
    void add(Point p) {
        m_vertices.push_back(p);
        m_ring.push_back(p);
    }
    void end_ring() {
        if (m_ring.size() >= 3) {
            m_ring.push_back(m_ring.front());
            m_areas[m_current].add_path(m_ring);
            m_rings_of_part += 1;
        }
        m_ring.clear();
    }
    void end_part() {
        end_ring();
        if (m_rings_of_part > 0) {
            m_areas[m_current].end_part();
        }
        m_rings_of_part = 0;
    }

    Bytes m_bytes;
    Point m_origin;
    double m_unit = 1.0;
    int m_halvings = 0;
    bool m_one_layer = false;
    std::vector<Point> m_vertices;
    std::vector<Point> m_ring;
    int m_rings_of_part = 0;
    std::size_t m_current = 0;
    std::array<Geometry, 2> m_areas{Geometry(geom::GeometryType::multi_polygon),
                                    Geometry(geom::GeometryType::multi_polygon)};
};

double extent(const geom::Box& box) { return std::max(box.max.x - box.min.x, box.max.y - box.min.y); }

/// The join takes coordinates below 2^30 sides of a cell; more than 48 cells on a side would only take time.
bool fits(const Geometry& geometry, const algorithm::CellLattice& lattice) {
    const geom::Box box = geometry.box().value();
    const double farthest =
        std::max({std::abs(box.min.x), std::abs(box.min.y), std::abs(box.max.x), std::abs(box.max.y)});
    return farthest < 0x1p29 * lattice.side() && extent(box) <= 48.0 * lattice.side();
}

struct Limits {
    double smaller;
    double slack;
};

algorithm::SquareMicrometres joined_in_one_layer(const TwoAreas& areas, const algorithm::CellLattice& lattice) {
    const test::FlatLayer layer(std::vector{areas.a(), areas.b()});
    const auto found = algorithm::self_join_cells(layer.view(), lattice, {.least_um2 = 1, .threads = 1});
    RANH_ASSERT(found.pair_count() <= 1);
    return found.total_um2();
}

void check_join(const TwoAreas& areas, const Limits* valid, double measured) {
    const algorithm::CellLattice lattice = test::lattice_for_pair(areas.a(), areas.b(), areas.halvings());
    if (!fits(areas.a(), lattice) || !fits(areas.b(), lattice)) {
        return;
    }
    // An index of one layer has all rows between the two: far apart they only take time.
    if (areas.one_layer() && extent(geom::united(*areas.a().box(), *areas.b().box())) > 1024.0 * lattice.side()) {
        return;
    }
    const algorithm::SquareMicrometres joined =
        areas.one_layer() ? joined_in_one_layer(areas, lattice) : test::joined_um2(areas.a(), areas.b(), lattice);
    if (!areas.one_layer()) {
        RANH_ASSERT(joined == test::joined_um2(areas.b(), areas.a(), lattice));
    }
    if (valid != nullptr) {
        // Each cell is rounded to a whole square micrometre.
        const double slack = valid->slack + 1e-8;
        const double area = algorithm::to_square_metres(joined);
        RANH_ASSERT(area >= -slack && area <= valid->smaller + slack);
        RANH_ASSERT(std::abs(area - measured) <= slack);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const TwoAreas areas{Bytes({data, size})};
    const double measured = algorithm::overlap_area(areas.a(), areas.b());
    RANH_ASSERT(std::isfinite(measured));
    RANH_ASSERT(std::bit_cast<std::uint64_t>(measured) ==
                std::bit_cast<std::uint64_t>(algorithm::overlap_area(areas.b(), areas.a())));
    if (areas.a().empty() || areas.b().empty()) {
        return 0;
    }
    if (topology::invalidity(areas.a()) || topology::invalidity(areas.b())) {
        check_join(areas, nullptr, measured);
        return 0;
    }
    // The area of a needle that reaches 1e20 m is known to some 1e25 m² only.
    const auto at_most = [](const Geometry& area) {
        const double side = extent(*area.box());
        return algorithm::area(area) + 1e-15 * side * side;
    };
    const double smaller = std::min(at_most(areas.a()), at_most(areas.b()));
    // What rounding leaves of a term, each as large as the smaller box at most.
    const double box = std::min(extent(*areas.a().box()), extent(*areas.b().box()));
    const Limits limits{.smaller = smaller, .slack = 1e-9 * smaller + 1e-12 * box * box};
    RANH_ASSERT(measured >= 0.0);
    RANH_ASSERT(measured <= smaller + limits.slack);
    check_join(areas, &limits, measured);
    return 0;
}
