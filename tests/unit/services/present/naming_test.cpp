#include "services/present/naming.hpp"

#include "tests/support/packed_layers.hpp"

#include <gtest/gtest.h>

namespace ranh::present {
namespace {

/// A layer of one feature, A, with these fields and values.
std::shared_ptr<const snapshot::PackedLayer> layer_with(std::vector<model::Field> fields,
                                                        std::vector<model::Value> values) {
    model::LayerVersion version = test::packed({.id = "zones", .features = {}})->version();
    version.description.schema.fields = std::move(fields);
    snapshot::PackedLayerBuilder builder(std::move(version), crs::WorkingPlane());
    model::Feature feature = test::feature_of({.id = "A", .wkt = "POINT(0 0)"}, 5899);
    feature.values = std::move(values);
    builder.add(std::move(feature));
    return builder.finish();
}

std::string name_in(std::vector<model::Field> fields, std::vector<model::Value> values) {
    return display_name(*layer_with(std::move(fields), std::move(values)), FeatureId("A"));
}

TEST(DisplayName, PrefersTheFullName) {
    EXPECT_EQ(name_in({{"name"}, {"full_name"}}, {std::string("Hoà Thắng"), std::string("Xã Hoà Thắng")}),
              "Xã Hoà Thắng");
}

TEST(DisplayName, PassesOverEmptyNames) {
    EXPECT_EQ(name_in({{"full_name"}, {"name"}, {"ten"}}, {model::Value(), std::string(), std::string("Mỏ")}), "Mỏ");
}

TEST(DisplayName, IsTheIdWhereNothingNamesTheFeature) {
    EXPECT_EQ(name_in({{"kind"}}, {std::string("mine")}), "A");
    EXPECT_EQ(name_in({{"name", model::FieldType::integer}}, {std::int64_t{5}}), "A");
}

TEST(DisplayName, NeverShowsAPersonalField) {
    EXPECT_EQ(name_in({{"name", model::FieldType::text, model::Privacy::personal}}, {std::string("Nguyễn Văn A")}),
              "A");
}

TEST(DisplayName, IsTheIdOfAFeatureThatIsNotThere) {
    const auto layer = layer_with({{"name"}}, {std::string("x")});
    EXPECT_EQ(display_name(*layer, FeatureId("B")), "B");
}

}  // namespace
}  // namespace ranh::present
