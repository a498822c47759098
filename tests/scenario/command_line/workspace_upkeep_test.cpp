// Differences, rollback, garbage, backup and copy as somebody sees them who uses the program.
#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class WorkspaceUpkeep : public testing::Test {
protected:
    SmallWorkspace m_workspace;

    /// `squares` in two versions: A moved by 5 m of its 10 m, B renamed, C gone, D new.
    void import_squares() const {
        const std::string first =
            "id,name,wkt\nA,a,\"POLYGON((500000 1300000,500010 1300000,500010 1300010,500000 "
            "1300010,500000 1300000))\"\nB,b,\"POLYGON((500100 1300000,500110 1300000,500110 "
            "1300010,500100 1300010,500100 1300000))\"\nC,c,\"POLYGON((500200 1300000,500210 "
            "1300000,500210 1300010,500200 1300010,500200 1300000))\"\n";
        std::string second = first;
        second.replace(second.find("(500000 1300000"), 15, "(500005 1300000");
        second.replace(second.find("500010 1300000"), 14, "500015 1300000");
        second.replace(second.find("500010 1300010"), 14, "500015 1300010");
        second.replace(second.find("500000 1300010"), 14, "500005 1300010");
        second.replace(second.find("500000 1300000"), 14, "500005 1300000");
        second.replace(second.find("B,b"), 3, "B,new");
        second.replace(second.find("C,c"), 3, "D,d");
        for (const std::string& text : {first, second}) {
            write_file(m_workspace.path("squares.csv"), text);
            const ProgramEnd end =
                m_workspace.import(m_workspace.path("squares.csv"), "squares", {"--crs", "EPSG:5899"});
            ASSERT_EQ(end.exit_code, 0) << end.text();
        }
    }
    [[nodiscard]] std::string hash_of(const std::string& version) const {
        return text_of(json_of(m_workspace.run({"layers", "show", version}).output), "content_hash");
    }
};

TEST_F(WorkspaceUpkeep, TellsWhatDiffersBetweenTwoVersions) {
    import_squares();
    const codec::Json diff = m_workspace.json({"layers", "diff", "squares@1", "squares@2"});
    EXPECT_EQ(number_of(diff, "added"), 1.0);
    EXPECT_EQ(number_of(diff, "removed"), 1.0);
    EXPECT_EQ(number_of(diff, "changed"), 2.0);
    const auto rows = array_of(diff, "features");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(text_of(rows.at(0), "id"), "A");
    EXPECT_EQ(member(rows.at(0), "geometry").boolean(), true);
    EXPECT_NEAR(number_of(rows.at(0), "moved_m2"), 100.0, 0.1);  // 50 m² left, 50 m² new
    EXPECT_EQ(lines_of(rows.at(1), "fields"), "name\n");
    EXPECT_EQ(text_of(rows.at(2), "change"), "removed");
    EXPECT_NEAR(number_of(rows.at(3), "moved_m2"), 100.0, 0.1);
    EXPECT_THAT(m_workspace.run({"layers", "diff", "squares@1", "squares@2"}).output,
                AllOf(HasSubstr("squares@1 -> squares@2"), HasSubstr("thêm / added 1"), HasSubstr("hình / geometry")));
    EXPECT_EQ(m_workspace.run({"layers", "diff", "squares@1", "zones@1"}).exit_code, 3);
    EXPECT_EQ(m_workspace.run({"layers", "diff", "squares@1", "squares"}).exit_code, 3);
}

TEST_F(WorkspaceUpkeep, PublishesOldContentAgain) {
    import_squares();
    const codec::Json rows = m_workspace.json({"layers", "rollback", "squares@1"});
    EXPECT_EQ(number_of(rows.array()->front(), "version"), 3.0);
    EXPECT_EQ(text_of(rows.array()->front(), "content_of"), "squares@1");
    EXPECT_EQ(hash_of("squares@3"), hash_of("squares@1"));
    EXPECT_TRUE(array_of(m_workspace.json({"layers", "diff", "squares@1", "squares@3"}), "features").empty());
}

TEST_F(WorkspaceUpkeep, DropsWhatNothingNames) {
    import_squares();
    EXPECT_EQ(number_of(m_workspace.json({"layers", "gc"}), "history_rows"), 0.0);
    ASSERT_EQ(m_workspace.run({"layers", "withdraw", "squares@1"}).exit_code, 0);
    const codec::Json freed = m_workspace.json({"layers", "gc", "--withdrawn"});
    EXPECT_EQ(lines_of(freed, "versions"), "squares@1\n");
    EXPECT_EQ(number_of(freed, "history_rows"), 3.0);
    EXPECT_EQ(m_workspace.run({"export", "squares@1", "-o", m_workspace.path("a.csv")}).exit_code, 3);
    EXPECT_EQ(m_workspace.run({"workspace", "verify"}).exit_code, 0);
}

TEST_F(WorkspaceUpkeep, BacksUpRestoresAndVerifies) {
    const std::string backup = m_workspace.path("backup.gpkg");
    ASSERT_EQ(m_workspace.run({"workspace", "backup", backup}).exit_code, 0);
    const std::string hash = hash_of("zones@1");
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.geojson"), "zones").exit_code, 0);
    const ProgramEnd kept = m_workspace.run({"workspace", "restore", backup});
    EXPECT_EQ(kept.exit_code, 3) << kept.text();
    EXPECT_THAT(kept.error, HasSubstr("--replace"));
    const ProgramEnd restored = m_workspace.run({"workspace", "restore", backup, "--replace"});
    ASSERT_EQ(restored.exit_code, 0) << restored.text();
    EXPECT_EQ(m_workspace.json({"layers", "--all"}).array()->size(), 2U);
    EXPECT_EQ(hash_of("zones@1"), hash);
    const ProgramEnd verified = m_workspace.run({"workspace", "verify"});
    EXPECT_EQ(verified.exit_code, 0) << verified.text();
    EXPECT_THAT(verified.output, AllOf(HasSubstr("zones@1"), HasSubstr(".packed"), HasSubstr("intact")));
}

TEST_F(WorkspaceUpkeep, DoesNotRestoreADamagedBackup) {
    const std::string backup = m_workspace.path("backup.gpkg");
    ASSERT_EQ(m_workspace.run({"workspace", "backup", backup}).exit_code, 0);
    ASSERT_EQ(run_program({"ogrinfo", backup, "-sql", "UPDATE ranh_guard SET open = 1"}).exit_code, 0);
    ASSERT_EQ(run_program({"ogrinfo", backup, "-sql", "UPDATE zones SET area_stated_m2 = 7"}).exit_code, 0);
    EXPECT_EQ(run_ranh({"workspace", "verify", "-w", backup}).exit_code, 1);
    const std::string before = read_file(m_workspace.file());
    const ProgramEnd end = m_workspace.run({"workspace", "restore", backup, "--replace"});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, AllOf(HasSubstr("the backup is damaged"), HasSubstr("zones@1")));
    EXPECT_EQ(read_file(m_workspace.file()), before);
}

TEST_F(WorkspaceUpkeep, CopiesItselfWithEqualChecksums) {
    import_squares();
    const std::string target = m_workspace.path("copy.gpkg");
    const codec::Json rows = m_workspace.json({"workspace", "copy", "--to", target});
    ASSERT_EQ(rows.array()->size(), 4U);
    for (const codec::Json& row : *rows.array()) {
        const std::string name =
            text_of(row, "layer") + "@" + std::to_string(static_cast<int>(number_of(row, "version")));
        EXPECT_EQ(text_of(row, "content_hash"), hash_of(name)) << name;
    }
    EXPECT_EQ(run_ranh({"workspace", "verify", "-w", target}).exit_code, 0);
    const auto answer = [](const std::string& file) {
        return run_ranh({"overlaps", "zones", "parcels", "--json", "--known-at", "2100-01-01T00:00:00Z", "-w", file})
            .output;
    };
    EXPECT_EQ(answer(target), answer(m_workspace.file()));
}

}  // namespace
}  // namespace ranh::test
