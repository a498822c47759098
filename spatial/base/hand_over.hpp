#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace ranh {

/// Things that one thread gives and another takes, in the order given, with a bounded number on the way.
///
/// Threads  one gives and ends, one takes and stops.
template <typename T>
class HandOver {
public:
    explicit HandOver(std::size_t most) : m_most(most) {}

    /// Waits until there is room. False when the taker has stopped: nothing is taken any more.
    [[nodiscard]] bool give(T thing) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_stopped || m_things.size() < m_most; });
        if (!m_stopped) {
            m_things.push_back(std::move(thing));
            m_changed.notify_all();
        }
        return !m_stopped;
    }
    /// Nothing more comes; `failure` is what ended the giver before its time.
    void end(std::exception_ptr failure = nullptr) {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_failure = std::move(failure);
        m_changed.notify_all();
    }

    /// Waits for the next thing. Nothing at the end; throws the giver's failure behind all that was given before it.
    [[nodiscard]] std::optional<T> take() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_ended || !m_things.empty(); });
        if (m_things.empty()) {
            if (m_failure) {
                std::rethrow_exception(m_failure);
            }
            return std::nullopt;
        }
        T thing = std::move(m_things.front());
        m_things.pop_front();
        m_changed.notify_all();
        return thing;
    }
    /// Drops what is on the way and lets a waiting giver go.
    void stop() {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_things.clear();
        m_changed.notify_all();
    }

private:
    std::size_t m_most;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<T> m_things;
    std::exception_ptr m_failure;
    bool m_ended = false;
    bool m_stopped = false;
};

}  // namespace ranh
