#include "spatial/validation/issue_code.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace ranh::validation {
namespace {

bool is_lower_case_word(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

TEST(RuleTable, NamesEachCodeOnceInLowerCaseWords) {
    std::set<std::string_view> names;
    for (const Rule& rule : rule_table()) {
        EXPECT_TRUE(is_lower_case_word(rule.name)) << rule.name;
        EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
        EXPECT_EQ(parse_issue_code(rule.name), rule.code);
        EXPECT_EQ(&rule_of(rule.code), &rule);
    }
    EXPECT_EQ(parse_issue_code("bow_tie"), std::nullopt);
}

TEST(RuleTable, SaysEverythingInBothLanguages) {
    for (const Rule& rule : rule_table()) {
        SCOPED_TRACE(rule.name);
        for (const Words& words : {rule.title, rule.remedy}) {
            EXPECT_FALSE(words.vi.empty());
            EXPECT_FALSE(words.en.empty());
            EXPECT_NE(words.vi, words.en);
        }
        EXPECT_EQ(rule.measure.vi.empty(), rule.unit == Unit::none);
        EXPECT_EQ(rule.measure.en.empty(), rule.unit == Unit::none);
        EXPECT_FALSE(rule.source.empty());
    }
}

TEST(RuleTable, WhatBreaksAnAreaIsAnErrorAndHasNoTolerance) {
    for (const Rule& rule : rule_table()) {
        SCOPED_TRACE(rule.name);
        EXPECT_TRUE(!rule.breaks_area || (rule.severity == Severity::error && !rule.parameter));
    }
}

TEST(RuleTable, ReadsTheNamesOfSeverities) {
    EXPECT_EQ(parse_severity("warning"), Severity::warning);
    EXPECT_EQ(parse_severity("off"), std::nullopt);
    EXPECT_EQ(to_string(Family::registry), "register");
    EXPECT_EQ(to_string(Nature::legal), "legal");
    EXPECT_EQ(to_string(Unit::square_metres), "m2");
}

TEST(ParameterTable, NamesEachOnceWithAUsualValueInsideTheLimits) {
    std::set<std::string_view> names;
    for (const ParameterRow& row : parameter_table()) {
        SCOPED_TRACE(row.name);
        EXPECT_TRUE(names.insert(row.name).second);
        EXPECT_EQ(parse_parameter(row.name), row.parameter);
        EXPECT_LE(row.least, row.usual);
        EXPECT_LE(row.usual, row.most);
        EXPECT_FALSE(row.meaning_vi.empty());
        EXPECT_FALSE(row.meaning_en.empty());
    }
    EXPECT_EQ(parse_parameter("epsilon"), std::nullopt);
}

TEST(ParameterTable, HoldsNoNumberThatNoRuleAsksFor) {
    for (const ParameterRow& row : parameter_table()) {
        EXPECT_TRUE(std::ranges::any_of(rule_table(), [&](const Rule& rule) {
            return rule.parameter == row.parameter;
        })) << row.name;
    }
}

}  // namespace
}  // namespace ranh::validation
