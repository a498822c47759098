#include "services/app/command.hpp"
#include "services/app/options.hpp"
#include "services/app/output_file.hpp"
#include "services/app/terminal.hpp"
#include "services/app/validation_profile.hpp"
#include "services/app/workspaces.hpp"
#include "services/present/issues.hpp"
#include "spatial/operations/rules/layer_check.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace ranh::app {
namespace {

using validation::Severity;
using validation::ValidationReport;

struct ValidateArguments {
    CommonOptions common;
    DateOptions dates;
    std::string layer;
    std::string profile_file;
    std::string commune;
    std::string output;
};

Result<bool> check_issues_file(const std::string& file) {
    const std::string ending = std::filesystem::path(file).extension().string();
    if (ending == ".csv" || ending == ".json") {
        return true;
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' has no ending issues can be written to; use .csv or .json", file),
                 {}};
}

void write_issues(const std::string& file, const ValidationReport& report, const present::CheckedLayer& checked) {
    if (file.ends_with(".csv")) {
        write_text_file(file, present::issues_csv(report, checked));
    } else {
        write_text_file(file,
                        codec::to_text(present::report_json(report, checked), codec::JsonLayout::indented) + "\n");
    }
}

void print_report(const ValidationReport& report, const present::CheckedLayer& checked) {
    print(fmt::format("{}: {} đối tượng / features, {} lỗi / errors, {} cảnh báo / warnings, {} thông tin / infos",
                      checked.layer.version().name(), report.features_checked, report.counts.of(Severity::error),
                      report.counts.of(Severity::warning), report.counts.of(Severity::info)));
    for (const validation::Rule& rule : validation::rule_table()) {
        if (const std::size_t count = report.counts.of(rule.code); count > 0) {
            print(fmt::format("  {} {}  {} / {}", padded_left(fmt::format("{}", count), 9), padded(rule.name, 24),
                              rule.title.vi, rule.title.en));
        }
    }
    for (const validation::UncheckedRule& rule : report.unchecked) {
        print(fmt::format("  {} {}  {}", padded_left("-", 9), padded(to_string(rule.code), 24),
                          "không kiểm tra / not checked: " + rule.reason));
    }
    constexpr std::size_t most_shown = 20;
    for (std::size_t i = 0; i < std::min(most_shown, report.issues.size()); ++i) {
        const validation::ValidationIssue& issue = report.issues[i];
        print(fmt::format("{}: {}", issue.feature_id.text(), sentence_vi(issue)));
        print(fmt::format("    {}", sentence_en(issue)));
    }
    if (report.issues.size() > most_shown) {
        print(fmt::format("… và {} dòng nữa, ghi ra tệp bằng -o / and {} more, write them to a file with -o",
                          report.issues.size() - most_shown, report.issues.size() - most_shown));
    }
}

ExitCode run(const ValidateArguments& arguments) {
    rules::LayerCheckOptions options;
    if (!arguments.profile_file.empty()) {
        options.profile = read_profile_file(arguments.profile_file).value();
    }
    options.day = arguments.dates.at();
    options.commune = arguments.commune;
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const auto layer = load_layer(*workspace, arguments.layer, arguments.dates);
    const ValidationReport report = rules::check_layer(*layer, options);
    const present::CheckedLayer checked{*layer, options.profile.name(), options.day};
    if (!arguments.output.empty()) {
        write_issues(arguments.output, report, checked);
    }
    if (arguments.common.json) {
        print(codec::to_text(present::report_json(report, checked), codec::JsonLayout::indented));
    } else {
        print_report(report, checked);
    }
    return report.counts.of(Severity::error) > 0 ? ExitCode::done_with_findings : ExitCode::done;
}

}  // namespace

void add_validate_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<ValidateArguments>();
    CLI::App* command = program.add_subcommand(
        "validate",
        "Kiểm tra hình và thuộc tính của một lớp theo bộ luật / Check geometry and attributes of a layer by rules");
    command->add_option("layer", arguments->layer, "Lớp, ví dụ / Layer, for example: parcels, parcels@2")
        ->required()
        ->check(checked_by([](const std::string& text) { return model::LayerSelector::parse(text); }, "ID[@N]"));
    command->add_option("--profile", arguments->profile_file,
                        "Tệp YAML bật tắt luật và đặt ngưỡng / YAML file that switches rules and sets limits");
    command->add_option("--commune", arguments->commune, "Chỉ xã có mã này / Only the commune of this code");
    command->add_option("-o,--output", arguments->output, "Ghi ra tệp .csv, .json / Write to a .csv or .json file")
        ->check(checked_by(check_issues_file, "FILE"));
    add_date_options(*command, arguments->dates);
    add_workspace_option(*command, arguments->common);
    add_json_option(*command, arguments->common);
    command->callback([arguments, &job] { job = [arguments] { return run(*arguments); }; });
}

}  // namespace ranh::app
