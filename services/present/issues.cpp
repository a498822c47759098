#include "services/present/issues.hpp"

#include "services/present/table.hpp"
#include "spatial/codec/wkt.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace ranh::present {
namespace {

using codec::Json;
using validation::ValidationIssue;

std::string crs_of(const ValidationIssue& issue, const snapshot::PackedLayer& layer) {
    const auto place = layer.find(issue.feature_id);
    return place ? layer.source_crs(*place).code() : std::string();
}

/// People count rings and corners from 1, in sentences and in tables; in JSON they count from 0.
std::string counted(const std::optional<std::uint32_t>& place) { return place ? fmt::format("{}", *place + 1) : ""; }

std::string number(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : ""; }

void add_text(Json& json, const char* name, const std::string& text) {
    if (!text.empty()) {
        json.add(name, text);
    }
}

template <typename Value>
void add_known(Json& json, const char* name, const std::optional<Value>& value) {
    if (value) {
        json.add(name, *value);
    }
}

void add_place(Json& json, const char* name, const std::optional<std::uint32_t>& place) {
    if (place) {
        json.add(name, static_cast<std::int64_t>(*place));
    }
}

Json issue_json(const ValidationIssue& issue, const snapshot::PackedLayer& layer) {
    const validation::Rule& rule = rule_of(issue.code);
    Json json;
    json.add("code", rule.name)
        .add("family", to_string(rule.family))
        .add("nature", to_string(rule.nature))
        .add("severity", to_string(issue.severity))
        .add("feature_id", issue.feature_id.text());
    if (issue.other_feature_id) {
        json.add("other_feature_id", issue.other_feature_id->text());
    }
    add_place(json, "ring", issue.ring);
    add_place(json, "vertex", issue.vertex);
    add_place(json, "other_ring", issue.other_ring);
    add_place(json, "other_vertex", issue.other_vertex);
    add_text(json, "crs", crs_of(issue, layer));
    if (issue.point) {
        json.add("point", Json(codec::JsonArray{issue.point->x, issue.point->y}));
    }
    if (issue.geometry) {
        json.add("geometry_wkt", codec::to_wkt(*issue.geometry));
    }
    add_known(json, "measure", issue.measure);
    if (issue.measure) {
        json.add("unit", to_string(rule.unit));
    }
    add_known(json, "tolerance", issue.tolerance);
    if (issue.tolerance && rule.parameter) {
        json.add("parameter", row_of(*rule.parameter).name);
    }
    add_text(json, "field", issue.field);
    add_text(json, "found", issue.found);
    add_text(json, "expected", issue.expected);
    json.add("source", rule.source);
    json.add("sentence_vi", sentence_vi(issue)).add("sentence_en", sentence_en(issue));
    return json;
}

}  // namespace

Json report_json(const validation::ValidationReport& report, const CheckedLayer& checked) {
    const model::LayerVersion& version = checked.layer.version();
    Json counts{codec::JsonObject()};
    for (const validation::Rule& rule : validation::rule_table()) {
        if (const std::size_t count = report.counts.of(rule.code); count > 0) {
            counts.add(std::string(rule.name), count);
        }
    }
    Json severities;
    for (const auto severity :
         {validation::Severity::error, validation::Severity::warning, validation::Severity::info}) {
        severities.add(std::string(to_string(severity)), report.counts.of(severity));
    }
    Json unchecked{codec::JsonArray()};
    for (const validation::UncheckedRule& rule : report.unchecked) {
        unchecked.push(Json().add("code", to_string(rule.code)).add("reason", rule.reason));
    }
    Json issues{codec::JsonArray()};
    for (const ValidationIssue& issue : report.issues) {
        issues.push(issue_json(issue, checked.layer));
    }
    Json json;
    json.add("layer", version.layer.text())
        .add("version", version.number.value())
        .add("profile", checked.profile)
        .add("day", checked.day.to_string())
        .add("features_checked", report.features_checked)
        .add("counts", std::move(counts))
        .add("severities", std::move(severities))
        .add("unchecked", std::move(unchecked))
        .add("issues", std::move(issues));
    return json;
}

std::string issues_csv(const validation::ValidationReport& report, const CheckedLayer& checked) {
    std::string csv =
        "\xEF\xBB\xBF"
        "severity,code,family,nature,feature_id,other_feature_id,ring,vertex,crs,x,y,measure,unit,tolerance,field,"
        "found,expected,sentence_vi,sentence_en,source,wkt\r\n";
    for (const ValidationIssue& issue : report.issues) {
        const validation::Rule& rule = rule_of(issue.code);
        std::vector<std::string> fields = {std::string(to_string(issue.severity)),
                                           std::string(rule.name),
                                           std::string(to_string(rule.family)),
                                           std::string(to_string(rule.nature)),
                                           issue.feature_id.text(),
                                           issue.other_feature_id ? issue.other_feature_id->text() : "",
                                           counted(issue.ring),
                                           counted(issue.vertex),
                                           crs_of(issue, checked.layer),
                                           issue.point ? fmt::format("{}", issue.point->x) : "",
                                           issue.point ? fmt::format("{}", issue.point->y) : "",
                                           number(issue.measure),
                                           issue.measure ? std::string(to_string(rule.unit)) : "",
                                           number(issue.tolerance),
                                           issue.field,
                                           issue.found,
                                           issue.expected,
                                           sentence_vi(issue),
                                           sentence_en(issue),
                                           std::string(rule.source),
                                           issue.geometry ? codec::to_wkt(*issue.geometry) : ""};
        for (std::string& field : fields) {
            field = csv_field(field);
        }
        csv += fmt::format("{}\r\n", fmt::join(fields, ","));
    }
    return csv;
}

}  // namespace ranh::present
