// Corner tables: any text as pasted by a person, and as a file of delimited rows; records, or a Failure of a kind that
// says what is wrong with the table. What was read once is read again alike.

#include "importers/corners/corner_table.hpp"
#include "importers/pipeline/decoded_table.hpp"
#include "importers/pipeline/delimited_table.hpp"
#include "spatial/base/assert.hpp"

#include <cstdint>
#include <sstream>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

namespace {

std::size_t read_all(pipeline::FeatureReader& reader) {
    std::size_t records = 0;
    while (const auto record = reader.next()) {
        RANH_ASSERT(record->rejected || record->geometry);
        if (record->geometry) {
            RANH_ASSERT(record->values.size() == reader.describe().schema.fields.size());
        }
        ++records;
    }
    return records;
}

template <typename Open>
void read_table(const Open& open) {
    try {
        const auto reader = open();
        (void)reader->describe();
        const std::size_t records = read_all(*reader);
        reader->rewind();
        RANH_ASSERT(read_all(*reader) == records);
    } catch (const Failure& failure) {
        RANH_ASSERT(failure.error().kind != ErrorKind::internal);
        RANH_ASSERT(!failure.error().sentence.empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    // The first byte says how: it costs less than a second target.
    const unsigned choice = data[0];
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    pipeline::ReadOptions options;
    if ((choice & 1U) != 0) {
        options.crs = crs::Crs::from_epsg(5899).value();
    }
    options.inner_ring = static_cast<pipeline::InnerRing>((choice / 2) % 4);
    read_table([&] { return corners::open_pasted_corners(text, options); });
    read_table([&] {
        auto table =
            pipeline::decode_table(pipeline::read_delimited(std::make_unique<std::istringstream>(text), "corners.csv"));
        pipeline::SourceDescription source;
        source.file_name = "corners.csv";
        return corners::open_corner_table(std::move(table), source, options);
    });
    return 0;
}
