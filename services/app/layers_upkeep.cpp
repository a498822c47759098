#include "services/app/layers_upkeep.hpp"

#include "services/app/layer_diff.hpp"
#include "services/app/options.hpp"
#include "services/app/stale.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "services/present/json.hpp"
#include "spatial/store/upkeep.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace ranh::app {
namespace {

namespace fs = std::filesystem;

struct UpkeepArguments {
    CommonOptions common;
    std::string selector;
    std::string other;
    std::string by;
    bool withdrawn = false;
};

model::LayerVersion version_named(const store::Workspace& workspace, const std::string& text) {
    const auto selector = model::LayerSelector::parse(text).value();
    if (!selector.version) {
        throw Failure(ErrorKind::invalid_argument, fmt::format("'{}' names no version; write {}@N", text, text));
    }
    return model::choose_version(workspace.versions(), selector, Date::today(), Timestamp::now()).value();
}

ExitCode diff(const UpkeepArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const auto before = version_named(*workspace, arguments.selector);
    const auto after = version_named(*workspace, arguments.other);
    if (before.layer != after.layer) {
        throw Failure(ErrorKind::invalid_argument,
                      fmt::format("{} and {} are versions of two layers, whose ids mean different things; compare two "
                                  "versions of one layer, or two layers with `ranh overlaps`",
                                  before.name(), after.name()));
    }
    const LayerDiff found = diff_versions(*workspace, before, after);
    if (arguments.common.json) {
        print(codec::to_text(diff_json(found), codec::JsonLayout::indented));
    } else {
        print_diff(found);
    }
    return ExitCode::done;
}

ExitCode roll_back(const UpkeepArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_write);
    const auto old = version_named(*workspace, arguments.selector);
    model::Provenance provenance = old.description.provenance;
    provenance.imported_at = Timestamp::now();
    provenance.imported_by = arguments.by;
    provenance.notes.insert(provenance.notes.begin(), fmt::format("the content of {}, brought back", old.name()));
    const auto writer = workspace->change_version(old.layer, old.number, old.description, store::Publication::publish);
    const model::LayerVersion version = writer->commit(provenance);
    publisher_of(*workspace).bring_up_to_date();
    if (arguments.common.json) {
        codec::Json row = present::layer_json(version, is_stale(version, workspace->versions()));
        row.add("done", "rolled back");
        row.add("content_of", old.name());
        codec::Json rows(codec::JsonArray{});
        rows.push(std::move(row));
        print(codec::to_text(rows, codec::JsonLayout::indented));
    } else {
        print(fmt::format("{}: nội dung của / content of {}, đã công bố / published", version.name(), old.name()));
    }
    return ExitCode::done;
}

std::int64_t bytes_in(const fs::path& folder) {
    std::int64_t bytes = 0;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        bytes += entry.is_regular_file(error) ? static_cast<std::int64_t>(entry.file_size(error)) : 0;
    }
    return bytes;
}

ExitCode collect_garbage(const UpkeepArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_write);
    const auto forgotten =
        arguments.withdrawn ? store::forgettable_versions(workspace->versions()) : std::vector<model::LayerVersion>();
    const std::int64_t packed_before = bytes_in(workspace->snapshot_folder());
    const store::Freed freed = workspace->collect_garbage(forgotten);
    publisher_of(*workspace).bring_up_to_date();
    const std::int64_t packed_bytes = std::max<std::int64_t>(0, packed_before - bytes_in(workspace->snapshot_folder()));
    codec::Json names(codec::JsonArray{});
    for (const model::LayerVersion& version : forgotten) {
        names.push(version.name());
        if (!arguments.common.json) {
            print(fmt::format("{}: đã bỏ / forgotten", version.name()));
        }
    }
    if (arguments.common.json) {
        codec::Json json;
        json.add("versions", std::move(names))
            .add("history_rows", freed.history_rows)
            .add("staging_tables", freed.staging_tables)
            .add("bytes", freed.bytes)
            .add("packed_bytes", packed_bytes);
        print(codec::to_text(json, codec::JsonLayout::indented));
    } else {
        print(
            fmt::format("dòng lịch sử / history rows {}, bảng tạm / staging tables {}; giải phóng / freed {} byte, "
                        "tệp đóng gói / packed files {} byte",
                        freed.history_rows, freed.staging_tables, freed.bytes, packed_bytes));
    }
    return ExitCode::done;
}

}  // namespace

void add_layer_upkeep(CLI::App& layers, Job& job) {
    auto arguments = std::make_shared<UpkeepArguments>();
    const auto selector =
        checked_by([](const std::string& text) { return model::LayerSelector::parse(text); }, "LAYER@N");
    const auto add_word = [&](const char* word, const char* help, ExitCode (*run)(const UpkeepArguments&)) {
        CLI::App* command = layers.add_subcommand(word, help);
        add_workspace_option(*command, arguments->common);
        add_json_option(*command, arguments->common);
        command->callback([arguments, &job, run] { job = [arguments, run] { return run(*arguments); }; });
        return command;
    };
    CLI::App* compare = add_word("diff", "Khác nhau giữa hai phiên bản / What differs between two versions", diff);
    compare->add_option("before", arguments->selector, "LAYER@N")->required()->check(selector);
    compare->add_option("after", arguments->other, "LAYER@N")->required()->check(selector);
    CLI::App* rollback =
        add_word("rollback", "Công bố lại nội dung cũ / Publish the content of a version again", roll_back);
    rollback->add_option("layer", arguments->selector, "LAYER@N")->required()->check(selector);
    add_by_option(*rollback, arguments->by);
    add_word("gc", "Bỏ dữ liệu không ai dùng / Drop rows and files that nothing names", collect_garbage)
        ->add_flag("--withdrawn", arguments->withdrawn,
                   "Bỏ cả phiên bản đã rút mà không ai dùng / Forget withdrawn versions that nothing names, too");
}

}  // namespace ranh::app
