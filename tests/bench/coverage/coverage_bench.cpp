/// Times the checks between parcels on a packed layer of the bench: parcels (clean) or faulty (1,000 seeded faults).
#include "spatial/algorithm/unmatched_edges.hpp"
#include "spatial/operations/coverage/coverage.hpp"
#include "spatial/snapshot/polygons.hpp"
#include "tests/bench/overlap/packed_bench_layers.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double processor_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Memory of its own, without the mapped file, in megabytes.
double own_peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

ranh::bench::FlatLayer make(const std::string& name) {
    return name == "faulty" ? ranh::bench::make_faulty_parcels({}, 1000).layer : ranh::bench::make_parcels({});
}

void print(const ranh::coverage::CoverageFindings& found) {
    std::array<std::size_t, 5> kinds{};
    std::size_t caused = 0;
    for (const ranh::coverage::OverlapPair& pair : found.overlaps) {
        ++kinds.at(static_cast<std::size_t>(pair.kind));
        caused += pair.cause ? 1U : 0U;
    }
    std::size_t gap_slivers = 0;
    std::size_t caused_gaps = 0;
    for (const ranh::coverage::Gap& gap : found.gaps) {
        gap_slivers += gap.sliver ? 1U : 0U;
        caused_gaps += gap.cause ? 1U : 0U;
    }
    std::printf("edges: %zu unmatched, %zu pieces: %zu outline, %zu gap, %zu overlap; %zu outline rings\n",
                found.edges.unmatched, found.edges.pieces, found.edges.outline, found.edges.gap, found.edges.overlap,
                found.outline.size());
    std::printf("mismatches %zu; gaps %zu (slivers %zu, caused %zu)\n", found.mismatches.size(), found.gaps.size(),
                gap_slivers, caused_gaps);
    std::printf(
        "overlaps %zu: duplicates %zu, near-duplicates %zu, containments %zu, overlaps %zu, slivers %zu; caused "
        "%zu\n",
        found.overlaps.size(), kinds[0], kinds[1], kinds[2], kinds[3], kinds[4], caused);
}

}  // namespace

int main(int count, char** words) {
    if (count < 3) {
        std::fprintf(stderr, "usage: coverage_bench FOLDER parcels|faulty [THREADS]\n");
        return 2;
    }
    const std::string name = words[2];
    const auto threads = static_cast<unsigned>(count > 3 ? std::atoi(words[3]) : 0);
    const auto layer = ranh::bench::packed_layer(words[1], name, [&] { return make(name); });
    const ranh::algorithm::PolygonsView view =
        ranh::snapshot::polygons_of(layer->working_geometries(), layer->working_boxes(), layer->working_areas_m2());
    for (int round = 0; round < 3; ++round) {
        auto start = std::chrono::steady_clock::now();
        double before = processor_seconds();
        const std::size_t unmatched = ranh::algorithm::unmatched_edges(view, threads).size();
        std::printf("matching %.3f s (%.3f s of processor): %zu features, %zu points, %zu unmatched\n",
                    seconds_since(start), processor_seconds() - before, view.size(), view.points.size(), unmatched);
        start = std::chrono::steady_clock::now();
        before = processor_seconds();
        ranh::coverage::CoverageOptions options;
        options.threads = threads;
        options.crosses_itself = layer->crossing_flags();
        const auto found =
            ranh::coverage::check_coverage(view, ranh::algorithm::CellLattice(layer->lattice_level()), options);
        std::printf("all between parcels %.3f s (%.3f s of processor), peak %.0f MB with the mapped file\n",
                    seconds_since(start), processor_seconds() - before, own_peak_mb());
        print(found);
    }
    return 0;
}
