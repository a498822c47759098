#include "spatial/codec/wkb.hpp"
#include "spatial/crs/working_plane.hpp"
#include "spatial/operations/coverage/coverage.hpp"
#include "tests/support/flat_layer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

namespace ranh::coverage {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::SizeIs;

/// The 124 communes of data-samples/lamdong in the working plane.
class Communes : public testing::Test {
protected:
    Communes() {
        GDALAllRegister();
        const std::unique_ptr<GDALDataset> source(GDALDataset::Open(
            RANH_SOURCE_DIR "/data-samples/lamdong/communes/communes.fgb", GDAL_OF_VECTOR | GDAL_OF_READONLY));
        const crs::WorkingPlane plane;
        const crs::Crs degrees = crs::Crs::from_epsg(4326).value();
        std::vector<geom::Geometry> outlines;
        for (const OGRFeatureUniquePtr& feature : *source->GetLayer(0)) {
            std::vector<unsigned char> bytes(feature->GetGeometryRef()->WkbSize());
            feature->GetGeometryRef()->exportToWkb(wkbNDR, bytes.data(), wkbVariantIso);
            const geom::Geometry outline = codec::parse_wkb(std::string(bytes.begin(), bytes.end())).value();
            for (const geom::Point p : outline.points()) {
                const geom::Point corner = plane.project(p, degrees);
                m_corners.emplace(corner.x, corner.y);
            }
            outlines.push_back(plane.project(outline, degrees));
            names.emplace_back(feature->GetFieldAsString("name"));
        }
        CoverageOptions options;
        options.is_corner = [this](const VertexPlace& place) {
            return m_corners.contains({place.point.x, place.point.y});
        };
        found = check_coverage(test::FlatLayer(outlines).view(), algorithm::CellLattice(11), options);
    }

    std::vector<std::string> names;
    CoverageFindings found;

private:
    std::set<std::pair<double, double>> m_corners;
};

/// Areas on the ellipsoid with edges straight in longitude and latitude; measured once with edges straight in a
/// projection they differ by up to one in a hundred.
TEST_F(Communes, OverlapInEightPairsAndLeaveEightGaps) {
    ASSERT_THAT(names, SizeIs(124));
    std::vector<double> overlaps;
    for (const OverlapPair& pair : found.overlaps) {
        overlaps.push_back(pair.area_m2);
    }
    std::ranges::sort(overlaps);
    EXPECT_THAT(overlaps, ElementsAre(DoubleNear(0.0034, 1e-4), DoubleNear(0.0035, 1e-4), DoubleNear(0.0035, 1e-4),
                                      DoubleNear(0.097, 1e-3), DoubleNear(0.42, 0.01), DoubleNear(0.48, 0.01),
                                      DoubleNear(0.59, 0.01), DoubleNear(8.21, 0.05)));
    ASSERT_THAT(found.gaps, SizeIs(8));
    for (const Gap& gap : found.gaps) {
        EXPECT_GT(gap.area_m2, 0.145);
        EXPECT_LT(gap.area_m2, 1.525);
        EXPECT_TRUE(gap.cause.has_value());
    }
}

TEST_F(Communes, TienThanhAndHamKiemDifferByLessThanTheGrid) {
    std::size_t seen = 0;
    for (const BoundaryMismatch& mismatch : found.mismatches) {
        const std::set<std::string> both{names[mismatch.vertex.feature], names[mismatch.lacking]};
        if (both == std::set<std::string>{"Tiến Thành", "Hàm Kiệm"}) {
            ++seen;
            EXPECT_TRUE(mismatch.below_grid);
            EXPECT_LT(mismatch.distance_m, 1e-6);
        }
    }
    EXPECT_EQ(seen, 1U);
}

TEST_F(Communes, PointsThatDivideAnEdgeAreNoMissingVertices) {
    for (const BoundaryMismatch& mismatch : found.mismatches) {
        EXPECT_LT(mismatch.distance_m, 0.2) << names[mismatch.vertex.feature];
    }
}

}  // namespace
}  // namespace ranh::coverage
