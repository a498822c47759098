#include "services/app/terminal.hpp"

#include <gtest/gtest.h>

namespace ranh::app {
namespace {

TEST(Padded, FillsUpToTheWidth) {
    EXPECT_EQ(padded("ab", 4), "ab  ");
    EXPECT_EQ(padded_left("ab", 4), "  ab");
}

TEST(Padded, CountsLettersWithAccentsAsOneColumn) {
    EXPECT_EQ(padded("Đắk", 5), "Đắk  ");
    EXPECT_EQ(padded_left("m²", 4), "  m²");
}

TEST(Padded, LeavesLongerTextWhole) {
    EXPECT_EQ(padded("abcdef", 4), "abcdef");
    EXPECT_EQ(padded_left("abcdef", 4), "abcdef");
}

}  // namespace
}  // namespace ranh::app
