#include "importers/vector/vector_writer.hpp"

#include "importers/vector/gdal_support.hpp"
#include "importers/vector/geojson_writer.hpp"
#include "importers/vector/ogr_crs.hpp"
#include "importers/vector/ogr_fields.hpp"
#include "importers/vector/ogr_geometry.hpp"

#include <cpl_string.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <unistd.h>

namespace ranh::vector {

namespace {

namespace fs = std::filesystem;

struct Format {
    const char* ending;
    const char* driver;
    const char* layer_options;  ///< separated by '|'
    bool several_layers;
    bool wgs84_only;
    bool has_fields;
    bool needs_type;
};

constexpr std::array formats = {
    Format{".gpkg", "GPKG", "FID=fid|GEOMETRY_NAME=geom", true, false, true, false},
    Format{".fgb", "FlatGeobuf", "", false, false, true, false},
    // Written here: the driver rounds reals, and turns rings.
    Format{".geojson", nullptr, "", false, true, true, false}, Format{".json", nullptr, "", false, true, true, false},
    Format{".geojsonl", nullptr, "", false, true, true, false},
    Format{".shp", "ESRI Shapefile", "ENCODING=UTF-8", false, false, true, true},
    Format{".kml", "LIBKML", "", true, true, true, false}, Format{".gml", "GML", "", true, false, true, false},
    Format{".dxf", "DXF", "", false, false, false, false}};

const Format& format_of(const fs::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto& format : formats) {
        if (ending == format.ending) {
            return format;
        }
    }
    throw Failure(
        ErrorKind::unsupported,
        fmt::format("'{}' is no format to write; use one of: {}", ending, fmt::join(vector_file_endings(), " ")),
        file.filename().string());
}

/// A folder beside the target for the unfinished file; removed with all it holds when the object ends.
class TemporaryFolder {
public:
    explicit TemporaryFolder(const fs::path& target) {
        static std::atomic<int> counter{0};
        const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
        m_path = parent / fmt::format(".{}.{}-{}.part", target.filename().string(), ::getpid(), counter.fetch_add(1));
        std::error_code error;
        fs::remove_all(m_path, error);
        if (!fs::create_directory(m_path, error)) {
            throw Failure(
                ErrorKind::io,
                fmt::format("the folder '{}' cannot be written to: {}", parent.filename().string(), error.message()),
                target.filename().string());
        }
    }
    ~TemporaryFolder() {
        std::error_code error;
        fs::remove_all(m_path, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

class LayerOutput {
public:
    LayerOutput(const detail::Dataset& dataset, const Format& format, const OutputLayer& layer,
                const std::string& file_name)
        : m_format(format), m_layer(layer), m_file_name(file_name) {
        m_first = layer.next();
        create(dataset);
        if (format.has_fields) {
            create_fields();
        }
    }

    /// Features left out because the format keeps none without geometry.
    std::size_t write_all() {
        for (auto feature = std::move(m_first); feature; feature = m_layer.next()) {
            write(*feature);
        }
        return m_left_out;
    }

private:
    void create(const detail::Dataset& dataset) {
        OGRwkbGeometryType type = wkbUnknown;
        if (m_layer.type) {
            type = detail::ogr_type(*m_layer.type);
        } else if (m_format.needs_type && m_first && m_first->geometry) {
            type = detail::ogr_type(m_first->geometry->type());
        }
        m_multi = m_layer.type && (type == wkbMultiPoint || type == wkbMultiLineString || type == wkbMultiPolygon);
        const CPLStringList options(CSLTokenizeString2(m_format.layer_options, "|", 0));
        OGRSpatialReferenceH system = detail::make_ogr_crs(m_layer.crs);
        m_output = GDALDatasetCreateLayer(dataset.get(), m_layer.name.c_str(), system, type, options.List());
        OSRRelease(system);
        require(m_output != nullptr, "the layer cannot be created");
    }

    void create_fields() {
        m_id_position = -1;
        if (!m_layer.schema.find("id")) {
            m_id_position = create_field({"id", model::FieldType::text, model::Privacy::open});
        }
        for (const auto& field : m_layer.schema.fields) {
            m_positions.push_back(create_field(field));
        }
    }

    int create_field(const model::Field& field) {
        OGRFieldDefnH definition = OGR_Fld_Create(field.name.c_str(), detail::ogr_field_type(field.type));
        if (field.type == model::FieldType::boolean) {
            OGR_Fld_SetSubType(definition, OFSTBoolean);
        }
        const OGRErr error = OGR_L_CreateField(m_output, definition, 1);
        OGR_Fld_Destroy(definition);
        require(error == OGRERR_NONE, "the field '" + field.name + "' cannot be created");
        return OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(m_output)) - 1;
    }

    void write(const model::Feature& feature) {
        if (!feature.geometry && keeps_geometry_only()) {
            ++m_left_out;
            return;
        }
        const detail::FeaturePointer output(OGR_F_Create(OGR_L_GetLayerDefn(m_output)));
        if (m_id_position >= 0) {
            detail::set_ogr_field(output.get(), m_id_position, feature.id.text());
        }
        for (std::size_t i = 0; i < m_positions.size(); ++i) {
            detail::set_ogr_field(output.get(), m_positions[i], feature.values[i]);
        }
        if (feature.geometry) {
            OGR_F_SetGeometryDirectly(output.get(), detail::make_ogr_geometry(*feature.geometry, m_multi));
        }
        require(OGR_L_CreateFeature(m_output, output.get()) == OGRERR_NONE,
                "feature " + feature.id.text() + " cannot be written");
    }

    /// GDAL's drivers of these formats pass over features without geometry.
    [[nodiscard]] bool keeps_geometry_only() const {
        const std::string_view driver = m_format.driver;
        return driver == "FlatGeobuf" || driver == "DXF";
    }

    void require(bool done, const std::string& what) const {
        if (!done) {
            throw Failure(ErrorKind::io, fmt::format("{}: {}", what, m_messages.last()), m_file_name);
        }
    }

    detail::GdalMessages m_messages;
    const Format& m_format;
    const OutputLayer& m_layer;
    const std::string& m_file_name;
    std::optional<model::Feature> m_first;
    OGRLayerH m_output = nullptr;
    bool m_multi = false;
    std::size_t m_left_out = 0;
    int m_id_position = -1;
    std::vector<int> m_positions;
};

void check_request(const Format& format, const fs::path& file, const std::vector<OutputLayer>& layers) {
    const std::string name = file.filename().string();
    if (layers.empty() || (layers.size() > 1 && !format.several_layers)) {
        throw Failure(
            ErrorKind::unsupported,
            fmt::format("a {} file holds one layer, not {}; write a GeoPackage (.gpkg)", format.ending, layers.size()),
            name);
    }
    for (const auto& layer : layers) {
        if (format.wgs84_only && layer.crs != crs::wgs84()) {
            throw Failure(
                ErrorKind::unsupported,
                fmt::format(
                    "a {} file is in WGS 84 (EPSG:4326), not in {}; transform the layer first, or write a GeoPackage",
                    format.ending, layer.crs.code()),
                name);
        }
    }
}

std::size_t write_unfinished(const fs::path& unfinished, const Format& format, const std::vector<OutputLayer>& layers,
                             const std::string& name) {
    detail::register_drivers();
    detail::GdalMessages messages;
    const GDALDriverH driver = GDALGetDriverByName(format.driver);
    if (driver == nullptr) {
        throw Failure(ErrorKind::unsupported, fmt::format("this GDAL has no driver {}", format.driver), name);
    }
    detail::Dataset dataset(GDALCreate(driver, unfinished.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) {
        throw Failure(ErrorKind::io, "the file cannot be created: " + messages.last(), name);
    }
    std::size_t left_out = 0;
    const bool transaction = GDALDatasetTestCapability(dataset.get(), ODsCTransactions) != 0;
    for (const auto& layer : layers) {
        if (transaction) {
            GDALDatasetStartTransaction(dataset.get(), 0);
        }
        left_out += LayerOutput(dataset, format, layer, name).write_all();
        if (transaction && GDALDatasetCommitTransaction(dataset.get()) != OGRERR_NONE) {
            throw Failure(ErrorKind::io, "the layer cannot be finished: " + messages.last(), name);
        }
    }
    messages.clear();
    dataset.reset();
    if (messages.has_failure()) {
        throw Failure(ErrorKind::io, "the file cannot be finished: " + messages.last(), name);
    }
    return left_out;
}

/// Moves all files of the folder beside the target, the target itself last.
void move_into_place(const fs::path& folder, const fs::path& target) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().filename() != target.filename()) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    files.push_back(folder / target.filename());
    for (const auto& file : files) {
        std::error_code error;
        fs::rename(file, target.parent_path() / file.filename(), error);
        if (error) {
            throw Failure(ErrorKind::io, "the finished file cannot be put in place: " + error.message(),
                          target.filename().string());
        }
    }
}

}  // namespace

std::vector<std::string> vector_file_endings() {
    std::vector<std::string> endings;
    endings.reserve(formats.size());
    for (const auto& format : formats) {
        endings.emplace_back(format.ending);
    }
    return endings;
}

std::size_t write_vector_file(const fs::path& file, const std::vector<OutputLayer>& layers) {
    const Format& format = format_of(file);
    check_request(format, file, layers);
    const TemporaryFolder folder(file);
    const fs::path unfinished = folder.path() / file.filename();
    std::size_t left_out = 0;
    if (format.driver == nullptr) {
        detail::write_geojson(unfinished, layers.front(), std::string_view(format.ending) == ".geojsonl");
    } else {
        left_out = write_unfinished(unfinished, format, layers, file.filename().string());
    }
    move_into_place(folder.path(), file);
    return left_out;
}

}  // namespace ranh::vector
