#pragma once

#include "spatial/store/workspace.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace ranh::test {

/// The contract of store::Workspace, run on every backend. A Backend is made anew for each test and has
/// - std::unique_ptr<store::Workspace> open(): makes an empty workspace the first time, opens it again later;
/// - std::int64_t current_rows(const std::string& layer): over all parts;
/// - std::int64_t history_rows(const std::string& layer).
template <typename Backend>
class WorkspaceContract : public testing::Test {
protected:
    Backend m_backend;
    std::unique_ptr<store::Workspace> m_workspace = m_backend.open();
};

TYPED_TEST_SUITE_P(WorkspaceContract);

TYPED_TEST_P(WorkspaceContract, StartsWithoutLayers) { EXPECT_TRUE(this->m_workspace->versions().empty()); }

TYPED_TEST_P(WorkspaceContract, GivesBackEveryKindOfValueAndGeometry) {
    const std::vector<model::Feature> features = one_of_each_kind();
    write(*this->m_workspace, "all", description_of(every_type()), features);
    expect_same(read(*this->m_workspace, "all", 1), features);
}

TYPED_TEST_P(WorkspaceContract, GivesBackTheDescription) {
    model::LayerDescription description = description_of(every_type());
    description.title = "Quy hoạch bô xít";
    description.kind = model::LayerKind::plan_area;
    description.status = model::LegalStatus::in_force;
    description.validity = DateRange::from_inclusive(day("2026-01-01"), day("2030-12-31")).value();
    description.provenance = full_provenance();
    write(*this->m_workspace, "all", description, one_of_each_kind());
    const model::LayerVersion version = this->m_backend.open()->versions().at(0);
    EXPECT_EQ(version.name(), "all@1");
    EXPECT_EQ(version.description.title, description.title);
    EXPECT_EQ(version.description.kind, description.kind);
    EXPECT_EQ(version.description.status, description.status);
    EXPECT_EQ(version.description.validity, description.validity);
    EXPECT_EQ(version.description.schema, description.schema);
    expect_same(version.description.provenance, description.provenance);
    EXPECT_FALSE(version.held);
    EXPECT_FALSE(version.withdrawn);
}

TYPED_TEST_P(WorkspaceContract, TakesTheProvenanceGivenAtTheCommit) {
    auto writer = this->m_workspace->write_version(layer_id("a"), description_of({}), store::Publication::publish);
    model::Provenance provenance = full_provenance();
    provenance.rejected = 7;
    EXPECT_EQ(writer->commit(provenance).description.provenance.rejected, 7);
    EXPECT_EQ(this->m_workspace->versions().at(0).description.provenance.rejected, 7);
}

TYPED_TEST_P(WorkspaceContract, CountsFeaturesAndSystems) {
    const auto version = write(*this->m_workspace, "mixed", description_of({}),
                               {bare("b", "POINT(1 2)", 3406), bare("a", "POINT(1 2)", 3405), bare("c", "", 3406)});
    EXPECT_EQ(version.feature_count, 3);
    ASSERT_EQ(version.systems.size(), 2U);
    EXPECT_EQ(version.systems[0].epsg(), 3405);
    EXPECT_EQ(version.systems[1].epsg(), 3406);
}

TYPED_TEST_P(WorkspaceContract, HandsFeaturesOutInOrderOfTheirIdsOverAllSystems) {
    write(*this->m_workspace, "mixed", description_of({}),
          {bare("b", "POINT(1 2)", 3406), bare("é", "POINT(1 2)", 3405), bare("a", "POINT(1 2)", 3405),
           bare("B", "", 3405)});
    EXPECT_THAT(ids(read(*this->m_workspace, "mixed", 1)), testing::ElementsAre("B", "a", "b", "é"));
}

TYPED_TEST_P(WorkspaceContract, HashesTheContentWhateverTheOrder) {
    auto features = squares(20);
    const auto first = write(*this->m_workspace, "one", squares_description(), features);
    std::reverse(features.begin(), features.end());
    const auto second = write(*this->m_workspace, "two", squares_description(), features);
    EXPECT_EQ(first.content_hash, second.content_hash);
    EXPECT_EQ(recomputed_hash(*this->m_workspace, "one", 1), first.content_hash);
}

TYPED_TEST_P(WorkspaceContract, SharesTheRowsThatDidNotChange) {
    auto features = squares(1000);
    write(*this->m_workspace, "p", squares_description(), features);
    features[500].values[0] = std::string("changed");
    const auto second = write(*this->m_workspace, "p", squares_description(), features);
    EXPECT_EQ(second.number, VersionNumber(2));
    EXPECT_EQ(this->m_backend.current_rows("p"), 1000);
    EXPECT_EQ(this->m_backend.history_rows("p"), 1);
}

TYPED_TEST_P(WorkspaceContract, ReadsEveryOldVersion) {
    std::map<std::int64_t, std::vector<model::Feature>> written;
    auto features = squares(12);
    for (std::int64_t number = 1; number <= 5; ++number) {
        features[static_cast<std::size_t>(number)].values[0] = "changed in " + std::to_string(number);
        features.pop_back();
        features.push_back(square(100 + static_cast<int>(number)));
        written[number] = features;
        write(*this->m_workspace, "p", squares_description(), features);
    }
    for (const auto& [number, expected] : written) {
        SCOPED_TRACE(number);
        expect_same(read(*this->m_workspace, "p", number), expected);
        EXPECT_EQ(recomputed_hash(*this->m_workspace, "p", number),
                  this->m_workspace->versions()[static_cast<std::size_t>(number - 1)].content_hash);
    }
}

TYPED_TEST_P(WorkspaceContract, TakesBackARowThatWasGone) {
    write(*this->m_workspace, "p", squares_description(), squares(3));
    write(*this->m_workspace, "p", squares_description(), squares(2));
    write(*this->m_workspace, "p", squares_description(), squares(3));
    expect_same(read(*this->m_workspace, "p", 1), squares(3));
    expect_same(read(*this->m_workspace, "p", 2), squares(2));
    expect_same(read(*this->m_workspace, "p", 3), squares(3));
}

TYPED_TEST_P(WorkspaceContract, FollowsAFeatureFromOneSystemToAnother) {
    write(*this->m_workspace, "p", description_of({}), {bare("a", "POINT(1 2)", 3405), bare("b", "POINT(1 2)", 3405)});
    write(*this->m_workspace, "p", description_of({}), {bare("a", "POINT(1 2)", 3405), bare("b", "POINT(1 2)", 3406)});
    EXPECT_EQ(read(*this->m_workspace, "p", 1).at(1).crs.epsg(), 3405);
    EXPECT_EQ(read(*this->m_workspace, "p", 2).at(1).crs.epsg(), 3406);
    EXPECT_EQ(this->m_backend.current_rows("p"), 2);
    EXPECT_EQ(this->m_backend.history_rows("p"), 1);
}

TYPED_TEST_P(WorkspaceContract, ReadsEachVersionByItsOwnSchema) {
    const model::Schema first{{{"name", model::FieldType::text}, {"size", model::FieldType::integer}}};
    const model::Schema second{{{"size", model::FieldType::text}, {"label", model::FieldType::text}}};
    auto before = bare("a", "POINT(1 2)", 3405);
    before.values = {std::string("north"), std::int64_t{12}};
    auto after = bare("a", "POINT(1 2)", 3405);
    after.values = {std::string("0012"), std::string("north")};
    write(*this->m_workspace, "p", description_of(first), {before});
    write(*this->m_workspace, "p", description_of(second), {after});
    write(*this->m_workspace, "p", description_of(first), {before});
    expect_same(read(*this->m_workspace, "p", 1), {before});
    expect_same(read(*this->m_workspace, "p", 2), {after});
    expect_same(read(*this->m_workspace, "p", 3), {before});
}

TYPED_TEST_P(WorkspaceContract, NeverTakesARenamedFieldForTheSame) {
    auto feature = bare("a", "POINT(1 2)", 3405);
    feature.values = {std::string("north")};
    write(*this->m_workspace, "p", description_of({{{"old", model::FieldType::text}}}), {feature});
    write(*this->m_workspace, "p", description_of({{{"new", model::FieldType::text}}}), {feature});
    expect_same(read(*this->m_workspace, "p", 1), {feature});
    expect_same(read(*this->m_workspace, "p", 2), {feature});
}

TYPED_TEST_P(WorkspaceContract, KeepsFieldsApartWhoseNamesTheTableNeedsOrThatDifferInCase) {
    const model::Schema schema{{{"fid", model::FieldType::integer},
                                {"geom", model::FieldType::text},
                                {"ranh_id", model::FieldType::text},
                                {"Name", model::FieldType::text},
                                {"name", model::FieldType::integer},
                                {"Tên \"khu\" đất", model::FieldType::text},
                                {"first_version", model::FieldType::date}}};
    auto feature = bare("a", "POINT(1 2)", 3405);
    feature.values = {std::int64_t{5}, std::string("g"), std::string("r"), std::string("N"),
                      std::int64_t{6}, std::string("t"), day("2026-03-31")};
    write(*this->m_workspace, "p", description_of(schema), {feature});
    write(*this->m_workspace, "p", description_of(schema), {feature});
    expect_same(read(*this->m_workspace, "p", 1), {feature});
    EXPECT_EQ(this->m_workspace->versions().at(1).description.schema, schema);
    EXPECT_EQ(this->m_backend.history_rows("p"), 0);
}

TYPED_TEST_P(WorkspaceContract, HoldsAVersionBackUntilItIsPublished) {
    write(*this->m_workspace, "p", squares_description(), squares(3));
    const auto held = write(*this->m_workspace, "p", squares_description(), squares(5), store::Publication::hold);
    EXPECT_TRUE(held.held);
    EXPECT_EQ(this->m_backend.current_rows("p"), 3);
    expect_same(read(*this->m_workspace, "p", 2), squares(5));
    this->m_workspace->publish(layer_id("p"), VersionNumber(2));
    EXPECT_FALSE(this->m_workspace->versions().at(1).held);
    EXPECT_GE(this->m_workspace->versions().at(1).known_from, held.known_from);
    EXPECT_EQ(this->m_backend.current_rows("p"), 5);
    expect_same(read(*this->m_workspace, "p", 1), squares(3));
    expect_same(read(*this->m_workspace, "p", 2), squares(5));
}

TYPED_TEST_P(WorkspaceContract, HoldsAFirstVersion) {
    write(*this->m_workspace, "p", squares_description(), squares(3), store::Publication::hold);
    expect_same(read(*this->m_workspace, "p", 1), squares(3));
    this->m_workspace->publish(layer_id("p"), VersionNumber(1));
    expect_same(read(*this->m_workspace, "p", 1), squares(3));
}

TYPED_TEST_P(WorkspaceContract, DoesNotPublishAHeldVersionOverANewerOne) {
    write(*this->m_workspace, "p", squares_description(), squares(3), store::Publication::hold);
    write(*this->m_workspace, "p", squares_description(), squares(5));
    EXPECT_EQ(failure_of([&] { this->m_workspace->publish(layer_id("p"), VersionNumber(1)); }).kind,
              ErrorKind::conflict);
    EXPECT_EQ(failure_of([&] { this->m_workspace->publish(layer_id("p"), VersionNumber(2)); }).kind,
              ErrorKind::conflict);
    expect_same(read(*this->m_workspace, "p", 1), squares(3));
}

TYPED_TEST_P(WorkspaceContract, KeepsAWithdrawnVersionReadableByNumber) {
    write(*this->m_workspace, "p", squares_description(), squares(3));
    this->m_workspace->withdraw(layer_id("p"), VersionNumber(1));
    EXPECT_TRUE(this->m_workspace->versions().at(0).withdrawn);
    expect_same(read(*this->m_workspace, "p", 1), squares(3));
}

TYPED_TEST_P(WorkspaceContract, DoesNotPublishAWithdrawnVersion) {
    write(*this->m_workspace, "p", squares_description(), squares(3), store::Publication::hold);
    this->m_workspace->withdraw(layer_id("p"), VersionNumber(1));
    EXPECT_EQ(failure_of([&] { this->m_workspace->publish(layer_id("p"), VersionNumber(1)); }).kind,
              ErrorKind::conflict);
}

TYPED_TEST_P(WorkspaceContract, KeepsWhatWasRejected) {
    auto writer = this->m_workspace->write_version(layer_id("p"), description_of({}), store::Publication::publish);
    writer->quarantine({"row 12", "no closing point", R"({"ma": "BX-01"})"});
    writer->quarantine({"row 13", "x and y swapped", "1 2"});
    writer->append(bare("a", "POINT(1 2)", 3405));
    (void)writer->commit({});
    const auto records = this->m_workspace->quarantine(layer_id("p"), VersionNumber(1));
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].place, "row 12");
    EXPECT_EQ(records[0].original, R"({"ma": "BX-01"})");
    EXPECT_EQ(records[1].reason, "x and y swapped");
    EXPECT_TRUE(this->m_workspace->quarantine(layer_id("p"), VersionNumber(2)).empty());
}

TYPED_TEST_P(WorkspaceContract, IsLeftAsItWasByAWriterThatDoesNotCommit) {
    {
        auto writer =
            this->m_workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
        writer->append(square(1));
        EXPECT_TRUE(this->m_workspace->versions().empty());
    }
    EXPECT_TRUE(this->m_backend.open()->versions().empty());
}

TYPED_TEST_P(WorkspaceContract, RefusesAnIdThatComesTwice) {
    auto writer = this->m_workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
    writer->append(square(1));
    const Error error = failure_of([&] {
        writer->append(square(1));
        (void)writer->commit({});
    });
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.sentence, testing::HasSubstr("'p-0001'"));
}

TYPED_TEST_P(WorkspaceContract, RefusesFeaturesAgainstTheirSchema) {
    auto writer = this->m_workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
    auto feature = square(1);
    feature.values[0] = std::int64_t{5};
    EXPECT_EQ(failure_of([&] { writer->append(feature); }).kind, ErrorKind::invalid_argument);
}

TYPED_TEST_P(WorkspaceContract, RefusesAnActInForceWithoutItsFirstDay) {
    model::LayerDescription description = squares_description();
    description.status = model::LegalStatus::in_force;
    const auto open = [&] {
        (void)this->m_workspace->write_version(layer_id("p"), description, store::Publication::publish);
    };
    EXPECT_EQ(failure_of(open).kind, ErrorKind::invalid_argument);
}

TYPED_TEST_P(WorkspaceContract, NamesTheVersionsThereAre) {
    write(*this->m_workspace, "p", squares_description(), squares(3));
    const Error version = failure_of([&] { (void)read(*this->m_workspace, "p", 4); });
    EXPECT_EQ(version.kind, ErrorKind::not_found);
    EXPECT_THAT(version.sentence, testing::HasSubstr("p@1"));
    const Error layer = failure_of([&] { this->m_workspace->publish(layer_id("q"), VersionNumber(1)); });
    EXPECT_EQ(layer.kind, ErrorKind::not_found);
    EXPECT_THAT(layer.sentence, testing::HasSubstr("there are: p"));
}

TYPED_TEST_P(WorkspaceContract, SetsLegalDataThatHoldTogether) {
    write(*this->m_workspace, "p", squares_description(), squares(3));
    const DateRange from = DateRange::from_inclusive(day("2026-01-01"), std::nullopt).value();
    this->m_workspace->set_legal_data(layer_id("p"), VersionNumber(1), model::LegalStatus::in_force, from, "");
    EXPECT_EQ(this->m_workspace->versions().at(0).description.status, model::LegalStatus::in_force);
    EXPECT_EQ(this->m_workspace->versions().at(0).description.validity, from);
    const auto wrong = [&] {
        this->m_workspace->set_legal_data(layer_id("p"), VersionNumber(1), model::LegalStatus::superseded, from, "");
    };
    EXPECT_EQ(failure_of(wrong).kind, ErrorKind::invalid_argument);
    EXPECT_EQ(this->m_workspace->versions().at(0).description.status, model::LegalStatus::in_force);
}

TYPED_TEST_P(WorkspaceContract, KeepsWhatWasKnownOfLegalDataBefore) {
    const auto version = write(*this->m_workspace, "p", squares_description(), squares(1));
    const auto from = DateRange::from_inclusive(day("2026-01-01"), {}).value();
    this->m_workspace->set_legal_data(layer_id("p"), VersionNumber(1), model::LegalStatus::in_force, from, "");
    this->m_workspace->withdraw(layer_id("p"), VersionNumber(1));
    const model::LayerVersion found = this->m_workspace->versions().at(0);
    ASSERT_EQ(found.status_log.size(), 3U);
    EXPECT_EQ(found.status_log.at(0).known_from, version.known_from);
    EXPECT_EQ(found.status_log.at(0).status, version.description.status);
    EXPECT_EQ(found.status_log.at(1).status, model::LegalStatus::in_force);
    EXPECT_EQ(found.status_log.at(1).validity, from);
    EXPECT_FALSE(found.status_log.at(1).withdrawn);
    EXPECT_TRUE(found.status_log.at(2).withdrawn);
    EXPECT_EQ(found.as_known_at(found.status_log.at(1).known_from)->description.validity, from);
}

TYPED_TEST_P(WorkspaceContract, KeepsWhoChangedAVersionWhereThatIsStated) {
    write(*this->m_workspace, "p", squares_description(), squares(1), store::Publication::hold);
    this->m_workspace->publish(layer_id("p"), VersionNumber(1), "the office");
    this->m_workspace->set_legal_data(layer_id("p"), VersionNumber(1), model::LegalStatus::draft, {}, "", "the chief");
    this->m_workspace->withdraw(layer_id("p"), VersionNumber(1));
    const model::LayerVersion found = this->m_backend.open()->versions().at(0);
    ASSERT_EQ(found.status_log.size(), 3U);
    EXPECT_EQ(found.status_log.at(0).by, "the office");
    EXPECT_EQ(found.status_log.at(0).known_from, found.known_from);
    EXPECT_EQ(found.status_log.at(0).status, squares_description().status);
    EXPECT_EQ(found.status_log.at(1).by, "the chief");
    EXPECT_EQ(found.status_log.at(2).by, "");
}

TYPED_TEST_P(WorkspaceContract, CountsEveryChange) {
    std::vector<std::int64_t> counts{this->m_workspace->change_counter()};
    const auto note = [&] { counts.push_back(this->m_backend.open()->change_counter()); };
    write(*this->m_workspace, "p", squares_description(), squares(3), store::Publication::hold);
    note();
    this->m_workspace->publish(layer_id("p"), VersionNumber(1));
    note();
    this->m_workspace->set_legal_data(layer_id("p"), VersionNumber(1), model::LegalStatus::draft, {}, "");
    note();
    this->m_workspace->withdraw(layer_id("p"), VersionNumber(1));
    note();
    EXPECT_TRUE(std::adjacent_find(counts.begin(), counts.end()) == counts.end()) << testing::PrintToString(counts);
    EXPECT_EQ(this->m_workspace->change_counter(), counts.back());
}

TYPED_TEST_P(WorkspaceContract, HoldsAVersionWithoutFeatures) {
    write(*this->m_workspace, "p", squares_description(), {});
    EXPECT_EQ(this->m_workspace->versions().at(0).feature_count, 0);
    EXPECT_TRUE(read(*this->m_workspace, "p", 1).empty());
    write(*this->m_workspace, "p", squares_description(), squares(2));
    EXPECT_TRUE(read(*this->m_workspace, "p", 1).empty());
    expect_same(read(*this->m_workspace, "p", 2), squares(2));
}

TYPED_TEST_P(WorkspaceContract, HoldsAVersionWithoutGeometries) {
    write(*this->m_workspace, "p", description_of({}), {bare("a", "POINT(1 2)", 3405)});
    write(*this->m_workspace, "p", description_of({}), {bare("a", "", 4326), bare("b", "", 4326)});
    const auto features = read(*this->m_workspace, "p", 2);
    ASSERT_EQ(features.size(), 2U);
    EXPECT_FALSE(features[0].geometry);
    EXPECT_EQ(recomputed_hash(*this->m_workspace, "p", 2), this->m_workspace->versions().at(1).content_hash);
}

TYPED_TEST_P(WorkspaceContract, LetsAReaderGoOnWhileAWriterIsFed) {
    write(*this->m_workspace, "p", squares_description(), squares(3));
    auto writer = this->m_workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
    this->m_workspace->read(layer_id("p"), VersionNumber(1), [&](model::Feature feature) { writer->append(feature); });
    EXPECT_EQ(writer->commit({}).number, VersionNumber(2));
    EXPECT_EQ(this->m_backend.history_rows("p"), 0);
}

TYPED_TEST_P(WorkspaceContract, LetsTwoWritersFinishOneAfterTheOther) {
    auto first = this->m_workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
    auto other = this->m_backend.open();
    auto second = other->write_version(layer_id("p"), squares_description(), store::Publication::publish);
    first->append(square(1));
    second->append(square(2));
    EXPECT_EQ(second->commit({}).number, VersionNumber(1));
    EXPECT_EQ(first->commit({}).number, VersionNumber(2));
    expect_same(read(*this->m_workspace, "p", 1), {square(2)});
    expect_same(read(*this->m_workspace, "p", 2), {square(1)});
}

TYPED_TEST_P(WorkspaceContract, GivesALayerTheLatticeOfItsFirstAreasForGood) {
    const auto level = [&](std::size_t i) { return this->m_workspace->versions().at(i).lattice_level; };
    write(*this->m_workspace, "p", squares_description(), {});
    EXPECT_EQ(level(0), std::nullopt);
    write(*this->m_workspace, "p", squares_description(), squares(3),
          store::Publication::hold);  // of 100 m²: 1.5 × 10 m
    EXPECT_EQ(level(1), 4);
    auto large = squares(3);
    for (model::Feature& feature : large) {
        feature.areas.area_ellipsoid_m2 = 1e6;
    }
    write(*this->m_workspace, "p", squares_description(), large);
    EXPECT_EQ(level(2), 4);
    write(*this->m_workspace, "q", squares_description(), large);
    EXPECT_EQ(level(3), 11);  // 1.5 × 1,000 m is nearest 2^11 by ratio, not 2^10
    this->m_workspace->withdraw(layer_id("q"), VersionNumber(1));
    EXPECT_EQ(level(3), 11);
}

REGISTER_TYPED_TEST_SUITE_P(
    WorkspaceContract, StartsWithoutLayers, GivesBackEveryKindOfValueAndGeometry, GivesBackTheDescription,
    TakesTheProvenanceGivenAtTheCommit, CountsFeaturesAndSystems, HandsFeaturesOutInOrderOfTheirIdsOverAllSystems,
    HashesTheContentWhateverTheOrder, SharesTheRowsThatDidNotChange, ReadsEveryOldVersion, TakesBackARowThatWasGone,
    FollowsAFeatureFromOneSystemToAnother, ReadsEachVersionByItsOwnSchema, NeverTakesARenamedFieldForTheSame,
    KeepsFieldsApartWhoseNamesTheTableNeedsOrThatDifferInCase, HoldsAVersionBackUntilItIsPublished, HoldsAFirstVersion,
    DoesNotPublishAHeldVersionOverANewerOne, KeepsAWithdrawnVersionReadableByNumber, DoesNotPublishAWithdrawnVersion,
    KeepsWhatWasRejected, IsLeftAsItWasByAWriterThatDoesNotCommit, RefusesAnIdThatComesTwice,
    RefusesFeaturesAgainstTheirSchema, RefusesAnActInForceWithoutItsFirstDay, NamesTheVersionsThereAre,
    SetsLegalDataThatHoldTogether, KeepsWhatWasKnownOfLegalDataBefore, KeepsWhoChangedAVersionWhereThatIsStated,
    CountsEveryChange, HoldsAVersionWithoutFeatures, HoldsAVersionWithoutGeometries, LetsAReaderGoOnWhileAWriterIsFed,
    LetsTwoWritersFinishOneAfterTheOther, GivesALayerTheLatticeOfItsFirstAreasForGood);

}  // namespace ranh::test
