#include "spatial/store/postgis/stored_text.hpp"

#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using postgis::from_stored;
using postgis::to_stored;

TEST(StoredText, IsNearlyAlwaysTheTextItself) {
    for (const char* text : {"", "BX-01", "Ông Lê Văn Đặng", "xã Đắk Nông, 12 ha", "\t\n\\", "😀"}) {
        EXPECT_EQ(to_stored(text), text);
        EXPECT_EQ(from_stored(text), text);
    }
}

TEST(StoredText, HoldsNoNul) {
    const std::string text("before\0after", 12);
    EXPECT_EQ(to_stored(text),
              "before\xEF\x9C\x80"
              "after");
    EXPECT_EQ(from_stored(to_stored(text)), text);
}

TEST(StoredText, IsAlwaysValidAndGivesEveryBytesBack) {
    SCOPED_TRACE(seed_note());
    Random random;
    // Bytes that make characters, broken ones and the marks themselves.
    constexpr unsigned char often[] = {0x00, 0x41, 0x80, 0x9C, 0x9F, 0xBF, 0xC2, 0xC4,
                                       0xE0, 0xEF, 0xED, 0xA0, 0xF0, 0xF4, 0xFF};
    for (std::size_t round = 0; round < rounds(20'000, 1'000'000); ++round) {
        std::string text;
        for (int i = random.integer(0, 12); i > 0; --i) {
            text += static_cast<char>(often[random.integer(0, static_cast<int>(std::size(often)) - 1)]);
        }
        const std::string stored = to_stored(text);
        ASSERT_EQ(from_stored(stored), text);
        ASSERT_EQ(stored.find('\0'), std::string::npos);
        if (stored.find('\xEF') == std::string::npos) {  // nothing was marked: it was valid as it is
            ASSERT_EQ(to_stored(stored), stored);
        }
    }
}

}  // namespace
}  // namespace ranh::test
