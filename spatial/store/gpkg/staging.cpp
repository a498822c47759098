#include "spatial/store/gpkg/staging.hpp"

#include "spatial/codec/wkb.hpp"
#include "spatial/store/feature_record.hpp"
#include "spatial/store/gpkg/geometry_blob.hpp"
#include "spatial/store/gpkg/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ranh::gpkg {
namespace {

/// Column names and "?1, ?2, …" in one fixed order: what append() binds.
constexpr std::string_view fixed_columns =
    "ranh_id, epsg, type, min_x, min_y, max_x, max_y, geom, area_stated_m2, area_planar_m2, area_ellipsoid_m2, "
    "ranh_hash";
constexpr int fixed_count = 12;

std::string insert_sql(const std::string& name, std::size_t fields) {
    std::string columns(fixed_columns);
    std::string places = "?1";
    for (int i = 2; i <= fixed_count + static_cast<int>(fields); ++i) {
        places += fmt::format(", ?{}", i);
    }
    for (const std::string& column : staging_columns(fields)) {
        columns += ", " + column;
    }
    return fmt::format("INSERT OR IGNORE INTO {}({}) VALUES({})", name, columns, places);
}

void bind_area(Statement& statement, int parameter, const std::optional<double>& area) {
    if (area) {
        statement.bind(parameter, *area);
    } else {
        statement.bind_null(parameter);
    }
}

void bind_value(Statement& statement, int parameter, const model::Value& value) {
    switch (value.index()) {
        case 1: statement.bind(parameter, std::int64_t{std::get<bool>(value)}); break;
        case 2: statement.bind(parameter, std::get<std::int64_t>(value)); break;
        case 3: statement.bind(parameter, std::get<double>(value)); break;
        case 4: statement.bind(parameter, std::string_view(std::get<std::string>(value))); break;
        case 5: statement.bind(parameter, std::get<Date>(value).to_string()); break;
        default: statement.bind_null(parameter); break;
    }
}

}  // namespace

std::vector<std::string> staging_columns(std::size_t fields) {
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < fields; ++i) {
        columns.push_back(fmt::format("v{}", i));
    }
    return columns;
}

std::string staging_table_sql(const std::string& name, std::size_t fields) {
    return fmt::format(
        "CREATE TABLE {} (n INTEGER PRIMARY KEY, ranh_id TEXT NOT NULL UNIQUE, epsg INTEGER NOT NULL, type INTEGER, "
        "min_x REAL, min_y "
        "REAL, max_x REAL, max_y REAL, geom BLOB, area_stated_m2 REAL, area_planar_m2 REAL, area_ellipsoid_m2 REAL, "
        "ranh_hash BLOB NOT "
        "NULL{}{})",
        name, fields > 0 ? ", " : "", fmt::join(staging_columns(fields), ", "));
}

StagingTable::StagingTable(const Database& database, std::string name, std::size_t fields)
    : m_database(database), m_name(std::move(name)), m_insert([&] {
          database.execute(staging_table_sql(m_name, fields));
          return database.prepare(insert_sql(m_name, fields));
      }()) {}

void StagingTable::append(const model::Feature& feature) {
    if (!insert(feature)) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("feature '{}' comes twice in one version; every id must be unique in its layer",
                                  feature.id.text()));
    }
}

void StagingTable::append_if_absent(const model::Feature& feature) { static_cast<void>(insert(feature)); }

bool StagingTable::insert(const model::Feature& feature) {
    const std::string wkb = feature.geometry ? codec::to_wkb(*feature.geometry) : std::string();
    const std::string blob = feature.geometry ? to_blob(wkb, feature.crs.epsg(), *feature.geometry) : std::string();
    const Sha256 hash = store::content_hash(feature, wkb);
    m_insert.bind(1, feature.id.text()).bind(2, std::int64_t{feature.crs.epsg()});
    if (feature.geometry) {
        const geom::Box box = feature.geometry->box().value();
        m_insert.bind(3, static_cast<std::int64_t>(feature.geometry->type()));
        m_insert.bind(4, box.min.x).bind(5, box.min.y).bind(6, box.max.x).bind(7, box.max.y).bind_blob(8, blob);
    } else {
        for (int i = 3; i <= 8; ++i) {
            m_insert.bind_null(i);
        }
    }
    bind_area(m_insert, 9, feature.areas.area_stated_m2);
    bind_area(m_insert, 10, feature.areas.area_planar_m2);
    bind_area(m_insert, 11, feature.areas.area_ellipsoid_m2);
    m_insert.bind_blob(12, {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()});
    for (std::size_t i = 0; i < feature.values.size(); ++i) {
        bind_value(m_insert, fixed_count + 1 + static_cast<int>(i), feature.values[i]);
    }
    m_insert.run();
    if (m_database.changes() == 0) {
        return false;
    }
    m_sum.add(hash);
    ++m_count;
    if (!m_first_system) {
        m_first_system = feature.crs;
    }
    if (feature.geometry) {
        const auto type = static_cast<std::int64_t>(feature.geometry->type());
        m_content.add(feature.crs.epsg(), feature.geometry->box().value(), type, type);
    } else {
        m_content.lacks_geometry = true;
    }
    return true;
}

void StagedContent::add(int epsg, const geom::Box& box, std::int64_t least_type, std::int64_t greatest_type) {
    const auto [place, is_new] = parts.try_emplace(epsg, Part{box, least_type, greatest_type});
    if (!is_new) {
        Part& part = place->second;
        part = {geom::united(part.box, box), std::min(part.least_type, least_type),
                std::max(part.greatest_type, greatest_type)};
    }
}

std::vector<crs::Crs> StagingTable::systems(const LayerId& layer) const {
    std::vector<crs::Crs> systems;
    for (const auto& [epsg, part] : m_content.parts) {
        systems.push_back(crs::Crs::from_epsg(epsg).value());
    }
    if (systems.empty() && m_first_system) {
        const std::vector<Part> parts = parts_of(m_database, layer);
        systems.push_back(parts.empty() ? *m_first_system : crs::Crs::from_epsg(parts.front().epsg).value());
    }
    return systems;
}

StagedContent staged_content(const Database& database, const std::string& name) {
    StagedContent content;
    Statement rows = database.prepare(
        fmt::format("SELECT epsg, MIN(min_x), MIN(min_y), MAX(max_x), MAX(max_y), MIN(type), MAX(type), COUNT(*) > "
                    "COUNT(geom) FROM {} GROUP BY epsg",
                    name));
    while (rows.step()) {
        content.lacks_geometry = content.lacks_geometry || rows.integer(7) != 0;
        if (!rows.is_null(1)) {
            content.add(static_cast<int>(rows.integer(0)), {{rows.real(1), rows.real(2)}, {rows.real(3), rows.real(4)}},
                        rows.integer(5), rows.integer(6));
        }
    }
    return content;
}

}  // namespace ranh::gpkg
