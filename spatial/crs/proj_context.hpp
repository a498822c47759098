#pragma once

#include <proj.h>

#include <memory>

namespace ranh::crs::detail {

/// The calling thread's own PROJ context: made at first use, no network, silent; lives until the thread ends.
[[nodiscard]] PJ_CONTEXT* thread_context();

struct PjDeleter {
    void operator()(PJ* pj) const noexcept { proj_destroy(pj); }
};
using PjPointer = std::unique_ptr<PJ, PjDeleter>;

struct PjListDeleter {
    void operator()(PJ_OBJ_LIST* list) const noexcept { proj_list_destroy(list); }
};
using PjListPointer = std::unique_ptr<PJ_OBJ_LIST, PjListDeleter>;

/// "EPSG:code" as PROJ's registry has it; empty when it has no such system.
[[nodiscard]] PjPointer crs_from_registry(int epsg);

/// The thread's own PROJ object of pipeline `id` (see ProjPipeline); null when it is not made yet.
[[nodiscard]] PJ* cached_pipeline(std::size_t id) noexcept;
/// Keeps `pj` as the thread's own object of pipeline `id`.
void cache_pipeline(std::size_t id, PjPointer pj);

}  // namespace ranh::crs::detail
