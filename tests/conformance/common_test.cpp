// OGC 19-072 (OGC API - Common - Part 1: Core) and 20-024 (Part 2: Geospatial Data), and the error answers of RFC 9457.

#include "services/present/landing.hpp"
#include "tests/conformance/caller.hpp"

#include <gmock/gmock.h>

namespace ranh::conformance {
namespace {

using codec::Json;
using test::at;

class Common : public Clause {};
INSTANTIATE_TEST_SUITE_P(Ogc19072, Common, testing::Values(Way::in_process, Way::over_http), name_of);

// /req/json/content, /req/landing-page/root-success
TEST_P(Common, LandingPage) {
    const Json landing = json("/?f=json");
    EXPECT_NE(text_at(landing, "title"), "");
    EXPECT_EQ(links_with(landing, "self").size(), 1U);
    EXPECT_FALSE(links_with(landing, "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes").empty());
}

// /req/landing-page/conformance-success: what is declared is what is tested here
TEST_P(Common, ConformanceDeclaration) {
    const codec::JsonArray declared = elements(json("/conformance"), "conformsTo");
    EXPECT_EQ(declared.size(), present::conformance_classes().size());
    for (const Json& uri : declared) {
        EXPECT_THAT(text_at(Json().add("uri", uri), "uri"),
                    testing::ContainsRegex("/(ogcapi-common-[12]|ogcapi-features-1|ogcapi-tiles-1|tms)/"));
    }
}

// 20-024, /req/collections/rc-md-success
TEST_P(Common, Collections) {
    for (const Json& collection : elements(json("/collections"), "collections")) {
        EXPECT_NE(text_at(collection, "id"), "");
        EXPECT_NE(text_at(collection, "title"), "");
        EXPECT_FALSE(elements(collection, "links").empty());
    }
}

// RFC 9457 §3: every error is a problem document with its status inside
TEST_P(Common, ProblemDocuments) {
    for (const auto& [target, status] :
         {std::pair{"/nowhere", 404}, {"/collections/areas/items?limit=x", 400}, {"/collections/none", 404}}) {
        const http::Response response = get(target);
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
        const Json problem = test::json_of(response);
        EXPECT_EQ(at(problem, "status").integer(), status);
        EXPECT_EQ(text_at(problem, "instance"), target);
        EXPECT_NE(text_at(problem, "detail"), "");
    }
}

// A body over the limit is 413, one that is no JSON 400
TEST_P(Common, Bodies) {
    EXPECT_EQ(post("/processes/overlap-check/execution", "{").status, 400);
    EXPECT_EQ(post("/processes/overlap-check/execution", "{\"inputs\":{}}").status, 400);
    if (GetParam() == Way::over_http) {
        EXPECT_EQ(post("/processes/overlap-check/execution", std::string((8U << 20U) + 1, ' ')).status, 413);
    }
}

}  // namespace
}  // namespace ranh::conformance
