#include "spatial/store/gpkg/geometry_blob.hpp"

#include "spatial/codec/wkb.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::test {
namespace {

std::string blob_of(const geom::Geometry& geometry) { return gpkg::to_blob(codec::to_wkb(geometry), 3405, geometry); }

TEST(GeometryBlob, GivesBackTheWellKnownBinary) {
    for (const auto& geometry : {"POINT(1 2)"_wkt, "LINESTRING(0 0,5 6)"_wkt, "POLYGON((0 0,9 0,9 9,0 0))"_wkt}) {
        const std::string blob = blob_of(geometry);
        EXPECT_EQ(gpkg::wkb_of_blob(blob).value(), codec::to_wkb(geometry));
    }
}

TEST(GeometryBlob, BeginsWithTheHeaderOfGeoPackage) {
    const std::string blob = blob_of("LINESTRING(0 0,5 6)"_wkt);
    EXPECT_EQ(blob.substr(0, 4), std::string("GP\0\x03", 4));
    EXPECT_EQ(static_cast<unsigned char>(blob[4]) + 256 * static_cast<unsigned char>(blob[5]), 3405);
}

TEST(GeometryBlob, KnowsItsBoxWithAndWithoutEnvelope) {
    EXPECT_EQ(gpkg::box_of_blob(blob_of("LINESTRING(0 6,5 1)"_wkt)), (geom::Box{{0, 1}, {5, 6}}));
    EXPECT_EQ(gpkg::box_of_blob(blob_of("POINT(3 4)"_wkt)), (geom::Box{{3, 4}, {3, 4}}));
}

TEST(GeometryBlob, RefusesEveryTruncation) {
    const std::string blob = blob_of("POLYGON((0 0,9 0,9 9,0 0))"_wkt);
    for (std::size_t size = 0; size < blob.size(); ++size) {
        const std::string_view part = std::string_view(blob).substr(0, size);
        const auto wkb = gpkg::wkb_of_blob(part);
        EXPECT_TRUE(!wkb.ok() || !codec::parse_wkb(wkb.value()).ok()) << size;
        (void)gpkg::box_of_blob(part);
    }
}

TEST(GeometryBlob, RefusesOtherBytes) {
    EXPECT_FALSE(gpkg::wkb_of_blob("XX").ok());
    EXPECT_FALSE(gpkg::wkb_of_blob(std::string("GP\1\1\0\0\0\0", 8)).ok());    // version 1
    EXPECT_FALSE(gpkg::wkb_of_blob(std::string("GP\0\x0B\0\0\0\0", 8)).ok());  // envelope of no known form
    EXPECT_FALSE(gpkg::box_of_blob(std::string("GP\0\x11\0\0\0\0", 8)));       // marked empty
}

}  // namespace
}  // namespace ranh::test
