#include "spatial/validation/area_limit.hpp"

#include <gtest/gtest.h>

namespace ranh::validation {
namespace {

struct Case {
    int scale;
    double area_m2;
    double limit_m2;
};

/// Check values of the annex.
TEST(AreaLimit, IsThatOfTheAnnex) {
    for (const Case& one : {Case{500, 20, 0.25}, Case{500, 100, 0.81}, Case{500, 300, 1.81}, Case{500, 1000, 4.11},
                            Case{1000, 300, 2.43}, Case{1000, 1000, 5.93}, Case{1000, 5000, 18.93},
                            Case{2000, 1000, 6.24}, Case{2000, 10000, 29.24}, Case{10000, 50, 0.5}}) {
        EXPECT_NEAR(area_limit_m2(one.scale, one.area_m2).value(), one.limit_m2, 1e-9)
            << "1:" << one.scale << ", " << one.area_m2 << " m2";
    }
}

TEST(AreaLimit, GrowsWithTheArea) {
    for (const int scale : limited_scales()) {
        double before = 0.0;
        for (double area_m2 = 1.0; area_m2 < 1e6; area_m2 *= 1.3) {
            const double limit_m2 = area_limit_m2(scale, area_m2).value();
            EXPECT_GE(limit_m2, before);
            before = limit_m2;
        }
    }
}

TEST(AreaLimit, IsNoneForAnotherScale) {
    EXPECT_EQ(area_limit_m2(750, 100.0), std::nullopt);
    EXPECT_EQ(area_limit_m2(0, 100.0), std::nullopt);
}

}  // namespace
}  // namespace ranh::validation
