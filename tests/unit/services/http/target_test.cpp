#include "services/http/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(ParseTarget, SplitsThePathBeforeItDecodes) {
    EXPECT_THAT(parse_target("/collections/a%2Fb/items/n%C4%83m%20%26").value().path,
                ElementsAre("collections", "a/b", "items", "năm &"));
}

TEST(ParseTarget, RootHasNoSegmentsAndATrailingSlashAnEmptyOne) {
    EXPECT_THAT(parse_target("/").value().path, IsEmpty());
    EXPECT_THAT(parse_target("/?f=json").value().path, IsEmpty());
    EXPECT_THAT(parse_target("/map/").value().path, ElementsAre("map", ""));
}

TEST(ParseTarget, SplitsTheQueryBeforeItDecodes) {
    EXPECT_THAT(parse_target("/a?x=1%262&y=a%3Db=c&z&&w=").value().query,
                ElementsAre(Pair("x", "1&2"), Pair("y", "a=b=c"), Pair("z", ""), Pair("w", "")));
}

TEST(ParseTarget, PlusIsASpaceInTheQueryOnly) {
    const Target target = parse_target("/a+b?q=c+d%2B").value();
    EXPECT_THAT(target.path, ElementsAre("a+b"));
    EXPECT_THAT(target.query, ElementsAre(Pair("q", "c d+")));
}

TEST(ParseTarget, TakesLettersThatWereNotEncoded) {
    EXPECT_THAT(parse_target("/a?name=Bảo").value().query, ElementsAre(Pair("name", "Bảo")));
}

TEST(ParseTarget, LeavesDotSegmentsForTheRouterToMiss) {
    EXPECT_THAT(parse_target("/a/../b/%2e%2e").value().path, ElementsAre("a", "..", "b", ".."));
}

TEST(ParseTarget, RefusesWhatIsNoPath) {
    for (const char* text :
         {"", "a", "http://evil.example/x", "//evil.example/x", "*", "?f=json", "/a#b", "/a b", "/a\tb", "/a\x7f"}) {
        EXPECT_FALSE(parse_target(text).ok()) << text;
    }
}

TEST(ParseTarget, RefusesBadEscapes) {
    for (const char* text : {"/%", "/%4", "/%zz", "/a?x=%", "/a?%4=1", "/%00", "/a?x=%00", "/%C4", "/%C0%AF",
                             "/%ED%A0%80", "/%F5%80%80%80", "/\xFF"}) {
        EXPECT_FALSE(parse_target(text).ok()) << text;
    }
}

TEST(ParseTarget, BoundsSegmentsAndPairs) {
    std::string segments;
    std::string pairs = "/?";
    for (int i = 0; i < 101; ++i) {
        segments += "/a";
        pairs += "a=1&";
    }
    EXPECT_FALSE(parse_target(segments).ok());
    EXPECT_FALSE(parse_target(pairs).ok());
}

TEST(EncodedQuery, ComesBackThroughTheParser) {
    const QueryPairs pairs{{"name", "Bảo Lộc & Đà Lạt?"}, {"100%", "a=b+c"}};
    EXPECT_EQ(parse_target("/x" + encoded_query(pairs)).value().query, pairs);
    EXPECT_EQ(encoded_query({}), "");
}

TEST(CheckedHost, TakesNamesAddressesAndPorts) {
    for (const char* host : {"localhost", "ranh.example:8080", "127.0.0.1:1", "[::1]:8080", "[::1]"}) {
        EXPECT_EQ(checked_host(host).value(), host);
    }
}

TEST(CheckedHost, RefusesEverythingThatCouldBendALink) {
    for (const char* host :
         {"", "a/b", "a@b", "a b", "a:", "a:99999", "a:8x", "[::1", "[g]", "[]", "a\"", "a?b", "a:1:2", "đ"}) {
        EXPECT_FALSE(checked_host(host).ok()) << host;
    }
}

}  // namespace
}  // namespace ranh::http
