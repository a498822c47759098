#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

namespace ranh {

/// Takes numbered things from several threads in any order and hands them on one by one, 0 first, none left out.
///
/// Cost     keeps what came before its turn; little, when the numbers are given out in order.
/// Threads  put() from any number of threads; `take` is called by one of them at a time.
/// Errors   what `take` throws leaves put(); nothing is handed on after that.
template <typename T>
class InOrder {
public:
    explicit InOrder(std::function<void(T&&)> take) : m_take(std::move(take)) {}

    void put(std::size_t number, T thing) {
        const std::lock_guard lock(m_mutex);
        m_early.emplace(number, std::move(thing));
        for (auto next = m_early.find(m_next); next != m_early.end() && !m_stopped; next = m_early.find(m_next)) {
            auto mine = m_early.extract(next);
            ++m_next;
            m_stopped = true;  // unless take returns
            m_take(std::move(mine.mapped()));
            m_stopped = false;
        }
    }

private:
    std::function<void(T&&)> m_take;
    std::mutex m_mutex;
    std::map<std::size_t, T> m_early;
    std::size_t m_next = 0;
    bool m_stopped = false;
};

}  // namespace ranh
