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

TEST(ProvenanceRecord, StatesNobodyWhereAnEarlierProgramWroteIt) {
    std::string text = store::to_json_text(full_provenance());
    const std::size_t begin = text.find("\"imported_by\"");
    text.erase(begin, text.find("\"read\"") - begin);
    const model::Provenance read = store::parse_provenance(text).value();
    EXPECT_EQ(read.imported_by, "");
    EXPECT_EQ(read.source, full_provenance().source);
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

model::LayerVersion full_version() {
    model::LayerVersion version{.layer = layer_id("khu-1"),
                                .number = VersionNumber(7),
                                .description = description_of(every_type()),
                                .systems = {crs::Crs::from_epsg(3405).value(), crs::wgs84()},
                                .feature_count = 12,
                                .held = true,
                                .withdrawn = true,
                                .known_from = Timestamp::parse("2026-03-31T08:15:00.123Z").value(),
                                .content_hash = sha256("content"),
                                .lattice_level = -3};
    version.description.kind = model::LayerKind::national_reserve;
    version.description.status = model::LegalStatus::superseded;
    version.description.superseded_by = "khu-2@1";
    version.description.validity = DateRange::from_inclusive(day("2020-01-01"), day("2030-12-31")).value();
    version.description.provenance = full_provenance();
    return version;
}

TEST(LayerVersionRecord, ReadsBackTheSame) {
    const model::LayerVersion version = full_version();
    const auto read = store::parse_layer_version(store::to_json_text(version)).value();
    EXPECT_EQ(store::to_json_text(read), store::to_json_text(version));
    EXPECT_EQ(read.name(), "khu-1@7");
    EXPECT_EQ(read.systems, version.systems);
    EXPECT_EQ(read.content_hash, version.content_hash);
    EXPECT_EQ(read.lattice_level, -3);
    EXPECT_TRUE(read.held);
    EXPECT_EQ(read.description.schema, version.description.schema);
    EXPECT_EQ(read.description.validity, version.description.validity);
    expect_same(read.description.provenance, version.description.provenance);
}

TEST(LayerVersionRecord, NamesTheMemberThatIsWrong) {
    EXPECT_THAT(store::parse_layer_version(R"({"layer": "a"})").error().sentence, HasSubstr("'number'"));
    std::string text = store::to_json_text(full_version());
    text.replace(text.find("\"held\":true"), 11, "\"held\":1234");
    EXPECT_THAT(store::parse_layer_version(text).error().sentence, HasSubstr("'held'"));
    EXPECT_EQ(store::parse_layer_version("").error().kind, ErrorKind::corrupt_input);
}

}  // namespace
}  // namespace ranh::test
