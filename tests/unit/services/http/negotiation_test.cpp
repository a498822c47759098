#include "services/http/negotiation.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ranh::http {
namespace {

constexpr std::array<std::string_view, 3> offered{"application/json", "application/vnd.oai.openapi+json;version=3.0",
                                                  "text/html"};

TEST(BestMediaType, TakesTheHighestQuality) {
    EXPECT_EQ(best_media_type("application/json;q=0.5, text/html", offered), 2U);
    EXPECT_EQ(best_media_type("text/html;q=0.2,application/vnd.oai.openapi+json;version=3.0;q=0.9", offered), 1U);
}

TEST(BestMediaType, ABrowserGetsHtmlAndAProgramTheFirst) {
    EXPECT_EQ(best_media_type("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", offered), 2U);
    EXPECT_EQ(best_media_type("*/*", offered), 0U);
    EXPECT_EQ(best_media_type("text/*", offered), 2U);
}

TEST(BestMediaType, TheMostSpecificRangeDecides) {
    EXPECT_EQ(best_media_type("*/*, application/json;q=0", offered), 1U);
    EXPECT_EQ(best_media_type("TEXT/HTML", offered), 2U);
}

TEST(BestMediaType, FindsNothingInAnEmptyOrForeignList) {
    EXPECT_EQ(best_media_type("", offered), std::nullopt);
    EXPECT_EQ(best_media_type("image/png", offered), std::nullopt);
    EXPECT_EQ(best_media_type("*/*;q=0", offered), std::nullopt);
    EXPECT_EQ(best_media_type(";;,,=;q", offered), std::nullopt);
}

TEST(AcceptsGzip, ByNameOrStarUnlessItsQualityIsZero) {
    EXPECT_TRUE(accepts_gzip("gzip, deflate, br"));
    EXPECT_TRUE(accepts_gzip("br;q=1.0, GZIP;q=0.2"));
    EXPECT_TRUE(accepts_gzip("*"));
    EXPECT_FALSE(accepts_gzip(""));
    EXPECT_FALSE(accepts_gzip("identity"));
    EXPECT_FALSE(accepts_gzip("gzip;q=0, *"));
}

TEST(NamesEtag, ComparesWeaklyInAList) {
    EXPECT_TRUE(names_etag("\"a\", \"b\"", "\"b\""));
    EXPECT_TRUE(names_etag("W/\"b\"", "\"b\""));
    EXPECT_TRUE(names_etag("*", "\"b\""));
    EXPECT_FALSE(names_etag("", "\"b\""));
    EXPECT_FALSE(names_etag("\"a\"", "\"b\""));
}

}  // namespace
}  // namespace ranh::http
