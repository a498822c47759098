#include "services/handlers/reply.hpp"

#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace ranh::handlers {
namespace {

using test::get_request;

constexpr std::array<present::Format, 2> offered{present::json_format, present::html_format};

TEST(ChooseFormat, TheParameterGoesBeforeAccept) {
    EXPECT_EQ(choose_format(get_request("/?f=json", {{"accept", "text/html"}}), offered).name, "json");
    EXPECT_EQ(choose_format(get_request("/", {{"accept", "text/html"}}), offered).name, "html");
    EXPECT_EQ(choose_format(get_request("/", {{"accept", "image/png"}}), offered).name, "json");
    EXPECT_EQ(choose_format(get_request("/"), offered).name, "json");
}

TEST(ChooseFormat, AnUnknownOneIsRefusedWithTheList) {
    try {
        static_cast<void>(choose_format(get_request("/?f=xml"), offered));
        FAIL();
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::invalid_argument);
        EXPECT_THAT(failure.error().sentence, testing::HasSubstr("json, html"));
    }
}

TEST(Reply, EachEncodingHasATagOfItsOwn) {
    const std::string body(5'000, 'a');
    const http::Response plain = reply(get_request("/"), "application/json", body);
    const http::Response packed = reply(get_request("/", {{"accept-encoding", "gzip"}}), "application/json", body);
    EXPECT_EQ(plain.body, body);
    EXPECT_EQ(plain.header("Content-Encoding"), std::nullopt);
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_LT(packed.body.size(), 200U);
    EXPECT_NE(plain.header("ETag"), packed.header("ETag"));
    EXPECT_EQ(packed.header("Vary"), "Accept, Accept-Encoding");
}

TEST(Reply, ShortBodiesAreNotCompressed) {
    const http::Response response = reply(get_request("/", {{"accept-encoding", "gzip"}}), "application/json", "{}");
    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(response.header("Content-Encoding"), std::nullopt);
}

TEST(Reply, AKnownTagIsAnsweredWith304) {
    const http::Response first = reply(get_request("/"), "application/json", "{}");
    const std::string tag(*first.header("ETag"));
    const http::Response second = reply(get_request("/", {{"if-none-match", tag}}), "application/json", "{}");
    EXPECT_EQ(second.status, 304);
    EXPECT_EQ(second.body, "");
    EXPECT_EQ(second.header("ETag"), tag);
    EXPECT_EQ(reply(get_request("/", {{"if-none-match", tag}}), "application/json", "[]").status, 200);
}

TEST(ReplyOnce, IsKeptByNoCache) {
    const http::Response response = reply_once(get_request("/"), "application/json", "{}");
    EXPECT_EQ(response.header("Cache-Control"), "no-store");
    EXPECT_EQ(response.header("ETag"), std::nullopt);
}

TEST(PackedBlob, HoldsGzipOnlyWhereItHelps) {
    EXPECT_EQ(packed_blob(std::string(500, 'a')).gzip, "");
    EXPECT_NE(packed_blob(std::string(5'000, 'a')).gzip, "");
    EXPECT_EQ(packed_blob(std::string(5'000, 'a'), false).gzip, "");
}

}  // namespace
}  // namespace ranh::handlers
