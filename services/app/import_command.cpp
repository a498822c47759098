#include "importers/communes/commune_search.hpp"
#include "importers/mapping/mapping.hpp"
#include "importers/vector/vector_reader.hpp"
#include "services/app/command.hpp"
#include "services/app/options.hpp"
#include "services/app/saved_overlaps.hpp"
#include "services/app/sources.hpp"
#include "services/app/successor.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "services/present/json.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ranh::app {
namespace {

struct ImportArguments {
    CommonOptions common;
    ReadOptionsText read;
    std::vector<std::string> files;
    std::string layer;
    std::string kind;
    std::string id_field;
    std::string attributes_file;
    std::string attributes_key;
    std::string title;
    std::string status;
    std::string superseded_by;
    std::string decision;
    std::string licence;
    std::string by;
    std::string valid_from;
    std::string valid_to;
    std::string map_file;
    std::string mode = "replace";
    std::string within_commune;
    std::optional<double> accuracy_m;
    std::optional<std::int64_t> map_scale;
    bool dry_run = false;
    bool hold = false;
};

Result<bool> check_date(const std::string& text) {
    const auto date = Date::parse(text);
    return date ? Result<bool>(true) : Result<bool>(date.error());
}

void add_source_options(CLI::App& command, ImportArguments& arguments) {
    command.add_option("files", arguments.files, "Tệp nguồn / Source files")->required();
    command.add_option("--layer", arguments.layer, "Tên lớp (a-z, 0-9, -) / Layer name")
        ->required()
        ->check(checked_by([](const std::string& text) { return LayerId::parse(text); }, "ID"));
    command
        .add_option("--kind", arguments.kind, "Loại lớp / Layer kind: administrative, parcel, plan_area, project, …")
        ->check(checked_by([](const std::string& text) { return model::parse_layer_kind(text); }, "KIND"));
    add_read_options(command, arguments.read);
    command.add_option("--id", arguments.id_field, "Trường mã / Field that holds the id");
    auto* attributes =
        command.add_option("--attributes", arguments.attributes_file, "Bảng thuộc tính / Attribute table to join");
    auto* key = command.add_option("--key", arguments.attributes_key,
                                   "Trường khóa của bảng thuộc tính / Key field of that table");
    attributes->needs(key);
    key->needs(attributes);
    command.add_option("--map", arguments.map_file,
                       "Tệp ánh xạ trường (YAML), hoặc thuadat, dc-thuadat / Field mapping file or ready mapping");
}

void add_change_options(CLI::App& command, ImportArguments& arguments) {
    auto* mode = command.add_option("--mode", arguments.mode,
                                    "replace: thay cả lớp; upsert: thêm, sửa theo mã; delete: xóa theo mã / Replace "
                                    "the layer, or change features by their ids");
    mode->check(checked_by([](const std::string& text) { return pipeline::parse_import_mode(text); }, "MODE"))
        ->capture_default_str();
    command.add_option(
        "--within-commune", arguments.within_commune,
        "Chỉ thay đối tượng của xã này, theo mã hoặc tên, cả tên cũ / Replace the features of this commune "
        "alone, by its code or a name, also a former one");
}

void add_legal_options(CLI::App& command, ImportArguments& arguments) {
    command.add_option("--title", arguments.title, "Tên hiển thị / Title");
    command.add_option("--status", arguments.status, "Hiệu lực / Legal status: draft, in_force, expired, superseded")
        ->check(checked_by([](const std::string& text) { return model::parse_legal_status(text); }, "STATUS"));
    command.add_option("--superseded-by", arguments.superseded_by, "Lớp thay thế / Layer that replaces it, LAYER[@N]")
        ->check(checked_by([](const std::string& text) { return model::LayerSelector::parse(text); }, "LAYER[@N]"));
    command.add_option("--decision", arguments.decision, "Số và ngày quyết định / Number and date of the decision");
    command.add_option("--licence", arguments.licence, "Giấy phép dữ liệu / Data licence and attribution");
    add_by_option(command, arguments.by);
    command.add_option("--valid-from", arguments.valid_from, "Có hiệu lực từ ngày / First day of validity")
        ->check(checked_by(check_date, "YYYY-MM-DD"));
    command.add_option("--valid-to", arguments.valid_to, "đến hết ngày / Last day of validity, inclusive")
        ->check(checked_by(check_date, "YYYY-MM-DD"));
    auto* accuracy =
        command.add_option("--accuracy", arguments.accuracy_m, "Độ chính xác vị trí, m / Position accuracy, m")
            ->check(CLI::PositiveNumber);
    command.add_option("--map-scale", arguments.map_scale, "Mẫu số tỷ lệ bản đồ / Denominator of the map scale")
        ->check(CLI::PositiveNumber)
        ->excludes(accuracy);
}

/// The words of the command line; what they leave open is that of the version changed, where there is one.
model::LayerDescription description_of(const ImportArguments& arguments,
                                       const std::optional<model::LayerVersion>& base) {
    model::LayerDescription description;
    description.title = arguments.layer;
    if (base) {
        const model::LayerDescription& before = base->description;
        description = {before.title, before.kind, before.status, before.validity, before.superseded_by, {}, {}};
        description.provenance.decision = before.provenance.decision;
        description.provenance.licence = before.provenance.licence;
        description.provenance.accuracy_m = before.provenance.accuracy_m;
        description.provenance.map_scale = before.provenance.map_scale;
    }
    const auto take = [](std::string& into, const std::string& given) { into = given.empty() ? into : given; };
    take(description.title, arguments.title);
    take(description.superseded_by, arguments.superseded_by);
    take(description.provenance.decision, arguments.decision);
    take(description.provenance.licence, arguments.licence);
    description.provenance.imported_by = arguments.by;
    if (!arguments.kind.empty()) {
        description.kind = model::parse_layer_kind(arguments.kind).value();
    } else if (!base) {
        throw Failure(
            ErrorKind::invalid_argument,
            fmt::format("layer '{}' has no version yet to take the kind from; name it with --kind", arguments.layer));
    }
    if (!arguments.status.empty()) {
        description.status = model::parse_legal_status(arguments.status).value();
    }
    const auto day = [](const std::string& text, const std::optional<Date>& before) {
        return text.empty() ? before : std::optional<Date>(Date::parse(text).value());
    };
    description.validity = DateRange::from_inclusive(day(arguments.valid_from, description.validity.from()),
                                                     day(arguments.valid_to, description.validity.last()))
                               .value();
    if (arguments.accuracy_m || arguments.map_scale) {
        description.provenance.accuracy_m = arguments.accuracy_m;
        description.provenance.map_scale = arguments.map_scale;
    }
    static_cast<void>(model::check_legal_data(description).value());
    return description;
}

/// Names of the mappings shipped with the program.
std::vector<std::string> ready_mappings() {
    std::vector<std::string> names;
    if (const auto folder = shipped("importers/mapping/ready")) {
        for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
            names.push_back(entry.path().stem().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// A file, or the name of a mapping shipped with the program.
std::optional<mapping::Mapping> read_mapping_file(const std::string& file) {
    if (file.empty()) {
        return std::nullopt;
    }
    const auto ready = shipped("importers/mapping/ready/" + file + ".yaml");
    std::ifstream stream(!std::filesystem::exists(file) && ready ? *ready : std::filesystem::path(file),
                         std::ios::binary);
    if (!stream) {
        throw Failure(
            ErrorKind::not_found,
            fmt::format("the mapping file cannot be opened; check its name, or use one of the ready mappings: "
                        "{}",
                        fmt::join(ready_mappings(), ", ")),
            file);
    }
    const std::string yaml((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    return mapping::read_mapping(yaml, file).value();
}

void print_report(const pipeline::ImportReport& report, const ImportArguments& arguments) {
    if (arguments.common.json) {
        print(codec::to_text(present::import_json(report, LayerId::parse(arguments.layer).value()),
                             codec::JsonLayout::indented));
        return;
    }
    const std::string version = report.version ? report.version->name() : arguments.layer + " (dry run)";
    print(fmt::format("{}: đọc / read {} {}, giữ / kept {}, sửa / repaired {}, cách ly / rejected {}; {} feature(s)",
                      version, report.read, report.unit, report.kept, report.repaired, report.rejected,
                      report.features));
    if (report.change) {
        print(
            fmt::format("  thay đổi so với / change of {}: thêm / added {}, sửa / changed {}, xóa / removed {}, giữ "
                        "nguyên / as it was {}",
                        report.change->base, report.change->added, report.change->changed, report.change->removed,
                        report.change->unchanged));
    }
    for (const std::string& reason : report.crs_reasons) {
        print("  CRS: " + reason);
    }
    for (const std::string& reason : report.text_reasons) {
        print("  Chữ / text: " + reason);
    }
    for (const std::string& text : report.notes) {
        print("  * " + text);
    }
    for (const model::QuarantineRecord& record : report.quarantine) {
        print(fmt::format("  ! {}: {}", record.place, record.reason));
    }
}

/// A code stays as it is, known or not; a name is that of one commune, today or formerly.
std::string commune_code(const std::string& typed, const std::vector<pipeline::CommuneOutline>& outlines) {
    if (typed.find_first_not_of("0123456789") == std::string::npos) {
        return typed;
    }
    std::vector<communes::Commune> others;
    for (const pipeline::CommuneOutline& outline : outlines) {
        others.push_back({outline.code, outline.name});
    }
    const communes::Commune commune = communes::CommuneSearch(shipped_crosswalk(), others).the_one(typed).value();
    note(fmt::format("--within-commune {}: {} ({})", typed, commune.name, commune.code));
    return commune.code;
}

pipeline::CommuneLimit commune_limit(const std::string& typed, const pipeline::ReadOptions& reading) {
    std::vector<pipeline::CommuneOutline> outlines = reading.known.communes();
    pipeline::CommuneLimit limit{commune_code(typed, outlines), std::nullopt};
    for (pipeline::CommuneOutline& commune : outlines) {
        if (commune.code == limit.code) {
            limit.lonlat = std::move(commune.lonlat);
        }
    }
    return limit;
}

/// A change that was published brings the saved overlaps of its layer up to date.
void refresh_results(store::Workspace& workspace, const pipeline::ImportReport& report,
                     const std::vector<model::LayerVersion>& before) {
    if (!report.change || report.version->held) {
        return;
    }
    const auto base = std::ranges::find_if(
        before, [&](const model::LayerVersion& version) { return version.name() == report.change->base; });
    const std::vector<std::string> sentences =
        base == before.end() ? std::vector<std::string>() : refresh_saved_overlaps(workspace, *base);
    for (const std::string& sentence : sentences) {
        note(sentence);
    }
    if (!sentences.empty()) {
        publisher_of(workspace).bring_up_to_date();
    }
}

ExitCode run_import_command(const ImportArguments& arguments) {
    const auto layer = LayerId::parse(arguments.layer).value();
    pipeline::ImportOptions options;
    options.mode = pipeline::parse_import_mode(arguments.mode).value();
    if (!arguments.id_field.empty()) {
        options.id_field = arguments.id_field;
    }
    const auto encoding = text_encoding(arguments.read);
    options.text_encoding = encoding;
    std::optional<pipeline::AttributeTable> attributes;
    if (!arguments.attributes_file.empty()) {
        attributes = vector::read_attributes(arguments.attributes_file, arguments.attributes_key, encoding);
        options.attributes = &*attributes;
    }
    const std::optional<mapping::Mapping> mapping = read_mapping_file(arguments.map_file);
    options.mapping = mapping ? &*mapping : nullptr;
    options.publication = arguments.hold ? store::Publication::hold : store::Publication::publish;
    options.dry_run = arguments.dry_run;
    options.progress = progress_bar("nhập / import " + arguments.layer);

    const std::unique_ptr<store::Workspace> workspace =
        arguments.dry_run ? open_workspace_if_there(arguments.common)
                          : open_workspace(arguments.common, store::Access::read_write);
    const auto versions = workspace ? workspace->versions() : std::vector<model::LayerVersion>();
    check_successor(versions, layer, arguments.superseded_by);
    const bool change = options.mode != pipeline::ImportMode::replace || !arguments.within_commune.empty();
    options.description = description_of(arguments, change ? pipeline::base_of_change(versions, layer) : std::nullopt);
    pipeline::ReadOptions reading = read_options(arguments.read, workspace.get());
    if (mapping) {
        reading.levels = mapping::filled(reading.levels, mapping->linework);
    }
    options.known = reading.known;
    if (!arguments.within_commune.empty()) {
        options.within = commune_limit(arguments.within_commune, reading);
    }
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    for (const std::string& file : arguments.files) {
        sources.push_back(options.mode == pipeline::ImportMode::remove ? open_key_source(file, reading)
                                                                       : open_source(file, reading));
    }
    const pipeline::ImportReport report = pipeline::run_import(workspace.get(), layer, sources, options);
    end_progress();
    if (report.version) {
        publisher_of(*workspace).bring_up_to_date();
        refresh_results(*workspace, report, versions);
    }
    print_report(report, arguments);
    return report.rejected > 0 ? ExitCode::done_with_findings : ExitCode::done;
}

}  // namespace

void add_import_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<ImportArguments>();
    CLI::App* command = program.add_subcommand("import",
                                               "Nhập tệp thành một phiên bản lớp; tất cả hoặc không gì cả / Read files "
                                               "into a new layer version, all or nothing");
    add_source_options(*command, *arguments);
    add_change_options(*command, *arguments);
    add_legal_options(*command, *arguments);
    add_workspace_option(*command, arguments->common);
    add_json_option(*command, arguments->common);
    command->add_flag("--dry-run", arguments->dry_run, "Chỉ kiểm tra, không ghi / Check everything, write nothing");
    command->add_flag("--hold", arguments->hold, "Giữ lại, chưa công bố / Keep back until 'ranh layers publish'");
    command->callback([arguments, &job] {
        if (arguments->mode == "replace" && arguments->within_commune.empty() && arguments->kind.empty()) {
            throw CLI::RequiredError("--kind");
        }
        if (arguments->mode != "replace" && !arguments->within_commune.empty()) {
            throw CLI::ExcludesError("--within-commune", "--mode " + arguments->mode);
        }
        job = [arguments] { return run_import_command(*arguments); };
    });
}

}  // namespace ranh::app
