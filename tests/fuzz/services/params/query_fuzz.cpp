// Query parameters of items and tiles: any names and values, nothing but a typed request or an Error.

#include "services/params/bbox.hpp"
#include "services/params/datetime.hpp"
#include "services/params/items.hpp"
#include "services/params/tile_path.hpp"
#include "spatial/base/assert.hpp"

#include <cstdint>
#include <string>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

namespace {

/// "name=value" lines; a line without '=' is a value for each of the parsers alone.
params::QueryPairs pairs_of(std::string_view text) {
    params::QueryPairs pairs;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        const std::size_t equals = std::min(line.find('='), line.size());
        pairs.emplace_back(line.substr(0, equals), equals < line.size() ? line.substr(equals + 1) : std::string_view());
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pairs;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const model::Schema schema{
        {{"name", model::FieldType::text}, {"owner", model::FieldType::text, model::Privacy::personal}}};
    const params::QueryPairs pairs = pairs_of(text);
    if (const auto request = params::parse_items(pairs, schema)) {
        RANH_ASSERT(request.value().query.limit >= 1 && request.value().query.limit <= params::most_limit);
        RANH_ASSERT(!params::value_of(pairs, "owner"));
    }
    for (const auto& [name, value] : pairs) {
        if (const auto boxes = params::parse_bbox(value)) {
            for (const geom::Box& box : boxes.value()) {
                RANH_ASSERT(box.min.x <= box.max.x && box.min.y <= box.max.y);
            }
        }
        if (const auto interval = params::parse_datetime(value)) {
            RANH_ASSERT(interval.value().begin || interval.value().end);
        }
        static_cast<void>(params::parse_tile(name, value, name));
    }
    return 0;
}
