#include "spatial/store/feature_record.hpp"

#include "spatial/codec/wkb.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace ranh::test {
namespace {

using testing::HasSubstr;

Error refusal_of(const model::Feature& feature, const model::Schema& schema = squares_description().schema) {
    return failure_of([&] { store::check_feature(schema, feature); });
}

TEST(FeatureCheck, LetsGoodFeaturesThrough) {
    store::check_feature(squares_description().schema, square(1));
    for (const model::Feature& feature : one_of_each_kind()) {
        store::check_feature(every_type(), feature);
    }
}

TEST(FeatureCheck, NamesTheFeatureAndTheField) {
    auto feature = square(1);
    feature.values[0] = 1.5;
    const Error error = refusal_of(feature);
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_EQ(error.sentence, "feature 'p-0001': field 'name' holds real '1.5', its type is text");
}

TEST(FeatureCheck, WantsOneValuePerField) {
    auto feature = square(1);
    feature.values.emplace_back();
    EXPECT_THAT(refusal_of(feature).sentence, HasSubstr("2 values, the schema has 1 fields"));
}

TEST(FeatureCheck, WantsAnId) {
    auto feature = square(1);
    feature.id = FeatureId();
    EXPECT_THAT(refusal_of(feature).sentence, HasSubstr("no id"));
}

TEST(FeatureCheck, WantsFiniteNumbers) {
    const double infinite = std::numeric_limits<double>::infinity();
    auto value = bare("a", "POINT(1 2)", 3405);
    value.values = {std::numeric_limits<double>::quiet_NaN()};
    EXPECT_THAT(refusal_of(value, {{{"x", model::FieldType::real}}}).sentence, HasSubstr("'x' holds nan"));
    auto place = square(1);
    place.geometry = geom::Geometry::point({infinite, 0});
    EXPECT_THAT(refusal_of(place).sentence, HasSubstr("finite"));
    auto area = square(1);
    area.areas.area_stated_m2 = infinite;
    EXPECT_THAT(refusal_of(area).sentence, HasSubstr("finite"));
}

TEST(FeatureCheck, WantsThePlanarAreaInTheFeaturesOwnPlane) {
    auto feature = square(1);
    feature.areas.planar_epsg = 3406;
    EXPECT_THAT(refusal_of(feature).sentence, HasSubstr("EPSG:3406"));
    feature.areas.planar_epsg.reset();
    store::check_feature(squares_description().schema, feature);
}

TEST(FeatureHash, IsThatOfTheModel) {
    const auto feature = square(1);
    EXPECT_EQ(store::content_hash(feature),
              model::content_hash(feature.id, feature.crs, codec::to_wkb(*feature.geometry), feature.values,
                                  feature.areas.area_stated_m2));
}

TEST(FeatureHash, DoesNotDependOnTheSystemOfAFeatureWithoutGeometry) {
    EXPECT_EQ(store::content_hash(bare("a", "", 3405)), store::content_hash(bare("a", "", 3406)));
    EXPECT_NE(store::content_hash(bare("a", "POINT(1 2)", 3405)), store::content_hash(bare("a", "POINT(1 2)", 3406)));
}

}  // namespace
}  // namespace ranh::test
