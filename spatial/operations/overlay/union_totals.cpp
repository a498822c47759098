#include "spatial/operations/overlay/union_totals.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/topology/topology.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace ranh::overlay {
namespace {

using geom::Geometry;
using geom::GeometryView;

/// Ground counted twice that is smaller than this does not make a union worth building.
constexpr double negligible_m2 = 1e-6;

/// One common area: which left and right feature make it.
struct Piece {
    std::size_t left = 0;
    std::size_t right_layer = 0;
    std::size_t right = 0;
    double area_m2 = 0.0;
};

class Totals {
public:
    Totals(const snapshot::PackedLayer& left, const std::vector<const snapshot::PackedLayer*>& rights)
        : m_left(left), m_rights(rights) {}

    void add(const model::Pair& pair, std::size_t right_layer) {
        const auto left = m_left.find(pair.left.feature);
        const auto right = m_rights[right_layer]->find(pair.right.feature);
        if (pair.area_m2 > 0.0 && left && right) {
            m_by_left[*left].push_back({*left, right_layer, *right, pair.area_m2});
        }
    }

    [[nodiscard]] OverlapTotals finish() const {
        OverlapTotals totals;
        double union_of_lefts_m2 = 0.0;
        for (const auto& [left, pieces] : m_by_left) {
            LeftTotal total{m_left.id(left), sum(pieces), 0.0};
            total.union_m2 = rights_disjoint(pieces) ? total.sum_m2 : std::min(total.sum_m2, united_area(pieces));
            totals.sum_m2 += total.sum_m2;
            union_of_lefts_m2 += total.union_m2;
            totals.per_left.push_back(std::move(total));
        }
        totals.union_m2 = lefts_disjoint() ? union_of_lefts_m2 : std::min(union_of_lefts_m2, united_area(all_pieces()));
        std::sort(totals.per_left.begin(), totals.per_left.end(),
                  [](const LeftTotal& a, const LeftTotal& b) { return a.left < b.left; });
        return totals;
    }

private:
    static double sum(const std::vector<Piece>& pieces) {
        double total = 0.0;
        for (const Piece& piece : pieces) {
            total += piece.area_m2;
        }
        return total;
    }

    [[nodiscard]] GeometryView right_of(const Piece& piece) const {
        return m_rights[piece.right_layer]->working(piece.right);
    }
    [[nodiscard]] const geom::Box& right_box(const Piece& piece) const {
        return m_rights[piece.right_layer]->working_box(piece.right);
    }

    [[nodiscard]] bool rights_disjoint(const std::vector<Piece>& pieces) const {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            for (std::size_t k = i + 1; k < pieces.size(); ++k) {
                if (geom::boxes_meet(right_box(pieces[i]), right_box(pieces[k])) &&
                    algorithm::overlap_area(right_of(pieces[i]), right_of(pieces[k])) > negligible_m2) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether left features that take part share no area with each other.
    [[nodiscard]] bool lefts_disjoint() const {
        for (const auto& [left, pieces] : m_by_left) {
            for (const std::uint32_t other : m_left.in_working_box(m_left.working_box(left))) {
                if (other > left && m_by_left.contains(other) &&
                    algorithm::overlap_area(m_left.working(left), m_left.working(other)) > negligible_m2) {
                    return false;
                }
            }
        }
        return true;
    }

    [[nodiscard]] std::vector<Piece> all_pieces() const {
        std::vector<Piece> all;
        for (const auto& [left, pieces] : m_by_left) {
            all.insert(all.end(), pieces.begin(), pieces.end());
        }
        return all;
    }

    [[nodiscard]] double united_area(const std::vector<Piece>& pieces) const {
        std::vector<Geometry> geometries;
        for (const Piece& piece : pieces) {
            auto common = topology::intersection(m_left.working(piece.left), right_of(piece));
            if (common.value().has_value()) {
                geometries.push_back(std::move(*common.value()));
            }
        }
        if (geometries.empty()) {
            return 0.0;
        }
        const auto whole = topology::unary_union(geometries);
        return whole.value().has_value() ? algorithm::area(*whole.value()) : 0.0;
    }

    const snapshot::PackedLayer& m_left;
    const std::vector<const snapshot::PackedLayer*>& m_rights;
    std::map<std::size_t, std::vector<Piece>> m_by_left;
};

}  // namespace

OverlapTotals total_of(const std::vector<model::Pair>& pairs, const snapshot::PackedLayer& left,
                       const snapshot::PackedLayer& right) {
    return total_of({&pairs}, left, {&right});
}

OverlapTotals total_of(const std::vector<const std::vector<model::Pair>*>& pairs, const snapshot::PackedLayer& left,
                       const std::vector<const snapshot::PackedLayer*>& rights) {
    Totals totals(left, rights);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        for (const model::Pair& pair : *pairs[i]) {
            totals.add(pair, i);
        }
    }
    return totals.finish();
}

}  // namespace ranh::overlay
