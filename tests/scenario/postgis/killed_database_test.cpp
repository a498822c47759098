// The server, one of its processes or the writer is killed at any moment, often while rows come in by COPY.
#include "spatial/store/postgis/postgis_workspace.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/seeds.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <sstream>
#include <thread>

namespace ranh::test {
namespace {

using testing::HasSubstr;

constexpr int features_of_a_version = 3000;  // several buffers of COPY

int committed_by(const ProgramEnd& writer) {
    std::istringstream stream(writer.error);
    int count = 0;
    for (int number = 0; stream >> number;) {
        ++count;
    }
    return count;
}

class KilledDatabase : public testing::Test {
protected:
    PostgresServer server;
    TemporaryFolder folder;
    std::string address = server.address();

    [[nodiscard]] std::unique_ptr<store::Workspace> open() const {
        return postgis::open_workspace(postgis::parse_address(address).value(), postgis::Access::read_write,
                                       {.snapshot_root = folder.path()});
    }
    [[nodiscard]] std::vector<std::string> writer_words() const {
        return {RANH_WRITE_VERSIONS, address, std::to_string(features_of_a_version)};
    }
    /// Every version there is whole, and at least `least` are.
    void expect_whole_workspace(int least) const {
        const auto workspace = open();
        const auto versions = workspace->versions();
        EXPECT_GE(static_cast<int>(versions.size()), least);
        std::int64_t held = 0;
        for (std::size_t i = 0; i < versions.size(); ++i) {
            SCOPED_TRACE(versions[i].name());
            held += versions[i].held ? 1 : 0;
            EXPECT_EQ(versions[i].number, VersionNumber(static_cast<std::int64_t>(i) + 1));
            EXPECT_EQ(versions[i].feature_count, features_of_a_version);
            if (i + 2 >= versions.size() || i % 7 == 0) {
                EXPECT_EQ(recomputed_hash(*workspace, "p", versions[i].number.value()), versions[i].content_hash);
            }
        }
        const std::string staging = server.sql(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'ranh' AND tablename ~ '^ranh_(staging|loading)'");
        EXPECT_EQ(staging, fmt::format("{}\n", held)) << "a staging table of no version";
        EXPECT_TRUE(workspace->damage().empty());
    }
    /// SIGKILL to the process of the server that serves the writer; all others end with it and it recovers.
    void kill_a_process_of_the_server() const {
        const std::string pid = server.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'ranh' LIMIT 1");
        if (const int number = std::atoi(pid.c_str()); number > 1) {
            ::kill(number, SIGKILL);
        }
    }
};

TEST_F(KilledDatabase, LosesNothingAndPublishesNothingByHalves) {
    SCOPED_TRACE(seed_note());
    Random random;
    int committed = 0;
    for (std::size_t round = 0; round < rounds(6, 60); ++round) {
        SCOPED_TRACE(round);
        if (round % 10 == 9) {  // old versions take time to write and check
            server.sql("DROP SCHEMA ranh CASCADE");
            committed = 0;
        }
        ChildProcess writer(writer_words());
        std::this_thread::sleep_for(std::chrono::microseconds(random.integer(20'000, 700'000)));
        const int victim = static_cast<int>(round % 4);
        if (victim == 0) {
            server.kill();
        } else if (victim == 1) {
            kill_a_process_of_the_server();
        } else if (victim == 2) {
            server.stop();
        } else {
            writer.send(SIGKILL);
        }
        if (victim == 1) {  // unless it was between two connections
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            writer.send(SIGTERM);
        }
        const ProgramEnd end = writer.wait();
        if (end.exit_code == 3) {
            EXPECT_THAT(end.error, testing::AnyOf(HasSubstr("run the command again"), HasSubstr("ranh layers")));
        } else {
            EXPECT_TRUE(victim == 1 || victim == 3) << end.text();
        }
        committed += committed_by(end);
        if (victim == 0 || victim == 2) {
            server.start();
        } else if (victim == 1) {
            server.wait();
        }
        expect_whole_workspace(committed);
        (void)write(*open(), "p", squares_description(), squares(features_of_a_version));
        ++committed;
    }
}

TEST_F(KilledDatabase, TakesTwoWritersAtOnceOneAfterTheOther) {
    ChildProcess one(writer_words());
    ChildProcess other(writer_words());
    std::this_thread::sleep_for(std::chrono::milliseconds(rounds(1500, 10'000)));
    EXPECT_TRUE(one.running()) << one.error_so_far();
    EXPECT_TRUE(other.running()) << other.error_so_far();
    one.send(SIGKILL);
    other.send(SIGKILL);
    const int committed = committed_by(one.wait()) + committed_by(other.wait());
    expect_whole_workspace(committed);
}

}  // namespace
}  // namespace ranh::test
