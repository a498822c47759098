#include "services/app/stale.hpp"

#include "tests/support/packed_layers.hpp"

#include <gtest/gtest.h>

namespace ranh::app {
namespace {

model::LayerVersion version(const std::string& layer, std::int64_t number) {
    return test::packed({.id = layer, .features = {}, .version = number})->version();
}

/// A result computed from bauxite@1 and communes@2.
model::LayerVersion saved_result() {
    model::LayerVersion saved = version("overlaps-bauxite-communes", 1);
    saved.description.provenance.inputs = {"bauxite@1", "communes@2"};
    return saved;
}

TEST(IsStale, IsFalseWhileItsInputsAreTheNewest) {
    EXPECT_FALSE(is_stale(saved_result(),
                          {version("bauxite", 1), version("communes", 1), version("communes", 2), saved_result()}));
}

TEST(IsStale, IsTrueOnceAnInputHasANewerVersion) {
    EXPECT_TRUE(is_stale(saved_result(), {version("bauxite", 1), version("bauxite", 2), version("communes", 2)}));
}

TEST(IsStale, IgnoresVersionsThatAreHeldOrWithdrawn) {
    model::LayerVersion held = version("bauxite", 2);
    held.held = true;
    model::LayerVersion withdrawn = version("bauxite", 3);
    withdrawn.withdrawn = true;
    EXPECT_FALSE(is_stale(saved_result(), {version("bauxite", 1), held, withdrawn}));
}

TEST(IsStale, IsFalseForALayerThatWasImported) {
    EXPECT_FALSE(is_stale(version("bauxite", 1), {version("bauxite", 1), version("bauxite", 2)}));
}

}  // namespace
}  // namespace ranh::app
