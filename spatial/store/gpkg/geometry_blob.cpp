#include "spatial/store/gpkg/geometry_blob.hpp"

#include "spatial/codec/wkb.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace ranh::gpkg {
namespace {

constexpr std::size_t fixed_size = 8;  // "GP", version, flags, srs_id
constexpr unsigned empty_flag = 0x10;
/// Bytes of the envelope by its indicator: none, xy, xyz, xym, xyzm.
constexpr std::array<std::size_t, 5> envelope_sizes{0, 32, 48, 48, 64};

struct Header {
    unsigned flags = 0;
    std::size_t size = 0;
    [[nodiscard]] bool little_endian() const { return (flags & 1U) != 0; }
};

std::optional<Header> header_of(std::string_view blob) {
    if (blob.size() < fixed_size || !blob.starts_with("GP") || blob[2] != 0) {
        return std::nullopt;
    }
    Header header{static_cast<unsigned char>(blob[3]), fixed_size};
    const unsigned envelope = (header.flags >> 1U) & 7U;
    if (envelope >= envelope_sizes.size() || blob.size() - fixed_size < envelope_sizes[envelope]) {
        return std::nullopt;
    }
    header.size += envelope_sizes[envelope];
    return header;
}

template <typename Unsigned>
void append_little_endian(std::string& bytes, Unsigned value) {
    for (unsigned shift = 0; shift < sizeof(Unsigned) * 8; shift += 8) {
        bytes += static_cast<char>((value >> shift) & 0xFFU);
    }
}

double real_at(std::string_view blob, std::size_t offset, bool little_endian) {
    std::uint64_t word = 0;
    std::memcpy(&word, blob.data() + offset, sizeof word);
    const bool native = little_endian == (std::endian::native == std::endian::little);
    return std::bit_cast<double>(native ? word : __builtin_bswap64(word));
}

}  // namespace

std::string to_blob(std::string_view wkb, int srs_id, const geom::Geometry& geometry) {
    const auto box = geometry.type() == geom::GeometryType::point ? std::nullopt : geometry.box();
    std::string bytes;
    bytes.reserve(fixed_size + envelope_sizes[1] + wkb.size());
    bytes += "GP";
    bytes += '\0';
    bytes += static_cast<char>(box ? 0x03 : 0x01);  // little-endian, with or without xy envelope
    append_little_endian(bytes, static_cast<std::uint32_t>(srs_id));
    if (box) {
        for (const double side : {box->min.x, box->max.x, box->min.y, box->max.y}) {
            append_little_endian(bytes, std::bit_cast<std::uint64_t>(side));
        }
    }
    bytes += wkb;
    return bytes;
}

Result<std::string_view> wkb_of_blob(std::string_view blob) {
    const auto header = header_of(blob);
    if (!header) {
        return Error{
            ErrorKind::corrupt_input, "the bytes are no GeoPackage geometry (header 'GP', version 0 expected)", {}};
    }
    return blob.substr(header->size);
}

std::optional<geom::Box> box_of_blob(std::string_view blob) {
    const auto header = header_of(blob);
    if (!header || (header->flags & empty_flag) != 0) {
        return std::nullopt;
    }
    if (header->size > fixed_size) {
        const auto side = [&](std::size_t i) { return real_at(blob, fixed_size + 8 * i, header->little_endian()); };
        return geom::Box{{side(0), side(2)}, {side(1), side(3)}};
    }
    const auto geometry = codec::parse_wkb(blob.substr(header->size));
    return geometry.ok() ? geometry.value().box() : std::nullopt;
}

}  // namespace ranh::gpkg
