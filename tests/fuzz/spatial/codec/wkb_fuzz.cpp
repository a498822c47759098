// Well-known binary: any bytes, nothing but a geometry or corrupt_input; what was read is written and read back bit for
// bit, and the three ways to read it agree.

#include "spatial/base/assert.hpp"
#include "spatial/codec/wkb.hpp"

#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto head = codec::read_wkb_head(bytes);
    const auto read = codec::parse_wkb(bytes);
    geom::Geometry target(geom::GeometryType::multi_polygon);
    const auto appended = codec::append_wkb(bytes, target);
    RANH_ASSERT(read.ok() == appended.ok());
    if (!read) {
        RANH_ASSERT(read.error().kind == ErrorKind::corrupt_input);
        return 0;
    }
    RANH_ASSERT(head.ok() && !head.value().empty);
    RANH_ASSERT(appended.value() == read.value().type());
    RANH_ASSERT(target.points().size() == read.value().points().size());
    const std::string written = codec::to_wkb(read.value());
    const auto again = codec::parse_wkb(written);
    RANH_ASSERT(again.ok());
    RANH_ASSERT(codec::to_wkb(again.value()) == written);
    return 0;
}
