// QGIS itself opens the tables of a workspace: needs python3-qgis, some 160 packages, so it is used where it is there.
#include "tests/support/program.hpp"
#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace ranh::test {
namespace {

std::string from_environment(const char* name, const char* otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : otherwise;
}

/// A Python with the modules of QGIS; RANH_QGIS_PYTHON names another one than python3.
std::string python() { return from_environment("RANH_QGIS_PYTHON", "python3"); }

bool has_qgis() {
    static const bool has = run_program({python(), "-c", "import qgis.core"}).exit_code == 0;
    if (!has) {
        std::cout << "python3-qgis is not installed: nothing was opened with QGIS\n";
    }
    return has;
}

class QgisReads : public testing::Test {
protected:
    void SetUp() override { import(sample("lamdong/parcels-synthetic/parcels.fgb")); }

    void import(const std::string& file) const {
        const ProgramEnd end =
            run_ranh({"import", file, "--layer", "parcels", "--kind", "parcel", "-w", m_folder.file("w.gpkg")});
        ASSERT_EQ(end.exit_code, 0) << end.text();
    }
    [[nodiscard]] std::vector<std::string> look(std::vector<std::string> more) const {
        std::vector<std::string> words = {python(), from_environment("RANH_QGIS_SCRIPT", ""), m_folder.file("w.gpkg"),
                                          "parcels"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    TemporaryFolder m_folder;
    ProgramOptions m_offscreen = {.environment = {{"QT_QPA_PLATFORM", "offscreen"}}};
};

codec::Json parcels_of(const ProgramEnd& end) { return member(member(json_of(end.output), "tables"), "parcels"); }

TEST_F(QgisReads, TheLayerWithTheOfficialColours) {
    if (!has_qgis()) {
        return;
    }
    const ProgramEnd end = run_program(look({}), m_offscreen);
    ASSERT_EQ(end.exit_code, 0) << end.text();
    const codec::Json parcels = parcels_of(end);
    EXPECT_EQ(text_of(parcels, "crs"), "EPSG:9218");
    EXPECT_EQ(number_of(parcels, "counted"), 5202);
    EXPECT_EQ(number_of(parcels, "read"), 5202);
    const codec::Json symbols = member(parcels, "symbols");
    EXPECT_EQ(text_of(symbols, "renderer"), "categorizedSymbol");
    // 255 160 255 and 255 210 160: land in towns, perennial crops
    EXPECT_EQ(text_of(member(symbols, "categories"), "ODT"), "#ffa0ff");
    EXPECT_EQ(text_of(member(symbols, "categories"), "CLN"), "#ffd2a0");
}

/// QGIS opens a file that is not in write-ahead mode without locks, and takes that mode off when it closes one. So a
/// look at the moment the mode changes may be refused (no feature at all, and an error in the log of QGIS); never may
/// it see a part of a version, and after a reload it sees the newest.
TEST_F(QgisReads, OnWhileImportsRun) {
    if (!has_qgis()) {
        return;
    }
    const std::string half = m_folder.file("half.fgb");
    ASSERT_EQ(run_program({"ogr2ogr", "-f", "FlatGeobuf", half, sample("lamdong/parcels-synthetic/parcels.fgb"),
                           "-where", "parcel % 2 = 0"})
                  .exit_code,
              0);
    const auto halved = static_cast<double>(gdal_feature_count(half));
    ChildProcess qgis(look({"--until", m_folder.file("end")}), m_offscreen);
    while (qgis.running() && qgis.error_so_far().find("opened") == std::string::npos) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    for (int i = 0; i < 3; ++i) {
        import(half);
        import(sample("lamdong/parcels-synthetic/parcels.fgb"));
    }
    write_file(m_folder.file("end"), "");
    const ProgramEnd end = qgis.wait();
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_GE(number_of(json_of(end.output), "looks"), 3);
    const codec::Json parcels = parcels_of(end);
    std::vector<double> counts;
    for (const codec::Json& count : *member(parcels, "counts_seen").array()) {
        counts.push_back(*count.number());
    }
    EXPECT_THAT(counts, testing::Contains(5202.0));
    EXPECT_THAT(counts, testing::Each(testing::AnyOf(5202.0, halved, 0.0)))
        << "QGIS saw a version that is not whole: " << end.text();
    EXPECT_EQ(number_of(parcels_of(run_program(look({}), m_offscreen)), "read"), 5202);
}

}  // namespace
}  // namespace ranh::test
