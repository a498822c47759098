// A layer read as a base and a delta: what it refuses, and the ends that random edits seldom meet. That it reads as the
// version packed whole is shown by property/snapshot.
#include "spatial/snapshot/packed_delta.hpp"

#include "tests/support/program.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace ranh::test {
namespace {

using snapshot::PackedDeltaBuilder;
using snapshot::PackedImage;
using snapshot::PackedKind;
using snapshot::PackedLayer;
using snapshot::PackedLayerBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

model::LayerVersion version_of(std::int64_t number, const std::string& content) {
    model::LayerVersion version{.layer = LayerId::parse("p").value(),
                                .number = VersionNumber(number),
                                .description = {},
                                .systems = {crs::Crs::from_epsg(3405).value()},
                                .feature_count = 0,
                                .held = false,
                                .withdrawn = false,
                                .known_from = {},
                                .content_hash = sha256(content),
                                .lattice_level = 4};
    version.description.schema.fields = {{"name", model::FieldType::text}};
    return version;
}

/// A square of 10 m, the i-th of a row.
model::Feature square(int i, const std::string& name = "") {
    const double x = 500000.0 + 10.0 * i;
    model::Feature feature;
    feature.id = FeatureId("f" + std::to_string(10000 + i));
    feature.crs = crs::Crs::from_epsg(3405).value();
    feature.geometry =
        geom::Geometry::polygon({{x, 1300000.0}, {x + 10.0, 1300000.0}, {x + 10.0, 1300010.0}, {x, 1300010.0}});
    feature.values = {name.empty() ? "square " + std::to_string(i) : name};
    return feature;
}

class PackedDelta : public testing::Test {
protected:
    TemporaryFolder folder;
    const std::filesystem::path delta_file = folder.path() / "p.delta";

    /// Of the squares [0, count).
    [[nodiscard]] std::shared_ptr<const PackedLayer> whole(int count, const char* name = "p.packed",
                                                           const std::string& content = "first") const {
        PackedLayerBuilder builder(version_of(1, content), crs::WorkingPlane());
        for (int i = 0; i < count; ++i) {
            builder.add(square(i));
        }
        builder.write(folder.path() / name, "{}");
        return PackedLayer::open(PackedImage::open(folder.path() / name).value(), version_of(1, content),
                                 crs::WorkingPlane())
            .value();
    }
    [[nodiscard]] Result<std::shared_ptr<const PackedImage>> joined(const char* base = "p.packed") const {
        return PackedImage::joined(PackedImage::open(folder.path() / base).value(),
                                   PackedImage::open(delta_file, PackedKind::delta).value());
    }
    [[nodiscard]] std::shared_ptr<const PackedLayer> layer() const {
        return PackedLayer::open(joined().value(), version_of(2, "second"), crs::WorkingPlane()).value();
    }
};

TEST_F(PackedDelta, PutsFeaturesInThePlaceOfOthersOverManyPages) {
    constexpr int count = 5000;
    PackedDeltaBuilder delta(whole(count), version_of(2, "second"));
    for (int i = 3; i < count; i += 50) {
        delta.remove(square(i).id);
        delta.add(square(i, "new " + std::to_string(i)));
    }
    EXPECT_EQ(delta.changes(), 200U);
    delta.write(delta_file, "{}");
    EXPECT_LT(std::filesystem::file_size(delta_file), std::filesystem::file_size(folder.path() / "p.packed") / 20);
    const auto read = layer();
    ASSERT_EQ(read->size(), 5000U);
    EXPECT_EQ(read->places(), 5100U);
    for (int i = 0; i < count; ++i) {
        const std::uint32_t place = read->by_id()[static_cast<std::size_t>(i)];
        ASSERT_EQ(read->id(place), square(i).id);
        const bool is_new = i % 50 == 3;
        ASSERT_EQ(place >= 5000U, is_new);
        ASSERT_EQ(read->values(place), square(i, is_new ? "new " + std::to_string(i) : "").values);
        ASSERT_EQ(geom::Geometry::copy_of(read->source(place)), *square(i).geometry);
        const geom::Box box = geom::grown(read->working_box(place), -1.0);
        ASSERT_THAT(read->in_working_box(box), ElementsAre(place));
    }
}

TEST_F(PackedDelta, MayTakeEveryFeatureOut) {
    PackedDeltaBuilder delta(whole(20), version_of(2, "second"));
    for (int i = 0; i < 20; ++i) {
        delta.remove(square(i).id);
    }
    delta.write(delta_file, "{}");
    const auto read = layer();
    EXPECT_EQ(read->size(), 0U);
    EXPECT_FALSE(read->lonlat_extent().has_value());
    EXPECT_THAT(read->geometry_types(), IsEmpty());
    EXPECT_THAT(read->in_working_box({{-1e9, -1e9}, {1e9, 1e9}}), IsEmpty());
    EXPECT_EQ(read->find(square(3).id), std::nullopt);
}

TEST_F(PackedDelta, MayDifferInNothing) {
    PackedDeltaBuilder(whole(20), version_of(2, "second")).write(delta_file, "{}");
    EXPECT_EQ(layer()->size(), 20U);
}

TEST_F(PackedDelta, FollowsOnlyWhatHasItsFieldsSystemsAndLattice) {
    const auto before = whole(3);
    EXPECT_TRUE(PackedDeltaBuilder::can_follow(*before, version_of(2, "second")));
    auto other = version_of(2, "second");
    other.lattice_level = 5;
    EXPECT_FALSE(PackedDeltaBuilder::can_follow(*before, other));
    other.lattice_level = std::nullopt;
    EXPECT_FALSE(PackedDeltaBuilder::can_follow(*before, other));
    other = version_of(2, "second");
    other.description.schema.fields.front().name = "title";
    EXPECT_FALSE(PackedDeltaBuilder::can_follow(*before, other));
    other = version_of(2, "second");
    other.systems.push_back(crs::Crs::from_epsg(5899).value());
    EXPECT_FALSE(PackedDeltaBuilder::can_follow(*before, other));
}

TEST_F(PackedDelta, RefusesAnIdThatWouldStandTwice) {
    PackedDeltaBuilder delta(whole(3), version_of(2, "second"));
    delta.add(square(1));
    try {
        delta.write(delta_file, "{}");
        FAIL() << "written";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::conflict);
        EXPECT_THAT(failure.error().sentence, HasSubstr("would stand twice"));
    }
    EXPECT_FALSE(std::filesystem::exists(delta_file));
}

TEST_F(PackedDelta, IsReadWithTheBytesItStandsOnAlone) {
    PackedDeltaBuilder delta(whole(20), version_of(2, "second"));
    delta.remove(square(3).id);
    delta.write(delta_file, "{}");
    (void)whole(20, "other.packed", "another content");
    EXPECT_EQ(joined("other.packed").error().kind, ErrorKind::conflict);
    (void)whole(21, "longer.packed");  // says it has the same content
    EXPECT_EQ(joined("longer.packed").error().kind, ErrorKind::conflict);
    EXPECT_TRUE(joined().ok());
}

TEST_F(PackedDelta, IsNoPackedLayerByItselfNorAPackedLayerADelta) {
    PackedDeltaBuilder(whole(20), version_of(2, "second")).write(delta_file, "{}");
    EXPECT_THAT(PackedImage::open(delta_file).error().sentence, HasSubstr("does not begin with 'ranhpack'"));
    EXPECT_THAT(PackedImage::open(folder.path() / "p.packed", PackedKind::delta).error().sentence,
                HasSubstr("does not begin with 'ranhdelt'"));
}

TEST_F(PackedDelta, GoesOnWhenItsFilesAreRemoved) {
    PackedDeltaBuilder delta(whole(20), version_of(2, "second"));
    delta.remove(square(3).id);
    delta.write(delta_file, "{}");
    const auto read = layer();
    std::filesystem::remove(delta_file);
    std::filesystem::remove(folder.path() / "p.packed");
    EXPECT_EQ(read->values(read->find(square(19).id).value()), square(19).values);
    EXPECT_FALSE(read->image().verify().has_value());
}

}  // namespace
}  // namespace ranh::test
