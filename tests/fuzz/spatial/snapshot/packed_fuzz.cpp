// Packed layers and deltas: any bytes are refused, or can be read without leaving their sections; what passes verify()
// can be used. As no mutation finds a SHA-256, the checksums are made right before the bytes are tried a second time.

#include "spatial/base/assert.hpp"
#include "spatial/snapshot/packed_delta.hpp"
#include "spatial/snapshot/packed_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

namespace {

using snapshot::PackedImage;
using snapshot::PackedKind;
using snapshot::PackedLayer;
using snapshot::detail::DeltaBase;
using snapshot::detail::Header;
using snapshot::detail::SectionEntry;
using snapshot::detail::SectionKind;
using Image = std::shared_ptr<const PackedImage>;

model::LayerVersion version_of(const Sha256& content) {
    return {.layer = LayerId::parse("p").value(),
            .number = VersionNumber(1),
            .description = {},
            .systems = {crs::Crs::from_epsg(5899).value()},
            .feature_count = 0,
            .held = false,
            .withdrawn = false,
            .known_from = {},
            .content_hash = content,
            .lattice_level = 4};
}

model::Feature square(int i) {
    const double x = 500000.0 + 10.0 * i;
    model::Feature feature;
    feature.id = FeatureId("f" + std::to_string(i));
    feature.crs = crs::Crs::from_epsg(5899).value();
    feature.geometry =
        geom::Geometry::polygon({{x, 1300000.0}, {x + 12.0, 1300000.0}, {x + 10.0, 1300010.0}, {x, 1300010.0}});
    feature.values = {"square " + std::to_string(i), std::int64_t{i}};
    return feature;
}

/// The layer to which seeds/packed/delta.bin belongs: 20 squares, each over an edge of the next, one feature without
/// geometry.
const Image& base() {
    static const Image image = [] {
        snapshot::PackedLayerBuilder builder(version_of(sha256("base")), crs::WorkingPlane());
        for (int i = 0; i < 20; ++i) {
            builder.add(square(i));
        }
        model::Feature without = square(30);
        without.geometry = std::nullopt;
        builder.add(without);
        const auto layer = builder.finish();
        const auto bytes = layer->image().bytes();
        return PackedImage::of_bytes({bytes.begin(), bytes.end()}).value();
    }();
    return image;
}

Sha256 checksum_of(std::span<const std::byte> bytes) {
    Sha256Stream stream;
    stream.add(bytes);
    return stream.finish();
}

/// Lengths, checksums and, of a delta, the base as they must be for these bytes.
std::vector<std::byte> signed_bytes(std::span<const std::byte> given) {
    std::vector<std::byte> bytes(given.begin(), given.end());
    Header header;
    if (bytes.size() < sizeof header) {
        return bytes;
    }
    std::memcpy(&header, bytes.data(), sizeof header);
    header.file_length = bytes.size();
    const std::uint64_t most = (bytes.size() - sizeof header) / sizeof(SectionEntry);
    header.section_count = static_cast<std::uint32_t>(std::min<std::uint64_t>(header.section_count, most));
    header.table_offset = bytes.size() - header.section_count * sizeof(SectionEntry);
    for (std::uint32_t i = 0; i < header.section_count; ++i) {
        std::byte* const place = bytes.data() + header.table_offset + i * sizeof(SectionEntry);
        SectionEntry entry;
        std::memcpy(&entry, place, sizeof entry);
        if (entry.offset <= bytes.size() && entry.length <= bytes.size() - entry.offset) {
            if (entry.kind == SectionKind::base && entry.length == sizeof(DeltaBase)) {
                const Header& of_base = base()->header();
                const DeltaBase right{of_base.content_hash, of_base.table_checksum, of_base.feature_count,
                                      of_base.geometry_count};
                std::memcpy(bytes.data() + entry.offset, &right, sizeof right);
            }
            entry.checksum = checksum_of(std::span(bytes).subspan(entry.offset, entry.length));
            std::memcpy(place, &entry, sizeof entry);
        }
    }
    header.table_checksum = checksum_of(std::span(bytes).subspan(header.table_offset));
    std::memcpy(bytes.data(), &header, sizeof header);
    header.header_checksum = checksum_of(std::span(bytes).first(offsetof(Header, header_checksum)));
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
}

/// What a careful reader may do with bytes it did not verify: all of it ends, or says corrupt_input.
void look_at(const PackedLayer& layer) {
    for (std::size_t i = 0; i < layer.places(); ++i) {
        try {
            static_cast<void>(layer.id_text(i));
            static_cast<void>(layer.values(i));
            static_cast<void>(layer.areas(i));
            static_cast<void>(layer.source(i).points.size() + layer.working(i).points.size() +
                              layer.lonlat(i).points.size());
            static_cast<void>(layer.sharing_ground(i));
        } catch (const Failure& failure) {
            RANH_ASSERT(failure.error().kind == ErrorKind::corrupt_input);
        }
    }
    std::vector<std::uint32_t> hits;
    layer.working_tree().search({{-1e7, -1e7}, {1e7, 1e7}}, hits);
    RANH_ASSERT(hits.size() <= layer.places());
}

/// What anybody may do with a layer that passed verify().
void use(const PackedLayer& layer) {
    std::size_t points = 0;
    for (const std::uint32_t i : layer.by_id()) {
        RANH_ASSERT(layer.find(layer.id(i)) == i);
        static_cast<void>(layer.source_crs(i));
        static_cast<void>(layer.values(i));
        const geom::GeometryView working = layer.working(i);
        for (std::size_t path = 0; path < working.path_count(); ++path) {
            points += working.path(path).size();
        }
        if (layer.has_geometry(i)) {
            RANH_ASSERT(std::ranges::count(layer.in_working_box(layer.working_box(i)), i) == 1);
            RANH_ASSERT(std::ranges::count(layer.in_lonlat_box(layer.lonlat_box(i)), i) == 1);
        }
        for (const std::uint32_t other : layer.sharing_ground(i)) {
            RANH_ASSERT(other < layer.places());
        }
    }
    RANH_ASSERT(points <= layer.working_geometries().points.size());
}

void try_image(const Result<Image>& image) {
    if (!image.ok()) {
        RANH_ASSERT(image.error().kind == ErrorKind::corrupt_input || image.error().kind == ErrorKind::conflict);
        return;
    }
    try {
        static const crs::WorkingPlane plane;
        const auto layer = PackedLayer::open(image.value(), version_of(image.value()->header().content_hash), plane);
        if (layer.ok()) {
            look_at(*layer.value());
            if (!layer.value()->verify()) {
                use(*layer.value());
            }
        }
    } catch (const Failure&) {  // a system that PROJ does not know
    }
}

void try_bytes(const std::vector<std::byte>& bytes) {
    try_image(PackedImage::of_bytes(bytes));
    const auto delta = PackedImage::of_bytes(bytes, PackedKind::delta);
    try_image(delta.ok() ? PackedImage::joined(base(), delta.value()) : delta);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto given = std::as_bytes(std::span(data, size));
    try_bytes({given.begin(), given.end()});
    try_bytes(signed_bytes(given));
    return 0;
}
