#include "spatial/snapshot/value_column.hpp"

#include "spatial/base/error.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace ranh::snapshot {
namespace {

using model::Value;

TEST(ValueColumn, GivesBackEveryKindOfValue) {
    const std::vector<Value> values{Value(),
                                    true,
                                    false,
                                    std::numeric_limits<std::int64_t>::min(),
                                    std::int64_t{-1},
                                    std::numeric_limits<std::int64_t>::max(),
                                    -0.0,
                                    0.1,
                                    std::string(),
                                    std::string("Đất ở tại đô thị"),
                                    std::string("a\0b", 3),
                                    Date::parse("1899-12-31").value(),
                                    Date::parse("2026-03-31").value()};
    ValueColumn column;
    for (const Value& value : values) {
        column.append(value);
    }
    ASSERT_EQ(column.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(column.view().at(i), values[i]) << i;
    }
}

TEST(ValueColumn, KeepsATextThatRepeatsOnce) {
    ValueColumn column;
    for (int i = 0; i < 1000; ++i) {
        column.append(std::string(i % 2 == 0 ? "ONT" : "CLN"));
    }
    EXPECT_EQ(column.view().texts.size(), 2U * (4 + 3));
    EXPECT_EQ(column.view().at(999), Value(std::string("CLN")));
}

TEST(ValueColumn, GoesOnWhenThereAreTooManyTextsToRemember) {
    ValueColumn column;
    for (int i = 0; i < 70'000; ++i) {
        column.append(std::to_string(i));
    }
    column.append(std::string("69999"));
    EXPECT_EQ(column.view().at(69'998), Value(std::string("69998")));
    EXPECT_EQ(column.view().at(70'000), Value(std::string("69999")));
}

TEST(ValueColumn, RefusesBytesThatLeadOutside) {
    ValueColumn column;
    column.append(std::string("text"));
    ValueColumnView view = column.view();
    const std::vector<std::uint64_t> beyond{5};
    view.payloads = beyond;
    EXPECT_THROW((void)view.at(0), Failure);
    view = column.view();
    view.texts = view.texts.first(6);
    EXPECT_THROW((void)view.at(0), Failure);
    const std::vector<std::uint8_t> unknown{17};
    view.types = unknown;
    EXPECT_THROW((void)view.at(0), Failure);
}

}  // namespace
}  // namespace ranh::snapshot
