// A version that changes few features of a packed one is published as a delta, and read like one packed whole.
#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/publisher.hpp"
#include "spatial/store/snapshot_loader.hpp"
#include "spatial/store/snapshot_manifest.hpp"
#include "spatial/store/upkeep.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace ranh::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr int count = 200;

class DeltaPublisher : public testing::Test {
protected:
    TemporaryFolder folder;
    std::unique_ptr<store::Workspace> workspace = gpkg::open_workspace(folder.file("w.gpkg"), gpkg::Access::read_write);
    fs::path snapshot = folder.path() / "w.gpkg.snapshot";
    std::vector<std::string> notes;
    store::Publisher publisher{*workspace,
                               [this](std::string_view note) { notes.emplace_back(note); },
                               {.least_features = 50, .most_share = 0.1}};
    model::LayerVersion first = write(*workspace, "p", squares_description(), squares(count));

    void SetUp() override { publisher.bring_up_to_date(); }
    /// Features [begin, end) get another text.
    model::LayerVersion upsert(std::int64_t base, int begin, int end, const std::string& text) {
        const auto writer = change(*workspace, "p", base);
        for (int i = begin; i < end; ++i) {
            model::Feature feature = square(i);
            feature.values[0] = text;
            writer->append(feature);
        }
        return writer->commit(first.description.provenance);
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(snapshot)) {
            if (entry.path().extension() == ".packed" || entry.path().extension() == ".delta") {
                names.push_back(entry.path().filename().string());
            }
        }
        return names;
    }
    static std::string whole(const model::LayerVersion& version) { return version.content_hash.hex() + ".packed"; }
    static std::string delta(const model::LayerVersion& version) { return version.content_hash.hex() + ".delta"; }
    void expect_as_in_workspace(const model::LayerVersion& version) {
        const auto layer = publisher.layer(version);
        const auto expected = read(*workspace, "p", version.number.value());
        ASSERT_EQ(layer->size(), expected.size());
        for (std::size_t rank = 0; rank < expected.size(); ++rank) {
            const std::uint32_t i = layer->by_id()[rank];
            ASSERT_EQ(layer->id(i), expected[rank].id);
            EXPECT_EQ(layer->values(i), expected[rank].values);
            EXPECT_EQ(layer->areas(i), expected[rank].areas);
            EXPECT_EQ(geom::Geometry::copy_of(layer->source(i)), *expected[rank].geometry);
        }
        EXPECT_EQ(layer->version().name(), version.name());
    }
    [[nodiscard]] std::vector<std::string> faults() const {
        std::vector<std::string> found;
        for (const store::Checked& one : store::verify_workspace(*workspace)) {
            if (!one.fault.empty()) {
                found.push_back(one.object + ": " + one.fault);
            }
        }
        return found;
    }
};

TEST_F(DeltaPublisher, WritesAFewChangesBesideTheFileTheyStandOn) {
    const auto second = upsert(1, 10, 13, "second");
    publisher.bring_up_to_date();
    EXPECT_THAT(files(), UnorderedElementsAre(whole(first), delta(second)));
    const auto manifest = store::read_manifest(snapshot);
    EXPECT_THAT(manifest.files, ElementsAre(testing::Pair("p@2", delta(second))));
    EXPECT_THAT(manifest.bases, ElementsAre(testing::Pair(delta(second), whole(first))));
    EXPECT_LT(fs::file_size(snapshot / delta(second)), fs::file_size(snapshot / whole(first)) / 4);
    expect_as_in_workspace(second);
    expect_as_in_workspace(first);
    EXPECT_EQ(store::open_packed_file(snapshot / delta(second)).value()->version().name(), "p@2");
    EXPECT_THAT(notes, IsEmpty());
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(DeltaPublisher, LetsALaterDeltaStandOnTheSameFile) {
    (void)upsert(1, 10, 13, "second");
    publisher.bring_up_to_date();
    const auto writer = change(*workspace, "p", 2);
    writer->remove(square(11).id);
    writer->remove(square(100).id);
    writer->append(square(count));  // a new one
    model::Feature back = square(12);
    writer->append(back);
    const auto third = writer->commit(first.description.provenance);
    publisher.bring_up_to_date();
    EXPECT_THAT(files(), UnorderedElementsAre(whole(first), delta(third)));
    expect_as_in_workspace(third);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(DeltaPublisher, PacksWholeWhereMuchHasChanged) {
    (void)upsert(1, 0, 5, "second");
    publisher.bring_up_to_date();
    const auto third = upsert(2, 5, 12, "third");  // 24 held and taken out, of 200 features
    publisher.bring_up_to_date();
    EXPECT_THAT(files(), UnorderedElementsAre(whole(third)));
    expect_as_in_workspace(third);
    EXPECT_THAT(notes, IsEmpty());
}

TEST_F(DeltaPublisher, PacksWholeWhereASystemComesIn) {
    const auto writer = change(*workspace, "p", 1);
    model::Feature feature = square(3);
    feature.crs = crs::Crs::from_epsg(5899).value();
    feature.areas.area_planar_m2 = std::nullopt;
    feature.areas.planar_epsg = std::nullopt;
    writer->append(feature);
    const auto second = writer->commit(first.description.provenance);
    publisher.bring_up_to_date();
    EXPECT_THAT(files(), UnorderedElementsAre(whole(second)));
    expect_as_in_workspace(second);
}

TEST_F(DeltaPublisher, UsesTheFileThereIsWhenTheContentComesBack) {
    (void)upsert(1, 10, 13, "second");
    publisher.bring_up_to_date();
    const auto writer = change(*workspace, "p", 2);
    for (int i = 10; i < 13; ++i) {
        writer->append(square(i));
    }
    const auto third = writer->commit(first.description.provenance);
    ASSERT_EQ(third.content_hash, first.content_hash);
    publisher.bring_up_to_date();
    EXPECT_THAT(files(), UnorderedElementsAre(whole(first)));
    expect_as_in_workspace(third);
}

TEST_F(DeltaPublisher, MakesADamagedDeltaAnewAndSaysSo) {
    const auto second = upsert(1, 10, 13, "second");
    publisher.bring_up_to_date();
    const std::string bytes = read_file(snapshot / delta(second));
    for (const std::string& damaged : {bytes.substr(0, bytes.size() / 2), std::string("something else altogether"),
                                       read_file(snapshot / whole(first))}) {
        notes.clear();
        write_file(snapshot / delta(second), damaged);
        expect_as_in_workspace(second);
        ASSERT_EQ(notes.size(), 1U);
        EXPECT_THAT(notes.front(), HasSubstr("p@2 is made anew from the workspace"));
        EXPECT_EQ(read_file(snapshot / delta(second)), bytes);
    }
}

TEST_F(DeltaPublisher, PacksWholeWhereTheFileItStoodOnIsGoneOrAnother) {
    const auto second = upsert(1, 10, 13, "second");
    publisher.bring_up_to_date();
    fs::remove(snapshot / whole(first));
    expect_as_in_workspace(second);
    EXPECT_THAT(files(), UnorderedElementsAre(delta(second), whole(second)));
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_THAT(notes.front(), HasSubstr("on which a delta stands cannot be used"));
    publisher.bring_up_to_date();
    EXPECT_THAT(files(), UnorderedElementsAre(whole(second)));
}

TEST_F(DeltaPublisher, IsCheckedByteByByte) {
    const auto second = upsert(1, 10, 13, "second");
    publisher.bring_up_to_date();
    std::string bytes = read_file(snapshot / delta(second));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] + 1);
    write_file(snapshot / delta(second), bytes);
    EXPECT_THAT(faults(), ElementsAre(testing::StartsWith(delta(second) + ": ")));
}

TEST_F(DeltaPublisher, IsPickedUpByAServerThatHasTheVersionBefore) {
    const auto before = store::load_snapshot(publisher, Date::today(), Timestamp::now());
    const auto second = upsert(1, 10, 13, "second");
    const auto after = store::load_snapshot(publisher, Date::today(), Timestamp::now(), nullptr, before.get());
    EXPECT_EQ(after->layers().front()->version().number, second.number);
    EXPECT_EQ(after->layers().front()->image().base()->name(), (snapshot / whole(first)).string());
    EXPECT_EQ(before->layers().front()->size(), after->layers().front()->size());
}

}  // namespace
}  // namespace ranh::test
