#include "spatial/snapshot/geometry_column.hpp"

#include "spatial/base/error.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using snapshot::GeometryColumn;
using snapshot::GeometryColumnView;

const std::vector<geom::Geometry> geometries{"POLYGON((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1))"_wkt, "POINT(1 2)"_wkt,
                                             "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))"_wkt};

TEST(GeometryColumn, ShowsEachGeometryWithoutACopy) {
    GeometryColumn column;
    column.append(geometries[0]);
    column.append_nothing();
    column.append(geometries[1]);
    column.append(geometries[2]);
    ASSERT_EQ(column.size(), 4U);
    EXPECT_EQ(geom::Geometry::copy_of(column.at(0)), geometries[0]);
    EXPECT_TRUE(column.at(1).points.empty());
    EXPECT_EQ(geom::Geometry::copy_of(column.at(2)), geometries[1]);
    EXPECT_EQ(geom::Geometry::copy_of(column.at(3)), geometries[2]);
    EXPECT_EQ(column.at(3).path(1).size(), 3U);
}

TEST(GeometryColumn, TakesAnotherColumnBehindItsOwn) {
    GeometryColumn column;
    column.append(geometries[2]);
    GeometryColumn other;
    other.append(geometries[0]);
    other.append_nothing();
    other.append(geometries[1]);
    column.append(other);
    column.append(GeometryColumn());
    ASSERT_EQ(column.size(), 4U);
    EXPECT_EQ(geom::Geometry::copy_of(column.at(0)), geometries[2]);
    EXPECT_EQ(geom::Geometry::copy_of(column.at(1)), geometries[0]);
    EXPECT_TRUE(column.at(2).points.empty());
    EXPECT_EQ(geom::Geometry::copy_of(column.at(3)), geometries[1]);
}

TEST(GeometryColumn, RefusesBytesThatLeadOutside) {
    GeometryColumn column;
    column.append(geometries[0]);
    GeometryColumnView view = column.view();
    const std::vector<std::size_t> beyond{0, 1000};
    view.point_begins = beyond;
    EXPECT_THROW((void)view.at(0), Failure);
    const std::vector<std::size_t> backwards{5, 3};
    view.point_begins = backwards;
    EXPECT_THROW((void)view.at(0), Failure);
}

}  // namespace
}  // namespace ranh::test
