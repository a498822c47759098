#include "spatial/store/gpkg/sqlite.hpp"

#include "spatial/base/error.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

class Sqlite : public testing::Test {
protected:
    TemporaryFolder folder;
    gpkg::Database database{folder.file("a.db"), gpkg::OpenMode::create, std::chrono::milliseconds(50)};
    void SetUp() override { database.execute("CREATE TABLE t (n INTEGER, x REAL, s TEXT, b BLOB)"); }
};

TEST_F(Sqlite, GivesBackWhatWasBound) {
    const std::string bytes("a\0b", 3);
    database.prepare("INSERT INTO t VALUES(?1, ?2, ?3, ?4)")
        .bind(1, std::int64_t{-5})
        .bind(2, 0.1)
        .bind(3, bytes)
        .bind_blob(4, bytes)
        .run();
    auto row = database.prepare("SELECT n, x, s, b, NULL FROM t");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.integer(0), -5);
    EXPECT_EQ(row.real(1), 0.1);
    EXPECT_EQ(row.text(2), bytes);
    EXPECT_EQ(row.blob(3), bytes);
    EXPECT_TRUE(row.is_null(4));
    EXPECT_FALSE(row.step());
}

TEST_F(Sqlite, TellsAnEmptyTextFromNull) {
    database.prepare("INSERT INTO t(s) VALUES(?1)").bind(1, std::string_view()).run();
    EXPECT_EQ(database.integer("SELECT COUNT(*) FROM t WHERE s = ''"), 1);
}

TEST_F(Sqlite, RollsBackATransactionThatWasNotCommitted) {
    {
        const gpkg::Transaction transaction(database, gpkg::Transaction::Kind::writing);
        database.execute("INSERT INTO t(n) VALUES(1)");
    }
    EXPECT_EQ(database.integer("SELECT COUNT(*) FROM t"), 0);
}

TEST_F(Sqlite, QuotesNamesAndTexts) {
    EXPECT_EQ(gpkg::sql_name("a \"b\""), "\"a \"\"b\"\"\"");
    EXPECT_EQ(gpkg::sql_text("it's"), "'it''s'");
}

TEST_F(Sqlite, NeverTakesAMissingColumnForAText) {
    EXPECT_EQ(failure_of([&] { (void)database.prepare("SELECT \"missing\" FROM t"); }).kind, ErrorKind::internal);
}

TEST_F(Sqlite, WaitsForALockAndThenSaysSo) {
    const gpkg::Database other(folder.file("a.db"), gpkg::OpenMode::existing, std::chrono::milliseconds(50));
    const gpkg::Transaction transaction(other, gpkg::Transaction::Kind::writing);
    EXPECT_EQ(failure_of([&] { database.execute("INSERT INTO t(n) VALUES(1)"); }).kind, ErrorKind::io);
}

TEST_F(Sqlite, RefusesAFileThatIsMissingOrNoDatabase) {
    const auto open = [&](const std::string& file) {
        return failure_of([&] {
            const gpkg::Database opened(file, gpkg::OpenMode::existing, std::chrono::milliseconds(50));
            (void)opened.has_table("t");
        });
    };
    EXPECT_EQ(open(folder.file("none.db")).kind, ErrorKind::io);
    write_file(folder.file("other.db"), std::string(100, 'x'));
    EXPECT_EQ(open(folder.file("other.db")).kind, ErrorKind::corrupt_input);
}

}  // namespace
}  // namespace ranh::test
