#include "spatial/store/gpkg/version_records.hpp"

#include "spatial/store/gpkg/tables.hpp"
#include "spatial/store/record_json.hpp"

#include <fmt/format.h>

namespace ranh::gpkg {
namespace {

std::string joined(const std::vector<crs::Crs>& systems) {
    std::string text;
    for (const crs::Crs& crs : systems) {
        text += (text.empty() ? "" : ",") + crs.code();
    }
    return text;
}

std::vector<crs::Crs> split_systems(std::string_view text) {
    std::vector<crs::Crs> systems;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        systems.push_back(crs::Crs::parse(text.substr(0, comma)).value());
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return systems;
}

std::optional<Date> date_in(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(Date::parse(row.text(column)).value());
}

constexpr std::string_view record_columns =
    "layer, number, title, kind, status, valid_from, valid_to, superseded_by, systems, feature_count, held, withdrawn, "
    "known_from, "
    "content_hash, schema, provenance, staging";
constexpr int lattice_level_column = 17;

VersionRecord record_of(const Statement& row) {
    VersionRecord record{{.layer = LayerId::parse(row.text(0)).value(),
                          .number = VersionNumber(row.integer(1)),
                          .description = {},
                          .systems = {},
                          .feature_count = row.integer(9),
                          .held = row.integer(10) != 0,
                          .withdrawn = row.integer(11) != 0,
                          .known_from = Timestamp::parse(row.text(12)).value(),
                          .content_hash = {}},
                         {},
                         std::string(row.text(16))};
    model::LayerDescription& description = record.version.description;
    description.title = row.text(2);
    description.kind = model::parse_layer_kind(row.text(3)).value();
    description.status = model::parse_legal_status(row.text(4)).value();
    description.validity = DateRange::from_inclusive(date_in(row, 5), date_in(row, 6)).value();
    description.superseded_by = row.text(7);
    record.version.systems = split_systems(row.text(8));
    if (!row.is_null(lattice_level_column)) {
        record.version.lattice_level = static_cast<int>(row.integer(lattice_level_column));
    }
    record.version.content_hash = Sha256::parse(row.text(13)).value();
    auto schema = store::parse_stored_schema(row.text(14)).value();
    description.schema = std::move(schema.schema);
    record.columns = std::move(schema.columns);
    description.provenance = store::parse_provenance(row.text(15)).value();
    return record;
}

void bind_date(Statement& statement, int parameter, const std::optional<Date>& date) {
    if (date) {
        statement.bind(parameter, date->to_string());
    } else {
        statement.bind_null(parameter);
    }
}

}  // namespace

std::vector<VersionRecord> read_records(const Database& database, const LayerId* layer) {
    Statement rows = database.prepare(fmt::format(
        "SELECT {}, {} FROM ranh_layer_version {} ORDER BY layer, number", record_columns,
        has_lattice_levels(database) ? "lattice_level" : "NULL", layer == nullptr ? "" : "WHERE layer = ?1"));
    if (layer != nullptr) {
        rows.bind(1, layer->text());
    }
    std::vector<VersionRecord> records;
    while (rows.step()) {
        try {
            records.push_back(record_of(rows));
        } catch (const Failure& failure) {
            throw Failure(ErrorKind::corrupt_input,
                          fmt::format("the record of {}@{} cannot be read: {}; take the last backup", rows.text(0),
                                      rows.integer(1), failure.error().sentence),
                          database.file());
        }
    }
    return records;
}

VersionRecord read_record(const Database& database, const LayerId& layer, VersionNumber number) {
    const std::vector<VersionRecord> records = read_records(database);
    std::vector<model::LayerVersion> versions;
    for (const VersionRecord& record : records) {
        if (record.version.layer == layer && record.version.number == number) {
            return record;
        }
        versions.push_back(record.version);
    }
    // The words for what there is are those of every selector.
    throw Failure(model::choose_version(versions, {layer, number}, Date(), Timestamp()).error());
}

void write_record(const Database& database, const VersionRecord& record) {
    const model::LayerVersion& version = record.version;
    const model::LayerDescription& description = version.description;
    Statement row = database.prepare(fmt::format(
        "INSERT INTO ranh_layer_version({}, lattice_level) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
        "?13, ?14, ?15, "
        "?16, "
        "?17, ?18) ON CONFLICT (layer, number) DO UPDATE SET title = ?3, kind = ?4, status = ?5, valid_from = ?6, "
        "valid_to "
        "= ?7, "
        "superseded_by = ?8, systems = ?9, feature_count = ?10, held = ?11, withdrawn = ?12, known_from = ?13, "
        "content_hash = ?14, schema = ?15, provenance = ?16, staging = ?17, "
        "lattice_level = ?18",
        record_columns));
    row.bind(1, version.layer.text()).bind(2, version.number.value()).bind(3, description.title);
    row.bind(4, model::to_string(description.kind)).bind(5, model::to_string(description.status));
    bind_date(row, 6, description.validity.from());
    bind_date(row, 7, description.validity.last());
    row.bind(8, description.superseded_by).bind(9, joined(version.systems)).bind(10, version.feature_count);
    row.bind(11, std::int64_t{version.held})
        .bind(12, std::int64_t{version.withdrawn})
        .bind(13, version.known_from.to_string());
    row.bind(14, version.content_hash.hex());
    row.bind(15, store::to_json_text(store::StoredSchema{description.schema, record.columns}));
    row.bind(16, store::to_json_text(description.provenance));
    if (record.staging.empty()) {
        row.bind_null(17);
    } else {
        row.bind(17, record.staging);
    }
    if (version.lattice_level) {
        row.bind(18, std::int64_t{*version.lattice_level});
    } else {
        row.bind_null(18);
    }
    row.run();
}

}  // namespace ranh::gpkg
