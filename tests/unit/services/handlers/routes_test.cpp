#include "services/handlers/routes.hpp"

#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::handlers {
namespace {

using testing::HasSubstr;
using testing::Not;

http::Response ask(http::Method method, std::string_view target) {
    http::Request request = test::get_request(target);
    request.method = method;
    return make_router(test::served_dependencies())(request);
}

TEST(Routes, EveryResourceAnswersInEveryFormItOffers) {
    for (const char* target : {"/",
                               "/?f=html",
                               "/conformance",
                               "/conformance?f=html",
                               "/api",
                               "/api?f=html",
                               "/healthz?f=json",
                               "/collections",
                               "/collections?f=html",
                               "/collections/areas",
                               "/collections/areas?f=html",
                               "/collections/nothing?f=html",
                               "/collections/areas/items",
                               "/collections/areas/items?f=geojson",
                               "/collections/areas/items?f=html",
                               "/collections/nothing/items",
                               "/collections/areas/items/A-1",
                               "/collections/areas/items/A-1?f=html",
                               "/collections/areas/tiles",
                               "/collections/areas/tiles?f=html",
                               "/collections/nothing/tiles/WebMercatorQuad",
                               "/collections/areas/tiles/WebMercatorQuad?f=html",
                               "/collections/areas/tiles/WebMercatorQuad?f=tilejson",
                               "/tileMatrixSets?f=html",
                               "/tileMatrixSets/WebMercatorQuad",
                               "/tileMatrixSets/WebMercatorQuad?f=html",
                               "/tiles/areas.json",
                               "/processes",
                               "/processes?f=html",
                               "/processes/overlap-check",
                               "/processes/overlap-check?f=html"}) {
        const http::Response response = ask(http::Method::get, target);
        EXPECT_EQ(response.status, 200) << target << " " << response.body;
        EXPECT_FALSE(response.body.empty());
    }
}

TEST(Routes, AnUnknownFormOrParameterIs400Everywhere) {
    for (const std::string path :
         {"/", "/conformance", "/api", "/healthz", "/collections", "/collections/areas", "/collections/areas/items",
          "/collections/areas/items/A-1", "/collections/areas/tiles", "/collections/areas/tiles/WebMercatorQuad",
          "/collections/areas/tiles/WebMercatorQuad/0/0/0", "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad",
          "/tiles/areas.json", "/processes", "/processes/overlap-check"}) {
        EXPECT_EQ(ask(http::Method::get, path + "?f=xml").status, 400) << path;
        EXPECT_EQ(ask(http::Method::get, path + "?unheard=1").status, 400) << path;
    }
}

TEST(Routes, WhatIsNotThereIs404) {
    for (const char* path : {"/nowhere", "/collections/nowhere", "/collections/A%20B", "/collections/nowhere/items",
                             "/collections/areas/items/none", "/collections/nowhere/tiles",
                             "/collections/areas/tiles/WorldCRS84Quad", "/tileMatrixSets/None", "/tiles/areas.xml",
                             "/tiles/.json", "/tiles/areas/0/0/0", "/tiles/areas/0/0/0.png", "/processes/none"}) {
        const http::Response response = ask(http::Method::get, path);
        EXPECT_EQ(response.status, 404) << path;
        EXPECT_EQ(response.header("Content-Type"), "application/problem+json") << path;
    }
}

TEST(Routes, AnotherMethodIs405) {
    EXPECT_EQ(ask(http::Method::post, "/collections").status, 405);
    EXPECT_EQ(ask(http::Method::get, "/processes/overlap-check/execution").status, 405);
}

TEST(Routes, PagesOfOtherOriginsMayReadOnlyWhenToldSo) {
    EXPECT_EQ(ask(http::Method::get, "/collections/areas/items").header("Access-Control-Allow-Origin"), std::nullopt);
    EXPECT_EQ(ask(http::Method::options, "/collections").header("Access-Control-Allow-Methods"), std::nullopt);
    for (const std::string origin : {"*", "https://maps.example"}) {
        Dependencies dependencies = test::served_dependencies();
        dependencies.allow_origin = origin;
        const http::Handle handle = make_router(dependencies);
        http::Request request = test::get_request("/collections/areas/items");
        EXPECT_EQ(handle(request).header("Access-Control-Allow-Origin"), origin);
        request.method = http::Method::options;
        const http::Response response = handle(request);
        EXPECT_EQ(response.status, 204);
        EXPECT_EQ(response.header("Access-Control-Allow-Origin"), origin);
        EXPECT_EQ(response.header("Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
        request.method = http::Method::post;
        EXPECT_EQ(handle(request).header("Access-Control-Allow-Origin"), std::nullopt);
    }
}

TEST(Routes, AnIdWithASlashIsFoundByItsEncodedName) {
    Dependencies dependencies = test::served_dependencies();
    EXPECT_EQ(make_router(dependencies)(test::get_request("/collections/plants/items?name=n%C4%83m%20%2F%20l%E1%BA%BB"))
                  .status,
              200);
}

TEST(Routes, FailuresOfOursAreReportedButNotShown) {
    Dependencies dependencies = test::served_dependencies();
    std::string reported;
    dependencies.report_failure = [&](const std::string& sentence) { reported = sentence; };
    dependencies.is_stale = [](const model::LayerVersion&) -> bool {
        throw Failure(ErrorKind::io, "cannot read /secret/place");
    };
    const http::Response response = make_router(dependencies)(test::get_request("/collections"));
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
    EXPECT_THAT(reported, HasSubstr("/secret/place"));
}

TEST(Routes, AFailureIsReportedInOneLineWithoutTheQuery) {
    Dependencies dependencies = test::served_dependencies();
    std::vector<std::string> reported;
    dependencies.report_failure = [&](const std::string& line) { reported.push_back(line); };
    dependencies.is_stale = [](const model::LayerVersion&) -> bool { throw std::runtime_error("disk\nfull"); };
    EXPECT_EQ(make_router(dependencies)(test::get_request("/collections/areas?f=json")).status, 500);
    EXPECT_THAT(reported, testing::ElementsAre("/collections/areas: disk full"));
}

TEST(Routes, TheLandingPageOfABrowserIsHtml) {
    const http::Handle handle = make_router(test::served_dependencies());
    const http::Response response = handle(test::get_request("/", {{"accept", "text/html,*/*;q=0.8"}}));
    EXPECT_EQ(response.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_THAT(*response.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
}

TEST(Routes, BrowsersGetNoFaviconAndNoFault) { EXPECT_EQ(ask(http::Method::get, "/favicon.ico").status, 204); }

TEST(Routes, ATileIsMadeOnceAndThenKept) {
    const http::Handle handle = make_router(test::served_dependencies());
    const http::Response first = handle(test::get_request("/collections/areas/tiles/WebMercatorQuad/0/0/0"));
    EXPECT_EQ(first.header("X-Cache"), "miss");
    const http::Response second = handle(test::get_request("/tiles/areas/0/0/0.mvt"));
    EXPECT_EQ(second.header("X-Cache"), "hit");
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("ETag"), first.header("ETag"));
}

TEST(Routes, ATileWhoseFeaturesAreTooSmallIsNotCalledEmptyAllTheWayDown) {
    const http::Response response = ask(http::Method::get, "/collections/areas/tiles/WebMercatorQuad/0/0/0");
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.header("Ranh-Dropped-Features"), "3");
    EXPECT_EQ(response.header("OATiles-hint"), std::nullopt);
}

TEST(Routes, ItemsAreRevalidatedByAWeakTag) {
    const http::Handle handle = make_router(test::served_dependencies());
    const http::Response first = handle(test::get_request("/collections/areas/items?limit=1"));
    const std::string tag(*first.header("ETag"));
    EXPECT_TRUE(tag.starts_with("W/"));
    EXPECT_EQ(handle(test::get_request("/collections/areas/items?limit=1", {{"if-none-match", tag}})).status, 304);
    EXPECT_EQ(handle(test::get_request("/collections/areas/items?limit=2", {{"if-none-match", tag}})).status, 200);
}

}  // namespace
}  // namespace ranh::handlers
