// Rings of some ten vertices built from bytes: valid or not, the verdict is that of a slow reference in whole numbers,
// wherever the area lies and whichever way its rings turn; every issue names a ring and a vertex there is.

#include "spatial/base/assert.hpp"
#include "spatial/validation/geometry_rules.hpp"
#include "tests/support/exact_validity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

namespace {

using geom::Geometry;
using geom::Point;

/// Each byte says what comes next: a new vertex near or far, one that was there before, the end of a ring or of a part.
class AreaOfBytes {
public:
    explicit AreaOfBytes(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {
        while (!m_bytes.empty() && m_vertices.size() < most_vertices) {
            step();
        }
        end_part();
    }
    [[nodiscard]] const Geometry& area() const { return m_area; }

private:
    static constexpr std::size_t most_vertices = 30;

    std::uint8_t take() {
        if (m_bytes.empty()) {
            return 0;
        }
        const std::uint8_t byte = m_bytes.front();
        m_bytes = m_bytes.subspan(1);
        return byte;
    }
    void step() {
        const std::uint8_t kind = take();
        switch (kind % 8) {
            case 0:
            case 1:
            case 2:
            case 3: {
                const std::uint8_t place = take();
                return add({static_cast<double>(place % 16), static_cast<double>(place / 16)});
            }
            case 4: {
                const auto x = static_cast<std::int8_t>(take());
                const auto y = static_cast<std::int8_t>(take());
                return add({static_cast<double>(x), static_cast<double>(y)});
            }
            case 5: return add(m_vertices.empty() ? Point{} : m_vertices[take() % m_vertices.size()]);
            case 6: return end_ring();
            default: return end_part();
        }
    }
    void add(Point p) {
        m_vertices.push_back(p);
        m_ring.push_back(p);
    }
    void end_ring() {
        if (!m_ring.empty()) {
            m_ring.push_back(m_ring.front());
            m_area.add_path(m_ring);
            ++m_rings_of_part;
        }
        m_ring.clear();
    }
    void end_part() {
        end_ring();
        if (m_rings_of_part > 0) {
            m_area.end_part();
        }
        m_rings_of_part = 0;
    }

    std::span<const std::uint8_t> m_bytes;
    std::vector<Point> m_vertices;
    std::vector<Point> m_ring;
    int m_rings_of_part = 0;
    Geometry m_area{geom::GeometryType::multi_polygon};
};

/// The same rings walked the other way.
Geometry reversed(const Geometry& area) {
    Geometry result(area.type());
    const auto view = area.view();
    for (std::size_t part = 0; part < view.part_count(); ++part) {
        for (std::size_t path = view.part(part).first; path < view.part(part).end; ++path) {
            std::vector<Point> ring(view.path(path).begin(), view.path(path).end());
            std::reverse(ring.begin(), ring.end());
            result.add_path(ring);
        }
        result.end_part();
    }
    return result;
}

/// Quarters of a metre on a sheet: exact in doubles.
Geometry on_a_sheet(Geometry area) {
    for (Point& p : area.mutable_points()) {
        p = {p.x * 0.25 + 543210.0, p.y * 0.25 + 1312345.5};
    }
    return area;
}

void check_issues(const Geometry& area, bool valid) {
    std::vector<validation::ValidationIssue> issues;
    validation::GeometryRules(validation::Profile()).check(area, {}, issues);
    bool breaks = false;
    for (const auto& issue : issues) {
        breaks = breaks || rule_of(issue.code).breaks_area;
        RANH_ASSERT(!issue.measure || (std::isfinite(*issue.measure) && *issue.measure >= 0.0));
        RANH_ASSERT(issue.measure.has_value() == (rule_of(issue.code).unit != validation::Unit::none));
        for (const auto& [ring, vertex] :
             {std::pair(issue.ring, issue.vertex), std::pair(issue.other_ring, issue.other_vertex)}) {
            RANH_ASSERT(!ring || *ring < area.view().path_count());
            RANH_ASSERT(!vertex || *vertex < area.view().path(*ring).size());
        }
    }
    RANH_ASSERT(breaks != valid);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const AreaOfBytes bytes({data, size});
    const Geometry& area = bytes.area();
    if (area.empty()) {
        return 0;
    }
    const bool valid = test::is_exactly_valid(area);
    RANH_ASSERT(validation::is_valid_area(area) == valid);
    RANH_ASSERT(validation::is_valid_area(reversed(area)) == valid);
    RANH_ASSERT(validation::is_valid_area(on_a_sheet(area)) == valid);
    check_issues(area, valid);
    return 0;
}
