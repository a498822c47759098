#include "tests/bench/overlap/packed_bench_layers.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/codec/wkb.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

namespace ranh::bench {
namespace {

model::LayerVersion version_of(const std::string& name) {
    return {.layer = LayerId::parse(name).value(),
            .number = VersionNumber(1),
            .description = {},
            .systems = {crs::Crs::from_epsg(bench_epsg).value()},
            .feature_count = 0,
            .held = false,
            .withdrawn = false,
            .known_from = {},
            .content_hash = sha256("bench " + name),
            .lattice_level = std::nullopt};
}

/// The areas an importer measures.
model::Areas areas_of(const geom::GeometryView& source, const crs::Crs& crs, const crs::WorkingPlane& plane) {
    model::Areas areas;
    areas.area_planar_m2 = algorithm::area(source);
    areas.planar_epsg = crs.epsg();
    areas.area_ellipsoid_m2 = algorithm::area(plane.project(source, crs));
    return areas;
}

void pack(const std::filesystem::path& file, const std::string& name, const FlatLayer& layer) {
    const model::LayerVersion version = version_of(name);
    const crs::WorkingPlane plane;
    snapshot::PackedLayerBuilder builder(version, plane);
    const algorithm::PolygonsView view = layer.view();
    for (std::size_t i = 0; i < layer.size(); ++i) {
        geom::Geometry outline = geom::Geometry::copy_of(view.feature(i));
        outline.set_type(geom::GeometryType::polygon);  // every one is of one part
        for (geom::Point& p : outline.mutable_points()) {
            p = {p.x + bench_origin.x, p.y + bench_origin.y};
        }
        builder.add(bench_feature(bench_id(i), std::move(outline), plane));
    }
    builder.write(file, "{}");
}

/// Runs `work` in a child process; ends this one when it fails.
void run_apart(const std::function<void()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        int code = 0;
        try {
            work();
        } catch (const std::exception& failure) {
            std::fprintf(stderr, "%s\n", failure.what());
            code = 3;
        }
        _exit(code);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        std::fprintf(stderr, "the data of the bench could not be made\n");
        std::exit(3);
    }
}

}  // namespace

model::Feature bench_feature(FeatureId id, geom::Geometry outline, const crs::WorkingPlane& plane) {
    model::Feature feature;
    feature.id = std::move(id);
    feature.crs = crs::Crs::from_epsg(bench_epsg).value();
    feature.areas = areas_of(outline, feature.crs, plane);
    feature.geometry = std::move(outline);
    return feature;
}

FeatureId bench_id(std::size_t number) { return FeatureId(fmt::format("{:08}", number)); }

std::shared_ptr<const snapshot::PackedLayer> packed_layer(const std::filesystem::path& folder, const std::string& name,
                                                          const std::function<FlatLayer()>& make) {
    const std::filesystem::path file = folder / (name + ".packed");
    if (!std::filesystem::exists(file)) {
        run_apart([&] { pack(file, name, make()); });
    }
    return snapshot::PackedLayer::open(snapshot::PackedImage::open(file).value(), version_of(name), crs::WorkingPlane())
        .value();
}

void write_flatgeobuf(const std::filesystem::path& file, const snapshot::PackedLayer& layer) {
    GDALAllRegister();
    OGRSpatialReference system;
    system.importFromEPSG(bench_epsg);
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("FlatGeobuf");
    const std::unique_ptr<GDALDataset> dataset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRLayer* target =
        dataset ? dataset->CreateLayer(layer.version().layer.text().c_str(), &system, wkbPolygon) : nullptr;
    OGRFieldDefn id("id", OFTString);
    if (target == nullptr || target->CreateField(&id) != OGRERR_NONE) {
        throw Failure(ErrorKind::io, file.string() + " could not be made");
    }
    for (std::size_t i = 0; i < layer.size(); ++i) {
        OGRFeature feature(target->GetLayerDefn());
        feature.SetField(0, std::string(layer.id_text(i)).c_str());
        const std::string bytes = codec::to_wkb(layer.source(i));
        OGRGeometry* geometry = nullptr;
        if (OGRGeometryFactory::createFromWkb(bytes.data(), nullptr, &geometry, bytes.size()) != OGRERR_NONE ||
            feature.SetGeometryDirectly(geometry) != OGRERR_NONE || target->CreateFeature(&feature) != OGRERR_NONE) {
            throw Failure(ErrorKind::io, file.string() + " could not be written");
        }
    }
}

}  // namespace ranh::bench
