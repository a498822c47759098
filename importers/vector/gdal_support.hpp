#pragma once

#include <gdal.h>
#include <ogr_api.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ranh::vector::detail {

/// Collects what GDAL says on this thread while the object lives, instead of printing it. The innermost object hears
/// it.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;
    /// The last error or warning; empty when there was none.
    [[nodiscard]] const std::string& last() const { return m_last; }
    [[nodiscard]] bool has_failure() const { return m_failure; }
    /// What was said and belongs into a report, each sentence once, in its order; without what the readers find and
    /// report themselves (an open ring). After a hundred sentences one that says that there are more.
    [[nodiscard]] std::vector<std::string> worth_reporting() const;
    void clear();

    void add(bool failure, const char* text);

private:
    std::vector<std::string> m_messages;  ///< distinct
    std::string m_last;
    bool m_failure = false;
};

struct DatasetCloser {
    void operator()(GDALDatasetH dataset) const noexcept { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<std::remove_pointer_t<GDALDatasetH>, DatasetCloser>;

struct FeatureDestroyer {
    void operator()(OGRFeatureH feature) const noexcept { OGR_F_Destroy(feature); }
};
using FeaturePointer = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, FeatureDestroyer>;

struct GeometryDestroyer {
    void operator()(OGRGeometryH geometry) const noexcept { OGR_G_DestroyGeometry(geometry); }
};
using GeometryPointer = std::unique_ptr<std::remove_pointer_t<OGRGeometryH>, GeometryDestroyer>;

/// Formats whose text is UTF-8 by their specification.
inline constexpr std::array<std::string_view, 14> utf8_drivers = {
    "GPKG", "FlatGeobuf", "GeoJSON", "GeoJSONSeq",  "ESRIJSON", "TopoJSON", "LIBKML",
    "KML",  "GML",        "GPX",     "OpenFileGDB", "SQLite",   "XLSX",     "PostgreSQL"};

/// Registers all drivers, once per process.
void register_drivers();

enum class Content { features, sheets };

/// Opens a vector file, or a workbook, for reading; the text of a Shapefile is left as stored. `messages`, the caller's
/// innermost, hears what GDAL says. Failure not_found, unsupported (no driver; DGN V8 and DWG by name) or
/// corrupt_input.
[[nodiscard]] Dataset open_dataset(const std::filesystem::path& file, Content content, const GdalMessages& messages);

/// A layer handle of the C API as what it is.
[[nodiscard]] inline OGRLayerH layer_of(const Dataset& dataset, int index) {
    return GDALDatasetGetLayer(dataset.get(), index);
}

}  // namespace ranh::vector::detail
