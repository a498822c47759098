#include "importers/mapping/mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>

namespace ranh::mapping {
namespace {

using model::FieldType;
using model::Value;
using testing::ElementsAre;
using testing::HasSubstr;

const model::Schema parcels{{{"SoHieuToBanDo", FieldType::text},
                             {"SoThuTuThua", FieldType::text},
                             {"KyHieu", FieldType::text},
                             {"OBJECTID", FieldType::integer}}};

Mapping mapping_of(std::string_view yaml) { return read_mapping(yaml, "map.yaml").value(); }
std::string error_of(std::string_view yaml) { return read_mapping(yaml, "map.yaml").error().text(); }

TEST(ReadMapping, TakesShortAndLongRules) {
    const auto mapping = mapping_of(
        "unmapped: drop\ndrop: [OBJECTID]\nfields:\n  sheet: SoHieuToBanDo\n"
        "  land_code: {from: KyHieu, values: {ODT: ONT}}\n  province: {constant: \"68\"}\n");
    EXPECT_TRUE(mapping.drop_unmapped);
    EXPECT_THAT(mapping.dropped, ElementsAre("OBJECTID"));
    ASSERT_EQ(mapping.fields.size(), 3U);
    EXPECT_EQ(mapping.fields[1].values.at("ODT").to, "ONT");
    EXPECT_EQ(mapping.fields[2].constant, Value(std::string("68")));
}

TEST(ReadMapping, NamesFileLineAndKeyOfAMistake) {
    EXPECT_THAT(error_of("fields:\n  a: b\nfeilds: 1\n"), HasSubstr("map.yaml, line 3: unknown key 'feilds'"));
    EXPECT_THAT(error_of("fields:\n  a: {from: b, typ: text}\n"), HasSubstr("line 2: unknown key 'typ'"));
    EXPECT_THAT(error_of("fields:\n  a: {type: text}\n"), HasSubstr("needs either 'from' or 'constant'"));
    EXPECT_THAT(error_of("fields:\n  a: {from: b, type: number}\n"), HasSubstr("'number' is no type"));
    EXPECT_THAT(error_of("fields:\n  a: b\n  a: c\n"), HasSubstr("line 3: the target 'a' stands twice"));
    EXPECT_THAT(error_of("unmapped: perhaps\n"), HasSubstr("must be keep or drop"));
    EXPECT_THAT(error_of("a: [\n"), HasSubstr("this is not YAML"));
    EXPECT_THAT(error_of("- a\n"), HasSubstr("a mapping is a YAML map"));
}

std::vector<std::filesystem::path> files_in(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(RANH_SOURCE_DIR "/" + folder)) {
        files.push_back(entry.path());
    }
    return files;
}

Result<Mapping> mapping_in(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return read_mapping(std::string((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>()),
                        file.filename().string());
}

TEST(ReadMapping, TakesGoodFilesAndTheReadyOnes) {
    for (const char* folder : {"tests/unit/importers/mapping/cases/good", "importers/mapping/ready"}) {
        for (const auto& file : files_in(folder)) {
            const auto mapping = mapping_in(file);
            EXPECT_TRUE(mapping) << file << ": " << (mapping ? "" : mapping.error().text());
        }
    }
}

TEST(ReadMapping, RefusesBadFilesNamingTheLine) {
    for (const auto& file : files_in("tests/unit/importers/mapping/cases/bad")) {
        const auto mapping = mapping_in(file);
        ASSERT_FALSE(mapping) << file;
        EXPECT_THAT(mapping.error().text(), HasSubstr(".yaml, line ")) << file;
    }
}

TEST(MappedSchema, PutsTargetsFirstAndKeepsUnmappedFields) {
    const auto mapped =
        MappedSchema::make(mapping_of("fields:\n  sheet: {from: SoHieuToBanDo, type: integer}\n"), parcels).value();
    ASSERT_EQ(mapped.schema().fields.size(), 4U);
    EXPECT_EQ(mapped.schema().fields[0], (model::Field{"sheet", FieldType::integer}));
    EXPECT_EQ(mapped.schema().fields[1].name, "SoThuTuThua");
    const auto values =
        mapped.apply({std::string("54"), std::string("42"), std::string("ONT"), std::int64_t{1}}).value();
    EXPECT_EQ(values[0], Value(std::int64_t{54}));
    EXPECT_EQ(values[3], Value(std::int64_t{1}));
}

TEST(MappedSchema, TranslatesListedValuesOnly) {
    const auto mapped =
        MappedSchema::make(mapping_of("unmapped: drop\nfields:\n  code: {from: KyHieu, values: {ODT: ONT}}\n"), parcels)
            .value();
    const auto code = [&](const char* text) {
        return mapped.apply({std::string(), std::string(), std::string(text), std::int64_t{1}}).value().at(0);
    };
    EXPECT_EQ(code("ODT"), Value(std::string("ONT")));
    EXPECT_EQ(code("CLN"), Value(std::string("CLN")));
}

TEST(MappedSchema, TranslatesByTheDayOfTheRecordAndCountsIt) {
    const model::Schema schema{{{"KyHieu", FieldType::text}, {"NgayLap", FieldType::text}}};
    const auto mapping = mapping_of(
        "date: NgayLap\nfields:\n  code: {from: KyHieu, values: {DRA: {to: DRAC, from: 2024-08-01}}}\n"
        "drop: [NgayLap]\n");
    const auto mapped = MappedSchema::make(mapping, schema).value();
    RewriteCounts counts;
    const auto code = [&](const char* day) {
        return model::to_text(mapped.apply({std::string("DRA"), std::string(day)}, &counts).value().at(0));
    };
    EXPECT_EQ(code("2024-07-31"), "DRA");
    EXPECT_EQ(code("2024-08-01"), "DRAC");
    EXPECT_EQ(code(""), "DRA");
    EXPECT_THAT(counts, ElementsAre(testing::Pair("code: 'DRA' became 'DRAC'", 1),
                                    testing::Pair("code: 'DRA' stays, for the record has no date", 1)));
    const auto dated = MappedSchema::make(mapping, schema, Date::parse("2025-01-01").value()).value();
    EXPECT_EQ(model::to_text(dated.apply({std::string("DRA"), std::string()}).value().at(0)), "DRAC");
}

TEST(MappedSchema, TakesTheFirstFieldThereIsAndLeavesOptionalOnesOut) {
    const auto mapped =
        MappedSchema::make(
            mapping_of(
                "unmapped: drop\nfields:\n  sheet: {from: [soTo, SoHieuToBanDo]}\n  x: {from: Y, optional: true}\n"),
            parcels)
            .value();
    ASSERT_EQ(mapped.schema().fields.size(), 1U);
    EXPECT_THAT(mapped.notes(),
                ElementsAre("map.yaml: the source has no field 'Y' for 'x'",
                            "map.yaml: fields the mapping does not name, dropped: SoThuTuThua, KyHieu, OBJECTID"));
}

TEST(MappedSchema, NamesAFieldThatDoesNotExist) {
    const auto mapped = MappedSchema::make(mapping_of("fields:\n  a: KyHieuX\n"), parcels);
    ASSERT_FALSE(mapped);
    EXPECT_THAT(mapped.error().sentence, HasSubstr("'KyHieuX'"));
    EXPECT_THAT(mapped.error().sentence, HasSubstr("KyHieu, OBJECTID"));
}

TEST(MappedSchema, RefusesATargetThatHidesAnUnmappedField) {
    EXPECT_EQ(MappedSchema::make(mapping_of("fields:\n  KyHieu: SoThuTuThua\n"), parcels).error().kind,
              ErrorKind::conflict);
}

TEST(MappedSchema, MarksAPersonalFieldThatIsKept) {
    const auto mapped =
        MappedSchema::make(mapping_of("fields:\n  owner: {from: KyHieu, personal: true}\n"), parcels).value();
    EXPECT_EQ(mapped.schema().fields[0].privacy, model::Privacy::personal);
}

TEST(Convert, ReadsWhatFitsAndNamesWhatDoesNot) {
    EXPECT_EQ(convert(Value(std::string("12.5")), FieldType::real).value(), Value(12.5));
    EXPECT_EQ(convert(Value(12.0), FieldType::integer).value(), Value(std::int64_t{12}));
    EXPECT_EQ(convert(Value(std::string("")), FieldType::integer).value(), Value());
    EXPECT_EQ(convert(Value(std::string("2026-03-01")), FieldType::date).value(),
              Value(Date::parse("2026-03-01").value()));
    EXPECT_EQ(convert(Value(std::string("true")), FieldType::boolean).value(), Value(true));
    EXPECT_THAT(convert(Value(std::string("12a")), FieldType::integer).error().sentence,
                HasSubstr("'12a' is not of type integer"));
    EXPECT_FALSE(convert(Value(12.5), FieldType::integer));
}

TEST(IsPersonalField, KnowsOwnersNumbersAndPhones) {
    for (const auto* name : {"tenchu", "TenChu", "ten_chu", "chu su dung", "owner", "so dien thoai", "cccd", "socmnd",
                             "ngay sinh", "ho va ten", "ma so thue", "email"}) {
        EXPECT_TRUE(is_personal_field(name)) << name;
    }
    for (const auto* name : {"ten", "name", "area_id", "commune", "dia chi", "code", "chu dau tu", "xa", "moc"}) {
        EXPECT_FALSE(is_personal_field(name)) << name;
    }
}

TEST(RecordJson, HoldsAllFieldsAndSurvivesNumbersJsonLacks) {
    const model::Schema schema{{{"a", FieldType::text}, {"b", FieldType::real}}};
    EXPECT_EQ(record_json(schema, {std::string("x"), 1.5}), R"({"a":"x","b":1.5})");
    EXPECT_THAT(record_json(schema, {Value(), std::numeric_limits<double>::quiet_NaN()}), HasSubstr("nan"));
}

}  // namespace
}  // namespace ranh::mapping
