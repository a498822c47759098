#pragma once

#include "importers/pipeline/import_job.hpp"

#include <filesystem>
#include <memory>

namespace ranh::vector {

/// XML or JSON that names sheet and number of parcels (soHieuToBanDo, soThuTuThua) and is no GML or GeoJSON collection.
[[nodiscard]] bool is_exchange_file(const std::filesystem::path& file);

/// Reads parcels from the exchange schemas of the land database, in XML and JSON (DC_ThuaDat, Circular 09/2024/TT-BTNMT
/// and those before and after it; the web payload of VBDLIS).
///
/// Records   every object with a sheet and a parcel number, at whatever depth.
/// Fields    its single values and attributes as text, under the name of the schema with a small first letter. Use
///           purposes become maMucDichSuDung ("ONT+CLN") and, with area, term and source, mucDichSuDung (JSON). Other
///           nested lists (addresses, owners) are left out, and a note names them.
/// Geometry  GML, GeoJSON or well-known text inside the object; none, or one without positions, is a record without
///           geometry, one that cannot be read whole a rejected record.
/// Crs       srsName, heToaDo or epsg of the object or around it, else asked from the coordinates and the commune.
/// Cost      the whole file in memory.
/// Errors    Failure corrupt_input naming place and cause; limit_exceeded beyond 512 MiB.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_exchange(const std::filesystem::path& file,
                                                                     const pipeline::ReadOptions& options);

}  // namespace ranh::vector
