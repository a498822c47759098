// Body of an overlap-check execution, GeoJSON inside: any bytes, nothing but typed inputs or an Error.

#include "services/params/check.hpp"
#include "spatial/base/assert.hpp"
#include "spatial/codec/geojson.hpp"

#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto inputs = params::parse_check(text)) {
        const auto* outline = std::get_if<params::OutlineText>(&inputs.value().subject);
        if (outline != nullptr && outline->text.starts_with('{')) {
            RANH_ASSERT(codec::parse_geojson(codec::parse_json(outline->text).value()).ok());
        }
        RANH_ASSERT(inputs.value().options.near.value() <= params::most_near_m);
    }
    if (const auto json = codec::parse_json(text)) {
        static_cast<void>(codec::parse_geojson(json.value()));
    }
    return 0;
}
