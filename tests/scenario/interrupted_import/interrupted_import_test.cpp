// An import that dies at any point leaves the workspace as it was, or with the whole new version.
#include "tests/support/sample_layers.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace ranh::test {
namespace {

using Clock = std::chrono::steady_clock;

/// Half of the parcels, so that old and new version differ in number and in place.
std::string half_of_the_parcels(const TemporaryFolder& folder) {
    const std::string file = folder.file("half.fgb");
    const ProgramEnd end = run_program({"ogr2ogr", "-f", "FlatGeobuf", file,
                                        sample("lamdong/parcels-synthetic/parcels.fgb"), "-where", "parcel % 2 = 0"});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    return file;
}

struct State {
    int newest = 0;
    std::size_t features = 0;
    std::string content_hash;
    friend bool operator==(const State&, const State&) = default;
};

class InterruptedImport : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> import_words(const std::string& file) const {
        return {ranh_program().string(), "import", file, "--layer", "parcels", "--kind", "parcel", "-w", m_file};
    }

    /// What the workspace holds; every look goes through the program and through GDAL.
    [[nodiscard]] State state() const {
        const ProgramEnd layers = run_ranh({"layers", "--json", "-w", m_file});
        EXPECT_EQ(layers.exit_code, 0) << layers.text();
        const codec::Json json = json_of(layers.output);
        EXPECT_EQ(json.array()->size(), 1U);
        State state;
        state.newest = static_cast<int>(number_of(json.array()->at(0), "version"));
        state.features = static_cast<std::size_t>(number_of(json.array()->at(0), "features"));
        const std::string name = "parcels@" + std::to_string(state.newest);
        state.content_hash = text_of(json_of(run_ranh({"layers", "show", name, "-w", m_file}).output), "content_hash");
        const std::string exported = m_folder.file("out.fgb");
        EXPECT_EQ(run_ranh({"export", name, "-o", exported, "-w", m_file}).exit_code, 0);
        EXPECT_EQ(gdal_feature_count(exported), state.features) << name;
        EXPECT_EQ(gdal_feature_count(m_file, "parcels"), state.features)
            << "the table QGIS opens holds another version than the newest";
        const ProgramEnd integrity = run_program({"sqlite3", m_file, "PRAGMA integrity_check"});
        EXPECT_EQ(integrity.output, "ok\n") << integrity.text();
        return state;
    }

    TemporaryFolder m_folder;
    std::string m_file = m_folder.file("w.gpkg");
};

TEST_F(InterruptedImport, LeavesTheOldVersionOrTheWholeNewOne) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::vector<std::string> sources = {sample("lamdong/parcels-synthetic/parcels.fgb"),
                                              half_of_the_parcels(m_folder)};
    const std::vector<std::size_t> counts = {5202U, gdal_feature_count(sources[1])};
    ASSERT_EQ(run_program(import_words(sources[0])).exit_code, 0);
    const auto began = Clock::now();
    ASSERT_EQ(run_program(import_words(sources[1])).exit_code, 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
    State before = state();
    ASSERT_EQ(before.features, counts[1]);
    std::size_t killed = 0;
    for (std::size_t round = 0; round < rounds(5, 50); ++round) {
        const std::size_t next = before.features == counts[0] ? 1 : 0;
        ChildProcess import(import_words(sources[next]));
        // a little past the usual length, so that the last steps are met as well
        std::this_thread::sleep_for(whole * random.real(0.0, 1.1));
        import.send(SIGKILL);
        killed += import.wait().signal == SIGKILL ? 1U : 0U;
        const State after = state();
        if (after.newest == before.newest) {
            ASSERT_EQ(after, before) << "round " << round;
        } else {
            ASSERT_EQ(after.newest, before.newest + 1) << "round " << round;
            ASSERT_EQ(after.features, counts[next]) << "round " << round;
        }
        before = after;
    }
    EXPECT_GT(killed, 0U) << "every import ended before it was killed";
    ASSERT_EQ(run_program(import_words(sources[0])).exit_code, 0) << "nothing of the dead imports stands in the way";
}

TEST_F(InterruptedImport, OfTheFirstLayerLeavesNothingOrTheWhole) {
    SCOPED_TRACE(seed_note());
    Random random(seed() + 1);
    const std::string source = sample("lamdong/parcels-synthetic/parcels.fgb");
    const auto began = Clock::now();
    ASSERT_EQ(run_program(import_words(source)).exit_code, 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
    for (std::size_t round = 0; round < rounds(3, 20); ++round) {
        for (const std::string ending : {"", "-wal", "-shm", "-journal"}) {
            std::filesystem::remove(m_file + ending);
        }
        ChildProcess import(import_words(source));
        std::this_thread::sleep_for(whole * random.real(0.0, 1.1));
        import.send(SIGKILL);
        static_cast<void>(import.wait());
        const ProgramEnd layers = run_ranh({"layers", "--json", "-w", m_file});
        if (layers.exit_code == 0 && !json_of(layers.output).array()->empty()) {
            EXPECT_EQ(state().features, 5202U);
        }
        const ProgramEnd again = run_program(import_words(source));
        EXPECT_EQ(again.exit_code, 0) << again.text();
        EXPECT_EQ(state().features, 5202U);
    }
}

TEST_F(InterruptedImport, DoesNotStandInTheWayOfAReader) {
    const std::string source = sample("lamdong/parcels-synthetic/parcels.fgb");
    ASSERT_EQ(run_program(import_words(source)).exit_code, 0);
    ChildProcess import(import_words(source));
    std::size_t read = 0;
    while (import.running()) {
        const ProgramEnd layers = run_ranh({"layers", "--json", "-w", m_file});
        ASSERT_EQ(layers.exit_code, 0) << layers.text();
        ASSERT_EQ(number_of(json_of(layers.output).array()->at(0), "features"), 5202.0);
        ++read;
    }
    EXPECT_EQ(import.wait().exit_code, 0);
    EXPECT_GT(read, 0U);
}

}  // namespace
}  // namespace ranh::test
