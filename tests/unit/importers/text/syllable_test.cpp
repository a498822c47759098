#include "importers/text/syllable.hpp"

#include <gtest/gtest.h>

namespace ranh::text {
namespace {

TEST(VietnameseSyllable, HasInitialRimeAndTone) {
    for (const char* word :
         {"Lâm",    "Đồng", "nghiêng", "Quỳnh", "quốc", "gì",    "giếng", "khuỷu", "ở",    "ý",   "Ấp",
          "NGUYỄN", "thủy", "thuỷ",    "hòa",   "hoà",  "xoong", "Đắk",   "Krông", "uyển", "rượu"}) {
        EXPECT_TRUE(is_vietnamese_syllable(word)) << word;
    }
}

TEST(VietnameseSyllable, IsRefusedForOtherSpellings) {
    for (const char* word : {"", "Café", "L©m", "§ång", "Laâm", "Ñoàng", "Müller", "gha", "cê", "nge", "đàt", "cãp",
                             "lẹ́", "nghiêngg", "107", "hôtel", "\xC3"}) {
        EXPECT_FALSE(is_vietnamese_syllable(word)) << word;
    }
}

}  // namespace
}  // namespace ranh::text
