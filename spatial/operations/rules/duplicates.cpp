#include "spatial/operations/rules/duplicates.hpp"

#include <algorithm>
#include <map>

namespace ranh::rules {

std::uint64_t text_hash(const std::string& text) {
    const std::uint64_t hash = std::hash<std::string>{}(text);
    return hash == 0 ? 1 : hash;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> find_duplicates(
    std::span<const std::uint64_t> hashes, const std::function<std::string(std::uint32_t)>& text) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted;
    sorted.reserve(hashes.size());
    for (std::uint32_t rank = 0; rank < hashes.size(); ++rank) {
        if (hashes[rank] != 0) {
            sorted.emplace_back(hashes[rank], rank);
        }
    }
    std::ranges::sort(sorted);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    for (std::size_t first = 0, end = 0; first < sorted.size(); first = end) {
        while (end < sorted.size() && sorted[end].first == sorted[first].first) {
            ++end;
        }
        if (end - first < 2) {
            continue;
        }
        std::map<std::string, std::uint32_t> first_of;  // other texts may have the same hash
        for (std::size_t i = first; i < end; ++i) {
            const auto [known, is_new] = first_of.try_emplace(text(sorted[i].second), sorted[i].second);
            if (!is_new) {
                found.emplace_back(sorted[i].second, known->second);
            }
        }
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace ranh::rules
