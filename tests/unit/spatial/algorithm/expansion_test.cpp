#include "spatial/algorithm/expansion.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

Expansion sum_of(std::initializer_list<double> terms) {
    Expansion result;
    for (const double term : terms) {
        result.add(term);
    }
    return result;
}

TEST(Expansion, OfNothingIsZero) {
    EXPECT_EQ(Expansion().sign(), 0);
    EXPECT_EQ(sum_of({0.0, -0.0}).sign(), 0);
}

TEST(Expansion, KeepsATermThatPlainAdditionLoses) {
    EXPECT_EQ(sum_of({1e300, 1e-300, -1e300}).sign(), 1);
    EXPECT_EQ(sum_of({1e300, -1e-300, -1e300}).sign(), -1);
    EXPECT_EQ(sum_of({0.1, 0.2, -0.3}).sign(), 1);  // the doubles nearest to these numbers do not add up
    EXPECT_EQ(sum_of({0.5, 0.25, -0.75}).sign(), 0);
}

TEST(Expansion, HoldsProductsExactly) {
    Expansion difference;
    difference.add_product(1.0 + 0x1p-52, 1.0 - 0x1p-52);
    difference.add(-1.0);
    EXPECT_EQ(difference.sign(), -1);
    difference.add(0x1p-104);
    EXPECT_EQ(difference.sign(), 0);
}

TEST(SignOfDeterminant, SeesTheLastBit) {
    const auto one = [](double value) { return sum_of({value}); };
    EXPECT_EQ(sign_of_determinant(one(3), one(2), one(6), one(4)), 0);
    EXPECT_EQ(sign_of_determinant(one(1.0 + 0x1p-52), one(1.0), one(1.0), one(1.0 - 0x1p-52)), -1);
    EXPECT_EQ(sign_of_determinant(sum_of({1.0, 0x1p-80}), one(1.0), one(1.0), one(1.0)), 1);
}

}  // namespace
}  // namespace ranh::algorithm
