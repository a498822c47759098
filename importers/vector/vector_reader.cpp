#include "importers/vector/vector_reader.hpp"

#include "importers/pipeline/find_crs.hpp"
#include "importers/text/font.hpp"
#include "importers/vector/database_source.hpp"
#include "importers/vector/gdal_support.hpp"
#include "importers/vector/ogr_crs.hpp"
#include "importers/vector/ogr_fields.hpp"
#include "importers/vector/ogr_geometry.hpp"
#include "importers/vector/read_check.hpp"
#include "importers/vector/stroked_arc.hpp"
#include "spatial/crs/transform.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <set>

namespace ranh::vector {

namespace {

using detail::Dataset;
using detail::FeaturePointer;
using detail::GdalMessages;

class VectorReader final : public pipeline::FeatureReader {
public:
    VectorReader(const std::filesystem::path& source, const pipeline::ReadOptions& options)
        : m_is_database(is_database_source(source.string())),
          m_name(m_is_database ? detail::shown_database(source.string()) : source.filename().string()) {
        const GdalMessages messages;
        m_dataset = m_is_database ? detail::open_database(source.string(), messages)
                                  : detail::open_dataset(source, detail::Content::features, messages);
        choose_layers(options.source_layer);
        m_fields.emplace(m_layers.front(), numbers_are_ids());
        describe_source(source);
        decide_crs(options);
        note_changes();
        rewind();
        report(messages, "");
    }

    const pipeline::SourceDescription& describe() override { return m_description; }

    std::optional<pipeline::SourceRecord> next() override {
        if (!m_split.empty()) {
            pipeline::SourceRecord record = std::move(m_split.front());
            m_split.pop_front();
            return record;
        }
        const GdalMessages messages;
        while (m_layer < m_layers.size()) {
            FeaturePointer feature(OGR_L_GetNextFeature(m_layers[m_layer]));
            if (feature) {
                ++m_number;
                const Delivered delivered = delivered_of(feature.get());
                m_check->delivered(delivered);
                auto record = record_of(feature.get());
                if (auto problem = m_check->why_no_feature(delivered)) {
                    record.rejected = model::QuarantineRecord{record.place, *problem, {}};
                }
                report(messages, record.place + ": ");
                return record;
            }
            if (messages.has_failure()) {
                throw Failure(ErrorKind::corrupt_input,
                              fmt::format("reading stopped after feature {}: {}; repair or export the file again",
                                          m_number, messages.last()),
                              m_name);
            }
            ++m_layer;
        }
        note_left_out();
        report(messages, "");
        return next_shortfall();
    }

    void rewind() override {
        const GdalMessages messages;
        for (const OGRLayerH layer : m_layers) {
            OGR_L_ResetReading(layer);
        }
        report(messages, "");
        m_layer = 0;
        m_number = 0;
        m_with_z = 0;
        m_with_curves = 0;
        m_by_font = 0;
        m_check->restart();
        m_shortfalls.reset();
        m_split.clear();
    }

private:
    /// What the file holds and the driver did not deliver: lost geometry one by one, the rest as notes.
    std::optional<pipeline::SourceRecord> next_shortfall() {
        if (!m_shortfalls) {
            m_shortfalls = m_check->shortfalls();
            m_next_shortfall = 0;
        }
        while (m_next_shortfall < m_shortfalls->size()) {
            const ReadShortfall& shortfall = (*m_shortfalls)[m_next_shortfall++];
            const std::string sentence =
                fmt::format("{}: not all was read: {}: {}", m_name, shortfall.place, shortfall.sentence);
            if (m_reported.insert(sentence).second) {
                m_description.notes.push_back(shortfall.is_loss ? "warning: " + sentence : sentence);
            }
            if (shortfall.is_loss) {
                pipeline::SourceRecord record;
                record.place = shortfall.place;
                record.rejected =
                    model::QuarantineRecord{shortfall.place, "not read: " + shortfall.sentence, std::string()};
                return record;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] Delivered delivered_of(OGRFeatureH feature) const {
        return {OGR_F_GetFID(feature),
                m_handle < 0 ? std::string() : std::string(OGR_F_GetFieldAsString(feature, m_handle))};
    }

    /// What GDAL said becomes notes of the source, each sentence once however often the file is read.
    void report(const GdalMessages& messages, const std::string& place) {
        constexpr std::size_t most = 100;
        for (const auto& message : messages.worth_reporting()) {
            if (m_reported.size() > most || !m_reported.insert(message).second) {
                continue;
            }
            m_description.notes.push_back(
                fmt::format("{}: {}GDAL says: {}", m_name, place,
                            m_reported.size() > most ? std::string("more than is listed here") : message));
        }
    }

    void choose_layers(const std::optional<std::string>& wanted) {
        std::vector<std::string> names;
        for (int i = 0; i < GDALDatasetGetLayerCount(m_dataset.get()); ++i) {
            const OGRLayerH layer = detail::layer_of(m_dataset, i);
            names.emplace_back(OGR_L_GetName(layer));
            const bool has_geometry = OGR_L_GetGeomType(layer) != wkbNone;
            if (wanted ? names.back() == *wanted : has_geometry) {
                m_layers.push_back(layer);
            }
        }
        if (m_layers.empty()) {
            throw Failure(ErrorKind::not_found,
                          fmt::format("the file has no {}; its layers are: {}",
                                      wanted ? "layer '" + *wanted + "'" : std::string("layer with geometry"),
                                      fmt::join(names, ", ")),
                          m_name);
        }
        const detail::OgrFields first(m_layers.front());
        for (const OGRLayerH layer : m_layers) {
            if (detail::OgrFields(layer).schema() != first.schema()) {
                throw Failure(ErrorKind::invalid_argument,
                              fmt::format("the file has layers of different fields; name the one to read with "
                                          "--source-layer. Its layers: {}",
                                          fmt::join(names, ", ")),
                              m_name);
            }
        }
    }

    /// A GeoJSON feature may carry its number outside the properties; without one the driver counts from 0.
    bool numbers_are_ids() const {
        const std::string driver = GDALGetDriverShortName(GDALGetDatasetDriver(m_dataset.get()));
        if (driver.find("JSON") == std::string::npos) {
            return false;
        }
        constexpr int most = 1000;
        const OGRLayerH layer = m_layers.front();
        OGR_L_ResetReading(layer);
        for (int i = 0; i < most; ++i) {
            const FeaturePointer feature(OGR_L_GetNextFeature(layer));
            if (!feature) {
                return false;
            }
            if (OGR_F_GetFID(feature.get()) != i) {
                return true;
            }
        }
        return false;
    }

    void describe_source(const std::filesystem::path& source) {
        std::vector<std::filesystem::path> files;
        if (m_is_database) {
            for (const OGRLayerH layer : m_layers) {
                m_description.file_name += (m_description.file_name.empty() ? m_name + " " : ", ");
                m_description.file_name += OGR_L_GetName(layer);
            }
        } else {
            files = describe_bytes(source);
        }
        m_description.format = GDALGetDriverShortName(GDALGetDatasetDriver(m_dataset.get()));
        m_description.schema = m_fields->schema();
        describe_text();
        m_description.notes = m_fields->notes();
        if (m_is_database) {
            m_description.notes.push_back(m_name +
                                          ": a table has no bytes to hash; the content hash of the version stands for "
                                          "them");
        }
        std::int64_t count = 0;
        for (const OGRLayerH layer : m_layers) {
            const auto features = OGR_L_GetFeatureCount(layer, 0);
            count = features < 0 || count < 0 ? -1 : count + features;
        }
        if (count >= 0) {
            m_description.record_count = count;
        }
        m_handle = m_description.format == "DXF"
                       ? OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(m_layers.front()), "EntityHandle")
                       : -1;
        if (m_description.format == "DXF") {
            m_text = m_description.schema.find("Text");
        }
        m_type =
            m_description.format == "DGN" ? OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(m_layers.front()), "Type") : -1;
        m_check.emplace(m_description.format, files, m_description.record_count);
    }

    /// The files the source consists of.
    std::vector<std::filesystem::path> describe_bytes(const std::filesystem::path& file) {
        std::vector<std::filesystem::path> files;
        const CPLStringList list(GDALGetFileList(m_dataset.get()));
        files.reserve(static_cast<std::size_t>(list.size()));
        for (int i = 0; i < list.size(); ++i) {
            files.emplace_back(list[i]);
        }
        if (files.empty()) {
            files.push_back(file);
        }
        m_description = pipeline::describe_files(file, files);
        return files;
    }

    void describe_text() {
        const auto& utf8_drivers = detail::utf8_drivers;
        m_description.text_is_utf8 =
            std::find(utf8_drivers.begin(), utf8_drivers.end(), m_description.format) != utf8_drivers.end();
        // SHAPE_ENCODING is empty while a Shapefile is opened: what it declares stands here.
        for (const char* item : {"ENCODING_FROM_CPG", "ENCODING_FROM_LDID"}) {
            const char* declared = GDALGetMetadataItem(m_layers.front(), item, "SHAPEFILE");
            if (declared != nullptr && !m_description.declared_encoding) {
                const auto parsed = text::parse_encoding(declared);
                m_description.declared_encoding = parsed ? std::optional(parsed.value()) : std::nullopt;
            }
        }
    }

    void decide_crs(const pipeline::ReadOptions& options) {
        const auto declared = detail::declared_crs(m_layers.front(), m_name);
        for (const OGRLayerH layer : m_layers) {
            if (detail::declared_crs(layer, m_name).text != declared.text) {
                throw Failure(ErrorKind::invalid_argument,
                              "the layers of the file declare different coordinate systems; name one after the other "
                              "with --source-layer",
                              m_name);
            }
        }
        m_description.declared_crs = declared.crs;
        m_description.declared_crs_text = declared.text;
        m_description.crs_reason = declared.how;
        if (options.crs) {
            m_description.found_crs = options.crs;
            m_description.crs_reason = "option --crs " + options.crs->code();
            if (!declared.text.empty() && declared.crs != options.crs) {
                m_description.notes.push_back(fmt::format("--crs {} is obeyed although the file declares {}",
                                                          options.crs->code(), declared.text));
            }
        } else if (declared.crs && !(declared.crs->is_geographic() && !numbers_are_degrees())) {
            return;
        } else if (!declared.crs && !declared.text.empty()) {
            m_description.crs_reason = declared.problem;
        } else {
            ask_coordinates(options, declared);
        }
        m_geographic = m_description.found_crs && m_description.found_crs->is_geographic();
    }

    void ask_coordinates(const pipeline::ReadOptions& options, const detail::DeclaredCrs& declared) {
        if (declared.crs) {
            m_description.notes.push_back(
                fmt::format("the file declares {}, but its numbers are no degrees", declared.text));
            m_description.declared_crs.reset();
        }
        const pipeline::ClaimedPoints sample = sample_points();
        pipeline::CrsFinder finder(options);
        auto finding = finder.find(sample.points(), sample.commune(), m_description.file_name);
        m_description.found_crs = finding.crs;
        m_description.crs_reason = finding.reason;
        m_description.notes.insert(m_description.notes.end(), finding.notes.begin(), finding.notes.end());
        if (!finding.swapped.empty()) {
            m_description.found_crs.reset();
            m_description.crs_reason =
                "X/Y đảo: easting stands in the place of northing; exchange the coordinates in the source and import "
                "again";
        }
    }

    bool numbers_are_degrees() {
        const pipeline::ClaimedPoints sample = sample_points();
        const auto& points = sample.points();
        return std::all_of(points.begin(), points.end(), [](const geom::Point& point) {
            return std::abs(point.x) <= 360.0 && std::abs(point.y) <= 90.0;
        });
    }

    /// Corners of the first features.
    pipeline::ClaimedPoints sample_points() {
        constexpr std::size_t most = 4000;
        pipeline::ClaimedPoints sample(m_description.schema);
        rewind();
        while (sample.points().size() < most) {
            const auto record = next();
            if (!record) {
                break;
            }
            if (record->geometry) {
                sample.add(*record->geometry, record->values);
            }
        }
        rewind();
        return sample;
    }

    /// Z and arcs are the rule or the exception of a whole layer: its type says so before any feature is read.
    void note_changes() {
        if (m_description.format == "DXF") {
            m_description.notes.push_back(fmt::format(
                "{}: arcs of the drawing, where there are any, are stroked every 0.5° (chord error 1 mm at a "
                "radius of 100 m); blocks are taken apart into their elements",
                m_name));
        }
        if (m_description.format == "DGN") {
            m_description.notes.push_back(fmt::format(
                "{}: arcs and circles of the drawing, where there are any, are stroked with a chord error of 1 mm; "
                "ellipses and arcs inside complex chains every 5° (chord error 0.1 % of the radius), curves with five "
                "points a corner; cells are taken apart into their elements",
                m_name));
        }
        for (const OGRLayerH layer : m_layers) {
            const auto type = OGR_L_GetGeomType(layer);
            if (OGR_GT_HasZ(type) != 0 || OGR_GT_HasM(type) != 0) {
                m_layers_say_z = true;
                m_description.notes.push_back(fmt::format("layer '{}': Z and M are left out", OGR_L_GetName(layer)));
            }
            if (OGR_GT_IsNonLinear(type) != 0) {
                m_layers_say_curves = true;
                m_description.notes.push_back(
                    fmt::format("layer '{}': arcs are stroked with a chord error of 1 mm", OGR_L_GetName(layer)));
            }
        }
    }

    /// What only the features told, once all are read.
    void note_left_out() {
        const auto note_once = [this](std::int64_t count, const char* what) {
            if (count > 0 && m_reported.insert(what).second) {
                m_description.notes.push_back(fmt::format("{}: {} {}", m_name, count, what));
            }
        };
        note_once(m_layers_say_z ? 0 : m_with_z, "features have Z or M, which are left out");
        note_once(m_layers_say_curves ? 0 : m_with_curves,
                  "features have arcs, which are stroked with a chord error of 1 mm");
        note_once(m_by_font, "texts are read as their fonts show them (.Vn…: TCVN3, .Vn…H in capitals; VNI-…: VNI)");
    }

    pipeline::SourceRecord record_of(OGRFeatureH feature) {
        pipeline::SourceRecord record;
        record.place = fmt::format("feature {}", m_number);
        record.values = m_fields->values(feature);
        read_by_font(feature, record);
        const OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        auto reading = detail::read_ogr_geometry(geometry, m_geographic);
        record.geometry = std::move(reading.geometry);
        if (m_type >= 0 && record.geometry && is_arc(OGR_F_GetFieldAsInteger(feature, m_type))) {
            refine_arc(*record.geometry);
        }
        record.repaired = reading.had_open_ring ? 1 : 0;
        m_with_z += reading.had_z ? 1 : 0;
        m_with_curves += reading.had_curves ? 1 : 0;
        if (reading.had_open_ring) {
            record.notes.push_back(record.place + ": an open ring was closed");
        }
        if (!reading.problem.empty()) {
            record.rejected = model::QuarantineRecord{record.place, reading.problem, wkt_of(geometry)};
        } else if (!reading.others.empty()) {
            split(record, std::move(reading.others));
        }
        return record;
    }

    /// The text of a drawing as its font shows it, where the drawing names one of the fonts before Unicode.
    void read_by_font(OGRFeatureH feature, pipeline::SourceRecord& record) {
        const char* style = m_text ? OGR_F_GetStyleString(feature) : nullptr;
        auto* text = m_text ? std::get_if<std::string>(&record.values[*m_text]) : nullptr;
        const auto font = style != nullptr && text != nullptr ? text::text_of_font(font_of(style)) : std::nullopt;
        auto read = font ? text::read_in_font(*text, *font) : Result<std::string>(std::string());
        if (font && read) {
            *text = std::move(read).value();
            ++m_by_font;
        }
    }

    /// Of a label of OGR's feature styles: LABEL(f:".VnTimeH",t:"…").
    static std::string_view font_of(std::string_view style) {
        constexpr std::string_view mark = "f:\"";
        const auto begin = style.starts_with("LABEL(") ? style.find(mark) : std::string_view::npos;
        const auto end = begin == std::string_view::npos ? begin : style.find('"', begin + mark.size());
        return end == std::string_view::npos ? std::string_view()
                                             : style.substr(begin + mark.size(), end - begin - mark.size());
    }

    /// A collection of areas, lines and points: a record for each, of which the first keeps the id.
    void split(pipeline::SourceRecord& record, std::vector<geom::Geometry> others) {
        pipeline::SourceRecord other = record;
        other.units = 0;
        other.repaired = 0;
        std::string names(geom::to_string(record.geometry->type()));
        for (std::size_t i = 0; i < others.size(); ++i) {
            other.id_suffix = fmt::format("/{}", i + 2);
            names += fmt::format(", {} ({})", geom::to_string(others[i].type()), other.id_suffix);
            other.geometry = std::move(others[i]);
            m_split.push_back(other);
        }
        record.notes.push_back(
            fmt::format("{}: a geometry collection was split into features: {}", record.place, names));
    }

    static bool is_arc(int dgn_type) {
        constexpr int ellipse = 15;
        constexpr int arc = 16;
        return dgn_type == ellipse || dgn_type == arc;
    }

    /// GDAL strokes arcs of a design file every 5°.
    static void refine_arc(geom::Geometry& geometry) {
        constexpr double chord_error_m = 1e-3;
        if (geometry.type() == geom::GeometryType::line_string && geom::all_finite(geometry)) {
            if (auto refined = refined_arc(geometry.points(), chord_error_m)) {
                geometry = geom::Geometry::line_string(std::move(*refined));
            }
        }
    }

    static std::string wkt_of(OGRGeometryH geometry) {
        char* text = nullptr;
        OGR_G_ExportToIsoWkt(geometry, &text);
        std::string wkt = text == nullptr ? std::string() : std::string(text);
        CPLFree(text);
        return wkt;
    }

    bool m_is_database;
    std::string m_name;
    Dataset m_dataset;
    std::set<std::string> m_reported;
    std::vector<OGRLayerH> m_layers;
    std::optional<detail::OgrFields> m_fields;
    pipeline::SourceDescription m_description;
    int m_handle = -1;                           ///< field of the handle of a DXF entity
    int m_type = -1;                             ///< field of the type of a DGN element
    std::optional<std::size_t> m_text;           ///< field of the text of a DXF entity
    std::deque<pipeline::SourceRecord> m_split;  ///< further records of the feature read last
    std::optional<ReadCheck> m_check;
    std::optional<std::vector<ReadShortfall>> m_shortfalls;  ///< after the last feature
    std::size_t m_next_shortfall = 0;
    std::size_t m_layer = 0;
    std::int64_t m_number = 0;
    std::int64_t m_with_z = 0;
    std::int64_t m_with_curves = 0;
    std::int64_t m_by_font = 0;
    bool m_layers_say_z = false;
    bool m_layers_say_curves = false;
    bool m_geographic = false;
};

std::string field_text(const pipeline::SourceRecord& record, const model::Schema& schema, const char* name) {
    const auto position = schema.find(name);
    return position ? model::to_text(record.values[*position]) : std::string();
}

}  // namespace

bool is_vector_file(const std::filesystem::path& file) {
    if (is_table_file(file)) {
        return false;
    }
    try {
        const GdalMessages messages;
        return detail::open_dataset(file, detail::Content::features, messages) != nullptr;
    } catch (const Failure&) {
        return false;
    }
}

std::vector<std::string> vector_layer_names(const std::filesystem::path& file) {
    const GdalMessages messages;
    const auto dataset = detail::open_dataset(file, detail::Content::features, messages);
    const int count = GDALDatasetGetLayerCount(dataset.get());
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        names.emplace_back(OGR_L_GetName(detail::layer_of(dataset, i)));
    }
    return names;
}

std::unique_ptr<pipeline::FeatureReader> open_vector(const std::filesystem::path& file,
                                                     const pipeline::ReadOptions& options) {
    return std::make_unique<VectorReader>(file, options);
}

std::vector<pipeline::CommuneOutline> read_communes(const std::filesystem::path& file) {
    const auto reader = open_vector(file, {});
    const auto& schema = reader->describe().schema;
    if (!schema.find("code") || !schema.find("name")) {
        throw Failure(ErrorKind::conflict, "a file of communes needs the fields code and name",
                      file.filename().string());
    }
    const auto to_wgs84 = crs::Transform::between(pipeline::decided_crs(reader->describe()), crs::wgs84()).value();
    std::vector<pipeline::CommuneOutline> communes;
    while (auto record = reader->next()) {
        if (record->geometry && geom::dimension(record->geometry->type()) == 2) {
            to_wgs84.apply(record->geometry->mutable_points());
            communes.push_back({field_text(*record, schema, "code"), field_text(*record, schema, "name"),
                                std::move(*record->geometry)});
        }
    }
    return communes;
}

}  // namespace ranh::vector
