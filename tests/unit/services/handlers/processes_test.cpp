#include "services/handlers/processes.hpp"

#include "spatial/codec/geojson.hpp"
#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::handlers {
namespace {

using test::at;
using testing::HasSubstr;

http::Response check(const std::string& inputs, const test::Headers& headers = {}) {
    const http::Handle handle = make_router(test::served_dependencies());
    return handle(test::post_request("/processes/overlap-check/execution", "{\"inputs\":{" + inputs + "}}", headers));
}

/// A square of 500 m inside A-1 that begins 100 m east of its corner.
std::string square_in_a1(const std::string& more = {}) {
    return R"("geometry":{"type":"Polygon","coordinates":[[[500100,1300100],[500600,1300100],[500600,1300600],[500100,1300600],[500100,1300100]]]},"crs":"EPSG:5899")" +
           more;
}

TEST(OverlapCheck, FindsTheOverlapOfAnOutline) {
    const http::Response response = check(square_in_a1(R"(,"layers":["areas"])"));
    ASSERT_EQ(response.status, 200) << response.body;
    const codec::Json json = test::json_of(response);
    ASSERT_EQ(at(json, "overlaps").array()->size(), 1U);
    EXPECT_EQ(at(json, "overlaps/0/right_id").string(), "A-1");
    EXPECT_EQ(at(json, "overlaps/0/relation").string(), "within");
    EXPECT_EQ(at(json, "overlaps/0/status").string(), "draft");
    EXPECT_NEAR(*at(json, "overlaps/0/area_planar_m2").number(), 250'000.0, 0.01);
    EXPECT_TRUE(at(json, "overlaps/0/geometry").is_null());
    EXPECT_EQ(response.header("Cache-Control"), "no-store");
}

TEST(OverlapCheck, GivesTheCommonGeometryWhenAsked) {
    const codec::Json json = test::json_of(check(square_in_a1(R"(,"layers":["areas"],"geometry_of_overlaps":true)")));
    EXPECT_TRUE(codec::parse_geojson_geometry(at(json, "overlaps/0/geometry")).ok());
}

TEST(OverlapCheck, LeavesTheOwnLayerOfAFeatureOutUnlessItIsNamed) {
    const codec::Json others = test::json_of(check(R"("feature":{"collection":"areas","id":"A-1"})"));
    const codec::Json pairs = at(others, "overlaps");
    for (const codec::Json& pair : *pairs.array()) {
        EXPECT_EQ(at(pair, "right_layer").string(), "plants");
    }
    EXPECT_EQ(at(others, "overlaps").array()->size(), 3U);
    const codec::Json own = test::json_of(check(R"("feature":{"collection":"areas","id":"A-1"},"layers":["areas"])"));
    EXPECT_EQ(at(own, "overlaps").array()->size(), 2U);
}

TEST(OverlapCheck, AnswersForTheDateAsked) {
    EXPECT_EQ(at(test::json_of(check(square_in_a1(R"(,"at":"2026-03-31")"))), "at").string(), "2026-03-31");
}

TEST(OverlapCheck, FaultsOfTheRequestAre400WithTheSentence) {
    for (const auto& [inputs, words] :
         {std::pair<std::string, std::string>{"", "exactly one"},
          {R"("corners":"1 2 3")", "EPSG:9217"},
          {square_in_a1(R"(,"layers":["nowhere"])"), "nowhere"},
          {R"("feature":{"collection":"nowhere","id":"a"})", "nowhere"},
          {R"("feature":{"collection":"areas","id":"Z"})", "'Z'"},
          {R"("geometry":{"type":"GeometryCollection","geometries":[]})", "GeometryCollection"}}) {
        const http::Response response = check(inputs);
        EXPECT_EQ(response.status, 400) << inputs;
        EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
        EXPECT_THAT(response.body, HasSubstr(words));
    }
}

TEST(OverlapCheck, TakesJsonOnly) {
    EXPECT_EQ(check(square_in_a1(), {{"content-type", "text/plain"}}).status, 415);
    EXPECT_EQ(check(square_in_a1(), {{"content-type", "application/json; charset=utf-8"}}).status, 200);
}

TEST(OverlapCheck, PagesOfOtherOriginsCannotAsk) {
    EXPECT_EQ(check(square_in_a1()).header("Access-Control-Allow-Origin"), std::nullopt);
}

TEST(OverlapCheck, AStoppedRequestIs503) {
    CancelToken cancel;
    cancel.stop();
    http::Request request =
        test::post_request("/processes/overlap-check/execution", "{\"inputs\":{" + square_in_a1() + "}}");
    request.cancel = &cancel;
    EXPECT_EQ(make_router(test::served_dependencies())(request).status, 503);
}

}  // namespace
}  // namespace ranh::handlers
