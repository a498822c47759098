// write_versions WORKSPACE: writes one version of layer `p` after another until it is killed. Every second one is held
// and then published, so that the staging tables are killed too. Writes the number of each version that was committed
// to standard error.
#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <cstdio>

int main(int count, char** words) {
    if (count != 2) {
        return 2;
    }
    constexpr int features_of_a_version = 400;
    for (;;) {
        const auto workspace = ranh::gpkg::open_workspace(words[1], ranh::gpkg::Access::read_write);
        const auto next = static_cast<int>(workspace->versions().size()) + 1;
        auto features = ranh::test::squares(features_of_a_version);
        for (int i = 0; i < features_of_a_version; i += 3) {
            features[static_cast<std::size_t>(i)].values[0] = "version " + std::to_string(next);
        }
        const bool hold = next % 2 == 0;
        const auto version =
            ranh::test::write(*workspace, "p", ranh::test::squares_description(), features,
                              hold ? ranh::store::Publication::hold : ranh::store::Publication::publish);
        std::fprintf(stderr, "%d\n", static_cast<int>(version.number.value()));
        if (hold) {
            workspace->publish(version.layer, version.number);
        }
    }
}
