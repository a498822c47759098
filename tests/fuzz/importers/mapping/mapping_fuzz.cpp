// Mapping files: any bytes are a mapping or corrupt_input with a place; a mapping laid over fields gives values or an
// Error.

#include "importers/mapping/mapping.hpp"
#include "spatial/base/assert.hpp"

#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto mapping = mapping::read_mapping({reinterpret_cast<const char*>(data), size}, "mapping.yaml");
    if (!mapping) {
        RANH_ASSERT(mapping.error().kind == ErrorKind::corrupt_input);
        RANH_ASSERT(!mapping.error().sentence.empty() && !mapping.error().context.empty());
        return 0;
    }
    const auto& levels = mapping.value().linework;
    RANH_ASSERT(!levels.snap_m || (*levels.snap_m >= 0.0 && *levels.snap_m <= mapping::most_snap_m));
    model::Schema schema;
    for (const char* name : {"a", "b", "maXa", "SoThuTuThua", "TenChu"}) {
        schema.fields.push_back({name, model::FieldType::text, model::Privacy::open});
    }
    const auto mapped = mapping::MappedSchema::make(mapping.value(), schema);
    if (mapped) {
        mapping::RewriteCounts rewrites;
        const auto values = mapped.value().apply(
            {std::string("1"), std::string("2024-08-01"), std::string("24847"), std::string("x"), model::Value()},
            &rewrites);
        RANH_ASSERT(!values || values.value().size() == mapped.value().schema().fields.size());
    }
    return 0;
}
