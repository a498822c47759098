// Packs synthetic parcels into a file, opens it and prints one line of JSON: seconds, bytes and peak memory.
//
//     snapshot_bench FILE [COLUMNS ROWS]     default: a province, 1,600 x 1,594 parcels
#include "spatial/snapshot/packed_layer.hpp"
#include "tests/support/parcel_generator.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>

namespace ranh::bench {
namespace {

using snapshot::PackedImage;
using snapshot::PackedLayer;

class Stopwatch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

double peak_gib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

model::LayerVersion parcels_version() {
    model::LayerVersion version{.layer = LayerId::parse("parcels").value(),
                                .number = VersionNumber(1),
                                .description = {},
                                .systems = {crs::Crs::from_epsg(5899).value()},
                                .feature_count = 0,
                                .held = false,
                                .withdrawn = false,
                                .known_from = {},
                                .content_hash = sha256("synthetic parcels"),
                                .lattice_level = 6};
    version.description.schema.fields = {{"commune", model::FieldType::text},
                                         {"sheet", model::FieldType::integer},
                                         {"parcel", model::FieldType::integer},
                                         {"land_code", model::FieldType::text},
                                         {"registered_area_m2", model::FieldType::real}};
    return version;
}

model::Feature feature_of(const test::SyntheticParcel& parcel, const crs::Crs& crs) {
    model::Feature feature;
    feature.id = FeatureId("00000-" + std::to_string(parcel.sheet) + "-" + std::to_string(parcel.number));
    feature.crs = crs;
    feature.geometry = geom::Geometry::polygon(parcel.ring);
    feature.values = {std::string("00000"), std::int64_t{parcel.sheet}, std::int64_t{parcel.number},
                      std::string(parcel.land_code), parcel.registered_area_m2};
    feature.areas.area_stated_m2 = parcel.registered_area_m2;
    return feature;
}

void run(const std::string& file, const test::ParcelGeneratorOptions& options) {
    const model::LayerVersion version = parcels_version();
    const Stopwatch adding;
    snapshot::PackedLayerBuilder builder(version, crs::WorkingPlane());
    test::generate_parcels(options, [&](const test::SyntheticParcel& parcel) {
        builder.add(feature_of(parcel, version.systems.front()));
    });
    const double add_s = adding.seconds();
    const Stopwatch writing;
    builder.write(file, "{}");
    const double write_s = writing.seconds();
    const double pack_peak = peak_gib();

    const Stopwatch opening;
    const auto layer = PackedLayer::open(PackedImage::open(file).value(), version, crs::WorkingPlane()).value();
    const double open_ms = 1e3 * opening.seconds();
    const Stopwatch verifying;
    const bool whole = !layer->image().verify();
    const double verify_s = verifying.seconds();
    std::printf(
        "{\"parcels\": %zu, \"points\": %zu, \"add_s\": %.2f, \"write_s\": %.2f, \"bytes\": %zu, \"open_ms\": %.3f, "
        "\"verify_s\": %.2f, \"whole\": %s, \"pack_peak_gib\": %.2f}\n",
        layer->size(), layer->working_geometries().points.size(), add_s, write_s, layer->image().bytes().size(),
        open_ms, verify_s, whole ? "true" : "false", pack_peak);
}

}  // namespace
}  // namespace ranh::bench

int main(int argc, char** argv) {
    if (argc != 2 && argc != 4) {
        std::fputs("snapshot_bench FILE [COLUMNS ROWS]\n", stderr);
        return 2;
    }
    auto options = ranh::test::province_sized_parcels();
    if (argc == 4) {
        options.columns = static_cast<std::size_t>(std::atol(argv[2]));
        options.rows = static_cast<std::size_t>(std::atol(argv[3]));
    }
    try {
        ranh::bench::run(argv[1], options);
    } catch (const ranh::Failure& failure) {
        std::fprintf(stderr, "%s\n", failure.error().text().c_str());
        return 3;
    }
    return 0;
}
