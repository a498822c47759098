#pragma once

#include "spatial/base/progress.hpp"

#include <cstddef>
#include <functional>

namespace ranh {

/// Number of threads to use by default: the hardware's, at least 1.
[[nodiscard]] unsigned default_thread_count();

/// Runs task(i) for every i in [0, count), taken one by one from a shared counter by `threads` threads (the caller's is
/// one of them). Results must go into slot i, so that they do not depend on the number of threads.
///
/// Errors   the exception of the smallest failing index is thrown again after all threads have stopped; no new task
/// starts
///          after a failure or after cancel->stop().
void for_each_index(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task,
                    const CancelToken* cancel = nullptr);

}  // namespace ranh
