#include "spatial/base/units.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace ranh {
namespace {

TEST(Units, CompareByValue) {
    EXPECT_LT(Metres(1.0), Metres(2.0));
    EXPECT_EQ(SquareMetres(3.0).value(), 3.0);
    EXPECT_EQ(Degrees().value(), 0.0);
}

TEST(Units, NeverMix) {
    static_assert(!std::is_convertible_v<double, Metres>);
    static_assert(!std::is_convertible_v<Metres, double>);
    static_assert(!std::is_constructible_v<SquareMetres, Metres>);
    static_assert(!std::is_constructible_v<Degrees, Metres>);
}

}  // namespace
}  // namespace ranh
