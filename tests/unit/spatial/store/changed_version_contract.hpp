#pragma once

#include "spatial/store/workspace.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ranh::test {

/// The part of the contract of store::Workspace about selections of a version, versions given as changes of another
/// one, and forgotten and adopted versions; run on every backend, made as for WorkspaceContract.
template <typename Backend>
class ChangedVersionContract : public testing::Test {
protected:
    Backend m_backend;
    std::unique_ptr<store::Workspace> m_workspace = m_backend.open();
};

TYPED_TEST_SUITE_P(ChangedVersionContract);

TYPED_TEST_P(ChangedVersionContract, HandsOutASelectionOfAVersion) {
    write(*this->m_workspace, "p", squares_description(), squares(300));
    auto features = squares(300);
    features[7].values[0] = std::string("it's changed");
    features.push_back(bare("q", "POINT(500075 1300005)", 3406));
    features.back().values = {std::string("square 8")};
    write(*this->m_workspace, "p", squares_description(), features);
    write(*this->m_workspace, "p", squares_description(), features, store::Publication::hold);
    const auto selected = [&](std::int64_t number, const store::Selection& selection) {
        std::vector<model::Feature> found;
        this->m_workspace->read_some(layer_id("p"), VersionNumber(number), selection,
                                     [&](model::Feature feature) { found.push_back(std::move(feature)); });
        return ids(found);
    };
    const auto utm48 = crs::Crs::from_epsg(3405).value();
    const store::Selection by_id{.ids = {{FeatureId("p-0007"), FeatureId("q"), FeatureId("o'")}}};
    const store::Selection by_field{.field = {{"name", "square 8"}}};
    const store::Selection by_box{
        .boxes = {{{utm48, {{500071.0, 1300001.0}, {500081.0, 1300009.0}}}}}};  // in the squares 7 and 8
    EXPECT_THAT(selected(1, by_id), testing::ElementsAre("p-0007"));
    EXPECT_THAT(selected(1, by_field), testing::ElementsAre("p-0008"));
    EXPECT_THAT(selected(1, by_box), testing::ElementsAre("p-0007", "p-0008"));
    EXPECT_THAT(selected(1, {.ids = std::vector<FeatureId>()}), testing::IsEmpty());
    EXPECT_EQ(selected(1, {}).size(), 300U);
    for (const std::int64_t number : {2, 3}) {  // published and held
        EXPECT_THAT(selected(number, by_id), testing::ElementsAre("p-0007", "q"));
        EXPECT_THAT(selected(number, by_field), testing::ElementsAre("p-0008", "q"));
        EXPECT_THAT(selected(number, {.field = {{"name", "it's changed"}}}), testing::ElementsAre("p-0007"));
        EXPECT_THAT(selected(number, by_box), testing::ElementsAre("p-0007", "p-0008"));
    }
    EXPECT_EQ(failure_of([&] { (void)selected(1, {.field = {{"colour", "red"}}}); }).kind, ErrorKind::invalid_argument);
}

TYPED_TEST_P(ChangedVersionContract, ChangesTheRowsNamedAloneAndHashesThemAsTheWhole) {
    auto features = squares(1000);
    write(*this->m_workspace, "p", squares_description(), features);
    auto writer = change(*this->m_workspace, "p", 1);
    for (std::size_t i = 0; i < 10; ++i) {
        features[i].values[0] = std::string("changed");
    }
    features.erase(features.begin() + 990, features.end());
    features.push_back(square(2000));
    for (std::size_t i = 0; i < 20; ++i) {  // ten of them are what they were
        writer->append(features[i]);
    }
    for (int i = 990; i < 1000; ++i) {
        writer->remove(square(i).id);
    }
    writer->remove(FeatureId("nowhere"));
    writer->remove(features[0].id);  // appended as well: replaced
    writer->append(features.back());
    const auto changed = writer->commit({});
    EXPECT_EQ(changed.name(), "p@2");
    EXPECT_EQ(changed.feature_count, 991);
    EXPECT_EQ(this->m_backend.current_rows("p"), 991);
    EXPECT_EQ(this->m_backend.history_rows("p"), 20);
    EXPECT_EQ(changed.content_hash, write(*this->m_workspace, "whole", squares_description(), features).content_hash);
    EXPECT_EQ(recomputed_hash(*this->m_workspace, "p", 2), changed.content_hash);
    expect_same(read(*this->m_workspace, "p", 1), squares(1000));
    expect_same(read(*this->m_workspace, "p", 2), features);
}

TYPED_TEST_P(ChangedVersionContract, FollowsTheSystemsOfAChange) {
    write(*this->m_workspace, "p", description_of({}), {bare("a", "POINT(1 2)", 3405), bare("b", "POINT(1 2)", 3406)});
    auto writer = change(*this->m_workspace, "p", 1);
    writer->append(bare("b", "POINT(1 2)", 3405));
    EXPECT_EQ(writer->commit({}).systems, (std::vector{crs::Crs::from_epsg(3405).value()}));
    writer = change(*this->m_workspace, "p", 2);
    writer->remove(FeatureId("a"));
    writer->append(bare("b", "POINT(1 2)", 5899));
    writer->append(bare("c", "", 4326));
    const auto third = writer->commit({});
    EXPECT_EQ(third.systems, (std::vector{crs::Crs::from_epsg(5899).value()}));
    EXPECT_THAT(ids(read(*this->m_workspace, "p", 3)), testing::ElementsAre("b", "c"));
    EXPECT_EQ(recomputed_hash(*this->m_workspace, "p", 3), third.content_hash);
    EXPECT_THAT(ids(read(*this->m_workspace, "p", 2)), testing::ElementsAre("a", "b"));
    EXPECT_EQ(this->m_backend.current_rows("p"), 2);
}

TYPED_TEST_P(ChangedVersionContract, TakesAFeatureOfANewSystemByAChange) {
    write(*this->m_workspace, "p", squares_description(), squares(3));
    auto moved = bare("p-0001", "POINT(1 2)", 3406);
    moved.values = {std::string("elsewhere")};
    auto writer = change(*this->m_workspace, "p", 1);
    writer->append(moved);
    const auto second = writer->commit({});
    EXPECT_EQ(second.systems.size(), 2U);
    expect_same(read(*this->m_workspace, "p", 2), {square(0), moved, square(2)});
    EXPECT_EQ(recomputed_hash(*this->m_workspace, "p", 2), second.content_hash);
}

TYPED_TEST_P(ChangedVersionContract, BringsOlderContentBackAsAChangeOfIt) {
    const auto first = write(*this->m_workspace, "p", squares_description(), squares(50));
    auto others = squares(40);
    others[3].values[0] = std::string("changed");
    write(*this->m_workspace, "p", squares_description(), others);
    EXPECT_EQ(change(*this->m_workspace, "p", 1)->commit({}).content_hash, first.content_hash);
    expect_same(read(*this->m_workspace, "p", 3), squares(50));
    expect_same(read(*this->m_workspace, "p", 2), others);
    EXPECT_EQ(this->m_backend.history_rows("p"), 12);  // ten and one of the first, one of the second
}

TYPED_TEST_P(ChangedVersionContract, HoldsAChangeBack) {
    write(*this->m_workspace, "p", squares_description(), squares(5));
    auto writer = change(*this->m_workspace, "p", 1, store::Publication::hold);
    writer->remove(square(0).id);
    writer->append(square(7));
    EXPECT_TRUE(writer->commit({}).held);
    EXPECT_EQ(this->m_backend.current_rows("p"), 5);
    EXPECT_EQ(read(*this->m_workspace, "p", 2).size(), 5U);
    this->m_workspace->publish(layer_id("p"), VersionNumber(2));
    EXPECT_THAT(ids(read(*this->m_workspace, "p", 2)),
                testing::ElementsAre("p-0001", "p-0002", "p-0003", "p-0004", "p-0007"));
    EXPECT_EQ(recomputed_hash(*this->m_workspace, "p", 2), this->m_workspace->versions().at(1).content_hash);
    EXPECT_EQ(this->m_backend.history_rows("p"), 1);
}

TYPED_TEST_P(ChangedVersionContract, RefusesAChangeThatWouldLoseAnotherOne) {
    write(*this->m_workspace, "p", squares_description(), squares(5));
    auto first = change(*this->m_workspace, "p", 1);
    auto second = change(*this->m_workspace, "p", 1);
    first->append(square(7));
    second->append(square(8));
    EXPECT_EQ(second->commit({}).number, VersionNumber(2));
    const Error error = failure_of([&] { (void)first->commit({}); });
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.sentence, testing::HasSubstr("p@2"));
    EXPECT_EQ(this->m_workspace->versions().size(), 2U);
}

TYPED_TEST_P(ChangedVersionContract, RefusesAChangeThatIsNone) {
    write(*this->m_workspace, "p", squares_description(), squares(5));
    const auto changed_by = [&](const model::LayerDescription& description) {
        (void)this->m_workspace->change_version(layer_id("p"), VersionNumber(1), description,
                                                store::Publication::publish);
    };
    EXPECT_EQ(failure_of([&] { changed_by(description_of({})); }).kind, ErrorKind::invalid_argument);
    EXPECT_EQ(failure_of([&] { (void)change(*this->m_workspace, "p", 9); }).kind, ErrorKind::not_found);
    auto whole = this->m_workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
    EXPECT_EQ(failure_of([&] { whole->remove(square(1).id); }).kind, ErrorKind::invalid_argument);
}

TYPED_TEST_P(ChangedVersionContract, NamesTheFeaturesThatVersionsDoNotShare) {
    auto features = squares(30);
    write(*this->m_workspace, "p", squares_description(), features);
    features[3].values[0] = std::string("changed");
    features.pop_back();
    features.push_back(square(50));
    write(*this->m_workspace, "p", squares_description(), features);
    write(*this->m_workspace, "p", squares_description(), features);
    const auto unshared = [&](std::int64_t a, std::int64_t b) {
        return this->m_workspace->unshared_ids(layer_id("p"), VersionNumber(a), VersionNumber(b));
    };
    const std::vector<FeatureId> three = {square(3).id, square(29).id, square(50).id};
    EXPECT_EQ(unshared(1, 2), three);
    EXPECT_EQ(unshared(3, 1), three);
    EXPECT_TRUE(unshared(2, 3).empty());
    write(*this->m_workspace, "p", squares_description(), squares(2), store::Publication::hold);
    EXPECT_EQ(unshared(1, 4).size(), 31U);
    EXPECT_EQ(failure_of([&] { (void)unshared(1, 9); }).kind, ErrorKind::not_found);
}

TYPED_TEST_P(ChangedVersionContract, DropsWhatForgottenVersionsAloneHad) {
    for (int number = 1; number <= 3; ++number) {
        auto features = squares(20);
        features[0].values[0] = "only in " + std::to_string(number);
        write(*this->m_workspace, "p", squares_description(), features);
    }
    write(*this->m_workspace, "p", squares_description(), squares(5), store::Publication::hold);
    write(*this->m_workspace, "p", squares_description(), squares(20));
    EXPECT_EQ(this->m_workspace->collect_garbage({}).history_rows, 0);
    EXPECT_EQ(this->m_backend.history_rows("p"), 3);
    const auto versions = this->m_workspace->versions();
    const store::Freed freed = this->m_workspace->collect_garbage({versions[1], versions[3]});
    EXPECT_EQ(freed.versions, 2);
    EXPECT_EQ(freed.history_rows, 1);
    EXPECT_EQ(freed.staging_tables, 1);
    EXPECT_EQ(this->m_backend.history_rows("p"), 2);
    EXPECT_EQ(read(*this->m_workspace, "p", 1)[0].values[0], model::Value(std::string("only in 1")));
    EXPECT_EQ(recomputed_hash(*this->m_workspace, "p", 3), versions[2].content_hash);
    EXPECT_EQ(this->m_workspace->versions().size(), 3U);
    EXPECT_EQ(failure_of([&] { this->m_workspace->collect_garbage({versions[4]}); }).kind, ErrorKind::conflict);
    EXPECT_TRUE(this->m_workspace->damage().empty());
}

TYPED_TEST_P(ChangedVersionContract, AdoptsAVersionAsItStandsElsewhere) {
    model::LayerVersion version = write(*this->m_workspace, "p", squares_description(), squares(9));
    this->m_workspace->withdraw(version.layer, version.number);
    version = this->m_workspace->versions().at(0);
    version.layer = layer_id("q");
    version.number = VersionNumber(7);
    version.known_from = Timestamp::parse("2020-01-02T03:04:05.678Z").value();
    const auto adopt = [&](const std::vector<model::Feature>& features) {
        auto writer = this->m_workspace->adopt_version(version);
        for (const model::Feature& feature : features) {
            writer->append(feature);
        }
        return writer->commit(version.description.provenance);
    };
    EXPECT_EQ(failure_of([&] { (void)adopt(squares(8)); }).kind, ErrorKind::corrupt_input);
    (void)adopt(squares(9));
    const model::LayerVersion found = this->m_workspace->versions().at(1);
    EXPECT_EQ(found.name(), "q@7");
    EXPECT_TRUE(found.withdrawn);
    EXPECT_EQ(found.known_from, version.known_from);
    EXPECT_EQ(found.content_hash, version.content_hash);
    EXPECT_EQ(found.lattice_level, version.lattice_level);
    expect_same(read(*this->m_workspace, "q", 7), squares(9));
    EXPECT_EQ(failure_of([&] { (void)adopt(squares(9)); }).kind, ErrorKind::conflict);
}

REGISTER_TYPED_TEST_SUITE_P(ChangedVersionContract, HandsOutASelectionOfAVersion,
                            ChangesTheRowsNamedAloneAndHashesThemAsTheWhole, FollowsTheSystemsOfAChange,
                            TakesAFeatureOfANewSystemByAChange, BringsOlderContentBackAsAChangeOfIt, HoldsAChangeBack,
                            RefusesAChangeThatWouldLoseAnotherOne, RefusesAChangeThatIsNone,
                            NamesTheFeaturesThatVersionsDoNotShare, DropsWhatForgottenVersionsAloneHad,
                            AdoptsAVersionAsItStandsElsewhere);

}  // namespace ranh::test
