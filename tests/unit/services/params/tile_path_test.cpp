#include "services/params/tile_path.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ranh::params {
namespace {

TEST(ParseTile, ReadsZoomColumnAndRow) {
    const tile::TileAddress address = parse_tile("14", "13101", "7521").value();
    EXPECT_EQ(address.z, 14U);
    EXPECT_EQ(address.x, 13101U);
    EXPECT_EQ(address.y, 7521U);
}

TEST(ParseTile, WhatNamesNoTileIsNotFound) {
    for (const auto& [z, x, y] : {std::array{"23", "0", "0"},
                                  {"1", "2", "0"},
                                  {"1", "0", "2"},
                                  {"14", "2147483647", "2147483647"},
                                  {"-1", "0", "0"},
                                  {"1", "+1", "0"},
                                  {"1", "", "0"},
                                  {"1", "1.0", "0"},
                                  {"1", "0x1", "0"},
                                  {"99999999999999999999", "0", "0"}}) {
        const auto parsed = parse_tile(z, x, y);
        ASSERT_FALSE(parsed.ok()) << z << "/" << x << "/" << y;
        EXPECT_EQ(parsed.error().kind, ErrorKind::not_found);
    }
}

}  // namespace
}  // namespace ranh::params
