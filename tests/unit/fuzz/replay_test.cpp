// Runs every fuzz target over its seeds, so that targets and seeds are built and true in every build, not only under
// the fuzzer.

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

// LLVMFuzzerTestOneInput of each target under a name of its own (see CMakeLists.txt).
extern "C" {
int fuzz_mvt(const std::uint8_t* data, std::size_t size);
int fuzz_column(const std::uint8_t* data, std::size_t size);
int fuzz_target(const std::uint8_t* data, std::size_t size);
int fuzz_check(const std::uint8_t* data, std::size_t size);
int fuzz_query(const std::uint8_t* data, std::size_t size);
int fuzz_wkb(const std::uint8_t* data, std::size_t size);
int fuzz_corners(const std::uint8_t* data, std::size_t size);
int fuzz_mapping(const std::uint8_t* data, std::size_t size);
int fuzz_dgn(const std::uint8_t* data, std::size_t size);
int fuzz_dxf(const std::uint8_t* data, std::size_t size);
int fuzz_label(const std::uint8_t* data, std::size_t size);
int fuzz_shared_area(const std::uint8_t* data, std::size_t size);
int fuzz_packed(const std::uint8_t* data, std::size_t size);
int fuzz_area(const std::uint8_t* data, std::size_t size);
}

namespace ranh {
namespace {

using Target = int (*)(const std::uint8_t*, std::size_t);

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int run(Target target, const std::string& bytes) {
    return target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// Each seed whole, and cut at every place, or at every `step`-th.
void replay(Target target, const std::string& seeds, std::size_t step = 1) {
    int files = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(RANH_SOURCE_DIR) / "tests/fuzz" / seeds)) {
        SCOPED_TRACE(entry.path().filename());
        const std::string bytes = bytes_of(entry.path());
        for (std::size_t length = 0; length < bytes.size(); length += step) {
            EXPECT_EQ(run(target, bytes.substr(0, length)), 0);
        }
        EXPECT_EQ(run(target, bytes), 0);
        ++files;
    }
    EXPECT_GE(files, 5);
}

TEST(FuzzSeeds, Areas) { replay(fuzz_area, "spatial/validation/seeds/area"); }
TEST(FuzzSeeds, VectorTiles) { replay(fuzz_mvt, "spatial/codec/seeds/mvt"); }
TEST(FuzzSeeds, TextColumns) { replay(fuzz_column, "importers/text/seeds/column"); }
TEST(FuzzSeeds, RequestTargets) { replay(fuzz_target, "services/http/seeds/target"); }
TEST(FuzzSeeds, CheckBodies) { replay(fuzz_check, "services/params/seeds/check"); }
TEST(FuzzSeeds, SharedAreas) { replay(fuzz_shared_area, "spatial/operations/overlay/seeds/shared_area"); }
TEST(FuzzSeeds, WellKnownBinary) { replay(fuzz_wkb, "spatial/codec/seeds/wkb"); }
TEST(FuzzSeeds, CornerTables) { replay(fuzz_corners, "importers/corners/seeds/corners"); }
TEST(FuzzSeeds, MappingFiles) { replay(fuzz_mapping, "importers/mapping/seeds/mapping"); }
TEST(FuzzSeeds, DesignFiles) { replay(fuzz_dgn, "importers/vector/seeds/dgn"); }
TEST(FuzzSeeds, DxfDrawings) { replay(fuzz_dxf, "importers/vector/seeds/dxf"); }
TEST(FuzzSeeds, ParcelLabels) { replay(fuzz_label, "importers/linework/seeds/label"); }
TEST(FuzzSeeds, PackedLayers) { replay(fuzz_packed, "spatial/snapshot/seeds/packed", 97); }
TEST(FuzzSeeds, QueryParameters) { replay(fuzz_query, "services/params/seeds/query"); }

}  // namespace
}  // namespace ranh
