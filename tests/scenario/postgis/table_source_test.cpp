// Tables of a PostGIS database as sources of an import.
#include "tests/support/postgres_server.hpp"
#include "tests/support/program.hpp"
#include "tests/support/tables.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class TableSource : public testing::Test {
protected:
    PostgresServer& server = PostgresServer::shared();
    TemporaryFolder folder;
    std::string schema = server.new_schema();
    std::string uri = server.address("x").substr(0, server.address("x").find("&schema="));

    void SetUp() override {
        // Made by PostGIS itself: 12 squares of 10 m, and one ring that PostgreSQL holds as NULL.
        server.sql(fmt::format(
            "CREATE SCHEMA {0}; CREATE TABLE {0}.thua (ma text PRIMARY KEY, loai text, dt numeric(12,2), ngay date, "
            "geom "
            "geometry(Polygon, 5899)); INSERT INTO {0}.thua SELECT 'T' || lpad(i::text, 2, '0'), 'Đất ở', 100.5, "
            "'2026-03-31', ST_MakeEnvelope(500000 + 20 * i, 1300000, 500010 + 20 * i, 1300010, 5899) FROM "
            "generate_series(1, 12) i; INSERT INTO {0}.thua VALUES ('T13', 'không hình', 0, NULL, NULL); CREATE TABLE "
            "{0}.duong (id serial PRIMARY KEY, geom geometry(LineString, 5899))",
            schema));
    }
    [[nodiscard]] ProgramEnd import(const std::string& source, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{
            "import", source, "--layer", "thua", "--kind", "parcel", "-w", folder.file("w.gpkg"), "--id", "ma"};
        words.insert(words.end(), more.begin(), more.end());
        return run_ranh(words);
    }
    [[nodiscard]] std::string show() const {
        return run_ranh({"layers", "show", "thua", "--json", "-w", folder.file("w.gpkg")}).output;
    }
};

TEST_F(TableSource, IsImportedByTheNameOfTheTable) {
    for (const std::string& source : {uri, server.gdal_source()}) {
        const ProgramEnd end = import(source, {"--source-layer", schema + ".thua"});
        EXPECT_THAT(end.output, HasSubstr("đọc / read 13")) << end.text();
        EXPECT_THAT(end.output, HasSubstr("giữ / kept 12"));
        EXPECT_THAT(show(), HasSubstr(schema + ".thua"));
        EXPECT_THAT(show(), HasSubstr("EPSG:5899"));
    }
    const ProgramEnd features =
        run_program({"ogrinfo", "-ro", "-q", folder.file("w.gpkg"), "thua", "-where", "ranh_id = 'T03'"});
    EXPECT_THAT(features.output, HasSubstr("loai (String) = Đất ở"));
    EXPECT_THAT(features.output, HasSubstr("dt (Real) = 100.5"));
    EXPECT_THAT(features.output, HasSubstr("ngay (Date) = 2026/03/31"));
}

TEST_F(TableSource, ListsTheTablesWhenNoneIsNamed) {
    const ProgramEnd end = import(uri);
    EXPECT_EQ(end.exit_code, 3);
    EXPECT_THAT(end.error, HasSubstr("--source-layer"));
    EXPECT_THAT(end.error, HasSubstr(schema + ".thua"));
    EXPECT_THAT(import(uri, {"--source-layer", "nowhere"}).error, HasSubstr(schema + ".duong"));
}

TEST_F(TableSource, NeverLeavesItsPasswordAnywhere) {
    const std::vector<std::string> table{"--source-layer", schema + ".thua"};
    std::string with_password = uri;
    with_password.replace(with_password.find("postgresql://"), 13, "postgresql://tester:s3cret@");
    const std::string conninfo = server.gdal_source() + " password='s3 cret'";
    for (const std::string& source : {with_password, conninfo, uri + "&password=s3cret"}) {
        const ProgramEnd end = import(source, table);
        EXPECT_THAT(end.output, HasSubstr("giữ / kept 12")) << end.text();
        EXPECT_THAT(end.text() + show() + read_file(folder.file("w.gpkg")), Not(HasSubstr("cret")));
    }
    for (const std::string& source :
         {std::string("postgresql://tester:s3cret@/none?host=") + folder.path().string(),
          "PG:host=" + folder.path().string() + " password=s3cret dbname=none",
          std::string("PG:password=s3cret colour=red"), std::string("postgresql://a:s3cret%zz@h/db")}) {
        const ProgramEnd end = import(source, table);
        EXPECT_EQ(end.exit_code, 3) << source;
        EXPECT_THAT(end.text(), Not(HasSubstr("s3cret")));
        EXPECT_THAT(end.error, HasSubstr("PGPASSWORD"));
    }
}

}  // namespace
}  // namespace ranh::test
