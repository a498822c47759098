#include "spatial/store/snapshot_loader.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

class SnapshotLoader : public testing::Test {
protected:
    TemporaryFolder folder;
    std::unique_ptr<store::Workspace> workspace = gpkg::open_workspace(folder.file("w.gpkg"), gpkg::Access::read_write);
    Date today = day("2026-06-01");
    Timestamp later = Timestamp::parse("2099-01-01").value();

    std::shared_ptr<const snapshot::Snapshot> load(const snapshot::Snapshot* previous = nullptr) {
        return store::load_snapshot(store::Publisher(*workspace), today, later, nullptr, previous);
    }
    void set_status(const std::string& layer, int number, model::LegalStatus status, const char* from) {
        workspace->set_legal_data(layer_id(layer), VersionNumber(number), status,
                                  DateRange::from_inclusive(day(from), std::nullopt).value(), "");
    }
};

TEST_F(SnapshotLoader, PacksTheFeaturesOfAVersion) {
    const auto version = write(*workspace, "p", squares_description(), squares(700));
    const auto layer = store::pack_layer(*workspace, version);
    ASSERT_EQ(layer->size(), 700U);
    EXPECT_EQ(layer->version().name(), "p@1");
    const std::size_t i = layer->by_id()[12];
    EXPECT_EQ(layer->id(i).text(), "p-0012");
    EXPECT_EQ(layer->source(i).points.size(), 5U);
    EXPECT_EQ(layer->areas(i), square(12).areas);
    EXPECT_EQ(layer->values(i), square(12).values);
}

TEST_F(SnapshotLoader, TakesTheVersionThatStandsOnTheDay) {
    write(*workspace, "p", squares_description(), squares(1));
    set_status("p", 1, model::LegalStatus::in_force, "2020-01-01");
    write(*workspace, "p", squares_description(), squares(2));
    set_status("p", 2, model::LegalStatus::in_force, "2027-01-01");
    write(*workspace, "p", squares_description(), squares(3), store::Publication::hold);
    EXPECT_EQ(load()->find(layer_id("p"))->version().number, VersionNumber(1));
}

TEST_F(SnapshotLoader, LeavesOutALayerWithoutAVersionForTheDay) {
    write(*workspace, "late", squares_description(), squares(1));
    set_status("late", 1, model::LegalStatus::in_force, "2027-01-01");
    write(*workspace, "now", squares_description(), squares(1));
    const auto snapshot = load();
    ASSERT_EQ(snapshot->layers().size(), 1U);
    EXPECT_EQ(snapshot->layers()[0]->version().layer, layer_id("now"));
}

TEST_F(SnapshotLoader, TakesOnlyTheVersionsAskedFor) {
    const std::vector<model::LayerVersion> selected{write(*workspace, "a", squares_description(), squares(1))};
    write(*workspace, "a", squares_description(), squares(2));
    write(*workspace, "b", squares_description(), squares(1));
    const auto snapshot = store::load_snapshot(store::Publisher(*workspace), today, later, &selected);
    ASSERT_EQ(snapshot->layers().size(), 1U);
    EXPECT_EQ(snapshot->layers()[0]->version().name(), "a@1");
}

TEST_F(SnapshotLoader, SharesLayersThatDidNotChange) {
    write(*workspace, "a", squares_description(), squares(1));
    write(*workspace, "b", squares_description(), squares(1));
    const auto before = load();
    write(*workspace, "b", squares_description(), squares(2));
    const auto after = load(before.get());
    EXPECT_EQ(after->find(layer_id("a")), before->find(layer_id("a")));
    EXPECT_NE(after->find(layer_id("b")), before->find(layer_id("b")));
    EXPECT_NE(after->revision(), before->revision());
    EXPECT_EQ(load(after.get())->revision(), after->revision());
}

TEST_F(SnapshotLoader, ReadsALayerAgainWhoseStatusChanged) {
    write(*workspace, "a", squares_description(), squares(1));
    const auto before = load();
    set_status("a", 1, model::LegalStatus::in_force, "2020-01-01");
    const auto after = load(before.get());
    EXPECT_EQ(after->find(layer_id("a"))->version().description.status, model::LegalStatus::in_force);
    EXPECT_NE(after->revision(), before->revision());
}

}  // namespace
}  // namespace ranh::test
