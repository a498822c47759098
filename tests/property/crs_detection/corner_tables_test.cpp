// Seeded corner tables at random places of the province: with a commune code the system is found, and never a wrong
// one.
#include "importers/crs_detection/crs_detection.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/crs/transform.hpp"
#include "tests/support/seeds.hpp"

#include <gdal.h>
#include <gtest/gtest.h>
#include <ogr_api.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace ranh::crs_detection {
namespace {

using geom::Geometry;
using geom::GeometryType;
using geom::Point;

struct DatasetCloser {
    void operator()(void* dataset) const { GDALClose(dataset); }
};

void add_polygon(OGRGeometryH polygon, Geometry& to) {
    for (int ring = 0; ring < OGR_G_GetGeometryCount(polygon); ++ring) {
        OGRGeometryH path = OGR_G_GetGeometryRef(polygon, ring);
        for (int i = 0; i < OGR_G_GetPointCount(path); ++i) {
            to.add_point({OGR_G_GetX(path, i), OGR_G_GetY(path, i)});
        }
        to.end_path();
    }
    to.end_part();
}

Geometry to_geometry(OGRGeometryH source) {
    Geometry result(GeometryType::multi_polygon);
    if (wkbFlatten(OGR_G_GetGeometryType(source)) == wkbPolygon) {
        add_polygon(source, result);
        return result;
    }
    for (int part = 0; part < OGR_G_GetGeometryCount(source); ++part) {
        add_polygon(OGR_G_GetGeometryRef(source, part), result);
    }
    return result;
}

struct LoadedCommune {
    std::string code;
    std::string name;
    Geometry area;
};

std::vector<LoadedCommune> communes_of_lam_dong() {
    GDALAllRegister();
    const std::unique_ptr<void, DatasetCloser> dataset(GDALOpenEx(
        RANH_SOURCE_DIR "/data-samples/lamdong/communes/communes.fgb", GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
    std::vector<LoadedCommune> communes;
    OGRLayerH layer = dataset ? GDALDatasetGetLayer(dataset.get(), 0) : nullptr;
    while (OGRFeatureH feature = layer == nullptr ? nullptr : OGR_L_GetNextFeature(layer)) {
        communes.push_back({OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "code")),
                            OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "name")),
                            to_geometry(OGR_F_GetGeometryRef(feature))});
        OGR_F_Destroy(feature);
    }
    return communes;
}

struct CornerTable {
    std::string commune;
    int epsg = 0;
    bool swapped = false;
    std::vector<Point> printed;
};

Point random_place_in(const Geometry& area, test::Random& random) {
    const geom::Box box = area.box().value();
    while (true) {
        const Point place = {random.real(box.min.x, box.max.x), random.real(box.min.y, box.max.y)};
        if (algorithm::locate(place, area) == algorithm::PointPlace::inside) {
            return place;
        }
    }
}

/// A quadrilateral of 50 to 2,000 m, turned at random, in one of the four systems of the province, rounded to
/// centimetres.
CornerTable random_table(const std::vector<LoadedCommune>& communes, test::Random& random) {
    constexpr int systems[] = {5899, 9218, 3405, 3406};
    const LoadedCommune& commune =
        communes[static_cast<std::size_t>(random.integer(0, static_cast<int>(communes.size()) - 1))];
    CornerTable table{commune.code, systems[random.integer(0, 3)], random.chance(0.3), {}};
    const auto to_grid = crs::Transform::between(crs::wgs84(), crs::Crs::from_epsg(table.epsg).value()).value();
    const Point centre = to_grid.apply(random_place_in(commune.area, random));
    const double turn = random.real(0.0, 1.0);
    for (int corner = 0; corner < 4; ++corner) {
        const double angle = (turn + corner + random.real(-0.2, 0.2)) * std::acos(-1.0) / 2.0;
        const double reach = random.real(25.0, 1000.0);
        const double x = std::round((centre.x + reach * std::cos(angle)) * 100.0) / 100.0;
        const double y = std::round((centre.y + reach * std::sin(angle)) * 100.0) / 100.0;
        table.printed.push_back(table.swapped ? Point{y, x} : Point{x, y});
    }
    return table;
}

struct Tally {
    std::size_t decided = 0;
    std::size_t wrong = 0;
    std::size_t axes_wrong = 0;
};

void count(const CornerTable& table, const CrsGuess& guess, Tally& tally) {
    tally.decided += guess.chosen ? 1U : 0U;
    tally.wrong += guess.chosen && guess.chosen->epsg() != table.epsg ? 1U : 0U;
    tally.axes_wrong += guess.swapped.size() == (table.swapped ? table.printed.size() : 0U) ? 0U : 1U;
    EXPECT_NE(guess.chosen.has_value(), !guess.question.vi.empty());
}

TEST(CornerTables, WithACommuneCodeAreDecidedAndNeverWrongly) {
    SCOPED_TRACE(test::seed_note());
    const std::vector<LoadedCommune> loaded = communes_of_lam_dong();
    ASSERT_EQ(loaded.size(), 124U);
    std::vector<Commune> communes;
    for (const LoadedCommune& commune : loaded) {
        communes.push_back({commune.code, commune.name, commune.area});
    }
    test::Random random;
    Tally with_code;
    Tally without_code;
    const std::size_t rounds = test::rounds(1'000, 20'000);
    for (std::size_t i = 0; i < rounds; ++i) {
        const CornerTable table = random_table(loaded, random);
        count(table, detect_crs(table.printed, {communes, table.commune, {}}), with_code);
        count(table, detect_crs(table.printed), without_code);
    }
    EXPECT_GE(with_code.decided * 100, rounds * 95);
    EXPECT_EQ(with_code.wrong, 0U);
    EXPECT_EQ(with_code.axes_wrong, 0U);
    EXPECT_EQ(without_code.wrong, 0U);
    EXPECT_LT(without_code.decided, rounds)
        << "TM-3 tables in the middle of the province cannot be decided without a code";
    RecordProperty("decided_with_code", static_cast<int>(with_code.decided));
    RecordProperty("decided_without_code", static_cast<int>(without_code.decided));
}

TEST(CornerTables, WithTheCodeOfAnotherCommuneAreAskedAboutAlmostAlways) {
    SCOPED_TRACE(test::seed_note());
    const std::vector<LoadedCommune> loaded = communes_of_lam_dong();
    std::vector<Commune> communes;
    for (const LoadedCommune& commune : loaded) {
        communes.push_back({commune.code, commune.name, commune.area});
    }
    test::Random random;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < test::rounds(300, 5'000); ++i) {
        const CornerTable table = random_table(loaded, random);
        const auto other = static_cast<std::size_t>(random.integer(0, static_cast<int>(loaded.size()) - 1));
        // Only a table in the middle of the province may be led astray: by a code of a commune one meridian further on.
        const CrsGuess guess = detect_crs(table.printed, {communes, loaded[other].code, {}});
        wrong += guess.chosen && guess.chosen->epsg() != table.epsg ? 1U : 0U;
    }
    EXPECT_LE(wrong * 100, test::rounds(300, 5'000) * 2);
}

}  // namespace
}  // namespace ranh::crs_detection
