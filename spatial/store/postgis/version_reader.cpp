#include "spatial/store/postgis/version_reader.hpp"

#include "spatial/codec/wkb.hpp"
#include "spatial/store/postgis/tables.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

namespace ranh::postgis {
namespace {

// Columns of every SELECT below, before those of the fields.
constexpr std::size_t id_column = 0;
constexpr std::size_t epsg_column = 1;
constexpr std::size_t geometry_column = 2;
constexpr std::size_t stated_column = 3;
constexpr std::size_t planar_column = 4;
constexpr std::size_t ellipsoid_column = 5;
constexpr std::size_t first_value_column = 6;

/// What the rows of one table must meet for a selection; store::matches() decides, this keeps the rows few.
class Conditions {
public:
    Conditions(const VersionRecord& record, const store::Selection& selection)
        : m_selection(selection), m_field(store::selected_field(selection, record.version)) {
        if (selection.ids) {
            std::vector<std::string> texts;
            for (const FeatureId& id : *selection.ids) {
                texts.push_back(sql_text(id.text()));
            }
            m_sql += fmt::format(" AND ranh_id IN ({})", fmt::join(texts, ", "));
        }
        if (m_field) {
            const model::FieldType type = record.version.description.schema.fields[*m_field].type;
            if (type == model::FieldType::text || type == model::FieldType::integer) {
                m_sql += fmt::format(" AND {}::text = {}", sql_name(record.columns[*m_field]),
                                     sql_text(selection.field->text));
            }
        }
    }

    [[nodiscard]] std::string of_part(int epsg) const {
        if (!m_selection.boxes) {
            return m_sql;
        }
        for (const auto& [crs, box] : *m_selection.boxes) {
            if (crs.epsg() == epsg) {
                return m_sql + fmt::format(" AND geom && ST_MakeEnvelope({}, {}, {}, {}, {})", box.min.x, box.min.y,
                                           box.max.x, box.max.y, epsg);
            }
        }
        return m_sql + " AND false";
    }
    [[nodiscard]] const std::string& of_staging() const { return m_sql; }
    [[nodiscard]] bool matches(const model::Feature& feature) const {
        return store::matches(m_selection, m_field, feature);
    }

private:
    const store::Selection& m_selection;
    std::optional<std::size_t> m_field;
    std::string m_sql;
};

/// SELECTs over the tables that hold a version. `extra` are further columns between the areas and the fields.
std::string version_sql(const Database& database, const VersionRecord& record, const Conditions& conditions,
                        std::string_view extra) {
    std::string fields;
    for (const std::string& column : record.columns) {
        fields += ", " + sql_name(column);
    }
    const auto select = [&](const std::string& table, const std::string& epsg, const std::string& condition) {
        return fmt::format(
            "SELECT ranh_id, {} AS epsg, geom, area_stated_m2, area_planar_m2, area_ellipsoid_m2{}{} FROM {} WHERE {}",
            epsg, extra, fields, database.table(table), condition);
    };
    if (!record.staging.empty()) {
        return select(record.staging, "epsg", "true" + conditions.of_staging());
    }
    const std::int64_t number = record.version.number.value();
    std::string sql;
    for (const Part& part : parts_of(database, record.version.layer)) {
        const std::string epsg = fmt::format("{}::integer", part.epsg);
        const std::string more = conditions.of_part(part.epsg);
        sql += sql.empty() ? "" : " UNION ALL ";
        sql += select(part.table, epsg, fmt::format("first_version <= {}{}", number, more));
        sql += " UNION ALL ";
        sql +=
            select(part.history(), epsg, fmt::format("first_version <= {0} AND last_version >= {0}{1}", number, more));
    }
    return sql;
}

model::Value value_in(const CopyOut& row, std::size_t column, model::FieldType type) {
    if (row.is_null(column)) {
        return std::monostate();
    }
    switch (type) {
        case model::FieldType::boolean: return row.flag(column);
        case model::FieldType::integer: return row.integer(column);
        case model::FieldType::real: return row.real(column);
        case model::FieldType::text: return row.text(column);
        case model::FieldType::date: return row.date(column);
    }
    return std::monostate();
}

std::optional<double> area_in(const CopyOut& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.real(column));
}

geom::Geometry geometry_in(const CopyOut& row, const Database& database) {
    auto geometry = codec::parse_wkb(row.bytes(geometry_column));
    if (!geometry.ok()) {
        throw Failure(
            ErrorKind::corrupt_input,
            fmt::format("feature '{}': {}; restore the last backup", row.text(id_column), geometry.error().sentence),
            database.address().name);
    }
    return std::move(geometry).value();
}

}  // namespace

std::string rows_of_version_sql(const Database& database, const VersionRecord& record) {
    const store::Selection all;
    return version_sql(database, record, Conditions(record, all), ", ranh_hash");
}

void read_features(const Database& database, const VersionRecord& record, const store::Selection& selection,
                   const std::function<void(model::Feature)>& visit) {
    const auto& fields = record.version.description.schema.fields;
    const Conditions conditions(record, selection);
    if (record.version.feature_count == 0 || (selection.ids && selection.ids->empty())) {
        return;
    }
    std::map<std::int64_t, crs::Crs> systems;
    for (const crs::Crs& crs : record.version.systems) {
        systems.emplace(crs.epsg(), crs);
    }
    CopyOut row(database, version_sql(database, record, conditions, "") + " ORDER BY ranh_id");
    while (row.next()) {
        model::Feature feature;
        feature.id = FeatureId(row.text(id_column));
        // A feature without geometry stands in the layer's first table, whose system this version need not have.
        const auto system = systems.find(row.integer(epsg_column));
        feature.crs = system == systems.end() ? record.version.systems.front() : system->second;
        feature.areas = {area_in(row, stated_column), area_in(row, planar_column), std::nullopt,
                         area_in(row, ellipsoid_column)};
        if (feature.areas.area_planar_m2) {
            feature.areas.planar_epsg = feature.crs.epsg();
        }
        if (!row.is_null(geometry_column)) {
            feature.geometry = geometry_in(row, database);
        }
        feature.values.reserve(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            feature.values.push_back(value_in(row, first_value_column + i, fields[i].type));
        }
        if (conditions.matches(feature)) {
            visit(std::move(feature));
        }
    }
}

std::vector<FeatureId> unshared_ids(const Database& database, const VersionRecord& a, const VersionRecord& b) {
    std::string sql;
    const auto add = [&](const std::string& table, const std::string& condition) {
        sql += fmt::format("{}SELECT ranh_id FROM {} WHERE {}", sql.empty() ? "" : " UNION ", database.table(table),
                           condition);
    };
    const bool apart = !a.staging.empty() || !b.staging.empty();
    for (const VersionRecord* record : {&a, &b}) {
        if (!record->staging.empty()) {
            add(record->staging, "true");
        }
    }
    const std::int64_t i = a.version.number.value();
    const std::int64_t k = b.version.number.value();
    for (const Part& part : parts_of(database, a.version.layer)) {
        const auto has = [](std::int64_t n) { return fmt::format("first_version <= {0} AND last_version >= {0}", n); };
        add(part.table, apart ? "true" : fmt::format("(first_version <= {}) <> (first_version <= {})", i, k));
        add(part.history(),
            apart ? fmt::format("({}) OR ({})", has(i), has(k)) : fmt::format("({}) <> ({})", has(i), has(k)));
    }
    std::vector<FeatureId> ids;
    if (!sql.empty()) {
        CopyOut rows(database, sql + " ORDER BY 1");
        while (rows.next()) {
            ids.emplace_back(rows.text(0));
        }
    }
    return ids;
}

Sha256 digest_in(const CopyOut& row, std::size_t column) {
    Sha256 digest;
    const std::string_view bytes = row.bytes(column);
    if (bytes.size() != digest.bytes.size()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("a row has a hash of {} bytes, {} expected; restore the last backup", bytes.size(),
                                  digest.bytes.size()));
    }
    std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
    return digest;
}

}  // namespace ranh::postgis
