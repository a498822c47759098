#include "importers/vector/dgn_walk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace ranh::vector {
namespace {

/// An element of so many bytes, zero but for its header.
std::string element(int type, std::size_t bytes = 40, unsigned flags = 0, int level = 10) {
    std::string text(bytes, '\0');
    const std::size_t words = (bytes - 4) / 2;
    text[0] = static_cast<char>(static_cast<unsigned>(level) | (flags & 0x80U));
    text[1] = static_cast<char>(type);
    text[2] = static_cast<char>(words % 256);
    text[3] = static_cast<char>(words / 256);
    return text;
}

constexpr unsigned complex = 0x80;
const std::string mark = "\xFF\xFF";

TEST(DgnWalk, EndsAtTheMark) {
    const std::string bytes = element(9, 1536) + element(3) + element(17) + mark;
    const auto walk = walk_dgn(bytes);
    EXPECT_EQ(walk.elements.size(), 3U);
    EXPECT_EQ(walk.elements[1].type, 3);
    EXPECT_EQ(walk.elements[1].level, 10);
    EXPECT_EQ(walk.elements[2].offset, 1576U);
    EXPECT_EQ(walk.end, DgnEnd::marker);
    EXPECT_EQ(walk.end_offset, bytes.size());
    EXPECT_TRUE(walk.behind.empty());
}

TEST(DgnWalk, FindsTheElementsBehindAMarkThatCameTooEarly) {
    const std::string bytes = element(9, 1536) + element(3) + mark + element(3) + element(4) + element(17) + mark;
    const auto walk = walk_dgn(bytes);
    EXPECT_EQ(walk.elements.size(), 2U);
    EXPECT_EQ(walk.behind.size(), 3U);
}

TEST(DgnWalk, SaysThatTheLastElementWasCutOff) {
    const std::string whole = element(9, 1536) + element(3) + element(4, 200);
    const auto walk = walk_dgn(std::string_view(whole).substr(0, whole.size() - 10));
    EXPECT_EQ(walk.elements.size(), 2U);
    EXPECT_EQ(walk.end, DgnEnd::cut_off);
    EXPECT_EQ(walk.end_offset, 1576U);
}

TEST(DgnWalk, KnowsDeletedElementsAndMembersOfGroups) {
    std::string deleted = element(3);
    deleted[1] = static_cast<char>(0x83);
    std::string chain = element(12, 48);
    chain[38] = 2;
    const std::string bytes = deleted + chain + element(3, 40, complex) + element(16, 40, complex) + element(34) +
                              element(3, 40, complex) + element(17) + mark;
    const auto walk = walk_dgn(bytes);
    ASSERT_EQ(walk.elements.size(), 7U);
    EXPECT_TRUE(walk.elements[0].deleted);
    EXPECT_EQ(walk.elements[0].type, 3);
    EXPECT_FALSE(walk.elements[1].in_chain);
    EXPECT_TRUE(walk.elements[2].in_chain);
    EXPECT_TRUE(walk.elements[3].in_chain);
    EXPECT_FALSE(walk.elements[4].in_chain);
    EXPECT_TRUE(walk.elements[5].in_shared);
    EXPECT_FALSE(walk.elements[6].in_shared);
}

TEST(DgnWalk, TakesAnyBytes) {
    EXPECT_EQ(walk_dgn("").end, DgnEnd::end_of_file);
    EXPECT_EQ(walk_dgn("\x0A").end, DgnEnd::end_of_file);
    EXPECT_EQ(walk_dgn(std::string(64, '\0')).end, DgnEnd::no_element);
    EXPECT_TRUE(is_dgn_v7(std::string("\x08\x09\xFE\x02", 4)));
    EXPECT_FALSE(is_dgn_v7("\xD0\xCF\x11\xE0"));
}

TEST(DgnType, HasANameAndADuty) {
    EXPECT_EQ(dgn_type_name(17), "text");
    EXPECT_EQ(duty_of(17), DgnDuty::deliver);
    EXPECT_EQ(duty_of(2), DgnDuty::none);
    EXPECT_EQ(duty_of(35), DgnDuty::not_read);
    EXPECT_EQ(duty_of(99), DgnDuty::not_read);
}

}  // namespace
}  // namespace ranh::vector
