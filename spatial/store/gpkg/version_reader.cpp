#include "spatial/store/gpkg/version_reader.hpp"

#include "spatial/codec/wkb.hpp"
#include "spatial/store/gpkg/geometry_blob.hpp"
#include "spatial/store/gpkg/tables.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

namespace ranh::gpkg {
namespace {

// Columns of every SELECT below, before those of the fields.
constexpr int id_column = 0;
constexpr int epsg_column = 1;
constexpr int geometry_column = 2;
constexpr int stated_column = 3;
constexpr int planar_column = 4;
constexpr int ellipsoid_column = 5;
constexpr int first_value_column = 6;

std::string select_sql(const VersionRecord& record, const std::string& table, const std::string& epsg,
                       const std::string& condition) {
    std::string fields;
    for (const std::string& column : record.columns) {
        fields += ", " + sql_name(column);
    }
    return fmt::format("SELECT ranh_id, {}, geom, area_stated_m2, area_planar_m2, area_ellipsoid_m2{} FROM main.{} {}",
                       epsg, fields, sql_name(table), condition);
}

/// What the rows of one table must meet for a selection, each beginning with " AND "; the tests of matches() decide,
/// this keeps the rows few.
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
            const auto& fields = record.version.description.schema.fields;
            const model::FieldType type = fields[*m_field].type;
            if (type == model::FieldType::text || type == model::FieldType::integer) {
                m_sql += fmt::format(" AND CAST({} AS TEXT) = {}", sql_name(record.columns[*m_field]),
                                     sql_text(selection.field->text));
            }
        }
    }

    [[nodiscard]] std::string of_current(const Part& part) const {
        return m_sql +
               of_box(part.epsg, "fid IN (SELECT id FROM main." + sql_name(fmt::format("rtree_{}_geom", part.table)) +
                                     " WHERE maxx >= {} AND maxy >= {} AND minx <= {} AND miny <= {})");
    }
    [[nodiscard]] std::string of_history(const Part& part) const {
        return m_sql + of_box(part.epsg,
                              "ST_MaxX(geom) >= {} AND ST_MaxY(geom) >= {} AND ST_MinX(geom) <= {} AND ST_MinY(geom) "
                              "<= {}");
    }
    [[nodiscard]] const std::string& of_staging() const { return m_sql; }

    [[nodiscard]] bool matches(const model::Feature& feature) const {
        return store::matches(m_selection, m_field, feature);
    }

private:
    [[nodiscard]] std::string of_box(int epsg, const std::string& form) const {
        if (!m_selection.boxes) {
            return {};
        }
        for (const auto& [crs, box] : *m_selection.boxes) {
            if (crs.epsg() == epsg) {
                return " AND " + fmt::format(fmt::runtime(form), box.min.x, box.min.y, box.max.x, box.max.y);
            }
        }
        return " AND 0";
    }

    const store::Selection& m_selection;
    std::optional<std::size_t> m_field;
    std::string m_sql;
};

std::string version_sql(const Database& database, const VersionRecord& record, const Conditions& conditions) {
    if (!record.staging.empty()) {
        return select_sql(record, record.staging, "epsg", "WHERE 1" + conditions.of_staging() + " ORDER BY ranh_id");
    }
    const std::int64_t number = record.version.number.value();
    std::string sql;
    for (const Part& part : parts_of(database, record.version.layer)) {
        const std::string epsg = fmt::format("{}", part.epsg);
        sql += sql.empty() ? "" : " UNION ALL ";
        sql += select_sql(record, part.table, epsg,
                          fmt::format("WHERE first_version <= {}{}", number, conditions.of_current(part)));
        sql += " UNION ALL ";
        sql += select_sql(
            record, part.history(), epsg,
            fmt::format("WHERE first_version <= {0} AND last_version >= {0}{1}", number, conditions.of_history(part)));
    }
    return sql + " ORDER BY 1";
}

model::Value value_at(const Statement& row, int column, model::FieldType type) {
    if (row.is_null(column)) {
        return std::monostate();
    }
    switch (type) {
        case model::FieldType::boolean: return row.integer(column) != 0;
        case model::FieldType::integer: return row.integer(column);
        case model::FieldType::real: return row.real(column);
        case model::FieldType::text: return std::string(row.text(column));
        case model::FieldType::date: return Date::parse(row.text(column)).value();
    }
    return std::monostate();
}

std::optional<double> area_at(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.real(column));
}

geom::Geometry geometry_at(const Statement& row, const Database& database) {
    const auto wkb = wkb_of_blob(row.blob(geometry_column));
    auto geometry = wkb.ok() ? codec::parse_wkb(wkb.value()) : Result<geom::Geometry>(wkb.error());
    if (!geometry.ok()) {
        throw Failure(
            ErrorKind::corrupt_input,
            fmt::format("feature '{}': {}; take the last backup", row.text(id_column), geometry.error().sentence),
            database.file());
    }
    return std::move(geometry).value();
}

/// The first fid of a table from which on `column` is at least `least`: versions are written one after the other with
/// ever greater fids, so that neither first_version of the current rows nor last_version of the history ever falls.
/// Cost  O(log rows).
std::int64_t first_fid(const Database& database, const std::string& table, std::string_view column,
                       std::int64_t least) {
    const std::string name = sql_name(table);
    std::int64_t first = 0;
    std::int64_t end = database.integer(fmt::format("SELECT IFNULL(MAX(fid), 0) FROM main.{}", name)) + 1;
    Statement row =
        database.prepare(fmt::format("SELECT fid, {} FROM main.{} WHERE fid >= ?1 ORDER BY fid LIMIT 1", column, name));
    while (first < end) {
        const std::int64_t middle = first + (end - first) / 2;
        row.reset();
        if (!row.bind(1, middle).step() || row.integer(1) >= least) {
            end = middle;
        } else {
            first = row.integer(0) + 1;
        }
    }
    return first;
}

}  // namespace

void read_features(const Database& database, const VersionRecord& record, const store::Selection& selection,
                   const std::function<void(model::Feature)>& visit) {
    const auto& fields = record.version.description.schema.fields;
    if (record.version.feature_count == 0 || (selection.ids && selection.ids->empty())) {
        return;
    }
    std::map<std::int64_t, crs::Crs> systems;
    for (const crs::Crs& crs : record.version.systems) {
        systems.emplace(crs.epsg(), crs);
    }
    const Conditions conditions(record, selection);
    Statement row = database.prepare(version_sql(database, record, conditions));
    while (row.step()) {
        model::Feature feature;
        feature.id = FeatureId(std::string(row.text(id_column)));
        // A feature without geometry stands in the layer's first table, whose system this version need not have.
        const auto system = systems.find(row.integer(epsg_column));
        feature.crs = system == systems.end() ? record.version.systems.front() : system->second;
        feature.areas = {area_at(row, stated_column), area_at(row, planar_column), std::nullopt,
                         area_at(row, ellipsoid_column)};
        if (feature.areas.area_planar_m2) {
            feature.areas.planar_epsg = feature.crs.epsg();
        }
        if (!row.is_null(geometry_column)) {
            feature.geometry = geometry_at(row, database);
        }
        feature.values.reserve(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            feature.values.push_back(value_at(row, first_value_column + static_cast<int>(i), fields[i].type));
        }
        if (conditions.matches(feature)) {
            visit(std::move(feature));
        }
    }
}

std::vector<FeatureId> unshared_ids(const Database& database, const VersionRecord& a, const VersionRecord& b) {
    std::string sql;
    const auto add = [&](const std::string& table, const std::string& condition) {
        sql += fmt::format("{}SELECT ranh_id FROM main.{} WHERE {}", sql.empty() ? "" : " UNION ", sql_name(table),
                           condition);
    };
    const bool apart = !a.staging.empty() || !b.staging.empty();
    for (const VersionRecord* record : {&a, &b}) {
        if (!record->staging.empty()) {
            add(record->staging, "1");
        }
    }
    const std::int64_t i = a.version.number.value();
    const std::int64_t k = b.version.number.value();
    for (const Part& part : parts_of(database, a.version.layer)) {
        const auto has = [](std::int64_t n) { return fmt::format("first_version <= {0} AND last_version >= {0}", n); };
        if (apart) {
            add(part.table, "1");
            add(part.history(), fmt::format("({}) OR ({})", has(i), has(k)));
            continue;
        }
        add(part.table, fmt::format("fid >= {} AND (first_version <= {}) <> (first_version <= {})",
                                    first_fid(database, part.table, "first_version", std::min(i, k) + 1), i, k));
        add(part.history(),
            fmt::format("fid >= {} AND ({}) <> ({})",
                        first_fid(database, part.history(), "last_version", std::min(i, k)), has(i), has(k)));
    }
    std::vector<FeatureId> ids;
    if (!sql.empty()) {
        Statement rows = database.prepare(sql + " ORDER BY 1");
        while (rows.step()) {
            ids.emplace_back(std::string(rows.text(0)));
        }
    }
    return ids;
}

}  // namespace ranh::gpkg
