#include "spatial/operations/overlay/candidates.hpp"

#include "spatial/algorithm/cell_lattice.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

namespace ranh::overlay {
namespace {

using algorithm::PolygonsView;
using geom::Box;
using snapshot::PackedLayer;

/// Up to this many features the other side is searched around each of them; above it, around all of them at once.
constexpr std::size_t few_features = 64;

bool has_geometry(const PackedLayer& layer, std::size_t i) { return layer.has_geometry(i); }

bool is_area(const PackedLayer& layer, std::size_t i) {
    return geom::dimension(layer.working(i).type) == 2 && has_geometry(layer, i);
}

/// Features of `layer` whose boxes come within `reach_m` of one of `others`, ascending; nothing said when that may be
/// most of them.
std::optional<std::vector<std::uint32_t>> around(const PackedLayer& layer, const PackedLayer& others, double reach_m) {
    if (others.size() > few_features || layer.size() <= few_features) {
        return std::nullopt;
    }
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < others.size(); ++i) {
        if (has_geometry(others, i)) {
            const auto hits = layer.in_working_box(geom::grown(others.working_box(i), reach_m));
            const auto middle = static_cast<std::ptrdiff_t>(found.size());
            found.insert(found.end(), hits.begin(), hits.end());
            std::inplace_merge(found.begin(), found.begin() + middle, found.end());
        }
    }
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

class CandidateSearch {
public:
    CandidateSearch(const PackedLayer& left, const PackedLayer& right, bool self, const OverlapOptions& options)
        : m_left(left), m_right(right), m_self(self), m_options(options) {}

    Candidates run() {
        add_areas();
        add_others();
        if (m_options.near.value() > 0.0 && !thresholds_exclude_contacts()) {
            sort_pairs();
            add_near();
        }
        sort_pairs();
        note_boundaries();
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
        joining.threads = m_options.threads;
        joining.cancel = m_options.cancel;
        const algorithm::CellLattice lattice = algorithm::finer_of(algorithm::CellLattice(m_left.lattice_level()),
                                                                   algorithm::CellLattice(m_right.lattice_level()));
        const auto left_some = m_self ? std::nullopt : around(m_left, m_right, contact_m);
        const auto right_some = m_self ? std::nullopt : around(m_right, m_left, contact_m);
        const CellJoinResult joined =
            m_self ? self_join_cells(left, lattice, joining)
                   : join_cells(left_some ? JoinSide(left, *left_some) : JoinSide(left),
                                right_some ? JoinSide(right, *right_some) : JoinSide(right), lattice, joining);
        m_found.pairs.reserve(joined.pair_count());
        joined.for_each([&](const CellPair& pair) {
            m_found.pairs.push_back({.cells = pair, .source = Candidate::Source::cells});
        });
    }

    /// Pairs of which one side is a point or a line.
    void add_others() {
        if (thresholds_exclude_contacts()) {
            return;
        }
        for (std::size_t i = 0; i < m_left.size(); ++i) {
            if (has_geometry(m_left, i) && !is_area(m_left, i)) {
                for (const std::uint32_t k : m_right.in_working_box(geom::grown(m_left.working_box(i), contact_m))) {
                    add(static_cast<std::uint32_t>(i), k, Candidate::Source::boxes);
                }
            }
        }
        for (std::size_t k = 0; k < m_right.size(); ++k) {
            if (has_geometry(m_right, k) && !is_area(m_right, k)) {
                for (const std::uint32_t i : m_left.in_working_box(geom::grown(m_right.working_box(k), contact_m))) {
                    if (is_area(m_left, i)) {
                        add(i, static_cast<std::uint32_t>(k), Candidate::Source::boxes);
                    }
                }
            }
        }
    }

    /// Pairs that none of the above has named.
    void add_near() {
        const std::vector<Candidate> known = m_found.pairs;
        const bool search_right = m_left.size() <= m_right.size() || m_self;
        const PackedLayer& from = search_right ? m_left : m_right;
        const PackedLayer& to = search_right ? m_right : m_left;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (!has_geometry(from, i)) {
                continue;
            }
            for (const std::uint32_t k : to.in_working_box(geom::grown(from.working_box(i), m_options.near.value()))) {
                const auto here = static_cast<std::uint32_t>(i);
                const auto [l, r] = search_right ? std::pair(here, k) : std::pair(k, here);
                const auto place = std::ranges::lower_bound(known, std::pair(l, r), {}, key);
                if (place == known.end() || key(*place) != std::pair(l, r)) {
                    add(l, r, Candidate::Source::near);
                }
            }
        }
    }

    void add(std::uint32_t left, std::uint32_t right, Candidate::Source source) {
        if (m_options.cancel != nullptr) {
            m_options.cancel->check();
        }
        if (m_self) {
            // Each unordered pair comes twice, and each feature meets itself.
            if (left < right) {
                m_found.pairs.push_back({.cells = {.left = left, .right = right}, .source = source});
            }
            return;
        }
        m_found.pairs.push_back({.cells = {.left = left, .right = right}, .source = source});
    }

    static std::pair<std::uint32_t, std::uint32_t> key(const Candidate& c) { return {c.cells.left, c.cells.right}; }

    void sort_pairs() {
        std::ranges::sort(m_found.pairs, {}, key);
        const auto same = [](const Candidate& a, const Candidate& b) { return key(a) == key(b); };
        m_found.pairs.erase(std::unique(m_found.pairs.begin(), m_found.pairs.end(), same), m_found.pairs.end());
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
    Candidates m_found;
};

}  // namespace

Candidates find_candidates(const PackedLayer& left, const PackedLayer& right, bool self,
                           const OverlapOptions& options) {
    return CandidateSearch(left, right, self, options).run();
}

PolygonsView polygons_of(const PackedLayer& layer) {
    const snapshot::GeometryColumnView flat = layer.working_geometries();
    return {.points = flat.points,
            .path_ends = flat.path_ends,
            .part_ends = flat.part_ends,
            .point_begins = flat.point_begins,
            .path_begins = flat.path_begins,
            .part_begins = flat.part_begins,
            .boxes = layer.working_boxes(),
            .areas_m2 = layer.working_areas_m2(),
            .types = flat.types};
}

}  // namespace ranh::overlay
