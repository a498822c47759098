// A fixed small run of the area kernel on one thread, for counting its instructions: instruction_run zones|self|pairs.
// Only what happens inside counted_work() is counted, so making the data is not.

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "tests/support/flat_layer.hpp"
#include "tests/support/parcel_generator.hpp"
#include "tests/support/random_polygons.hpp"

#include <cstdio>
#include <functional>
#include <string_view>
#include <vector>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

/// The name the counting looks for; not inlined, so that it is there.
extern "C" __attribute__((noinline)) double counted_work(const std::function<double()>& work) { return work(); }

namespace {

using geom::Geometry;
using test::FlatLayer;

constexpr std::uint64_t seed = 20261122;

FlatLayer parcels() {
    FlatLayer layer;
    test::ParcelGeneratorOptions options;
    options.columns = options.rows = 50;
    options.origin_x_m = options.origin_y_m = -1000.0;
    test::generate_parcels(options, [&](const test::SyntheticParcel& parcel) { layer.add_ring(parcel.ring); });
    layer.finish();
    return layer;
}

/// The parcels, every fiftieth of them moved by half a metre over its neighbours.
FlatLayer faulty_parcels() {
    const FlatLayer sound = parcels();
    FlatLayer layer;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const geom::GeometryView parcel = sound.view().feature(i);
        layer.add(i % 50 == 0 ? test::moved(parcel, 0.5, 0.5).view() : parcel);
    }
    layer.finish();
    return layer;
}

FlatLayer zones() {
    test::Random random(seed);
    FlatLayer layer;
    for (int i = 0; i < 6; ++i) {
        layer.add(test::random_star(
            random,
            {.centre = {random.real(-400.0, 400.0), random.real(-400.0, 400.0)}, .radius = 500.0, .vertices = 400}));
    }
    layer.finish();
    return layer;
}

std::vector<Geometry> stars() {
    test::Random random(seed);
    std::vector<Geometry> result;
    for (int i = 0; i < 2000; ++i) {
        result.push_back(test::random_star(random, {.centre = {random.real(-15.0, 15.0), random.real(-15.0, 15.0)},
                                                    .radius = 30.0,
                                                    .vertices = i % 40 == 0 ? 100 : 10}));
    }
    return result;
}

double run(std::string_view work) {
    const algorithm::CellLattice lattice(6);
    const algorithm::CellJoinOptions one_thread{.threads = 1};
    if (work == "zones") {
        const FlatLayer left = parcels();
        const FlatLayer right = zones();
        return counted_work([&] {
            return algorithm::to_square_metres(
                algorithm::join_cells(left.view(), right.view(), lattice, one_thread).total_um2());
        });
    }
    if (work == "self") {
        const FlatLayer layer = faulty_parcels();
        return counted_work([&] {
            return algorithm::to_square_metres(
                algorithm::self_join_cells(layer.view(), lattice, one_thread).total_um2());
        });
    }
    const std::vector<Geometry> pairs = stars();
    return counted_work([&] {
        double sum = 0.0;
        for (std::size_t i = 1; i < pairs.size(); ++i) {
            sum += algorithm::overlap_area(pairs[i - 1], pairs[i]);
        }
        return sum;
    });
}

}  // namespace

int main(int count, char** words) {
    const std::string_view work = count == 2 ? words[1] : "";
    if (work != "zones" && work != "self" && work != "pairs") {
        std::fprintf(stderr, "instruction_run zones|self|pairs\n");
        return 2;
    }
    std::printf("%s: %.3f m2\n", words[1], run(work));
    return 0;
}
