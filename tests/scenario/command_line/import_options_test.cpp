#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(UndecidedSystem, EndsWithThreeNamingBothCodesAndWhatWouldDecide) {
    const TemporaryFolder folder;
    const ProgramEnd end = run_ranh({"import", sample("invalid/two-meridians.csv"), "--layer", "a", "--kind", "other",
                                     "-w", folder.file("w.gpkg")});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, AllOf(HasSubstr("EPSG:5899"), HasSubstr("EPSG:9218"), HasSubstr("--crs")));
    EXPECT_EQ(end.output, "");
}

/// Corners of the tiny zones without a word of their system or commune.
std::string bare_zones(const SmallWorkspace& workspace) {
    write_file(workspace.path("bare.csv"),
               "id;wkt\n1;POLYGON((500000 1300000,500400 1300000,500400 1300300,500000 1300300,500000 1300000))\n");
    return workspace.path("bare.csv");
}

TEST(UndecidedSystem, IsDecidedByCornersOfLayersImportedBefore) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.import(bare_zones(workspace), "bare", {"--json"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(lines_of(json_of(end.output), "crs_reasons"),
                AllOf(HasSubstr("EPSG:5899"), HasSubstr("features imported before")));
    const SmallWorkspace empty;
    EXPECT_EQ(
        run_ranh({"import", bare_zones(empty), "--layer", "bare", "--kind", "other", "-w", empty.path("new.gpkg")})
            .exit_code,
        3);
}

TEST(DeclaredSystem, IsObeyedAndTheEvidenceAgainstItStandsInReportAndProvenance) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.import(bare_zones(workspace), "bare", {"--crs", "EPSG:9218", "--json"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    const auto warned = AllOf(HasSubstr("warning"), HasSubstr("sai kinh tuyến trục"), HasSubstr("--crs EPSG:5899"));
    EXPECT_THAT(lines_of(json_of(end.output), "notes"), warned);
    EXPECT_THAT(lines_of(json_of(end.output), "crs"), HasSubstr("EPSG:9218"));
    EXPECT_THAT(lines_of(member(json_of(end.output), "provenance"), "notes"), warned);
}

TEST(DryRun, ChecksEverythingAndWritesNothing) {
    const TemporaryFolder folder;
    const std::string workspace = folder.file("w.gpkg");
    const ProgramEnd end = run_ranh({"import", sample("tiny/zones.csv"), "--layer", "zones", "--kind", "other",
                                     "--dry-run", "--json", "-w", workspace});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_EQ(number_of(json_of(end.output), "features"), 4.0);
    EXPECT_TRUE(member(json_of(end.output), "version").is_null());
    EXPECT_FALSE(std::filesystem::exists(workspace));
}

TEST(DryRun, LeavesTheBytesOfAWorkspaceAsTheyAre) {
    const SmallWorkspace workspace;
    const std::string before = read_file(workspace.file());
    EXPECT_EQ(workspace.import(sample("tiny/zones.geojson"), "zones", {"--dry-run"}).exit_code, 0);
    EXPECT_TRUE(read_file(workspace.file()) == before);
    EXPECT_EQ(workspace.json({"layers", "--all"}).array()->size(), 2U);
}

TEST(DryRun, EndsAsTheImportWould) {
    const SmallWorkspace workspace;
    EXPECT_EQ(workspace.import(sample("invalid/short-ring.csv"), "a", {"--dry-run"}).exit_code, 1);
    EXPECT_EQ(workspace.import(sample("invalid/no-rows.csv"), "a", {"--dry-run"}).exit_code, 3);
}

TEST(ImportReport, AlwaysSaysWhatWasReadKeptAndRejected) {
    const SmallWorkspace workspace;
    EXPECT_THAT(workspace.import(sample("invalid/short-ring.csv"), "a").output,
                AllOf(HasSubstr("read 2"), HasSubstr("kept 1"), HasSubstr("rejected 1")));
}

TEST(ImportReport, GivesTheReasonForTheSystem) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.import(sample("tiny/zones.csv"), "zones", {"--json"});
    EXPECT_FALSE(lines_of(json_of(end.output), "crs_reasons").empty());
    EXPECT_THAT(lines_of(json_of(end.output), "crs"), HasSubstr("EPSG:5899"));
}

TEST(ImportReport, HoldsTheProvenance) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.import(sample("tiny/zones.csv"), "zones",
                                            {"--json", "--decision", "866/QĐ-TTg", "--licence", "ODbL"});
    const codec::Json provenance = member(json_of(end.output), "provenance");
    EXPECT_EQ(text_of(provenance, "source"), "zones.csv");
    EXPECT_EQ(text_of(provenance, "source_sha256"), "24ce95e8fbb3b56bbba9c4db72e61d7a4083dc12d17c1875c42ae9a7ec3219d9");
    EXPECT_EQ(text_of(provenance, "decision"), "866/QĐ-TTg");
    EXPECT_EQ(text_of(provenance, "licence"), "ODbL");
    EXPECT_THAT(text_of(provenance, "transform"), HasSubstr("EPSG:5899"));
    EXPECT_THAT(text_of(provenance, "importer"), HasSubstr("ranh"));
}

TEST(ImportReport, HoldsTheWarningsOfTheDriverAndStandardErrorDoesNot) {
    const SmallWorkspace workspace;
    const ProgramEnd closed = workspace.import(sample("invalid/unclosed-ring.geojson"), "a", {"--json"});
    EXPECT_EQ(closed.error, "");
    EXPECT_THAT(lines_of(json_of(closed.output), "notes"), HasSubstr("an open ring was closed"));
    write_file(workspace.path("b.mid"), "\"abc\"\n");
    write_file(workspace.path("b.mif"),
               "Version 300\nDelimiter \",\"\nColumns 1\n  id Integer\nData\n\nPoint 108 12\n");
    const ProgramEnd cut = workspace.import(workspace.path("b.mif"), "b", {"--json", "--crs", "EPSG:4326"});
    EXPECT_EQ(cut.error, "");
    EXPECT_THAT(lines_of(json_of(cut.output), "notes"), HasSubstr("feature 1: GDAL says: Value 'abc'"));
    const ProgramEnd checked = workspace.run({"check", workspace.path("b.mif"), "--crs", "EPSG:4326"});
    EXPECT_EQ(checked.error, "");
    EXPECT_THAT(checked.output, HasSubstr("feature 1: GDAL says: Value 'abc'"));
}

TEST(SourceLayer, IsTheOneReadOfAFileThatHasSeveral) {
    const SmallWorkspace workspace;
    const std::string file = workspace.path("two.gpkg");
    ASSERT_EQ(run_program({"ogr2ogr", file, sample("tiny/zones.geojson"), "-nln", "zones"}).exit_code, 0);
    ASSERT_EQ(run_program({"ogr2ogr", "-update", file, sample("tiny/points.geojson"), "-nln", "points"}).exit_code, 0);
    const ProgramEnd end = workspace.import(file, "read", {"--json", "--source-layer", "zones"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_EQ(number_of(json_of(end.output), "features"), 5.0);
    EXPECT_EQ(array_of(workspace.json({"check", file, "--source-layer", "zones"}), "projects").size(), 5U);
    const ProgramEnd missing = workspace.import(file, "read", {"--source-layer", "lakes"});
    EXPECT_EQ(missing.exit_code, 3);
    EXPECT_THAT(missing.error, AllOf(HasSubstr("'lakes'"), HasSubstr("zones, points")));
    EXPECT_EQ(workspace.run({"check", file, "--source-layer", "lakes"}).exit_code, 3);
}

TEST(LineworkLevels, AreThoseOfTheOptionsElseOfTheMappingFile) {
    const SmallWorkspace workspace;
    const std::string drawing = sample("formats/linework.dgn");
    const auto notes = [&](std::vector<std::string> options) {
        options.insert(options.end(), {"--crs", "EPSG:5899", "--dry-run", "--json"});
        const ProgramEnd end = workspace.import(drawing, "parcels", options);
        EXPECT_EQ(end.exit_code, 1) << end.text();
        return lines_of(json_of(end.output), "notes");
    };
    EXPECT_THAT(notes({}), HasSubstr("on the boundary levels 10, 23, 31"));
    EXPECT_THAT(notes({"--boundary-levels", "10,23", "--boundary-levels", "24", "--number-levels", "13,11"}),
                HasSubstr("on the boundary levels 10, 23, 24, labelled by the levels 13, 11 (number)"));
    write_file(workspace.path("map.yaml"), "linework: {boundary: [10], snap: 0.02}\n");
    EXPECT_THAT(notes({"--map", workspace.path("map.yaml")}),
                AllOf(HasSubstr("on the boundary levels 10, labelled"), HasSubstr("within 0.02 m are one")));
    EXPECT_THAT(notes({"--map", workspace.path("map.yaml"), "--snap", "0.03", "--boundary-levels", "10,31"}),
                AllOf(HasSubstr("on the boundary levels 10, 31, labelled"), HasSubstr("within 0.03 m are one")));
}

TEST(ImportOfAttributes, JoinsThemByTheKey) {
    const SmallWorkspace workspace;
    write_file(workspace.path("names.csv"), "area_id,ten,stated_ha\nZ-1,Khu một,12.5\nZ-2,Khu hai,9\n");
    const ProgramEnd end = workspace.import(
        sample("tiny/zones.csv"), "named",
        {"--id", "area_id", "--attributes", workspace.path("names.csv"), "--key", "area_id", "--json"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(lines_of(json_of(end.output), "notes"), HasSubstr("Z-3"));
    ASSERT_EQ(workspace.run({"export", "named", "-o", workspace.path("named.csv")}).exit_code, 0);
    const CsvTable exported = read_csv(workspace.path("named.csv"));
    EXPECT_EQ(exported.row("fid", "Z-1").at("ten"), "Khu một");
    EXPECT_EQ(number_in(exported.row("fid", "Z-1"), "area_stated_m2"), 125'000.0);
    EXPECT_EQ(exported.row("fid", "Z-3").at("ten"), "");
}

TEST(ImportOfAttributes, FailsForAKeyThatIsNotThere) {
    const SmallWorkspace workspace;
    const ProgramEnd end =
        workspace.import(sample("tiny/zones.csv"), "named",
                         {"--attributes", sample("lamdong/planning-areas/planning-areas.csv"), "--key", "ma_so"});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, HasSubstr("ma_so"));
}

TEST(ImportWithLegalStatus, NeedsTheDatesTheStatusMeans) {
    const SmallWorkspace workspace;
    for (const std::string status : {"in_force", "expired", "superseded"}) {
        const ProgramEnd end = workspace.import(sample("tiny/zones.csv"), "plan", {"--status", status});
        EXPECT_TRUE(end.exit_code == 2 || end.exit_code == 3) << end.text();
        EXPECT_THAT(end.error, testing::AnyOf(HasSubstr("valid"), HasSubstr("superseded")));
    }
    EXPECT_EQ(workspace.import(sample("tiny/zones.csv"), "plan", {"--status", "in_force", "--valid-from", "2026-01-01"})
                  .exit_code,
              0);
    EXPECT_EQ(workspace.import(sample("tiny/zones.csv"), "plan", {"--status", "expired", "--valid-to", "2025-01-01"})
                  .exit_code,
              0);
    EXPECT_EQ(
        workspace.import(sample("tiny/zones.csv"), "plan", {"--status", "superseded", "--superseded-by", "zones@1"})
            .exit_code,
        0);
    EXPECT_EQ(
        workspace.import(sample("tiny/zones.csv"), "plan", {"--valid-from", "2026-02-01", "--valid-to", "2026-01-01"})
            .exit_code,
        3);
}

TEST(ImportOfAMissingFile, NamesIt) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.import("no/such/file.gpkg", "a");
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, HasSubstr("no/such/file.gpkg"));
}

TEST(FailedImport, LeavesNoFileBehindWhereThereWasNoWorkspace) {
    const TemporaryFolder folder;
    EXPECT_EQ(run_ranh({"import", sample("invalid/no-rows.csv"), "--layer", "a", "--kind", "other", "-w",
                        folder.file("w.gpkg")})
                  .exit_code,
              3);
    const ProgramEnd layers = run_ranh({"layers", "--json", "-w", folder.file("w.gpkg")});
    EXPECT_TRUE(layers.exit_code == 3 || json_of(layers.output).array()->empty()) << layers.text();
}

TEST(ImportOfAWktTable, ReadsItsFeatures) {
    const SmallWorkspace workspace;
    write_file(workspace.path("a.csv"),
               "id;ten;wkt\nA;Khu A;POLYGON((500000 1300000,500100 1300000,500100 1300100,500000 1300000))\n");
    const ProgramEnd end = workspace.import(workspace.path("a.csv"), "wkt", {"--crs", "EPSG:5899"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_EQ(number_of(workspace.version("wkt", 1), "features"), 1.0);
}

}  // namespace
}  // namespace ranh::test
