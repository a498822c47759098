#include "spatial/crs/proj_context.hpp"

#include <string>
#include <vector>

namespace ranh::crs::detail {

namespace {

/// A context and the objects made in it; the objects go first.
class ThreadState {
public:
    ThreadState() : m_context(proj_context_create()) {
        proj_context_set_enable_network(m_context, 0);
        proj_log_level(m_context, PJ_LOG_NONE);
    }
    ThreadState(const ThreadState&) = delete;
    ThreadState& operator=(const ThreadState&) = delete;
    ~ThreadState() {
        m_pipelines.clear();
        proj_context_destroy(m_context);
    }

    [[nodiscard]] PJ_CONTEXT* context() const { return m_context; }
    [[nodiscard]] std::vector<PjPointer>& pipelines() { return m_pipelines; }

private:
    PJ_CONTEXT* m_context;
    std::vector<PjPointer> m_pipelines;
};

ThreadState& thread_state() {
    thread_local ThreadState state;
    return state;
}

}  // namespace

PJ_CONTEXT* thread_context() { return thread_state().context(); }

PjPointer crs_from_registry(int epsg) {
    return PjPointer(
        proj_create_from_database(thread_context(), "EPSG", std::to_string(epsg).c_str(), PJ_CATEGORY_CRS, 0, nullptr));
}

PJ* cached_pipeline(std::size_t id) noexcept {
    const auto& pipelines = thread_state().pipelines();
    return id < pipelines.size() ? pipelines[id].get() : nullptr;
}

void cache_pipeline(std::size_t id, PjPointer pj) {
    auto& pipelines = thread_state().pipelines();
    if (pipelines.size() <= id) {
        pipelines.resize(id + 1);
    }
    pipelines[id] = std::move(pj);
}

}  // namespace ranh::crs::detail
