// A workspace in a database that is reached over the network, with a password in its address.
#include "tests/support/postgres_server.hpp"
#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view password = "hoa-Phuong_7391";

PostgresServer& server() {
    static PostgresServer loopback(ServerReach::loopback_with_passwords);
    return loopback;
}

class DatabaseWithPassword : public testing::Test {
protected:
    static void SetUpTestSuite() {
        ASSERT_EQ(server().sql(fmt::format("CREATE ROLE surveyor SUPERUSER LOGIN PASSWORD '{}'", password)), "");
    }

    [[nodiscard]] std::string address(std::string_view given_password) const {
        return fmt::format("postgresql://surveyor:{}@{}/postgres?schema={}", given_password, server().host_and_port(),
                           m_schema);
    }
    [[nodiscard]] ProgramEnd run(std::vector<std::string> words, const std::string& workspace) const {
        words.insert(words.end(), {"-w", workspace});
        return run_ranh(std::move(words), {.environment = {{"XDG_CACHE_HOME", m_folder.file("cache")}}});
    }
    /// Runs a command that does its work, and never says the password.
    ProgramEnd run_silently(std::vector<std::string> words) const {
        ProgramEnd end = run(std::move(words), address(password));
        EXPECT_EQ(end.exit_code, 0) << end.text();
        EXPECT_THAT(end.text(), Not(HasSubstr(std::string(password))));
        return end;
    }

    TemporaryFolder m_folder;
    std::string m_schema = server().new_schema();
};

TEST_F(DatabaseWithPassword, IsImportedIntoAndNeverSaysThePassword) {
    run_silently({"import", sample("tiny/zones.csv"), "--layer", "zones", "--kind", "plan_area"});
    run_silently({"import", sample("tiny/parcels.csv"), "--layer", "parcels", "--kind", "parcel", "--json"});
    EXPECT_THAT(run_silently({"layers", "show", "zones@1"}).output, HasSubstr("zones.csv"));
    run_silently({"layers", "--json"});
    run_silently({"overlaps", "zones", "parcels", "--json"});
    run_silently({"overlaps", "zones", "parcels", "--save"});
    run_silently({"workspace", "verify", "--json"});
    run_silently({"workspace", "copy", "--to", m_folder.file("copy.gpkg")});
}

TEST_F(DatabaseWithPassword, WritesThePasswordNowhere) {
    run_silently({"import", sample("tiny/zones.csv"), "--layer", "zones", "--kind", "plan_area"});
    run_silently({"workspace", "copy", "--to", m_folder.file("copy.gpkg")});
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder.path())) {
        if (entry.is_regular_file()) {
            EXPECT_THAT(read_file(entry.path()), Not(HasSubstr(std::string(password)))) << entry.path();
            ++files;
        }
    }
    EXPECT_GT(files, 1U);
    for (const char* table : {"ranh_layer_version", "ranh_setting", "ranh_quarantine"}) {
        const std::string rows = server().sql(fmt::format("SELECT * FROM {}.{}", m_schema, table));
        EXPECT_THAT(rows, Not(AnyOf(HasSubstr(std::string(password)), HasSubstr("ERROR")))) << table;
    }
}

TEST_F(DatabaseWithPassword, SaysWhoIsNotLetInAndWhatToDo) {
    for (const std::string& wrong : {std::string("guessed-4711"), std::string()}) {
        const ProgramEnd end = run({"layers"}, address(wrong));
        EXPECT_EQ(end.exit_code, 3) << end.text();
        EXPECT_EQ(end.output, "");
        EXPECT_THAT(end.error, AllOf(HasSubstr("surveyor@" + server().host_and_port() + "/postgres"),
                                     HasSubstr("does not let this user in"), HasSubstr("PGPASSWORD")));
        EXPECT_TRUE(wrong.empty() || end.error.find(wrong) == std::string::npos) << end.error;
    }
}

TEST_F(DatabaseWithPassword, IsNotSaidByHelpOrAnAddressThatCannotBeRead) {
    const ProgramOptions options{.environment = {{"RANH_WORKSPACE", address(password)}}};
    EXPECT_THAT(run_ranh({"layers", "--help"}, options).text(), Not(HasSubstr(std::string(password))));
    const ProgramEnd end = run({"layers"}, address(password) + "&no_such_parameter=1");
    EXPECT_EQ(end.exit_code, 2) << end.text();
    EXPECT_THAT(end.text(), AllOf(HasSubstr("cannot be read"), Not(HasSubstr(std::string(password)))));
}

}  // namespace
}  // namespace ranh::test
