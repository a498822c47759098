#include "spatial/operations/overlay/candidates.hpp"

#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/snapshot/polygons.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace ranh::overlay {
namespace {

using algorithm::CellJoinOptions;
using algorithm::CellJoinResult;
using algorithm::JoinSide;
using algorithm::PolygonsView;
using algorithm::SquareMicrometres;
using geom::Box;
using snapshot::PackedLayer;

/// Up to this many features the other side is searched around each of them; above it, around all of them at once.
constexpr std::size_t few_features = 64;

std::vector<std::uint32_t> in_box(const PackedLayer& layer, const Box& box) {
    std::vector<std::uint32_t> hits;
    layer.working_tree().search(box, hits);
    return hits;
}

bool is_area(const PackedLayer& layer, std::size_t i) {
    return geom::dimension(layer.working(i).type) == 2 && layer.has_geometry(i);
}

/// Features of `layer` near one of `others`; nothing said when that may be most of them.
std::optional<std::vector<std::uint32_t>> around(const PackedLayer& layer, const PackedLayer& others) {
    if (others.places() > few_features || layer.places() <= few_features) {
        return std::nullopt;
    }
    std::vector<std::uint32_t> all(others.places());
    std::iota(all.begin(), all.end(), 0U);
    return features_around(layer, others, all, contact_m);
}

class CandidateSearch {
public:
    CandidateSearch(const PackedLayer& left, const PackedLayer& right, bool self, const OverlapOptions& options,
                    const Listed& listed)
        : m_left(left),
          m_right(right),
          m_self(self),
          m_options(options),
          m_listed(listed),
          m_left_some(listed.left || self ? listed.left : around(left, right)),
          m_right_some(listed.right || self ? listed.right : around(right, left)) {}

    Candidates run() {
        add_areas();
        add_crossing();
        add_others();
        if (m_options.near.value() > 0.0 && !thresholds_exclude_contacts()) {
            sort_pairs();
            add_near();
        }
        sort_pairs();
        note_boundaries();
        put_in_order_of_ids();
        return std::move(m_found);
    }

private:
    /// Pairs without common area do not reach the thresholds.
    [[nodiscard]] bool thresholds_exclude_contacts() const {
        return m_options.min_area.value() > 0.0 || m_options.min_share > 0.0;
    }

    void add_areas() {
        const PolygonsView left = polygons_of(m_left);
        const PolygonsView right = polygons_of(m_right);
        CellJoinOptions joining{.least_um2 = 0, .margin_m = contact_m};
        if (thresholds_exclude_contacts()) {
            // What has less cannot reach the least area; the exact comparison comes with the pair.
            joining.least_um2 = std::max<SquareMicrometres>(
                1, algorithm::to_square_micrometres(m_options.min_area.value() * (1.0 - 1e-9)) - 1);
        } else {
            joining.contacts = CellJoinOptions::Contacts::list;
        }
        joining.index_bytes = m_options.index_bytes;
        joining.threads = m_options.threads;
        joining.cancel = m_options.cancel;
        const algorithm::CellLattice lattice = algorithm::finer_of(algorithm::CellLattice(m_left.lattice_level()),
                                                                   algorithm::CellLattice(m_right.lattice_level()));
        const bool whole_self = m_self && !m_listed.left;
        const CellJoinResult joined =
            whole_self ? algorithm::self_join_cells(left, lattice, joining)
                       : algorithm::join_cells(m_left_some ? JoinSide(left, *m_left_some) : JoinSide(left),
                                               m_right_some ? JoinSide(right, *m_right_some) : JoinSide(right), lattice,
                                               joining);
        m_found.pairs.reserve(joined.pair_count());
        joined.for_each([&](const CellPair& pair) { add(pair, Candidate::Source::cells); });
    }

    /// What crosses itself can wind around less ground than it encloses, or none, also far from its boundary: all whose
    /// boxes it meets are looked at.
    void add_crossing() {
        for_each_of(m_left, m_left_some, [&](std::uint32_t i) {
            if (m_left.crosses_itself(i)) {
                for (const std::uint32_t k : in_box(m_right, m_left.working_box(i))) {
                    add({.left = i, .right = k}, Candidate::Source::cells);
                }
            }
        });
        for_each_of(m_right, m_right_some, [&](std::uint32_t k) {
            if (m_right.crosses_itself(k)) {
                for (const std::uint32_t i : in_box(m_left, m_right.working_box(k))) {
                    add({.left = i, .right = k}, Candidate::Source::cells);
                }
            }
        });
    }

    /// Pairs of which one side is a point or a line.
    void add_others() {
        if (thresholds_exclude_contacts()) {
            return;
        }
        for_each_of(m_left, m_left_some, [&](std::uint32_t i) {
            if (!is_area(m_left, i)) {
                for (const std::uint32_t k : in_box(m_right, geom::grown(m_left.working_box(i), contact_m))) {
                    add({.left = i, .right = k}, Candidate::Source::boxes);
                }
            }
        });
        for_each_of(m_right, m_right_some, [&](std::uint32_t k) {
            if (!is_area(m_right, k)) {
                for (const std::uint32_t i : in_box(m_left, geom::grown(m_right.working_box(k), contact_m))) {
                    add({.left = i, .right = k}, Candidate::Source::boxes);
                }
            }
        });
    }

    template <typename Visit>
    static void for_each_of(const PackedLayer& layer, const std::optional<std::vector<std::uint32_t>>& some,
                            Visit&& visit) {
        const std::size_t count = some ? some->size() : layer.places();
        for (std::size_t k = 0; k < count; ++k) {
            const auto i = some ? (*some)[k] : static_cast<std::uint32_t>(k);
            if (layer.has_geometry(i)) {
                visit(i);
            }
        }
    }

    /// Pairs that none of the above has named.
    void add_near() {
        const std::vector<Candidate> known = m_found.pairs;
        const double reach_m = m_options.near.value();
        const std::size_t lefts = m_listed.left ? m_listed.left->size() : m_left.size();
        const std::size_t rights = m_listed.right ? m_listed.right->size() : m_right.size();
        if (lefts <= rights) {
            for_each_of(m_left, m_listed.left, [&](std::uint32_t i) {
                for (const std::uint32_t k : in_box(m_right, geom::grown(m_left.working_box(i), reach_m))) {
                    add_unless_known({.left = i, .right = k}, known);
                }
            });
        } else {
            for_each_of(m_right, m_listed.right, [&](std::uint32_t k) {
                for (const std::uint32_t i : in_box(m_left, geom::grown(m_right.working_box(k), reach_m))) {
                    add_unless_known({.left = i, .right = k}, known);
                }
            });
        }
    }

    void add_unless_known(const CellPair& pair, const std::vector<Candidate>& known) {
        const bool exchanged = m_self && pair.right < pair.left;
        const std::pair wanted = exchanged ? std::pair(pair.right, pair.left) : std::pair(pair.left, pair.right);
        const auto place = std::ranges::lower_bound(known, wanted, {}, key);
        if (place == known.end() || key(*place) != wanted) {
            add(pair, Candidate::Source::near);
        }
    }

    void add(CellPair pair, Candidate::Source source) {
        if (m_options.cancel != nullptr) {
            m_options.cancel->check();
        }
        if (!is_listed(m_listed.left, pair.left) || !is_listed(m_listed.right, pair.right)) {
            return;  // in a layer with itself it may come the other way round too
        }
        if (m_self) {
            // Each feature meets itself, and some pairs come both ways.
            if (pair.left == pair.right) {
                return;
            }
            if (pair.left > pair.right) {
                std::swap(pair.left, pair.right);
            }
        }
        m_found.pairs.push_back({.cells = pair, .source = source});
    }

    static bool is_listed(const std::optional<std::vector<std::uint32_t>>& some, std::uint32_t feature) {
        return !some || std::ranges::binary_search(*some, feature);
    }

    static std::pair<std::uint32_t, std::uint32_t> key(const Candidate& c) { return {c.cells.left, c.cells.right}; }

    void sort_pairs() {
        // A pair found twice is kept as the one that says most.
        const auto order = [](const Candidate& c) {
            return std::tuple(c.cells.left, c.cells.right, c.source, !c.cells.all_inside);
        };
        if (!std::ranges::is_sorted(m_found.pairs, {}, order)) {
            std::ranges::sort(m_found.pairs, {}, order);
        }
        const auto same = [](const Candidate& a, const Candidate& b) { return key(a) == key(b); };
        m_found.pairs.erase(std::unique(m_found.pairs.begin(), m_found.pairs.end(), same), m_found.pairs.end());
    }

    /// Until here a pair is named and sorted by where its features stand; people get it by ids.
    void put_in_order_of_ids() {
        std::vector<std::tuple<std::uint32_t, std::uint32_t, std::size_t>> order;  // of the ids, and the pair
        order.reserve(m_found.pairs.size());
        for (std::size_t i = 0; i < m_found.pairs.size(); ++i) {
            CellPair& pair = m_found.pairs[i].cells;
            if (m_self && m_left.id_rank(pair.left) > m_left.id_rank(pair.right)) {
                std::swap(pair.left, pair.right);
            }
            order.emplace_back(m_left.id_rank(pair.left), m_right.id_rank(pair.right), i);
        }
        std::ranges::sort(order);
        std::vector<Candidate> ordered;
        ordered.reserve(order.size());
        for (const auto& [left, right, i] : order) {
            ordered.push_back(m_found.pairs[i]);
        }
        m_found.pairs = std::move(ordered);
    }

    void note_boundaries() {
        for (const Candidate& candidate : m_found.pairs) {
            if (candidate.source == Candidate::Source::cells && !candidate.cells.all_inside) {
                m_found.left_boundaries.push_back(candidate.cells.left);
                m_found.right_boundaries.push_back(candidate.cells.right);
            }
        }
        for (auto* list : {&m_found.left_boundaries, &m_found.right_boundaries}) {
            std::ranges::sort(*list);
            list->erase(std::unique(list->begin(), list->end()), list->end());
        }
    }

    const PackedLayer& m_left;
    const PackedLayer& m_right;
    bool m_self;
    const OverlapOptions& m_options;
    const Listed& m_listed;
    /// Features that may take part: those listed, else those near the few of the other side; absent: all.
    std::optional<std::vector<std::uint32_t>> m_left_some;
    std::optional<std::vector<std::uint32_t>> m_right_some;
    Candidates m_found;
};

}  // namespace

Candidates find_candidates(const PackedLayer& left, const PackedLayer& right, bool self, const OverlapOptions& options,
                           const Listed& listed) {
    return CandidateSearch(left, right, self, options, listed).run();
}

std::vector<std::uint32_t> features_around(const PackedLayer& layer, const PackedLayer& others,
                                           std::span<const std::uint32_t> which, double reach_m) {
    std::vector<std::uint32_t> found;
    for (const std::uint32_t i : which) {
        if (others.has_geometry(i)) {
            layer.working_tree().search(geom::grown(others.working_box(i), reach_m), found);
        }
    }
    if (which.size() > 1) {
        std::ranges::sort(found);
        found.erase(std::unique(found.begin(), found.end()), found.end());
    }
    return found;
}

PolygonsView polygons_of(const PackedLayer& layer) {
    return snapshot::polygons_of(layer.working_geometries(), layer.working_boxes(), layer.working_areas_m2());
}

}  // namespace ranh::overlay
