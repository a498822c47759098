#include "spatial/operations/overlay/pair_outlines.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/base/task_pool.hpp"

#include <vector>

namespace ranh::overlay {
namespace {

using algorithm::NearOutline;
using algorithm::OutlineIndex;

/// Outlines with more points are indexed; below it a copy costs less than looking which points are near.
constexpr std::size_t long_outline = 64;

NearOutline whole_outline(const geom::GeometryView& feature) {
    NearOutline outline;
    for (std::size_t part = 0; part < feature.part_count(); ++part) {
        const auto [first, end] = feature.part(part);
        for (std::size_t path = first; path < end; ++path) {
            const bool counter_clockwise = algorithm::is_counter_clockwise(feature.path(path));
            outline.rings.add_path(feature.path(path));
            outline.turns.push_back(counter_clockwise == (path == first) ? 1 : -1);
        }
    }
    outline.rings.end_part();
    return outline;
}

}  // namespace

PairOutlines::PairOutlines(const snapshot::PackedLayer& layer, std::span<const std::uint32_t> features,
                           unsigned threads)
    : m_layer(layer) {
    std::vector<std::uint32_t> longs;
    for (const std::uint32_t feature : features) {
        if (view(Plane::working, feature).points.size() > long_outline ||
            view(Plane::source, feature).points.size() > long_outline) {
            longs.push_back(feature);
        }
    }
    std::vector<Indexes> indexes(longs.size());
    for_each_index(longs.size(), threads, [&](std::size_t i) {
        indexes[i].source = std::make_unique<const OutlineIndex>(view(Plane::source, longs[i]));
        indexes[i].working = std::make_unique<const OutlineIndex>(view(Plane::working, longs[i]));
    });
    for (std::size_t i = 0; i < longs.size(); ++i) {
        m_long.emplace(longs[i], std::move(indexes[i]));
    }
}

const OutlineIndex* PairOutlines::index_of(Plane plane, std::uint32_t feature) const {
    const auto found = m_long.find(feature);
    if (found == m_long.end()) {
        return nullptr;
    }
    return plane == Plane::source ? found->second.source.get() : found->second.working.get();
}

geom::Box PairOutlines::box(Plane plane, std::uint32_t feature) const {
    if (plane == Plane::working) {
        return m_layer.working_box(feature);
    }
    const OutlineIndex* index = index_of(plane, feature);
    return index != nullptr ? index->box() : view(plane, feature).box().value_or(geom::Box{});
}

NearOutline PairOutlines::near(Plane plane, std::uint32_t feature, const geom::Box& region) const {
    const OutlineIndex* index = index_of(plane, feature);
    return index != nullptr ? index->near(index->reach_of(region)) : whole_outline(view(plane, feature));
}

}  // namespace ranh::overlay
