#include "spatial/store/postgis/postgis_workspace.hpp"

#include "spatial/store/postgis/tables.hpp"
#include "spatial/store/publisher.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/program.hpp"
#include "tests/support/seeds.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace ranh::test {
namespace {

using postgis::Access;
using testing::HasSubstr;
using testing::Not;

/// Until `fulfilled` or ten seconds are over.
template <typename Condition>
bool comes_true(const Condition& fulfilled) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!fulfilled()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

class PostgisWorkspace : public testing::Test {
protected:
    PostgresServer& server = PostgresServer::shared();
    TemporaryFolder folder;
    std::string schema = server.new_schema();

    std::unique_ptr<store::Workspace> open(Access access = Access::read_write, const std::string& user = {}) {
        return postgis::open_workspace(postgis::parse_address(server.address(schema, user)).value(), access,
                                       {.snapshot_root = folder.path(), .patience = std::chrono::milliseconds(200)});
    }
    Error opening_error(const std::string& address, Access access = Access::read_write) {
        return failure_of([&] { (void)postgis::open_workspace(postgis::parse_address(address).value(), access); });
    }
    /// `{}` in the statement is the schema.
    std::string sql(const std::string& statement, const std::string& user = {}) {
        return server.sql(fmt::format(fmt::runtime(statement), schema), user);
    }
    void make_user(const std::string& name, const std::string& role) {
        server.sql(fmt::format("DROP ROLE IF EXISTS {0}; CREATE ROLE {0} LOGIN; {1}", name,
                               role.empty() ? "" : fmt::format("GRANT {}_{} TO {}", schema, role, name)));
    }
};

TEST_F(PostgisWorkspace, HasItsRowsInTheTablesOfPostgres) {
    auto features = squares(1000);
    write(*open(), "p", squares_description(), features);
    features.resize(900);
    write(*open(), "p", squares_description(), features);
    const auto live = [&](const char* table) {
        return sql(std::string("SELECT n_live_tup FROM pg_stat_user_tables WHERE schemaname = '{}' AND relname = '") +
                   table + "'");
    };
    EXPECT_TRUE(comes_true([&] { return live("p") == "900\n" && live("p_history") == "100\n"; }))
        << live("p") << live("p_history");
    EXPECT_EQ(sql("SELECT count(*), min(first_version), max(first_version) FROM {}.p"), "900|1|1\n");
    EXPECT_EQ(sql("SELECT count(*), max(last_version) FROM {}.p_history"), "100|1\n");
}

TEST_F(PostgisWorkspace, RefusesEditsFromOutsideWithTheWayToImport) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    write(*workspace, "p", squares_description(), squares(2));
    write(*workspace, "p", squares_description(), squares(4), store::Publication::hold);
    for (const char* statement :
         {"UPDATE {}.p SET name = 'x'", "DELETE FROM {}.p", "TRUNCATE {}.p", "DELETE FROM {}.p_history",
          "UPDATE {}.ranh_layer_version SET status = 'in_force'", "DELETE FROM {}.ranh_staging_p_3",
          "DELETE FROM {}.ranh_part", "DELETE FROM {}.ranh_setting",
          "INSERT INTO {}.p(ranh_id, first_version, ranh_hash) VALUES ('x', 1, '\\x00')"}) {
        EXPECT_THAT(sql(statement), HasSubstr("ranh import")) << statement;
    }
    EXPECT_THAT(sql("UPDATE {}.p SET name = 'x'"), HasSubstr("ranh import FILE --layer p --mode upsert"));
    expect_same(read(*workspace, "p", 2), squares(2));
}

TEST_F(PostgisWorkspace, RefusesEditsOfGdalAndSoOfQgis) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(3));
    const std::string source = server.gdal_source() + " active_schema=" + schema;
    const ProgramEnd update =
        run_program({"ogrinfo", "-sql", fmt::format("UPDATE {}.p SET name = 'x'", schema), source});
    EXPECT_THAT(update.text(), HasSubstr("ranh import FILE --layer p --mode upsert"));
    ASSERT_EQ(run_program({"ogr2ogr", folder.file("more.gpkg"), source, "p"}).exit_code, 0);
    const ProgramEnd end = run_program({"ogr2ogr", "-update", "-append", source, folder.file("more.gpkg"), "p"});
    EXPECT_NE(end.exit_code, 0);
    EXPECT_THAT(end.text(), HasSubstr("ranh import FILE --layer p --mode upsert"));
    expect_same(read(*workspace, "p", 1), squares(3));
}

TEST_F(PostgisWorkspace, IsReadByGdalThroughItsSpatialIndex) {
    auto workspace = open();
    model::LayerDescription description = squares_description();
    description.title = "Thửa đất";
    write(*workspace, "p", description, squares(500));
    const std::string source = server.gdal_source() + " active_schema=" + schema;
    const ProgramEnd summary = run_program({"ogrinfo", "-ro", "-so", source, "p"});
    EXPECT_THAT(summary.output, HasSubstr("Feature Count: 500"));
    EXPECT_THAT(summary.output, HasSubstr("VN-2000 / UTM zone 48N"));
    const ProgramEnd some = run_program(
        {"ogrinfo", "-ro", "-q", "-spat", "500001", "1300001", "500009", "1300009", "-geom=NO", source, "p"});
    EXPECT_THAT(some.output, HasSubstr("ranh_id (String) = p-0000"));
    EXPECT_THAT(some.output, Not(HasSubstr("p-0001")));
    EXPECT_EQ(
        sql("SELECT count(*) FROM pg_indexes WHERE schemaname = '{}' AND tablename = 'p' AND indexdef LIKE '%gist%'"),
        "1\n");
    EXPECT_EQ(sql("SELECT obj_description('{}.p'::regclass)"), "Thửa đất\n");
}

TEST_F(PostgisWorkspace, ChangesAFewRowsOfManyForTheirOwnCost) {
    auto workspace = open();
    const int many = static_cast<int>(rounds(20'000, 1'000'000));
    write(*workspace, "p", squares_description(), squares(many));
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
    EXPECT_EQ(sql("SELECT count(*) FROM {}.p_history"), "1000\n");
    EXPECT_EQ(sql("SELECT count(*) FROM {}.p WHERE first_version = 2"), "1000\n");
    EXPECT_EQ(recomputed_hash(*workspace, "p", 2), workspace->versions().at(1).content_hash);
}

TEST_F(PostgisWorkspace, KeepsWhatPostgresHasNoPlaceFor) {
    auto workspace = open();
    const std::string id(60, 'l');
    const model::Schema schema_of_long_names{
        {{std::string(70, 'n') + "1", model::FieldType::text}, {std::string(70, 'n') + "2", model::FieldType::text}}};
    auto ring = bare("three points \xFF", "POINT(0 0)", 3406);
    ring.geometry = geom::Geometry::polygon({{0, 0}, {1, 1}, {0, 0}});
    ring.values = {std::string("not \xC3 UTF-8"), std::string("\xEF\x9C\x80")};
    auto line = bare("one point", "POINT(0 0)", 3405);
    line.geometry = geom::Geometry::line_string({{2, 3}});
    line.values = {std::string("a\0b", 3), {}};
    write(*workspace, id, description_of(schema_of_long_names), {ring, line});
    write(*workspace, id, description_of(schema_of_long_names), {line}, store::Publication::hold);
    expect_same(read(*workspace, id, 1), {ring, line});
    workspace->publish(layer_id(id), VersionNumber(2));
    expect_same(read(*workspace, id, 1), {ring, line});
    expect_same(read(*workspace, id, 2), {line});
    EXPECT_TRUE(workspace->damage().empty());
}

TEST_F(PostgisWorkspace, LetsReadersReadAndWritersWrite) {
    write(*open(), "p", squares_description(), squares(3));
    make_user("viewer", "reader");
    make_user("clerk", "writer");
    make_user("stranger", "");
    expect_same(read(*open(Access::read_only, "viewer"), "p", 1), squares(3));
    const Error error =
        failure_of([&] { write(*open(Access::read_write, "viewer"), "p", squares_description(), squares(2)); });
    EXPECT_EQ(error.kind, ErrorKind::forbidden);
    EXPECT_THAT(error.sentence, HasSubstr("GRANT"));
    EXPECT_EQ(failure_of([&] { (void)open(Access::read_only, "stranger"); }).kind, ErrorKind::forbidden);
    auto workspace = open(Access::read_write, "clerk");
    write(*workspace, "p", squares_description(), squares(2));
    write(*workspace, "made-by-clerk", squares_description(), squares(2));
    expect_same(read(*open(Access::read_only, "viewer"), "made-by-clerk", 1), squares(2));
    write(*open(), "made-by-clerk", squares_description(), squares(1));
    EXPECT_THAT(sql("DELETE FROM {}.p", "viewer"), HasSubstr("permission denied"));
    EXPECT_THAT(sql("DELETE FROM {}.p", "clerk"), HasSubstr("ranh import"));
}

TEST_F(PostgisWorkspace, TellsListenersOfAPublication) {
    auto workspace = open();
    std::atomic<int> woken = 0;
    const auto listener = open(Access::read_only)->listen([&] { ++woken; });
    ASSERT_NE(listener, nullptr);
    const auto told_of_a_write = [&] {
        const int before = woken;
        write(*open(), "p", squares_description(), squares(3));
        return comes_true([&] { return woken > before; });
    };
    // The first may come before the listener listens.
    EXPECT_TRUE(told_of_a_write() || told_of_a_write());
    EXPECT_TRUE(told_of_a_write());
}

TEST_F(PostgisWorkspace, SaysWhoWritesWhenAnotherProgramDoes) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(1));
    const postgis::Database other(postgis::parse_address(server.address(schema)).value(),
                                  postgis::Database::Use::writing, std::chrono::seconds(1));
    {
        postgis::Transaction transaction(other, postgis::Transaction::Kind::writing);
        postgis::wait_for_writers(other);
        const Error error = failure_of([&] { write(*workspace, "p", squares_description(), squares(2)); });
        EXPECT_EQ(error.kind, ErrorKind::io);
        EXPECT_THAT(error.sentence, HasSubstr("in use by another program"));
        EXPECT_THAT(error.sentence, HasSubstr("(user tester)"));
        EXPECT_EQ(failure_of([&] { workspace->withdraw(layer_id("p"), VersionNumber(1)); }).kind, ErrorKind::io);
    }
    write(*workspace, "p", squares_description(), squares(2));
    EXPECT_EQ(workspace->versions().size(), 2U);
}

TEST_F(PostgisWorkspace, NotesTheStepsOfItsLayout) {
    EXPECT_EQ(failure_of([&] { (void)open(Access::read_only); }).kind, ErrorKind::not_found);
    open();
    open();
    EXPECT_EQ(sql("SELECT number, applied_by FROM {}.ranh_migration ORDER BY number"), "1|tester\n2|tester\n");
    sql("INSERT INTO {}.ranh_migration(number) VALUES (1000)");
    for (const Access access : {Access::read_only, Access::read_write}) {
        const Error error = failure_of([&] { (void)open(access); });
        EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
        EXPECT_THAT(error.sentence, HasSubstr("newer ranh"));
    }
}

TEST_F(PostgisWorkspace, OfAnOlderLayoutIsBroughtUpToDateByAWriter) {
    write(*open(), "p", squares_description(), squares(3));
    sql("ALTER TABLE {0}.ranh_layer_version DROP COLUMN status_log; SET ranh.writing = '{0}'; DELETE FROM "
        "{0}.ranh_migration WHERE number = 2");
    const Error error = failure_of([&] { (void)open(Access::read_only); });
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.sentence, HasSubstr("ranh layers gc"));
    EXPECT_EQ(open()->versions().size(), 1U);
    expect_same(read(*open(Access::read_only), "p", 1), squares(3));
    EXPECT_EQ(sql("SELECT max(number) FROM {}.ranh_migration"), "2\n");
}

TEST_F(PostgisWorkspace, IsRefusedInASchemaOfOthers) {
    sql("CREATE SCHEMA {0}; CREATE TABLE {0}.roads (id int)");
    const Error error = opening_error(server.address(schema));
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.sentence, HasSubstr("?schema="));
    EXPECT_EQ(sql("SELECT count(*) FROM pg_tables WHERE schemaname = '{}'"), "1\n");
}

TEST_F(PostgisWorkspace, SaysWhatIsMissingToReachIt) {
    const Error server_error = opening_error("postgresql://nobody:s3cret@/land?host=" + folder.path().string());
    EXPECT_EQ(server_error.kind, ErrorKind::io);
    EXPECT_THAT(server_error.text(), Not(HasSubstr("s3cret")));
    std::string address = server.address(schema);
    const Error user = opening_error(server.address(schema, "nobody-known"));
    EXPECT_EQ(user.kind, ErrorKind::forbidden);
    EXPECT_THAT(user.sentence, HasSubstr("PGPASSWORD"));
    address.replace(address.find("/postgres?"), 10, "/land?");
    const Error database = opening_error(address);
    EXPECT_EQ(database.kind, ErrorKind::not_found);
    EXPECT_THAT(database.sentence, HasSubstr("createdb"));
}

TEST_F(PostgisWorkspace, IsNotChangedThroughAReadOnlyOne) {
    open();
    auto workspace = open(Access::read_only);
    EXPECT_EQ(failure_of([&] {
                  (void)workspace->write_version(layer_id("p"), squares_description(), store::Publication::publish);
              }).kind,
              ErrorKind::forbidden);
    EXPECT_EQ(failure_of([&] { workspace->withdraw(layer_id("p"), VersionNumber(1)); }).kind, ErrorKind::forbidden);
}

TEST_F(PostgisWorkspace, LetsAVisitorAskItMeanwhile) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(5));
    int inner = 0;
    workspace->read(layer_id("p"), VersionNumber(1), [&](const model::Feature& feature) {
        workspace->read_some(layer_id("p"), VersionNumber(1), {.ids = {{feature.id}}},
                             [&](const model::Feature&) { ++inner; });
        inner += static_cast<int>(workspace->versions().size());
    });
    EXPECT_EQ(inner, 10);
    const auto stop = [&] {
        workspace->read(layer_id("p"), VersionNumber(1),
                        [](const model::Feature&) { throw Failure(ErrorKind::cancelled, "enough"); });
    };
    EXPECT_EQ(failure_of(stop).kind, ErrorKind::cancelled);
    EXPECT_EQ(read(*workspace, "p", 1).size(), 5U);
}

TEST_F(PostgisWorkspace, HasItsPackedFilesInAFolderOfItsOwn) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(5));
    const auto packed = store::Publisher(*workspace).layer(workspace->versions().at(0));
    EXPECT_EQ(packed->version().name(), "p@1");
    EXPECT_EQ(workspace->snapshot_folder().parent_path(), folder.path());
    EXPECT_THAT(workspace->snapshot_folder().filename().string(), testing::StartsWith(schema + "-"));
    EXPECT_EQ(open(Access::read_only)->snapshot_folder(), workspace->snapshot_folder());
    sql("DROP SCHEMA {} CASCADE");
    EXPECT_NE(open()->snapshot_folder(), workspace->snapshot_folder());
}

TEST_F(PostgisWorkspace, FindsATableThatIsGone) {
    auto workspace = open();
    write(*workspace, "p", squares_description(), squares(5));
    EXPECT_THAT(workspace->damage(), testing::IsEmpty());
    sql("DROP TABLE {}.p_history");
    EXPECT_THAT(workspace->damage(), testing::ElementsAre(HasSubstr("p_history")));
}

}  // namespace
}  // namespace ranh::test
