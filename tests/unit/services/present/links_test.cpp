#include "services/present/links.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ranh::present {
namespace {

TEST(UrlWith, EncodesAndPutsTheFormatLast) {
    EXPECT_EQ(url_with("http://a/x", {{"f", "html"}, {"name", "Bảo & Lộc"}}, "json"),
              "http://a/x?name=B%E1%BA%A3o%20%26%20L%E1%BB%99c&f=json");
    EXPECT_EQ(url_with("http://a/x", {}, ""), "http://a/x");
}

TEST(PathSegment, EncodesSeparators) { EXPECT_EQ(path_segment("BX-TT/2"), "BX-TT%2F2"); }

TEST(SelfLinks, AreSelfAndTheAlternates) {
    constexpr std::array<Format, 2> formats{json_format, html_format};
    const codec::JsonArray links = self_links("http://a/", {}, html_format, formats);
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].find("rel")->string(), "self");
    EXPECT_EQ(links[0].find("type")->string(), "text/html");
    EXPECT_EQ(links[1].find("rel")->string(), "alternate");
    EXPECT_EQ(links[1].find("href")->string(), "http://a/?f=json");
}

TEST(Link, SaysWhenItIsATemplate) {
    EXPECT_EQ(link("item", "x", media::mvt, "t", Href::templated).find("templated")->boolean(), true);
    EXPECT_EQ(link("item", "x", media::mvt, "t").find("templated"), nullptr);
}

}  // namespace
}  // namespace ranh::present
