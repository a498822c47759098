#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ranh::algorithm {

/// Calls visit(a, b) once for every pair of items, one of each list, whose closed intervals [x0, x1] meet, until a call
/// returns false. May sort both lists by x0.
///
/// Cost   O(n log n + pairs). The order of the calls depends only on the two lists.
/// Items  anything with members x0 <= x1.
template <typename Item, typename Visit>
void sweep_pairs(std::span<Item> left, std::span<Item> right, Visit&& visit) {
    constexpr std::size_t few_pairs = 256;  // below it looking at all costs less than sorting
    if (left.size() * right.size() <= few_pairs) {
        for (const Item& a : left) {
            for (const Item& b : right) {
                if (a.x0 <= b.x1 && b.x0 <= a.x1 && !visit(a, b)) {
                    return;
                }
            }
        }
        return;
    }
    const auto starts_first = [](const Item& p, const Item& q) { return p.x0 < q.x0; };
    std::sort(left.begin(), left.end(), starts_first);
    std::sort(right.begin(), right.end(), starts_first);

    // Items already met and still open, per side.
    thread_local std::vector<std::uint32_t> open_left;
    thread_local std::vector<std::uint32_t> open_right;
    open_left.clear();
    open_right.clear();

    // Pairs `item` with the open items of the other side; those that ended before it are dropped on the way.
    const auto meet = [](const Item& item, std::span<Item> others, std::vector<std::uint32_t>& open, auto&& call) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < open.size(); ++i) {
            const std::uint32_t index = open[i];
            if (others[index].x1 < item.x0) {
                continue;
            }
            open[kept++] = index;
            if (!call(others[index])) {
                return false;
            }
        }
        open.resize(kept);
        return true;
    };

    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() || j < right.size()) {
        const bool take_left = j == right.size() || (i < left.size() && left[i].x0 <= right[j].x0);
        if (take_left) {
            const Item& item = left[i];
            if (!meet(item, right, open_right, [&](const Item& other) { return visit(item, other); })) {
                return;
            }
            open_left.push_back(static_cast<std::uint32_t>(i++));
        } else {
            const Item& item = right[j];
            if (!meet(item, left, open_left, [&](const Item& other) { return visit(other, item); })) {
                return;
            }
            open_right.push_back(static_cast<std::uint32_t>(j++));
        }
    }
}

}  // namespace ranh::algorithm
