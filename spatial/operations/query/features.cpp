#include "spatial/operations/query/features.hpp"

#include "spatial/filter/field_conditions.hpp"
#include "spatial/operations/query/meets_box.hpp"

#include <algorithm>

namespace ranh::query {
namespace {

using snapshot::PackedLayer;

/// Places, in ascending order of id, of the features the boxes let through, those without geometry included.
std::vector<std::uint32_t> in_boxes(const PackedLayer& layer, const std::vector<geom::Box>& boxes) {
    std::vector<std::uint32_t> found;
    for (std::size_t i = layer.geometry_count(); i < layer.places(); ++i) {
        found.push_back(layer.id_rank(i));
    }
    for (const geom::Box& box : boxes) {
        for (const std::uint32_t i : layer.in_lonlat_box(box)) {
            if (meets_box(layer.lonlat(i), layer.lonlat_box(i), box)) {
                found.push_back(layer.id_rank(i));
            }
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

/// First place in ascending order of id whose id is greater than the cursor.
std::uint32_t rank_after(const PackedLayer& layer, const FeatureId& cursor) {
    std::uint32_t first = 0;
    auto count = static_cast<std::uint32_t>(layer.size());
    while (count > 0) {
        const std::uint32_t half = count / 2;
        if (layer.id_text(layer.by_id()[first + half]) <= cursor.text()) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/// Collects the page from places in order of id, handed over in ascending order.
class PageBuilder {
public:
    PageBuilder(const PackedLayer& layer, const FeatureQuery& query)
        : m_layer(layer), m_limit(query.limit), m_first(query.after ? rank_after(layer, *query.after) : 0) {}

    void take(std::uint32_t rank) {
        ++m_page.matched;
        if (rank < m_first) {
            return;
        }
        if (m_page.features.size() < m_limit) {
            m_page.features.push_back(m_layer.by_id()[rank]);
        } else if (!m_page.next && m_limit > 0) {
            m_page.next = m_layer.id(m_page.features.back());
        }
    }
    /// All features match: nothing has to be looked at.
    void take_all() {
        m_page.matched = m_layer.size();
        const std::size_t end = m_first + std::min<std::size_t>(m_limit, m_layer.size() - m_first);
        for (const std::uint32_t i : m_layer.by_id().subspan(m_first, end - m_first)) {
            m_page.features.push_back(i);
        }
        if (end < m_layer.size() && m_limit > 0) {
            m_page.next = m_layer.id(m_layer.by_id()[end - 1]);
        }
    }
    [[nodiscard]] FeaturePage finish() { return std::move(m_page); }

private:
    const PackedLayer& m_layer;
    std::size_t m_limit;
    std::size_t m_first;
    FeaturePage m_page;
};

}  // namespace

Result<FeaturePage> find_features(const PackedLayer& layer, const FeatureQuery& query) {
    const auto conditions = filter::FieldConditions::of(layer.version().description.schema, query.equals);
    if (!conditions) {
        return conditions.error();
    }
    PageBuilder page(layer, query);
    const auto take = [&](std::uint32_t rank) {
        const std::uint32_t i = layer.by_id()[rank];
        if (conditions.value().hold([&](std::size_t field) { return layer.value(i, field); })) {
            page.take(rank);
        }
    };
    if (query.lonlat_box) {
        std::vector<geom::Box> boxes{*query.lonlat_box};
        if (query.other_lonlat_box) {
            boxes.push_back(*query.other_lonlat_box);
        }
        for (const std::uint32_t rank : in_boxes(layer, boxes)) {
            take(rank);
        }
    } else if (conditions.value().empty()) {
        page.take_all();
    } else {
        for (std::uint32_t rank = 0; rank < layer.size(); ++rank) {
            take(rank);
        }
    }
    return page.finish();
}

}  // namespace ranh::query
