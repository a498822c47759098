#include "spatial/operations/rules/duplicates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::rules {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Duplicates, NameTheFirstForEachLaterOne) {
    const std::vector<std::string> texts = {"a", "b", "a", "", "c", "b", "a"};
    const auto text = [&](std::uint32_t rank) { return texts[rank]; };
    std::vector<std::uint64_t> hashes;
    for (const std::string& one : texts) {
        hashes.push_back(one.empty() ? 0 : text_hash(one));
    }
    EXPECT_THAT(find_duplicates(hashes, text), ElementsAre(Pair(2U, 0U), Pair(5U, 1U), Pair(6U, 0U)));
}

TEST(Duplicates, AskForTheTextWhereHashesFallTogether) {
    const std::vector<std::string> texts = {"a", "b", "b"};
    const std::vector<std::uint64_t> hashes = {7, 7, 7};
    EXPECT_THAT(find_duplicates(hashes, [&](std::uint32_t rank) { return texts[rank]; }), ElementsAre(Pair(2U, 1U)));
}

}  // namespace
}  // namespace ranh::rules
