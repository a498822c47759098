#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "tests/support/program.hpp"
#include "tests/support/seeds.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <thread>

namespace ranh::test {
namespace {

int last_number_in(const std::string& lines) {
    std::istringstream stream(lines);
    int last = 0;
    for (int number = 0; stream >> number;) {
        last = number;
    }
    return last;
}

std::string integrity_of(const std::string& file) {
    sqlite3* handle = nullptr;
    sqlite3_open(file.c_str(), &handle);
    std::string words;
    const auto add = [](void* target, int, char** values, char**) {
        *static_cast<std::string*>(target) += values[0];
        return 0;
    };
    sqlite3_exec(handle, "PRAGMA integrity_check", add, &words, nullptr);
    sqlite3_close(handle);
    return words;
}

void expect_whole_workspace(const std::string& file, int least_versions) {
    // Killed while the file was being made, it is empty for a reader, and made anew by the next writer.
    const auto access = least_versions > 0 ? gpkg::Access::read_only : gpkg::Access::read_write;
    const auto workspace = gpkg::open_workspace(file, access);
    const auto versions = workspace->versions();
    EXPECT_GE(static_cast<int>(versions.size()), least_versions);
    for (std::size_t i = 0; i < versions.size(); ++i) {
        SCOPED_TRACE(versions[i].name());
        EXPECT_EQ(versions[i].number, VersionNumber(static_cast<std::int64_t>(i) + 1));
        EXPECT_EQ(versions[i].feature_count, 400);
        EXPECT_EQ(read(*workspace, "p", versions[i].number.value()).size(), 400U);
        EXPECT_EQ(recomputed_hash(*workspace, "p", versions[i].number.value()), versions[i].content_hash);
    }
}

TEST(KilledWriter, LeavesTheOldOrTheNewState) {
    SCOPED_TRACE(seed_note());
    Random random;
    const TemporaryFolder folder;
    std::string file;
    for (std::size_t round = 0; round < rounds(10, 50); ++round) {
        SCOPED_TRACE(round);
        if (round % 5 ==
            0) {  // a new file now and then: making it can be killed too, and old versions take time to check
            file = folder.file("w" + std::to_string(round) + ".gpkg");
        }
        ChildProcess writer({RANH_WRITE_VERSIONS, file});
        std::this_thread::sleep_for(std::chrono::microseconds(random.integer(0, 400'000)));
        ASSERT_TRUE(writer.running()) << writer.error_so_far();
        writer.send(SIGKILL);
        const ProgramEnd end = writer.wait();
        EXPECT_EQ(end.signal, SIGKILL);
        if (!std::filesystem::exists(file) || std::filesystem::file_size(file) == 0) {
            continue;  // killed before the first transaction: no workspace yet
        }
        // What the killed program said it had committed is there.
        expect_whole_workspace(file, last_number_in(end.error));
        EXPECT_EQ(integrity_of(file), "ok");
        const auto workspace = gpkg::open_workspace(file, gpkg::Access::read_write);
        (void)write(*workspace, "p", squares_description(), squares(400));
        EXPECT_FALSE(std::filesystem::exists(file + "-journal")) << "the journal of the killed program is still there";
    }
}

}  // namespace
}  // namespace ranh::test
