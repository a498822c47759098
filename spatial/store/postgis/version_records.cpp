#include "spatial/store/postgis/version_records.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ranh::postgis {
namespace {

constexpr const auto& columns = store::version_record_columns;

std::string versions(const Database& database) { return database.table("ranh_layer_version"); }

/// As texts: flags as "0" and "1".
std::string selected_columns() {
    std::string text;
    for (const std::string_view column : columns) {
        const bool flag = column == "held" || column == "withdrawn";
        text += fmt::format("{}{}{}", text.empty() ? "" : ", ", column, flag ? "::int" : "");
    }
    return text;
}

}  // namespace

std::vector<VersionRecord> read_records(const Database& database, const LayerId* layer) {
    const Rows rows = database.query(fmt::format("SELECT {} FROM {} {} ORDER BY layer, number", selected_columns(),
                                                 versions(database), layer == nullptr ? "" : "WHERE layer = $1"),
                                     layer == nullptr ? Parameters{} : Parameters{layer->text()});
    std::vector<VersionRecord> records;
    for (int i = 0; i < rows.size(); ++i) {
        store::VersionRecordTexts texts;
        for (std::size_t k = 0; k < texts.size(); ++k) {
            const int column = static_cast<int>(k);
            texts[k] = rows.is_null(i, column) ? std::nullopt : std::optional(rows.text(i, column));
        }
        try {
            records.push_back(store::record_of(texts));
        } catch (const Failure& failure) {
            throw Failure(failure.error().kind, failure.error().sentence, database.address().name);
        }
    }
    return records;
}

VersionRecord read_record(const Database& database, const LayerId& layer, VersionNumber number) {
    return store::find_record(read_records(database), layer, number);
}

void write_record(const Database& database, const VersionRecord& record) {
    std::vector<std::string> places;
    std::vector<std::string> changes;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        places.push_back(fmt::format("${}", i + 1));
        changes.push_back(fmt::format("{0} = excluded.{0}", columns[i]));
    }
    const store::VersionRecordTexts texts = store::texts_of(record);
    database.query(
        fmt::format("INSERT INTO {}({}) VALUES ({}) ON CONFLICT (layer, number) DO UPDATE SET {}", versions(database),
                    fmt::join(columns, ", "), fmt::join(places, ", "), fmt::join(changes, ", ")),
        Parameters(texts.begin(), texts.end()));
}

std::int64_t newest_published(const Database& database, const LayerId& layer) {
    return database.integer(fmt::format("SELECT max(number) FROM {} WHERE layer = $1 AND NOT held", versions(database)),
                            {layer.text()});
}

std::int64_t newest_number(const Database& database, const LayerId& layer) {
    return database.integer(fmt::format("SELECT max(number) FROM {} WHERE layer = $1", versions(database)),
                            {layer.text()});
}

}  // namespace ranh::postgis
