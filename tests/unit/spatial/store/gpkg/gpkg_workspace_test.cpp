#include "spatial/store/gpkg/gpkg_workspace.hpp"

#include "spatial/store/gpkg/backup.hpp"
#include "spatial/store/gpkg/sqlite.hpp"
#include "tests/support/program.hpp"
#include "tests/support/seeds.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

namespace ranh::test {
namespace {

using gpkg::Access;
using testing::HasSubstr;
using testing::Not;

/// A connection as another program has it: without our functions and settings.
class ForeignConnection {
public:
    explicit ForeignConnection(const std::string& file) { sqlite3_open(file.c_str(), &m_handle); }
    ~ForeignConnection() { sqlite3_close(m_handle); }
    ForeignConnection(const ForeignConnection&) = delete;
    ForeignConnection& operator=(const ForeignConnection&) = delete;
    /// SQLite's words when it refuses, else nothing.
    std::string execute(const std::string& sql) {
        char* words = nullptr;
        sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, &words);
        std::string text = words == nullptr ? "" : words;
        sqlite3_free(words);
        return text;
    }
    /// Rows as "a|b" lines.
    std::string rows(const std::string& sql) {
        std::string text;
        const auto add = [](void* target, int count, char** values, char**) {
            for (int i = 0; i < count; ++i) {
                *static_cast<std::string*>(target) +=
                    fmt::format("{}{}", i == 0 ? "" : "|", values[i] == nullptr ? "" : values[i]);
            }
            *static_cast<std::string*>(target) += '\n';
            return 0;
        };
        sqlite3_exec(m_handle, sql.c_str(), add, &text, nullptr);
        return text;
    }

private:
    sqlite3* m_handle = nullptr;
};

/// "Polygon, 60": what ogrinfo says of a layer.
std::string type_and_count(const std::string& summary, const std::string& layer) {
    std::size_t begin = summary.find(fmt::format("Layer name: {}\n", layer));
    const auto after = [&](std::string_view label) {
        begin = std::min(summary.find(label, begin), summary.size() - label.size()) + label.size();
        return summary.substr(begin, summary.find('\n', begin) - begin);
    };
    const std::string type = after("Geometry: ");
    return begin == std::string::npos ? "" : fmt::format("{}, {}", type, after("Feature Count: "));
}

class GpkgWorkspace : public testing::Test {
protected:
    TemporaryFolder m_folder;
    std::string m_file = m_folder.file("w.gpkg");
    std::unique_ptr<store::Workspace> open(Access access = Access::read_write) {
        return gpkg::open_workspace(m_file, access, {}, std::chrono::milliseconds(100));
    }
    Error opening_error(Access access) {
        return failure_of([&] { (void)open(access); });
    }
    std::string summary_of_gdal() {
        const ProgramEnd end = run_program({"ogrinfo", "-ro", "-so", "-al", m_file});
        EXPECT_EQ(end.exit_code, 0) << end.text();
        EXPECT_EQ(end.error, "");  // where GDAL writes its warnings
        return end.output;
    }
};

TEST_F(GpkgWorkspace, RefusesEditsFromOutsideWithTheWayToImport) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    write(*workspace, "p", squares_description(), squares(2));
    write(*workspace, "p", squares_description(), squares(4), store::Publication::hold);
    ForeignConnection foreign(m_file);
    for (const char* sql : {"UPDATE p SET name = 'x'", "DELETE FROM p", "DELETE FROM p_history",
                            "UPDATE ranh_layer_version SET status = 'in_force'", "DELETE FROM ranh_staging_p_3",
                            "DELETE FROM ranh_part", "DELETE FROM ranh_setting"}) {
        EXPECT_THAT(foreign.execute(sql), HasSubstr("ranh import")) << sql;
    }
    EXPECT_THAT(foreign.execute("UPDATE p SET name = 'x'"), HasSubstr("ranh import FILE --layer p --mode upsert"));
    expect_same(read(*workspace, "p", 1), squares(3));
}

TEST_F(GpkgWorkspace, RefusesEditsOfGdalAndSoOfQgis) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    for (const char* sql : {"UPDATE p SET name = 'x'", "UPDATE p SET geom = NULL", "DELETE FROM p",
                            "INSERT INTO p(ranh_id, first_version, ranh_hash) VALUES('x', 1, x'00')"}) {
        const ProgramEnd end = run_program({"ogrinfo", "-sql", sql, m_file});
        EXPECT_THAT(end.error, HasSubstr("ranh import FILE --layer p --mode upsert")) << sql;
    }
    expect_same(read(*workspace, "p", 1), squares(3));
}

TEST_F(GpkgWorkspace, RefusesRowsThatGdalAppends) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    ASSERT_EQ(run_program({"ogr2ogr", m_folder.file("more.gpkg"), m_file, "p"}).exit_code, 0);
    const ProgramEnd end = run_program({"ogr2ogr", "-update", "-append", m_file, m_folder.file("more.gpkg"), "p"});
    EXPECT_NE(end.exit_code, 0);
    EXPECT_THAT(end.error, HasSubstr("ranh import FILE --layer p --mode upsert"));
    expect_same(read(*workspace, "p", 1), squares(3));
    EXPECT_THAT(summary_of_gdal(), HasSubstr("Feature Count: 3"));
}

TEST_F(GpkgWorkspace, ChangesAFewRowsOfManyForTheirOwnCost) {
    auto workspace = open();
    const int many = static_cast<int>(rounds(20'000, 1'000'000));
    write(*workspace, "p", squares_description(), squares(many));
    const auto size = std::filesystem::file_size(m_file);
    const auto start = std::chrono::steady_clock::now();
    auto writer = change(*workspace, "p", 1);
    for (int i = 0; i < 1000; ++i) {
        auto feature = square(i * (many / 1000));
        feature.values[0] = std::string("changed");
        writer->append(feature);
    }
    (void)writer->commit({});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    RecordProperty("seconds", fmt::format("{:.3f}", seconds.count()));
    RecordProperty("bytes", fmt::format("{}", std::filesystem::file_size(m_file) - size));
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.rows("SELECT COUNT(*) FROM p_history"), "1000\n");
    EXPECT_EQ(foreign.rows("SELECT COUNT(*) FROM p WHERE first_version = 2"), "1000\n");
    EXPECT_LT(std::filesystem::file_size(m_file) - size, 5'000'000U);
}

TEST_F(GpkgWorkspace, LooksUpTheRowsOfAChangeByTheirIndex) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    ForeignConnection foreign(m_file);
    EXPECT_THAT(
        foreign.rows("EXPLAIN QUERY PLAN SELECT t.fid FROM p_history s CROSS JOIN p t ON t.ranh_id = s.ranh_id"),
        HasSubstr("SEARCH t USING COVERING INDEX p_ranh_id"));
}

TEST_F(GpkgWorkspace, KeepsOneTableForEachSourceSystem) {
    auto workspace = open();
    model::LayerDescription description = description_of({});
    description.title = "Khu quy hoạch";
    write(*workspace, "zones", description,
          {bare("a", "POINT(500000 1300000)", 3406), bare("b", "POINT(500000 1300000)", 3405)});
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.rows("SELECT table_name, identifier, srs_id FROM gpkg_contents WHERE data_type = 'features'"),
              "zones|Khu quy hoạch|3405\nzones_3406|Khu quy hoạch – VN-2000 / UTM zone 49N|3406\n");
    EXPECT_EQ(foreign.rows("SELECT ranh_id FROM zones"), "b\n");
    EXPECT_EQ(foreign.rows("SELECT ranh_id FROM zones_3406"), "a\n");
}

TEST_F(GpkgWorkspace, IsAGeoPackageThatGdalOpensWithoutAWarning) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(50));
    auto changed = squares(60);
    changed[3].values[0] = std::string("changed");
    write(*workspace, "p", squares_description(), changed);
    write(*workspace, "all-kinds", description_of(every_type()), one_of_each_kind());
    write(*workspace, "held-back", squares_description(), squares(5), store::Publication::hold);
    const std::string text = summary_of_gdal();
    EXPECT_EQ(type_and_count(text, "p"), "Polygon, 60");
    EXPECT_EQ(type_and_count(text, "all-kinds"), "Unknown (any), 7");
    EXPECT_EQ(type_and_count(text, "ranh_layer_version"), "None, 4");
    EXPECT_THAT(text, HasSubstr("Extent: (500000.000000, 1300000.000000) - (500600.000000, 1300010.000000)"));
    EXPECT_THAT(text, HasSubstr("VN-2000 / UTM zone 48N"));
    EXPECT_THAT(text, Not(HasSubstr("_history")));
    EXPECT_THAT(text, Not(HasSubstr("ranh_staging")));
    EXPECT_THAT(text, Not(HasSubstr("ranh_guard")));
}

TEST_F(GpkgWorkspace, GivesGdalTheRightFeaturesThroughTheSpatialIndex) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(500));
    write(*workspace, "p", squares_description(), squares(300));
    const ProgramEnd end = run_program(
        {"ogrinfo", "-ro", "-q", "-spat", "500001", "1300001", "500009", "1300009", "-geom=NO", m_file, "p"});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, HasSubstr("ranh_id (String) = p-0000"));
    EXPECT_THAT(end.output, Not(HasSubstr("p-0001")));
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.rows("SELECT COUNT(*) FROM rtree_p_geom"), "300\n");
    EXPECT_EQ(foreign.rows("SELECT rtreecheck('rtree_p_geom')"), "ok\n");
}

TEST_F(GpkgWorkspace, LoadsASpatialIndexThatSqliteGoesOnWith) {
    for (const int count : {1, 51, 52, 2700}) {  // 51 boxes fill a node
        const std::string layer = "n" + std::to_string(count);
        auto workspace = open();
        write(*workspace, layer, squares_description(), squares(count));
        ForeignConnection foreign(m_file);
        const std::string check = "SELECT rtreecheck('rtree_" + layer + "_geom')";
        EXPECT_EQ(foreign.rows(check), "ok\n") << count;
        EXPECT_EQ(foreign.rows("SELECT COUNT(*) FROM rtree_" + layer + "_geom"), std::to_string(count) + "\n");
        const auto writer = change(*workspace, layer, 1);
        for (int i = 0; i < count; i += 3) {
            writer->remove(square(i).id);
            writer->append(square(5000 + i));
        }
        (void)writer->commit({});
        EXPECT_EQ(foreign.rows(check), "ok\n") << count;
        EXPECT_EQ(foreign.rows("SELECT COUNT(*) FROM rtree_" + layer + "_geom"), std::to_string(count) + "\n");
    }
}

TEST_F(GpkgWorkspace, CarriesTheMarksOfGeoPackage13) {
    open();
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.rows("PRAGMA application_id"), "1196444487\n");  // 'GPKG'
    EXPECT_EQ(foreign.rows("PRAGMA user_version"), "10300\n");
    EXPECT_EQ(foreign.rows("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id"), "-1\n0\n4326\n");
    EXPECT_EQ(foreign.rows("PRAGMA integrity_check"), "ok\n");
    EXPECT_EQ(foreign.rows("PRAGMA foreign_key_check"), "");
}

TEST_F(GpkgWorkspace, GivesEqualTitlesDifferentNames) {
    auto workspace = open();
    write(*workspace, "one", squares_description(), squares(1));
    write(*workspace, "two", squares_description(), squares(1));
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.rows("SELECT identifier FROM gpkg_contents WHERE data_type = 'features' ORDER BY table_name"),
              "Lớp thử\nLớp thử (two)\n");
}

TEST_F(GpkgWorkspace, KeepsTheCentreItWasMadeWith) {
    (void)gpkg::open_workspace(m_file, Access::read_write, {.latitude_deg = 16.25, .longitude_deg = 107.75});
    EXPECT_EQ(open()->working_plane_centre(), (crs::WorkingPlaneCentre{16.25, 107.75}));
}

TEST_F(GpkgWorkspace, KeepsTheFamilyOfLatticesItWasMadeWith) {
    open();
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.rows("SELECT value FROM ranh_setting WHERE name = 'lattice_sides'"), "2^k m, k from -6 to 14\n");
    EXPECT_EQ(foreign.execute("UPDATE ranh_guard SET open = 1; UPDATE ranh_setting SET value = '3^k m' WHERE name = "
                              "'lattice_sides'; UPDATE ranh_guard SET open = 0"),
              "");
    const Error error = opening_error(Access::read_only);
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("sides 3^k m"));
}

TEST_F(GpkgWorkspace, MadeBeforeThereWereLatticesIsReadAndCompleted) {
    write(*open(), "p", squares_description(), squares(2));
    EXPECT_EQ(ForeignConnection(m_file).execute("UPDATE ranh_guard SET open = 1; DELETE FROM ranh_setting WHERE name = "
                                                "'lattice_sides'; UPDATE ranh_setting SET value = 1 WHERE name = "
                                                "'format_version'; UPDATE ranh_guard SET open = 0; ALTER TABLE "
                                                "ranh_layer_version DROP COLUMN lattice_level"),
              "");
    EXPECT_EQ(open(Access::read_only)->versions().at(0).lattice_level, std::nullopt);
    auto workspace = open();
    EXPECT_EQ(workspace->versions().at(0).lattice_level, std::nullopt);
    write(*workspace, "p", squares_description(), squares(3));
    EXPECT_EQ(workspace->versions().at(1).lattice_level, 4);
    EXPECT_EQ(ForeignConnection(m_file).rows("SELECT COUNT(*) FROM ranh_setting WHERE name = 'lattice_sides'"), "1\n");
}

TEST_F(GpkgWorkspace, OfAMissingFileIsNotFoundForReading) {
    const Error error = opening_error(Access::read_only);
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_THAT(error.sentence, HasSubstr("ranh import"));
    EXPECT_FALSE(std::filesystem::exists(m_file));
}

TEST_F(GpkgWorkspace, IsRefusedWhenTheFileIsSomethingElse) {
    write_file(m_file, std::string(5000, 'x'));
    for (const Access access : {Access::read_only, Access::read_write}) {
        const Error error = opening_error(access);
        EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
        EXPECT_THAT(error.sentence, HasSubstr("no GeoPackage"));
    }
    EXPECT_EQ(read_file(m_file), std::string(5000, 'x'));
}

TEST_F(GpkgWorkspace, IsRefusedWhenTheFileIsAnotherDatabase) {
    EXPECT_EQ(ForeignConnection(m_file).execute("CREATE TABLE a(b)"), "");
    const Error error = opening_error(Access::read_write);
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("no GeoPackage"));
    EXPECT_EQ(ForeignConnection(m_file).rows("SELECT name FROM sqlite_schema"), "a\n");
}

TEST_F(GpkgWorkspace, IsRefusedWhenTheGeoPackageIsNotOurs) {
    EXPECT_EQ(ForeignConnection(m_file).execute("PRAGMA application_id = 1196444487; CREATE TABLE gpkg_contents(a)"),
              "");
    const Error error = opening_error(Access::read_write);
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("no workspace of ranh"));
}

TEST_F(GpkgWorkspace, IsRefusedWhenItIsOfANewerProgram) {
    open();
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.execute(
                  "UPDATE ranh_guard SET open = 1; UPDATE ranh_setting SET value = '3' WHERE name = 'format_version'"),
              "");
    const Error error = opening_error(Access::read_only);
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("newer ranh"));
}

TEST_F(GpkgWorkspace, IsNotChangedThroughAReadOnlyOne) {
    open();
    auto workspace = open(Access::read_only);
    EXPECT_EQ(failure_of([&] {
                  (void)workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
              }).kind,
              ErrorKind::forbidden);
    EXPECT_EQ(failure_of([&] { workspace->withdraw(layer_id("p"), VersionNumber(1)); }).kind, ErrorKind::forbidden);
}

TEST_F(GpkgWorkspace, SaysThatAnotherProgramKeepsItLocked) {
    auto workspace = open();
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.execute("BEGIN EXCLUSIVE"), "");
    const Error error = failure_of([&] { write(*workspace, "p", squares_description(), squares(1)); });
    EXPECT_EQ(error.kind, ErrorKind::io);
    EXPECT_THAT(error.sentence, HasSubstr("in use by another program"));
    EXPECT_EQ(foreign.execute("ROLLBACK"), "");
    write(*workspace, "p", squares_description(), squares(1));
    EXPECT_EQ(workspace->versions().at(0).name(), "p@1");
}

TEST_F(GpkgWorkspace, TakesALogOnceItHasAVersionForReaders) {
    auto workspace = open();
    EXPECT_EQ(ForeignConnection(m_file).rows("PRAGMA journal_mode"), "delete\n");
    write(*workspace, "p", squares_description(), squares(3));
    EXPECT_EQ(ForeignConnection(m_file).rows("PRAGMA journal_mode"), "wal\n");
    workspace.reset();
    EXPECT_THAT(std::distance(std::filesystem::directory_iterator(m_folder.path()), {}), 1) << "one file when closed";
}

TEST_F(GpkgWorkspace, TurnsToWriteAheadLoggingAfterQgisLeftARollbackJournal) {
    write(*open(), "p", squares_description(), squares(3));
    EXPECT_EQ(ForeignConnection(m_file).rows("PRAGMA journal_mode = DELETE"), "delete\n");
    open();
    EXPECT_EQ(ForeignConnection(m_file).rows("PRAGMA journal_mode"), "wal\n");
}

TEST_F(GpkgWorkspace, IsWholeInItsOneFileAfterEachChangeThoughOthersHaveItOpen) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    ForeignConnection reader(m_file);
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM ranh_layer_version"), "1\n");
    write(*workspace, "p", squares_description(), squares(30));
    EXPECT_EQ(std::filesystem::file_size(m_file + "-wal"), 0U);
    const std::string copy = m_folder.file("copy.gpkg");
    std::filesystem::copy_file(m_file, copy);
    const auto copied = gpkg::open_workspace(copy, Access::read_only);
    EXPECT_EQ(recomputed_hash(*copied, "p", 2), copied->versions().at(1).content_hash);
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM ranh_layer_version"), "2\n");
}

TEST_F(GpkgWorkspace, LetsAReaderKeepItsStateWhileAVersionIsPublished) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    ForeignConnection reader(m_file);
    EXPECT_EQ(reader.execute("BEGIN"), "");
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM p"), "3\n");
    write(*workspace, "p", squares_description(), squares(5));
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM p"), "3\n") << "the state it began with";
    EXPECT_EQ(reader.execute("COMMIT"), "");
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM p"), "5\n");
}

TEST_F(GpkgWorkspace, IsRestoredInOneTransactionWhileOthersReadIt) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    const std::string backup = m_folder.file("backup.gpkg");
    gpkg::back_up(m_file, backup);
    EXPECT_EQ(ForeignConnection(backup).rows("PRAGMA journal_mode"), "delete\n") << "whole wherever it is brought";
    write(*workspace, "p", squares_description(), squares(5));
    ForeignConnection reader(m_file);
    EXPECT_EQ(reader.execute("BEGIN"), "");
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM p"), "5\n");
    gpkg::restore(backup, m_file);
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM p"), "5\n") << "the state it began with";
    EXPECT_EQ(reader.execute("COMMIT"), "");
    EXPECT_EQ(reader.rows("SELECT COUNT(*) FROM p"), "3\n");
    EXPECT_EQ(workspace->versions().size(), 1U) << "who has it open goes on";
    write(*workspace, "p", squares_description(), squares(4));
    EXPECT_EQ(workspace->versions().back().name(), "p@2");
}

TEST_F(GpkgWorkspace, IsReplacedByItsBackupWhenItIsTooDamaged) {
    write(*open(), "p", squares_description(), squares(3));
    const std::string backup = m_folder.file("backup.gpkg");
    gpkg::back_up(m_file, backup);
    write_file(m_file, std::string(5000, 'x'));
    gpkg::restore(backup, m_file);
    EXPECT_EQ(recomputed_hash(*open(), "p", 1), open()->versions().at(0).content_hash);
}

TEST_F(GpkgWorkspace, GivesEachTableAStyleOnceAndLeavesThatOfAPersonAlone) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.rows("SELECT f_table_name, f_geometry_column, useAsDefault FROM layer_styles"), "p|geom|1\n");
    EXPECT_EQ(foreign.execute("UPDATE layer_styles SET styleQML = '<qgis/>'"), "") << "people may change it";
    write(*workspace, "p", squares_description(), squares(4));
    EXPECT_EQ(foreign.rows("SELECT styleQML FROM layer_styles"), "<qgis/>\n");
}

TEST_F(GpkgWorkspace, BringsAFileOfTheFirstLayoutToTheSecond) {
    open();
    ForeignConnection foreign(m_file);
    EXPECT_EQ(foreign.execute("UPDATE ranh_guard SET open = 1; UPDATE ranh_setting SET value = 1 WHERE name = "
                              "'format_version'; UPDATE ranh_guard SET open = 0; ALTER TABLE ranh_layer_version DROP "
                              "COLUMN status_log; DROP TABLE layer_styles; DELETE FROM gpkg_contents WHERE table_name "
                              "= 'layer_styles';"),
              "");
    EXPECT_TRUE(open(Access::read_only)->versions().empty()) << "only read, it stays as it is";
    EXPECT_EQ(foreign.rows("SELECT value FROM ranh_setting WHERE name = 'format_version'"), "1\n");
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(4));
    workspace->withdraw(layer_id("p"), VersionNumber(1));
    EXPECT_EQ(workspace->versions().at(0).status_log.size(), 2U);
    EXPECT_EQ(foreign.rows("SELECT COUNT(*) FROM layer_styles"), "1\n");
}

TEST_F(GpkgWorkspace, NamesAFeatureWhoseGeometryIsDamaged) {
    auto workspace = open();
    write(*workspace, "p", description_of({}), {bare("a", "POINT(1 2)", 3405)});
    ForeignConnection foreign(m_file);
    EXPECT_EQ(
        foreign.execute(
            "UPDATE ranh_guard SET open = 1; DROP TRIGGER rtree_p_geom_update1; DROP TRIGGER rtree_p_geom_update2; "
            "DROP TRIGGER rtree_p_geom_update3; DROP TRIGGER rtree_p_geom_update4; "
            "UPDATE p SET geom = x'475000'"),
        "");
    const Error error = failure_of([&] { (void)read(*workspace, "p", 1); });
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("'a'"));
}

}  // namespace
}  // namespace ranh::test
