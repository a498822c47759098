#include "services/app/command.hpp"
#include "services/app/terminal.hpp"
#include "services/app/usage.hpp"
#include "spatial/base/error.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <cstdio>
#include <exception>

namespace ranh::app {
namespace {

ExitCode run(int argc, char** argv) {
    CLI::App program(
        "ranh: chồng lấn giữa quy hoạch khoáng sản, đất đai, xây dựng và năng lượng\n"
        "      (overlaps between mineral, land-use, construction and energy plans)\n"
        "Kết quả là cảnh báo cho cán bộ, không phải kết luận. (Results warn an officer; they are no decision.)",
        "ranh");
    program.set_version_flag("--version", "ranh " RANH_VERSION);
    program.set_help_flag("-h,--help", "Trợ giúp / Help");
    program.require_subcommand(1);
    program.failure_message(usage_text);
    Job job;
    add_import_command(program, job);
    add_layers_command(program, job);
    add_overlaps_command(program, job);
    add_check_command(program, job);
    add_validate_command(program, job);
    add_export_command(program, job);
    add_serve_command(program, job);
    add_workspace_command(program, job);
    add_communes_command(program, job);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? ExitCode::done : ExitCode::wrong_usage;
    }
    return job();
}

}  // namespace
}  // namespace ranh::app

int main(int argc, char** argv) {
    using ranh::app::ExitCode;
    try {
        ranh::app::use_utf8();
        return static_cast<int>(ranh::app::run(argc, argv));
    } catch (const ranh::Failure& failure) {
        std::fprintf(stderr, "ranh: %s\n", failure.what());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "ranh: unexpected failure: %s\n", error.what());
    }
    return static_cast<int>(ExitCode::could_not);
}
