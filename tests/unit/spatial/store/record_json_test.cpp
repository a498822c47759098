#include "spatial/store/record_json.hpp"

#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::HasSubstr;

TEST(ProvenanceRecord, ReadsBackTheSame) {
    const auto full = full_provenance();
    expect_same(store::parse_provenance(store::to_json_text(full)).value(), full);
    expect_same(store::parse_provenance(store::to_json_text(model::Provenance())).value(), {});
    EXPECT_EQ(store::parse_provenance(store::to_json_text(model::Provenance())).value().accuracy_m, std::nullopt);
}

TEST(ProvenanceRecord, NamesTheMemberThatIsWrong) {
    const auto error = store::parse_provenance(R"({"source": 5})").error();
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("'source'"));
    EXPECT_EQ(store::parse_provenance("[]").error().kind, ErrorKind::corrupt_input);
    EXPECT_EQ(store::parse_provenance("{").error().kind, ErrorKind::corrupt_input);
}

TEST(SchemaRecord, ReadsBackTheSame) {
    const store::StoredSchema schema{every_type(), {"flag", "count", "measure", "owner_", "signed"}};
    EXPECT_EQ(store::parse_stored_schema(store::to_json_text(schema)).value(), schema);
}

TEST(SchemaRecord, RefusesATypeItDoesNotKnow) {
    const auto error =
        store::parse_stored_schema(R"({"fields": [{"name": "a", "type": "blob", "privacy": "open", "column": "a"}]})")
            .error();
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("'type'"));
}

}  // namespace
}  // namespace ranh::test
