#include "importers/vector/dxf_scan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::vector {
namespace {

TEST(DxfScan, ListsTheEntitiesOfTheModelWithTheirHandles) {
    const auto scan = scan_dxf(
        "0\nSECTION\n2\nBLOCKS\n0\nLINE\n5\nA0\n0\nENDSEC\n"
        "0\r\nSECTION\r\n  2\r\nENTITIES\r\n  0\r\nLINE\r\n  5\r\n1F\r\n  8\r\n10\r\n"
        "0\nPOLYLINE\n5\n20\n0\nVERTEX\n5\n21\n0\nSEQEND\n5\n22\n0\nTEXT\n1\n5\n0\nENDSEC\n0\nEOF\n");
    ASSERT_EQ(scan.entities.size(), 3U);
    EXPECT_EQ(scan.entities[0].type, "LINE");
    EXPECT_EQ(scan.entities[0].handle, "1F");
    EXPECT_EQ(scan.entities[1].handle, "20");
    EXPECT_EQ(scan.entities[2].handle, "") << "a value of 5 is no handle";
    EXPECT_TRUE(scan.ends);
}

TEST(DxfScan, NoticesADrawingThatWasCutOff) {
    EXPECT_FALSE(scan_dxf("0\nSECTION\n2\nENTITIES\n0\nLINE\n5\n1").ends);
    EXPECT_FALSE(scan_dxf("").ends);
}

TEST(DxfEntity, IsReadOrNot) {
    EXPECT_TRUE(dxf_entity_is_read("LWPOLYLINE"));
    EXPECT_FALSE(dxf_entity_is_read("REGION"));
    EXPECT_TRUE(dxf_entity_is_drawn("REGION"));
    EXPECT_FALSE(dxf_entity_is_drawn("VIEWPORT"));
}

}  // namespace
}  // namespace ranh::vector
