#include "services/app/geojson_text_reader.hpp"

#include "spatial/base/sha256.hpp"
#include "spatial/codec/geojson.hpp"

#include <fmt/format.h>

namespace ranh::app {
namespace {

std::string text_of(const codec::Json& json) {
    const auto text = json.string();
    return text ? std::string(*text) : codec::to_text(json);
}

class GeoJsonTextReader : public pipeline::FeatureReader {
public:
    GeoJsonTextReader(std::string_view text, const pipeline::ReadOptions& options) {
        m_features = codec::parse_geojson(codec::parse_json(text).value()).value();
        m_description.format = "GeoJSON";
        m_description.file_name = "standard input";
        m_description.sha256 = sha256(text).hex();
        m_description.id_field = "id";
        m_description.declared_crs = crs::wgs84();
        m_description.declared_crs_text = "RFC 7946";
        m_description.found_crs = options.crs;
        m_description.crs_reason = options.crs ? "option --crs" : "GeoJSON is WGS 84 (RFC 7946)";
        m_description.record_count = static_cast<std::int64_t>(m_features.size());
        m_description.schema.fields.push_back({"id", model::FieldType::text});
        for (const codec::GeoJsonFeature& feature : m_features) {
            for (const codec::JsonMember& member : feature.properties) {
                if (!m_description.schema.find(member.first)) {
                    m_description.schema.fields.push_back({member.first, model::FieldType::text});
                }
            }
        }
    }

    [[nodiscard]] const pipeline::SourceDescription& describe() override { return m_description; }

    [[nodiscard]] std::optional<pipeline::SourceRecord> next() override {
        if (m_next >= m_features.size()) {
            return std::nullopt;
        }
        const codec::GeoJsonFeature& feature = m_features[m_next++];
        pipeline::SourceRecord record;
        record.place = fmt::format("feature {}", m_next);
        record.geometry = feature.geometry;
        record.values.resize(m_description.schema.fields.size());
        for (const codec::JsonMember& member : feature.properties) {
            if (!member.second.is_null()) {
                record.values[*m_description.schema.find(member.first)] = text_of(member.second);
            }
        }
        if (!feature.id.empty()) {
            record.values.front() = feature.id;
        }
        return record;
    }

    void rewind() override { m_next = 0; }

private:
    pipeline::SourceDescription m_description;
    std::vector<codec::GeoJsonFeature> m_features;
    std::size_t m_next = 0;
};

}  // namespace

std::unique_ptr<pipeline::FeatureReader> open_geojson_text(std::string_view text,
                                                           const pipeline::ReadOptions& options) {
    return std::make_unique<GeoJsonTextReader>(text, options);
}

}  // namespace ranh::app
