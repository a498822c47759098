// After any edits a base with its delta gives, bit for bit, what the version packed whole gives.
#include "spatial/operations/overlay/overlaps.hpp"
#include "spatial/operations/query/features.hpp"
#include "spatial/operations/tile/tile.hpp"
#include "spatial/operations/tile/web_mercator.hpp"
#include "spatial/snapshot/packed_delta.hpp"
#include "tests/support/packed_layers.hpp"
#include "tests/support/program.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace ranh::snapshot {
namespace {

using test::DrawnFeature;
using test::Random;
using Layer = std::shared_ptr<const PackedLayer>;

/// Features by id.
using Drawing = std::map<std::string, DrawnFeature>;

std::string random_form(Random& random) {
    const int x = random.integer(0, 800);
    const int y = random.integer(0, 800);
    if (random.chance(0.06)) {
        return "";
    }
    if (random.chance(0.05)) {
        return "POINT(" + std::to_string(x) + " " + std::to_string(y) + ")";
    }
    if (random.chance(0.03)) {
        return "POLYGON((0 0,40 40,40 0,0 40,0 0))";  // crosses itself
    }
    if (random.chance(0.6)) {
        // On one lattice, so that many share edges and corners.
        const int left = x / 50 * 50;
        const int low = y / 50 * 50;
        return test::to_text(
            test::rectangle(left, low, left + 50 * random.integer(1, 3), low + 50 * random.integer(1, 3)));
    }
    return test::to_text(test::random_star(random, {.centre = {static_cast<double>(x), static_cast<double>(y)},
                                                    .radius = random.real(20, 150),
                                                    .vertices = random.integer(5, 80),
                                                    .hole = random.chance(0.2)}));
}

DrawnFeature random_feature(Random& random, const std::string& id) {
    return {.id = id,
            .wkt = random_form(random),
            .name = random.chance(0.2) ? "" : "name " + std::to_string(random.integer(0, 9)),
            .owner = "owner " + std::to_string(random.integer(0, 999))};
}

Drawing random_drawing(Random& random, int count) {
    Drawing drawing;
    for (int i = 0; i < count; ++i) {
        const std::string id = "F" + std::to_string(random.integer(0, 99));
        drawing[id] = random_feature(random, id);
    }
    return drawing;
}

/// Ids of some features that were changed, removed and added.
std::set<std::string> edit(Random& random, Drawing& drawing) {
    std::set<std::string> changed;
    for (int i = random.integer(0, 12); i > 0; --i) {
        const std::string id = "F" + std::to_string(random.integer(0, 110));
        changed.insert(id);
        if (random.chance(0.3)) {
            drawing.erase(id);
        } else {
            drawing[id] = random_feature(random, id);
        }
    }
    return changed;
}

model::LayerVersion version_of(const Drawing& drawing, std::int64_t number) {
    std::string content;
    for (const auto& [id, feature] : drawing) {
        content += id + feature.wkt + feature.name + feature.owner;
    }
    model::LayerVersion version{.layer = LayerId::parse("left").value(),
                                .number = VersionNumber(number),
                                .description = {},
                                .systems = {crs::Crs::from_epsg(5899).value()},
                                .feature_count = static_cast<std::int64_t>(drawing.size()),
                                .held = false,
                                .withdrawn = false,
                                .known_from = {},
                                .content_hash = sha256(content),
                                .lattice_level = 6};
    version.description.schema.fields = {{"name", model::FieldType::text},
                                         {"owner", model::FieldType::text, model::Privacy::personal}};
    return version;
}

model::Feature feature_of(const DrawnFeature& drawn) { return test::feature_of(drawn, 5899); }

Layer packed_whole(const Drawing& drawing, std::int64_t number, const std::filesystem::path& file) {
    PackedLayerBuilder builder(version_of(drawing, number), crs::WorkingPlane());
    for (const auto& [id, drawn] : drawing) {
        builder.add(feature_of(drawn));
    }
    builder.write(file, "{}");
    return PackedLayer::open(PackedImage::open(file).value(), version_of(drawing, number), crs::WorkingPlane()).value();
}

Layer packed_as_delta(const Layer& before, const Drawing& drawing, const std::set<std::string>& changed,
                      std::int64_t number, const std::filesystem::path& file) {
    const model::LayerVersion version = version_of(drawing, number);
    EXPECT_TRUE(PackedDeltaBuilder::can_follow(*before, version));
    PackedDeltaBuilder builder(before, version);
    for (const std::string& id : changed) {
        builder.remove(FeatureId(id));
        if (const auto found = drawing.find(id); found != drawing.end()) {
            builder.add(feature_of(found->second));
        }
    }
    builder.write(file, "{}");
    const auto base = before->image().base() ? PackedImage::open(before->image().base()->name()).value()
                                             : PackedImage::open(before->image().name()).value();
    auto image = PackedImage::joined(base, PackedImage::open(file, PackedKind::delta).value());
    return PackedLayer::open(std::move(image).value(), version, crs::WorkingPlane()).value();
}

std::set<std::string> ids_of(const PackedLayer& layer, std::span<const std::uint32_t> features) {
    std::set<std::string> ids;
    for (const std::uint32_t i : features) {
        ids.insert(layer.id(i).text());
    }
    return ids;
}

void expect_same_feature(const PackedLayer& a, std::uint32_t i, const PackedLayer& b, std::uint32_t k) {
    ASSERT_EQ(a.id(i), b.id(k));
    ASSERT_EQ(a.find(b.id(k)), i);
    ASSERT_EQ(a.by_id()[a.id_rank(i)], i);
    ASSERT_TRUE(a.holds_feature(i));
    ASSERT_EQ(a.source_crs(i), b.source_crs(k));
    ASSERT_EQ(a.values(i), b.values(k));
    ASSERT_EQ(a.areas(i), b.areas(k));
    ASSERT_EQ(a.has_geometry(i), b.has_geometry(k));
    ASSERT_EQ(a.working_areas_m2()[i], b.working_areas_m2()[k]);
    ASSERT_EQ(a.crosses_itself(i), b.crosses_itself(k));
    ASSERT_EQ(ids_of(a, a.sharing_ground(i)), ids_of(b, b.sharing_ground(k)));
    if (a.has_geometry(i)) {
        ASSERT_EQ(geom::Geometry::copy_of(a.source(i)), geom::Geometry::copy_of(b.source(k)));
        ASSERT_EQ(geom::Geometry::copy_of(a.working(i)), geom::Geometry::copy_of(b.working(k)));
        ASSERT_EQ(geom::Geometry::copy_of(a.lonlat(i)), geom::Geometry::copy_of(b.lonlat(k)));
        ASSERT_EQ(a.working_box(i), b.working_box(k));
        ASSERT_EQ(a.lonlat_box(i), b.lonlat_box(k));
    }
}

void expect_same_layer(const PackedLayer& a, const PackedLayer& b) {
    ASSERT_EQ(a.size(), b.size());
    ASSERT_EQ(a.lonlat_extent(), b.lonlat_extent());
    ASSERT_EQ(a.geometry_types(), b.geometry_types());
    ASSERT_EQ(a.version().systems, b.version().systems);
    ASSERT_EQ(a.lattice_level(), b.lattice_level());
    for (std::size_t rank = 0; rank < a.size(); ++rank) {
        ASSERT_NO_FATAL_FAILURE(expect_same_feature(a, a.by_id()[rank], b, b.by_id()[rank]));
    }
    std::size_t held = 0;
    for (std::size_t i = 0; i < a.places(); ++i) {
        held += a.holds_feature(i) ? 1U : 0U;
    }
    ASSERT_EQ(held, a.size());
}

void expect_same_pairs(const overlay::OverlapResult& a, const overlay::OverlapResult& b) {
    ASSERT_EQ(a.pairs.size(), b.pairs.size());
    for (std::size_t i = 0; i < a.pairs.size(); ++i) {
        const model::Pair& p = a.pairs[i];
        const model::Pair& q = b.pairs[i];
        const std::string name = p.left.feature.text() + " x " + p.right.feature.text();
        ASSERT_EQ(p.left.feature, q.left.feature) << name;
        ASSERT_EQ(p.right.feature, q.right.feature) << name;
        ASSERT_EQ(p.relation, q.relation) << name;
        ASSERT_EQ(p.size_class, q.size_class) << name;
        ASSERT_EQ(p.area_m2, q.area_m2) << name;
        ASSERT_EQ(p.area_planar_m2, q.area_planar_m2) << name;
        ASSERT_EQ(p.area_repaired_m2, q.area_repaired_m2) << name;
        ASSERT_EQ(p.width_m, q.width_m) << name;
        ASSERT_EQ(p.thinness, q.thinness) << name;
        ASSERT_EQ(p.distance_m, q.distance_m) << name;
        ASSERT_EQ(p.invalid_input, q.invalid_input) << name;
    }
    ASSERT_EQ(a.totals.sum_m2, b.totals.sum_m2);
    ASSERT_EQ(a.totals.union_m2, b.totals.union_m2);
    ASSERT_EQ(a.totals.per_left.size(), b.totals.per_left.size());
    for (std::size_t i = 0; i < a.totals.per_left.size(); ++i) {
        ASSERT_EQ(a.totals.per_left[i].left, b.totals.per_left[i].left);
        ASSERT_EQ(a.totals.per_left[i].sum_m2, b.totals.per_left[i].sum_m2);
        ASSERT_EQ(a.totals.per_left[i].union_m2, b.totals.per_left[i].union_m2);
    }
}

void expect_same_pages(const PackedLayer& a, const PackedLayer& b, const query::FeatureQuery& query) {
    const auto left = query::find_features(a, query).value();
    const auto right = query::find_features(b, query).value();
    ASSERT_EQ(left.matched, right.matched);
    ASSERT_EQ(left.next, right.next);
    ASSERT_EQ(left.features.size(), right.features.size());
    for (std::size_t i = 0; i < left.features.size(); ++i) {
        ASSERT_EQ(a.id(left.features[i]), b.id(right.features[i]));
    }
}

void expect_same_answers(Random& random, const Layer& delta, const Layer& whole, const PackedLayer& other) {
    overlay::OverlapOptions options;
    if (random.chance(0.3)) {
        options.min_area = SquareMetres(100.0);
    } else if (random.chance(0.3)) {
        options.near = Metres(60.0);
    } else if (random.chance(0.2)) {
        options.left_equals = {{"name", "name 3"}};
    }
    ASSERT_NO_FATAL_FAILURE(expect_same_pairs(overlay::find_overlaps(*delta, other, options),
                                              overlay::find_overlaps(*whole, other, options)));
    ASSERT_NO_FATAL_FAILURE(expect_same_pairs(overlay::find_overlaps(*delta, *delta, options),
                                              overlay::find_overlaps(*whole, *whole, options)));
    if (whole->lonlat_extent()) {
        const geom::Box extent = *whole->lonlat_extent();
        const geom::Point middle{0.5 * (extent.min.x + extent.max.x), 0.5 * (extent.min.y + extent.max.y)};
        for (const geom::Box& box : {extent, geom::Box{extent.min, middle}, geom::Box{middle, middle}}) {
            ASSERT_NO_FATAL_FAILURE(expect_same_pages(*delta, *whole, {.lonlat_box = box, .limit = 7}));
        }
        for (const std::uint32_t zoom : {10U, 15U}) {
            const tile::TileRange range = tile::tiles_of({middle, middle}, zoom);
            const tile::TileAddress address{zoom, range.min_x, range.min_y};
            ASSERT_EQ(tile::encode_tile(*delta, address).bytes, tile::encode_tile(*whole, address).bytes);
        }
    }
    ASSERT_NO_FATAL_FAILURE(expect_same_pages(*delta, *whole, {.after = FeatureId("F4"), .limit = 5}));
    ASSERT_NO_FATAL_FAILURE(expect_same_pages(*delta, *whole, {.equals = {{"name", "name 4"}}}));
}

TEST(DeltaLaws, AChainOfEditsReadsAsTheVersionPackedWhole) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    const test::TemporaryFolder folder;
    for (std::size_t round = 0; round < test::rounds(12, 2000); ++round) {
        SCOPED_TRACE(round);
        Drawing drawing = random_drawing(random, random.integer(1, 90));
        Layer layer = packed_whole(drawing, 1, folder.path() / "base.packed");
        const Drawing others = random_drawing(random, 40);
        PackedLayerBuilder builder(version_of(others, 1), crs::WorkingPlane());
        for (const auto& [id, drawn] : others) {
            builder.add(feature_of(drawn));
        }
        const Layer other = builder.finish();
        for (std::int64_t number = 2; number < 5; ++number) {
            SCOPED_TRACE(number);
            const std::set<std::string> changed = edit(random, drawing);
            layer = packed_as_delta(layer, drawing, changed, number,
                                    folder.path() / (std::to_string(number % 2) + ".delta"));
            const Layer whole = packed_whole(drawing, number, folder.path() / "whole.packed");
            ASSERT_NO_FATAL_FAILURE(expect_same_layer(*layer, *whole));
            ASSERT_NO_FATAL_FAILURE(expect_same_answers(random, layer, whole, *other));
            ASSERT_FALSE(layer->image().verify().has_value());
        }
    }
}

}  // namespace
}  // namespace ranh::snapshot
