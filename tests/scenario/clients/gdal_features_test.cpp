// GDAL's driver for OGC API - Features against the served collections.
#include "tests/scenario/clients/demo_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace ranh::test {
namespace {

using testing::HasSubstr;

std::string oapif_source() { return "OAPIF:" + demo().server.url("/"); }

/// What GDAL reads of a collection, all pages, as a table.
CsvTable read_by_gdal(const std::string& collection) {
    const ProgramEnd end =
        run_program({"ogr2ogr", "-f", "CSV", "/vsistdout/", oapif_source(), collection, "-lco", "GEOMETRY=AS_WKT"},
                    {.environment = {{"NO_PROXY", "*"}}});
    EXPECT_EQ(end.exit_code, 0) << end.error;
    return parse_csv(end.output);
}

TEST(GdalOverOgcFeatures, ListsEveryCollection) {
    const ProgramEnd end = run_program({"ogrinfo", "-ro", oapif_source()}, {.environment = {{"NO_PROXY", "*"}}});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    for (const std::string collection : {"communes", "power-plants", "bauxite", "titanium", "projects", "parcels",
                                         "overlaps-bauxite-communes", "overlaps-projects-bauxite"}) {
        EXPECT_THAT(end.output, HasSubstr(collection));
    }
}

TEST(GdalOverOgcFeatures, CountsWhatTheWorkspaceHolds) {
    const codec::Json layers = json_of(demo().workspace.json({"layers"}));
    for (const codec::Json& layer : *layers.array()) {
        const std::string collection = text_of(layer, "layer");
        EXPECT_EQ(gdal_feature_count(oapif_source(), collection),
                  static_cast<std::size_t>(number_of(layer, "features")))
            << collection;
    }
}

TEST(GdalOverOgcFeatures, ReadsEveryPageOfACollection) {
    EXPECT_EQ(read_by_gdal("parcels").rows.size(), 5202U);
    EXPECT_EQ(read_by_gdal("power-plants").rows.size(), 55U);
}

TEST(GdalOverOgcFeatures, ReadsTheGeometryAndTheAttributes) {
    const CsvTable areas = read_by_gdal("bauxite");
    ASSERT_EQ(areas.rows.size(), 24U);
    EXPECT_EQ(areas.row("area_id", "BX-GN").at("name"), "Gia Nghĩa");
    EXPECT_THAT(areas.row("area_id", "BX-GN").at("WKT"), HasSubstr("POLYGON ((107."));
}

TEST(GdalOverOgcFeatures, FindsFeaturesByABox) {
    const ProgramEnd end = run_program({"ogr2ogr", "-f", "CSV", "/vsistdout/", oapif_source(), "bauxite", "-spat",
                                        "107.49", "12.03", "107.55", "12.10", "-lco", "GEOMETRY=AS_WKT"},
                                       {.environment = {{"NO_PROXY", "*"}}});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    const CsvTable found = parse_csv(end.output);
    EXPECT_LT(found.rows.size(), 24U);
    EXPECT_NO_THROW(static_cast<void>(found.row("area_id", "BX-GN21")));
    EXPECT_NO_THROW(static_cast<void>(found.row("area_id", "BX-GN")));
}

TEST(GdalOverOgcFeatures, ReadsTheSystemOfTheGeometry) {
    const ProgramEnd end =
        run_program({"ogrinfo", "-ro", "-so", oapif_source(), "communes"}, {.environment = {{"NO_PROXY", "*"}}});
    EXPECT_THAT(end.output, HasSubstr("WGS 84"));
    EXPECT_THAT(end.output, HasSubstr("Extent: (107.2"));
}

TEST(ServedCollections, SayThatADraftIsADraft) {
    const HttpAnswer answer = demo().server.get("/collections/bauxite?f=json");
    EXPECT_EQ(answer.status, 200);
    const codec::Json collection = json_of(answer.body);
    EXPECT_EQ(text_of(collection, "ranh:status"), "draft");
    EXPECT_EQ(text_of(member(collection, "ranh:statusLabel"), "vi"), "dự thảo, chưa ký");
    EXPECT_EQ(number_of(collection, "ranh:featureCount"), 24.0);
}

TEST(ServedCollections, HoldTheSameFeaturesAsTheWorkspaceOnEveryPage) {
    std::map<std::string, int> seen;
    std::string path = "/collections/communes/items?f=json&limit=50&skipGeometry=true";
    int pages = 0;
    while (!path.empty() && pages < 10) {
        const HttpAnswer answer = demo().server.get(path);
        ASSERT_EQ(answer.status, 200) << answer.body;
        const codec::Json page = json_of(answer.body);
        EXPECT_EQ(number_of(page, "numberMatched"), 124.0);
        for (const codec::Json& feature : array_of(page, "features")) {
            ++seen[text_of(feature, "id")];
        }
        path.clear();
        for (const codec::Json& link : array_of(page, "links")) {
            if (text_of(link, "rel") == "next") {
                const std::string href = text_of(link, "href");
                path = href.substr(demo().server.url().size());
            }
        }
        ++pages;
    }
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(seen.size(), 124U);
    for (const auto& [id, count] : seen) {
        EXPECT_EQ(count, 1) << id;
    }
}

}  // namespace
}  // namespace ranh::test
