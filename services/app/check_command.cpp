#include "importers/pipeline/projects.hpp"
#include "services/app/command.hpp"
#include "services/app/options.hpp"
#include "services/app/sources.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "services/present/json.hpp"
#include "services/present/naming.hpp"
#include "services/present/table.hpp"
#include "spatial/store/snapshot_loader.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

namespace ranh::app {
namespace {

struct CheckArguments {
    CommonOptions common;
    DateOptions dates;
    ThresholdOptions thresholds;
    ReadOptionsText read;
    std::string file;
    std::vector<std::string> layers;
};

engine::CheckRequest request_of(const CheckArguments& arguments, const store::Workspace& workspace) {
    const pipeline::ReadOptions reading = read_options(arguments.read, &workspace);
    const auto source =
        arguments.file == "-" ? open_text(read_standard_input(), reading) : open_source(arguments.file, reading);
    pipeline::ProjectSet projects = pipeline::read_projects(*source);
    engine::CheckRequest request;
    request.projects = std::move(projects.features);
    request.schema = std::move(projects.schema);
    request.crs_decisions = std::move(projects.crs_decisions);
    request.notes = std::move(projects.notes);
    request.options = arguments.thresholds.overlap_options();
    request.options.geometry = overlay::OverlapGeometry::include;
    for (const std::string& layer : arguments.layers) {
        request.layers.push_back(LayerId::parse(layer).value());
    }
    return request;
}

std::string measure_text(const model::Pair& pair) {
    if (pair.relation == model::Relation::near) {
        return fmt::format("cách {:.1f} m", pair.distance_m);
    }
    if (pair.length_inside_m) {
        return fmt::format("dài {:.1f} m", *pair.length_inside_m);
    }
    if (pair.relation == model::Relation::touches) {
        return "giáp ranh";
    }
    const double ground_m2 = model::ground_m2(pair);
    const std::string text = ground_m2 > 0.0 ? present::square_metres_text(ground_m2) : std::string();
    return pair.invalid_input ? text + " (*)" : text;
}

/// The project at place `rank` in ascending order of id.
void print_project(const engine::CheckAnswer& answer, std::size_t rank) {
    const snapshot::PackedLayer& projects = *answer.projects;
    const std::size_t i = projects.by_id()[rank];
    const FeatureId id = projects.id(i);
    const model::Areas areas = projects.areas(i);
    print(fmt::format("{}  {}", id.text(), present::display_name(projects, id)));
    if (rank < answer.crs_decisions.size()) {
        print("  hệ tọa độ / CRS: " + projects.source_crs(i).code() + " – " + answer.crs_decisions[rank]);
    }
    if (areas.area_ellipsoid_m2) {
        print(fmt::format("  diện tích / area: {} (ellipsoid){}", present::square_metres_text(*areas.area_ellipsoid_m2),
                          areas.area_planar_m2
                              ? ", " + present::square_metres_text(*areas.area_planar_m2) + " (phẳng / planar)"
                              : std::string()));
    }
    bool any = false;
    bool any_invalid = false;
    for (const engine::OverlapAnswer& overlaps : answer.overlaps) {
        for (const model::Pair& pair : overlaps.result.pairs) {
            if (pair.left.feature != id) {
                continue;
            }
            any = true;
            any_invalid = any_invalid || pair.invalid_input;
            const model::LayerVersion& right = overlaps.right->version();
            print("  " + padded(right.name(), 24) + padded(pair.right.feature.text(), 12) +
                  padded(present::display_name(*overlaps.right, pair.right.feature), 42) + " " +
                  padded(model::to_string(pair.relation), 10) + padded_left(measure_text(pair), 22) +
                  padded_left(pair.share_left ? present::percent_text(*pair.share_left) : "", 10) + "  " +
                  model::status_label(right.description.status).vi);
        }
    }
    if (any_invalid) {
        print(std::string("  ") + present::invalid_input_text);
    }
    if (!any) {
        print("  không gặp lớp nào / meets no feature of the layers checked");
    }
}

void print_answer(const engine::CheckAnswer& answer) {
    print(fmt::format("Kiểm tra / check, ngày / at {}, biết đến / known at {}", answer.at.to_string(),
                      answer.known_at.to_string()));
    for (const std::string& text : answer.notes) {
        print("* " + text);
    }
    for (std::size_t rank = 0; rank < answer.projects->size(); ++rank) {
        print_project(answer, rank);
    }
    print("Cảnh báo, cần cơ quan có thẩm quyền xác nhận. / A warning; the competent authority decides.");
}

ExitCode run(const CheckArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const engine::CheckRequest request = request_of(arguments, *workspace);
    const auto snapshot =
        store::load_snapshot(publisher_of(*workspace), arguments.dates.at(), arguments.dates.known_at());
    const engine::Engine engine(std::make_shared<snapshot::Catalog>(snapshot));
    const engine::CheckAnswer answer = engine.check(engine.view(), request);
    if (arguments.common.json) {
        print(codec::to_text(present::check_json(answer), codec::JsonLayout::indented));
    } else {
        print_answer(answer);
    }
    return ExitCode::done;
}

}  // namespace

void add_check_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<CheckArguments>();
    CLI::App* command = program.add_subcommand("check",
                                               "Một dự án với mọi lớp; '-' đọc các dòng tọa độ dán vào / One project "
                                               "against all layers; '-' reads pasted corner rows");
    command->add_option("file", arguments->file, "Tệp hoặc - / File, or - for standard input")->required();
    add_read_options(*command, arguments->read);
    command->add_option("--layers", arguments->layers, "Chỉ các lớp này / Only these layers")
        ->delimiter(',')
        ->check(checked_by([](const std::string& text) { return LayerId::parse(text); }, "ID"));
    add_threshold_options(*command, arguments->thresholds);
    add_date_options(*command, arguments->dates);
    add_workspace_option(*command, arguments->common);
    add_json_option(*command, arguments->common);
    command->callback([arguments, &job] { job = [arguments] { return run(*arguments); }; });
}

}  // namespace ranh::app
