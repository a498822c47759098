#include "services/http/problem.hpp"

#include "spatial/codec/json.hpp"

#include <gtest/gtest.h>

namespace ranh::http {
namespace {

TEST(Problem, IsAnRfc9457DocumentWhateverTheWords) {
    const Response response = problem(400, "expected \"a\\b\"\nĐông", "/x?\x01\xff");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.header("content-type"), "application/problem+json");
    const codec::Json json = codec::parse_json(response.body).value();
    EXPECT_EQ(json.find("status")->integer(), 400);
    EXPECT_EQ(json.find("title")->string(), "Bad Request");
    EXPECT_EQ(json.find("detail")->string(), "expected \"a\\b\"\nĐông");
    EXPECT_EQ(json.find("instance")->string(), "/x?\x01?");
}

}  // namespace
}  // namespace ranh::http
