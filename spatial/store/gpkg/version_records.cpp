#include "spatial/store/gpkg/version_records.hpp"

#include "spatial/store/gpkg/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ranh::gpkg {
namespace {

constexpr const auto& columns = store::version_record_columns;
/// Columns that older files lack.
constexpr std::size_t first_later_column = columns.size() - 2;

}  // namespace

std::vector<VersionRecord> read_records(const Database& database, const LayerId* layer) {
    auto read = columns;
    for (std::size_t i = first_later_column; i < read.size(); ++i) {
        read[i] = has_version_column(database, columns[i]) ? columns[i] : "NULL";
    }
    Statement rows = database.prepare(fmt::format("SELECT {} FROM ranh_layer_version {} ORDER BY layer, number",
                                                  fmt::join(read, ", "), layer == nullptr ? "" : "WHERE layer = ?1"));
    if (layer != nullptr) {
        rows.bind(1, layer->text());
    }
    std::vector<VersionRecord> records;
    while (rows.step()) {
        store::VersionRecordTexts texts;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const int column = static_cast<int>(i);
            texts[i] = rows.is_null(column) ? std::nullopt : std::optional<std::string>(rows.text(column));
        }
        try {
            records.push_back(store::record_of(texts));
        } catch (const Failure& failure) {
            throw Failure(failure.error().kind, failure.error().sentence, database.file());
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
        places.push_back(fmt::format("?{}", i + 1));
        changes.push_back(fmt::format("{} = ?{}", columns[i], i + 1));
    }
    Statement row = database.prepare(
        fmt::format("INSERT INTO ranh_layer_version({}) VALUES({}) ON CONFLICT (layer, number) DO UPDATE SET {}",
                    fmt::join(columns, ", "), fmt::join(places, ", "), fmt::join(changes, ", ")));
    const store::VersionRecordTexts texts = store::texts_of(record);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int parameter = static_cast<int>(i) + 1;
        if (texts[i]) {
            row.bind(parameter, std::string_view(*texts[i]));
        } else {
            row.bind_null(parameter);
        }
    }
    row.run();
}

}  // namespace ranh::gpkg
