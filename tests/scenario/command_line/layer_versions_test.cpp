#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// The version an overlap report used for its left side.
int left_version(const codec::Json& overlaps) {
    return static_cast<int>(number_of(array_of(overlaps, "versions").at(0), "version"));
}

/// The moment a version became known.
std::string known_from(const SmallWorkspace& workspace, const std::string& version) {
    const ProgramEnd end = workspace.run({"layers", "show", version});
    return text_of(json_of(end.output), "known_from");
}

/// A workspace in which `zones` has a second version of five features.
class TwoVersions : public testing::Test {
protected:
    void SetUp() override { ASSERT_EQ(m_workspace.import(sample("tiny/zones.geojson"), "zones").exit_code, 0); }
    SmallWorkspace m_workspace;
};

TEST(Layers, AreAnArrayOfRowsWithTheFieldsPromised) {
    const SmallWorkspace workspace;
    const codec::Json layers = workspace.json({"layers"});
    ASSERT_TRUE(layers.is_array());
    ASSERT_EQ(layers.array()->size(), 2U);
    for (const std::string name :
         {"layer", "version", "kind", "status", "features", "crs", "valid_from", "valid_to", "held", "title"}) {
        EXPECT_NE(layers.array()->front().find(name), nullptr) << name;
    }
    EXPECT_EQ(text_of(layers.array()->front(), "layer"), "parcels");
}

TEST(Layers, AreListedForPeopleInBothLanguages) {
    const SmallWorkspace workspace;
    EXPECT_THAT(workspace.run({"layers"}).output,
                AllOf(HasSubstr("zones@1"), HasSubstr("chưa rõ hiệu lực"), HasSubstr("layer")));
}

/// What `ranh layers show` says of a version.
codec::Json shown(const SmallWorkspace& workspace, const std::string& version) {
    return json_of(workspace.run({"layers", "show", version}).output);
}

/// Who stands at each change of its legal data.
std::vector<std::string> names_in_log(const codec::Json& version) {
    std::vector<std::string> names;
    for (const codec::Json& change : array_of(version, "status_log")) {
        names.push_back(text_of(change, "by"));
    }
    return names;
}

TEST(WhoDidIt, IsStatedOnlyWhenTold) {
    const SmallWorkspace workspace;
    EXPECT_EQ(text_of(shown(workspace, "zones@1"), "imported_by"), "");
    const std::string zones = sample("tiny/zones.geojson");
    ASSERT_EQ(workspace.import(zones, "zones", {"--by", "Tổ địa chính"}).exit_code, 0);
    EXPECT_EQ(text_of(shown(workspace, "zones@2"), "imported_by"), "Tổ địa chính");
    const ProgramOptions of_an_office{.environment = {{"RANH_BY", "the office"}}};
    ASSERT_EQ(workspace.run({"layers", "rollback", "zones@1"}, of_an_office).exit_code, 0);
    EXPECT_EQ(text_of(shown(workspace, "zones@3"), "imported_by"), "the office");
    EXPECT_THAT(workspace.run({"import", "--help"}, of_an_office).output,
                AllOf(HasSubstr("RANH_BY"), testing::Not(HasSubstr("the office"))));
}

TEST(WhoDidIt, IsLoggedForEachChangeAndGoesIntoBackups) {
    const SmallWorkspace workspace;
    ASSERT_EQ(workspace.import(sample("tiny/zones.geojson"), "zones", {"--hold", "--by", "A"}).exit_code, 0);
    ASSERT_EQ(workspace.run({"layers", "publish", "zones@2", "--by", "B"}).exit_code, 0);
    ASSERT_EQ(workspace.run({"layers", "set", "zones@2", "--status", "draft", "--by", "C"}).exit_code, 0);
    ASSERT_EQ(workspace.run({"layers", "withdraw", "zones@2"}).exit_code, 0);
    const codec::Json version = shown(workspace, "zones@2");
    EXPECT_EQ(text_of(version, "imported_by"), "A");
    EXPECT_THAT(names_in_log(version), testing::ElementsAre("B", "C", ""));
    const std::string copy = workspace.path("copy.gpkg");
    ASSERT_EQ(workspace.run({"workspace", "copy", "--to", copy}).exit_code, 0);
    const codec::Json copied = json_of(run_ranh({"layers", "show", "zones@2", "-w", copy}).output);
    EXPECT_EQ(text_of(copied, "imported_by"), "A");
    EXPECT_THAT(names_in_log(copied), testing::ElementsAre("B", "C", ""));
}

TEST_F(TwoVersions, AreOneRowUnlessAllAreAsked) {
    EXPECT_EQ(m_workspace.json({"layers"}).array()->size(), 2U);
    EXPECT_EQ(m_workspace.json({"layers", "--all"}).array()->size(), 3U);
    EXPECT_EQ(number_of(m_workspace.version("zones", 1), "features"), 4.0);
    EXPECT_EQ(number_of(m_workspace.version("zones", 2), "features"), 5.0);
}

TEST_F(TwoVersions, AreChosenByNumberOrTheNewestIsTaken) {
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "zones", "parcels"})), 2);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "zones@1", "parcels"})), 1);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "zones@2", "parcels"})), 2);
}

TEST_F(TwoVersions, AreNamedWhenTheOneAskedForIsNotThere) {
    const ProgramEnd end = m_workspace.run({"overlaps", "zones@7", "parcels"});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, AllOf(HasSubstr("zones"), HasSubstr("1"), HasSubstr("2")));
}

TEST_F(TwoVersions, CanBeComparedWithEachOther) {
    const codec::Json answer = m_workspace.json({"overlaps", "zones@1", "zones@2"});
    EXPECT_EQ(array_of(answer, "versions").size(), 2U);
    EXPECT_GE(array_of(answer, "overlaps").size(), 4U);
}

TEST_F(TwoVersions, AreSeenAsTheyWereKnownAtAMoment) {
    const std::string second = known_from(m_workspace, "zones@2");
    const std::string first = known_from(m_workspace, "zones@1");
    EXPECT_LT(first, second);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "zones", "zones", "--known-at", second})), 2);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "zones", "zones", "--known-at", first})), 1);
    const ProgramEnd before = m_workspace.run({"overlaps", "zones", "zones", "--known-at", "2020-01-01"});
    EXPECT_EQ(before.exit_code, 3) << before.text();
}

TEST_F(TwoVersions, AreSeenWithTheStatusKnownAtAMoment) {
    const auto state_known_at = [this](const std::string& moment) {
        const codec::Json answer = m_workspace.json({"overlaps", "zones", "parcels", "--known-at", moment});
        const codec::Json version = array_of(answer, "versions").at(0);
        return std::to_string(static_cast<int>(number_of(version, "version"))) + " " + text_of(version, "status");
    };
    const std::string status = text_of(m_workspace.version("zones", 2), "status");
    const std::string published = known_from(m_workspace, "zones@2");
    ASSERT_EQ(
        m_workspace.run({"layers", "set", "zones@2", "--status", "in_force", "--valid-from", "2020-01-01"}).exit_code,
        0);
    ASSERT_EQ(m_workspace.run({"layers", "withdraw", "zones@2"}).exit_code, 0);
    const codec::Json shown = json_of(m_workspace.run({"layers", "show", "zones@2"}).output);
    const auto log = array_of(shown, "status_log");
    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(text_of(log.at(0), "known_from"), published);
    EXPECT_EQ(state_known_at(text_of(log.at(0), "known_from")), "2 " + status);
    EXPECT_EQ(state_known_at(text_of(log.at(1), "known_from")), "2 in_force");
    EXPECT_EQ(state_known_at(text_of(log.at(2), "known_from")).front(), '1') << "withdrawn by then";
}

TEST_F(TwoVersions, KeepTheFirstReadableByNumberWhenTheSecondIsWithdrawn) {
    ASSERT_EQ(m_workspace.run({"layers", "withdraw", "zones@2"}).exit_code, 0);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "zones", "parcels"})), 1);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "zones@2", "parcels"})), 2);
    EXPECT_EQ(member(m_workspace.version("zones", 2), "withdrawn").boolean(), true);
}

TEST_F(TwoVersions, AreTheRowsOfWhatWasDoneToThem) {
    const auto row_after = [this](std::vector<std::string> words) {
        const codec::Json rows = m_workspace.json(std::move(words));
        EXPECT_EQ(rows.array()->size(), 1U);
        return rows.array()->front();
    };
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.csv"), "zones", {"--hold"}).exit_code, 0);
    const codec::Json published = row_after({"layers", "publish", "zones@3"});
    EXPECT_EQ(text_of(published, "done"), "published");
    EXPECT_EQ(text_of(published, "layer"), "zones");
    EXPECT_EQ(number_of(published, "version"), 3.0);
    EXPECT_EQ(member(published, "held").boolean(), false);
    const codec::Json set =
        row_after({"layers", "set", "zones@3", "--status", "in_force", "--valid-from", "2026-01-01"});
    EXPECT_EQ(text_of(set, "done"), "set");
    EXPECT_EQ(text_of(set, "status"), "in_force");
    EXPECT_EQ(text_of(set, "valid_from"), "2026-01-01");
    const codec::Json withdrawn = row_after({"layers", "withdraw", "zones@3"});
    EXPECT_EQ(text_of(withdrawn, "done"), "withdrawn");
    EXPECT_EQ(member(withdrawn, "withdrawn").boolean(), true);
}

TEST_F(TwoVersions, KeepTheirContentApart) {
    ASSERT_EQ(m_workspace.run({"export", "zones@1", "-o", m_workspace.path("one.csv")}).exit_code, 0);
    ASSERT_EQ(m_workspace.run({"export", "zones@2", "-o", m_workspace.path("two.csv")}).exit_code, 0);
    EXPECT_EQ(read_csv(m_workspace.path("one.csv")).rows.size(), 4U);
    EXPECT_EQ(read_csv(m_workspace.path("two.csv")).rows.size(), 5U);
    EXPECT_EQ(read_csv(m_workspace.path("one.csv")).rows.at(0).at("crs"), "EPSG:5899");
    EXPECT_EQ(read_csv(m_workspace.path("two.csv")).rows.at(0).at("crs"), "EPSG:4326");
}

TEST(HeldVersion, IsUsedOnlyAfterItIsPublished) {
    const SmallWorkspace workspace;
    ASSERT_EQ(workspace.import(sample("tiny/zones.geojson"), "zones", {"--hold"}).exit_code, 0);
    EXPECT_EQ(member(workspace.version("zones", 2), "held").boolean(), true);
    EXPECT_EQ(left_version(workspace.json({"overlaps", "zones", "parcels"})), 1);
    const ProgramEnd published = workspace.run({"layers", "publish", "zones@2"});
    EXPECT_EQ(published.exit_code, 0) << published.text();
    EXPECT_EQ(member(workspace.version("zones", 2), "held").boolean(), false);
    EXPECT_EQ(left_version(workspace.json({"overlaps", "zones", "parcels"})), 2);
}

TEST(HeldVersion, CannotBePublishedTwice) {
    const SmallWorkspace workspace;
    EXPECT_EQ(workspace.run({"layers", "publish", "zones@1"}).exit_code, 3);
    EXPECT_EQ(workspace.run({"layers", "publish", "zones"}).exit_code, 3) << "names no version";
}

TEST(HeldVersion, OfANewLayerIsListedButNotUsed) {
    const SmallWorkspace workspace;
    ASSERT_EQ(workspace.import(sample("tiny/points.geojson"), "points", {"--hold"}).exit_code, 0);
    EXPECT_EQ(workspace.json({"layers"}).array()->size(), 3U);
    const ProgramEnd end = workspace.run({"overlaps", "points", "zones"});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, HasSubstr("points"));
}

/// A plan in force in 2025, followed by one in force from 2026 on.
class PlansInForce : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(m_workspace
                      .import(sample("tiny/zones.csv"), "plan",
                              {"--status", "in_force", "--valid-from", "2025-01-01", "--valid-to", "2025-12-31"})
                      .exit_code,
                  0);
        ASSERT_EQ(
            m_workspace
                .import(sample("tiny/zones.geojson"), "plan", {"--status", "in_force", "--valid-from", "2026-01-01"})
                .exit_code,
            0);
    }
    SmallWorkspace m_workspace;
};

TEST_F(PlansInForce, AreChosenByTheDateAsked) {
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "plan", "parcels", "--at", "2025-01-01"})), 1);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "plan", "parcels", "--at", "2025-12-31"})), 1);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "plan", "parcels", "--at", "2026-01-01"})), 2);
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "plan", "parcels"})), 2);
}

TEST_F(PlansInForce, DoNotExistBeforeTheFirst) {
    const ProgramEnd end = m_workspace.run({"overlaps", "plan", "parcels", "--at", "2024-12-31"});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, AllOf(HasSubstr("plan@1"), HasSubstr("plan@2"), HasSubstr("2025-01-01")));
}

TEST_F(PlansInForce, StandByNumberWhateverTheDate) {
    EXPECT_EQ(left_version(m_workspace.json({"overlaps", "plan@1", "parcels", "--at", "2030-01-01"})), 1);
}

TEST_F(PlansInForce, AreLeftOutOfACheckOnADayTheyDoNotApply) {
    const auto layers_on = [this](const std::string& day) {
        std::vector<std::string> layers;
        const codec::Json answer = m_workspace.json({"check", sample("tiny/parcels.csv"), "--at", day});
        for (const codec::Json& version : array_of(answer, "versions")) {
            layers.push_back(text_of(version, "layer"));
        }
        return layers;
    };
    EXPECT_THAT(layers_on("2025-06-01"), testing::ElementsAre("parcels", "plan", "zones"));
    EXPECT_THAT(layers_on("2024-06-01"), testing::ElementsAre("parcels", "zones"));
}

TEST_F(PlansInForce, TellBothDatesInEveryResult) {
    const codec::Json overlaps = m_workspace.json({"overlaps", "plan", "parcels", "--at", "2025-06-01"});
    EXPECT_EQ(text_of(overlaps, "at"), "2025-06-01");
    EXPECT_FALSE(text_of(overlaps, "known_at").empty());
    EXPECT_THAT(m_workspace.run({"overlaps", "plan", "parcels", "--at", "2025-06-01"}).output, HasSubstr("2025-06-01"));
    EXPECT_EQ(text_of(m_workspace.json({"check", sample("tiny/parcels.csv"), "--at", "2025-06-01"}), "at"),
              "2025-06-01");
    EXPECT_EQ(
        text_of(m_workspace.json({"export", "plan", "-o", m_workspace.path("p.csv"), "--at", "2025-06-01"}), "at"),
        "2025-06-01");
}

TEST(LegalData, CanBeSetAfterTheImport) {
    const SmallWorkspace workspace;
    const ProgramEnd end =
        workspace.run({"layers", "set", "zones@1", "--status", "in_force", "--valid-from", "2026-01-01"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_EQ(text_of(workspace.version("zones", 1), "status"), "in_force");
    EXPECT_EQ(text_of(workspace.version("zones", 1), "valid_from"), "2026-01-01");
    EXPECT_EQ(workspace.run({"overlaps", "zones", "parcels", "--at", "2025-12-31"}).exit_code, 3);
    EXPECT_EQ(workspace.run({"layers", "set", "zones@1", "--status", "expired"}).exit_code, 3) << "needs --valid-to";
}

TEST(ASupersededVersion, IsUsedByNumberOnly) {
    const SmallWorkspace workspace;
    ASSERT_EQ(
        workspace.run({"layers", "set", "zones@1", "--status", "superseded", "--superseded-by", "parcels"}).exit_code,
        0);
    EXPECT_EQ(workspace.run({"overlaps", "zones", "parcels"}).exit_code, 3);
    EXPECT_EQ(workspace.run({"overlaps", "zones@1", "parcels"}).exit_code, 0);
}

TEST(QuarantineOfALayer, CanBeListed) {
    const SmallWorkspace workspace;
    ASSERT_EQ(workspace.import(sample("invalid/short-ring.csv"), "short").exit_code, 1);
    const codec::Json records = workspace.json({"layers", "quarantine", "short"});
    ASSERT_EQ(records.array()->size(), 1U);
    EXPECT_THAT(text_of(records.array()->front(), "reason"), HasSubstr("three"));
    EXPECT_THAT(workspace.run({"layers", "quarantine", "zones"}).output, HasSubstr("nothing in quarantine"));
}

}  // namespace
}  // namespace ranh::test
