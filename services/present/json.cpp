#include "services/present/json.hpp"

#include "services/present/naming.hpp"
#include "spatial/codec/geojson.hpp"

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;

Json bilingual_json(const model::Bilingual& text) {
    Json json;
    json.add("vi", text.vi).add("en", text.en);
    return json;
}

Json date_json(const std::optional<Date>& date) { return date ? Json(date->to_string()) : Json(nullptr); }

Json box_json(const geom::Box& box) {
    return JsonArray{Json(box.min.x), Json(box.min.y), Json(box.max.x), Json(box.max.y)};
}

JsonArray text_array(const std::vector<std::string>& texts) {
    JsonArray array;
    for (const std::string& text : texts) {
        array.emplace_back(text);
    }
    return array;
}

Json totals_json(const overlay::OverlapTotals& totals) {
    JsonArray per_left;
    for (const overlay::LeftTotal& total : totals.per_left) {
        Json row;
        row.add("left_id", total.left.text()).add("sum_m2", total.sum_m2).add("union_m2", total.union_m2);
        per_left.push_back(std::move(row));
    }
    Json json;
    json.add("sum_m2", totals.sum_m2).add("union_m2", totals.union_m2).add("per_left", std::move(per_left));
    return json;
}

Json method_json(const engine::Method& method) {
    Json json;
    json.add("measure", method.measure)
        .add("plane", method.plane)
        .add("relation", method.relation)
        .add("geometry", method.geometry)
        .add("program", method.program);
    return json;
}

/// A pair with the names of its features, and status of the right layer.
Json named_pair_json(const model::Pair& pair, const engine::OverlapAnswer& answer) {
    Json json = pair_json(pair, answer.left->plane());
    const model::LayerVersion& right = answer.right->version();
    json.add("left_layer", pair.left.layer.text())
        .add("left_version", pair.left.version.value())
        .add("right_layer", pair.right.layer.text())
        .add("right_version", pair.right.version.value())
        .add("left_name", display_name(*answer.left, pair.left.feature))
        .add("right_name", display_name(*answer.right, pair.right.feature))
        .add("right_title", right.description.title)
        .add("status", model::to_string(right.description.status))
        .add("status_label", bilingual_json(model::status_label(right.description.status)));
    return json;
}

Json project_json(const engine::CheckAnswer& answer, std::size_t i) {
    const snapshot::PackedLayer& layer = *answer.projects;
    const model::Areas areas = layer.areas(i);
    Json areas_json;
    areas_json.add("area_stated_m2", areas.area_stated_m2).add("area_planar_m2", areas.area_planar_m2);
    areas_json.add("planar_crs",
                   areas.planar_epsg ? Json("EPSG:" + std::to_string(*areas.planar_epsg)) : Json(nullptr));
    areas_json.add("area_ellipsoid_m2", areas.area_ellipsoid_m2);
    Json json;
    json.add("id", layer.id(i).text())
        .add("name", display_name(layer, layer.id(i)))
        .add("crs", layer.source_crs(i).code())
        .add("areas", std::move(areas_json))
        .add("geometry", layer.has_geometry(i) ? codec::to_geojson(layer.lonlat(i), 8) : Json(nullptr));
    return json;
}

/// What was known of the legal data since when.
Json status_log_json(const std::vector<model::StatusChange>& log) {
    Json changes(codec::JsonArray{});
    for (const model::StatusChange& change : log) {
        Json row;
        row.add("known_from", change.known_from.to_string())
            .add("status", model::to_string(change.status))
            .add("valid_from", date_json(change.validity.from()))
            .add("valid_to", date_json(change.validity.last()))
            .add("superseded_by", change.superseded_by)
            .add("withdrawn", change.withdrawn)
            .add("by", change.by);
        changes.push(std::move(row));
    }
    return changes;
}

}  // namespace

Json layer_json(const model::LayerVersion& version, bool stale) {
    JsonArray systems;
    for (const crs::Crs& system : version.systems) {
        systems.emplace_back(system.code());
    }
    const model::LayerDescription& description = version.description;
    Json json;
    json.add("layer", version.layer.text())
        .add("version", version.number.value())
        .add("kind", model::to_string(description.kind))
        .add("status", model::to_string(description.status))
        .add("features", version.feature_count)
        .add("crs", std::move(systems))
        .add("valid_from", date_json(description.validity.from()))
        .add("valid_to", date_json(description.validity.last()))
        .add("held", version.held)
        .add("title", description.title)
        .add("withdrawn", version.withdrawn)
        .add("stale", stale);
    return json;
}

Json version_json(const model::LayerVersion& version) {
    const model::Provenance& provenance = version.description.provenance;
    Json json = layer_json(version);
    json.add("status_label", bilingual_json(model::status_label(version.description.status)))
        .add("superseded_by", version.description.superseded_by)
        .add("decision", provenance.decision)
        .add("licence", provenance.licence)
        .add("source", provenance.source)
        .add("source_sha256", provenance.source_sha256)
        .add("crs_decision", provenance.crs_decision)
        .add("transform", provenance.transform)
        .add("importer", provenance.importer_version)
        .add("imported_at", provenance.imported_at.to_string())
        .add("imported_by", provenance.imported_by)
        .add("known_from", version.known_from.to_string())
        .add("accuracy_m", provenance.accuracy_m)
        .add("map_scale", provenance.map_scale)
        .add("read", provenance.read)
        .add("kept", provenance.kept)
        .add("repaired", provenance.repaired)
        .add("rejected", provenance.rejected)
        .add("notes", text_array(provenance.notes))
        .add("inputs", text_array(provenance.inputs))
        .add("content_hash", version.content_hash.hex())
        .add("status_log", status_log_json(version.status_log));
    return json;
}

Json pair_json(const model::Pair& pair, const crs::WorkingPlane& plane) {
    Json json;
    json.add("left_id", pair.left.feature.text())
        .add("right_id", pair.right.feature.text())
        .add("relation", model::to_string(pair.relation))
        .add("size_class", model::to_string(pair.size_class))
        .add("area_m2", pair.area_m2)
        .add("area_planar_m2", pair.area_planar_m2)
        .add("share_left", pair.share_left)
        .add("share_right", pair.share_right)
        .add("length_inside_m", pair.length_inside_m)
        .add("width_m", pair.width_m)
        .add("thinness", pair.thinness)
        .add("invalid_input", pair.invalid_input)
        .add("area_repaired_m2", pair.area_repaired_m2)
        .add("distance_m", pair.distance_m)
        .add("bbox", box_json(pair.box));
    json.add("geometry",
             pair.geometry ? codec::to_geojson(plane.unproject(*pair.geometry, crs::wgs84()), 8) : Json(nullptr));
    if (pair.geometry) {
        json.add("geometry_area_m2", pair.geometry_area_m2).add("geometry_disagrees", pair.geometry_disagrees);
    }
    return json;
}

Json overlaps_json(const engine::OverlapAnswer& answer) {
    JsonArray pairs;
    for (const model::Pair& pair : answer.result.pairs) {
        pairs.push_back(named_pair_json(pair, answer));
    }
    JsonArray versions{version_json(answer.left->version()), version_json(answer.right->version())};
    Json json;
    json.add("at", answer.at.to_string())
        .add("known_at", answer.known_at.to_string())
        .add("draft", answer.is_draft())
        .add("overlaps", std::move(pairs))
        .add("totals", totals_json(answer.result.totals))
        .add("truncated", answer.result.truncated)
        .add("versions", std::move(versions))
        .add("method", method_json(answer.method));
    return json;
}

Json check_json(const engine::CheckAnswer& answer) {
    JsonArray projects;
    for (const std::uint32_t i : answer.projects->by_id()) {
        projects.push_back(project_json(answer, i));
    }
    JsonArray pairs;
    JsonArray versions;
    for (const engine::OverlapAnswer& overlaps : answer.overlaps) {
        for (const model::Pair& pair : overlaps.result.pairs) {
            pairs.push_back(named_pair_json(pair, overlaps));
        }
        Json version = version_json(overlaps.right->version());
        version.add("totals", totals_json(overlaps.result.totals));
        versions.push_back(std::move(version));
    }
    Json json;
    json.add("at", answer.at.to_string())
        .add("known_at", answer.known_at.to_string())
        .add("projects", std::move(projects))
        .add("crs_decisions", text_array(answer.crs_decisions))
        .add("overlaps", std::move(pairs))
        .add("totals", totals_json(answer.totals))
        .add("versions", std::move(versions))
        .add("method", method_json(answer.method))
        .add("notes", text_array(answer.notes));
    return json;
}

Json import_json(const pipeline::ImportReport& report, const LayerId& layer) {
    JsonArray systems;
    for (const crs::Crs& system : report.systems) {
        systems.emplace_back(system.code());
    }
    JsonArray quarantine;
    for (const model::QuarantineRecord& record : report.quarantine) {
        Json row;
        row.add("place", record.place).add("reason", record.reason).add("original", record.original);
        quarantine.push_back(std::move(row));
    }
    Json json;
    json.add("layer", layer.text())
        .add("version", report.version ? Json(report.version->number.value()) : Json(nullptr))
        .add("held", report.version && report.version->held)
        .add("unit", report.unit)
        .add("read", report.read)
        .add("kept", report.kept)
        .add("repaired", report.repaired)
        .add("rejected", report.rejected)
        .add("left_out", report.left_out)
        .add("features", report.features)
        .add("crs", std::move(systems))
        .add("crs_reasons", text_array(report.crs_reasons))
        .add("text_reasons", text_array(report.text_reasons))
        .add("notes", text_array(report.notes))
        .add("quarantine", std::move(quarantine));
    if (report.change) {
        Json change;
        change.add("base", report.change->base)
            .add("added", report.change->added)
            .add("changed", report.change->changed)
            .add("unchanged", report.change->unchanged)
            .add("removed", report.change->removed);
        json.add("change", std::move(change));
    }
    if (report.version) {
        json.add("provenance", version_json(*report.version));
    }
    return json;
}

}  // namespace ranh::present
