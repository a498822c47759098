#include "spatial/model/value.hpp"

#include <gtest/gtest.h>

namespace ranh::model {
namespace {

TEST(Value, ReadsAsTextForPeople) {
    EXPECT_EQ(to_text(std::monostate()), "");
    EXPECT_EQ(to_text(true), "true");
    EXPECT_EQ(to_text(std::int64_t{-12}), "-12");
    EXPECT_EQ(to_text(0.1), "0.1");
    EXPECT_EQ(to_text(1234567.25), "1234567.25");
    EXPECT_EQ(to_text(std::string("Đắk Nông")), "Đắk Nông");
    EXPECT_EQ(to_text(Date::parse("2026-03-31").value()), "2026-03-31");
}

TEST(Value, KnowsItsType) {
    EXPECT_EQ(type_of(std::monostate()), std::nullopt);
    EXPECT_TRUE(is_null(std::monostate()));
    EXPECT_EQ(type_of(false), FieldType::boolean);
    EXPECT_EQ(type_of(std::int64_t{1}), FieldType::integer);
    EXPECT_EQ(type_of(1.0), FieldType::real);
    EXPECT_EQ(type_of(std::string()), FieldType::text);
    EXPECT_FALSE(is_null(std::string()));
    EXPECT_EQ(type_of(Date()), FieldType::date);
}

TEST(FieldType, ReadsBackFromItsWord) {
    for (const FieldType type :
         {FieldType::boolean, FieldType::integer, FieldType::real, FieldType::text, FieldType::date}) {
        EXPECT_EQ(parse_field_type(to_string(type)), type);
    }
    EXPECT_EQ(parse_field_type("blob"), std::nullopt);
}

TEST(Schema, FindsFieldsByExactName) {
    const Schema schema{{{"Ma", FieldType::text}, {"ma", FieldType::integer}}};
    EXPECT_EQ(schema.find("ma"), 1U);
    EXPECT_EQ(schema.find("MA"), std::nullopt);
}

}  // namespace
}  // namespace ranh::model
