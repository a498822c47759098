#include "importers/vector/vector_writer.hpp"
#include "services/app/command.hpp"
#include "services/app/file_overlaps.hpp"
#include "services/app/options.hpp"
#include "services/app/output_file.hpp"
#include "services/app/saved_overlaps.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "services/present/json.hpp"
#include "services/present/table.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <span>

namespace ranh::app {
namespace {

struct OverlapsArguments {
    CommonOptions common;
    DateOptions dates;
    ThresholdOptions thresholds;
    std::string left;
    std::string right;
    std::string left_crs;
    std::string right_crs;
    std::string left_id;
    std::string right_id;
    std::string output;
    bool save = false;
};

void print_table(const engine::OverlapAnswer& answer) {
    const auto& pairs = answer.result.pairs;
    print(fmt::format("{} × {}  (ngày / at {}, biết đến / known at {}){}", answer.left->version().name(),
                      answer.right->version().name(), answer.at.to_string(), answer.known_at.to_string(),
                      answer.is_draft() ? "  — dự thảo, chưa ký / draft, unsigned" : ""));
    print(padded("trái / left", 16) + padded("phải / right", 16) + padded("quan hệ / relation", 20) +
          padded_left("m²", 20) + padded_left("ha", 16) + padded_left("% trái", 10) + padded_left("% phải", 10));
    const auto percent = [](const std::optional<double>& share) {
        return share ? present::percent_text(*share) : std::string();
    };
    bool any_invalid = false;
    for (const model::Pair& pair : pairs) {
        std::string relation(model::to_string(pair.relation));
        if (pair.size_class == model::SizeClass::sliver) {
            relation += " (sliver)";
        }
        const double ground_m2 = model::ground_m2(pair);
        any_invalid = any_invalid || pair.invalid_input;
        std::string area = ground_m2 > 0.0 ? present::square_metres_text(ground_m2) : std::string();
        area += pair.invalid_input ? " (*)" : "";
        if (pair.relation == model::Relation::near) {
            area = fmt::format("cách {:.1f} m", pair.distance_m);
        } else if (pair.length_inside_m) {
            area = fmt::format("dài {:.1f} m", *pair.length_inside_m);
        }
        print(padded(pair.left.feature.text(), 16) + padded(pair.right.feature.text(), 16) + padded(relation, 20) +
              padded_left(area, 20) + padded_left(ground_m2 > 0.0 ? present::hectares_text(ground_m2) : "", 16) +
              padded_left(percent(pair.share_left), 10) + padded_left(percent(pair.share_right), 10));
    }
    if (any_invalid) {
        print(present::invalid_input_text);
    }
    print(fmt::format("{} cặp / pairs; tổng / sum {}; không tính trùng / union {}", pairs.size(),
                      present::square_metres_text(answer.result.totals.sum_m2),
                      present::square_metres_text(answer.result.totals.union_m2)));
}

ExitCode run_layers(const OverlapsArguments& arguments) {
    const auto workspace =
        open_workspace(arguments.common, arguments.save ? store::Access::read_write : store::Access::read_only);
    overlay::OverlapOptions options = arguments.thresholds.overlap_options();
    if (arguments.save || (!arguments.output.empty() && needs_geometry(arguments.output))) {
        options.geometry = overlay::OverlapGeometry::include;
    }
    options.progress = progress_bar("chồng lấn / overlaps");
    const auto left = load_layer(*workspace, arguments.left, arguments.dates);
    const auto right =
        arguments.left == arguments.right ? left : load_layer(*workspace, arguments.right, arguments.dates);
    const auto answer =
        engine::measure_overlaps(left, right, arguments.dates.at(), arguments.dates.known_at(), options);
    end_progress();
    if (arguments.save) {
        note("đã lưu / saved " + save_overlaps(*workspace, answer, arguments.thresholds).name());
        publisher_of(*workspace).bring_up_to_date();
    }
    if (!arguments.output.empty()) {
        write_overlaps(arguments.output, answer, common_system(answer));
        note("đã ghi / wrote " + arguments.output);
    }
    if (arguments.common.json) {
        print(codec::to_text(present::overlaps_json(answer), codec::JsonLayout::indented));
    } else {
        print_table(answer);
    }
    return ExitCode::done;
}

FileSide file_side(const std::string& file, const std::string& crs, const std::string& crs_option,
                   const std::string& id_field) {
    return {file, crs.empty() ? std::nullopt : std::optional(crs::Crs::parse(crs).value()), crs_option, id_field};
}

codec::Json summary_json(const FileOverlapSummary& summary) {
    codec::Json json;
    json.add("pairs", static_cast<std::int64_t>(summary.pairs));
    json.add("area_m2", summary.area_m2);
    json.add("invalid_pairs", static_cast<std::int64_t>(summary.invalid_pairs));
    json.add("left_features", static_cast<std::int64_t>(summary.left_features));
    json.add("right_features", static_cast<std::int64_t>(summary.right_features));
    return json;
}

ExitCode run_files(const OverlapsArguments& arguments) {
    FileOverlapOptions options;
    options.left = file_side(arguments.left, arguments.left_crs, "--left-crs", arguments.left_id);
    options.right = file_side(arguments.right, arguments.right_crs, "--right-crs", arguments.right_id);
    options.output = arguments.output;
    options.min_area_m2 = arguments.thresholds.min_area_m2;
    options.min_share = arguments.thresholds.min_share;
    options.progress = progress_bar;
    const FileOverlapSummary summary = write_file_overlaps(options);
    end_progress();
    for (const std::string& text : summary.notes) {
        note(text);
    }
    if (summary.invalid_pairs > 0) {
        note(
            fmt::format("{} cặp có vòng tự cắt, đất có thể bị tính hai lần; nhập tệp để sửa / {} pairs where rings "
                        "cross themselves, ground may count twice; import the files to have them repaired",
                        summary.invalid_pairs, summary.invalid_pairs));
    }
    note(
        fmt::format("đã ghi / wrote {}: chỉ diện tích; quan hệ, hình và ngày hiệu lực cần nhập tệp / areas only; "
                    "import the files for relations, geometry and dates",
                    arguments.output));
    if (arguments.common.json) {
        print(codec::to_text(summary_json(summary), codec::JsonLayout::indented));
    } else {
        print(
            fmt::format("{} cặp / pairs; tổng / sum {}", summary.pairs, present::square_metres_text(summary.area_m2)));
    }
    return ExitCode::done;
}

/// What stands for a side and is no LAYER[@N] is a file.
bool names_file(const std::string& side) { return !model::LayerSelector::parse(side).ok(); }

Result<bool> check_side(const std::string& side) {
    const auto layer = model::LayerSelector::parse(side);
    std::error_code error;
    if (layer.ok() || std::filesystem::exists(side, error)) {
        return true;
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("{}; tệp này cũng không có / there is no file of that name either", layer.error().text()),
                 {}};
}

/// Options that only one of the two ways takes; a usage error otherwise.
void check_way(const CLI::App& command, const OverlapsArguments& arguments) {
    const bool files = names_file(arguments.left);
    if (files != names_file(arguments.right)) {
        throw CLI::ValidationError(
            "left, right",
            fmt::format("'{}' và '{}': hai bên phải cùng là lớp hoặc cùng là tệp / both sides are layers or both are "
                        "files; import the file to hold it against a layer",
                        arguments.left, arguments.right));
    }
    constexpr std::array of_layers = {"--near", "--save", "--at", "--known-at"};
    constexpr std::array of_files = {"--left-crs", "--right-crs", "--left-id", "--right-id"};
    for (const char* option :
         files ? std::span<const char* const>(of_layers) : std::span<const char* const>(of_files)) {
        if (command.count(option) > 0) {
            throw CLI::ValidationError(
                option, files ? "chỉ dùng cho lớp đã nhập / is for imported layers only; import the files"
                              : "chỉ dùng cho tệp / is for files only; a layer has its system and ids from its import");
        }
    }
    if (files && std::filesystem::path(arguments.output).extension() != ".csv") {
        throw CLI::ValidationError("--output", "hai tệp cần -o TỆP.csv / two files need -o FILE.csv");
    }
}

void add_file_options(CLI::App& command, OverlapsArguments& arguments) {
    const auto system = checked_by([](const std::string& text) { return crs::Crs::parse(text); }, "EPSG:n");
    command.add_option("--left-crs", arguments.left_crs, "Hệ tọa độ của tệp trái / Coordinate system of a left file")
        ->check(system);
    command
        .add_option("--right-crs", arguments.right_crs, "Hệ tọa độ của tệp phải / Coordinate system of a right file")
        ->check(system);
    command.add_option("--left-id", arguments.left_id,
                       "Trường mã của tệp trái, mặc định FID / Id field of a left file, default its FID");
    command.add_option("--right-id", arguments.right_id,
                       "Trường mã của tệp phải, mặc định FID / Id field of a right file, default its FID");
    command.footer(
        "Hai tệp thay cho hai lớp, ví dụ thua.fgb qh.fgb -o cap.csv: chỉ đo diện tích, thẳng từ tệp, không cần "
        "không gian làm việc; không có quan hệ, hình, sửa lỗi hay ngày hiệu lực.\n"
        "Two files in place of two layers, as in parcels.fgb zones.fgb -o pairs.csv: areas only, straight "
        "from the files, without a workspace; no relations, no geometry, no repair, no dates: import the "
        "files for these.");
}

}  // namespace

void add_overlaps_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<OverlapsArguments>();
    CLI::App* command = program.add_subcommand(
        "overlaps", "Mọi cặp chồng lấn của hai lớp với m² và % / All pairs of two layers with m² and %");
    const auto side = checked_by(check_side, "LAYER[@N]|FILE");
    command->add_option("left", arguments->left, "Lớp hoặc tệp trái / Left layer, or file")->required()->check(side);
    command->add_option("right", arguments->right, "Lớp hoặc tệp phải / Right layer, or file")->required()->check(side);
    add_threshold_options(*command, arguments->thresholds);
    add_where_option(*command, "--left-where", arguments->thresholds.left_where,
                     "Chỉ các đối tượng bên trái có FIELD = VALUE / Only features of the left side with FIELD = VALUE");
    add_where_option(
        *command, "--right-where", arguments->thresholds.right_where,
        "Chỉ các đối tượng bên phải có FIELD = VALUE / Only features of the right side with FIELD = VALUE");
    add_date_options(*command, arguments->dates);
    command->add_flag("--save", arguments->save, "Lưu thành lớp overlaps-… / Publish the pairs as a layer");
    command->add_option("-o,--output", arguments->output, "Tệp kết quả / Result file: .csv .json .geojson .gpkg .fgb")
        ->check(checked_by(check_overlaps_file, "FILE"));
    add_workspace_option(*command, arguments->common);
    add_json_option(*command, arguments->common);
    add_file_options(*command, *arguments);
    command->callback([arguments, command, &job] {
        check_way(*command, *arguments);
        job = [arguments] { return names_file(arguments->left) ? run_files(*arguments) : run_layers(*arguments); };
    });
}

}  // namespace ranh::app
