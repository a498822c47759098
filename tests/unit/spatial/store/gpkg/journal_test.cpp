#include "spatial/store/gpkg/journal.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace ranh::gpkg {
namespace {

using testing::HasSubstr;

constexpr std::chrono::milliseconds patience{100};

std::string mode_of(const Database& database) {
    Statement mode = database.prepare("PRAGMA journal_mode");
    return mode.step() ? std::string(mode.text(0)) : std::string();
}

struct KnownType {
    std::uint32_t type;
    std::string_view name;
};

class FileSystemOfSeveralMachines : public testing::TestWithParam<KnownType> {};

TEST_P(FileSystemOfSeveralMachines, GetsARollbackJournalAndACaution) {
    const std::string_view name = network_file_system(GetParam().type);
    EXPECT_EQ(name, GetParam().name);
    EXPECT_EQ(journal_for(name), Journal::rollback);
    EXPECT_THAT(journal_caution(name), testing::AllOf(HasSubstr(std::string(name)), HasSubstr("rollback journal")));
}

INSTANTIATE_TEST_SUITE_P(Types, FileSystemOfSeveralMachines,
                         testing::Values(KnownType{0x6969, "NFS"}, KnownType{0xFF534D42, "CIFS"},
                                         KnownType{0xFE534D42, "SMB2"}, KnownType{0x517B, "SMB"},
                                         KnownType{0x65735546, "FUSE"}, KnownType{0x01021997, "9P"},
                                         KnownType{0x00C36400, "Ceph"}, KnownType{0x0BD00BD0, "Lustre"}));

TEST(FileSystemOfOneMachine, GetsAWriteAheadLog) {
    for (const std::uint32_t type : {0xEF53U, 0x58465342U, 0x9123683EU, 0x01021994U, 0x794C7630U, 0x4D44U}) {
        // ext4, XFS, Btrfs, tmpfs, overlay, FAT
        EXPECT_EQ(journal_for(network_file_system(type)), Journal::write_ahead) << type;
    }
    EXPECT_EQ(journal_caution(""), "");
}

TEST(NetworkFileSystemAt, LooksAtTheNearestFolderThereIs) {
    const test::TemporaryFolder folder;
    EXPECT_EQ(network_file_system_at(folder.file("none/such/file.gpkg")), network_file_system_at(folder.path()));
}

TEST(TakeJournal, TurnsAFileBothWays) {
    const test::TemporaryFolder folder;
    const Database database(folder.file("a.db"), OpenMode::create, patience);
    database.execute("CREATE TABLE t (a)");
    take_journal(database, Journal::write_ahead);
    EXPECT_EQ(mode_of(database), "wal");
    take_journal(database, Journal::rollback);
    EXPECT_EQ(mode_of(database), "delete");
}

TEST(TakeJournal, RefusesWriteAheadLoggingOverANetworkWhileAnotherProgramHasIt) {
    const test::TemporaryFolder folder;
    const Database other(folder.file("a.db"), OpenMode::create, patience);
    other.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a)");
    const Database database(folder.file("a.db"), OpenMode::existing, patience);
    const Error error = test::failure_of([&] { take_journal(database, Journal::rollback); });
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.sentence, HasSubstr("close that program"));
}

TEST(Checkpoint, EmptiesTheLogIntoTheFile) {
    const test::TemporaryFolder folder;
    const Database database(folder.file("a.db"), OpenMode::create, patience);
    database.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    EXPECT_GT(std::filesystem::file_size(folder.file("a.db-wal")), 0U);
    database.checkpoint();
    EXPECT_EQ(std::filesystem::file_size(folder.file("a.db-wal")), 0U);
}

TEST(Checkpoint, LeavesWhatAReaderStillNeedsWithoutWaitingForIt) {
    const test::TemporaryFolder folder;
    const Database database(folder.file("a.db"), OpenMode::create, std::chrono::minutes(1));
    database.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a)");
    const Database reader(folder.file("a.db"), OpenMode::existing, patience);
    const Transaction reading(reader, Transaction::Kind::reading);
    EXPECT_EQ(reader.integer("SELECT COUNT(*) FROM t"), 0);
    database.execute("INSERT INTO t VALUES (1)");
    const auto began = std::chrono::steady_clock::now();
    database.checkpoint();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
    EXPECT_EQ(reader.integer("SELECT COUNT(*) FROM t"), 0);
    EXPECT_EQ(database.integer("SELECT COUNT(*) FROM t"), 1);
}

TEST(ImmutableDatabase, IsReadWithoutFilesBesideIt) {
    const test::TemporaryFolder folder;
    const std::string file = folder.file("tên có % và #.db");
    {
        const Database database(file, OpenMode::create, patience);
        database.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (7)");
    }
    const Database database(file, OpenMode::immutable, patience);
    EXPECT_EQ(database.integer("SELECT a FROM t"), 7);
    EXPECT_FALSE(std::filesystem::exists(file + "-wal"));
    EXPECT_THROW(database.execute("INSERT INTO t VALUES (8)"), Failure);
}

}  // namespace
}  // namespace ranh::gpkg
