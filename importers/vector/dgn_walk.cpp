#include "importers/vector/dgn_walk.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace ranh::vector {
namespace {

struct TypeOfElement {
    int type;
    std::string_view name;
    DgnDuty duty;
};

constexpr std::array types = {
    TypeOfElement{1, "cell library", DgnDuty::none},
    TypeOfElement{2, "cell", DgnDuty::none},
    TypeOfElement{3, "line", DgnDuty::deliver},
    TypeOfElement{4, "line string", DgnDuty::deliver},
    TypeOfElement{5, "group data", DgnDuty::none},
    TypeOfElement{6, "shape", DgnDuty::deliver},
    TypeOfElement{7, "text node", DgnDuty::none},
    TypeOfElement{8, "digitizer setup", DgnDuty::none},
    TypeOfElement{9, "design settings", DgnDuty::none},
    TypeOfElement{10, "level symbology", DgnDuty::none},
    TypeOfElement{11, "curve", DgnDuty::deliver},
    TypeOfElement{12, "complex chain", DgnDuty::deliver},
    TypeOfElement{13, "conic", DgnDuty::not_read},
    TypeOfElement{14, "complex shape", DgnDuty::deliver},
    TypeOfElement{15, "ellipse", DgnDuty::deliver},
    TypeOfElement{16, "arc", DgnDuty::deliver},
    TypeOfElement{17, "text", DgnDuty::deliver},
    TypeOfElement{18, "3D surface", DgnDuty::not_read},
    TypeOfElement{19, "3D solid", DgnDuty::not_read},
    TypeOfElement{21, "B-spline pole", DgnDuty::none},
    TypeOfElement{22, "point string", DgnDuty::not_read},
    TypeOfElement{23, "cone", DgnDuty::not_read},
    TypeOfElement{24, "B-spline surface", DgnDuty::not_read},
    TypeOfElement{25, "B-spline surface boundary", DgnDuty::none},
    TypeOfElement{26, "B-spline knot", DgnDuty::none},
    TypeOfElement{27, "B-spline curve", DgnDuty::not_read},
    TypeOfElement{28, "B-spline weight", DgnDuty::none},
    TypeOfElement{33, "dimension", DgnDuty::not_read},
    TypeOfElement{34, "shared cell definition", DgnDuty::none},
    TypeOfElement{35, "shared cell", DgnDuty::not_read},
    TypeOfElement{36, "multi-line", DgnDuty::not_read},
    TypeOfElement{37, "tag value", DgnDuty::none},
    TypeOfElement{66, "application", DgnDuty::none},
    TypeOfElement{87, "raster", DgnDuty::not_read},
    TypeOfElement{88, "raster part", DgnDuty::none},
};

const TypeOfElement* known(int type) {
    const auto* const found =
        std::find_if(types.begin(), types.end(), [type](const TypeOfElement& one) { return one.type == type; });
    return found == types.end() ? nullptr : found;
}

unsigned byte_at(std::string_view bytes, std::size_t offset) { return static_cast<unsigned char>(bytes[offset]); }
unsigned word_at(std::string_view bytes, std::size_t offset) {
    return byte_at(bytes, offset) + byte_at(bytes, offset + 1) * 256U;
}

/// The 32-bit integers of the format: two little-endian words, the higher one first.
std::uint32_t integer_at(std::string_view bytes, std::size_t offset) {
    return (word_at(bytes, offset) << 16U) + word_at(bytes, offset + 2);
}

constexpr std::size_t header_bytes = 4;
constexpr unsigned end_mark = 0xFFFF;
constexpr int complex_chain = 12;
constexpr int complex_shape = 14;
constexpr int shared_definition = 34;

/// The header at an offset; nothing when the element leads behind the last byte.
std::optional<DgnElement> element_at(std::string_view bytes, std::size_t offset) {
    if (offset + header_bytes > bytes.size()) {
        return std::nullopt;
    }
    DgnElement element;
    element.offset = offset;
    element.level = static_cast<int>(byte_at(bytes, offset) & 0x3FU);
    element.complex = (byte_at(bytes, offset) & 0x80U) != 0;
    element.type = static_cast<int>(byte_at(bytes, offset + 1) & 0x7FU);
    element.deleted = (byte_at(bytes, offset + 1) & 0x80U) != 0;
    element.bytes = header_bytes + std::size_t{2} * word_at(bytes, offset + 2);
    return offset + element.bytes <= bytes.size() ? std::optional(element) : std::nullopt;
}

/// Members of groups, marked by their headers.
void mark_members(std::string_view bytes, std::vector<DgnElement>& elements) {
    constexpr std::size_t count_offset = 38;
    std::size_t chain_end = 0;
    bool shared = false;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        DgnElement& element = elements[i];
        element.in_chain = i < chain_end;
        shared = element.complex && shared;
        element.in_shared = shared;
        const bool chain = element.type == complex_chain || element.type == complex_shape;
        if (chain && element.bytes >= count_offset + 2) {
            // A chain inside a chain brings its members with it.
            const std::size_t members = word_at(bytes, element.offset + count_offset);
            chain_end = (i < chain_end ? chain_end : i + 1) + members;
        }
        shared = shared || element.type == shared_definition;
    }
}

/// An element as a file of drawings has them: of a type with a name, long enough for what all graphic elements begin
/// with, its lower corner below the upper one.
bool makes_sense(std::string_view bytes, const DgnElement& element) {
    constexpr std::size_t display_header = 36;
    const TypeOfElement* type = known(element.type);
    if (type == nullptr || element.bytes < display_header) {
        return false;
    }
    const std::size_t low = element.offset + 4;
    const std::size_t high = element.offset + 16;
    return type->duty != DgnDuty::deliver || (integer_at(bytes, low) <= integer_at(bytes, high) &&
                                              integer_at(bytes, low + 4) <= integer_at(bytes, high + 4));
}

/// Two elements behind each other and then a third, the mark of the end or the last byte: no accident.
bool begins_chain(std::string_view bytes, std::size_t offset) {
    for (int i = 0; i < 2; ++i) {
        const auto element = element_at(bytes, offset);
        if (!element || !makes_sense(bytes, *element)) {
            return false;
        }
        offset += element->bytes;
    }
    if (offset + 2 > bytes.size() || word_at(bytes, offset) == end_mark) {
        return true;
    }
    const auto third = element_at(bytes, offset);
    return third && makes_sense(bytes, *third);
}

std::vector<DgnElement> elements_behind(std::string_view bytes, std::size_t offset) {
    std::vector<DgnElement> found;
    offset += offset % 2;
    while (offset + header_bytes <= bytes.size()) {
        if (!begins_chain(bytes, offset)) {
            offset += 2;
            continue;
        }
        while (const auto element = element_at(bytes, offset)) {
            if (!makes_sense(bytes, *element)) {
                break;
            }
            found.push_back(*element);
            offset += element->bytes;
        }
    }
    return found;
}

}  // namespace

bool is_dgn_v7(std::string_view bytes) {
    using namespace std::string_view_literals;
    return bytes.starts_with("\x08\x09\xFE\x02"sv) || bytes.starts_with("\xC8\x09\xFE\x02"sv) ||
           bytes.starts_with("\x08\x05\x17\x00"sv);
}

DgnWalk walk_dgn(std::string_view bytes) {
    DgnWalk walk;
    std::size_t offset = 0;
    while (true) {
        walk.end_offset = offset;
        if (offset + 2 > bytes.size()) {
            walk.end = DgnEnd::end_of_file;
            break;
        }
        if (word_at(bytes, offset) == end_mark) {
            walk.end = DgnEnd::marker;
            walk.end_offset += 2;
            break;
        }
        const auto element = element_at(bytes, offset);
        if (!element) {
            walk.end = DgnEnd::cut_off;
            break;
        }
        if (element->type == 0) {
            walk.end = DgnEnd::no_element;
            break;
        }
        walk.elements.push_back(*element);
        offset += element->bytes;
    }
    mark_members(bytes, walk.elements);
    walk.behind = elements_behind(bytes, walk.end_offset);
    return walk;
}

std::string_view dgn_type_name(int type) {
    const TypeOfElement* of_type = known(type);
    return of_type == nullptr ? std::string_view("element of an unknown type") : of_type->name;
}

DgnDuty duty_of(int type) {
    const TypeOfElement* of_type = known(type);
    return of_type == nullptr ? DgnDuty::not_read : of_type->duty;
}

}  // namespace ranh::vector
