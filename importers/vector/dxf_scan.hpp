#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::vector {

/// An entity of the model of a DXF drawing.
struct DxfEntity {
    std::string type;    ///< "LWPOLYLINE"
    std::string handle;  ///< as written; empty without one
    std::size_t line = 0;
};

struct DxfScan {
    std::vector<DxfEntity> entities;  ///< of the section ENTITIES, in order; parts of others (VERTEX, ATTRIB) left out
    bool ends = false;                ///< with the mark EOF
};

/// Reads the pairs of group codes and values of a text DXF; any bytes give a scan.
///
/// Cost    O(bytes).
/// Source  Autodesk DXF Reference, "Group codes in numerical order": 0 entity type, 2 name of a section, 5 handle.
[[nodiscard]] DxfScan scan_dxf(std::string_view text);

/// GDAL 3.6 makes features of entities of this type.
[[nodiscard]] bool dxf_entity_is_read(std::string_view type);
/// It shows something on the ground, unlike a viewport or a picture.
[[nodiscard]] bool dxf_entity_is_drawn(std::string_view type);

}  // namespace ranh::vector
