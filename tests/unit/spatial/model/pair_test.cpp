#include "spatial/model/pair.hpp"

#include <gtest/gtest.h>

namespace ranh::model {
namespace {

TEST(Pair, WritesRelationsAndSizesAsWords) {
    EXPECT_EQ(to_string(Relation::contains), "contains");
    EXPECT_EQ(to_string(Relation::within), "within");
    EXPECT_EQ(to_string(Relation::equals), "equals");
    EXPECT_EQ(to_string(Relation::crosses), "crosses");
    EXPECT_EQ(to_string(Relation::touches), "touches");
    EXPECT_EQ(to_string(Relation::near), "near");
    EXPECT_EQ(to_string(SizeClass::overlap), "overlap");
    EXPECT_EQ(to_string(SizeClass::sliver), "sliver");
    EXPECT_EQ(to_string(SizeClass::none), "none");
}

}  // namespace
}  // namespace ranh::model
