// A packed layer as a file: what goes in comes out, and what is no whole packed layer of ours is refused with a
// sentence.
#include "spatial/base/error.hpp"
#include "spatial/snapshot/packed_layer.hpp"
#include "tests/support/program.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <span>

namespace ranh::test {
namespace {

using model::Value;
using snapshot::PackedImage;
using snapshot::PackedLayer;
using snapshot::PackedLayerBuilder;
using snapshot::detail::Header;
using snapshot::detail::SectionEntry;
using snapshot::detail::SectionKind;
using testing::HasSubstr;

model::LayerVersion version_of(const char* content = "content") {
    model::LayerVersion version{.layer = LayerId::parse("p").value(),
                                .number = VersionNumber(1),
                                .description = {},
                                .systems = {crs::Crs::from_epsg(3405).value(), crs::Crs::from_epsg(4326).value(),
                                            crs::Crs::from_epsg(5899).value()},
                                .feature_count = 0,
                                .held = false,
                                .withdrawn = false,
                                .known_from = {},
                                .content_hash = sha256(content)};
    version.description.schema.fields = {{"name", model::FieldType::text},
                                         {"count", model::FieldType::integer},
                                         {"rate", model::FieldType::real},
                                         {"built", model::FieldType::boolean},
                                         {"on", model::FieldType::date}};
    return version;
}

/// Every geometry type, three systems, nulls of all fields, an id that is not ASCII.
std::vector<model::Feature> features_of_every_kind() {
    const auto system = [](int epsg) { return crs::Crs::from_epsg(epsg).value(); };
    const model::Areas areas{120.5, 121.25, 3405, 121.0};
    const Date day = Date::parse("2026-03-31").value();
    return {
        {FeatureId("điểm ½"),
         system(3405),
         "POINT(500000 1300000)"_wkt,
         {std::string("một"), std::int64_t{1}, 0.5, true, day},
         {}},
        {FeatureId("points"),
         system(5899),
         "MULTIPOINT((500000 1300000),(500100 1300100))"_wkt,
         {Value(), Value(), Value(), Value(), Value()},
         {}},
        {FeatureId("line"),
         system(3405),
         "LINESTRING(500000 1300000,500100 1300000,500100 1300200)"_wkt,
         {std::string(), std::int64_t{-7}, -0.0, false, day},
         {}},
        {FeatureId("lines"),
         system(4326),
         "MULTILINESTRING((107.9 11.6,107.91 11.6),(107.92 11.6,107.92 11.7))"_wkt,
         {std::string("một"), Value(), 1e300, Value(), Value()},
         {}},
        {FeatureId("area"),
         system(3405),
         "POLYGON((500000 1300000,540000 1300000,540000 1330000,500000 1300000),(530000 1310000,535000 1310000,535000 1315000,530000 1310000))"_wkt,
         {Value(), std::int64_t{3}, Value(), true, Value()},
         areas},
        {FeatureId("areas"),
         system(4326),
         "MULTIPOLYGON(((107.9 11.6,107.91 11.6,107.91 11.61,107.9 11.6)),((107.92 11.6,107.93 11.6,107.93 11.61,107.92 11.6)))"_wkt,
         {std::string("x"), Value(), Value(), Value(), day},
         {std::nullopt, std::nullopt, std::nullopt, 5.0}},
        {FeatureId("nothing"),
         system(3405),
         std::nullopt,
         {std::string("không"), Value(), Value(), Value(), Value()},
         {std::nullopt, 7.0, std::nullopt, std::nullopt}},
    };
}

class PackedFile : public testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "p.packed";

    std::filesystem::path write(std::vector<model::Feature> features, const char* name = "p.packed",
                                const crs::WorkingPlane& plane = crs::WorkingPlane()) const {
        PackedLayerBuilder builder(version_of(), plane);
        for (model::Feature& feature : features) {
            builder.add(std::move(feature));
        }
        builder.write(folder.path() / name, "{\"layer\":\"p\"}");
        return folder.path() / name;
    }
    static std::shared_ptr<const PackedLayer> open(const std::filesystem::path& path) {
        return PackedLayer::open(PackedImage::open(path).value(), version_of(), crs::WorkingPlane()).value();
    }
    /// The error of opening these bytes as a file.
    [[nodiscard]] Error refusal(const std::string& bytes) const {
        write_file(file, bytes);
        const auto image = PackedImage::open(file);
        EXPECT_FALSE(image.ok());
        return image.ok() ? Error{} : image.error();
    }
};

TEST_F(PackedFile, GivesBackEveryFeatureBitForBit) {
    const auto features = features_of_every_kind();
    const auto layer = open(write(features));
    ASSERT_EQ(layer->size(), features.size());
    for (const model::Feature& feature : features) {
        SCOPED_TRACE(feature.id.text());
        const std::size_t i = layer->find(feature.id).value();
        EXPECT_EQ(layer->id(i), feature.id);
        EXPECT_EQ(layer->source_crs(i), feature.crs);
        EXPECT_EQ(layer->values(i), feature.values);
        EXPECT_EQ(layer->areas(i), feature.areas);
        ASSERT_EQ(layer->has_geometry(i), feature.geometry.has_value());
        if (feature.geometry) {
            EXPECT_EQ(geom::Geometry::copy_of(layer->source(i)), *feature.geometry);
            EXPECT_EQ(geom::Geometry::copy_of(layer->working(i)),
                      crs::WorkingPlane().project(*feature.geometry, feature.crs));
            EXPECT_EQ(layer->lonlat_box(i), layer->lonlat(i).box());
        }
    }
    EXPECT_EQ(layer->image().record(), "{\"layer\":\"p\"}");
    EXPECT_EQ(layer->version().systems.size(), 3U);
    EXPECT_FALSE(layer->image().verify());
}

TEST_F(PackedFile, IsTheSameInMemory) {
    PackedLayerBuilder builder(version_of(), crs::WorkingPlane());
    for (const model::Feature& feature : features_of_every_kind()) {
        builder.add(feature);
    }
    const auto memory = builder.finish();
    const auto mapped = open(write(features_of_every_kind()));
    for (std::size_t i = 0; i < mapped->size(); ++i) {
        EXPECT_EQ(mapped->id(i), memory->id(i));
        EXPECT_EQ(mapped->values(i), memory->values(i));
        EXPECT_EQ(geom::Geometry::copy_of(mapped->working(i)), geom::Geometry::copy_of(memory->working(i)));
    }
    EXPECT_EQ(mapped->lonlat_extent(), memory->lonlat_extent());
}

TEST_F(PackedFile, HasTheSameBytesWhateverTheOrderOfItsFeatures) {
    const std::string bytes = read_file(write(features_of_every_kind()));
    auto features = features_of_every_kind();
    Random random(5);
    for (int round = 0; round < 10; ++round) {
        for (std::size_t i = features.size() - 1; i > 0; --i) {
            std::swap(features[i], features[static_cast<std::size_t>(random.integer(0, static_cast<int>(i)))]);
        }
        ASSERT_TRUE(read_file(write(features, "again.packed")) == bytes);
    }
}

TEST_F(PackedFile, MayHoldNothing) {
    const auto layer = open(write({}));
    EXPECT_EQ(layer->size(), 0U);
    EXPECT_FALSE(layer->lonlat_extent());
    EXPECT_TRUE(layer->in_lonlat_box({{0, 0}, {1, 1}}).empty());
    EXPECT_EQ(layer->find(FeatureId("a")), std::nullopt);
}

TEST_F(PackedFile, MayBeOpenedManyTimesAndDeletedWhileOpen) {
    const auto path = write(features_of_every_kind());
    const auto first = open(path);
    const auto second = open(path);
    std::filesystem::remove(path);
    EXPECT_EQ(first->id(0), second->id(0));
    EXPECT_EQ(PackedImage::open(path).error().kind, ErrorKind::io);
}

TEST_F(PackedFile, StandsThereWholeOrNotAtAll) {
    PackedLayerBuilder builder(version_of(), crs::WorkingPlane());
    builder.add({FeatureId("far"), crs::Crs::from_epsg(3405).value(), "POINT(1e30 1e30)"_wkt, {}, {}});
    EXPECT_THROW(builder.write(file, ""), Failure);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(PackedFile, SaysThatItsFolderIsMissing) {
    PackedLayerBuilder builder(version_of(), crs::WorkingPlane());
    try {
        builder.write(folder.path() / "none" / "p.packed", "");
        FAIL() << "written into a folder that is not there";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::io);
        EXPECT_THAT(failure.error().sentence, HasSubstr("No such file"));
    }
}

TEST_F(PackedFile, KeepsSectionsWhereTheyCanBeUsedInPlace) {
    const auto image = PackedImage::open(write(features_of_every_kind())).value();
    for (const SectionEntry& entry : image->table()) {
        EXPECT_EQ(entry.offset % 64, 0U);
    }
}

TEST_F(PackedFile, IsRefusedWhenCutShortAnywhere) {
    const auto path = write(features_of_every_kind());
    const auto table = PackedImage::open(path).value();
    const std::string bytes = read_file(path);
    for (const SectionEntry& entry : table->table()) {
        EXPECT_THAT(refusal(bytes.substr(0, entry.offset)).sentence, HasSubstr("cut short")) << entry.offset;
        const Error error = refusal(bytes.substr(0, entry.offset + entry.length));
        EXPECT_THAT(error.sentence, HasSubstr(std::to_string(entry.offset + entry.length) + " bytes long, " +
                                              std::to_string(bytes.size()) + " were written"));
        EXPECT_THAT(error.sentence, HasSubstr("delete it"));
        EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    }
    for (const std::size_t length : {std::size_t{9}, sizeof(Header) - 1, sizeof(Header), bytes.size() - 1}) {
        EXPECT_THAT(refusal(bytes.substr(0, length)).sentence, HasSubstr("cut short")) << length;
    }
    EXPECT_THAT(refusal(bytes + "x").sentence, HasSubstr("written on"));
    EXPECT_THAT(refusal("").sentence, HasSubstr("delete it"));
}

TEST_F(PackedFile, IsRefusedWhenAByteOfHeaderOrTableIsFlipped) {
    const auto path = write(features_of_every_kind());
    const std::uint64_t table = PackedImage::open(path).value()->header().table_offset;
    const std::string bytes = read_file(path);
    // In memory, where the same checks are made: there are some thousand bytes to flip.
    const auto flipped = [&](std::size_t at) {
        const auto all = std::as_bytes(std::span(bytes));
        std::vector<std::byte> copy(all.begin(), all.end());
        copy[at] ^= std::byte{0x10};
        const auto image = PackedImage::of_bytes(std::move(copy));
        EXPECT_FALSE(image.ok()) << at;
        return image.ok() ? Error{} : image.error();
    };
    for (std::size_t at = 0; at < sizeof(Header); ++at) {
        ASSERT_EQ(flipped(at).kind, ErrorKind::corrupt_input) << at;
    }
    for (std::size_t at = table; at < bytes.size(); ++at) {
        ASSERT_THAT(flipped(at).sentence, HasSubstr("section table")) << at;
    }
}

TEST_F(PackedFile, IsRefusedWhenItIsSomethingElse) {
    EXPECT_THAT(refusal("SQLite format 3 and more bytes").sentence, HasSubstr("no packed layer of ranh"));
    EXPECT_THAT(refusal(std::string(100'000, '\0')).sentence, HasSubstr("no packed layer of ranh"));
    EXPECT_THAT(PackedImage::open(folder.path()).error().sentence, HasSubstr("delete it"));
}

TEST_F(PackedFile, IsRefusedWhenAnotherProgramOrMachineWroteIt) {
    const std::string bytes = read_file(write(features_of_every_kind()));
    std::string other = bytes;
    other[offsetof(Header, format_version)] = 9;
    EXPECT_THAT(refusal(other).sentence, HasSubstr("format version 9, this program reads version " +
                                                   std::to_string(snapshot::detail::packed_format_version)));
    other = bytes;
    std::reverse(other.begin() + 8, other.begin() + 12);
    EXPECT_THAT(refusal(other).sentence, HasSubstr("another byte order"));
}

TEST_F(PackedFile, IsRefusedInAnotherWorkingPlane) {
    const crs::WorkingPlane north({.latitude_deg = 21.0, .longitude_deg = 105.8});
    const auto image = PackedImage::open(write(features_of_every_kind(), "north.packed", north)).value();
    const auto layer = PackedLayer::open(image, version_of(), crs::WorkingPlane());
    ASSERT_FALSE(layer.ok());
    EXPECT_EQ(layer.error().kind, ErrorKind::conflict);
    EXPECT_THAT(layer.error().sentence, HasSubstr("LAEA 21N 105.8E"));
    EXPECT_THAT(layer.error().sentence, HasSubstr("LAEA 11.6N 107.9E"));
    EXPECT_TRUE(PackedLayer::open(image, version_of(), north).ok());
}

TEST_F(PackedFile, IsRefusedForAVersionOfOtherContent) {
    const auto image = PackedImage::open(write(features_of_every_kind())).value();
    const auto layer = PackedLayer::open(image, version_of("other"), crs::WorkingPlane());
    ASSERT_FALSE(layer.ok());
    EXPECT_EQ(layer.error().kind, ErrorKind::conflict);
    EXPECT_THAT(layer.error().sentence, HasSubstr(sha256("content").hex().substr(0, 12)));
    EXPECT_THAT(layer.error().sentence, HasSubstr(sha256("other").hex().substr(0, 12)));
}

TEST_F(PackedFile, IsVerifiedByteForByte) {
    const auto path = write(features_of_every_kind());
    const auto image = PackedImage::open(path).value();
    EXPECT_FALSE(image->verify());
    const std::string bytes = read_file(path);
    for (const SectionEntry& entry : image->table()) {
        if (entry.length == 0) {
            continue;
        }
        std::string copy = bytes;
        copy[entry.offset + entry.length / 2] ^= 1;
        write_file(file, copy);
        const auto damaged = PackedImage::open(file);
        ASSERT_TRUE(damaged.ok());
        const auto error = damaged.value()->verify();
        ASSERT_TRUE(error) << entry.offset;
        EXPECT_EQ(error->kind, ErrorKind::corrupt_input);
        EXPECT_THAT(error->sentence, HasSubstr("does not agree with its checksum"));
    }
}

TEST_F(PackedFile, WithDamagedOffsetsIsRefusedWhereItIsRead) {
    const auto path = write(features_of_every_kind());
    const auto image = PackedImage::open(path).value();
    for (const SectionKind kind : {SectionKind::id_begins, SectionKind::source_point_begins}) {
        for (const SectionEntry& entry : image->table()) {
            if (entry.kind == kind) {
                std::string copy = read_file(path);
                copy[entry.offset + 7] = 0x7F;  // the first begin, far behind the end
                write_file(file, copy);
                const auto layer = open(file);
                EXPECT_THROW((void)(kind == SectionKind::id_begins ? layer->id(0).text().size()
                                                                   : layer->source(0).points.size()),
                             Failure);
                write(features_of_every_kind());
            }
        }
    }
}

}  // namespace
}  // namespace ranh::test
