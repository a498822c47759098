// The area kernel function by function, on stars of 5 to 50 corners of about 1,600 m².

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_cut.hpp"
#include "spatial/algorithm/cell_index.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/algorithm/simple_ring.hpp"
#include "tests/support/flat_layer.hpp"
#include "tests/support/parcel_generator.hpp"
#include "tests/support/random_polygons.hpp"

#include <benchmark/benchmark.h>

#include <vector>

namespace ranh::bench {
namespace {

using algorithm::CellLattice;
using geom::Geometry;
using test::FlatLayer;

constexpr std::size_t star_count = 256;
constexpr algorithm::CellWindow wide{-1000, 1000, -1000, 1000};

/// Pairs of neighbours in the list overlap as a rule.
std::vector<Geometry> stars(int vertices) {
    test::Random random(1);
    std::vector<Geometry> result;
    for (std::size_t i = 0; i < star_count; ++i) {
        result.push_back(test::random_star(
            random,
            {.centre = {random.real(-15.0, 15.0), random.real(-15.0, 15.0)}, .radius = 30.0, .vertices = vertices}));
    }
    return result;
}

FlatLayer parcels(std::size_t side) {
    FlatLayer layer;
    test::ParcelGeneratorOptions options;
    options.columns = options.rows = side;
    options.origin_x_m = options.origin_y_m = -20.0 * static_cast<double>(side);
    test::generate_parcels(options, [&](const test::SyntheticParcel& parcel) { layer.add_ring(parcel.ring); });
    layer.finish();
    return layer;
}

template <typename Measure>
void for_pairs(benchmark::State& state, Measure&& measure) {
    const std::vector<Geometry> features = stars(static_cast<int>(state.range(0)));
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(measure(features[i % star_count], features[(i + 1) % star_count]));
        ++i;
    }
}

void overlap_area(benchmark::State& state) {
    for_pairs(state, [](const Geometry& a, const Geometry& b) { return algorithm::overlap_area(a, b); });
}
BENCHMARK(overlap_area)->Arg(5)->Arg(10)->Arg(20)->Arg(50)->Arg(1000);

void relate(benchmark::State& state) {
    for_pairs(state, [](const Geometry& a, const Geometry& b) { return algorithm::relate(a, b); });
}
BENCHMARK(relate)->Arg(5)->Arg(10)->Arg(20)->Arg(50)->Arg(1000);

void is_simple_ring(benchmark::State& state) {
    for_pairs(state, [](const Geometry& a, const Geometry&) { return algorithm::is_simple_ring(a.points()); });
}
BENCHMARK(is_simple_ring)->Arg(5)->Arg(10)->Arg(50);

/// Both stars in one cell of 128 m, cut beforehand.
void common_area_in_cell(benchmark::State& state) {
    const std::vector<Geometry> features = stars(static_cast<int>(state.range(0)));
    const CellLattice lattice(7);
    const algorithm::CellWindow one_cell{0, 1, 0, 1};
    std::vector<std::vector<algorithm::CellPart>> parts;
    std::vector<std::vector<algorithm::CellPartBlock>> blocks(star_count);
    std::vector<algorithm::CutCell> cells;
    algorithm::CellCutter cutter;
    for (std::size_t i = 0; i < star_count; ++i) {
        cutter.cut(test::moved(features[i], 64.0, 64.0), lattice, one_cell);
        cells.push_back(cutter.cells().front());
        const auto cut = cutter.parts(cells.back());
        parts.emplace_back(cut.begin(), cut.end());
        algorithm::append_blocks(cut, blocks[i]);
    }
    std::size_t i = 0;
    for (auto _ : state) {
        const std::size_t a = i % star_count;
        const std::size_t b = (i + 1) % star_count;
        benchmark::DoNotOptimize(algorithm::common_area_in_cell({cells[a].winding, cells[a].area_m2, parts[a]},
                                                                {cells[b].winding, cells[b].area_m2, blocks[b]},
                                                                lattice.side()));
        ++i;
    }
}
BENCHMARK(common_area_in_cell)->Arg(5)->Arg(10)->Arg(20)->Arg(50);

/// Second argument: level of the lattice.
void cut_into_cells(benchmark::State& state) {
    const std::vector<Geometry> features = stars(static_cast<int>(state.range(0)));
    const CellLattice lattice(static_cast<int>(state.range(1)));
    algorithm::CellCutter cutter;
    std::size_t i = 0;
    for (auto _ : state) {
        cutter.cut(features[i % star_count], lattice, wide);
        benchmark::DoNotOptimize(cutter.cells().data());
        ++i;
    }
}
BENCHMARK(cut_into_cells)->ArgsProduct({{10, 50}, {3, 6}});

void build_cell_index(benchmark::State& state) {
    const FlatLayer layer = parcels(static_cast<std::size_t>(state.range(0)));
    const CellLattice lattice(6);
    for (auto _ : state) {
        const algorithm::CellIndex index(layer.view(), algorithm::CellIndex::Features::all, {}, lattice, wide, 1);
        benchmark::DoNotOptimize(index.byte_count());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(layer.point_count()));
}
BENCHMARK(build_cell_index)->Arg(30)->Arg(100);

void self_join_of_a_coverage(benchmark::State& state) {
    const FlatLayer layer = parcels(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(algorithm::self_join_cells(layer.view(), CellLattice(6), {.threads = 1}).pair_count());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(layer.point_count()));
}
BENCHMARK(self_join_of_a_coverage)->Arg(100);

void join_with_a_zone(benchmark::State& state) {
    const FlatLayer layer = parcels(100);
    test::Random random(2);
    const FlatLayer zone(
        std::vector{test::random_star(random, {.radius = 1900.0, .vertices = static_cast<int>(state.range(0))})});
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            algorithm::join_cells(layer.view(), zone.view(), CellLattice(6), {.threads = 1}).pair_count());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(layer.size()));
}
BENCHMARK(join_with_a_zone)->Arg(100)->Arg(2000);

}  // namespace
}  // namespace ranh::bench
