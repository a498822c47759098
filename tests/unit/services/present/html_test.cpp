#include "services/present/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::present {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Escaped, LeavesNothingThatCouldEndTextOrAttribute) {
    EXPECT_EQ(escaped("<a href=\"x\" b='y'>&"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
    EXPECT_EQ(escaped("Đăk Song"), "Đăk Song");
}

TEST(Anchor, OnlyWebAddressesBecomeLinks) {
    EXPECT_EQ(anchor("http://a/?x=1&y=2", "a<b"), "<a href=\"http://a/?x=1&amp;y=2\">a&lt;b</a>");
    EXPECT_EQ(anchor("javascript:alert(1)", "a"), "a");
}

TEST(HtmlPage, IsVietnameseFirstAndHasAWayBack) {
    const std::string page = html_page({"Các lớp / Collections", {{"ranh", "http://a/"}}, "<p>x</p>"});
    EXPECT_THAT(page, testing::StartsWith("<!DOCTYPE html>"));
    EXPECT_THAT(page, HasSubstr("<html lang=\"vi\">"));
    EXPECT_THAT(page, HasSubstr("<h1>Các lớp / Collections</h1>"));
    EXPECT_THAT(page, HasSubstr("<a href=\"http://a/\">ranh</a>"));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
}

TEST(HtmlOf, EscapesEveryValueOfAnyJson) {
    codec::Json json;
    json.add("<b>", codec::JsonArray{codec::Json("<i>"), codec::Json(1), codec::Json("http://x/<")});
    json.add("links", codec::JsonArray{codec::Json().add("href", "http://y/").add("rel", "self").add("title", "<u>")});
    const std::string html = html_of(json);
    for (const char* raw : {"<b>", "<i>", "<u>"}) {
        EXPECT_THAT(html, Not(HasSubstr(raw)));
    }
    EXPECT_THAT(html, HasSubstr("<a href=\"http://y/\">&lt;u&gt;</a>"));
}

TEST(HtmlTable, HasCaptionAndColumnHeads) {
    const std::string table = html_table("Bảng <1>", {"tên"}, {{"a"}, {"b"}});
    EXPECT_THAT(table, HasSubstr("<caption>Bảng &lt;1&gt;</caption>"));
    EXPECT_THAT(table, HasSubstr("<th scope=\"col\">tên</th>"));
    EXPECT_THAT(table, HasSubstr("<tr><td>b</td></tr>"));
}

}  // namespace
}  // namespace ranh::present
