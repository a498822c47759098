// Element headers of design files: any bytes give a walk whose elements lie behind each other inside the bytes, and
// what is found behind its end lies behind it.

#include "importers/vector/dgn_walk.hpp"
#include "spatial/base/assert.hpp"

#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto walk = vector::walk_dgn(bytes);
    std::size_t offset = 0;
    for (const auto& element : walk.elements) {
        RANH_ASSERT(element.offset == offset && element.bytes >= 4);
        RANH_ASSERT(!vector::dgn_type_name(element.type).empty());
        offset += element.bytes;
    }
    RANH_ASSERT(walk.end_offset == offset + (walk.end == vector::DgnEnd::marker ? 2U : 0U));
    RANH_ASSERT(walk.end_offset <= size);
    offset = walk.end_offset;
    for (const auto& element : walk.behind) {
        RANH_ASSERT(element.offset >= offset);
        offset = element.offset + element.bytes;
        RANH_ASSERT(offset <= size);
    }
    return 0;
}
