// write_versions WORKSPACE [FEATURES]: writes one version of layer `p` after another until it is killed. Every second
// one is held and then published, so that the staging tables are killed too. Writes the number of each version that was
// committed to standard error. WORKSPACE is a file or postgresql://…. Ends with 3 and a sentence when the workspace
// cannot be written any more.
#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/postgis/postgis_workspace.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

using ranh::store::Access;

std::unique_ptr<ranh::store::Workspace> open(const std::string& place) {
    return ranh::postgis::is_address(place)
               ? ranh::postgis::open_workspace(ranh::postgis::parse_address(place).value(), Access::read_write)
               : ranh::gpkg::open_workspace(place, Access::read_write);
}

void write_next(const std::string& place, int count) {
    const auto workspace = open(place);
    const auto next = static_cast<int>(workspace->versions().size()) + 1;
    auto features = ranh::test::squares(count);
    for (int i = 0; i < count; i += 3) {
        features[static_cast<std::size_t>(i)].values[0] = "version " + std::to_string(next);
    }
    const bool hold = next % 2 == 0;
    const auto version = ranh::test::write(*workspace, "p", ranh::test::squares_description(), features,
                                           hold ? ranh::store::Publication::hold : ranh::store::Publication::publish);
    std::fprintf(stderr, "%d\n", static_cast<int>(version.number.value()));
    if (hold) {
        workspace->publish(version.layer, version.number);
    }
}

}  // namespace

int main(int count, char** words) {
    if (count < 2 || count > 3) {
        return 2;
    }
    constexpr int features_of_a_version = 400;
    const int features = count == 3 ? std::atoi(words[2]) : features_of_a_version;
    for (;;) {
        try {
            write_next(words[1], features);
        } catch (const ranh::Failure& failure) {
            if (failure.error().kind != ranh::ErrorKind::conflict) {  // of a second writer
                std::fprintf(stderr, "failed: %s\n", failure.what());
                return 3;
            }
        }
    }
}
