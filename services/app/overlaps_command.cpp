#include "importers/vector/vector_writer.hpp"
#include "services/app/command.hpp"
#include "services/app/options.hpp"
#include "services/app/output_file.hpp"
#include "services/app/terminal.hpp"
#include "services/present/json.hpp"
#include "services/present/table.hpp"
#include "spatial/store/gpkg/gpkg_workspace.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

namespace ranh::app {
namespace {

struct OverlapsArguments {
    CommonOptions common;
    DateOptions dates;
    ThresholdOptions thresholds;
    std::string left;
    std::string right;
    std::string output;
    bool save = false;
};

/// The one system all features of both sides stand in, else VN-2000 longitude and latitude.
crs::Crs common_system(const engine::OverlapAnswer& answer) {
    const auto& left = answer.left->version().systems;
    const auto& right = answer.right->version().systems;
    return left.size() == 1 && right.size() == 1 && left.front() == right.front() ? left.front() : crs::vn2000();
}

model::LayerDescription saved_description(const engine::OverlapAnswer& answer) {
    const model::LayerVersion& left = answer.left->version();
    const model::LayerVersion& right = answer.right->version();
    model::LayerDescription description;
    description.title = fmt::format("Chồng lấn: {} – {}", left.description.title, right.description.title);
    description.kind = model::LayerKind::other;
    description.status = answer.is_draft() ? model::LegalStatus::draft : model::LegalStatus::unknown;
    description.schema = present::pair_schema();
    model::Provenance& provenance = description.provenance;
    provenance.source = fmt::format("{} × {}", left.name(), right.name());
    provenance.inputs = {left.name(), right.name()};
    provenance.importer_version = answer.method.program;
    provenance.imported_at = Timestamp::now();
    provenance.crs_decision = "geometry built in the working plane " + answer.method.plane;
    provenance.notes = {"measure: " + answer.method.measure, "relation: " + answer.method.relation,
                        fmt::format("at {}, known at {}", answer.at.to_string(), answer.known_at.to_string())};
    provenance.read = static_cast<std::int64_t>(answer.result.pairs.size());
    provenance.kept = provenance.read;
    return description;
}

model::LayerVersion save(store::Workspace& workspace, const engine::OverlapAnswer& answer) {
    const auto layer = LayerId::parse(fmt::format("overlaps-{}-{}", answer.left->version().layer.text(),
                                                  answer.right->version().layer.text()))
                           .value();
    const model::LayerDescription description = saved_description(answer);
    const auto writer = workspace.write_version(layer, description, store::Publication::publish);
    const crs::Crs target = common_system(answer);
    for (const model::Pair& pair : answer.result.pairs) {
        writer->append(present::pair_feature(pair, answer, target));
    }
    return writer->commit(description.provenance);
}

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

ExitCode run(const OverlapsArguments& arguments) {
    const auto workspace = gpkg::open_workspace(arguments.common.workspace,
                                                arguments.save ? gpkg::Access::read_write : gpkg::Access::read_only);
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
        note("đã lưu / saved " + save(*workspace, answer).name());
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

}  // namespace

void add_overlaps_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<OverlapsArguments>();
    CLI::App* command = program.add_subcommand(
        "overlaps", "Mọi cặp chồng lấn của hai lớp với m² và % / All pairs of two layers with m² and %");
    const auto selector =
        checked_by([](const std::string& text) { return model::LayerSelector::parse(text); }, "LAYER[@N]");
    command->add_option("left", arguments->left, "Lớp trái / Left layer")->required()->check(selector);
    command->add_option("right", arguments->right, "Lớp phải / Right layer")->required()->check(selector);
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
    command->callback([arguments, &job] { job = [arguments] { return run(*arguments); }; });
}

}  // namespace ranh::app
