#include "services/present/encoding.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <memory>

namespace ranh::present {
namespace {

std::string gunzipped(const std::string& packed, std::size_t size) {
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    std::string bytes(size, '\0');
    std::size_t written = 0;
    libdeflate_gzip_decompress(decompressor.get(), packed.data(), packed.size(), bytes.data(), bytes.size(), &written);
    bytes.resize(written);
    return bytes;
}

TEST(Gzip, ComesBackTheSame) {
    std::string bytes;
    for (int i = 0; i < 5'000; ++i) {
        bytes += std::to_string(i * i) + " ranh giới ";
    }
    for (const GzipEffort effort : {GzipEffort::fast, GzipEffort::small}) {
        const std::string packed = gzip(bytes, effort);
        EXPECT_LT(packed.size(), bytes.size() / 2);
        EXPECT_EQ(gunzipped(packed, bytes.size()), bytes);
        EXPECT_EQ(gzip(bytes, effort), packed);
    }
    EXPECT_EQ(gunzipped(gzip("", GzipEffort::fast), 0), "");
}

TEST(EntityTag, TellsItsPartsApart) {
    EXPECT_EQ(entity_tag({"ab", "c"}), entity_tag({"ab", "c"}));
    EXPECT_NE(entity_tag({"ab", "c"}), entity_tag({"a", "bc"}));
    EXPECT_EQ(entity_tag({"x"}).size(), 34U);
    EXPECT_EQ(entity_tag({"x"}).front(), '"');
}

}  // namespace
}  // namespace ranh::present
