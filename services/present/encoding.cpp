#include "services/present/encoding.hpp"

#include "spatial/base/error.hpp"
#include "spatial/base/sha256.hpp"

#include <libdeflate.h>

#include <memory>

namespace ranh::present {
namespace {

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const noexcept { libdeflate_free_compressor(compressor); }
};

}  // namespace

std::string gzip(std::string_view bytes, GzipEffort effort) {
    const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
        libdeflate_alloc_compressor(effort == GzipEffort::fast ? 1 : 6));
    if (!compressor) {
        throw Failure(ErrorKind::internal, "no memory for compression");
    }
    std::string packed(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
    const std::size_t size =
        libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
    packed.resize(size);
    return packed;
}

std::string entity_tag(std::initializer_list<std::string_view> parts) {
    Sha256Stream stream;
    for (const std::string_view part : parts) {
        stream.add(std::to_string(part.size()) + ":");
        stream.add(part);
    }
    return '"' + stream.finish().hex().substr(0, 32) + '"';
}

}  // namespace ranh::present
