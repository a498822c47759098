#include "spatial/base/task_pool.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace ranh {

unsigned default_thread_count() { return std::max(1U, std::thread::hardware_concurrency()); }

void for_each_index(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task,
                    const CancelToken* cancel) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    std::mutex guard;
    std::exception_ptr failure;
    std::size_t failure_index = std::numeric_limits<std::size_t>::max();

    const auto work = [&] {
        while (!failed.load(std::memory_order_relaxed)) {
            const std::size_t index = next.fetch_add(1);
            if (index >= count) {
                return;
            }
            try {
                if (cancel != nullptr) {
                    cancel->check();
                }
                task(index);
            } catch (...) {
                const std::lock_guard lock(guard);
                failed = true;
                if (index < failure_index) {
                    failure_index = index;
                    failure = std::current_exception();
                }
            }
        }
    };

    const std::size_t helpers = std::min<std::size_t>(std::max(1U, threads), std::max<std::size_t>(count, 1)) - 1;
    {
        std::vector<std::jthread> pool;
        pool.reserve(helpers);
        for (std::size_t i = 0; i < helpers; ++i) {
            pool.emplace_back(work);
        }
        work();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace ranh
