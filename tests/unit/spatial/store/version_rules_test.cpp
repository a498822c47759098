#include "spatial/store/version_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using store::choose_columns;
using testing::ElementsAre;

std::string type_word(model::FieldType type) { return std::string(model::to_string(type)); }

TEST(ColumnChoice, GivesEachFieldAColumnOfItsOwn) {
    const model::Schema schema{{{"fid", model::FieldType::integer},
                                {"Name", model::FieldType::text},
                                {"name", model::FieldType::text},
                                {"size", model::FieldType::text},
                                {"", model::FieldType::text}}};
    const auto choice =
        choose_columns(schema, {{"size", {"Size", "integer"}}, {"old", {"old", "text"}}}, {"fid"}, type_word, 60);
    EXPECT_THAT(choice.schema.columns, ElementsAre("fid_", "Name", "name_", "size_", "_"));
    ASSERT_EQ(choice.wanted.size(), 7U);
    EXPECT_EQ(choice.wanted[0].type, "integer");
    EXPECT_EQ(choice.wanted[5].name, "old");
}

TEST(ColumnChoice, TakesTheColumnThatIsThereAsItIsWritten) {
    const auto choice =
        choose_columns({{{"name", model::FieldType::text}}}, {{"name", {"Name", "text"}}}, {}, type_word, 60);
    EXPECT_THAT(choice.schema.columns, ElementsAre("Name"));
}

TEST(ColumnChoice, CutsLongNamesBetweenCharactersAndKeepsThemApart) {
    const model::Schema schema{{{"Diện tích một", model::FieldType::real}, {"Diện tích hai", model::FieldType::real}}};
    const auto choice = choose_columns(schema, {}, {}, type_word, 4);  // "ệ" is three bytes
    EXPECT_THAT(choice.schema.columns, ElementsAre("Di", "Di_"));
}

}  // namespace
}  // namespace ranh::test
