#include "spatial/store/upkeep.hpp"

#include "spatial/store/gpkg/backup.hpp"
#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/publisher.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace ranh::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Upkeep : public testing::Test {
protected:
    TemporaryFolder folder;
    std::string file = folder.file("w.gpkg");
    std::unique_ptr<store::Workspace> workspace = gpkg::open_workspace(file, gpkg::Access::read_write);

    void SetUp() override {
        write(*workspace, "all", description_of(every_type()), one_of_each_kind());
        for (int number = 1; number <= 3; ++number) {
            auto features = squares(20);
            features[0].values[0] = "only in " + std::to_string(number);
            write(*workspace, "p", squares_description(), features);
        }
        write(*workspace, "p", squares_description(), squares(5), store::Publication::hold);
        workspace->withdraw(layer_id("p"), VersionNumber(2));
    }
    [[nodiscard]] static std::vector<std::string> faults(const store::Workspace& checked) {
        std::vector<std::string> faults;
        for (const store::Checked& one : store::verify_workspace(checked)) {
            if (!one.fault.empty()) {
                faults.push_back(one.object + ": " + one.fault);
            }
        }
        return faults;
    }
};

TEST_F(Upkeep, CopiesEveryVersionAsItIs) {
    const auto target = gpkg::open_workspace(folder.file("copy.gpkg"), gpkg::Access::read_write);
    const auto copied = store::copy_workspace(*workspace, *target);
    const auto before = workspace->versions();
    const auto after = target->versions();
    ASSERT_EQ(after.size(), before.size());
    ASSERT_EQ(copied.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(after[i].name(), before[i].name());
        EXPECT_EQ(after[i].content_hash, before[i].content_hash);
        EXPECT_EQ(after[i].held, before[i].held);
        EXPECT_EQ(after[i].withdrawn, before[i].withdrawn);
        EXPECT_EQ(after[i].known_from, before[i].known_from);
        expect_same(read(*target, after[i].layer.text(), after[i].number.value()),
                    read(*workspace, before[i].layer.text(), before[i].number.value()));
    }
    EXPECT_TRUE(faults(*target).empty());
    target->publish(layer_id("p"), VersionNumber(4));
    expect_same(read(*target, "p", 4), squares(5));
}

TEST_F(Upkeep, GoesOnWithACopyWhereItStopped) {
    const auto target = gpkg::open_workspace(folder.file("copy.gpkg"), gpkg::Access::read_write);
    (void)store::copy_workspace(*workspace, *target);
    write(*workspace, "p", squares_description(), squares(7));
    const auto copied = store::copy_workspace(*workspace, *target);
    ASSERT_EQ(copied.size(), 6U);
    EXPECT_TRUE(copied[4].was_there);
    EXPECT_FALSE(copied[5].was_there);
    write(*workspace, "p", squares_description(), squares(8));
    write(*target, "p", squares_description(), squares(9));
    EXPECT_EQ(failure_of([&] { (void)store::copy_workspace(*workspace, *target); }).kind, ErrorKind::conflict);
}

TEST_F(Upkeep, CopiesOnlyIntoTheSameWorkingPlane) {
    const auto target = gpkg::open_workspace(folder.file("copy.gpkg"), gpkg::Access::read_write,
                                             {.latitude_deg = 16.25, .longitude_deg = 107.75});
    EXPECT_EQ(failure_of([&] { (void)store::copy_workspace(*workspace, *target); }).kind, ErrorKind::conflict);
}

TEST_F(Upkeep, FindsAWorkspaceWithoutFaultsIntact) {
    workspace->withdraw(layer_id("all"), VersionNumber(1));  // has coordinates of no place on the ground
    store::Publisher(*workspace).bring_up_to_date();
    EXPECT_TRUE(faults(*workspace).empty());
    EXPECT_EQ(store::verify_workspace(*workspace).size(), 1U + 5U + 1U);  // tables, versions, packed file
}

TEST_F(Upkeep, FindsAValueThatWasChangedBehindItsBack) {
    const gpkg::Database database(file, gpkg::OpenMode::existing, std::chrono::seconds(1));
    database.execute(
        "UPDATE ranh_guard SET open = 1; UPDATE p SET name = 'x' WHERE ranh_id = 'p-0007'; UPDATE "
        "ranh_guard SET open = 0");
    EXPECT_THAT(faults(*workspace), testing::ElementsAre(HasSubstr("p@1: content hash"), HasSubstr("p@2: content hash"),
                                                         HasSubstr("p@3: content hash")));
    const auto target = gpkg::open_workspace(folder.file("copy.gpkg"), gpkg::Access::read_write);
    EXPECT_EQ(failure_of([&] { (void)store::copy_workspace(*workspace, *target); }).kind, ErrorKind::corrupt_input);
}

TEST_F(Upkeep, FindsAByteThatFlippedInAPackedFile) {
    workspace->withdraw(layer_id("all"), VersionNumber(1));  // has coordinates of no place on the ground
    store::Publisher(*workspace).bring_up_to_date();
    for (const auto& entry : fs::directory_iterator(workspace->snapshot_folder())) {
        if (entry.path().extension() == ".packed") {
            std::string bytes = read_file(entry.path());
            char& middle = bytes[bytes.size() / 2];
            middle = static_cast<char>(middle ^ 1);
            fs::remove(entry.path());
            write_file(entry.path(), bytes);
        }
    }
    EXPECT_THAT(faults(*workspace), testing::ElementsAre(HasSubstr(".packed: ")));
}

TEST_F(Upkeep, FindsAPageThatWasOverwritten) {
    workspace.reset();
    std::string bytes = read_file(file);
    const std::size_t page = 4096;
    const std::size_t row = bytes.find("square 13");
    ASSERT_NE(row, std::string::npos);
    bytes.replace(row / page * page, 600, 600, '\x5a');
    write_file(file, bytes);
    workspace = gpkg::open_workspace(file, gpkg::Access::read_only);
    EXPECT_FALSE(faults(*workspace).empty());
}

TEST_F(Upkeep, BacksUpWhatStandsAtOneMomentWhileItIsRead) {
    bool done = false;
    workspace->read(layer_id("p"), VersionNumber(3), [&](const model::Feature&) {
        if (!done) {
            gpkg::back_up(file, folder.file("backup.gpkg"));
            done = true;
        }
    });
    const auto backup = gpkg::open_workspace(folder.file("backup.gpkg"), gpkg::Access::read_only);
    EXPECT_TRUE(faults(*backup).empty());
    EXPECT_EQ(backup->versions().size(), 5U);
    EXPECT_FALSE(fs::exists(folder.file("backup.gpkg.part")));
    EXPECT_EQ(failure_of([&] { gpkg::back_up(file, folder.file("no/such/folder.gpkg")); }).kind, ErrorKind::io);
    EXPECT_EQ(failure_of([&] { gpkg::back_up(folder.file("none.gpkg"), folder.file("b.gpkg")); }).kind,
              ErrorKind::not_found);
}

TEST_F(Upkeep, ForgetsWithdrawnVersionsThatNothingNames) {
    const auto names = [&] {
        std::vector<std::string> found;
        for (const model::LayerVersion& version : store::forgettable_versions(workspace->versions())) {
            found.push_back(version.name());
        }
        return found;
    };
    EXPECT_THAT(names(), testing::ElementsAre("p@2"));
    workspace->withdraw(layer_id("p"), VersionNumber(4));  // the highest number
    workspace->withdraw(layer_id("p"), VersionNumber(1));
    EXPECT_THAT(names(), testing::ElementsAre("p@1", "p@2"));
    model::LayerDescription saved = description_of({});
    saved.provenance.inputs = {"p@1", "all@1"};
    write(*workspace, "overlaps", saved, {});
    EXPECT_THAT(names(), testing::ElementsAre("p@2"));
}

}  // namespace
}  // namespace ranh::test
