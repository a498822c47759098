#include "tests/scenario/clients/demo_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

void expect_problem(const HttpAnswer& answer, int status) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.media_type(), "application/problem+json") << answer.body;
    const codec::Json problem = json_of(answer.body);
    EXPECT_EQ(number_of(problem, "status"), status);
    for (const std::string name : {"type", "title", "detail"}) {
        EXPECT_FALSE(text_of(problem, name).empty()) << name;
    }
}

class UnknownPath : public testing::TestWithParam<std::string> {};

TEST_P(UnknownPath, IsAnsweredWith404AndAProblem) { expect_problem(demo().server.get(GetParam()), 404); }

INSTANTIATE_TEST_SUITE_P(Paths, UnknownPath,
                         testing::Values("/nowhere", "/collections/forests", "/collections/forests/items",
                                         "/collections/bauxite/items/BX-NONE",
                                         "/collections/bauxite/tiles/WorldCRS84Quad/1/0/0",
                                         "/collections/bauxite/tiles/WebMercatorQuad/1/9/0",
                                         "/collections/bauxite/tiles/WebMercatorQuad/a/b/c", "/processes/none",
                                         "/tiles/forests.json", "/tiles/bauxite/1/9/0.mvt", "/collections/UPPER"));

class MalformedQuery : public testing::TestWithParam<std::string> {};

TEST_P(MalformedQuery, IsAnsweredWith400AndAProblem) {
    expect_problem(demo().server.get("/collections/bauxite/items?" + GetParam()), 400);
}

INSTANTIATE_TEST_SUITE_P(Queries, MalformedQuery,
                         testing::Values("bbox=1,2,3", "bbox=a,b,c,d", "bbox=107,13,108,12", "bbox=nan,1,2,3",
                                         "limit=0", "limit=-1", "limit=ten", "limit=1e9", "cursor=%00", "f=exe",
                                         "nonsense=1", "skipGeometry=perhaps", "limit=1&limit=2"));

class MalformedBody : public testing::TestWithParam<std::string> {};

TEST_P(MalformedBody, IsAnsweredWith400AndAProblem) {
    expect_problem(demo().server.post("/processes/overlap-check/execution", GetParam()), 400);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, MalformedBody,
    testing::Values("", "{", "[]", "{}", R"({"inputs":{}})", R"({"inputs":{"geometry":5}})",
                    R"({"inputs":{"corners":""}})", R"({"inputs":{"corners":"1;2"}})",
                    R"({"inputs":{"geometry":{"type":"Point","coordinates":[107.7]}}})",
                    R"({"inputs":{"geometry":{"type":"Point","coordinates":[107.7,11.7]},"corners":"1;2;3"}})",
                    R"({"inputs":{"feature":{"collection":"projects","id":"none"}}})",
                    R"({"inputs":{"feature":{"collection":"none","id":"DA-01"}}})",
                    R"({"inputs":{"feature":{"collection":"projects","id":"DA-01"},"near":-1}})",
                    R"({"inputs":{"feature":{"collection":"projects","id":"DA-01"},"at":"yesterday"}})",
                    R"({"inputs":{"feature":{"collection":"projects","id":"DA-01"},"layers":["none"]}})",
                    R"({"inputs":{"geometry":{"type":"Polygon","coordinates":[[[1e400,0],[1,1],[2,2],[0,0]]]}}})"));

TEST(DeeplyNestedBody, IsAnsweredWith400AndAProblem) {
    expect_problem(demo().server.post("/processes/overlap-check/execution", std::string(200'000, '[')), 400);
}

TEST(BodyOverTheLimit, IsAnsweredWith413AndAProblem) {
    const std::string body = R"({"inputs":{"corners":")" + std::string(std::size_t{9} << 20U, '1') + R"("}})";
    expect_problem(demo().server.post("/processes/overlap-check/execution", body), 413);
}

TEST(WrongMethod, IsAnsweredWith405) {
    const HttpAnswer answer = http_request({"--request", "DELETE", demo().server.url("/collections")});
    EXPECT_EQ(answer.status, 405);
    EXPECT_TRUE(answer.headers.contains("allow"));
}

TEST(RequestWithoutHost, IsAnsweredWith400) {
    EXPECT_EQ(http_request({"--header", "Host:", demo().server.url("/")}).status, 400);
}

TEST(PathOutOfTheFolder, IsNotServed) {
    for (const std::string path :
         {"/map/../../../../etc/passwd", "/map/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/map/..%2f..%2fetc/passwd"}) {
        const HttpAnswer answer = http_request({"--path-as-is", demo().server.url(path)});
        EXPECT_GE(answer.status, 400) << path;
        EXPECT_EQ(answer.body.find("root:"), std::string::npos);
    }
}

TEST(TheServer, AnswersAfterAllThat) { EXPECT_EQ(demo().server.get("/healthz").status, 200); }

}  // namespace
}  // namespace ranh::test
