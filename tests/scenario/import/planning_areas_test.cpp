// The 40 planning areas of bauxite and titanium, imported from their printed corner tables: areas, and one test per
// quirk listed in data-samples/lamdong/planning-areas/SOURCE.md.
#include "importers/corners/corner_table.hpp"
#include "importers/vector/vector_reader.hpp"
#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/crs/transform.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/scenario/import/import_support.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh {
namespace {

using pipeline::InnerRing;
using test::error_of;
using test::Imported;
using test::sample_file;
using testing::HasSubstr;

const std::filesystem::path bauxite_file = sample_file("lamdong/planning-areas/bauxite-corners.csv");
const std::filesystem::path titanium_file = sample_file("lamdong/planning-areas/titanium-corners.csv");
const std::filesystem::path names_file = sample_file("lamdong/planning-areas/planning-areas.csv");

Imported import_planning(const std::filesystem::path& file, InnerRing inner_ring) {
    const auto attributes = vector::read_attributes(names_file, "area_id");
    pipeline::ImportOptions options;
    options.attributes = &attributes;
    return test::import_file(file, options, inner_ring);
}

const Imported& bauxite() {
    static const Imported imported = import_planning(bauxite_file, InnerRing::ignore);
    return imported;
}

const Imported& titanium() {
    static const Imported imported = import_planning(titanium_file, InnerRing::undecided);
    return imported;
}

const Imported& layer_of(const std::string& id) { return id.starts_with("BX-") ? bauxite() : titanium(); }

std::size_t distinct_points(const model::Feature& feature) {
    return feature.geometry->points().size() - feature.geometry->view().path_count();
}

TEST(PlanningAreas, AreFortyAndKeepEveryPrintedPointButTheRepeatedOne) {
    std::size_t points = 0;
    for (const auto* layer : {&bauxite(), &titanium()}) {
        for (const auto& [id, feature] : layer->features) {
            points += distinct_points(feature);
        }
    }
    EXPECT_EQ(bauxite().features.size(), 24U);
    EXPECT_EQ(titanium().features.size(), 16U);
    // 703 printed, 6 of them in the inner ring of BX-TT that --inner-ring ignore put into quarantine, 1 repeated in
    // TI-LSSN.
    EXPECT_EQ(points, 703U - 6U - 1U);
}

TEST(PlanningAreas, MeasureInTheirOwnPlaneWhatThePlanarHectaresSay) {
    for (const auto& row : test::read_csv(names_file.string()).rows) {
        const auto& feature = layer_of(row.at("area_id")).feature(row.at("area_id"));
        EXPECT_NEAR(feature.areas.area_planar_m2.value() / 1e4, test::number_in(row, "planar_ha"), 0.01)
            << row.at("area_id");
        EXPECT_EQ(feature.areas.planar_epsg, static_cast<int>(test::number_in(row, "source_epsg")))
            << row.at("area_id");
    }
}

TEST(PlanningAreas, MeasureOnTheEllipsoidWithEdgesStraightInTheSourceGrid) {
    for (const auto& row : test::read_csv(names_file.string()).rows) {
        const auto& feature = layer_of(row.at("area_id")).feature(row.at("area_id"));
        EXPECT_NEAR(feature.areas.area_ellipsoid_m2.value() / 1e4, test::number_in(row, "ellipsoid_ha_grid_edges"),
                    0.0002)
            << row.at("area_id");
    }
}

TEST(PlanningAreas, KeepTheStatedAreaBesideTheMeasuredOnes) {
    for (const auto& row : test::read_csv(names_file.string()).rows) {
        const auto& feature = layer_of(row.at("area_id")).feature(row.at("area_id"));
        EXPECT_NEAR(feature.areas.area_stated_m2.value(), test::number_in(row, "stated_ha") * 1e4, 1e-6)
            << row.at("area_id");
    }
}

TEST(PlanningAreas, CountRingsReadKeptAndRejected) {
    EXPECT_EQ(bauxite().report.unit, "ring");
    EXPECT_EQ(bauxite().report.read, 30);
    EXPECT_EQ(bauxite().report.kept, 29);
    EXPECT_EQ(bauxite().report.rejected, 1);
    EXPECT_EQ(titanium().report.read, 21);
    EXPECT_EQ(titanium().report.kept, 21);
    EXPECT_EQ(titanium().report.repaired, 1);
}

TEST(PlanningAreas, GetTheirZoneFromTheEastingsWithTheReason) {
    EXPECT_EQ(bauxite().report.systems, std::vector{crs::Crs::from_epsg(3405).value()});
    EXPECT_EQ(titanium().report.systems, std::vector{crs::Crs::from_epsg(3406).value()});
    EXPECT_THAT(titanium().report.crs_reasons.front(), HasSubstr("EPSG:3406"));
}

TEST(PlanningAreas, NameAttributeRowsThatMatchNoRecord) {
    EXPECT_THAT(bauxite().notes(), HasSubstr("16 rows of planning-areas.csv match no record: TI-HL"));
    EXPECT_EQ(std::get<std::string>(bauxite().value("BX-NC", "name")), "Nhân Cơ");
}

TEST(PlanningAreas, HaveACompleteProvenance) {
    const auto& provenance = bauxite().report.version->description.provenance;
    EXPECT_EQ(provenance.source, "bauxite-corners.csv, planning-areas.csv");
    EXPECT_EQ(provenance.source_sha256.size(), 64U + 2U + 64U);
    EXPECT_THAT(provenance.crs_decision, HasSubstr("EPSG:3405"));
    EXPECT_THAT(provenance.transform, HasSubstr("EPSG:3405"));
    EXPECT_THAT(provenance.importer_version, HasSubstr("ranh "));
    EXPECT_EQ(provenance.read, 30);
    EXPECT_EQ(provenance.rejected, 1);
    EXPECT_FALSE(provenance.notes.empty());
}

TEST(PlanningAreasQuirk1, QuangSonHasSwappedColumnsThatAreDetectedAndReported) {
    EXPECT_THAT(bauxite().notes(), HasSubstr("X/Y đảo"));
    EXPECT_THAT(bauxite().notes(), HasSubstr("1 of 24 areas (BX-QS)"));
    EXPECT_LT(bauxite().feature("BX-QS").geometry->box()->max.x, 950000.0);
}

TEST(PlanningAreasQuirk2, TrungTamIsNotImportedUntilSomebodySaysWhatTheInnerRingIs) {
    const Error error = error_of([] { (void)test::import_file(bauxite_file); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.sentence,
                HasSubstr("area BX-TT: ring 2 (TT.22-TT.27, 1096.40 ha) lies inside ring 1 (TT.1-TT.21, 11793.35 ha)"));
    EXPECT_THAT(error.sentence, HasSubstr("--inner-ring hole"));
    EXPECT_THAT(error.sentence, HasSubstr("part"));
    EXPECT_THAT(error.sentence, HasSubstr("ignore"));
}

TEST(PlanningAreasQuirk2, TrungTamAsAHoleIsTheNetArea) {
    const auto imported = test::import_file(bauxite_file, {}, InnerRing::hole);
    EXPECT_NEAR(imported.feature("BX-TT").areas.area_planar_m2.value() / 1e4, 10696.95, 0.01);
    EXPECT_EQ(imported.report.read, imported.report.kept);
}

TEST(PlanningAreasQuirk2, TrungTamAsAPartIsAFeatureOfItsOwn) {
    const auto imported = import_planning(bauxite_file, InnerRing::part);
    EXPECT_EQ(imported.features.size(), 25U);
    EXPECT_NEAR(imported.feature("BX-TT/2").areas.area_planar_m2.value() / 1e4, 1096.40, 0.01);
    EXPECT_EQ(std::get<std::string>(imported.value("BX-TT/2", "area_id")), "BX-TT");
    EXPECT_EQ(imported.value("BX-TT/2", "name"), imported.value("BX-TT", "name"));
}

TEST(PlanningAreasQuirk2, TrungTamIgnoredLeavesTheInnerRingInQuarantineWithItsRows) {
    ASSERT_EQ(bauxite().report.quarantine.size(), 1U);
    const auto& record = bauxite().report.quarantine.front();
    EXPECT_EQ(record.place, "ring TT.22-TT.27 of area BX-TT");
    EXPECT_THAT(record.reason, HasSubstr("inside ring TT.1-TT.21"));
    EXPECT_THAT(record.original, HasSubstr("TT.27"));
}

TEST(PlanningAreasQuirk3, DisjointRingsUnderOneHeadingStayApart) {
    const std::map<std::string, std::size_t> parts = {{"BX-TN15", 2}, {"BX-LTLQ", 2}, {"BX-LBA", 2}, {"BX-LBO", 3},
                                                      {"TI-LSSN", 3}, {"TI-VM", 2},   {"TI-LH2", 2}, {"TI-HT2", 2}};
    for (const auto& [id, count] : parts) {
        const auto& geometry = *layer_of(id).feature(id).geometry;
        EXPECT_EQ(geometry.type(), geom::GeometryType::multi_polygon) << id;
        EXPECT_EQ(geometry.view().part_count(), count) << id;
        EXPECT_FALSE(topology::invalidity(geometry)) << id;
    }
}

TEST(PlanningAreasQuirk4, DakNiaKeepsThePrintedOrderWithPoint13Before12) {
    EXPECT_THAT(std::get<std::string>(bauxite().value("BX-DN", "corner_labels")), HasSubstr("11; 13; 12; 14"));
    EXPECT_FALSE(topology::invalidity(*bauxite().feature("BX-DN").geometry));
}

TEST(PlanningAreasQuirk5, LongSonDropsTheRepeatedPointAndSaysSo) {
    EXPECT_THAT(titanium().notes(), HasSubstr("area TI-LSSN: point 43"));
    EXPECT_THAT(titanium().notes(), HasSubstr("repeats point 42 and was dropped"));
    EXPECT_EQ(distinct_points(titanium().feature("TI-LSSN")), 52U);
}

TEST(PlanningAreasQuirk6, VungMonKeepsItsLabelsAsText) {
    EXPECT_THAT(std::get<std::string>(titanium().value("TI-VM", "corner_labels")), HasSubstr("4.1"));
    const auto reader = corners::open_pasted_corners(
        "Số hiệu điểm;X;Y\n4;1.223.991;223.795\n4,1;1.223.957;223.795\n4,2;1.223.957;224.107\n", {});
    const auto record = reader->next();
    EXPECT_EQ(std::get<std::string>(record->values.back()), "4; 4,1; 4,2");
}

TEST(PlanningAreasQuirk7, NeighboursThatDifferByAMetreAreKeptAsPrinted) {
    const auto& hong_thang_1 = *titanium().feature("TI-HT1").geometry;
    const auto& hong_thang_2 = *titanium().feature("TI-HT2").geometry;
    EXPECT_NEAR(algorithm::overlap_area(hong_thang_1, hong_thang_2), 13.49, 0.1);
    const auto& luong_son_1 = *titanium().feature("TI-LS1").geometry;
    const auto& luong_son_3 = *titanium().feature("TI-LS3").geometry;
    EXPECT_EQ(algorithm::relate(luong_son_1, luong_son_3), algorithm::SpatialRelation::touches);
}

TEST(PlanningAreasQuirk8, AnExtensionInsideAMineIsContained) {
    using algorithm::SpatialRelation;
    const auto& layer = bauxite();
    EXPECT_EQ(algorithm::relate(*layer.feature("BX-GN").geometry, *layer.feature("BX-GN21").geometry),
              SpatialRelation::contains);
    EXPECT_EQ(algorithm::relate(*layer.feature("BX-DS").geometry, *layer.feature("BX-DS1").geometry),
              SpatialRelation::contains);
}

TEST(PlanningAreasQuirk9, AreasAcross108DegreesKeepThePrintedZone) {
    EXPECT_EQ(bauxite().feature("BX-DL").crs.epsg(), 3405);
    EXPECT_EQ(titanium().feature("TI-NSN").crs.epsg(), 3406);
}

TEST(PlanningAreasQuirk10, LienHuongIsPlacedByItsNumbersAndNotByAHeading) {
    const auto place_of = [](const std::string& id) {
        const auto& feature = titanium().feature(id);
        const auto to_wgs84 = crs::Transform::between(feature.crs, crs::wgs84()).value();
        return to_wgs84.apply(feature.geometry->points().front());
    };
    for (const std::string id : {"TI-LH1", "TI-LH2"}) {
        EXPECT_NEAR(place_of(id).x, 108.7, 0.1) << id;
        EXPECT_NEAR(place_of(id).y, 11.2, 0.1) << id;
    }
    // The heading of the 2023 decision said 105°: the same numbers then need another system, and the numbers win.
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(3405).value();
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    sources.push_back(
        corners::open_corner_table(vector::open_table(titanium_file), pipeline::describe_file(titanium_file), options));
    EXPECT_THAT(test::import_sources(std::move(sources)).notes(), HasSubstr("warning: "));
}

TEST(PlanningAreasQuirk11, NumbersWithGapsAndRepeatsAreLabelsAndNothingElse) {
    const auto reader =
        corners::open_pasted_corners("1.12;1318431;777415\n1.21;1318431;781395\n1.21;1314399;781395\n", {});
    const auto record = reader->next();
    ASSERT_TRUE(record && record->geometry);
    EXPECT_EQ(record->geometry->points().size(), 4U);
}

}  // namespace
}  // namespace ranh
