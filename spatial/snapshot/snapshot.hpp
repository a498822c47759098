#pragma once

#include "spatial/base/date.hpp"
#include "spatial/snapshot/packed_layer.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ranh::snapshot {

/// The immutable state a request sees: packed layers, at most one version per layer, in order of their ids.
class Snapshot {
public:
    Snapshot(std::vector<std::shared_ptr<const PackedLayer>> layers, Date at, Timestamp known_at);
    [[nodiscard]] const std::vector<std::shared_ptr<const PackedLayer>>& layers() const { return m_layers; }
    /// Null when there is no such layer.
    [[nodiscard]] std::shared_ptr<const PackedLayer> find(const LayerId& id) const;
    [[nodiscard]] Date at() const { return m_at; }
    [[nodiscard]] Timestamp known_at() const { return m_known_at; }
    /// Changes whenever a layer, its version or its content changes; hexadecimal.
    [[nodiscard]] const std::string& revision() const { return m_revision; }

private:
    std::vector<std::shared_ptr<const PackedLayer>> m_layers;
    Date m_at;
    Timestamp m_known_at;
    std::string m_revision;
};

/// All an operation can see: one snapshot, later narrowed by what the caller may see.
class SnapshotView {
public:
    explicit SnapshotView(std::shared_ptr<const Snapshot> snapshot) : m_snapshot(std::move(snapshot)) {}
    [[nodiscard]] const Snapshot& snapshot() const { return *m_snapshot; }
    [[nodiscard]] std::vector<std::shared_ptr<const PackedLayer>> layers() const { return m_snapshot->layers(); }
    /// Failure not_found naming the layers there are.
    [[nodiscard]] std::shared_ptr<const PackedLayer> layer(const LayerId& id) const;

private:
    std::shared_ptr<const Snapshot> m_snapshot;
};

/// Holds the current snapshot; swapping it is the only shared change.
class Catalog {
public:
    explicit Catalog(std::shared_ptr<const Snapshot> first) : m_current(std::move(first)) {}
    [[nodiscard]] std::shared_ptr<const Snapshot> current() const;
    void swap(std::shared_ptr<const Snapshot> next);

private:
    mutable std::mutex m_guard;
    std::shared_ptr<const Snapshot> m_current;
};

}  // namespace ranh::snapshot
