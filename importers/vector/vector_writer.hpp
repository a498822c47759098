#pragma once

#include "spatial/crs/crs.hpp"
#include "spatial/model/layer.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ranh::vector {

/// One table of a file to write; each feature's geometry is already in `crs`.
struct OutputLayer {
    std::string name;
    model::Schema schema;
    crs::Crs crs = crs::wgs84();
    std::function<std::optional<model::Feature>()> next;  ///< features one by one
    /// Type of all geometries; a Multi type takes the single forms too. Default: any (a Shapefile takes that of the
    /// first feature).
    std::optional<geom::GeometryType> type;
};

/// Writes GeoPackage (.gpkg), FlatGeobuf (.fgb), GeoJSON (.geojson, .json; WGS 84 only), one GeoJSON feature per line
/// (.geojsonl), Shapefile
/// (.shp), KML (.kml; WGS 84 only), GML (.gml) and DXF (.dxf; geometry alone) by the file's ending. CSV is the job of
/// services/present. MapInfo files are not written: the driver loses the datum VN-2000.
///
/// The file is written in a temporary folder beside the target and renamed at the end: the target is old or whole. (The
/// files of a Shapefile are renamed one after the other, the main file last.) The id is written as field `id` when the
/// schema has none. Coordinates and reals keep every bit in GeoPackage, FlatGeobuf, Shapefile (coordinates) and
/// GeoJSON; rings keep their order.
///
/// Cost    streams; one feature in memory.
/// Errors  unsupported for an unknown ending (listing the endings), for several layers in a format of one, and for a
/// format that
///         takes WGS 84 only; io naming file and cause.
///
/// Returns the number of features left out: FlatGeobuf and DXF keep none without geometry; people must be told.
[[nodiscard]] std::size_t write_vector_file(const std::filesystem::path& file, const std::vector<OutputLayer>& layers);

/// The endings write_vector_file knows: ".gpkg", ".fgb", …
[[nodiscard]] std::vector<std::string> vector_file_endings();

}  // namespace ranh::vector
