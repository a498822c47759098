#include "importers/vector/vector_writer.hpp"
#include "services/app/command.hpp"
#include "services/app/options.hpp"
#include "services/app/output_file.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "services/present/table.hpp"
#include "spatial/codec/json.hpp"
#include "spatial/codec/wkt.hpp"
#include "spatial/crs/transform.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace ranh::app {
namespace {

struct ExportArguments {
    CommonOptions common;
    DateOptions dates;
    std::string layer;
    std::string output;
};

Result<bool> check_export_file(const std::string& file) {
    std::vector<std::string> endings = vector::vector_file_endings();
    endings.emplace_back(".csv");
    const std::string ending = std::filesystem::path(file).extension().string();
    if (std::find(endings.begin(), endings.end(), ending) != endings.end()) {
        return true;
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' has no ending that can be written; use {}", file, fmt::join(endings, ", ")),
                 {}};
}

std::vector<std::size_t> open_fields(const model::Schema& schema) {
    std::vector<std::size_t> fields;
    for (std::size_t i = 0; i < schema.fields.size(); ++i) {
        if (schema.fields[i].privacy == model::Privacy::open) {
            fields.push_back(i);
        }
    }
    return fields;
}

/// Source coordinates where they already stand in `target`, else transformed vertex by vertex.
std::optional<geom::Geometry> geometry_in(const snapshot::PackedLayer& layer, std::size_t i, const crs::Crs& target) {
    if (!layer.has_geometry(i)) {
        return std::nullopt;
    }
    geom::Geometry geometry = geom::Geometry::copy_of(layer.source(i));
    if (layer.source_crs(i) != target) {
        crs::Transform::between(layer.source_crs(i), target).value().apply(geometry.mutable_points());
    }
    return geometry;
}

/// The legal status in words, which goes with every feature: a file is passed on without the workspace.
std::string status_text(const model::LayerVersion& version) {
    const model::Bilingual& label = model::status_label(version.description.status);
    return label.vi + " / " + label.en;
}

/// Name of the field of the status; one that the layer does not have.
std::string status_field(const model::Schema& schema) {
    std::string name = "legal_status";
    while (std::ranges::any_of(schema.fields, [&](const model::Field& field) { return field.name == name; })) {
        name += "_";
    }
    return name;
}

void write_csv(const std::string& file, const snapshot::PackedLayer& layer) {
    const std::vector<std::size_t> fields = open_fields(layer.version().description.schema);
    std::string csv =
        "\xEF\xBB\xBF"
        "fid,crs";
    for (const std::size_t field : fields) {
        csv += "," + present::csv_field(layer.version().description.schema.fields[field].name);
    }
    const model::LayerVersion& version = layer.version();
    csv += "," + status_field(version.description.schema) + ",area_stated_m2,area_planar_m2,area_ellipsoid_m2,wkt\r\n";
    const std::string status = present::csv_field(status_text(version));
    const auto number = [](const std::optional<double>& value) {
        return value ? fmt::format("{}", *value) : std::string();
    };
    for (const std::uint32_t i : layer.by_id()) {
        csv += present::csv_field(layer.id(i).text()) + "," + layer.source_crs(i).code();
        for (const std::size_t field : fields) {
            csv += "," + present::csv_field(model::to_text(layer.value(i, field)));
        }
        const model::Areas areas = layer.areas(i);
        csv += fmt::format(",{},{},{},{},{}\r\n", status, number(areas.area_stated_m2), number(areas.area_planar_m2),
                           number(areas.area_ellipsoid_m2),
                           layer.has_geometry(i) ? present::csv_field(codec::to_wkt(layer.source(i))) : "");
    }
    write_text_file(file, csv);
}

void write_vector(const std::string& file, const snapshot::PackedLayer& layer) {
    const model::LayerVersion& version = layer.version();
    const std::vector<std::size_t> fields = open_fields(version.description.schema);
    const std::string ending = std::filesystem::path(file).extension().string();
    const bool always_wgs84 = ending == ".geojson" || ending == ".json" || ending == ".kml";
    vector::OutputLayer output;
    output.name = version.layer.text();
    output.crs = always_wgs84 ? crs::wgs84() : version.systems.size() == 1 ? version.systems.front() : crs::vn2000();
    for (const std::size_t field : fields) {
        output.schema.fields.push_back(version.description.schema.fields[field]);
    }
    output.schema.fields.push_back({status_field(version.description.schema), model::FieldType::text});
    const std::string status = status_text(version);
    std::size_t rank = 0;
    output.next = [&layer, &fields, &status, target = output.crs, rank]() mutable -> std::optional<model::Feature> {
        if (rank >= layer.size()) {
            return std::nullopt;
        }
        const std::size_t i = layer.by_id()[rank];
        model::Feature feature;
        feature.id = layer.id(i);
        feature.crs = target;
        feature.geometry = geometry_in(layer, i, target);
        for (const std::size_t field : fields) {
            feature.values.push_back(layer.value(i, field));
        }
        feature.values.emplace_back(status);
        ++rank;
        return feature;
    };
    note_left_out(file, vector::write_vector_file(file, {output}));
}

ExitCode run(const ExportArguments& arguments) {
    const auto workspace = open_workspace(arguments.common, store::Access::read_only);
    const auto layer = load_layer(*workspace, arguments.layer, arguments.dates);
    if (std::filesystem::path(arguments.output).extension() == ".csv") {
        write_csv(arguments.output, *layer);
    } else {
        write_vector(arguments.output, *layer);
    }
    const std::string status = model::status_label(layer->version().description.status).vi;
    if (arguments.common.json) {
        codec::Json json;
        json.add("layer", layer->version().layer.text())
            .add("version", layer->version().number.value())
            .add("features", layer->size())
            .add("file", arguments.output)
            .add("status", model::to_string(layer->version().description.status))
            .add("at", arguments.dates.at().to_string())
            .add("known_at", arguments.dates.known_at().to_string());
        print(codec::to_text(json, codec::JsonLayout::indented));
    } else {
        print(fmt::format("{} ({}) -> {}: {} đối tượng / features", layer->version().name(), status, arguments.output,
                          layer->size()));
    }
    return ExitCode::done;
}

}  // namespace

void add_export_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<ExportArguments>();
    CLI::App* command = program.add_subcommand("export", "Xuất một lớp ra tệp / Write a layer to a file");
    command->add_option("layer", arguments->layer, "LAYER[@N]")
        ->required()
        ->check(checked_by([](const std::string& text) { return model::LayerSelector::parse(text); }, "LAYER[@N]"));
    command->add_option("-o,--output", arguments->output, "Tệp / File: .gpkg .fgb .geojson .shp .kml .dxf .csv …")
        ->required()
        ->check(checked_by(check_export_file, "FILE"));
    add_date_options(*command, arguments->dates);
    add_workspace_option(*command, arguments->common);
    add_json_option(*command, arguments->common);
    command->callback([arguments, &job] { job = [arguments] { return run(*arguments); }; });
}

}  // namespace ranh::app
