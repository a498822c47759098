#include "spatial/store/publisher.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/record_json.hpp"
#include "spatial/store/snapshot_manifest.hpp"
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

class Publisher : public testing::Test {
protected:
    TemporaryFolder folder;
    std::unique_ptr<store::Workspace> workspace = gpkg::open_workspace(folder.file("w.gpkg"), gpkg::Access::read_write);
    fs::path snapshot = folder.path() / "w.gpkg.snapshot";
    std::vector<std::string> notes;
    store::Publisher publisher{*workspace, [this](std::string_view note) { notes.emplace_back(note); }};

    [[nodiscard]] fs::path file_of(const model::LayerVersion& version) const {
        return snapshot / (version.content_hash.hex() + ".packed");
    }
    [[nodiscard]] std::vector<std::string> names_in_manifest() const {
        std::vector<std::string> names;
        for (const auto& [version, file] : store::read_manifest(snapshot).files) {
            names.push_back(version);
        }
        return names;
    }
    [[nodiscard]] std::vector<std::string> packed_files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(snapshot)) {
            if (entry.path().extension() == ".packed") {
                names.push_back(entry.path().filename().string());
            }
        }
        std::sort(names.begin(), names.end());
        return names;
    }
};

TEST_F(Publisher, PacksAVersionOnceAndMapsItFromThenOn) {
    const auto version = write(*workspace, "p", squares_description(), squares(40));
    EXPECT_EQ(publisher.layer(version)->size(), 40U);
    const auto written = fs::last_write_time(file_of(version));
    const auto again = publisher.layer(version);
    EXPECT_EQ(again->image().name(), file_of(version).string());
    EXPECT_EQ(again->values(again->by_id()[12]), square(12).values);
    EXPECT_EQ(fs::last_write_time(file_of(version)), written);
    EXPECT_THAT(names_in_manifest(), ElementsAre("p@1"));
    EXPECT_THAT(notes, IsEmpty());
}

TEST_F(Publisher, ServesNewLegalDataFromTheOldFile) {
    const auto version = write(*workspace, "p", squares_description(), squares(3));
    (void)publisher.layer(version);
    const auto written = fs::last_write_time(file_of(version));
    workspace->set_legal_data(layer_id("p"), VersionNumber(1), model::LegalStatus::draft, {}, "");
    const auto layer = publisher.layer(workspace->versions().front());
    EXPECT_TRUE(layer->version().is_draft());
    EXPECT_EQ(fs::last_write_time(file_of(version)), written);
}

TEST_F(Publisher, KeepsTheFilesOfWhatStandsAndRemovesOthers) {
    const auto old = write(*workspace, "p", squares_description(), squares(3));
    publisher.bring_up_to_date();
    EXPECT_THAT(names_in_manifest(), ElementsAre("p@1"));
    const auto mapped = publisher.layer(old);
    const auto changed = write(*workspace, "p", squares_description(), squares(4));
    const auto other = write(*workspace, "q", squares_description(), squares(5));
    write_file(snapshot / "half.packed.123.writing", "left by a killed program");
    publisher.bring_up_to_date();
    EXPECT_THAT(names_in_manifest(), ElementsAre("p@2", "q@1"));
    EXPECT_THAT(packed_files(), testing::UnorderedElementsAre(file_of(changed).filename().string(),
                                                              file_of(other).filename().string()));
    EXPECT_FALSE(fs::exists(snapshot / "half.packed.123.writing"));
    EXPECT_EQ(mapped->values(mapped->by_id()[2]), square(2).values);  // still there for who has it
    EXPECT_EQ(publisher.layer(old)->size(), 3U);                      // and packed again for who asks
    EXPECT_THAT(notes, IsEmpty());
}

TEST_F(Publisher, LeavesAnUnchangedFolderAlone) {
    write(*workspace, "p", squares_description(), squares(3));
    publisher.bring_up_to_date();
    const auto manifest = fs::last_write_time(snapshot / "manifest.json");
    publisher.bring_up_to_date();
    EXPECT_EQ(fs::last_write_time(snapshot / "manifest.json"), manifest);
}

TEST_F(Publisher, MakesADamagedFileAnewAndSaysSo) {
    const auto version = write(*workspace, "p", squares_description(), squares(9));
    (void)publisher.layer(version);
    const std::string bytes = read_file(file_of(version));
    for (const std::string& damaged : {bytes.substr(0, bytes.size() / 2), std::string("something else altogether")}) {
        notes.clear();
        write_file(file_of(version), damaged);
        EXPECT_EQ(publisher.layer(version)->size(), 9U);
        EXPECT_EQ(read_file(file_of(version)), bytes);
        ASSERT_EQ(notes.size(), 1U);
        EXPECT_THAT(notes.front(), HasSubstr("p@1 is made anew from the workspace"));
    }
}

TEST_F(Publisher, RefusesAFileOfAnotherWorkingPlane) {
    const auto version = write(*workspace, "p", squares_description(), squares(9));
    const auto north = gpkg::open_workspace(folder.file("north.gpkg"), gpkg::Access::read_write, {21.0, 105.8});
    const auto other = write(*north, "p", squares_description(), squares(9));
    ASSERT_EQ(other.content_hash, version.content_hash);
    (void)publisher.layer(version);
    fs::create_directories(north->snapshot_folder());
    fs::copy_file(file_of(version), north->snapshot_folder() / file_of(version).filename());
    const store::Publisher northern(*north, [this](std::string_view note) { notes.emplace_back(note); });
    EXPECT_EQ(northern.layer(other)->plane().centre().latitude_deg, 21.0);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_THAT(notes.front(), HasSubstr("stands in the working plane LAEA 11.6N 107.9E"));
    EXPECT_EQ(store::read_manifest(north->snapshot_folder()).centre.latitude_deg, 21.0);
}

TEST_F(Publisher, PacksForOneCommandWhereTheFolderCannotBeWritten) {
    const auto version = write(*workspace, "p", squares_description(), squares(9));
    write_file(snapshot, "a file where the folder should be");
    EXPECT_EQ(publisher.layer(version)->size(), 9U);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_THAT(notes.front(), HasSubstr("packed for this command alone"));
    notes.clear();
    publisher.bring_up_to_date();
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_THAT(notes.front(), HasSubstr("the next command tries again"));
}

TEST_F(Publisher, ReadsAPackedFileByItself) {
    auto description = squares_description();
    description.provenance = full_provenance();
    description.status = model::LegalStatus::draft;
    const auto version = write(*workspace, "p", description, squares(9));
    (void)publisher.layer(version);
    const auto layer = store::open_packed_file(file_of(version)).value();
    EXPECT_EQ(layer->version().name(), "p@1");
    EXPECT_TRUE(layer->version().is_draft());
    EXPECT_EQ(layer->version().lattice_level, version.lattice_level);
    EXPECT_EQ(layer->version().description.schema, description.schema);
    EXPECT_EQ(layer->size(), 9U);
    EXPECT_EQ(store::open_packed_file(folder.file("none.packed")).error().kind, ErrorKind::io);
}

TEST_F(Publisher, TakesAManifestItCannotReadAsNone) {
    const auto version = write(*workspace, "p", squares_description(), squares(3));
    publisher.bring_up_to_date();
    for (const char* text : {"", "{", "[]", R"({"format": 9, "working_plane_centre": {}, "layers": {"x@1": "x"}})"}) {
        write_file(snapshot / "manifest.json", text);
        EXPECT_THAT(names_in_manifest(), IsEmpty()) << text;
        publisher.bring_up_to_date();
        EXPECT_THAT(names_in_manifest(), ElementsAre("p@1"));
    }
    EXPECT_EQ(publisher.layer(version)->size(), 3U);
}

}  // namespace
}  // namespace ranh::test
