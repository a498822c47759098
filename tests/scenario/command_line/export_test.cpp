#include "spatial/codec/geojson.hpp"
#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Export : public testing::Test {
protected:
    [[nodiscard]] std::string exported(const std::string& selector, const std::string& name) const {
        const std::string file = m_workspace.path(name);
        const ProgramEnd end = m_workspace.run({"export", selector, "-o", file});
        EXPECT_EQ(end.exit_code, 0) << end.text();
        return file;
    }
    SmallWorkspace m_workspace;
};

class ExportFormat : public Export, public testing::WithParamInterface<std::string> {};

TEST_P(ExportFormat, IsReadByGdalWithEveryFeature) {
    EXPECT_EQ(gdal_feature_count(exported("parcels", "parcels" + GetParam())), 8U);
}

INSTANTIATE_TEST_SUITE_P(OfEveryEnding, ExportFormat,
                         testing::Values(".gpkg", ".fgb", ".geojson", ".shp", ".kml", ".dxf", ".csv"),
                         [](const auto& tested) { return tested.param.substr(1); });

TEST_F(Export, AsCsvHoldsTheSourceCoordinatesBitForBit) {
    const CsvTable table = read_csv(exported("zones", "zones.csv"));
    EXPECT_EQ(table.row("fid", "Z-1").at("wkt"),
              "POLYGON ((500000 1300300, 500400 1300300, 500400 1300000, 500000 1300000, 500000 1300300))");
    EXPECT_THAT(read_file(m_workspace.path("zones.csv")), StartsWith("\xEF\xBB\xBF"));
}

TEST_F(Export, OfADraftSaysSoInEveryFeature) {
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.geojson"), "plans", {"--status", "draft"}).exit_code, 0);
    const auto count = [](const std::string& text, const std::string& words) {
        std::size_t found = 0;
        for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
            ++found;
        }
        return found;
    };
    const std::string geojson = read_file(exported("plans", "plans.geojson"));
    EXPECT_EQ(count(geojson, "dự thảo, chưa ký"), 5U);
    EXPECT_EQ(count(geojson, "\"Feature\""), 5U);
    EXPECT_THAT(read_csv(exported("plans", "plans.csv")).row("fid", "Z-1").at("legal_status"),
                HasSubstr("dự thảo, chưa ký"));
    ASSERT_EQ(m_workspace.run({"overlaps", "plans", "parcels", "-o", m_workspace.path("o.geojson")}).exit_code, 0);
    EXPECT_THAT(read_file(m_workspace.path("o.geojson")), HasSubstr("dự thảo, chưa ký"));
}

TEST_F(Export, AsGeoPackageKeepsTheSystem) {
    EXPECT_THAT(run_program({"ogrinfo", "-ro", "-so", "-al", exported("zones", "zones.gpkg")}).output,
                HasSubstr("5899"));
}

TEST_F(Export, AsGeoJsonIsInWgs84) {
    const auto features = codec::parse_geojson(json_of(read_file(exported("zones", "zones.geojson")))).value();
    ASSERT_EQ(features.size(), 4U);
    EXPECT_NEAR(features[0].geometry->box()->min.x, 107.7518, 1e-4);
    EXPECT_NEAR(features[0].geometry->box()->min.y, 11.7553, 1e-4);
}

TEST_F(Export, CanBeImportedAgainWithTheSameAreas) {
    ASSERT_EQ(m_workspace.import(exported("zones", "zones.gpkg"), "again").exit_code, 0);
    const CsvTable before = read_csv(exported("zones", "before.csv"));
    const CsvTable after = read_csv(exported("again", "after.csv"));
    ASSERT_EQ(after.rows.size(), before.rows.size());
    for (const auto& row : before.rows) {
        EXPECT_EQ(after.row("fid", row.at("fid")).at("area_ellipsoid_m2"), row.at("area_ellipsoid_m2"));
        EXPECT_EQ(after.row("fid", row.at("fid")).at("crs"), "EPSG:5899");
    }
}

TEST_F(Export, OfALayerInTwoSystemsStandsInVn2000) {
    ASSERT_EQ(m_workspace.import(sample("lamdong/projects-illustrative/projects.gpkg"), "projects").exit_code, 0);
    const ProgramEnd both = m_workspace.run({"import", sample("lamdong/projects-illustrative/projects.gpkg"),
                                             sample("lamdong/projects-illustrative/projects-3405.gpkg"), "--layer",
                                             "projects", "--kind", "project"});
    ASSERT_EQ(both.exit_code, 0) << both.text();
    EXPECT_THAT(run_program({"ogrinfo", "-ro", "-so", "-al", exported("projects", "both.gpkg")}).output,
                HasSubstr("4756"));
    EXPECT_THAT(run_program({"ogrinfo", "-ro", "-so", "-al", exported("projects@1", "one.gpkg")}).output,
                HasSubstr("5899"));
    EXPECT_EQ(gdal_feature_count(m_workspace.path("both.gpkg")), 14U);
}

TEST_F(Export, AsJsonSaysWhatWasWritten) {
    const codec::Json report = m_workspace.json({"export", "zones", "-o", m_workspace.path("z.fgb")});
    EXPECT_EQ(text_of(report, "layer"), "zones");
    EXPECT_EQ(number_of(report, "version"), 1.0);
    EXPECT_EQ(number_of(report, "features"), 4.0);
}

TEST_F(Export, EndsWithThreeForALayerOrEndingThatIsUnknown) {
    const ProgramEnd layer = m_workspace.run({"export", "forests", "-o", m_workspace.path("a.gpkg")});
    EXPECT_EQ(layer.exit_code, 3) << layer.text();
    EXPECT_THAT(layer.error, HasSubstr("forests"));
    const ProgramEnd ending = m_workspace.run({"export", "zones", "-o", m_workspace.path("a.docx")});
    EXPECT_TRUE(ending.exit_code == 3 || ending.exit_code == 2) << ending.text();
    EXPECT_THAT(ending.error, HasSubstr("gpkg"));
    EXPECT_FALSE(std::filesystem::exists(m_workspace.path("a.docx")));
}

TEST_F(Export, LeavesTheOldFileWhenItFails) {
    write_file(m_workspace.path("keep.gpkg"), "old");
    EXPECT_EQ(m_workspace.run({"export", "forests", "-o", m_workspace.path("keep.gpkg")}).exit_code, 3);
    EXPECT_EQ(read_file(m_workspace.path("keep.gpkg")), "old");
}

}  // namespace
}  // namespace ranh::test
