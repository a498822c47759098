#include "services/present/processes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::present {
namespace {

TEST(Processes, ListAndDescriptionAgree) {
    const codec::Json list = processes("http://a", json_format);
    const codec::Json one = overlap_check("http://a", json_format);
    ASSERT_EQ(list.find("processes")->array()->size(), 1U);
    for (const char* member : {"id", "version", "title", "description"}) {
        EXPECT_EQ(list.find("processes")->array()->front().find(member)->string(), one.find(member)->string());
    }
}

TEST(OverlapCheck, DescribesEveryInputWithASchema) {
    const codec::Json json = overlap_check("http://a", json_format);
    EXPECT_EQ(json.find("inputs")->object()->size(), 12U);
    for (const auto& [name, input] : *json.find("inputs")->object()) {
        EXPECT_NE(input.find("schema"), nullptr) << name;
        EXPECT_NE(input.find("title"), nullptr) << name;
    }
}

TEST(ProcessesHtml, IsAPage) {
    EXPECT_THAT(processes_html("http://a", processes("http://a", html_format)), testing::HasSubstr("overlap-check"));
}

}  // namespace
}  // namespace ranh::present
