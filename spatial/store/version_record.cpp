#include "spatial/store/version_record.hpp"

#include "spatial/store/record_json.hpp"

#include <fmt/format.h>

#include <charconv>

namespace ranh::store {
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

std::string flag_text(bool flag) { return flag ? "1" : "0"; }

std::optional<std::string> date_text(const std::optional<Date>& date) {
    return date ? std::optional(date->to_string()) : std::nullopt;
}

/// Reads the texts of one record.
class Texts {
public:
    explicit Texts(const VersionRecordTexts& texts) : m_texts(texts) {}
    [[nodiscard]] std::string text(std::size_t column) const { return m_texts[column].value_or(""); }
    [[nodiscard]] bool flag(std::size_t column) const { return text(column) == "1"; }
    [[nodiscard]] std::int64_t integer(std::size_t column) const {
        const std::string digits = text(column);
        std::int64_t number = 0;
        const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (status != std::errc() || end != digits.data() + digits.size()) {
            throw Failure(ErrorKind::corrupt_input,
                          fmt::format("{} is '{}', a whole number expected", version_record_columns[column], digits));
        }
        return number;
    }
    [[nodiscard]] std::optional<Date> date(std::size_t column) const {
        return m_texts[column] ? std::optional(Date::parse(*m_texts[column]).value()) : std::nullopt;
    }
    [[nodiscard]] bool has(std::size_t column) const { return m_texts[column].has_value(); }

private:
    const VersionRecordTexts& m_texts;
};

VersionRecord read_record(const Texts& row) {
    VersionRecord record{{.layer = LayerId::parse(row.text(0)).value(),
                          .number = VersionNumber(row.integer(1)),
                          .description = {},
                          .systems = split_systems(row.text(8)),
                          .feature_count = row.integer(9),
                          .held = row.flag(10),
                          .withdrawn = row.flag(11),
                          .known_from = Timestamp::parse(row.text(12)).value(),
                          .content_hash = Sha256::parse(row.text(13)).value()},
                         {},
                         row.text(16)};
    model::LayerDescription& description = record.version.description;
    description.title = row.text(2);
    description.kind = model::parse_layer_kind(row.text(3)).value();
    description.status = model::parse_legal_status(row.text(4)).value();
    description.validity = DateRange::from_inclusive(row.date(5), row.date(6)).value();
    description.superseded_by = row.text(7);
    auto schema = parse_stored_schema(row.text(14)).value();
    description.schema = std::move(schema.schema);
    record.columns = std::move(schema.columns);
    description.provenance = parse_provenance(row.text(15)).value();
    if (row.has(17)) {
        record.version.lattice_level = static_cast<int>(row.integer(17));
    }
    if (row.has(18)) {
        record.version.status_log = parse_status_log(row.text(18)).value();
    }
    return record;
}

}  // namespace

VersionRecordTexts texts_of(const VersionRecord& record) {
    const model::LayerVersion& version = record.version;
    const model::LayerDescription& description = version.description;
    return {version.layer.text(),
            std::to_string(version.number.value()),
            description.title,
            std::string(model::to_string(description.kind)),
            std::string(model::to_string(description.status)),
            date_text(description.validity.from()),
            date_text(description.validity.last()),
            description.superseded_by,
            joined(version.systems),
            std::to_string(version.feature_count),
            flag_text(version.held),
            flag_text(version.withdrawn),
            version.known_from.to_string(),
            version.content_hash.hex(),
            to_json_text(StoredSchema{description.schema, record.columns}),
            to_json_text(description.provenance),
            record.staging.empty() ? std::nullopt : std::optional(record.staging),
            version.lattice_level ? std::optional(std::to_string(*version.lattice_level)) : std::nullopt,
            version.status_log.empty() ? std::nullopt : std::optional(to_json_text(version.status_log))};
}

VersionRecord record_of(const VersionRecordTexts& texts) {
    try {
        return read_record(Texts(texts));
    } catch (const Failure& failure) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the record of {}@{} cannot be read: {}; take the last backup", texts[0].value_or(""),
                                  texts[1].value_or(""), failure.error().sentence));
    }
}

VersionRecord find_record(std::vector<VersionRecord> records, const LayerId& layer, VersionNumber number) {
    std::vector<model::LayerVersion> versions;
    for (VersionRecord& record : records) {
        if (record.version.layer == layer && record.version.number == number) {
            return std::move(record);
        }
        versions.push_back(record.version);
    }
    // The words for what there is are those of every selector.
    throw Failure(model::choose_version(versions, {layer, number}, Date(), Timestamp()).error());
}

}  // namespace ranh::store
