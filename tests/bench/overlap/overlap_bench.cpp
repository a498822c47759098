// Makes the data of one work in memory, runs the join and prints one line of JSON: what was found, and how long it took
// from layers in memory (the index of the small side counted) to all pairs in memory.
#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/simple_ring.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/index/packed_rtree.hpp"
#include "spatial/operations/overlay/cell_join.hpp"
#include "tests/bench/overlap/bench_layers.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <sys/resource.h>

namespace ranh::bench {
namespace {

struct Arguments {
    std::string work;
    BenchScale scale;
    std::string export_folder;  // empty: nothing is exported
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

double median_of(std::span<const double> areas) {
    std::vector<double> copy(areas.begin(), areas.end());
    const auto middle = copy.begin() + static_cast<std::ptrdiff_t>(copy.size() / 2);
    std::nth_element(copy.begin(), middle, copy.end());
    return *middle;
}

algorithm::CellLattice lattice_of(const Arguments& arguments, const FlatLayer& a, const FlatLayer& b) {
    if (arguments.level != 99) {
        return algorithm::CellLattice(arguments.level);
    }
    return algorithm::finer_of(algorithm::lattice_for(median_of(a.view().areas_m2)),
                               algorithm::lattice_for(median_of(b.view().areas_m2)));
}

template <typename Join>
overlay::CellJoinResult best_of(const Arguments& arguments, double& seconds, double& cpu_seconds, Join&& join) {
    overlay::CellJoinResult result;
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

    void add(const overlay::CellPair& pair) {
        ++pairs;
        area_um2 += pair.area_um2;
    }
};

/// The largest memory of the process so far; asked before anything is exported.
long peak_rss_bytes() { return usage_now().ru_maxrss * 1024L; }

void report(const Arguments& arguments, const overlay::CellJoinResult& result, double seconds, double cpu_seconds,
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
void export_layer(const std::string& folder, const std::string& name, const FlatLayer& layer) {
    const algorithm::PolygonsView view = layer.view();
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

int run_two_layers(const Arguments& arguments, const FlatLayer& left, const FlatLayer& right) {
    const algorithm::CellLattice lattice = lattice_of(arguments, left, right);
    overlay::CellJoinOptions options;
    options.threads = arguments.threads;
    options.index_bytes = arguments.index_bytes;
    std::fprintf(stderr, "%zu features with %zu points, %zu with %zu\n", left.size(), left.point_count(), right.size(),
                 right.point_count());
    double seconds = 0.0;
    double cpu = 0.0;
    const auto result = best_of(arguments, seconds, cpu,
                                [&] { return overlay::join_cells(left.view(), right.view(), lattice, options); });
    report(arguments, result, seconds, cpu, lattice.level());
    if (!arguments.export_folder.empty()) {
        export_layer(arguments.export_folder, "parcels", left);
        export_layer(arguments.export_folder, "zones", right);
    }
    double areas = 0.0;
    for (const double area : right.view().areas_m2) {
        areas += area;
    }
    std::fprintf(stderr, "sum of the areas of the right side: %.6f m2\n", areas);
    return 0;
}

/// Every pair that holds a faulty parcel by the pair kernel, without cells: the answer the join has to give.
std::map<std::pair<std::uint32_t, std::uint32_t>, double> expected_pairs(const FaultyParcels& parcels) {
    const algorithm::PolygonsView layer = parcels.layer.view();
    const index::PackedRTree tree(layer.boxes);
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> pairs;
    for (const std::uint32_t i : parcels.touched) {
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
std::vector<std::uint32_t> invalid_parcels(const FaultyParcels& parcels) {
    std::vector<std::uint32_t> invalid;
    for (const std::uint32_t i : parcels.touched) {
        if (!algorithm::is_simple_ring(parcels.layer.view().feature(i).path(0))) {
            invalid.push_back(i);
        }
    }
    return invalid;
}

int run_self(const Arguments& arguments) {
    const FaultyParcels parcels = make_faulty_parcels(arguments.scale, 1000);
    const algorithm::CellLattice lattice = lattice_of(arguments, parcels.layer, parcels.layer);
    overlay::CellJoinOptions options;
    options.threads = arguments.threads;
    options.index_bytes = arguments.index_bytes;
    double seconds = 0.0;
    double cpu = 0.0;
    const auto result = best_of(arguments, seconds, cpu,
                                [&] { return overlay::self_join_cells(parcels.layer.view(), lattice, options); });
    const std::vector<std::uint32_t> invalid = invalid_parcels(parcels);
    Counted without_invalid;
    result.for_each([&](const overlay::CellPair& pair) {
        if (!std::ranges::binary_search(invalid, pair.left) && !std::ranges::binary_search(invalid, pair.right)) {
            without_invalid.add(pair);
        }
    });
    report(arguments, result, seconds, cpu, lattice.level(), &without_invalid);
    if (!arguments.export_folder.empty()) {
        export_layer(arguments.export_folder, "parcels", parcels.layer);
        write_array<std::uint32_t>(arguments.export_folder + "/parcels.invalid.u32", invalid);
    }
    auto expected = expected_pairs(parcels);
    std::size_t wrong = 0;
    result.for_each([&](const overlay::CellPair& pair) {
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

int run(Arguments arguments) {
    if (arguments.work == "zones50") {
        return run_two_layers(arguments, make_parcels(arguments.scale), make_zones(arguments.scale, 50, 20000));
    }
    if (arguments.work == "x10") {
        arguments.scale.columns *= 4;
        arguments.scale.rows = arguments.scale.rows * 5 / 2;
        arguments.index_bytes = std::min(arguments.index_bytes, std::size_t{256} << 20U);
        return run_two_layers(arguments, make_parcels(arguments.scale), make_zones(arguments.scale, 50, 20000));
    }
    if (arguments.work == "many_many") {
        const std::size_t group_columns = std::max<std::size_t>(1, arguments.scale.columns / 4);
        const std::size_t group_rows = std::max<std::size_t>(1, arguments.scale.rows * 500 / 1594);
        return run_two_layers(arguments, make_parcels(arguments.scale),
                              make_plan_areas(arguments.scale, group_columns, group_rows));
    }
    if (arguments.work == "self") {
        return run_self(arguments);
    }
    std::fprintf(stderr, "work '%s' is none of zones50, many_many, self, x10\n", arguments.work.c_str());
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
        } else {
            arguments.work = word;
        }
    }
    return ranh::bench::run(arguments);
}
