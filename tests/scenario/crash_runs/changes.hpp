#pragma once

#include "tests/support/program.hpp"
#include "tests/support/seeds.hpp"

#include <map>
#include <string>
#include <vector>

namespace ranh::test {

/// What a workspace holds, as the program says it: per version its content hash, state and status.
using WorkspaceState = std::map<std::string, std::string>;

/// One way to change a workspace, with the words of its command but for -w.
struct Change {
    std::string name;
    std::vector<std::string> words;
};

/// A folder with a workspace that has something for every change to do, and with the files the changes read:
/// parcels@1 (withdrawn), parcels@2, zones@1, zones@2 (held), and a backup from before.
class ChangedWorkspace {
public:
    ChangedWorkspace(const TemporaryFolder& folder, Random& random);

    [[nodiscard]] const std::string& file() const { return m_file; }
    [[nodiscard]] std::string path(std::string_view name) const { return m_folder.file(name); }
    /// import, upsert, delete, publish, rollback, withdraw, set, gc, restore.
    [[nodiscard]] std::vector<Change> changes() const;
    /// A copy of the workspace alone under another name, with which nobody works.
    void copy_to(const std::string& file) const;

private:
    void run(std::vector<std::string> words) const;

    const TemporaryFolder& m_folder;
    std::string m_file;
};

/// Failure internal with what the program said when it cannot be read.
[[nodiscard]] WorkspaceState state_of(const std::string& workspace);
/// `ranh workspace verify` finds nothing, and SQLite neither.
void expect_intact(const std::string& workspace);
/// The words of a change for a workspace.
[[nodiscard]] std::vector<std::string> command(const Change& change, const std::string& workspace);

}  // namespace ranh::test
