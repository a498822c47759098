// What a person meets first: help in both languages, exit codes, one line of version.
#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;

struct CommandHelp {
    std::string command;
    std::string vietnamese;
    std::string english;
};

class Help : public testing::TestWithParam<CommandHelp> {};

TEST_P(Help, SpeaksVietnameseAndEnglish) {
    std::vector<std::string> words = {"--help"};
    if (!GetParam().command.empty()) {
        words.insert(words.begin(), GetParam().command);
    }
    const ProgramEnd end = run_ranh(words);
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, AllOf(HasSubstr(GetParam().vietnamese), HasSubstr(GetParam().english)));
    EXPECT_EQ(end.error, "");
}

INSTANTIATE_TEST_SUITE_P(
    OfEveryCommand, Help,
    testing::Values(CommandHelp{"", "chồng lấn", "overlaps"}, CommandHelp{"import", "Hệ tọa độ", "Coordinate system"},
                    CommandHelp{"layers", "Liệt kê", "List"}, CommandHelp{"export", "Xuất một lớp", "Write a layer"},
                    CommandHelp{"overlaps", "Mọi cặp chồng lấn", "All pairs"},
                    CommandHelp{"check", "Một dự án", "One project"}, CommandHelp{"serve", "Bản đồ", "Web map"},
                    CommandHelp{"validate", "Kiểm tra hình", "Check geometry"},
                    CommandHelp{"communes", "trước sáp nhập", "before the mergers"}),
    [](const auto& tested) { return tested.param.command.empty() ? "program" : tested.param.command; });

class WordsOfLayers : public testing::TestWithParam<std::string> {};

TEST_P(WordsOfLayers, HaveHelpInBothLanguages) {
    const ProgramEnd end = run_ranh({"layers", GetParam(), "--help"});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, HasSubstr(" / "));
}

INSTANTIATE_TEST_SUITE_P(All, WordsOfLayers, testing::Values("show", "publish", "withdraw", "quarantine", "set"));

TEST(EveryCommand, OffersJsonAndAWorkspace) {
    for (const std::string command : {"import", "layers", "export", "overlaps", "check", "validate", "serve"}) {
        EXPECT_THAT(run_ranh({command, "--help"}).output, AllOf(HasSubstr("--json"), HasSubstr("--workspace")))
            << command;
    }
}

TEST(TheVersion, IsOneLineOfProgramAndNumber) {
    const ProgramEnd end = run_ranh({"--version"});
    EXPECT_EQ(end.exit_code, 0);
    EXPECT_THAT(end.output, MatchesRegex("ranh [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

class WrongUsage : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(WrongUsage, EndsWithTwoAndAReason) {
    const ProgramEnd end = run_ranh(GetParam());
    EXPECT_EQ(end.exit_code, 2) << end.text();
    EXPECT_NE(end.error, "");
    EXPECT_EQ(end.output, "");
}

using Words = std::vector<std::string>;
INSTANTIATE_TEST_SUITE_P(
    CommandLines, WrongUsage,
    testing::Values(
        Words{}, Words{"fly"}, Words{"import"}, Words{"import", "a.gpkg"}, Words{"import", "a.gpkg", "--layer", "a"},
        Words{"import", "a.gpkg", "--layer", "UPPER", "--kind", "other"},
        Words{"import", "a.gpkg", "--layer", "a", "--kind", "castle"},
        Words{"import", "a.gpkg", "--layer", "a", "--kind", "other", "--crs", "EPSG:1"},
        Words{"import", "a.gpkg", "--layer", "a", "--kind", "other", "--attributes", "b.csv"},
        Words{"import", "a.gpkg", "--layer", "a", "--kind", "other", "--accuracy", "1", "--map-scale", "1000"},
        Words{"import", "a.gpkg", "--layer", "a", "--kind", "other", "--valid-from", "1/2/2026"},
        Words{"import", "a.gpkg", "--layer", "a", "--kind", "other", "--inner-ring", "guess"},
        Words{"import", "a.dxf", "--layer", "a", "--kind", "parcel", "--linework", "maybe"},
        Words{"import", "a.dxf", "--layer", "a", "--kind", "parcel", "--snap", "5"}, Words{"overlaps", "a"},
        Words{"overlaps", "a", "b", "--min-share", "2"}, Words{"overlaps", "a", "b", "-o", "a.docx"},
        Words{"overlaps", "a@0", "b"}, Words{"overlaps", "a@x", "b"}, Words{"check"}, Words{"validate"},
        Words{"validate", "a", "-o", "a.docx"}, Words{"export", "a"}, Words{"serve", "--listen", "8080"},
        Words{"serve", "--allow-origin", "maps.example"}, Words{"serve", "--allow-origin", "https://maps.example/page"},
        Words{"serve", "--allow-origin", "https://"}, Words{"layers", "publish"},
        Words{"overlaps", "a", "b", "--at", "2026-13-01"}, Words{"layers", "--nonsense"}));

TEST(AnUnknownCommand, IsNamedWithTheCommandsThereAre) {
    const ProgramEnd end = run_ranh({"fly", "--to", "moon"});
    EXPECT_EQ(end.exit_code, 2);
    EXPECT_THAT(end.error, AllOf(HasSubstr("không có lệnh 'fly'"), HasSubstr("no command 'fly'"), HasSubstr("overlaps"),
                                 HasSubstr("serve")));
    EXPECT_THAT(run_ranh({"layers", "fly"}).error, AllOf(HasSubstr("no command 'fly'"), HasSubstr("withdraw")));
}

TEST(TheProgram, EndsWithThreeWithoutAWorkspace) {
    const TemporaryFolder folder;
    for (const Words& words : {Words{"layers"}, Words{"overlaps", "a", "b"},
                               Words{"export", "a", "-o", folder.file("a.csv")}, Words{"serve"}}) {
        Words all = words;
        all.insert(all.end(), {"-w", folder.file("none.gpkg")});
        const ProgramEnd end = run_ranh(all);
        EXPECT_EQ(end.exit_code, 3) << end.text();
        EXPECT_THAT(end.error, AllOf(HasSubstr("none.gpkg"), HasSubstr("ranh import")));
        EXPECT_FALSE(std::filesystem::exists(folder.file("none.gpkg")));
    }
}

TEST(TheProgram, EndsWithThreeForAFileThatIsNoWorkspace) {
    const TemporaryFolder folder;
    write_file(folder.file("w.gpkg"),
               "this is no GeoPackage, but long enough to be looked at by SQLite: " + std::string(200, 'x'));
    const ProgramEnd end = run_ranh({"layers", "-w", folder.file("w.gpkg")});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, HasSubstr("w.gpkg"));
}

TEST(TheProgram, TakesItsWorkspaceFromTheEnvironment) {
    const TemporaryFolder folder;
    const std::string workspace = folder.file("env.gpkg");
    const ProgramOptions environment{.environment = {{"RANH_WORKSPACE", workspace}}};
    EXPECT_EQ(run_ranh({"import", sample("tiny/zones.geojson"), "--layer", "zones", "--kind", "other"}, environment)
                  .exit_code,
              0);
    EXPECT_TRUE(std::filesystem::exists(workspace));
}

TEST(TheServer, RefusesToListenBeyondTheLoopbackUnlessTold) {
    const TemporaryFolder folder;
    const std::string workspace = folder.file("w.gpkg");
    ASSERT_EQ(run_ranh({"import", sample("tiny/zones.geojson"), "--layer", "zones", "--kind", "other", "-w", workspace})
                  .exit_code,
              0);
    for (const std::string address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:0"}) {
        const ProgramEnd end =
            run_ranh({"serve", "-w", workspace, "--listen", address}, {.limit = std::chrono::seconds(20)});
        EXPECT_EQ(end.exit_code, 3) << end.text();
        EXPECT_THAT(end.error, HasSubstr("--public"));
    }
}

}  // namespace
}  // namespace ranh::test
