#include "importers/text/column_text.hpp"

#include "tests/support/legacy_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::text {
namespace {

using testing::HasSubstr;

const std::vector<std::string> places = {"Xã Lâm Hà",    "Phường Bảo Lộc",   "Thị trấn Đinh Văn", "Xã Quảng Sơn",
                                         "Xã Đạ Tẻh",    "Tuyến đường số 5", "Đất ở nông thôn",   "Xã Nhân Cơ",
                                         "Xã Bảo Thuận", "Xã Đức Trọng"};

ColumnText column_in(Encoding encoding, std::size_t cells = places.size()) {
    ColumnText column;
    for (std::size_t i = 0; i < cells; ++i) {
        column.add(test::in_encoding(places[i], encoding).value());
    }
    return column;
}

TEST(ColumnText, OfAsciiStaysAsItIs) {
    ColumnText column;
    column.add("ONT");
    column.add("54/42");
    EXPECT_TRUE(column.is_ascii());
    EXPECT_FALSE(column.decide().converts());
    EXPECT_FALSE(column.decide().open);
}

TEST(ColumnText, SaysHowWellEachEncodingReads) {
    const auto decision = column_in(Encoding::tcvn3).decide();
    EXPECT_EQ(decision.encoding, Encoding::tcvn3);
    EXPECT_TRUE(decision.stored_bytes);
    EXPECT_THAT(decision.evidence(), HasSubstr("tcvn3 0.9"));
    EXPECT_THAT(decision.evidence(), HasSubstr("vni 0.0"));
}

TEST(ColumnText, OfOneWordThatTwoEncodingsReadIsLeftOpen) {
    ColumnText column;
    column.add("L\xE2m");  // Lâm in VISCII and windows-1258
    const auto decision = column.decide();
    EXPECT_TRUE(decision.open);
    const auto cell = read_cell("L\xE2m", decision);
    ASSERT_FALSE(cell);
    EXPECT_THAT(cell.error().sentence, HasSubstr("4C E2 6D"));
    EXPECT_THAT(cell.error().sentence, HasSubstr("--text-encoding"));
    EXPECT_TRUE(column.allows(Encoding::windows_1258));
    EXPECT_FALSE(column.allows(Encoding::vni));
}

TEST(ColumnText, IsDecidedByWhatTheFileDeclaresWhenEncodingsFitAlike) {
    ColumnText column;
    column.add("L\xE2m");
    EXPECT_EQ(column.decide(Encoding::windows_1258).encoding, Encoding::windows_1258);
}

TEST(ColumnText, IsNotReadByADeclarationThatDoesNotFit) {
    auto column = column_in(Encoding::tcvn3);
    EXPECT_EQ(column.decide(Encoding::windows_1252).encoding, Encoding::tcvn3);
    EXPECT_EQ(column.decide(Encoding::utf8).encoding, Encoding::tcvn3);
}

TEST(ColumnText, OfWesternNamesIsReadAsDeclared) {
    ColumnText column;
    column.add("M\xFCller");
    column.add(
        "Stra\xDF"
        "e");
    const auto decision = column.decide(Encoding::windows_1252);
    EXPECT_EQ(read_cell("Stra\xDF"
                        "e",
                        decision)
                  .value(),
              "Straße");
    EXPECT_TRUE(column.decide().open);
}

TEST(ReadCell, ObeysAPersonAndStillKeepsWhatIsRight) {
    const auto decision = column_in(Encoding::tcvn3, 1).decide_for(Encoding::tcvn3);
    EXPECT_EQ(read_cell("L\xA9m", decision).value(), "Lâm");
    EXPECT_EQ(read_cell("Lâm Đồng", decision).value(), "Lâm Đồng");
    EXPECT_EQ(read_cell("Bình", decision).value(), "Bình");
}

TEST(ReadCell, MendsTheLetterThatLooksLikeD) {
    EXPECT_EQ(read_cell("Ðà Lạt, ðất ở", {}).value(), "Đà Lạt, đất ở");
    EXPECT_EQ(read_cell("Ðorn", {}).value(), "Ðorn");
}

TEST(ReadCell, RaisesCapitalFontsOfTcvn3) {
    const auto decision = column_in(Encoding::tcvn3).decide();
    EXPECT_EQ(read_cell("NGUY\xD4N V\xA8N \xEB", decision).value(), "NGUYỄN VĂN Ở");
}

TEST(ReadAsVietnamese, DoesNotCountSignsBesideWords) {
    EXPECT_EQ(read_as_vietnamese("© 2024 – 100 m², 107°45'").words, 0U);
    EXPECT_EQ(read_as_vietnamese("L©m §ång").words, 2U);
    EXPECT_EQ(read_as_vietnamese("Lâm Đồng province").syllables, 2U);
}

}  // namespace
}  // namespace ranh::text
