#pragma once

#include "spatial/snapshot/snapshot.hpp"
#include "spatial/store/publisher.hpp"

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace ranh::app {

/// The snapshots a server answers from: the current one, made anew when the store tells of a change, else within a
/// second after it, and when the day turned, and those of other dates on demand (the last four are kept).
///
/// Threads  any; one thread of its own watches the workspace.
class LiveSnapshots {
public:
    /// Loads the first snapshot. `fixed_at`, `fixed_known_at`: dates of the server when given on its command line; else
    /// today and now, moving on.
    LiveSnapshots(std::unique_ptr<store::Workspace> workspace, std::optional<Date> fixed_at,
                  std::optional<Timestamp> fixed_known_at);
    ~LiveSnapshots();
    LiveSnapshots(const LiveSnapshots&) = delete;
    LiveSnapshots& operator=(const LiveSnapshots&) = delete;

    [[nodiscard]] std::shared_ptr<const snapshot::Catalog> catalog() const { return m_catalog; }
    /// The snapshot of other dates; absent ones mean those of the server.
    [[nodiscard]] std::shared_ptr<const snapshot::Snapshot> at(std::optional<Date> at,
                                                               std::optional<Timestamp> known_at);
    /// Layers saved from versions that have newer ones, by name.
    [[nodiscard]] bool is_stale(const model::LayerVersion& version) const;

private:
    void watch();
    void refresh();
    [[nodiscard]] Date today() const { return m_fixed_at.value_or(Date::today()); }
    [[nodiscard]] Timestamp now() const { return m_fixed_known_at.value_or(Timestamp::now()); }

    std::optional<Date> m_fixed_at;
    std::optional<Timestamp> m_fixed_known_at;
    mutable std::mutex m_guard;  // workspace, versions and kept snapshots
    std::unique_ptr<store::Workspace> m_workspace;
    store::Publisher m_publisher;
    std::vector<model::LayerVersion> m_versions;
    std::int64_t m_seen = 0;
    std::list<std::shared_ptr<const snapshot::Snapshot>> m_kept;
    std::shared_ptr<snapshot::Catalog> m_catalog;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_told = false;  // by the store: there may be a change
    std::thread m_watcher;
    std::unique_ptr<store::ChangeListener> m_listener;
};

}  // namespace ranh::app
