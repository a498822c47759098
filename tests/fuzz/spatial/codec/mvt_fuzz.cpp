// Vector tiles: any bytes, nothing but layers or corrupt_input; what was read can be written and read again.

#include "spatial/base/assert.hpp"
#include "spatial/codec/mvt.hpp"

#include <cmath>
#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

namespace {

bool near_a_tile(const std::vector<codec::MvtLayer>& layers) {
    for (const codec::MvtLayer& layer : layers) {
        for (const codec::MvtFeature& feature : layer.features) {
            for (const geom::Point& p : feature.geometry.points()) {
                if (std::abs(p.x) > 0x1p30 || std::abs(p.y) > 0x1p30) {
                    return false;
                }
            }
        }
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto layers = codec::parse_mvt({reinterpret_cast<const char*>(data), size});
    if (!layers) {
        RANH_ASSERT(layers.error().kind == ErrorKind::corrupt_input);
        return 0;
    }
    if (near_a_tile(layers.value())) {
        const std::string written = codec::to_mvt(layers.value());
        const auto again = codec::parse_mvt(written);
        RANH_ASSERT(again.ok());
        RANH_ASSERT(codec::to_mvt(again.value()) == written);
    }
    return 0;
}
