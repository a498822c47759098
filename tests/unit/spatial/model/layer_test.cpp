#include "spatial/model/layer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace ranh::model {
namespace {

using testing::HasSubstr;

Date day(const char* text) { return Date::parse(text).value(); }
Timestamp moment(const char* text) { return Timestamp::parse(text).value(); }

DateRange range(const char* from, const char* last) {
    const auto end = [](const char* text) { return *text == '\0' ? std::nullopt : std::optional(day(text)); };
    return DateRange::from_inclusive(end(from), end(last)).value();
}

LayerVersion version_of(int number, LegalStatus status, const DateRange& validity = {},
                        const char* known_from = "2026-01-01") {
    LayerVersion version{.layer = LayerId::parse("bauxite").value(),
                         .number = VersionNumber(number),
                         .description = {},
                         .systems = {},
                         .feature_count = 0,
                         .held = false,
                         .withdrawn = false,
                         .known_from = moment(known_from),
                         .content_hash = {}};
    version.description.status = status;
    version.description.validity = validity;
    return version;
}

TEST(LayerKind, ReadsBackFromItsWordWithEitherStroke) {
    for (int i = 0; i <= static_cast<int>(LayerKind::other); ++i) {
        const auto kind = static_cast<LayerKind>(i);
        EXPECT_EQ(parse_layer_kind(to_string(kind)).value(), kind);
    }
    EXPECT_EQ(parse_layer_kind("plan-area").value(), LayerKind::plan_area);
}

TEST(LayerKind, ListsAllKindsWhenItIsUnknown) {
    const auto kind = parse_layer_kind("swamp");
    ASSERT_FALSE(kind.ok());
    EXPECT_EQ(kind.error().kind, ErrorKind::invalid_argument);
    EXPECT_THAT(kind.error().sentence,
                testing::AllOf(HasSubstr("'swamp'"), HasSubstr("national_reserve"), HasSubstr("other")));
}

TEST(LayerKind, OfMineralAreasIsOneOfThree) {
    std::set<LayerKind> mineral;
    for (int i = 0; i <= static_cast<int>(LayerKind::other); ++i) {
        if (is_mineral_area(static_cast<LayerKind>(i))) {
            mineral.insert(static_cast<LayerKind>(i));
        }
    }
    EXPECT_THAT(mineral, testing::UnorderedElementsAre(LayerKind::plan_area, LayerKind::national_reserve,
                                                       LayerKind::licence_area));
}

TEST(LegalStatus, ReadsBackFromItsWord) {
    for (const auto status : {LegalStatus::unknown, LegalStatus::draft, LegalStatus::in_force, LegalStatus::expired,
                              LegalStatus::superseded}) {
        EXPECT_EQ(parse_legal_status(to_string(status)).value(), status);
    }
    EXPECT_EQ(parse_legal_status("in-force").value(), LegalStatus::in_force);
    EXPECT_FALSE(parse_legal_status("active").ok());
    EXPECT_EQ(status_label(LegalStatus::draft).vi, "dự thảo, chưa ký");
}

TEST(LegalData, NeedsWhatItsStatusSays) {
    LayerDescription description;
    EXPECT_TRUE(check_legal_data(description).ok());
    description.status = LegalStatus::in_force;
    EXPECT_THAT(check_legal_data(description).error().sentence, HasSubstr("--valid-from"));
    description.validity = range("2026-01-01", "");
    EXPECT_TRUE(check_legal_data(description).ok());
    description.status = LegalStatus::expired;
    EXPECT_THAT(check_legal_data(description).error().sentence, HasSubstr("--valid-to"));
    description.status = LegalStatus::superseded;
    EXPECT_THAT(check_legal_data(description).error().sentence, HasSubstr("--superseded-by"));
    description.superseded_by = "titanium@2";
    EXPECT_TRUE(check_legal_data(description).ok());
    description.superseded_by = "not a layer";
    EXPECT_FALSE(check_legal_data(description).ok());
    description = {};
    description.superseded_by = "titanium";
    EXPECT_FALSE(check_legal_data(description).ok());
}

TEST(LayerVersion, IsShownByItsStatusAndDates) {
    const Date inside = day("2026-06-01");
    const Date outside = day("2031-01-01");
    const DateRange validity = range("2026-01-01", "2030-12-31");
    EXPECT_TRUE(version_of(1, LegalStatus::draft, validity).shown_on(outside));
    EXPECT_TRUE(version_of(1, LegalStatus::unknown).shown_on(outside));
    EXPECT_TRUE(version_of(1, LegalStatus::in_force, validity).shown_on(inside));
    EXPECT_TRUE(version_of(1, LegalStatus::in_force, validity).shown_on(day("2030-12-31")));
    EXPECT_FALSE(version_of(1, LegalStatus::in_force, validity).shown_on(outside));
    EXPECT_TRUE(version_of(1, LegalStatus::expired, validity).shown_on(inside));
    EXPECT_FALSE(version_of(1, LegalStatus::superseded, validity).shown_on(inside));
    EXPECT_EQ(version_of(2, LegalStatus::draft).name(), "bauxite@2");
}

TEST(LayerSelector, ReadsALayerAndItsVersion) {
    EXPECT_EQ(LayerSelector::parse("bauxite").value().version, std::nullopt);
    EXPECT_EQ(LayerSelector::parse("bauxite@12").value().version, VersionNumber(12));
    for (const char* text : {"", "@1", "bauxite@", "bauxite@0", "bauxite@-1", "bauxite@1x", "bauxite@1@2", "Bauxite@1",
                             "bauxite@99999999999999999999"}) {
        EXPECT_FALSE(LayerSelector::parse(text).ok()) << text;
    }
}

struct Choice {
    const char* selector;
    const char* at;
    const char* known_at;
    int number;  ///< 0: none
};

std::vector<LayerVersion> history_of_bauxite() {
    std::vector<LayerVersion> versions{
        version_of(1, LegalStatus::in_force, range("2020-01-01", "2025-12-31"), "2020-02-01"),
        version_of(2, LegalStatus::in_force, range("2026-01-01", ""), "2025-12-01"),
        version_of(3, LegalStatus::draft, {}, "2026-03-01"),
        version_of(4, LegalStatus::superseded, {}, "2026-04-01"),
        version_of(5, LegalStatus::unknown, {}, "2026-05-01"),
        version_of(6, LegalStatus::unknown, {}, "2026-06-01"),
    };
    versions[4].withdrawn = true;
    versions[5].held = true;
    return versions;
}

TEST(ChooseVersion, FollowsStatusDatesAndKnowledge) {
    const std::vector<Choice> table{
        {"bauxite", "2026-07-01", "2026-07-01", 3},  // a draft stands at every date; 4 superseded, 5 withdrawn, 6 held
        {"bauxite", "2026-07-01", "2026-02-01", 2},  // the draft was not known yet
        {"bauxite", "2025-06-01", "2026-02-01", 1},  // 2 does not apply yet
        {"bauxite", "2025-12-31", "2026-02-01", 1},  // both ends are inside
        {"bauxite", "2026-01-01", "2026-02-01", 2},
        {"bauxite", "2026-01-01", "2025-11-01", 0},  // 1 has ended, 2 is not known
        {"bauxite", "2019-12-31", "2026-02-01", 0},
        {"bauxite", "2026-07-01", "2026-03-01", 3},  // a date means the end of that day
        {"bauxite@4", "2026-07-01", "2019-01-01", 4},
        {"bauxite@6", "2026-07-01", "2026-07-01", 6},
        {"bauxite@7", "2026-07-01", "2026-07-01", 0},
        {"titanium", "2026-07-01", "2026-07-01", 0},
    };
    for (const Choice& row : table) {
        SCOPED_TRACE(std::string(row.selector) + " at " + row.at + ", known at " + row.known_at);
        const auto chosen = choose_version(history_of_bauxite(), LayerSelector::parse(row.selector).value(),
                                           day(row.at), moment(row.known_at));
        EXPECT_EQ(chosen.ok() ? chosen.value().number.value() : 0, row.number);
    }
}

TEST(StatusLog, TellsWhatWasKnownWhen) {
    LayerVersion version = version_of(1, LegalStatus::draft);
    version.known_from = Timestamp::parse("2026-03-01T00:00:00Z").value();
    const auto at = [](const char* text) { return Timestamp::parse(text).value(); };
    const auto validity = DateRange::from_inclusive(day("2026-01-01"), {}).value();
    ASSERT_TRUE(change_status(version, {at("2026-05-01T00:00:00Z"), LegalStatus::in_force, validity, "", false}).ok());
    ASSERT_TRUE(change_status(version, {at("2026-06-01T00:00:00Z"), LegalStatus::in_force, validity, "", true}).ok());
    EXPECT_FALSE(version.as_known_at(at("2026-02-28T00:00:00Z")));
    EXPECT_EQ(version.as_known_at(at("2026-04-01T00:00:00Z"))->description.status, LegalStatus::draft);
    EXPECT_EQ(version.as_known_at(at("2026-05-01T00:00:00Z"))->description.validity, validity);
    EXPECT_FALSE(version.as_known_at(at("2026-05-31T00:00:00Z"))->withdrawn);
    EXPECT_TRUE(version.as_known_at(at("2026-06-01T00:00:00Z"))->withdrawn);
}

TEST(StatusLog, AnswersBothWhatWasValidAndWhatWasKnown) {
    LayerVersion version = version_of(1, LegalStatus::draft);
    version.known_from = Timestamp::parse("2026-03-01T00:00:00Z").value();
    const auto validity = DateRange::from_inclusive(day("2026-01-01"), day("2026-04-30")).value();
    const auto told = Timestamp::parse("2026-05-01T00:00:00Z").value();
    ASSERT_TRUE(change_status(version, {told, LegalStatus::expired, validity, "", false}).ok());
    const LayerSelector newest{version.layer, {}};
    // A day after its end: as we know now it had expired; as we knew then it was a draft.
    EXPECT_FALSE(choose_version({version}, newest, day("2026-05-02"), told).ok());
    const auto then = choose_version({version}, newest, day("2026-05-02"), Timestamp::parse("2026-04-30").value());
    EXPECT_EQ(then.value().description.status, LegalStatus::draft);
    const LayerSelector named{version.layer, VersionNumber(1)};
    EXPECT_EQ(choose_version({version}, named, day("2026-05-02"), Timestamp::parse("2026-04-30").value())
                  .value()
                  .description.status,
              LegalStatus::draft);
}

TEST(StatusLog, LeavesNoTraceOfAHeldVersion) {
    LayerVersion version = version_of(1, LegalStatus::draft);
    version.held = true;
    ASSERT_TRUE(change_status(version, {Timestamp::now(), LegalStatus::unknown, {}, "", false}).ok());
    EXPECT_TRUE(version.status_log.empty());
    EXPECT_FALSE(version.as_known_at(Timestamp::now()));
}

TEST(StatusLog, RefusesLegalDataThatDoNotHoldTogether) {
    LayerVersion version = version_of(1, LegalStatus::draft);
    EXPECT_FALSE(change_status(version, {Timestamp::now(), LegalStatus::in_force, {}, "", false}).ok());
    EXPECT_TRUE(version.status_log.empty());
}

TEST(ChooseVersion, NamesTheVersionsThereAre) {
    const auto none = choose_version(history_of_bauxite(), LayerSelector::parse("bauxite").value(), day("2019-12-31"),
                                     moment("2026-02-01"));
    EXPECT_EQ(none.error().kind, ErrorKind::not_found);
    EXPECT_THAT(none.error().sentence, testing::AllOf(HasSubstr("bauxite@1 (in_force from 2020-01-01 to 2025-12-31"),
                                                      HasSubstr("bauxite@6 (unknown, held)"), HasSubstr("2019-12-31")));
    const auto layer = choose_version(history_of_bauxite(), LayerSelector::parse("titan").value(), Date(), Timestamp());
    EXPECT_THAT(layer.error().sentence, HasSubstr("there are: bauxite"));
    EXPECT_THAT(choose_version({}, LayerSelector::parse("titan").value(), Date(), Timestamp()).error().sentence,
                HasSubstr("ranh import"));
}

TEST(ContentHash, DiffersWithEveryPart) {
    const std::vector<std::vector<Value>> values{{},
                                                 {std::monostate()},
                                                 {std::monostate(), std::monostate()},
                                                 {std::int64_t{1}},
                                                 {true},
                                                 {1.0},
                                                 {std::string("1")},
                                                 {std::string("1"), std::string()},
                                                 {std::string(), std::string("1")},
                                                 {Date(std::chrono::sys_days(std::chrono::days(1)))}};
    std::set<std::string> hashes;
    for (const auto& row : values) {
        hashes.insert(content_hash(FeatureId("a"), crs::wgs84(), "wkb", row).hex());
    }
    hashes.insert(content_hash(FeatureId("b"), crs::wgs84(), "wkb", {}).hex());
    hashes.insert(content_hash(FeatureId("a"), crs::vn2000(), "wkb", {}).hex());
    hashes.insert(content_hash(FeatureId("a"), crs::wgs84(), "wkc", {}).hex());
    hashes.insert(content_hash(FeatureId("a"), crs::wgs84(), "wkb", {}, 1.0).hex());
    EXPECT_EQ(hashes.size(), values.size() + 4);
}

TEST(ContentHash, TakesMinusZeroForZero) {
    EXPECT_EQ(content_hash(FeatureId("a"), crs::wgs84(), "", {0.0}),
              content_hash(FeatureId("a"), crs::wgs84(), "", {-0.0}));
}

}  // namespace
}  // namespace ranh::model
