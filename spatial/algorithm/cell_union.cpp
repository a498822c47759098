#include "spatial/algorithm/cell_union.hpp"

#include <algorithm>
#include <vector>

namespace ranh::algorithm {
namespace {

using IsPair = std::function<bool(std::uint32_t, std::uint32_t)>;

/// A feature in a cell, and how often it winds around the place that is looked at.
struct Present {
    std::uint32_t feature = 0;
    std::int32_t winding = 0;  ///< just below the upper left corner
    std::int32_t now = 0;
};

struct Stretch {
    double x0 = 0.0;
    double x1 = 0.0;
    double y0 = 0.0;
    double slope = 0.0;
    std::int32_t weight = 0;
    std::uint32_t present = 0;  // whose it is

    [[nodiscard]] double at(double x) const { return y0 + (x - x0) * slope; }
};

class GroundOnce {
public:
    GroundOnce(std::uint32_t left_count, const IsPair& is_pair, const CancelToken* cancel)
        : m_left_count(left_count), m_is_pair(is_pair), m_cancel(cancel) {}

    /// `outer` are features that cover the whole window.
    SquareMicrometres of(const CellIndex& index, const std::vector<std::uint32_t>& outer) {
        const CellWindow& window = index.window();
        SquareMicrometres total = 0;
        for (std::int32_t row = window.row_begin; row < window.row_end && window.columns() > 0; ++row) {
            const CellIndex::Segment* segment = index.locate(row, window.column_begin);
            for (std::int32_t column = window.column_begin; column < window.column_end; ++segment) {
                const std::int32_t end = std::min(segment[1].column, window.column_end);
                total += of_segment(index, *segment, end - column, outer);
                column = end;
            }
        }
        return total;
    }

private:
    SquareMicrometres of_segment(const CellIndex& index, const CellIndex::Segment& segment, std::int32_t columns,
                                 const std::vector<std::uint32_t>& outer) {
        std::vector<std::uint32_t> covers = outer;
        for (const CellIndex::Cover& cover : index.covers(segment)) {
            if (cover.winding != 0) {
                covers.push_back(cover.feature);
            }
        }
        const double side = index.lattice().side();
        m_present.clear();
        for (const std::uint32_t cover : covers) {
            m_present.push_back({cover, 1, 1});
        }
        if (counts()) {
            return to_square_micrometres(side * side) * columns;
        }
        if (segment.entry_count == 0) {
            return 0;
        }
        if (m_cancel != nullptr) {
            m_cancel->check();
        }
        if (segment.finer != 0) {
            return of(index.finer(segment), covers);
        }
        return to_square_micrometres(of_cell(index, segment, side));
    }

    double of_cell(const CellIndex& index, const CellIndex::Segment& segment, double side) {
        m_stretches.clear();
        for (const CellIndex::Entry& entry : index.entries(segment)) {
            add_stretches(index.view(entry), static_cast<std::uint32_t>(m_present.size()));
            m_present.push_back({entry.feature, entry.winding, entry.winding});
        }
        if (!may_count()) {
            return 0.0;
        }
        find_slabs(side);
        double area = 0.0;
        for (std::size_t i = 1; i < m_slabs.size(); ++i) {
            if (m_slabs[i - 1] < m_slabs[i]) {
                area += of_slab(m_slabs[i - 1], m_slabs[i], side);
            }
        }
        return area;
    }

    void add_stretches(const CellBlockView& view, std::uint32_t present) {
        for (const CellPartBlock& block : view.blocks) {
            for (std::size_t i = 0; i < CellPartBlock::size; ++i) {
                if (block.weight[i] != 0.0) {
                    m_stretches.push_back({block.x0[i], block.x1[i], block.y0[i], block.slope[i],
                                           static_cast<std::int32_t>(block.weight[i]), present});
                }
            }
        }
    }

    /// Where stretches begin, end and cross each other.
    void find_slabs(double side) {
        m_slabs.assign({0.0, side});
        for (std::size_t i = 0; i < m_stretches.size(); ++i) {
            const Stretch& a = m_stretches[i];
            m_slabs.push_back(a.x0);
            m_slabs.push_back(a.x1);
            for (std::size_t k = 0; k < i; ++k) {
                const Stretch& b = m_stretches[k];
                const double from = std::max(a.x0, b.x0);
                const double to = std::min(a.x1, b.x1);
                const double before = a.at(from) - b.at(from);
                const double after = a.at(to) - b.at(to);
                if (from < to && before * after < 0.0) {
                    m_slabs.push_back(std::clamp(from + (to - from) * (before / (before - after)), from, to));
                }
            }
        }
        std::ranges::sort(m_slabs);
    }

    double of_slab(double from, double to, double side) {
        const double middle = 0.5 * (from + to);
        m_levels.clear();
        for (std::uint32_t i = 0; i < m_stretches.size(); ++i) {
            if (m_stretches[i].x0 <= from && to <= m_stretches[i].x1) {
                m_levels.emplace_back(std::clamp(m_stretches[i].at(middle), 0.0, side), i);
            }
        }
        std::ranges::sort(m_levels, std::greater());
        for (Present& one : m_present) {
            one.now = one.winding;
        }
        double height = 0.0;
        double above = side;
        bool inside = counts();
        for (const auto& [level, i] : m_levels) {
            height += inside ? above - level : 0.0;
            above = level;
            m_present[m_stretches[i].present].now += m_stretches[i].weight;
            inside = counts();
        }
        height += inside ? above : 0.0;
        return (to - from) * height;
    }

    /// Some pair has both its features here.
    [[nodiscard]] bool counts() const {
        return any_pair([](const Present& one) { return one.now != 0; });
    }
    [[nodiscard]] bool may_count() const {
        return any_pair([](const Present&) { return true; });
    }

    template <typename Here>
    [[nodiscard]] bool any_pair(Here&& here) const {
        for (const Present& left : m_present) {
            if (left.feature >= m_left_count || !here(left)) {
                continue;
            }
            for (const Present& right : m_present) {
                if (right.feature >= m_left_count && here(right) &&
                    (!m_is_pair || m_is_pair(left.feature, right.feature))) {
                    return true;
                }
            }
        }
        return false;
    }

    std::uint32_t m_left_count;
    const IsPair& m_is_pair;
    const CancelToken* m_cancel;
    std::vector<Present> m_present;
    std::vector<Stretch> m_stretches;
    std::vector<double> m_slabs;
    std::vector<std::pair<double, std::uint32_t>> m_levels;
};

}  // namespace

SquareMicrometres ground_once(const CellIndex& index, std::uint32_t left_count, const IsPair& is_pair,
                              const CancelToken* cancel) {
    return GroundOnce(left_count, is_pair, cancel).of(index, {});
}

}  // namespace ranh::algorithm
