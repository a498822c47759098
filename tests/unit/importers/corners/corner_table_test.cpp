#include "importers/corners/corner_table.hpp"

#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::corners {
namespace {

using test::operator""_wkt;
using testing::HasSubstr;

pipeline::ReadOptions in_system(int epsg) {
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(epsg).value();
    return options;
}

std::vector<pipeline::SourceRecord> records_of_text(std::string_view text,
                                                    const pipeline::ReadOptions& options = in_system(5899)) {
    const auto reader = open_pasted_corners(text, options);
    std::vector<pipeline::SourceRecord> records;
    while (auto record = reader->next()) {
        records.push_back(std::move(*record));
    }
    return records;
}

geom::Geometry only_geometry(std::string_view text, const pipeline::ReadOptions& options = in_system(5899)) {
    const auto records = records_of_text(text, options);
    EXPECT_EQ(records.size(), 1U);
    return records.at(0).geometry.value();
}

std::string notes_of(std::string_view text, const pipeline::ReadOptions& options = in_system(5899)) {
    std::string notes;
    const auto reader = open_pasted_corners(text, options);
    for (const auto& note : reader->describe().notes) {
        notes += note + '\n';
    }
    return notes;
}

std::string error_of_text(std::string_view text, const pipeline::ReadOptions& options = in_system(5899)) {
    try {
        (void)records_of_text(text, options);
    } catch (const Failure& failure) {
        return failure.error().text();
    }
    return {};
}

std::string label_text(const pipeline::SourceRecord& record) { return model::to_text(record.values.back()); }

const auto square = "POLYGON((500000 1300000,500100 1300000,500100 1300100,500000 1300100,500000 1300000))"_wkt;

TEST(PastedCorners, ReadSemicolonsWithLabels) {
    EXPECT_EQ(only_geometry("M01; 1300000; 500000\nM02; 1300000; 500100\nM03; 1300100; 500100\nM04; 1300100; 500000\n"),
              square);
}

TEST(PastedCorners, ReadTabsWithHeaderAndSideLengths) {
    EXPECT_EQ(
        only_geometry("Số hiệu điểm\tX (m)\tY (m)\tS (m)\n1\t1300000\t500000\t100,00\n2\t1300000\t500100\t100,00\n"
                      "3\t1300100\t500100\t100,00\n4\t1300100\t500000\t100,00\n"),
        square);
}

TEST(PastedCorners, ReadCommasWithoutLabels) {
    EXPECT_EQ(only_geometry("1300000,500000\n1300000,500100\n1300100,500100\n1300100,500000\n"), square);
}

TEST(PastedCorners, ReadBlanksWithDecimalCommas) {
    EXPECT_EQ(only_geometry("1 1300000,5 500000,5\n2 1300000,5 500100,5\n3 1300100,5 500100,5\n").points().front(),
              (geom::Point{500000.5, 1300000.5}));
}

TEST(PastedCorners, DropARepeatedFirstPointWithoutAWord) {
    const auto records =
        records_of_text("1;1300000;500000\n2;1300000;500100\n3;1300100;500100\n4;1300100;500000\n1;1300000;500000\n");
    EXPECT_EQ(records.at(0).geometry, square);
    EXPECT_EQ(records.at(0).repaired, 0);
}

TEST(PastedCorners, AreOneAreaNamed1) {
    EXPECT_EQ(model::to_text(records_of_text("1300000 500000\n1300000 500100\n1300100 500100\n").at(0).values.at(0)),
              "1");
}

TEST(PastedCorners, InDegreesNeedTheirSystem) {
    const std::string rows = "11.755, 107.751\n11.755, 107.752\n11.756, 107.752\n";
    EXPECT_THAT(error_of_text(rows, {}), HasSubstr("--crs"));
    EXPECT_EQ(only_geometry(rows, in_system(4326)).points().front(), (geom::Point{107.751, 11.755}));
}

TEST(PastedCorners, ReadDegreesMinutesAndSeconds) {
    const auto geometry = only_geometry(
        "A;11°45'18.0\";107°45'00.0\"\nB;11°45'18.0\";107°45'36.0\"\nC;11°46'12.0\";107°45'36.0\"\n", in_system(4756));
    EXPECT_NEAR(geometry.points().front().x, 107.75, 1e-12);
    EXPECT_NEAR(geometry.points().front().y, 11.755, 1e-12);
}

TEST(CornerNumbers, HaveOneStylePerColumn) {
    EXPECT_EQ(
        only_geometry("1;1.300.000,00;500000\n2;1.300.000,00;500100\n3;1.300.100,00;500100\n4;1.300.100,00;500000\n"),
        square);
    EXPECT_THAT(notes_of("1;1.300.000,00;500000\n2;1.300.000,00;500100\n3;1.300.100,00;500100\n"),
                HasSubstr("1.255.172,51"));
}

TEST(CornerNumbers, ThatReadAsThousandsOrDecimalsAreDecidedByTheirSize) {
    EXPECT_EQ(only_geometry("1;1.300.000;500.000\n2;1.300.000;500.100\n3;1.300.100;500.100\n4;1.300.100;500.000\n"),
              square);
}

TEST(CornerNumbers, OutOfPlaceRejectTheirRing) {
    const auto records = records_of_text("1;1300000;500000\n2;13000000;500100\n3;1300100;500100\n4;1300100;500000\n");
    ASSERT_EQ(records.size(), 1U);
    EXPECT_THAT(records[0].rejected->reason, HasSubstr("row 2"));
    EXPECT_THAT(records[0].rejected->original, HasSubstr("13000000"));
}

TEST(CornerHeaders, KnowVietnameseAndEnglishWords) {
    for (const std::string header :
         {"STT;Tọa độ X (m);Tọa độ Y (m)", "Điểm;Bắc;Đông", "Point;Northing;Easting", "Tên điểm;X(m);Y(m)",
          "Số hiệu điểm;N;E", "Mốc;X VN-2000;Y VN-2000", "No;X_coord;Y_coord"}) {
        EXPECT_EQ(only_geometry(header + "\n1;1300000;500000\n2;1300000;500100\n3;1300100;500100\n4;1300100;500000\n"),
                  square)
            << header;
    }
}

TEST(CornerHeaders, MayNameTheAxesInTheOtherOrder) {
    EXPECT_EQ(only_geometry("Điểm;Y;X\n1;500000;1300000\n2;500100;1300000\n3;500100;1300100\n4;500000;1300100\n"),
              square);
}

TEST(CornerHeaders, MayTakeTwoRowsAndTitlesAbove) {
    EXPECT_EQ(only_geometry(
                  "BẢNG KÊ TỌA ĐỘ;;\nSố hiệu điểm;Tọa độ VN-2000;\n;X (m);Y (m)\n1;1300000;500000\n2;1300000;500100\n"
                  "3;1300100;500100\n4;1300100;500000\n"),
              square);
}

TEST(CornerHeaders, MayBeRepeatedOnEachPage) {
    const std::string rows =
        "Điểm;X;Y\n1;1300000;500000\n2;1300000;500100\nĐiểm;X;Y\n3;1300100;500100\n4;1300100;500000\n";
    EXPECT_EQ(only_geometry(rows), square);
    EXPECT_THAT(notes_of(rows), HasSubstr("1 rows are no corners and were skipped: row 4"));
}

TEST(CornerHeaders, ThatNameAnAxisTwiceAreAskedFor) {
    EXPECT_THAT(error_of_text("Điểm;X;Y;X;Y\n1;1300000;500000;1300000;800000\n"),
                HasSubstr("names the same axis twice"));
}

TEST(CornerFooters, AreSkippedAndReported) {
    const std::string rows =
        "Điểm;X;Y\n1;1300000;500000\n2;1300000;500100\n3;1300100;500100\n4;1300100;500000\nTổng diện tích: 1,00 ha;;\n";
    EXPECT_EQ(only_geometry(rows), square);
    EXPECT_THAT(notes_of(rows), HasSubstr("Tổng diện tích"));
}

TEST(CornerAreas, AreNamedByAColumnWhoseEmptyCellsContinueTheOneAbove) {
    const auto records = records_of_text(
        "Khu vực;Điểm;X;Y\nA;1;1300000;500000\n;2;1300000;500100\n;3;1300100;500100\n"
        "B;1;1300000;500200\n;2;1300000;500300\n;3;1300100;500300\n");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(model::to_text(records[1].values.at(0)), "B");
}

TEST(CornerAreas, AreNamedByHeadingRows) {
    const auto records = records_of_text(
        "Điểm;X;Y\nKhu vực 1;;\n1;1300000;500000\n2;1300000;500100\n3;1300100;500100\n"
        "Khu vực 2;;\n1;1300000;500200\n2;1300000;500300\n3;1300100;500300\n");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(model::to_text(records[0].values.at(0)), "Khu vực 1");
}

TEST(CornerRings, AreSplitWhereLabelsStartAgain) {
    const auto geometry = only_geometry(
        "1;1300000;500000\n2;1300000;500100\n3;1300100;500100\n1;1300000;500200\n2;1300000;500300\n"
        "3;1300100;500300\n");
    EXPECT_EQ(geometry.view().part_count(), 2U);
}

TEST(CornerRings, AreSplitAtAClosingPoint) {
    const auto geometry = only_geometry(
        "1;1300000;500000\n2;1300000;500100\n3;1300100;500100\n1;1300000;500000\n4;1300000;500200\n"
        "5;1300000;500300\n6;1300100;500300\n4;1300000;500200\n");
    EXPECT_EQ(geometry.view().part_count(), 2U);
}

TEST(CornerRings, AreNotSplitWhereANumberIsOutOfOrder) {
    EXPECT_EQ(
        only_geometry("1;1300000;500000\n3;1300000;500100\n2;1300100;500100\n4;1300100;500000\n").view().part_count(),
        1U);
}

TEST(CornerRings, InAPartColumnMayRunOnInTheirNumbers) {
    const auto geometry = only_geometry(
        "part;point;X;Y\n1;1;1300000;500000\n1;2;1300000;500100\n1;3;1300100;500100\n"
        "2;4;1300000;500200\n2;5;1300000;500300\n2;6;1300100;500300\n");
    EXPECT_EQ(geometry.view().part_count(), 2U);
}

TEST(CornerRings, WithAxesMixedAreRejectedNamingTheRow) {
    const auto records = records_of_text("1;1300000;500000\n2;500100;1300000\n3;1300100;500100\n4;1300100;500000\n");
    ASSERT_TRUE(records.at(0).rejected);
    EXPECT_THAT(records[0].rejected->reason, HasSubstr("X/Y đảo in a part of the ring only (row 2"));
}

TEST(CornerRings, KeepDeepNestingAsHolesAndIslands) {
    auto options = in_system(5899);
    options.inner_ring = pipeline::InnerRing::hole;
    std::string rows = "part;X;Y\n";
    for (int ring = 0; ring < 3; ++ring) {
        const int from = ring * 10;
        const int to = 100 - ring * 10;
        for (const auto& [x, y] :
             {std::pair(from, from), std::pair(to, from), std::pair(to, to), std::pair(from, to)}) {
            rows += std::to_string(ring) + ";" + std::to_string(1300000 + y) + ";" + std::to_string(500000 + x) + "\n";
        }
    }
    const auto geometry = only_geometry(rows, options);
    EXPECT_EQ(geometry.view().part_count(), 2U);
    EXPECT_EQ(geometry.view().path_count(), 3U);
}

TEST(CornerLabels, StayTextAsPrinted) {
    const auto records = records_of_text("Điểm;X;Y\n4;1300000;500000\n4,1;1300000;500100\n4,10;1300100;500100\n");
    EXPECT_EQ(label_text(records.at(0)), "4; 4,1; 4,10");
}

TEST(CornerColumns, AboutPeopleDoNotReachTheQuarantine) {
    const auto records = records_of_text(
        "Điểm;X;Y;Chủ sử dụng\n1;1300000;500000;Người A\n2;;500100;Người A\n3;1300100;500100;Người A\n");
    ASSERT_TRUE(records.at(0).rejected);
    EXPECT_THAT(records[0].rejected->original, testing::Not(HasSubstr("Người A")));
    EXPECT_THAT(records[0].rejected->reason, testing::Not(HasSubstr("Người A")));
}

TEST(CornerColumns, WithOneValuePerAreaAreKept) {
    const auto records = records_of_text(
        "Khu vực;Quyết định;Điểm;X;Y\nA;12/QĐ;1;1300000;500000\nA;12/QĐ;2;1300000;500100\n"
        "A;12/QĐ;3;1300100;500100\n");
    EXPECT_EQ(model::to_text(records.at(0).values.at(1)), "12/QĐ");
}

TEST(LooksLikeCornerTable, TellsCornersFromOtherTables) {
    const auto rows = [](std::vector<std::vector<std::string>> cells) {
        std::vector<pipeline::TableRow> table;
        for (auto& row : cells) {
            table.push_back({static_cast<std::int64_t>(table.size()) + 1, std::move(row)});
        }
        return table;
    };
    EXPECT_TRUE(looks_like_corner_table(rows({{"Điểm", "X", "Y"}, {"1", "1300000", "500000"}})));
    EXPECT_TRUE(looks_like_corner_table(rows({{"1300000", "500000"}, {"1300000", "500100"}})));
    EXPECT_FALSE(looks_like_corner_table(rows({{"id", "wkt"}, {"1", "POLYGON((0 0,1 0,1 1,0 0))"}})));
    EXPECT_FALSE(looks_like_corner_table(rows({{"area_id", "name"}, {"BX-NC", "Nhân Cơ"}})));
}

}  // namespace
}  // namespace ranh::corners
