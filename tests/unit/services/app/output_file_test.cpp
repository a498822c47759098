#include "services/app/output_file.hpp"

#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::app {
namespace {

using testing::HasSubstr;

TEST(OverlapsFile, MayHaveTheEndingsOfTheManual) {
    for (const std::string file : {"a.csv", "a.json", "folder.x/a.geojson", "a.gpkg", "a.fgb"}) {
        EXPECT_TRUE(check_overlaps_file(file).ok()) << file;
    }
}

TEST(OverlapsFile, IsRefusedWithAnotherEndingAndTheEndingsAreListed) {
    for (const std::string file : {"a", "a.shp", "csv", "a.csv.bak", ""}) {
        const auto checked = check_overlaps_file(file);
        ASSERT_FALSE(checked.ok()) << file;
        EXPECT_EQ(checked.error().kind, ErrorKind::invalid_argument);
        EXPECT_THAT(checked.error().sentence, HasSubstr(".gpkg"));
    }
}

TEST(OverlapsFile, NeedsGeometryUnlessItIsCsv) {
    EXPECT_FALSE(needs_geometry("a.csv"));
    EXPECT_TRUE(needs_geometry("a.geojson"));
    EXPECT_TRUE(needs_geometry("a.json"));
}

TEST(WriteTextFile, ReplacesTheFileAndLeavesNothingBeside) {
    const test::TemporaryFolder folder;
    write_text_file(folder.file("a.csv"), "old");
    write_text_file(folder.file("a.csv"), "new");
    EXPECT_EQ(test::read_file(folder.file("a.csv")), "new");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), std::filesystem::directory_iterator()),
              1);
}

TEST(WholeFile, TakesItsNameWithCommitOnly) {
    const test::TemporaryFolder folder;
    const std::string file = folder.file("a.csv");
    write_text_file(file, "old");
    {
        WholeFile left_alone(file);
        left_alone.write("half of it");
    }
    EXPECT_EQ(test::read_file(file), "old");
    WholeFile whole(file);
    whole.write("ne");
    whole.write("w");
    EXPECT_EQ(test::read_file(file), "old");
    whole.commit();
    EXPECT_EQ(test::read_file(file), "new");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), std::filesystem::directory_iterator()),
              1);
}

TEST(WriteTextFile, NamesTheFileItCannotWrite) {
    const test::TemporaryFolder folder;
    try {
        write_text_file(folder.file("nowhere/a.csv"), "text");
        FAIL() << "written into a folder that is not there";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::io);
        EXPECT_THAT(failure.what(), HasSubstr("nowhere/a.csv"));
    }
}

}  // namespace
}  // namespace ranh::app
