#include "spatial/snapshot/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::snapshot {
namespace {

std::shared_ptr<const PackedLayer> layer_of(const char* id, int number = 1, const char* content = "") {
    model::LayerVersion version{.layer = LayerId::parse(id).value(),
                                .number = VersionNumber(number),
                                .description = {},
                                .systems = {},
                                .feature_count = 0,
                                .held = false,
                                .withdrawn = false,
                                .known_from = {},
                                .content_hash = sha256(content)};
    return PackedLayerBuilder(std::move(version), crs::WorkingPlane()).finish();
}

std::shared_ptr<const Snapshot> snapshot_of(std::vector<std::shared_ptr<const PackedLayer>> layers) {
    return std::make_shared<const Snapshot>(std::move(layers), Date::parse("2026-06-01").value(), Timestamp());
}

TEST(Snapshot, HoldsLayersInOrderOfTheirIds) {
    const auto snapshot = snapshot_of({layer_of("titanium"), layer_of("bauxite")});
    EXPECT_EQ(snapshot->layers()[0]->version().layer.text(), "bauxite");
    EXPECT_EQ(snapshot->find(LayerId::parse("titanium").value()), snapshot->layers()[1]);
    EXPECT_EQ(snapshot->find(LayerId::parse("parcels").value()), nullptr);
}

TEST(Snapshot, ChangesItsRevisionWithLayerVersionAndContent) {
    const std::string revision = snapshot_of({layer_of("a"), layer_of("b")})->revision();
    EXPECT_EQ(revision.size(), 64U);
    EXPECT_EQ(snapshot_of({layer_of("b"), layer_of("a")})->revision(), revision);
    EXPECT_NE(snapshot_of({layer_of("a")})->revision(), revision);
    EXPECT_NE(snapshot_of({layer_of("a", 2), layer_of("b")})->revision(), revision);
    EXPECT_NE(snapshot_of({layer_of("a", 1, "other"), layer_of("b")})->revision(), revision);
}

TEST(SnapshotDeathTest, HoldsOneVersionOfALayer) {
    EXPECT_DEATH((void)snapshot_of({layer_of("a", 1), layer_of("a", 2)}), "twice");
}

TEST(SnapshotView, NamesTheLayersThereAre) {
    const SnapshotView view(snapshot_of({layer_of("a"), layer_of("b")}));
    EXPECT_EQ(view.layer(LayerId::parse("b").value())->version().layer.text(), "b");
    try {
        (void)view.layer(LayerId::parse("c").value());
        FAIL() << "there is no layer c";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::not_found);
        EXPECT_THAT(failure.error().sentence, testing::HasSubstr("there are: a, b"));
    }
}

TEST(Catalog, SwapsUnderThoseWhoRead) {
    const auto first = snapshot_of({layer_of("a")});
    const auto second = snapshot_of({layer_of("b")});
    Catalog catalog(first);
    const auto held = catalog.current();
    catalog.swap(second);
    EXPECT_EQ(held, first);
    EXPECT_EQ(catalog.current(), second);
}

}  // namespace
}  // namespace ranh::snapshot
