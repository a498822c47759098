#include "spatial/snapshot/spool.hpp"

#include "spatial/base/error.hpp"
#include "spatial/snapshot/packed_layer.hpp"
#include "tests/support/program.hpp"
#include "tests/support/wkt.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace ranh {
namespace {

using snapshot::PackedLayerBuilder;
using snapshot::Spool;
using test::from_wkt;
using test::read_file;
using test::TemporaryFolder;

std::vector<std::byte> bytes_of(std::size_t count, int seed) {
    std::vector<std::byte> bytes(count);
    for (std::size_t i = 0; i < count; ++i) {
        bytes[i] = static_cast<std::byte>((i * 31 + static_cast<std::size_t>(seed)) % 251);
    }
    return bytes;
}

TEST(Spool, GivesBackWhatWasAppendedFromMemoryAndFromAFile) {
    const TemporaryFolder folder;
    constexpr std::size_t piece = std::size_t{1} << 20U;
    for (const int pieces : {1, 3, 40}) {
        Spool spool(folder.path());
        for (int k = 0; k < pieces; ++k) {
            EXPECT_EQ(spool.append(bytes_of(piece, k)), static_cast<std::uint64_t>(k) * piece);
        }
        EXPECT_EQ(spool.size(), static_cast<std::uint64_t>(pieces) * piece);
        const auto window = spool.look();
        ASSERT_EQ(window.bytes().size(), spool.size());
        for (int k = 0; k < pieces; ++k) {
            const auto part = window.bytes().subspan(static_cast<std::size_t>(k) * piece, piece);
            EXPECT_TRUE(std::ranges::equal(part, bytes_of(piece, k))) << k;
            window.rest();
        }
        EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    }
}

TEST(Spool, GoesOnAfterALook) {
    const TemporaryFolder folder;
    Spool spool(folder.path());
    static_cast<void>(spool.append(bytes_of(std::size_t{20} << 20U, 1)));
    EXPECT_EQ(spool.look().bytes().size(), spool.size());
    const std::uint64_t begin = spool.append(bytes_of(100, 2));
    EXPECT_TRUE(std::ranges::equal(spool.look().bytes().subspan(begin), bytes_of(100, 2)));
}

TEST(Spool, SaysThatItsFolderIsMissing) {
    const TemporaryFolder folder;
    Spool spool(folder.path() / "none");
    try {
        static_cast<void>(spool.append(bytes_of(std::size_t{20} << 20U, 1)));
        FAIL() << "spooled into a folder that is not there";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::io);
    }
}

model::LayerVersion version() {
    model::LayerVersion made{.layer = LayerId::parse("p").value(),
                             .number = VersionNumber(1),
                             .description = {},
                             .systems = {crs::Crs::from_epsg(3405).value()},
                             .feature_count = 0,
                             .held = false,
                             .withdrawn = false,
                             .known_from = {},
                             .content_hash = {}};
    made.description.schema.fields = {{"remark", model::FieldType::text, model::Privacy::open},
                                      {"sheet", model::FieldType::integer, model::Privacy::open}};
    return made;
}

/// Squares beside each other and upon each other, some without geometry; more than a spool keeps in memory.
void add_features(PackedLayerBuilder& builder) {
    constexpr std::size_t long_text = 10'000;
    for (int i = 0; i < 2500; ++i) {
        model::Feature feature;
        feature.id = FeatureId(fmt::format("{}", (i * 7919) % 2500));
        feature.crs = crs::Crs::from_epsg(3405).value();
        const double x = 560000.0 + i % 50 * 9.0;
        const double y = 1300000.0 + i / 50 * 10.0;
        if (i % 100 != 99) {
            feature.geometry =
                from_wkt(fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x, y, x + 10.0, y + 10.0));
        }
        feature.values = {std::string(long_text, static_cast<char>('a' + i % 26)) + std::to_string(i), std::int64_t{i}};
        builder.add(std::move(feature));
    }
}

TEST(Spool, ChangesNoByteOfAPackedLayer) {
    const TemporaryFolder folder;
    PackedLayerBuilder in_memory(version(), crs::WorkingPlane());
    add_features(in_memory);
    in_memory.write(folder.path() / "memory.packed", "record");
    PackedLayerBuilder spooled(version(), crs::WorkingPlane(), folder.path());
    add_features(spooled);
    spooled.write(folder.path() / "spooled.packed", "record");
    EXPECT_TRUE(read_file(folder.path() / "memory.packed") == read_file(folder.path() / "spooled.packed"));
    const auto entries = std::distance(std::filesystem::directory_iterator(folder.path()), {});
    EXPECT_EQ(entries, 2);
    const auto image = snapshot::PackedImage::open(folder.path() / "spooled.packed").value();
    const auto layer = snapshot::PackedLayer::open(image, version(), crs::WorkingPlane()).value();
    EXPECT_FALSE(layer->verify());
    EXPECT_EQ(layer->size(), 2500U);
}

}  // namespace
}  // namespace ranh
