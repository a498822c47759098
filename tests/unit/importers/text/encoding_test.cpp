#include "importers/text/encoding.hpp"

#include "importers/text/unicode.hpp"
#include "tests/support/legacy_text.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

namespace ranh::text {
namespace {

using testing::HasSubstr;

TEST(Decode, ReadsTheNameOfTheProvinceInEveryEncoding) {
    EXPECT_EQ(decode("L\xA9m \xA7\xE5ng", Encoding::tcvn3), "Lâm Đồng");
    EXPECT_EQ(decode("La\xE2m \xD1o\xE0ng", Encoding::vni), "Lâm Đồng");
    EXPECT_EQ(decode("L\xE2m \xD0\xB0ng", Encoding::viscii), "Lâm Đồng");
    EXPECT_EQ(decode("L\xE2m \xD0\xF4\xCCng", Encoding::windows_1258), "Lâm Đồng");
    EXPECT_EQ(decode("LÃ¢m Ä\u0090á»“ng", Encoding::utf8_twice), "Lâm Đồng");
    EXPECT_EQ(decode(to_nfd("Lâm Đồng"), Encoding::utf8), "Lâm Đồng");
}

TEST(Decode, KnowsTheWholeTablesOfTcvn3AndVni) {
    const auto check = [](const char* file, Encoding encoding, const std::string& bytes_column) {
        int rows = 0;
        for (const auto& row : test::read_csv(std::string(RANH_SOURCE_DIR "/tests/support/encodings/") + file).rows) {
            if (!row.contains("used_by_abc_fonts") || row.at("used_by_abc_fonts") == "yes") {
                std::string bytes;
                for (std::size_t i = 0; i < row.at(bytes_column).size(); i += 3) {
                    bytes += static_cast<char>(std::stoi(row.at(bytes_column).substr(i, 2), nullptr, 16));
                }
                EXPECT_EQ(decode(bytes, encoding), row.at("char"));
                ++rows;
            }
        }
        return rows;
    };
    EXPECT_EQ(check("tcvn3.csv", Encoding::tcvn3, "byte_hex"), 74);
    EXPECT_EQ(check("vni.csv", Encoding::vni, "bytes_hex"), 134);
}

TEST(Decode, TakesTheLongestVniLetterAndSmallMarksOnCapitals) {
    EXPECT_EQ(decode("\xD1\xF6\xF9"
                     "c",
                     Encoding::vni),
              "Đức");
    EXPECT_EQ(decode("A\xE1n", Encoding::vni), "Ấn");
    EXPECT_EQ(decode("\xF1\xF4\xF8i", Encoding::vni), "đời");
}

TEST(Decode, KeepsTheSignsThatOldFontsShareWithWindows1252) {
    EXPECT_EQ(decode("100 m\xB2 \x96 \x93\xAE\xCAt\x94", Encoding::tcvn3), "100 m² – “đất”");
    EXPECT_EQ(decode("10\xB0 1a", Encoding::vni), "10° 1a");
}

TEST(Decode, RefusesBytesThatAreNoLetter) {
    EXPECT_FALSE(decode("caf\xC0", Encoding::tcvn3));
    EXPECT_FALSE(decode("caf\xE9", Encoding::vni));
    EXPECT_FALSE(decode("\x81", Encoding::tcvn3));
    EXPECT_FALSE(decode("\xC3", Encoding::utf8));
    EXPECT_FALSE(decode("Đ", Encoding::utf8_twice));
}

TEST(ParseEncoding, TakesTheNamesFilesAndPeopleUse) {
    EXPECT_EQ(parse_encoding("TCVN3").value(), Encoding::tcvn3);
    EXPECT_EQ(parse_encoding("abc").value(), Encoding::tcvn3);
    EXPECT_EQ(parse_encoding("CP1258").value(), Encoding::windows_1258);
    EXPECT_EQ(parse_encoding("ANSI 1252").value(), Encoding::windows_1252);
    EXPECT_EQ(parse_encoding("ISO-8859-1").value(), Encoding::windows_1252);
    for (const auto encoding : all_encodings) {
        EXPECT_EQ(parse_encoding(to_string(encoding)).value(), encoding);
    }
    EXPECT_THAT(parse_encoding("big5").error().sentence, HasSubstr("windows-1258"));
}

TEST(UpperCaseOfCapitalFonts, RaisesWordsWrittenInACapitalFont) {
    EXPECT_EQ(upper_case_of_capital_fonts("NGUYễN VăN ở"), "NGUYỄN VĂN Ở");
    EXPECT_EQ(upper_case_of_capital_fonts("Xã ĐạI HÒa"), "Xã ĐẠI HÒa");
}

TEST(UpperCaseOfCapitalFonts, LeavesAllOtherText) {
    for (const char* text : {"Hà", "Hà Nội", "UBND xã", "Lê A", "đất ở", "UBND Hà", ""}) {
        EXPECT_EQ(upper_case_of_capital_fonts(text), text);
    }
}

TEST(Windows1252Bytes, UndoARecoding) {
    EXPECT_EQ(windows_1252_bytes("L©m §ång"), "L\xA9m \xA7\xE5ng");
    EXPECT_EQ(windows_1252_bytes("\u201C\u0081"), "\x93\x81");
    EXPECT_FALSE(windows_1252_bytes("Đà"));
}

}  // namespace
}  // namespace ranh::text
