#include "spatial/store/gpkg/spatial_functions.hpp"

#include "spatial/codec/wkb.hpp"
#include "spatial/store/gpkg/geometry_blob.hpp"
#include "spatial/store/gpkg/sqlite.hpp"
#include "tests/support/program.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::test {
namespace {

class SpatialFunctions : public testing::Test {
protected:
    TemporaryFolder folder;
    gpkg::Database database{folder.file("a.db"), gpkg::OpenMode::create, std::chrono::seconds(1)};
};

TEST_F(SpatialFunctions, GiveTheSidesOfTheBox) {
    const geom::Geometry line = "LINESTRING(1 8,5 2)"_wkt;
    const std::string blob = gpkg::to_blob(codec::to_wkb(line), 3405, line);
    auto row = database.prepare("SELECT ST_MinX(?1), ST_MaxX(?1), ST_MinY(?1), ST_MaxY(?1), ST_IsEmpty(?1)");
    ASSERT_TRUE(row.bind_blob(1, blob).step());
    EXPECT_EQ(row.real(0), 1);
    EXPECT_EQ(row.real(1), 5);
    EXPECT_EQ(row.real(2), 2);
    EXPECT_EQ(row.real(3), 8);
    EXPECT_EQ(row.integer(4), 0);
}

TEST_F(SpatialFunctions, AreNullForNullAndForOtherValues) {
    auto row = database.prepare("SELECT ST_MinX(NULL), ST_IsEmpty(NULL), ST_MaxY('text'), ST_MinY(x'00')");
    ASSERT_TRUE(row.step());
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(row.is_null(i)) << i;
    }
}

}  // namespace
}  // namespace ranh::test
