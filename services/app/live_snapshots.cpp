#include "services/app/live_snapshots.hpp"

#include "services/app/stale.hpp"
#include "spatial/store/snapshot_loader.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

namespace ranh::app {
namespace {

constexpr std::size_t snapshots_kept = 4;
constexpr std::chrono::milliseconds watch_interval{500};
/// Where the store tells of changes: for those it could not tell of, while the connection was lost.
constexpr std::chrono::milliseconds interval_when_told{5000};

}  // namespace

LiveSnapshots::LiveSnapshots(std::unique_ptr<store::Workspace> workspace, std::optional<Date> fixed_at,
                             std::optional<Timestamp> fixed_known_at)
    : m_fixed_at(fixed_at),
      m_fixed_known_at(fixed_known_at),
      m_workspace(std::move(workspace)),
      m_publisher(*m_workspace, [](std::string_view sentence) { spdlog::warn("{}", sentence); }) {
    m_seen = m_workspace->change_counter();
    m_versions = m_workspace->versions();
    m_catalog = std::make_shared<snapshot::Catalog>(store::load_snapshot(m_publisher, today(), now()));
    m_listener = m_workspace->listen([this] {
        {
            const std::lock_guard lock(m_guard);
            m_told = true;
        }
        m_wake.notify_all();
    });
    m_watcher = std::thread([this] { watch(); });
}

LiveSnapshots::~LiveSnapshots() {
    {
        const std::lock_guard lock(m_guard);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_watcher.join();
    m_listener.reset();
}

void LiveSnapshots::watch() {
    std::unique_lock lock(m_guard);
    const auto interval = m_listener ? interval_when_told : watch_interval;
    for (;;) {
        m_wake.wait_for(lock, interval, [this] { return m_stopping || m_told; });
        if (m_stopping) {
            return;
        }
        m_told = false;
        try {
            refresh();
        } catch (const std::exception& error) {
            spdlog::warn("the workspace cannot be read just now, the last state goes on being served: {}",
                         error.what());
        }
    }
}

void LiveSnapshots::refresh() {
    const std::int64_t counter = m_workspace->change_counter();
    const auto current = m_catalog->current();
    if (counter == m_seen && current->at() == today()) {
        return;
    }
    m_versions = m_workspace->versions();
    m_catalog->swap(store::load_snapshot(m_publisher, today(), now(), nullptr, current.get()));
    m_seen = counter;
    m_kept.clear();
    spdlog::info("serving revision {}", m_catalog->current()->revision().substr(0, 12));
}

std::shared_ptr<const snapshot::Snapshot> LiveSnapshots::at(std::optional<Date> at, std::optional<Timestamp> known_at) {
    auto current = m_catalog->current();
    if ((!at || *at == current->at()) && !known_at) {
        return current;
    }
    const std::lock_guard lock(m_guard);
    const Date date = at.value_or(today());
    const Timestamp moment = known_at.value_or(now());
    const auto found = std::find_if(m_kept.begin(), m_kept.end(), [&](const auto& kept) {
        return kept->at() == date && (known_at ? kept->known_at() == moment : kept->known_at() >= current->known_at());
    });
    if (found != m_kept.end()) {
        m_kept.splice(m_kept.begin(), m_kept, found);
        return m_kept.front();
    }
    m_kept.push_front(store::load_snapshot(m_publisher, date, moment, nullptr, current.get()));
    if (m_kept.size() > snapshots_kept) {
        m_kept.pop_back();
    }
    return m_kept.front();
}

bool LiveSnapshots::is_stale(const model::LayerVersion& version) const {
    const std::lock_guard lock(m_guard);
    return app::is_stale(version, m_versions);
}

}  // namespace ranh::app
