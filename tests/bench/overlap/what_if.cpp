#include "tests/bench/overlap/what_if.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/engine/engine.hpp"
#include "spatial/operations/overlay/refresh.hpp"
#include "tests/bench/overlap/packed_bench_layers.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <random>

namespace ranh::bench {
namespace {

constexpr std::size_t corners = 5000;
constexpr double greatest_m2 = 25e6;

/// An outline like a coast around (0, 0), of the area wanted.
std::vector<geom::Point> coast(double area_m2, std::mt19937_64& random) {
    std::uniform_real_distribution<double> phase(0.0, 2.0 * std::numbers::pi);
    std::vector<double> phases(10);
    for (double& one : phases) {
        one = phase(random);
    }
    std::vector<geom::Point> ring;
    for (std::size_t i = 0; i < corners; ++i) {
        const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        double radius = 1.0;
        double frequency = 2.0;
        for (const double one : phases) {
            radius += 0.25 * std::sin(frequency * angle + one) / std::pow(frequency, 0.9);
            frequency *= 2.0;
        }
        ring.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    const double scale = std::sqrt(area_m2 / std::abs(algorithm::area(geom::Geometry::polygon(ring))));
    for (geom::Point& p : ring) {
        p = {p.x * scale, p.y * scale};
    }
    return ring;
}

geom::Box extent_of(const snapshot::PackedLayer& layer) {
    geom::Box extent = layer.working_box(0);
    for (const geom::Box& box : layer.working_boxes().first(layer.geometry_count())) {
        extent = geom::united(extent, box);
    }
    return extent;
}

/// The outline of a project wholly inside `extent`, in the source system of the bench.
geom::Geometry project_in(const geom::Box& extent, std::mt19937_64& random) {
    const double area = std::uniform_real_distribution<double>(0.02, 1.0)(random) * greatest_m2;
    std::vector<geom::Point> ring = coast(area, random);
    const geom::Box box = geom::box_of(ring).value();
    const double x = std::uniform_real_distribution<double>(extent.min.x - box.min.x, extent.max.x - box.max.x)(random);
    const double y = std::uniform_real_distribution<double>(extent.min.y - box.min.y, extent.max.y - box.max.y)(random);
    for (geom::Point& p : ring) {
        p = {std::round((p.x + x + bench_origin.x) * 1e3) * 1e-3, std::round((p.y + y + bench_origin.y) * 1e3) * 1e-3};
    }
    return geom::Geometry::polygon(std::move(ring));
}

double share_of_sorted(const std::vector<double>& values, double share) {
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(place, 1, values.size()) - 1];
}

}  // namespace

int run_what_if(const std::string& work, const std::vector<std::shared_ptr<const snapshot::PackedLayer>>& layers,
                std::size_t projects, std::uint64_t seed) {
    const auto held = std::make_shared<const snapshot::Snapshot>(layers, Date(), Timestamp());
    const engine::Engine engine(std::make_shared<const snapshot::Catalog>(held));
    const geom::Box extent = extent_of(*layers.front());
    std::mt19937_64 random(seed);
    std::vector<double> milliseconds;
    std::size_t pairs = 0;
    std::size_t most_pairs = 0;
    double area_m2 = 0.0;
    for (std::size_t i = 0; i < projects; ++i) {
        geom::Geometry outline = project_in(extent, random);
        const auto start = std::chrono::steady_clock::now();
        engine::CheckRequest request;
        request.projects.push_back(bench_feature(FeatureId("project"), std::move(outline), layers.front()->plane()));
        const engine::CheckAnswer answer = engine.check(engine.view(), request);
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        std::size_t mine = 0;
        for (const engine::OverlapAnswer& overlaps : answer.overlaps) {
            mine += overlaps.result.pairs.size();
            area_m2 += overlaps.result.totals.sum_m2;
        }
        pairs += mine;
        most_pairs = std::max(most_pairs, mine);
    }
    std::ranges::sort(milliseconds);
    std::printf(
        "{\"work\": \"%s\", \"seconds\": %.4f, \"cpu_seconds\": null, \"peak_rss_bytes\": null, \"pairs\": %zu, "
        "\"area_m2\": %.6f, \"projects\": %zu, \"most_pairs\": %zu, \"p50_ms\": %.2f, \"p99_ms\": %.2f, "
        "\"greatest_ms\": %.2f}\n",
        work.c_str(), 1e-3 * share_of_sorted(milliseconds, 0.99), pairs, area_m2, projects, most_pairs,
        share_of_sorted(milliseconds, 0.5), share_of_sorted(milliseconds, 0.99), milliseconds.back());
    return 0;
}

int run_change(const snapshot::PackedLayer& parcels, const snapshot::PackedLayer& others, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const std::array<std::size_t, 3> sizes{1, 100, 10'000};
    std::array<double, 3> milliseconds{};
    std::size_t pairs = 0;
    for (std::size_t k = 0; k < sizes.size(); ++k) {
        std::vector<double> times;
        for (int repeat = 0; repeat < 5; ++repeat) {
            std::vector<std::uint32_t> changed;
            for (std::size_t i = 0; i < std::min(sizes[k], parcels.size()); ++i) {
                changed.push_back(static_cast<std::uint32_t>(random() % parcels.size()));
            }
            std::ranges::sort(changed);
            changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
            const auto start = std::chrono::steady_clock::now();
            pairs = overlay::overlaps_of(parcels, changed, others, {}).pairs.size();
            times.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
        std::ranges::sort(times);
        milliseconds[k] = times[times.size() / 2];
    }
    std::printf(
        "{\"work\": \"change\", \"seconds\": %.4f, \"cpu_seconds\": null, \"peak_rss_bytes\": null, \"pairs\": %zu, "
        "\"area_m2\": null, \"one_ms\": %.3f, \"hundred_ms\": %.3f, \"ten_thousand_ms\": %.2f}\n",
        1e-3 * milliseconds[2], pairs, milliseconds[0], milliseconds[1], milliseconds[2]);
    return 0;
}

}  // namespace ranh::bench
