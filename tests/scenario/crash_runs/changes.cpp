#include "tests/scenario/crash_runs/changes.hpp"

#include "spatial/base/error.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace ranh::test {
namespace {

/// A table of squares of 10 m, numbered from `first`, with a random name each.
std::string squares_table(int first, int count, Random& random) {
    std::string text = "id,name,wkt\n";
    for (int i = first; i < first + count; ++i) {
        const int x = 500'000 + 20 * (i % 100);
        const int y = 1'300'000 + 20 * (i / 100);
        const auto corner = [&](int dx, int dy) { return std::to_string(x + dx) + " " + std::to_string(y + dy); };
        text += "P" + std::to_string(i) + ",n" + std::to_string(random.integer(0, 9)) + ",\"POLYGON((" + corner(0, 0) +
                "," + corner(10, 0) + "," + corner(10, 10) + "," + corner(0, 10) + "," + corner(0, 0) + "))\"\n";
    }
    return text;
}

}  // namespace

ChangedWorkspace::ChangedWorkspace(const TemporaryFolder& folder, Random& random)
    : m_folder(folder), m_file(folder.file("w.gpkg")) {
    constexpr int many = 400;
    write_file(path("first.csv"), squares_table(0, many, random));
    write_file(path("second.csv"), squares_table(50, many, random));
    write_file(path("third.csv"), squares_table(100, many, random));
    write_file(path("some.csv"), squares_table(many, 100, random));
    write_file(path("gone.csv"), "id\nP60\nP61\nP62\n");
    const std::vector<std::string> kind = {"--kind", "parcel", "--crs", "EPSG:5899"};
    const auto import = [&](const char* file, const char* layer, bool hold) {
        std::vector<std::string> words = {"import", path(file), "--layer", layer};
        words.insert(words.end(), kind.begin(), kind.end());
        if (hold) {
            words.emplace_back("--hold");
        }
        run(words);
    };
    import("first.csv", "parcels", false);
    run({"workspace", "backup", path("backup.gpkg")});
    import("second.csv", "parcels", false);
    run({"layers", "withdraw", "parcels@1"});
    import("first.csv", "zones", false);
    import("third.csv", "zones", true);
}

void ChangedWorkspace::run(std::vector<std::string> words) const {
    words.insert(words.end(), {"-w", m_file});
    const ProgramEnd end = run_ranh(words);
    if (end.exit_code != 0) {
        throw Failure(ErrorKind::internal, "a step of the preparation failed: " + end.text());
    }
}

std::vector<Change> ChangedWorkspace::changes() const {
    return {
        {"import", {"import", path("third.csv"), "--layer", "parcels", "--kind", "parcel", "--crs", "EPSG:5899"}},
        {"upsert", {"import", path("some.csv"), "--layer", "parcels", "--mode", "upsert", "--crs", "EPSG:5899"}},
        {"delete", {"import", path("gone.csv"), "--layer", "parcels", "--mode", "delete"}},
        {"publish", {"layers", "publish", "zones@2"}},
        {"rollback", {"layers", "rollback", "parcels@1"}},
        {"withdraw", {"layers", "withdraw", "zones@1"}},
        {"set", {"layers", "set", "parcels@2", "--status", "in_force", "--valid-from", "2026-01-01"}},
        {"gc", {"layers", "gc", "--withdrawn"}},
        {"restore", {"workspace", "restore", path("backup.gpkg"), "--replace"}},
    };
}

void ChangedWorkspace::copy_to(const std::string& file) const {
    const ProgramEnd end = run_ranh({"workspace", "backup", file, "-w", m_file});
    if (end.exit_code != 0) {
        throw Failure(ErrorKind::internal, "the workspace cannot be copied: " + end.text());
    }
}

WorkspaceState state_of(const std::string& workspace) {
    const ProgramEnd end = run_ranh({"layers", "--all", "--json", "-w", workspace});
    if (end.exit_code != 0) {
        throw Failure(ErrorKind::internal, "the workspace cannot be read: " + end.text());
    }
    WorkspaceState state;
    const codec::Json rows = json_of(end.output);
    for (const codec::Json& row : *rows.array()) {
        const std::string name =
            text_of(row, "layer") + "@" + std::to_string(static_cast<int>(number_of(row, "version")));
        const codec::Json shown = json_of(run_ranh({"layers", "show", name, "-w", workspace}).output);
        state[name] = text_of(shown, "content_hash") + " " + text_of(row, "status") +
                      (member(row, "held").boolean().value_or(false) ? " held" : "") +
                      (member(row, "withdrawn").boolean().value_or(false) ? " withdrawn" : "");
    }
    return state;
}

void expect_intact(const std::string& workspace) {
    const ProgramEnd verified = run_ranh({"workspace", "verify", "-w", workspace});
    EXPECT_EQ(verified.exit_code, 0) << verified.text();
    const ProgramEnd integrity = run_program({"sqlite3", workspace, "PRAGMA integrity_check"});
    EXPECT_EQ(integrity.output, "ok\n") << integrity.text();
}

std::vector<std::string> command(const Change& change, const std::string& workspace) {
    std::vector<std::string> words = {ranh_program().string()};
    words.insert(words.end(), change.words.begin(), change.words.end());
    words.insert(words.end(), {"-w", workspace});
    return words;
}

}  // namespace ranh::test
