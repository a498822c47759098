#include "services/params/bbox.hpp"

#include <gtest/gtest.h>

namespace ranh::params {
namespace {

TEST(ParseBbox, TakesFourOrSixNumbers) {
    const std::vector<geom::Box> expected{{{107.1, 11.5}, {108.7, 12.25}}};
    EXPECT_EQ(parse_bbox("107.1,11.5,108.7,12.25").value(), expected);
    EXPECT_EQ(parse_bbox("107.1,11.5,-50,108.7,12.25,1e3").value(), expected);
}

TEST(ParseBbox, WestGreaterThanEastCrossesTheAntimeridian) {
    const auto boxes = parse_bbox("177,65,-177,70").value();
    ASSERT_EQ(boxes.size(), 2U);
    EXPECT_EQ(boxes[0], (geom::Box{{177, 65}, {180, 70}}));
    EXPECT_EQ(boxes[1], (geom::Box{{-180, 65}, {-177, 70}}));
}

TEST(ParseBbox, TakesTheWholeGlobe) { EXPECT_EQ(parse_bbox("-180,-90,180,90").value().size(), 1U); }

TEST(ParseBbox, RefusesAnythingElse) {
    for (const char* text : {"", "1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "1,2,3,x", "1,2,,4", "1,2,3,4,", "nan,1,2,3",
                             "inf,1,2,3", "0,20,1,10", "0,0,181,1", "0,-91,1,1", "1 ,2,3,4", "0x1,2,3,4"}) {
        const auto parsed = parse_bbox(text);
        ASSERT_FALSE(parsed.ok()) << text;
        EXPECT_EQ(parsed.error().kind, ErrorKind::invalid_argument);
        EXPECT_EQ(parsed.error().context, "bbox");
    }
}

}  // namespace
}  // namespace ranh::params
