// Changes of a workspace that are killed, meet a full disk or each other, in seeded runs: nothing is lost, nothing is
// half published. RANH_FULL=1 makes 216 runs of it.
#include "tests/scenario/crash_runs/changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

namespace ranh::test {
namespace {

using Clock = std::chrono::steady_clock;
using testing::AnyOf;
using testing::HasSubstr;

/// Starts a command with files that may grow to `kib` KiB, as a shell's `ulimit -f` does; what the limit stops fails
/// and is not killed.
std::vector<std::string> with_file_limit(std::vector<std::string> words, int kib) {
    const std::string script = "trap '' XFSZ; ulimit -f " + std::to_string(2 * kib) + "; exec \"$@\"";
    words.insert(words.begin(), {"sh", "-c", script, "sh"});
    return words;
}

/// Runs the words in a file system in memory of `kib` KiB more than the workspace, copies what is there afterwards back
/// and ends as they did. As the user of a namespace, for which no rights are needed where the system allows it.
std::vector<std::string> on_small_disk(const std::string& workspace, std::vector<std::string> words, int kib) {
    const std::string script =
        "W=$1; K=$2; shift 2; D=$(dirname \"$W\")/disk; mkdir -p \"$D\"; S=$(($(stat -c %s \"$W\") / 1024 + K)); mount "
        "-t tmpfs -o size=${S}k none \"$D\" || exit 99; cp \"$W\" \"$D\"/ || exit 98; B=$(basename \"$W\"); \"$@\" -w "
        "\"$D/$B\"; C=$?; rm -rf \"$D\"/*.snapshot; cp \"$D/$B\"* \"$(dirname \"$W\")\"/; exit $C";
    words.insert(words.begin(), {"unshare", "-rm", "sh", "-c", script, "sh", workspace, std::to_string(kib)});
    return words;
}

bool can_mount() {
    static const bool can = run_program({"unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"}).exit_code == 0;
    return can;
}

class CrashRuns : public testing::Test {
protected:
    /// What the change makes of the workspace when nothing goes wrong, and how long it takes.
    void run_undisturbed(const Change& change) {
        const std::string twin = m_workspace.path("twin.gpkg");
        remove_all(twin);
        m_workspace.copy_to(twin);
        const auto began = Clock::now();
        const ProgramEnd end = run_program(command(change, twin));
        m_whole = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
        ASSERT_EQ(end.exit_code, 0) << end.text();
        m_after = state_of(twin);
        m_before = state_of(m_workspace.file());
        ASSERT_NE(m_before, m_after) << "the change changes something";
    }

    static void remove_all(const std::string& workspace) {
        for (const char* ending : {"", "-wal", "-shm", "-journal", ".part"}) {
            std::filesystem::remove(workspace + ending);
        }
        std::filesystem::remove_all(workspace + ".snapshot");
    }

    void expect_old_or_new() {
        const WorkspaceState found = state_of(m_workspace.file());
        EXPECT_THAT(found, AnyOf(m_before, m_after));
        expect_intact(m_workspace.file());
    }

    /// Ends with the change, or says why not and what to do and leaves all as it was.
    void expect_done_or_told(const ProgramEnd& end, const std::string& sentence) {
        const WorkspaceState found = state_of(m_workspace.file());
        if (end.exit_code == 0) {
            EXPECT_EQ(found, m_after);
        } else {
            EXPECT_EQ(end.exit_code, 3) << end.text();
            EXPECT_EQ(found, m_before) << end.text();
            EXPECT_THAT(end.error, HasSubstr(sentence));
        }
        expect_intact(m_workspace.file());
    }

    Random m_random;
    TemporaryFolder m_folder;
    ChangedWorkspace m_workspace{m_folder, m_random};
    std::chrono::microseconds m_whole{};
    WorkspaceState m_before;
    WorkspaceState m_after;
};

/// What became of the killed ones, so that a run whose kills all came too late or too early does not pass for a proof.
struct KillTally {
    std::size_t ended_before = 0;
    std::size_t left_old = 0;
    std::size_t left_new = 0;
    std::size_t left_log = 0;  ///< a write-ahead log or a journal with something in it; also counted as old or new
};

class KilledChange : public CrashRuns, public testing::WithParamInterface<std::size_t> {
protected:
    static void TearDownTestSuite() {
        constexpr std::size_t many = 5;  // one kill of a change may come too late
        std::size_t killed_of_all = 0;
        for (const auto& [change, tally] : tallies()) {
            std::printf(
                "%-9s ended before %zu, killed with the old state %zu, with the new state %zu; left a log %zu\n",
                change.c_str(), tally.ended_before, tally.left_old, tally.left_new, tally.left_log);
            const std::size_t killed = tally.left_old + tally.left_new;
            killed_of_all += killed;
            EXPECT_TRUE(killed > 0 || tally.ended_before < many) << change << " was never killed";
        }
        EXPECT_GT(killed_of_all, 0U);
    }

    static std::map<std::string, KillTally>& tallies() {
        static std::map<std::string, KillTally> by_change;
        return by_change;
    }

    /// At a random moment of its life; every second time while it writes.
    void kill(ChildProcess& program, std::size_t run) {
        if (run % 2 == 0) {
            std::this_thread::sleep_for(m_whole * m_random.real(0.0, 1.0));
        } else {
            while (program.running() && !has_log()) {
            }
            std::this_thread::sleep_for(std::chrono::microseconds(m_random.integer(0, 4000)));
        }
        program.send(SIGKILL);
    }

    [[nodiscard]] bool has_log() const {
        std::error_code none;
        const auto has_bytes = [&](const char* ending) {
            const auto bytes = std::filesystem::file_size(m_workspace.file() + ending, none);
            return !none && bytes > 0;
        };
        return has_bytes("-wal") || has_bytes("-journal");
    }
};

TEST_P(KilledChange, LeavesTheOldOrTheNewStateAndTheNextOneGoesOn) {
    SCOPED_TRACE(seed_note());
    const std::size_t run = GetParam();
    m_random = Random(seed() + run);
    const Change change = m_workspace.changes().at(run % m_workspace.changes().size());
    SCOPED_TRACE(change.name);
    run_undisturbed(change);
    ChildProcess program(command(change, m_workspace.file()));
    kill(program, run);
    const bool was_killed = program.wait().signal == SIGKILL;
    const bool left_log = has_log();
    expect_old_or_new();
    const bool is_old = state_of(m_workspace.file()) == m_before;
    KillTally& tally = tallies()[change.name];
    tally.left_log += left_log ? 1 : 0;
    ++(!was_killed ? tally.ended_before : is_old ? tally.left_old : tally.left_new);
    if (is_old) {
        const ProgramEnd again = run_program(command(change, m_workspace.file()));
        EXPECT_EQ(again.exit_code, 0) << "nothing of the dead one stands in the way: " << again.text();
        EXPECT_EQ(state_of(m_workspace.file()), m_after);
    }
    EXPECT_FALSE(std::filesystem::exists(m_workspace.file() + "-wal")) << "the log of the killed one is taken in";
}

INSTANTIATE_TEST_SUITE_P(Runs, KilledChange, testing::Range(std::size_t{0}, rounds(5, 126)));

class FullDisk : public CrashRuns, public testing::WithParamInterface<std::size_t> {};

TEST_P(FullDisk, LeavesTheOldOrTheNewStateAndSaysWhatToDo) {
    SCOPED_TRACE(seed_note());
    const std::size_t run = GetParam();
    m_random = Random(seed() + 1000 + run);
    const Change change = m_workspace.changes().at(run % m_workspace.changes().size());
    SCOPED_TRACE(change.name);
    run_undisturbed(change);
    const auto size_kib = static_cast<int>(std::filesystem::file_size(m_workspace.file()) / 1024);
    if (run % 2 == 0 && can_mount()) {
        std::vector<std::string> words = command(change, {});
        words.resize(words.size() - 2);  // the script names the workspace
        const ProgramEnd end = run_program(on_small_disk(m_workspace.file(), words, m_random.integer(0, size_kib)));
        ASSERT_THAT(end.exit_code, AnyOf(0, 3)) << end.text();
        expect_done_or_told(end, "the disk is full");
    } else {
        const ProgramEnd end = run_program(
            with_file_limit(command(change, m_workspace.file()), m_random.integer(1, size_kib + size_kib / 4)));
        expect_done_or_told(end, "the disk is full");
    }
    if (state_of(m_workspace.file()) == m_before) {
        const ProgramEnd again = run_program(command(change, m_workspace.file()));
        EXPECT_EQ(again.exit_code, 0) << "with room again: " << again.text();
        EXPECT_EQ(state_of(m_workspace.file()), m_after);
    }
}

INSTANTIATE_TEST_SUITE_P(Runs, FullDisk, testing::Range(std::size_t{0}, rounds(4, 54)));

class TwoWriters : public CrashRuns, public testing::WithParamInterface<std::size_t> {};

TEST_P(TwoWriters, BothChangeTheWorkspaceOrAreToldWhyNot) {
    SCOPED_TRACE(seed_note());
    const std::size_t run = GetParam();
    m_random = Random(seed() + 2000 + run);
    const Change change = m_workspace.changes().at(run % m_workspace.changes().size());
    SCOPED_TRACE(change.name);
    run_undisturbed(change);
    const Change other{
        "import",
        {"import", m_workspace.path("some.csv"), "--layer", "others", "--kind", "project", "--crs", "EPSG:5899"}};
    ChildProcess first(command(change, m_workspace.file()));
    std::this_thread::sleep_for(m_whole * m_random.real(0.0, 0.8));
    ChildProcess second(command(other, m_workspace.file()));
    const ProgramEnd first_end = first.wait();
    const ProgramEnd second_end = second.wait();
    EXPECT_EQ(first_end.exit_code, 0) << first_end.text();
    EXPECT_EQ(second_end.exit_code, 0) << second_end.text();
    WorkspaceState found = state_of(m_workspace.file());
    const std::size_t others = found.erase("others@1");
    EXPECT_EQ(found, m_after);
    // A restore brings the state of the backup: what was committed before it is gone, what comes after it is there.
    EXPECT_TRUE(others == 1 || change.name == "restore");
    expect_intact(m_workspace.file());
}

INSTANTIATE_TEST_SUITE_P(Runs, TwoWriters, testing::Range(std::size_t{0}, rounds(3, 36)));

}  // namespace
}  // namespace ranh::test
