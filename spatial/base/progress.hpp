#pragma once

#include "spatial/base/error.hpp"

#include <atomic>
#include <cstdint>
#include <functional>

namespace ranh {

/// Tells running work to stop. stop() may be called from any thread and from a signal handler.
class CancelToken {
public:
    void stop() noexcept { m_stopped.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool stopped() const noexcept { return m_stopped.load(std::memory_order_relaxed); }
    /// Throws Failure of kind cancelled when stop() was called; long loops call it every few thousand steps.
    void check() const {
        if (stopped()) {
            throw Failure(ErrorKind::cancelled, "the work was stopped before it was done; nothing was changed");
        }
    }

private:
    std::atomic<bool> m_stopped{false};
};

/// Told how far long work is: units done of units in all (0 in all: unknown). May be called from any thread.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

}  // namespace ranh
