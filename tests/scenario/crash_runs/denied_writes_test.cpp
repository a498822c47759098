// A file, a folder or a medium that cannot be written: it is read as it stands, and every change says what to do.
#include "tests/scenario/crash_runs/changes.hpp"
#include "tests/support/sample_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace ranh::test {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;

constexpr auto nobody_may_write = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
constexpr auto nobody_may_change =
    nobody_may_write | fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;

/// For whom rights do not count, the words are run as a user for whom they do.
std::vector<std::string> as_plain_user(std::vector<std::string> words) {
    if (::geteuid() == 0) {
        words.insert(words.begin(), {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"});
    }
    return words;
}

class DeniedWrites : public testing::Test {
protected:
    DeniedWrites() {
        fs::permissions(m_folder.path(), nobody_may_change | fs::perms::owner_write);
        m_before = state_of(m_workspace.file());
    }
    ~DeniedWrites() override {
        fs::permissions(m_folder.path(), fs::perms::owner_all);
        fs::permissions(m_workspace.file(), fs::perms::owner_all);
    }

public:
    DeniedWrites(const DeniedWrites&) = delete;
    DeniedWrites& operator=(const DeniedWrites&) = delete;

protected:
    void expect_readable() const {
        const ProgramEnd layers =
            run_program(as_plain_user({ranh_program().string(), "layers", "--all", "-w", m_workspace.file()}));
        EXPECT_EQ(layers.exit_code, 0) << layers.text();
        EXPECT_THAT(layers.output, HasSubstr("parcels@2"));
        const ProgramEnd verified =
            run_program(as_plain_user({ranh_program().string(), "workspace", "verify", "-w", m_workspace.file()}));
        EXPECT_EQ(verified.exit_code, 0) << verified.text();
        const ProgramEnd overlaps = run_program(as_plain_user(
            {ranh_program().string(), "overlaps", "parcels", "parcels", "--json", "-w", m_workspace.file()}));
        EXPECT_EQ(overlaps.exit_code, 0) << overlaps.text();
    }

    void expect_every_change_refused() const {
        for (const Change& change : m_workspace.changes()) {
            SCOPED_TRACE(change.name);
            const ProgramEnd end = run_program(as_plain_user(command(change, m_workspace.file())));
            EXPECT_EQ(end.exit_code, 3) << end.text();
            EXPECT_THAT(end.error,
                        AnyOf(HasSubstr("check the rights of the file and of its folder"), HasSubstr("cannot be")));
            EXPECT_THAT(end.error, HasSubstr("w.gpkg"));
        }
        EXPECT_EQ(state_of(m_workspace.file()), m_before);
    }

    Random m_random;
    TemporaryFolder m_folder;
    ChangedWorkspace m_workspace{m_folder, m_random};
    WorkspaceState m_before;
};

TEST_F(DeniedWrites, OfTheFileLeaveItReadable) {
    fs::permissions(m_workspace.file(), nobody_may_write);
    expect_readable();
    expect_every_change_refused();
}

TEST_F(DeniedWrites, OfTheFolderLeaveItReadable) {
    fs::permissions(m_workspace.file(), nobody_may_write);
    fs::permissions(m_folder.path(), nobody_may_change);
    expect_readable();
    expect_every_change_refused();
}

TEST_F(DeniedWrites, OfAKilledWritersLogAreExplained) {
    ChildProcess holder({"sqlite3", "-cmd", "BEGIN", m_workspace.file(),
                         "SELECT COUNT(*) FROM parcels; SELECT writefile('" + m_folder.file("ready") +
                             "', 'x'); WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT MAX(n) "
                             "FROM c;"});
    while (!fs::exists(m_folder.file("ready"))) {
        ASSERT_TRUE(holder.running());
    }
    // A change whose log cannot be taken in, for somebody still reads the state before.
    ASSERT_EQ(run_ranh({"layers", "withdraw", "zones@1", "-w", m_workspace.file()}).exit_code, 0);
    ASSERT_GT(fs::file_size(m_workspace.file() + "-wal"), 0U);
    holder.send(9);
    static_cast<void>(holder.wait());
    fs::remove(m_workspace.file() + "-shm");
    fs::permissions(m_workspace.file(), nobody_may_write);
    fs::permissions(m_folder.path(), nobody_may_change);
    const ProgramEnd end =
        run_program(as_plain_user({ranh_program().string(), "layers", "--all", "-w", m_workspace.file()}));
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, HasSubstr("changes of a killed program wait in"));
    fs::permissions(m_folder.path(), fs::perms::owner_all);
    fs::permissions(m_workspace.file(), fs::perms::owner_all);
    EXPECT_THAT(state_of(m_workspace.file()).at("zones@1"), HasSubstr("withdrawn")) << "nothing is lost";
    EXPECT_FALSE(fs::exists(m_workspace.file() + "-wal"));
}

/// QGIS reads through GDAL, too.
TEST(OtherPrograms, ReadTheOldOrTheNewVersionWhileOneIsImported) {
    const TemporaryFolder folder;
    const std::string workspace = folder.file("w.gpkg");
    const std::string all = sample("lamdong/parcels-synthetic/parcels.fgb");
    const std::string some = folder.file("some.fgb");
    ASSERT_EQ(run_program({"ogr2ogr", "-limit", "1000", some, all}).exit_code, 0);
    const auto import_of = [&](const std::string& file) {
        return command({"import", {"import", file, "--layer", "parcels", "--kind", "parcel"}}, workspace);
    };
    ASSERT_EQ(run_program(import_of(some)).exit_code, 0);
    ChildProcess import(import_of(all));
    std::size_t looks = 0;
    while (import.running()) {
        const ProgramEnd end = run_program({"ogrinfo", "-ro", "-so", workspace, "parcels"});
        ASSERT_EQ(end.exit_code, 0) << end.text();
        ASSERT_EQ(end.error, "");
        ASSERT_THAT(end.output, AnyOf(HasSubstr("Feature Count: 1000\n"), HasSubstr("Feature Count: 5202\n")));
        ++looks;
    }
    const ProgramEnd end = import.wait();
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_GT(looks, 0U);
    EXPECT_EQ(gdal_feature_count(workspace, "parcels"), 5202U);
    const ProgramEnd style = run_program({"ogrinfo", "-ro", "-q", workspace, "layer_styles"});
    EXPECT_THAT(style.output,
                testing::AllOf(HasSubstr("f_table_name (String) = parcels"), HasSubstr("<!DOCTYPE qgis")));
}

}  // namespace
}  // namespace ranh::test
