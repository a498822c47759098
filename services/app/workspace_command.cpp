#include "services/app/command.hpp"
#include "services/app/options.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "spatial/codec/json.hpp"
#include "spatial/store/gpkg/backup.hpp"
#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/upkeep.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace ranh::app {
namespace {

namespace fs = std::filesystem;

struct WorkspaceArguments {
    CommonOptions common;
    std::string file;
    bool replace = false;
};

void print_json(const codec::Json& json) { print(codec::to_text(json, codec::JsonLayout::indented)); }

/// A backup is a GeoPackage workspace whatever it was made from, so that it can be looked into, restored into either
/// store, and needs no server. pg_dump is for those who keep the whole database.
void back_up_database(const WorkspaceArguments& arguments) {
    const auto from = open_workspace(arguments.common, store::Access::read_only);
    const std::string unfinished = arguments.file + ".part";
    std::error_code error;
    fs::remove(unfinished, error);
    try {
        {
            const auto to = gpkg::open_workspace(unfinished, store::Access::read_write, from->working_plane_centre());
            static_cast<void>(store::copy_workspace(*from, *to));
        }
        gpkg::back_up(unfinished, arguments.file);
        fs::remove(unfinished, error);
    } catch (...) {
        fs::remove(unfinished, error);
        throw;
    }
}

ExitCode back_up(const WorkspaceArguments& arguments) {
    if (is_database(arguments.file)) {
        throw Failure(ErrorKind::invalid_argument,
                      "a backup is a file; bring the workspace into a database with `ranh workspace copy --to`");
    }
    if (is_database(arguments.common.workspace)) {
        back_up_database(arguments);
    } else {
        gpkg::back_up(arguments.common.workspace, arguments.file);
    }
    const std::string workspace = shown(arguments.common.workspace);
    if (arguments.common.json) {
        codec::Json json;
        json.add("workspace", workspace).add("backup", arguments.file);
        json.add("bytes", static_cast<std::int64_t>(fs::file_size(arguments.file)));
        print_json(json);
    } else {
        print(fmt::format("{} -> {}: {} byte", workspace, arguments.file, fs::file_size(arguments.file)));
    }
    return ExitCode::done;
}

/// Nothing that is there is ever replaced in a database: others may be reading it.
void require_no_workspace(const WorkspaceArguments& arguments) {
    if (open_workspace_if_there(arguments.common)) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("there is a workspace {} already; name another with ?schema=, or put it aside with "
                                  "`ALTER SCHEMA … RENAME TO …`; --replace is for files",
                                  shown(arguments.common.workspace)));
    }
}

/// The file that is there, if any, may be replaced.
void require_replaceable(const WorkspaceArguments& arguments) {
    const std::string& target = arguments.common.workspace;
    if (fs::exists(target) && !arguments.replace) {
        throw Failure(
            ErrorKind::conflict,
            fmt::format("there is a workspace {} already; name another with -w, or replace it with --replace", target));
    }
}

ExitCode restore(const WorkspaceArguments& arguments) {
    const bool into_database = is_database(arguments.common.workspace);
    if (into_database) {
        require_no_workspace(arguments);
    } else {
        require_replaceable(arguments);
    }
    const auto backup = gpkg::open_workspace(arguments.file, store::Access::read_only);
    const std::vector<store::Checked> checked = store::verify_workspace(*backup);
    const auto faulty =
        std::find_if(checked.begin(), checked.end(), [](const store::Checked& one) { return !one.fault.empty(); });
    if (faulty != checked.end()) {
        throw Failure(
            ErrorKind::corrupt_input,
            fmt::format("the backup is damaged and nothing was restored; {}: {}", faulty->object, faulty->fault),
            arguments.file);
    }
    if (!into_database) {
        gpkg::restore(arguments.file, arguments.common.workspace);
    }
    const auto workspace = open_workspace_at(arguments.common.workspace, arguments.common, store::Access::read_write,
                                             backup->working_plane_centre());
    if (into_database) {
        static_cast<void>(store::copy_workspace(*backup, *workspace));
    }
    publisher_of(*workspace).bring_up_to_date();
    const std::size_t versions = workspace->versions().size();
    const std::string target = shown(arguments.common.workspace);
    if (arguments.common.json) {
        codec::Json json;
        json.add("workspace", target).add("backup", arguments.file).add("versions", versions);
        print_json(json);
    } else {
        print(fmt::format("{} -> {}: {} phiên bản / versions", arguments.file, target, versions));
    }
    return ExitCode::done;
}

ExitCode verify(const WorkspaceArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const std::vector<store::Checked> checked = store::verify_workspace(*workspace);
    codec::Json rows(codec::JsonArray{});
    bool all_well = true;
    for (const store::Checked& one : checked) {
        all_well = all_well && one.fault.empty();
        if (arguments.common.json) {
            codec::Json row;
            row.add("object", one.object).add("features", one.features).add("ok", one.fault.empty());
            row.add("fault", one.fault);
            rows.push(std::move(row));
        } else {
            print(fmt::format("{} {}: {}", one.fault.empty() ? "  " : "! ", one.object,
                              one.fault.empty() ? "nguyên vẹn / intact" : one.fault));
        }
    }
    if (arguments.common.json) {
        print_json(rows);
    }
    return all_well ? ExitCode::done : ExitCode::done_with_findings;
}

ExitCode copy(const WorkspaceArguments& arguments) {
    const auto from = open_workspace(arguments.common, store::Access::read_only);
    const auto to =
        open_workspace_at(arguments.file, arguments.common, store::Access::read_write, from->working_plane_centre());
    const std::vector<store::CopiedVersion> copied = store::copy_workspace(*from, *to);
    publisher_of(*to).bring_up_to_date();
    codec::Json rows(codec::JsonArray{});
    for (const store::CopiedVersion& one : copied) {
        const std::string hash = one.version.content_hash.hex();
        if (arguments.common.json) {
            codec::Json row;
            row.add("layer", one.version.layer.text()).add("version", one.version.number.value());
            row.add("features", one.version.feature_count).add("content_hash", hash).add("was_there", one.was_there);
            rows.push(std::move(row));
        } else {
            print(padded(one.version.name(), 34) + padded_left(std::to_string(one.version.feature_count), 14) + "  " +
                  hash.substr(0, 16) + (one.was_there ? "  đã có / was there" : ""));
        }
    }
    if (arguments.common.json) {
        print_json(rows);
    }
    return ExitCode::done;
}

}  // namespace

void add_workspace_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<WorkspaceArguments>();
    CLI::App* workspace = program.add_subcommand(
        "workspace", "Sao lưu, phục hồi, kiểm tra, sao chép / Back up, restore, verify, copy the workspace");
    workspace->require_subcommand(1);
    const auto add_word = [&](const char* word, const char* help, ExitCode (*run)(const WorkspaceArguments&)) {
        CLI::App* command = workspace->add_subcommand(word, help);
        add_workspace_option(*command, arguments->common);
        add_json_option(*command, arguments->common);
        command->callback([arguments, &job, run] { job = [arguments, run] { return run(*arguments); }; });
        return command;
    };
    add_word("backup", "Bản sao nguyên vẹn, cả khi đang dùng / A whole copy, also while it is in use", back_up)
        ->add_option("file", arguments->file, "Tệp sao lưu / File of the backup")
        ->required();
    CLI::App* restoring =
        add_word("restore", "Phục hồi từ bản sao lưu / Bring a backup back as the workspace", restore);
    restoring->add_option("file", arguments->file, "Tệp sao lưu / File of the backup")->required();
    restoring->add_flag("--replace", arguments->replace, "Thay tệp đang có / Replace the workspace that is there");
    add_word("verify", "Kiểm tra từng byte / Check every byte", verify);
    add_word("copy", "Chép mọi phiên bản sang nơi khác / Bring every version into another workspace", copy)
        ->add_option("--to", arguments->file, "Không gian làm việc đích / Workspace to copy to")
        ->required();
}

}  // namespace ranh::app
