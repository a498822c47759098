#include "importers/pipeline/unique_ids.hpp"

#include "spatial/base/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>

namespace ranh::pipeline {

namespace {

std::uint64_t hash_of(std::string_view id) { return std::hash<std::string_view>{}(id); }

/// Digest of everything but the id; orders features whatever the order of the file.
std::string content_of(const model::Feature& feature) {
    Sha256Stream digest;
    digest.add(feature.crs.code());
    if (feature.geometry) {
        const geom::GeometryView view = feature.geometry->view();
        digest.add(geom::to_string(view.type));
        digest.add(std::as_bytes(view.points));
        digest.add(std::as_bytes(view.path_ends));
        digest.add(std::as_bytes(view.part_ends));
    }
    for (const auto& value : feature.values) {
        const std::string text = model::to_text(value);
        digest.add(fmt::format("|{}:{}:", value.index(), text.size()));
        digest.add(text);
    }
    return digest.finish().hex();
}

}  // namespace

void UniqueIds::count(std::string_view id) { m_hashes.push_back(hash_of(id)); }

void UniqueIds::freeze() {
    std::sort(m_hashes.begin(), m_hashes.end());
    for (std::size_t i = 1; i < m_hashes.size(); ++i) {
        if (m_hashes[i] == m_hashes[i - 1] && (m_repeated.empty() || m_repeated.back() != m_hashes[i])) {
            m_repeated.push_back(m_hashes[i]);
        }
    }
    m_hashes.erase(std::unique(m_hashes.begin(), m_hashes.end()), m_hashes.end());
    m_hashes.shrink_to_fit();
}

bool UniqueIds::occurs(std::string_view id) const {
    return std::binary_search(m_hashes.begin(), m_hashes.end(), hash_of(id));
}

bool UniqueIds::repeats(std::string_view id) const {
    return std::binary_search(m_repeated.begin(), m_repeated.end(), hash_of(id));
}

void UniqueIds::accept(model::Feature feature, const Sink& sink) {
    if (repeats(feature.id.text())) {
        m_held[feature.id.text()].push_back(std::move(feature));
    } else {
        sink(std::move(feature));
    }
}

void UniqueIds::release(const Sink& sink) {
    for (auto& [id, features] : m_held) {
        std::vector<std::pair<std::string, std::size_t>> order;
        for (std::size_t i = 0; i < features.size(); ++i) {
            order.emplace_back(content_of(features[i]), i);
        }
        std::sort(order.begin(), order.end());
        if (features.size() > 1) {
            m_repeated_ids.push_back(id);
        }
        std::size_t number = 1;
        for (std::size_t k = 0; k < order.size(); ++k) {
            model::Feature& feature = features[order[k].second];
            if (k > 0) {
                std::string name;
                do {
                    name = fmt::format("{}~{}", id, ++number);
                } while (occurs(name));
                feature.id = FeatureId(name);
                ++m_renamed;
            }
            sink(std::move(feature));
        }
    }
    m_held.clear();
}

}  // namespace ranh::pipeline
