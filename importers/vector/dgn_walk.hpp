#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ranh::vector {

/// Header of one element of a DGN V7 design file.
struct DgnElement {
    std::size_t offset = 0;  ///< of its first byte
    int type = 0;            ///< 0 to 127
    int level = 0;           ///< 0 to 63
    std::size_t bytes = 0;   ///< with its header
    bool deleted = false;
    bool complex = false;    ///< belongs to a cell, a complex chain or the like
    bool in_chain = false;   ///< part of a complex chain or shape, which stands for it
    bool in_shared = false;  ///< part of the definition of a shared cell, which is drawn elsewhere
};

/// Where a walk over the headers ended.
enum class DgnEnd {
    marker,       ///< at the mark of the end of the design, 0xFFFF
    end_of_file,  ///< at the last byte, without the mark
    cut_off,      ///< in the middle of an element: its length leads behind the last byte
    no_element    ///< at bytes that begin no element
};

struct DgnWalk {
    std::vector<DgnElement> elements;
    DgnEnd end = DgnEnd::end_of_file;
    std::size_t end_offset = 0;  ///< first byte that was not walked
    /// Elements that are found behind that byte: chains of headers whose lengths fit and whose ranges make sense.
    std::vector<DgnElement> behind;
};

/// True when the bytes begin as a design file of version 7 does (2D or 3D, or a cell library).
[[nodiscard]] bool is_dgn_v7(std::string_view bytes);

/// Walks over the element headers from the first byte, with no other knowledge of the elements than lengths.
///
/// Cost        O(number of elements), and O(bytes behind the end) to look for more.
/// Guarantees  any bytes give a walk; the elements lie behind each other without gaps, inside the bytes.
/// Source      Intergraph Standard File Formats, "Element structure": word 1 level, type, complex and deleted flags;
///             word 2 words to follow; 36 and 38 of complex headers.
[[nodiscard]] DgnWalk walk_dgn(std::string_view bytes);

/// "line", "text", …; of a type without a name those words.
[[nodiscard]] std::string_view dgn_type_name(int type);

/// What is to be expected of a reader for elements of a type.
enum class DgnDuty {
    deliver,  ///< a feature
    none,     ///< no geometry of its own: settings, headers of groups whose members stand by themselves
    not_read  ///< geometry that GDAL 3.6 does not read: B-splines, dimensions, shared cells, …
};
[[nodiscard]] DgnDuty duty_of(int type);

}  // namespace ranh::vector
