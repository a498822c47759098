#include "spatial/snapshot/snapshot.hpp"

#include "spatial/base/assert.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh::snapshot {
namespace {

bool by_id(const std::shared_ptr<const PackedLayer>& a, const std::shared_ptr<const PackedLayer>& b) {
    return a->version().layer < b->version().layer;
}

std::string revision_of(const std::vector<std::shared_ptr<const PackedLayer>>& layers) {
    Sha256Stream stream;
    for (const auto& layer : layers) {
        const model::LayerVersion& version = layer->version();
        const model::LayerDescription& description = version.description;
        const auto day = [](const std::optional<Date>& date) { return date ? date->to_string() : std::string("-"); };
        stream.add(fmt::format("{} {} {} {} {} {} '{}'\n", version.name(), version.content_hash.hex(),
                               model::to_string(description.kind), model::to_string(description.status),
                               day(description.validity.from()), day(description.validity.last()),
                               description.superseded_by));
    }
    return stream.finish().hex();
}

}  // namespace

Snapshot::Snapshot(std::vector<std::shared_ptr<const PackedLayer>> layers, Date at, Timestamp known_at)
    : m_layers(std::move(layers)), m_at(at), m_known_at(known_at) {
    std::sort(m_layers.begin(), m_layers.end(), by_id);
    const auto twice = std::adjacent_find(m_layers.begin(), m_layers.end(), [](const auto& a, const auto& b) {
        return a->version().layer == b->version().layer;
    });
    RANH_ASSERT(twice == m_layers.end());
    m_revision = revision_of(m_layers);
}

std::shared_ptr<const PackedLayer> Snapshot::find(const LayerId& id) const {
    const auto found =
        std::find_if(m_layers.begin(), m_layers.end(), [&](const auto& layer) { return layer->version().layer == id; });
    return found == m_layers.end() ? nullptr : *found;
}

std::shared_ptr<const PackedLayer> SnapshotView::layer(const LayerId& id) const {
    if (auto found = m_snapshot->find(id)) {
        return found;
    }
    std::string names;
    for (const auto& layer : m_snapshot->layers()) {
        names += (names.empty() ? "" : ", ") + layer->version().layer.text();
    }
    throw Failure(ErrorKind::not_found, names.empty() ? fmt::format("there is no layer '{}'; no layer stands on {}",
                                                                    id.text(), m_snapshot->at().to_string())
                                                      : fmt::format("there is no layer '{}' on {}; there are: {}",
                                                                    id.text(), m_snapshot->at().to_string(), names));
}

std::shared_ptr<const Snapshot> Catalog::current() const {
    const std::lock_guard lock(m_guard);
    return m_current;
}

void Catalog::swap(std::shared_ptr<const Snapshot> next) {
    RANH_ASSERT(next != nullptr);
    const std::lock_guard lock(m_guard);
    m_current.swap(next);  // the old one is let go after the lock, by `next`
}

}  // namespace ranh::snapshot
