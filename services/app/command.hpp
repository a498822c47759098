#pragma once

#include <CLI/App.hpp>

#include <functional>
#include <string>
#include <vector>

namespace ranh::app {

/// Exit codes of the program (README, "Exit codes").
enum class ExitCode : int {
    done = 0,
    done_with_findings = 1,  ///< done, and there is something to see: rejected records, validation errors
    wrong_usage = 2,
    could_not = 3,  ///< reason on standard error; also a coordinate system left undecided
};

/// What the chosen command will do; set while the command line is read, called once afterwards.
using Job = std::function<ExitCode()>;

/// One pair of files per command; each adds its subcommand and options and sets `job` when it was chosen.
void add_import_command(CLI::App& program, Job& job);
void add_layers_command(CLI::App& program, Job& job);
void add_overlaps_command(CLI::App& program, Job& job);
void add_check_command(CLI::App& program, Job& job);
void add_validate_command(CLI::App& program, Job& job);
void add_export_command(CLI::App& program, Job& job);
void add_serve_command(CLI::App& program, Job& job);
void add_workspace_command(CLI::App& program, Job& job);
void add_communes_command(CLI::App& program, Job& job);

}  // namespace ranh::app
