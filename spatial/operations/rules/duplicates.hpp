#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ranh::rules {

/// The features (ranks) whose texts are those of an earlier one: (later, first) for each, ascending by the later one.
///
/// `hashes[rank]` is a hash of the text of a feature, 0 where it has none; `text(rank)` is asked only where two hashes
/// are equal. Cost O(n log n).
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> find_duplicates(
    std::span<const std::uint64_t> hashes, const std::function<std::string(std::uint32_t)>& text);

/// Never 0.
[[nodiscard]] std::uint64_t text_hash(const std::string& text);

}  // namespace ranh::rules
