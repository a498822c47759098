// Runs one work and prints one line of JSON: what was found, and how long it took from open snapshot (the index of the
// small side counted) to all pairs in memory. Layers are packed into FOLDER once and mapped from there; those of x10
// are made in memory.
//
//     overlap_bench WORK FOLDER [--quick] [--export FOLDER] [--threads N] [--level N] [--repeats N] [--index-bytes N]
#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/algorithm/simple_ring.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/index/packed_rtree.hpp"
#include "spatial/operations/overlay/candidates.hpp"
#include "tests/bench/overlap/packed_bench_layers.hpp"
#include "tests/bench/overlap/what_if.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <sys/resource.h>

namespace ranh::bench {
namespace {

using algorithm::PolygonsView;
using snapshot::PackedLayer;

struct Arguments {
    std::string work;
    BenchScale scale;
    std::filesystem::path folder;         // of the packed layers
    std::filesystem::path export_folder;  // of flat arrays for the peers; empty: nothing is exported
    unsigned threads = default_thread_count();
    int level = 99;  // chosen by the layers
    int repeats = 3;
    std::size_t index_bytes = std::size_t{1} << 30U;
};

double seconds_of(const rusage& usage) {
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

rusage usage_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

algorithm::CellLattice lattice_of(const Arguments& arguments, const PolygonsView& a, const PolygonsView& b) {
    if (arguments.level != 99) {
        return algorithm::CellLattice(arguments.level);
    }
    return algorithm::finer_of(algorithm::lattice_for(algorithm::median_area(a.areas_m2)),
                               algorithm::lattice_for(algorithm::median_area(b.areas_m2)));
}

template <typename Join>
algorithm::CellJoinResult best_of(const Arguments& arguments, double& seconds, double& cpu_seconds, Join&& join) {
    algorithm::CellJoinResult result;
    seconds = cpu_seconds = 1e9;
    for (int i = 0; i < arguments.repeats; ++i) {
        result = {};
        const rusage before = usage_now();
        const auto began = std::chrono::steady_clock::now();
        result = join();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        seconds = std::min(seconds, took.count());
        cpu_seconds = std::min(cpu_seconds, seconds_of(usage_now()) - seconds_of(before));
    }
    return result;
}

struct Counted {
    std::uint64_t pairs = 0;
    algorithm::SquareMicrometres area_um2 = 0;

    void add(const algorithm::CellPair& pair) {
        ++pairs;
        area_um2 += pair.area_um2;
    }
};

/// The largest memory of the process so far; asked before anything is exported.
long peak_rss_bytes() { return usage_now().ru_maxrss * 1024L; }

void report(const Arguments& arguments, const algorithm::CellJoinResult& result, double seconds, double cpu_seconds,
            int level, const Counted* without_invalid = nullptr) {
    std::printf(
        "{\"work\": \"%s\", \"seconds\": %.4f, \"cpu_seconds\": %.4f, \"peak_rss_bytes\": %ld, \"pairs\": %llu, "
        "\"area_m2\": %.6f, \"threads\": %u, \"lattice_m\": %g, \"result_bytes\": %zu",
        arguments.work.c_str(), seconds, cpu_seconds, peak_rss_bytes(),
        static_cast<unsigned long long>(result.pair_count()), algorithm::to_square_metres(result.total_um2()),
        arguments.threads, algorithm::CellLattice(level).side(), result.byte_count());
    if (without_invalid != nullptr) {
        std::printf(", \"without_invalid\": {\"pairs\": %llu, \"area_m2\": %.6f}",
                    static_cast<unsigned long long>(without_invalid->pairs),
                    algorithm::to_square_metres(without_invalid->area_um2));
    }
    std::printf("}\n");
    std::fflush(stdout);
}

template <typename T>
void write_array(const std::string& path, std::span<const T> values) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
    if (!file.flush()) {
        std::fprintf(stderr, "%s could not be written\n", path.c_str());
        std::exit(3);
    }
}

/// Flat arrays for the peers: points (x, y), end of each ring in points, end of each feature in rings.
void export_layer(const std::string& folder, const std::string& name, const PolygonsView& view) {
    write_array(folder + "/" + name + ".points.f64", view.points);
    std::vector<std::uint64_t> rings;
    std::vector<std::uint64_t> features;
    for (std::size_t i = 0; i < view.size(); ++i) {
        for (std::size_t path = view.path_begins[i]; path < view.path_begins[i + 1]; ++path) {
            rings.push_back(view.point_begins[i] + view.path_ends[path]);
        }
        features.push_back(rings.size());
    }
    write_array<std::uint64_t>(folder + "/" + name + ".rings.u64", rings);
    write_array<std::uint64_t>(folder + "/" + name + ".features.u64", features);
}

int run_two_layers(const Arguments& arguments, const PolygonsView& left, const PolygonsView& right) {
    const algorithm::CellLattice lattice = lattice_of(arguments, left, right);
    algorithm::CellJoinOptions options;
    options.threads = arguments.threads;
    options.index_bytes = arguments.index_bytes;
    std::fprintf(stderr, "%zu features with %zu points, %zu with %zu\n", left.size(), left.points.size(), right.size(),
                 right.points.size());
    double seconds = 0.0;
    double cpu = 0.0;
    const auto result =
        best_of(arguments, seconds, cpu, [&] { return algorithm::join_cells(left, right, lattice, options); });
    report(arguments, result, seconds, cpu, lattice.level());
    if (!arguments.export_folder.empty()) {
        export_layer(arguments.export_folder, "parcels", left);
        export_layer(arguments.export_folder, "zones", right);
    }
    double areas = 0.0;
    for (const double area : right.areas_m2) {
        areas += area;
    }
    std::fprintf(stderr, "sum of the areas of the right side: %.6f m2\n", areas);
    return 0;
}

/// Every pair that holds a faulty parcel by the pair kernel, without cells: the answer the join has to give.
std::map<std::pair<std::uint32_t, std::uint32_t>, double> expected_pairs(const PolygonsView& layer,
                                                                         std::span<const std::uint32_t> faulty) {
    const index::PackedRTree tree(layer.boxes);
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> pairs;
    for (const std::uint32_t i : faulty) {
        for (const std::uint32_t k : tree.search(layer.boxes[i])) {
            const double area = k == i ? 0.0 : algorithm::overlap_area(layer.feature(i), layer.feature(k));
            if (std::abs(area) > 1e-6) {
                pairs[{std::min(i, k), std::max(i, k)}] = area;
            }
        }
    }
    return pairs;
}

/// The bow-ties among the faulty parcels.
std::vector<std::uint32_t> invalid_parcels(const PolygonsView& layer, std::span<const std::uint32_t> faulty) {
    std::vector<std::uint32_t> invalid;
    for (const std::uint32_t i : faulty) {
        if (!algorithm::is_simple_ring(layer.feature(i).path(0))) {
            invalid.push_back(i);
        }
    }
    return invalid;
}

/// Faulty parcels as the packed layer numbers them, ascending; their first numbers stand in FOLDER/faulty.u32.
std::vector<std::uint32_t> faulty_parcels(const std::filesystem::path& folder, const PackedLayer& layer) {
    std::ifstream file(folder / "faulty.u32", std::ios::binary);
    std::vector<std::uint32_t> faulty;
    for (std::uint32_t number = 0; file.read(reinterpret_cast<char*>(&number), sizeof number);) {
        faulty.push_back(static_cast<std::uint32_t>(layer.find(bench_id(number)).value()));
    }
    std::ranges::sort(faulty);
    return faulty;
}

std::shared_ptr<const PackedLayer> packed_faulty_parcels(const Arguments& arguments) {
    return packed_layer(arguments.folder, "faulty", [&] {
        FaultyParcels parcels = make_faulty_parcels(arguments.scale, 1000);
        write_array<std::uint32_t>(arguments.folder / "faulty.u32", parcels.touched);
        return std::move(parcels.layer);
    });
}

int run_self(const Arguments& arguments) {
    const auto packed = packed_faulty_parcels(arguments);
    const PolygonsView parcels = overlay::polygons_of(*packed);
    const std::vector<std::uint32_t> faulty = faulty_parcels(arguments.folder, *packed);
    const algorithm::CellLattice lattice = lattice_of(arguments, parcels, parcels);
    algorithm::CellJoinOptions options;
    options.threads = arguments.threads;
    options.index_bytes = arguments.index_bytes;
    double seconds = 0.0;
    double cpu = 0.0;
    const auto result =
        best_of(arguments, seconds, cpu, [&] { return algorithm::self_join_cells(parcels, lattice, options); });
    const std::vector<std::uint32_t> invalid = invalid_parcels(parcels, faulty);
    Counted without_invalid;
    result.for_each([&](const algorithm::CellPair& pair) {
        if (!std::ranges::binary_search(invalid, pair.left) && !std::ranges::binary_search(invalid, pair.right)) {
            without_invalid.add(pair);
        }
    });
    report(arguments, result, seconds, cpu, lattice.level(), &without_invalid);
    if (!arguments.export_folder.empty()) {
        export_layer(arguments.export_folder, "parcels", parcels);
        write_array<std::uint32_t>(arguments.export_folder / "parcels.invalid.u32", invalid);
    }
    auto expected = expected_pairs(parcels, faulty);
    std::size_t wrong = 0;
    result.for_each([&](const algorithm::CellPair& pair) {
        const auto found = expected.find({pair.left, pair.right});
        if (found == expected.end() || std::abs(found->second - algorithm::to_square_metres(pair.area_um2)) > 1e-6) {
            ++wrong;
            std::fprintf(stderr, "pair %u %u: %.9f m2 by cells, %.9f by the pair\n", pair.left, pair.right,
                         algorithm::to_square_metres(pair.area_um2), found == expected.end() ? 0.0 : found->second);
        }
        if (found != expected.end()) {
            expected.erase(found);
        }
    });
    std::fprintf(stderr, "%zu pairs differ from the pair kernel, %zu were missed\n", wrong, expected.size());
    return wrong + expected.size() == 0 ? 0 : 1;
}

std::shared_ptr<const PackedLayer> packed_parcels(const Arguments& arguments) {
    return packed_layer(arguments.folder, "parcels", [&] { return make_parcels(arguments.scale); });
}

std::shared_ptr<const PackedLayer> packed_zones(const Arguments& arguments) {
    return packed_layer(arguments.folder, "zones", [&] { return make_zones(arguments.scale, 50, 20000); });
}

std::shared_ptr<const PackedLayer> packed_plan_areas(const Arguments& arguments) {
    return packed_layer(arguments.folder, "plan-areas", [&] {
        const std::size_t group_columns = std::max<std::size_t>(1, arguments.scale.columns / 4);
        const std::size_t group_rows = std::max<std::size_t>(1, arguments.scale.rows * 500 / 1594);
        return make_plan_areas(arguments.scale, group_columns, group_rows);
    });
}

int run_packed(const Arguments& arguments, const PackedLayer& left, const PackedLayer& right) {
    return run_two_layers(arguments, overlay::polygons_of(left), overlay::polygons_of(right));
}

int run_ten_times(Arguments arguments) {
    arguments.scale.columns *= 4;
    arguments.scale.rows = arguments.scale.rows * 5 / 2;
    arguments.index_bytes = std::min(arguments.index_bytes, std::size_t{256} << 20U);
    const FlatLayer parcels = make_parcels(arguments.scale);
    const FlatLayer zones = make_zones(arguments.scale, 50, 20000);
    return run_two_layers(arguments, parcels.view(), zones.view());
}

int run(const Arguments& arguments) {
    if (arguments.work == "zones50") {
        return run_packed(arguments, *packed_parcels(arguments), *packed_zones(arguments));
    }
    if (arguments.work == "many_many") {
        return run_packed(arguments, *packed_parcels(arguments), *packed_plan_areas(arguments));
    }
    if (arguments.work == "self") {
        return run_self(arguments);
    }
    if (arguments.work == "what_if" || arguments.work == "what_if_zones") {
        std::vector layers{packed_parcels(arguments), packed_plan_areas(arguments)};
        if (arguments.work == "what_if_zones") {
            layers.push_back(packed_zones(arguments));
        }
        return run_what_if(arguments.work, layers, arguments.repeats == 1 ? 50 : 1000, arguments.scale.seed);
    }
    if (arguments.work == "change") {
        return run_change(*packed_parcels(arguments), *packed_plan_areas(arguments), arguments.scale.seed);
    }
    if (arguments.work == "files") {
        write_flatgeobuf(arguments.folder / "parcels.fgb", *packed_parcels(arguments));
        write_flatgeobuf(arguments.folder / "zones.fgb", *packed_zones(arguments));
        return 0;
    }
    if (arguments.work == "x10") {
        return run_ten_times(arguments);
    }
    std::fprintf(stderr, "work '%s' is none of zones50, many_many, self, what_if, what_if_zones, change, x10, files\n",
                 arguments.work.c_str());
    return 2;
}

}  // namespace
}  // namespace ranh::bench

int main(int count, char** words) {
    ranh::bench::Arguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const auto value = [&] { return i + 1 < count ? words[++i] : ""; };
        if (word == "--quick") {
            arguments.scale.columns = arguments.scale.rows = 316;
            arguments.repeats = 1;
        } else if (word == "--export") {
            arguments.export_folder = value();
        } else if (word == "--threads") {
            arguments.threads = static_cast<unsigned>(std::atoi(value()));
        } else if (word == "--level") {
            arguments.level = std::atoi(value());
        } else if (word == "--repeats") {
            arguments.repeats = std::atoi(value());
        } else if (word == "--index-bytes") {
            arguments.index_bytes = static_cast<std::size_t>(std::atoll(value()));
        } else if (arguments.work.empty()) {
            arguments.work = word;
        } else {
            arguments.folder = word;
        }
    }
    try {
        return ranh::bench::run(arguments);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 3;
    }
}
