#include "services/app/sources.hpp"

#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::app {
namespace {

using testing::HasSubstr;

pipeline::ReadOptions in_tm3() {
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(5899).value();
    return options;
}

template <typename Open>
Error failure_of(const Open& open) {
    try {
        static_cast<void>(open());
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {ErrorKind::internal, "nothing failed", {}};
}

TEST(OpenSource, NamesAFileThatIsNotThere) {
    const Error error = failure_of([] { return open_source("no/such.gpkg", {}); });
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_THAT(error.sentence, HasSubstr("no/such.gpkg"));
}

TEST(OpenSource, TakesATableOfCornersAsSuch) {
    EXPECT_EQ(open_source(test::sample("tiny/zones.csv"), in_tm3())->describe().counted_unit, "ring");
    EXPECT_EQ(open_source(test::sample("tiny/parcels.csv"), in_tm3())->describe().counted_unit, "ring");
}

TEST(OpenSource, TakesAVectorFileAsSuch) {
    const auto reader = open_source(test::sample("tiny/zones.geojson"), {});
    EXPECT_EQ(reader->describe().counted_unit, "feature");
    EXPECT_EQ(reader->describe().declared_crs, crs::wgs84());
}

TEST(OpenSource, TakesATableWithAWktColumnAsFeatures) {
    const test::TemporaryFolder folder;
    test::write_file(folder.file("a.csv"),
                     "id,name,wkt\nA,x,\"POLYGON((500000 1300000,500100 1300000,500100 1300100,500000 1300000))\"\n");
    const auto reader = open_source(folder.file("a.csv"), in_tm3());
    const auto record = reader->next();
    ASSERT_TRUE(record && record->geometry);
    EXPECT_EQ(record->geometry->points().size(), 4U);
}

TEST(OpenText, ReadsPastedCornerRows) {
    const auto reader = open_text("1;1300100;500000\n2;1300100;500100\n3;1300000;500100\n4;1300000;500000\n", in_tm3());
    const auto record = reader->next();
    ASSERT_TRUE(record && record->geometry);
    EXPECT_EQ(record->geometry->points().front(), (geom::Point{500000.0, 1300100.0}));
}

TEST(OpenText, ReadsGeoJsonAfterBlanks) {
    const auto reader = open_text("\n  {\"type\":\"Point\",\"coordinates\":[107.7,11.7]}", {});
    EXPECT_EQ(reader->describe().format, "GeoJSON");
}

TEST(OpenText, AsksForTextWhenThereIsNone) {
    EXPECT_EQ(failure_of([] { return open_text(" \r\n\t", {}); }).kind, ErrorKind::invalid_argument);
    EXPECT_EQ(failure_of([] { return open_text("", {}); }).kind, ErrorKind::invalid_argument);
}

}  // namespace
}  // namespace ranh::app
