// Group codes of DXF drawings: any bytes give a scan whose entities have a type and a line.

#include "importers/vector/dxf_scan.hpp"
#include "spatial/base/assert.hpp"

#include <algorithm>
#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    std::size_t before = 0;
    for (const auto& entity : vector::scan_dxf(text).entities) {
        RANH_ASSERT(entity.line > before && entity.line <= lines);
        before = entity.line;
    }
    return 0;
}
