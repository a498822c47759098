#include "services/params/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::params {
namespace {

using testing::HasSubstr;

constexpr std::string_view square =
    R"({"type":"Polygon","coordinates":[[[107.5,11.5],[107.6,11.5],[107.6,11.6],[107.5,11.5]]]})";

std::string with(const std::string& inputs) { return "{\"inputs\":{" + inputs + "}}"; }
std::string geometry_with(const std::string& more) { return with("\"geometry\":" + std::string(square) + more); }

Error refusal(const std::string& body) {
    const auto parsed = parse_check(body);
    return parsed ? Error{ErrorKind::internal, "accepted", {}} : parsed.error();
}

TEST(ParseCheck, ReadsAGeometryAndEveryOption) {
    const CheckInputs inputs =
        parse_check(geometry_with(R"(,"layers":["bauxite","titanium"],"min_area":100,"min_share":0.01,"near":500,
        "at":"2026-03-31","known_at":"2026-04-01T00:00:00Z","geometry_of_overlaps":true)"))
            .value();
    EXPECT_EQ(std::get<OutlineText>(inputs.subject).options.crs, std::nullopt);
    ASSERT_EQ(inputs.layers.size(), 2U);
    EXPECT_EQ(inputs.layers[1].text(), "titanium");
    EXPECT_EQ(inputs.options.min_area, SquareMetres(100));
    EXPECT_EQ(inputs.options.min_share, 0.01);
    EXPECT_EQ(inputs.options.near, Metres(500));
    EXPECT_EQ(inputs.options.geometry, overlay::OverlapGeometry::include);
    EXPECT_EQ(inputs.at->to_string(), "2026-03-31");
    EXPECT_TRUE(inputs.known_at.has_value());
}

TEST(ParseCheck, ReadsCornerRowsWithTheirOptions) {
    const CheckInputs inputs =
        parse_check(with(R"("corners":"1;1300000;500000","crs":"EPSG:5899","inner_ring":"hole")")).value();
    const auto& outline = std::get<OutlineText>(inputs.subject);
    EXPECT_EQ(outline.text, "1;1300000;500000");
    EXPECT_EQ(outline.options.crs->epsg(), 5899);
    EXPECT_EQ(outline.options.inner_ring, pipeline::InnerRing::hole);
    EXPECT_EQ(std::get<OutlineText>(parse_check(with(R"("corners":"1 2 3","crs":"auto")")).value().subject).options.crs,
              std::nullopt);
}

TEST(ParseCheck, ReadsAFeatureOfACollection) {
    const CheckInputs inputs = parse_check(with(R"("feature":{"collection":"projects","id":"DA-01"})")).value();
    const auto& choice = std::get<FeatureChoice>(inputs.subject);
    EXPECT_EQ(choice.collection.text(), "projects");
    EXPECT_EQ(choice.id.text(), "DA-01");
}

TEST(ParseCheck, TheSystemMayStandInTheGeoJson) {
    const std::string old_style =
        R"("geometry":{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::5899"}},
        "features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[500000,1300000]}}]})";
    EXPECT_EQ(std::get<OutlineText>(parse_check(with(old_style)).value().subject).options.crs->epsg(), 5899);
    const std::string crs84 =
        R"("geometry":{"type":"Point","crs":{"properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"coordinates":[107,11]})";
    EXPECT_EQ(std::get<OutlineText>(parse_check(with(crs84)).value().subject).options.crs->epsg(), 4326);
}

TEST(ParseCheck, PositionsOffTheGlobeNameTheLikelyMistake) {
    EXPECT_THAT(refusal(with(R"("geometry":{"type":"Point","coordinates":[500000,1300000]})")).sentence,
                HasSubstr("EPSG:n"));
    EXPECT_THAT(refusal(with(R"("geometry":{"type":"Point","coordinates":[11.5,107.5]})")).sentence,
                HasSubstr("X/Y đảo"));
}

TEST(ParseCheck, ExactlyOneSubjectIsNeeded) {
    EXPECT_THAT(refusal(with("")).sentence, HasSubstr("found 0"));
    EXPECT_THAT(refusal(geometry_with(R"(,"corners":"1 2 3")")).sentence, HasSubstr("found 2"));
}

TEST(ParseCheck, EachFaultIsAFaultOfTheRequest) {
    for (const std::string& body : {std::string(R"([])"),
                                    std::string(R"({})"),
                                    std::string(R"({"inputs":[]})"),
                                    std::string(R"({"inputs":{},"mode":"async"})"),
                                    geometry_with(R"(,"response":"raw")"),
                                    geometry_with(R"(,"min_area":-1)"),
                                    geometry_with(R"(,"min_share":2)"),
                                    geometry_with(R"(,"near":1e9)"),
                                    geometry_with(R"(,"near":"5")"),
                                    geometry_with(R"(,"at":"tomorrow")"),
                                    geometry_with(R"(,"layers":"a")"),
                                    geometry_with(R"(,"layers":["A b"])"),
                                    geometry_with(R"(,"crs":"EPSG:1")"),
                                    geometry_with(R"(,"geometry_of_overlaps":1)"),
                                    with(R"("corners":5)"),
                                    with(R"("corners":"  ")"),
                                    with(R"("corners":"{}")"),
                                    with(R"("corners":"1 2 3","inner_ring":"maybe")"),
                                    with(R"("feature":{"collection":"projects"})"),
                                    with(R"("feature":{"collection":"projects","id":"a"},"crs":"EPSG:5899")")}) {
        EXPECT_EQ(refusal(body).kind, ErrorKind::invalid_argument) << body << " -> " << refusal(body).sentence;
    }
}

TEST(ParseCheck, TextThatIsNoJsonOrNoGeoJsonIsCorrupt) {
    for (const std::string& body :
         {std::string(), std::string("{"), std::string(R"({"inputs":{"geometry":{"type":"Polygon"}}})"),
          std::string(R"({"inputs":{"geometry":{"type":"Point","coordinates":["a",1]}}})"), std::string(100, '[')}) {
        EXPECT_EQ(refusal(body).kind, ErrorKind::corrupt_input) << body;
    }
}

TEST(ParseCheck, ExecuteRequestsMayAskForTheRawOutput) {
    EXPECT_TRUE(
        parse_check("{\"inputs\":{\"geometry\":" + std::string(square) + "},\"outputs\":{},\"response\":\"raw\"}")
            .ok());
    EXPECT_FALSE(parse_check("{\"inputs\":{\"geometry\":" + std::string(square) + "},\"response\":\"document\"}").ok());
}

}  // namespace
}  // namespace ranh::params
