// Communes × planning areas: the totals against each other, and every pair against areas that GEOS computes by itself.
#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <geos_c.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

namespace ranh::test {
namespace {

using PairName = std::pair<std::string, std::string>;

/// GEOS by its own interface: no code of ours between the projected corners and the area.
class Oracle {
public:
    Oracle() : m_context(GEOS_init_r()) {}
    ~Oracle() { GEOS_finish_r(m_context); }
    Oracle(const Oracle&) = delete;
    Oracle& operator=(const Oracle&) = delete;

    struct Deleter {
        GEOSContextHandle_t context;
        void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
    };
    using Area = std::unique_ptr<GEOSGeometry, Deleter>;

    [[nodiscard]] Area held(GEOSGeometry* geometry) const {
        if (geometry == nullptr) {
            throw Failure(ErrorKind::internal, "GEOS gave no geometry");
        }
        return {geometry, Deleter{m_context}};
    }

    [[nodiscard]] Area area_of(const geom::GeometryView& view) const {
        std::vector<GEOSGeometry*> polygons;
        for (std::size_t i = 0; i < view.part_count(); ++i) {
            const auto [first, end] = view.part(i);
            std::vector<GEOSGeometry*> holes;
            for (std::size_t ring = first + 1; ring < end; ++ring) {
                holes.push_back(ring_of(view.path(ring)));
            }
            polygons.push_back(GEOSGeom_createPolygon_r(m_context, ring_of(view.path(first)), holes.data(),
                                                        static_cast<unsigned>(holes.size())));
        }
        return held(GEOSGeom_createCollection_r(m_context, GEOS_MULTIPOLYGON, polygons.data(),
                                                static_cast<unsigned>(polygons.size())));
    }

    [[nodiscard]] Area intersection(const Area& a, const Area& b) const {
        return held(GEOSIntersection_r(m_context, a.get(), b.get()));
    }
    [[nodiscard]] Area united(const std::vector<const GEOSGeometry*>& areas) const {
        std::vector<GEOSGeometry*> copies;
        for (const GEOSGeometry* area : areas) {
            copies.push_back(GEOSGeom_clone_r(m_context, area));
        }
        const Area all = held(GEOSGeom_createCollection_r(m_context, GEOS_GEOMETRYCOLLECTION, copies.data(),
                                                          static_cast<unsigned>(copies.size())));
        return held(GEOSUnaryUnion_r(m_context, all.get()));
    }
    [[nodiscard]] double size_m2(const Area& area) const {
        double size = 0.0;
        GEOSArea_r(m_context, area.get(), &size);
        return size;
    }

private:
    [[nodiscard]] GEOSGeometry* ring_of(std::span<const geom::Point> ring) const {
        GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(m_context, static_cast<unsigned>(ring.size()), 2);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            GEOSCoordSeq_setXY_r(m_context, sequence, static_cast<unsigned>(i), ring[i].x, ring[i].y);
        }
        return GEOSGeom_createLinearRing_r(m_context, sequence);
    }

    GEOSContextHandle_t m_context;
};

/// Features of a layer as stored, projected by the working plane alone.
struct ProjectedLayer {
    std::vector<std::string> ids;
    std::vector<Oracle::Area> areas;
    std::vector<geom::Box> boxes;
};

class CommunesAndAreas : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_workspace = std::make_unique<SampleWorkspace>(std::vector<std::string>{"communes", "bauxite", "titanium"});
        s_oracle = std::make_unique<Oracle>();
        for (const std::string layer : {"communes", "bauxite", "titanium"}) {
            s_layers.emplace(layer, projected(layer));
        }
    }
    static void TearDownTestSuite() {
        s_layers.clear();
        s_oracle.reset();
        s_workspace.reset();
    }

    static ProjectedLayer projected(const std::string& name) {
        const auto workspace = gpkg::open_workspace(s_workspace->file(), gpkg::Access::read_only);
        const crs::WorkingPlane plane(workspace->working_plane_centre());
        ProjectedLayer layer;
        workspace->read(LayerId::parse(name).value(), VersionNumber(1), [&](const model::Feature& feature) {
            const geom::Geometry projected = plane.project(*feature.geometry, feature.crs);
            layer.ids.push_back(feature.id.text());
            layer.areas.push_back(s_oracle->area_of(projected));
            layer.boxes.push_back(*projected.box());
        });
        return layer;
    }

    /// Area of every pair of two layers whose boxes meet, by GEOS.
    static std::map<PairName, double> pairs_by_geos(const ProjectedLayer& left, const ProjectedLayer& right) {
        std::map<PairName, double> pairs;
        for (std::size_t i = 0; i < left.ids.size(); ++i) {
            for (std::size_t k = 0; k < right.ids.size(); ++k) {
                if (geom::boxes_meet(left.boxes[i], right.boxes[k])) {
                    pairs[{left.ids[i], right.ids[k]}] =
                        s_oracle->size_m2(s_oracle->intersection(left.areas[i], right.areas[k]));
                }
            }
        }
        return pairs;
    }

    static void expect_pairs_as_by_geos(const std::string& layer) {
        const codec::Json answer = json_of(s_workspace->json({"overlaps", layer, "communes"}));
        std::map<PairName, double> measured;
        for (const codec::Json& pair : array_of(answer, "overlaps")) {
            measured[{text_of(pair, "left_id"), text_of(pair, "right_id")}] = number_of(pair, "area_m2");
        }
        std::size_t compared = 0;
        for (const auto& [name, expected] : pairs_by_geos(s_layers.at(layer), s_layers.at("communes"))) {
            const double found = measured.contains(name) ? measured[name] : 0.0;
            EXPECT_NEAR(found, expected, 1e-9 * expected + 1e-5) << name.first << " x " << name.second;
            measured.erase(name);
            compared += expected > 0.0 ? 1U : 0U;
        }
        EXPECT_TRUE(measured.empty()) << measured.begin()->first.first << " x " << measured.begin()->first.second;
        EXPECT_GT(compared, s_layers.at(layer).ids.size());
    }

    static void expect_totals_to_agree(const std::string& layer) {
        const codec::Json answer = json_of(s_workspace->json({"overlaps", layer, "communes"}));
        const ProjectedLayer& areas = s_layers.at(layer);
        std::size_t compared = 0;
        for (const codec::Json& total : array_of(member(answer, "totals"), "per_left")) {
            const auto found = std::find(areas.ids.begin(), areas.ids.end(), text_of(total, "left_id"));
            ASSERT_NE(found, areas.ids.end());
            const auto [inside_union, inside_twice] =
                by_geos(static_cast<std::size_t>(found - areas.ids.begin()), areas);
            const double sum = number_of(total, "sum_m2");
            const double united = number_of(total, "union_m2");
            EXPECT_NEAR(united, inside_union, 1e-9 * sum) << *found;
            EXPECT_NEAR(sum - united, inside_twice, 1e-9 * sum) << *found;
            ++compared;
        }
        EXPECT_EQ(compared, areas.ids.size());
    }

    /// Area inside the union of communes, and area that two communes claim, inside one planning area.
    static std::pair<double, double> by_geos(std::size_t area, const ProjectedLayer& areas) {
        const ProjectedLayer& communes = s_layers.at("communes");
        std::vector<const GEOSGeometry*> meeting;
        std::vector<std::size_t> indexes;
        for (std::size_t k = 0; k < communes.ids.size(); ++k) {
            if (geom::boxes_meet(areas.boxes[area], communes.boxes[k])) {
                meeting.push_back(communes.areas[k].get());
                indexes.push_back(k);
            }
        }
        double twice = 0.0;
        for (std::size_t i = 0; i < indexes.size(); ++i) {
            for (std::size_t k = i + 1; k < indexes.size(); ++k) {
                if (geom::boxes_meet(communes.boxes[indexes[i]], communes.boxes[indexes[k]])) {
                    const auto common = s_oracle->intersection(communes.areas[indexes[i]], communes.areas[indexes[k]]);
                    twice += s_oracle->size_m2(s_oracle->intersection(areas.areas[area], common));
                }
            }
        }
        return {s_oracle->size_m2(s_oracle->intersection(areas.areas[area], s_oracle->united(meeting))), twice};
    }

    static std::unique_ptr<SampleWorkspace> s_workspace;
    static std::unique_ptr<Oracle> s_oracle;
    static std::map<std::string, ProjectedLayer> s_layers;
};

std::unique_ptr<SampleWorkspace> CommunesAndAreas::s_workspace;
std::unique_ptr<Oracle> CommunesAndAreas::s_oracle;
std::map<std::string, ProjectedLayer> CommunesAndAreas::s_layers;

TEST_F(CommunesAndAreas, HaveTheAreasThatGeosComputesForBauxite) { expect_pairs_as_by_geos("bauxite"); }

TEST_F(CommunesAndAreas, HaveTheAreasThatGeosComputesForTitanium) { expect_pairs_as_by_geos("titanium"); }

TEST_F(CommunesAndAreas, CountGroundOnceInTheUnionForBauxite) { expect_totals_to_agree("bauxite"); }

TEST_F(CommunesAndAreas, CountGroundOnceInTheUnionForTitanium) { expect_totals_to_agree("titanium"); }

TEST_F(CommunesAndAreas, OverlapEachOtherWhereThePublishedBoundariesDo) {
    const codec::Json answer = json_of(s_workspace->json({"overlaps", "communes", "communes", "--min-area", "0.001"}));
    // data-samples/lamdong/communes/SOURCE.md: 8 pairs from 0.0034 to 8.21 m², measured there in longitude and latitude
    EXPECT_EQ(array_of(answer, "overlaps").size(), 8U);
    double largest = 0.0;
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        largest = std::max(largest, number_of(pair, "area_m2"));
    }
    EXPECT_NEAR(largest, 8.21, 0.1);
}

}  // namespace
}  // namespace ranh::test
