#include "services/http/message.hpp"

#include <gtest/gtest.h>

namespace ranh::http {
namespace {

TEST(Response, SettingAHeaderTwiceReplacesIt) {
    Response response;
    response.set("ETag", "\"a\"").set("etag", "\"b\"");
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.header("ETAG"), "\"b\"");
    EXPECT_EQ(response.header("Vary"), std::nullopt);
}

TEST(Request, GivesTheFirstHeaderAndQueryPairOfAName) {
    Request request;
    request.headers = {{"accept", "text/html"}};
    request.query = {{"f", "json"}, {"f", "html"}};
    EXPECT_EQ(request.header("accept"), "text/html");
    EXPECT_EQ(request.query_value("f"), "json");
    EXPECT_EQ(request.query_value("limit"), std::nullopt);
}

TEST(ReasonPhrase, NamesTheStatusesInUse) {
    EXPECT_EQ(reason_phrase(404), "Not Found");
    EXPECT_EQ(reason_phrase(413), "Content Too Large");
}

}  // namespace
}  // namespace ranh::http
