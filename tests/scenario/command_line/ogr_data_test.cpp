// Any file thrown at `ranh import --dry-run` ends within ten seconds as imported, with records in quarantine, or
// refused with a sentence. The environment variable RANH_OGR_DATA names a directory of test data, such as
// autotest/ogr/data of GDAL; the samples of the project are always read.
#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <map>

namespace ranh {
namespace {

namespace fs = std::filesystem;

/// All files below a folder; a FileGDB is one.
std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator(); ++entry) {
        if (entry->path().extension() == ".gdb" && entry->is_directory()) {
            entry.disable_recursion_pending();
            files.push_back(entry->path());
        } else if (entry->is_regular_file()) {
            files.push_back(entry->path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// How the import of a file ended, in one word; what is no such end is a failure.
std::string end_of(const fs::path& file, const test::TemporaryFolder& folder) {
    test::ProgramOptions options;
    options.limit = std::chrono::seconds(10);
    const auto end = test::run_ranh(
        {"import", "--dry-run", "--layer", "a", "--kind", "other", "-w", folder.file("none.gpkg"), file.string()},
        options);
    switch (end.exit_code) {
        case 0: return "imported";
        case 1: return "quarantined";
        case 3: EXPECT_THAT(end.error, testing::ContainsRegex("ranh: .{10,}")); return "refused";
        default: ADD_FAILURE() << end.text();
    }
    return "failed";
}

std::map<std::string, int> throw_in(const fs::path& folder) {
    const test::TemporaryFolder work;
    std::map<std::string, int> ends;
    for (const auto& file : files_below(folder)) {
        SCOPED_TRACE(file);
        try {
            ++ends[end_of(file, work)];
        } catch (const std::exception& error) {
            ADD_FAILURE() << error.what();
        }
    }
    return ends;
}

TEST(AnyFile, OfTheSamplesEndsWithAReportOrASentence) {
    for (const char* folder : {"formats", "invalid"}) {
        const auto ends = throw_in(test::sample(folder));
        EXPECT_GT(ends.at("refused"), 0) << folder;
        EXPECT_GT(ends.at("imported"), 0) << folder;
    }
}

TEST(AnyFile, OfTheDirectoryNamedEndsWithAReportOrASentence) {
    const char* folder = std::getenv("RANH_OGR_DATA");
    if (folder == nullptr) {
        std::cout << "RANH_OGR_DATA is not set: no directory of test data was read\n";
        return;
    }
    for (const auto& [end, files] : throw_in(folder)) {
        std::cout << files << " files " << end << "\n";
    }
}

}  // namespace
}  // namespace ranh
