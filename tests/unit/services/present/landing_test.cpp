#include "services/present/landing.hpp"

#include "spatial/codec/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace ranh::present {
namespace {

TEST(ConformanceClasses, AreNamedOnce) {
    const auto classes = conformance_classes();
    EXPECT_EQ(std::set<std::string_view>(classes.begin(), classes.end()).size(), classes.size());
}

TEST(LandingHtml, LinksToTheMap) {
    EXPECT_THAT(landing_html("http://a"), testing::HasSubstr("href=\"http://a/map/\""));
}

TEST(HealthJson, NamesTheRevision) { EXPECT_EQ(health_json("abc"), R"({"status":"ok","revision":"abc"})"); }

}  // namespace
}  // namespace ranh::present
