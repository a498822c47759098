#include "spatial/store/record_json.hpp"

#include "spatial/codec/json.hpp"

#include <fmt/format.h>

namespace ranh::store {
namespace {

using codec::Json;
using codec::JsonArray;

Json texts(const std::vector<std::string>& values) {
    JsonArray array;
    for (const std::string& value : values) {
        array.emplace_back(value);
    }
    return array;
}

/// Reads members of one JSON object; Failure corrupt_input inside, turned into an Error by the callers below.
class Members {
public:
    Members(const Json& json, std::string_view record) : m_json(json), m_record(record) {
        if (!json.is_object()) {
            throw Failure(ErrorKind::corrupt_input, fmt::format("the {} is no JSON object", record));
        }
    }
    [[nodiscard]] std::string text(std::string_view name) const {
        const Json* member = m_json.find(name);
        const auto value = member == nullptr ? std::nullopt : member->string();
        if (!value) {
            wrong(name, "a text");
        }
        return std::string(*value);
    }
    /// Empty where it is absent, as in records of before there was such a member.
    [[nodiscard]] std::string text_or_empty(std::string_view name) const {
        return m_json.find(name) == nullptr ? std::string() : text(name);
    }
    [[nodiscard]] std::int64_t integer(std::string_view name) const {
        const Json* member = m_json.find(name);
        const auto value = member == nullptr ? std::nullopt : member->integer();
        if (!value) {
            wrong(name, "a whole number");
        }
        return *value;
    }
    [[nodiscard]] bool flag(std::string_view name) const {
        const Json* member = m_json.find(name);
        const auto value = member == nullptr ? std::nullopt : member->boolean();
        if (!value) {
            wrong(name, "true or false");
        }
        return *value;
    }
    [[nodiscard]] const JsonArray& array(std::string_view name) const {
        const Json* member = m_json.find(name);
        const JsonArray* value = member == nullptr ? nullptr : member->array();
        if (value == nullptr) {
            wrong(name, "a list");
        }
        return *value;
    }
    [[nodiscard]] std::vector<std::string> texts(std::string_view name) const {
        std::vector<std::string> result;
        for (const Json& item : array(name)) {
            if (!item.string()) {
                wrong(name, "a list of texts");
            }
            result.emplace_back(*item.string());
        }
        return result;
    }
    /// Null when absent or null.
    [[nodiscard]] const Json* optional(std::string_view name) const {
        const Json* member = m_json.find(name);
        return member == nullptr || member->is_null() ? nullptr : member;
    }
    [[noreturn]] void wrong(std::string_view name, std::string_view expected) const {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("member '{}' of the {} is not {}", name, m_record, expected));
    }

private:
    const Json& m_json;
    std::string_view m_record;
};

std::optional<Date> day_of(const Json* member) {
    return member == nullptr ? std::nullopt : std::optional(Date::parse(member->string().value_or("")).value());
}

Json day(const std::optional<Date>& date) { return date ? Json(date->to_string()) : Json(nullptr); }

template <typename T>
Result<T> parsed(std::string_view text, T (*read)(const Json&)) {
    const auto json = codec::parse_json(text);
    if (!json.ok()) {
        return json.error();
    }
    try {
        return read(json.value());
    } catch (const Failure& failure) {
        return failure.error();
    }
}

model::Provenance read_provenance(const Json& json) {
    const Members members(json, "provenance");
    model::Provenance result;
    result.source = members.text("source");
    result.source_sha256 = members.text("source_sha256");
    result.decision = members.text("decision");
    result.licence = members.text("licence");
    result.crs_decision = members.text("crs_decision");
    result.transform = members.text("transform");
    result.importer_version = members.text("importer_version");
    result.imported_at = Timestamp::parse(members.text("imported_at")).value();
    result.imported_by = members.text_or_empty("imported_by");
    result.read = members.integer("read");
    result.kept = members.integer("kept");
    result.repaired = members.integer("repaired");
    result.rejected = members.integer("rejected");
    if (const Json* accuracy = members.optional("accuracy_m")) {
        result.accuracy_m = accuracy->number();
    }
    if (const Json* scale = members.optional("map_scale")) {
        result.map_scale = scale->integer();
    }
    result.notes = members.texts("notes");
    result.inputs = members.texts("inputs");
    return result;
}

StoredSchema read_schema(const Json& json) {
    const Members members(json, "schema");
    StoredSchema result;
    for (const Json& item : members.array("fields")) {
        const Members field(item, "field of the schema");
        const auto type = model::parse_field_type(field.text("type"));
        if (!type) {
            field.wrong("type", "a field type");
        }
        const bool personal = field.text("privacy") == "personal";
        result.schema.fields.push_back(
            {field.text("name"), *type, personal ? model::Privacy::personal : model::Privacy::open});
        result.columns.push_back(field.text("column"));
    }
    return result;
}

std::vector<model::StatusChange> read_status_log(const Json& json) {
    const JsonArray* array = json.array();
    if (array == nullptr) {
        throw Failure(ErrorKind::corrupt_input, "the status log is no JSON list");
    }
    std::vector<model::StatusChange> log;
    for (const Json& item : *array) {
        const Members change(item, "status log");
        log.push_back({.known_from = Timestamp::parse(change.text("known_from")).value(),
                       .status = model::parse_legal_status(change.text("status")).value(),
                       .validity = DateRange::from_inclusive(day_of(change.optional("valid_from")),
                                                             day_of(change.optional("valid_to")))
                                       .value(),
                       .superseded_by = change.text("superseded_by"),
                       .withdrawn = change.flag("withdrawn"),
                       .by = change.text_or_empty("by")});
    }
    return log;
}

model::LayerVersion read_version(const Json& json) {
    const Members members(json, "layer version");
    const auto part = [&](std::string_view name) -> const Json& {
        const Json* member = members.optional(name);
        if (member == nullptr) {
            members.wrong(name, "an object");
        }
        return *member;
    };
    model::LayerVersion version{.layer = LayerId::parse(members.text("layer")).value(),
                                .number = VersionNumber(members.integer("number")),
                                .description = {},
                                .systems = {},
                                .feature_count = members.integer("feature_count"),
                                .held = members.flag("held"),
                                .withdrawn = members.flag("withdrawn"),
                                .known_from = Timestamp::parse(members.text("known_from")).value(),
                                .content_hash = Sha256::parse(members.text("content_hash")).value()};
    if (const Json* level = members.optional("lattice_level")) {
        version.lattice_level = static_cast<int>(level->integer().value_or(0));
    }
    if (const Json* log = members.optional("status_log")) {
        version.status_log = read_status_log(*log);
    }
    for (const std::string& system : members.texts("systems")) {
        version.systems.push_back(crs::Crs::parse(system).value());
    }
    model::LayerDescription& description = version.description;
    description.title = members.text("title");
    description.kind = model::parse_layer_kind(members.text("kind")).value();
    description.status = model::parse_legal_status(members.text("status")).value();
    description.validity =
        DateRange::from_inclusive(day_of(members.optional("valid_from")), day_of(members.optional("valid_to"))).value();
    description.superseded_by = members.text("superseded_by");
    description.schema = read_schema(part("schema")).schema;
    description.provenance = read_provenance(part("provenance"));
    return version;
}

Json json_of(const model::Provenance& provenance) {
    Json json;
    json.add("source", provenance.source)
        .add("source_sha256", provenance.source_sha256)
        .add("decision", provenance.decision)
        .add("licence", provenance.licence)
        .add("crs_decision", provenance.crs_decision)
        .add("transform", provenance.transform)
        .add("importer_version", provenance.importer_version)
        .add("imported_at", provenance.imported_at.to_string())
        .add("imported_by", provenance.imported_by)
        .add("read", provenance.read)
        .add("kept", provenance.kept)
        .add("repaired", provenance.repaired)
        .add("rejected", provenance.rejected)
        .add("accuracy_m", provenance.accuracy_m)
        .add("map_scale", provenance.map_scale)
        .add("notes", texts(provenance.notes))
        .add("inputs", texts(provenance.inputs));
    return json;
}

Json json_of(const StoredSchema& schema) {
    JsonArray fields;
    for (std::size_t i = 0; i < schema.schema.fields.size(); ++i) {
        const model::Field& field = schema.schema.fields[i];
        Json item;
        item.add("name", field.name)
            .add("type", model::to_string(field.type))
            .add("privacy", field.privacy == model::Privacy::personal ? "personal" : "open")
            .add("column", schema.columns[i]);
        fields.push_back(std::move(item));
    }
    Json json;
    json.add("fields", std::move(fields));
    return json;
}

Json json_of(const std::vector<model::StatusChange>& log) {
    JsonArray changes;
    for (const model::StatusChange& change : log) {
        Json item;
        item.add("known_from", change.known_from.to_string())
            .add("status", model::to_string(change.status))
            .add("valid_from", day(change.validity.from()))
            .add("valid_to", day(change.validity.last()))
            .add("superseded_by", change.superseded_by)
            .add("withdrawn", change.withdrawn)
            .add("by", change.by);
        changes.push_back(std::move(item));
    }
    return changes;
}

}  // namespace

std::string to_json_text(const model::Provenance& provenance) { return codec::to_text(json_of(provenance)); }

Result<model::Provenance> parse_provenance(std::string_view json) { return parsed(json, read_provenance); }

std::string to_json_text(const StoredSchema& schema) { return codec::to_text(json_of(schema)); }

Result<StoredSchema> parse_stored_schema(std::string_view json) { return parsed(json, read_schema); }

std::string to_json_text(const std::vector<model::StatusChange>& log) { return codec::to_text(json_of(log)); }

Result<std::vector<model::StatusChange>> parse_status_log(std::string_view json) {
    return parsed(json, read_status_log);
}

std::string to_json_text(const model::LayerVersion& version) {
    const model::LayerDescription& description = version.description;
    StoredSchema schema{description.schema, {}};
    JsonArray systems;
    for (const crs::Crs& crs : version.systems) {
        systems.emplace_back(crs.code());
    }
    for (const model::Field& field : description.schema.fields) {
        schema.columns.push_back(field.name);
    }
    Json json;
    json.add("layer", version.layer.text())
        .add("number", version.number.value())
        .add("title", description.title)
        .add("kind", model::to_string(description.kind))
        .add("status", model::to_string(description.status))
        .add("valid_from", day(description.validity.from()))
        .add("valid_to", day(description.validity.last()))
        .add("superseded_by", description.superseded_by)
        .add("systems", std::move(systems))
        .add("feature_count", version.feature_count)
        .add("held", version.held)
        .add("withdrawn", version.withdrawn)
        .add("known_from", version.known_from.to_string())
        .add("content_hash", version.content_hash.hex())
        .add("lattice_level", version.lattice_level)
        .add("status_log", json_of(version.status_log))
        .add("schema", json_of(schema))
        .add("provenance", json_of(description.provenance));
    return codec::to_text(json);
}

Result<model::LayerVersion> parse_layer_version(std::string_view json) { return parsed(json, read_version); }

}  // namespace ranh::store
