// The packed files beside a workspace, as somebody sees them who uses the program.
#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sys/stat.h>

namespace ranh::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Snapshot : public testing::Test {
protected:
    SmallWorkspace workspace;
    fs::path folder = workspace.file() + ".snapshot";

    /// Of each packed file: inode and moment of change.
    [[nodiscard]] std::map<std::string, std::pair<ino_t, std::int64_t>> packed_files() const {
        std::map<std::string, std::pair<ino_t, std::int64_t>> files;
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".packed") {
                struct stat state {};
                ::stat(entry.path().c_str(), &state);
                files.emplace(entry.path().filename().string(),
                              std::pair(state.st_ino, state.st_mtim.tv_sec * 1'000'000'000 + state.st_mtim.tv_nsec));
            }
        }
        return files;
    }
    [[nodiscard]] ProgramEnd overlaps() const {
        // Every answer names the moment it speaks of; a given one makes two answers comparable.
        return workspace.run({"overlaps", "zones", "parcels", "--json", "--known-at", "2100-01-01T00:00:00Z"});
    }
};

TEST_F(Snapshot, IsMadeByTheFirstCommandThatNeedsItAndUsedByTheNext) {
    EXPECT_FALSE(fs::exists(folder));  // the workspace alone was copied
    const ProgramEnd first = overlaps();
    ASSERT_EQ(first.exit_code, 0) << first.text();
    const auto packed = packed_files();
    EXPECT_THAT(packed, SizeIs(2));
    const ProgramEnd second = overlaps();
    EXPECT_EQ(second.output, first.output);
    EXPECT_THAT(second.error, IsEmpty());
    EXPECT_EQ(packed_files(), packed);
}

TEST_F(Snapshot, IsMadeByTheImportAndFollowsIt) {
    ASSERT_EQ(workspace.import(sample("tiny/zones.geojson"), "zones").exit_code, 0);
    const auto packed = packed_files();
    EXPECT_THAT(packed, SizeIs(2));
    ASSERT_EQ(overlaps().exit_code, 0);
    EXPECT_EQ(packed_files(), packed);
    ASSERT_EQ(workspace.import(sample("tiny/zones.csv"), "zones").exit_code, 0);
    const auto after = packed_files();
    EXPECT_THAT(after, SizeIs(2));  // the other file of zones is gone, that of parcels was not written again
    EXPECT_EQ(std::count_if(after.begin(), after.end(), [&](const auto& file) { return packed.contains(file.first); }),
              1);
}

TEST_F(Snapshot, IsMadeAgainWhenItWasDeleted) {
    const ProgramEnd first = overlaps();
    const auto packed = packed_files();
    fs::remove_all(folder);
    const ProgramEnd again = overlaps();
    EXPECT_EQ(again.output, first.output);
    EXPECT_THAT(again.error, IsEmpty());
    EXPECT_EQ(packed_files().size(), packed.size());
}

TEST_F(Snapshot, IsMadeAgainWithANoteWhenItWasDamaged) {
    const ProgramEnd first = overlaps();
    for (const auto& [name, state] : packed_files()) {
        const std::string bytes = read_file(folder / name);
        fs::remove(folder / name);
        write_file(folder / name, bytes.substr(0, bytes.size() - 100));
    }
    const ProgramEnd again = overlaps();
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_EQ(again.output, first.output);
    EXPECT_THAT(again.error, HasSubstr("zones@1 is made anew from the workspace"));
    EXPECT_THAT(again.error, HasSubstr("cut short"));
    EXPECT_THAT(overlaps().error, IsEmpty());
}

TEST_F(Snapshot, IsLeftOutWithANoteWhereItsFolderCannotBeWritten) {
    const ProgramEnd first = overlaps();
    fs::remove_all(folder);
    write_file(folder, "a file in the place of the folder, which nobody can write into, not even root");
    const ProgramEnd again = overlaps();
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_EQ(again.output, first.output);
    EXPECT_THAT(again.error, HasSubstr("packed for this command alone"));
    EXPECT_EQ(read_file(folder).substr(0, 6), "a file");
}

TEST_F(Snapshot, GivesWayToNewLegalDataWithoutBeingWrittenAgain) {
    ASSERT_EQ(overlaps().exit_code, 0);
    const auto packed = packed_files();
    ASSERT_EQ(workspace.run({"layers", "set", "parcels@1", "--status", "draft"}).exit_code, 0);
    EXPECT_THAT(overlaps().output, HasSubstr("\"draft\""));
    EXPECT_EQ(packed_files(), packed);
}

}  // namespace
}  // namespace ranh::test
