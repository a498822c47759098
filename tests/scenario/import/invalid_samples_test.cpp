// Each file of data-samples/invalid has one fault; the import must name it (data-samples/invalid/SOURCE.md).
#include "tests/scenario/import/import_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh {
namespace {

using test::error_of;
using testing::HasSubstr;

test::Imported import_invalid(const std::string& name,
                              pipeline::InnerRing inner_ring = pipeline::InnerRing::undecided) {
    return test::import_file(test::sample_file("invalid/" + name), {}, inner_ring);
}

Error error_in(const std::string& name) {
    return error_of([&] { (void)import_invalid(name); });
}

TEST(InvalidSample, TwoMeridiansAreAskedForByBothCodes) {
    const Error error = error_in("two-meridians.csv");
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.sentence, HasSubstr("5899"));
    EXPECT_THAT(error.sentence, HasSubstr("9218"));
    EXPECT_THAT(error.sentence, HasSubstr("--crs"));
}

TEST(InvalidSample, WrongCommuneLeavesTheSystemOpen) {
    const Error error = error_in("wrong-commune.csv");
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.sentence, HasSubstr("5899"));
}

TEST(InvalidSample, UnknownCommuneDecidesNothing) {
    EXPECT_EQ(error_in("unknown-commune.csv").kind, ErrorKind::invalid_argument);
}

TEST(InvalidSample, SwappedAxesAreExchangedAndReported) {
    const auto imported = import_invalid("swapped-axes.csv");
    EXPECT_THAT(imported.notes(), HasSubstr("X/Y đảo: in 1 of 1 areas (A-1)"));
    EXPECT_EQ(imported.feature("A-1").geometry->points().front(), (geom::Point{500000, 1300100}));
}

TEST(InvalidSample, DegreesAreAQuestion) { EXPECT_EQ(error_in("degrees.csv").kind, ErrorKind::invalid_argument); }

TEST(InvalidSample, ZonePrefixIsAQuestion) { EXPECT_EQ(error_in("zone-prefix.csv").kind, ErrorKind::invalid_argument); }

TEST(InvalidSample, NorthingOutOfRangeIsAQuestion) {
    EXPECT_EQ(error_in("out-of-range.csv").kind, ErrorKind::invalid_argument);
}

TEST(InvalidSample, DeprecatedCodeIsRefusedNamingTheOneToUse) {
    const Error error = error_in("deprecated-crs.geojson");
    EXPECT_EQ(error.kind, ErrorKind::unsupported);
    EXPECT_THAT(error.sentence, HasSubstr("EPSG:5899"));
}

TEST(InvalidSample, MixedNumberStylesAreNeverGuessedPerCell) {
    const Error error = error_in("mixed-number-styles.csv");
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.sentence, HasSubstr("column X"));
}

TEST(InvalidSample, RowThatIsNoNumberRejectsItsRing) {
    const auto imported = import_invalid("not-numbers.csv");
    ASSERT_EQ(imported.report.quarantine.size(), 1U);
    EXPECT_THAT(imported.report.quarantine.front().reason, HasSubstr("row 4"));
    EXPECT_THAT(imported.report.quarantine.front().reason, HasSubstr("không rõ"));
    EXPECT_EQ(imported.features.size(), 1U);
    EXPECT_TRUE(imported.features.contains("A-2"));
}

TEST(InvalidSample, RowWithoutAValueRejectsItsRing) {
    const auto imported = import_invalid("missing-value.csv");
    EXPECT_EQ(imported.report.read, 2);
    EXPECT_EQ(imported.report.kept, 1);
    EXPECT_EQ(imported.report.rejected, 1);
    EXPECT_THAT(imported.report.quarantine.front().reason, HasSubstr("row 3"));
}

TEST(InvalidSample, MissingColumnIsNamed) {
    EXPECT_THAT(error_in("missing-column.csv").sentence, HasSubstr("no column Y (easting)"));
}

TEST(InvalidSample, TableWithoutRowsIsRefused) { EXPECT_EQ(error_in("no-rows.csv").kind, ErrorKind::corrupt_input); }

TEST(InvalidSample, RingOfTwoPointsIsRejected) {
    const auto imported = import_invalid("short-ring.csv");
    EXPECT_EQ(imported.report.rejected, 1);
    EXPECT_TRUE(imported.features.contains("A-2"));
}

TEST(InvalidSample, BowTieIsKeptAndNoted) {
    const auto imported = import_invalid("bow-tie.csv");
    EXPECT_EQ(imported.features.size(), 2U);
    EXPECT_THAT(imported.notes(), HasSubstr("1 polygons are not valid and are kept as they are: A-1"));
}

TEST(InvalidSample, RepeatedPointIsDroppedAndCountedAsRepaired) {
    const auto imported = import_invalid("repeated-point.csv");
    EXPECT_EQ(imported.report.repaired, 1);
    EXPECT_EQ(imported.report.rejected, 0);
}

TEST(InvalidSample, RepeatedRingIsRejectedOnce) {
    const auto imported = import_invalid("repeated-ring.csv");
    EXPECT_EQ(imported.report.read, 2);
    EXPECT_EQ(imported.report.rejected, 1);
    EXPECT_THAT(imported.report.quarantine.front().reason, HasSubstr("repeats ring 1-4"));
}

TEST(InvalidSample, RingInRingIsAskedFor) {
    EXPECT_THAT(error_in("ring-in-ring.csv").sentence,
                HasSubstr("ring 2 (5-8, 1.00 ha) lies inside ring 1 (1-4, 12.00 ha)"));
    const auto imported = import_invalid("ring-in-ring.csv", pipeline::InnerRing::hole);
    EXPECT_NEAR(imported.feature("A-1").areas.area_planar_m2.value(), 110000.0, 1e-6);
}

TEST(InvalidSample, RepeatedIdIsKeptUnderAnotherName) {
    const auto imported = import_invalid("repeated-id.geojson");
    EXPECT_TRUE(imported.features.contains("A-1"));
    EXPECT_EQ(std::get<std::string>(imported.value("A-1~2", "id")), "A-1");
    EXPECT_THAT(imported.notes(), HasSubstr("1 ids are repeated (A-1)"));
}

TEST(InvalidSample, RecordWithoutGeometryGoesToQuarantineWithItsFields) {
    const auto imported = import_invalid("no-geometry.geojson");
    ASSERT_EQ(imported.report.quarantine.size(), 1U);
    EXPECT_THAT(imported.report.quarantine.front().original, HasSubstr("\"A-1\""));
    EXPECT_EQ(imported.features.size(), 1U);
}

TEST(InvalidSample, UnclosedRingIsClosedAndCountedAsRepaired) {
    const auto imported = import_invalid("unclosed-ring.geojson");
    EXPECT_EQ(imported.report.repaired, 1);
    EXPECT_EQ(imported.features.size(), 2U);
}

TEST(InvalidSample, TruncatedFileImportsNothing) {
    EXPECT_EQ(error_in("truncated.geojson").kind, ErrorKind::corrupt_input);
}

}  // namespace
}  // namespace ranh
