// Every command on a workspace in a database, and the ways between it and a file.
#include "tests/support/postgres_server.hpp"
#include "tests/support/sample_layers.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/tables.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DatabaseWorkspace : public testing::Test {
protected:
    PostgresServer& server = PostgresServer::shared();
    TemporaryFolder folder;
    std::string schema = server.new_schema();
    std::string address = server.address(schema);

    [[nodiscard]] ProgramEnd run(std::vector<std::string> words, const std::string& workspace = {}) const {
        words.insert(words.end(), {"-w", workspace.empty() ? address : workspace});
        return run_ranh(std::move(words), {.environment = {{"XDG_CACHE_HOME", folder.file("cache")}}});
    }
    [[nodiscard]] codec::Json json(std::vector<std::string> words, const std::string& workspace = {}) const {
        words.emplace_back("--json");
        const ProgramEnd end = run(std::move(words), workspace);
        EXPECT_EQ(end.exit_code, 0) << end.text();
        return json_of(end.output);
    }
    void import_tiny(const std::string& workspace = {}) const {
        for (const char* layer : {"zones", "parcels"}) {
            const ProgramEnd end =
                run({"import", sample(fmt::format("tiny/{}.csv", layer)), "--layer", layer, "--kind", "plan_area"},
                    workspace);
            ASSERT_EQ(end.exit_code, 0) << end.text();
        }
    }
    /// Two more versions of the zones, one of them held back, and a withdrawn one.
    void make_history(const std::string& workspace = {}) const {
        import_tiny(workspace);
        write_file(folder.path() / "drop.csv", "id\n" + first_id_of_zones() + "\n");
        for (const std::vector<std::string>& words :
             {std::vector<std::string>{"import", folder.file("drop.csv"), "--layer", "zones", "--mode", "delete"},
              std::vector<std::string>{"import", sample("tiny/zones.csv"), "--layer", "zones", "--kind", "plan_area",
                                       "--hold"},
              std::vector<std::string>{"layers", "withdraw", "parcels@1"}}) {
            const ProgramEnd end = run(words, workspace);
            ASSERT_EQ(end.exit_code, 0) << end.text();
        }
    }
    [[nodiscard]] static std::string first_id_of_zones() {
        const std::string text = read_file(sample("tiny/zones.csv"));
        const std::size_t line = text.find('\n') + 1;
        return text.substr(line, text.find_first_of(",;", line) - line);
    }
    /// "zones@1 hash held withdrawn" lines.
    [[nodiscard]] std::string versions(const std::string& workspace = {}) const {
        std::string lines;
        const codec::Json layers = json({"layers", "--all"}, workspace);
        for (const codec::Json& row : *layers.array()) {
            const std::string name = fmt::format("{}@{}", text_of(row, "layer"), number_of(row, "version"));
            const codec::Json shown = json({"layers", "show", name}, workspace);
            lines += fmt::format("{} {}{}{}\n", name, text_of(shown, "content_hash"),
                                 member(row, "held").boolean().value_or(false) ? " held" : "",
                                 member(row, "withdrawn").boolean().value_or(false) ? " withdrawn" : "");
        }
        return lines;
    }
};

TEST_F(DatabaseWorkspace, IsImportedIntoListedComparedAndRolledBack) {
    make_history();
    EXPECT_EQ(number_of(json({"layers", "diff", "zones@1", "zones@2"}), "removed"), 1.0);
    EXPECT_EQ(run({"layers", "rollback", "zones@1"}).exit_code, 0);
    EXPECT_EQ(number_of(json({"layers", "diff", "zones@1", "zones@4"}), "removed"), 0.0);
    EXPECT_EQ(run({"layers", "withdraw", "zones@2"}).exit_code, 0);
    EXPECT_EQ(lines_of(json({"layers", "gc", "--withdrawn"}), "versions"), "zones@2\n");
    EXPECT_EQ(run({"workspace", "verify"}).exit_code, 0);
    EXPECT_EQ(server.sql(fmt::format("SELECT count(*) > 0 FROM {}.zones", schema)), "t\n");
}

TEST_F(DatabaseWorkspace, AnswersAsTheFileDoes) {
    import_tiny();
    import_tiny(folder.file("w.gpkg"));
    const std::vector<std::string> words{"overlaps", "zones", "parcels", "--json"};
    const ProgramEnd database = run(words);
    EXPECT_EQ(database.exit_code, 0) << database.text();
    const codec::Json left = json_of(database.output);
    const codec::Json right = json_of(run(words, folder.file("w.gpkg")).output);
    ASSERT_GT(array_of(left, "overlaps").size(), 0U);
    EXPECT_EQ(codec::to_text(member(left, "overlaps")), codec::to_text(member(right, "overlaps")));
    EXPECT_EQ(run({"export", "zones", "-o", folder.file("zones.geojson")}).exit_code, 0);
    EXPECT_EQ(gdal_feature_count(folder.file("zones.geojson")), 4U);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "cache" / "ranh"));
    EXPECT_EQ(run({"overlaps", "zones", "parcels", "--snapshot-dir", folder.file("elsewhere")}).exit_code, 0);
    EXPECT_TRUE(std::filesystem::exists(folder.file("elsewhere")));
}

TEST_F(DatabaseWorkspace, IsCopiedIntoAFileAndBackWithoutLoss) {
    make_history();
    const std::string file = folder.file("copy.gpkg");
    const ProgramEnd out = run({"workspace", "copy", "--to", file});
    ASSERT_EQ(out.exit_code, 0) << out.text();
    EXPECT_EQ(versions(file), versions());
    EXPECT_EQ(run({"workspace", "verify"}, file).exit_code, 0);
    const std::string back = server.address(server.new_schema());
    ASSERT_EQ(run({"workspace", "copy", "--to", back}, file).exit_code, 0);
    EXPECT_EQ(versions(back), versions());
    EXPECT_EQ(run({"workspace", "verify"}, back).exit_code, 0);
    EXPECT_THAT(run({"workspace", "copy", "--to", back}, file).output, HasSubstr("was there"));
    EXPECT_THAT(versions(), AllOf(HasSubstr("held"), HasSubstr("withdrawn")));
}

TEST_F(DatabaseWorkspace, IsBackedUpAndRestored) {
    make_history();
    const std::string backup = folder.file("backup.gpkg");
    ASSERT_EQ(run({"workspace", "backup", backup}).exit_code, 0);
    EXPECT_FALSE(std::filesystem::exists(backup + ".part"));
    const std::string before = versions();
    const ProgramEnd refused = run({"workspace", "restore", backup});
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_THAT(refused.error, HasSubstr("ALTER SCHEMA"));
    server.sql(fmt::format("ALTER SCHEMA {0} RENAME TO {0}_old", schema));
    const ProgramEnd end = run({"workspace", "restore", backup});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_EQ(versions(), before);
}

TEST_F(DatabaseWorkspace, IsServedAndTellsTheServerOfAPublication) {
    import_tiny();
    const ServerProcess served(address, {"--snapshot-dir", folder.file("served")});
    EXPECT_THAT(served.get("/collections/zones/items").body, HasSubstr("\"numberMatched\":4"));
    write_file(folder.path() / "drop.csv", "id\n" + first_id_of_zones() + "\n");
    ASSERT_EQ(run({"import", folder.file("drop.csv"), "--layer", "zones", "--mode", "delete"}).exit_code, 0);
    const auto published = std::chrono::steady_clock::now();
    while (served.get("/collections/zones/items").body.find("\"numberMatched\":3") == std::string::npos &&
           std::chrono::steady_clock::now() - published < std::chrono::seconds(20)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_THAT(served.get("/collections/zones/items").body, HasSubstr("\"numberMatched\":3"));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - published;
    RecordProperty("seconds", fmt::format("{:.3f}", seconds.count()));
}

TEST_F(DatabaseWorkspace, NeverShowsThePasswordOfItsAddress) {
    std::string secret = address;
    secret.replace(secret.find("postgresql://"), 13, "postgresql://tester:s3cret@");
    import_tiny(secret);
    EXPECT_EQ(run({"workspace", "backup", folder.file("b.gpkg")}, secret).exit_code, 0);
    const std::string everything =
        run({"layers", "show", "zones@1", "--json"}, secret).text() + run({"workspace", "verify"}, secret).text() +
        run({"workspace", "backup", folder.file("b.gpkg"), "--json"}, secret).text() +
        run({"workspace", "restore", folder.file("b.gpkg")}, secret).text() + run({"layers", "--help"}, secret).text() +
        run({"layers", "--wrong"}, secret).text() + run({"layers"}, secret + "&colour=red").text() +
        run({"layers"}, "postgresql://tester:s3cret@/postgres?host=" + folder.path().string()).text() +
        server.sql(fmt::format("SELECT * FROM {0}.ranh_layer_version; SELECT * FROM {0}.ranh_setting", schema)) +
        read_file(folder.file("b.gpkg"));
    EXPECT_EQ(everything.find("s3cret"), std::string::npos);
    const ProgramEnd help = run_ranh({"layers", "--help"}, {.environment = {{"RANH_WORKSPACE", secret}}});
    EXPECT_THAT(help.text(), Not(HasSubstr("s3cret")));
}

TEST_F(DatabaseWorkspace, SaysWhatToDoWhenItIsNotThere) {
    const ProgramEnd missing = run({"layers"});
    EXPECT_EQ(missing.exit_code, 3);
    EXPECT_THAT(missing.error, HasSubstr("ranh import"));
    EXPECT_EQ(
        run({"import", sample("tiny/zones.csv"), "--layer", "zones", "--kind", "plan_area", "--dry-run"}).exit_code, 0);
    const ProgramEnd wrong = run({"layers"}, "postgresql://db/land?schema=A-B");
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.error, HasSubstr("schema"));
}

}  // namespace
}  // namespace ranh::test
