#include "services/app/command.hpp"
#include "services/app/layers_upkeep.hpp"
#include "services/app/options.hpp"
#include "services/app/stale.hpp"
#include "services/app/successor.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "services/present/json.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

namespace ranh::app {
namespace {

struct LayersArguments {
    CommonOptions common;
    bool all = false;
    std::string selector;
    std::string status;
    std::string superseded_by;
    std::string by;
    std::string valid_from;
    std::string valid_to;
};

using Arguments = std::shared_ptr<LayersArguments>;

/// Newest published version of each layer, or, before any is published, the newest held one.
std::vector<model::LayerVersion> newest(const std::vector<model::LayerVersion>& versions) {
    std::map<LayerId, model::LayerVersion> chosen;
    for (const model::LayerVersion& version : versions) {
        const auto found = chosen.find(version.layer);
        const auto usable = [](const model::LayerVersion& v) { return !v.held && !v.withdrawn; };
        if (found == chosen.end() || usable(version) || !usable(found->second)) {
            chosen.insert_or_assign(version.layer, version);
        }
    }
    std::vector<model::LayerVersion> rows;
    rows.reserve(chosen.size());
    for (auto& [id, version] : chosen) {
        rows.push_back(std::move(version));
    }
    return rows;
}

std::string validity_text(const model::LayerVersion& version) {
    const DateRange& validity = version.description.validity;
    const auto day = [](const std::optional<Date>& date) { return date ? date->to_string() : std::string("…"); };
    return validity.from() || validity.last() ? day(validity.from()) + " – " + day(validity.last()) : std::string();
}

ExitCode list(const LayersArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const std::vector<model::LayerVersion> versions = workspace->versions();
    const std::vector<model::LayerVersion> rows = arguments.all ? versions : newest(versions);
    if (arguments.common.json) {
        codec::Json array(codec::JsonArray{});
        for (const model::LayerVersion& version : rows) {
            array.push(present::layer_json(version, is_stale(version, versions)));
        }
        print(codec::to_text(array, codec::JsonLayout::indented));
        return ExitCode::done;
    }
    print(padded("lớp / layer", 34) + " " + padded("loại / kind", 16) + padded_left("số / features", 14) + "  " +
          padded("hiệu lực / status", 36) + "  tên / title");
    for (const model::LayerVersion& version : rows) {
        std::string state = model::status_label(version.description.status).vi;
        state += version.held ? ", chưa công bố" : "";
        state += version.withdrawn ? ", đã rút" : "";
        state += is_stale(version, versions) ? ", dữ liệu vào đã đổi" : "";
        print(padded(version.name(), 34) + " " + padded(model::to_string(version.description.kind), 16) +
              padded_left(std::to_string(version.feature_count), 14) + "  " + padded(state, 36) + "  " +
              version.description.title + " " + validity_text(version));
    }
    return ExitCode::done;
}

/// The version named, which must carry "@N".
model::LayerVersion named_version(const store::Workspace& workspace, const std::string& text) {
    const auto selector = model::LayerSelector::parse(text).value();
    if (!selector.version) {
        throw Failure(ErrorKind::invalid_argument, fmt::format("'{}' names no version; write {}@N", text, text));
    }
    return model::choose_version(workspace.versions(), selector, Date::today(), Timestamp::now()).value();
}

ExitCode show_quarantine(const LayersArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const auto selector = model::LayerSelector::parse(arguments.selector).value();
    const auto version =
        model::choose_version(workspace->versions(), selector, Date::today(), Timestamp::now()).value();
    const auto records = workspace->quarantine(version.layer, version.number);
    codec::Json array(codec::JsonArray{});
    for (const model::QuarantineRecord& record : records) {
        if (arguments.common.json) {
            codec::Json row;
            row.add("place", record.place).add("reason", record.reason).add("original", record.original);
            array.push(std::move(row));
        } else {
            print(fmt::format("{}: {}\n    {}", record.place, record.reason, record.original));
        }
    }
    if (arguments.common.json) {
        print(codec::to_text(array, codec::JsonLayout::indented));
    } else if (records.empty()) {
        print(fmt::format("{}: không có bản ghi cách ly / nothing in quarantine", version.name()));
    }
    return ExitCode::done;
}

ExitCode show(const LayersArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const auto selector = model::LayerSelector::parse(arguments.selector).value();
    const auto version =
        model::choose_version(workspace->versions(), selector, Date::today(), Timestamp::now()).value();
    print(codec::to_text(present::version_json(version), codec::JsonLayout::indented));
    return ExitCode::done;
}

/// What was done to a version: its row as `ranh layers --json` lists it with "done", or one line for people.
void tell(const store::Workspace& workspace, const model::LayerVersion& changed, const LayersArguments& arguments,
          std::string_view done, std::string_view line) {
    if (!arguments.common.json) {
        print(fmt::format("{}: {}", changed.name(), line));
        return;
    }
    const std::vector<model::LayerVersion> versions = workspace.versions();
    codec::Json array(codec::JsonArray{});
    for (const model::LayerVersion& version : versions) {
        if (version.layer == changed.layer && version.number == changed.number) {
            codec::Json row = present::layer_json(version, is_stale(version, versions));
            row.add("done", std::string(done));
            array.push(std::move(row));
        }
    }
    print(codec::to_text(array, codec::JsonLayout::indented));
}

ExitCode publish(const LayersArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_write);
    const auto version = named_version(*workspace, arguments.selector);
    workspace->publish(version.layer, version.number, arguments.by);
    publisher_of(*workspace).bring_up_to_date();
    tell(*workspace, version, arguments, "published", "đã công bố / published");
    return ExitCode::done;
}

ExitCode withdraw(const LayersArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_write);
    const auto version = named_version(*workspace, arguments.selector);
    workspace->withdraw(version.layer, version.number, arguments.by);
    publisher_of(*workspace).bring_up_to_date();
    tell(*workspace, version, arguments, "withdrawn", "đã rút / withdrawn");
    return ExitCode::done;
}

ExitCode set_legal_data(const LayersArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_write);
    const auto version = named_version(*workspace, arguments.selector);
    const auto day = [](const std::string& text, const std::optional<Date>& old) {
        return text.empty() ? old : std::optional<Date>(Date::parse(text).value());
    };
    const DateRange& old = version.description.validity;
    const auto validity =
        DateRange::from_inclusive(day(arguments.valid_from, old.from()), day(arguments.valid_to, old.last())).value();
    const auto status =
        arguments.status.empty() ? version.description.status : model::parse_legal_status(arguments.status).value();
    check_successor(workspace->versions(), version.layer, arguments.superseded_by);
    workspace->set_legal_data(
        version.layer, version.number, status, validity,
        arguments.superseded_by.empty() ? version.description.superseded_by : arguments.superseded_by, arguments.by);
    publisher_of(*workspace).bring_up_to_date();
    tell(*workspace, version, arguments, "set", model::status_label(status).vi);
    return ExitCode::done;
}

CLI::App* add_word(CLI::App& layers, const Arguments& arguments, Job& job, const char* word, const char* help,
                   ExitCode (*run)(const LayersArguments&)) {
    CLI::App* command = layers.add_subcommand(word, help);
    command->add_option("layer", arguments->selector, "LAYER@N")
        ->required()
        ->check(checked_by([](const std::string& text) { return model::LayerSelector::parse(text); }, "LAYER@N"));
    add_workspace_option(*command, arguments->common);
    add_json_option(*command, arguments->common);
    command->callback([arguments, &job, run] { job = [arguments, run] { return run(*arguments); }; });
    return command;
}

}  // namespace

void add_layers_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<LayersArguments>();
    CLI::App* layers = program.add_subcommand("layers", "Liệt kê và quản lý lớp / List and manage layers");
    add_workspace_option(*layers, arguments->common);
    add_json_option(*layers, arguments->common);
    layers->add_flag("--all", arguments->all, "Mọi phiên bản / Every version");
    layers->require_subcommand(0, 1);
    layers->callback([arguments, &job] {
        if (!job) {
            job = [arguments] { return list(*arguments); };
        }
    });
    add_word(*layers, arguments, job, "show", "Mọi thông tin của một phiên bản / All about one version", show);
    const auto add_change = [&](const char* word, const char* help, ExitCode (*run)(const LayersArguments&)) {
        CLI::App* command = add_word(*layers, arguments, job, word, help, run);
        add_by_option(*command, arguments->by);
        return command;
    };
    add_change("publish", "Công bố phiên bản đang giữ / Publish a held version", publish);
    add_change("withdraw", "Rút một phiên bản / Take a version out of use", withdraw);
    add_word(*layers, arguments, job, "quarantine", "Bản ghi bị cách ly / Records that were not kept", show_quarantine);
    add_layer_upkeep(*layers, job);
    CLI::App* set = add_change("set", "Đặt hiệu lực và ngày / Set legal status and dates", set_legal_data);
    set->add_option("--status", arguments->status, "draft, in_force, expired, superseded, unknown")
        ->check(checked_by([](const std::string& text) { return model::parse_legal_status(text); }, "STATUS"));
    set->add_option("--superseded-by", arguments->superseded_by, "LAYER[@N]");
    const auto check_date = [](const std::string& text) { return Date::parse(text); };
    set->add_option("--valid-from", arguments->valid_from, "Từ ngày / First day")
        ->check(checked_by(check_date, "YYYY-MM-DD"));
    set->add_option("--valid-to", arguments->valid_to, "Đến hết ngày / Last day")
        ->check(checked_by(check_date, "YYYY-MM-DD"));
}

}  // namespace ranh::app
