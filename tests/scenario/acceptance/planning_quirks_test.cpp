// The eleven quirks of the planning tables (data-samples/lamdong/planning-areas/SOURCE.md), a test or more for each.
#include "spatial/algorithm/area.hpp"
#include "spatial/codec/geojson.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/scenario/acceptance/planning_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr double hectare = 10'000.0;

/// Rows of one area as printed, in their order.
std::vector<PrintedCorner> printed(const std::string& area) {
    std::vector<PrintedCorner> corners;
    std::copy_if(printed_corners().begin(), printed_corners().end(), std::back_inserter(corners),
                 [&area](const PrintedCorner& corner) { return corner.area == area; });
    return corners;
}

/// Rings as printed, without directly repeated points, closed.
std::vector<std::vector<geom::Point>> printed_rings(const std::string& area) {
    std::vector<std::vector<geom::Point>> rings;
    std::string part;
    for (const PrintedCorner& corner : printed(area)) {
        if (rings.empty() || corner.part != part) {
            rings.emplace_back();
            part = corner.part;
        }
        if (rings.back().empty() || rings.back().back() != corner.place) {
            rings.back().push_back(corner.place);
        }
    }
    for (auto& ring : rings) {
        ring.push_back(ring.front());
    }
    return rings;
}

std::vector<std::vector<geom::Point>> imported_rings(const std::string& area) {
    const geom::Geometry geometry = planning().geometry(area);
    std::vector<std::vector<geom::Point>> rings;
    for (std::size_t i = 0; i < geometry.view().path_count(); ++i) {
        const auto ring = geometry.view().path(i);
        rings.emplace_back(ring.begin(), ring.end());
    }
    return rings;
}

/// An import of the bauxite table with another choice for inner rings, into a workspace of its own.
struct OtherImport {
    TemporaryFolder folder;
    std::string workspace = folder.file("other.gpkg");
    ProgramEnd end;

    explicit OtherImport(const std::vector<std::string>& more_words) {
        std::vector<std::string> words = {"import",  sample("lamdong/planning-areas/bauxite-corners.csv"),
                                          "--layer", "bauxite",
                                          "--kind",  "plan_area",
                                          "--id",    "area_id",
                                          "-w",      workspace};
        words.insert(words.end(), more_words.begin(), more_words.end());
        end = run_ranh(words);
    }
    [[nodiscard]] CsvTable exported() const {
        static_cast<void>(run_ranh({"export", "bauxite", "-o", folder.file("out.csv"), "-w", workspace}));
        return read_csv(folder.file("out.csv"));
    }
};

codec::Json self_overlaps(const std::string& layer) {
    return json_of(planning().workspace.json({"overlaps", layer, layer}));
}

TEST(Quirk1QuangSon, HasItsSwappedAxesPutRightAndReported) {
    std::vector<geom::Point> expected;
    for (const PrintedCorner& corner : printed("BX-QS")) {
        expected.push_back({corner.place.y, corner.place.x});
    }
    ASSERT_EQ(expected.size(), 11U);
    expected.push_back(expected.front());
    EXPECT_EQ(imported_rings("BX-QS").at(0), expected);
    EXPECT_THAT(lines_of(planning().bauxite_report, "notes"), AllOf(HasSubstr("X/Y đảo"), HasSubstr("BX-QS")));
}

TEST(Quirk1QuangSon, IsTheOnlyAreaCalledSwapped) {
    const std::string notes =
        lines_of(planning().bauxite_report, "notes") + lines_of(planning().titanium_report, "notes");
    std::size_t reported = 0;
    for (std::size_t at = notes.find("X/Y đảo"); at != std::string::npos; at = notes.find("X/Y đảo", at + 1)) {
        ++reported;
    }
    EXPECT_EQ(reported, 1U) << notes;
}

TEST(Quirk2TrungTam, IsAskedAboutAndNothingIsImported) {
    const OtherImport undecided({});
    EXPECT_EQ(undecided.end.exit_code, 3) << undecided.end.text();
    EXPECT_THAT(undecided.end.error,
                AllOf(HasSubstr("BX-TT"), HasSubstr("hole"), HasSubstr("part"), HasSubstr("ignore")));
    EXPECT_EQ(undecided.end.output, "");
    const ProgramEnd layers = run_ranh({"layers", "--json", "-w", undecided.workspace});
    EXPECT_TRUE(layers.exit_code == 3 || json_of(layers.output).array()->empty()) << layers.text();
}

TEST(Quirk2TrungTam, LosesTheInnerRingAsAHole) {
    const OtherImport hole({"--inner-ring", "hole"});
    EXPECT_EQ(hole.end.exit_code, 0) << hole.end.text();
    EXPECT_NEAR(number_in(hole.exported().row("fid", "BX-TT"), "area_planar_m2") / hectare, 10696.95, 0.01);
    EXPECT_EQ(hole.exported().rows.size(), 24U);
}

TEST(Quirk2TrungTam, GivesTheInnerRingAsAFeatureOfItsOwn) {
    const OtherImport part({"--inner-ring", "part"});
    EXPECT_EQ(part.end.exit_code, 0) << part.end.text();
    const CsvTable exported = part.exported();
    EXPECT_EQ(exported.rows.size(), 25U);
    EXPECT_NEAR(number_in(exported.row("fid", "BX-TT"), "area_planar_m2") / hectare, 11793.35, 0.01);
    EXPECT_NEAR(number_in(exported.row("fid", "BX-TT/2"), "area_planar_m2") / hectare, 1096.40, 0.01);
}

TEST(Quirk2TrungTam, PutsTheInnerRingIntoQuarantineWhenIgnored) {
    EXPECT_NEAR(number_in(planning().exported().at("BX-TT"), "area_planar_m2") / hectare, 11793.35, 0.01);
    const codec::Json records = json_of(planning().workspace.json({"layers", "quarantine", "bauxite"}));
    ASSERT_EQ(records.array()->size(), 1U);
    const codec::Json& record = records.array()->front();
    EXPECT_THAT(text_of(record, "place"), HasSubstr("BX-TT"));
    EXPECT_FALSE(text_of(record, "reason").empty());
    for (const std::string label : {"TT.22", "TT.23", "TT.24", "TT.25", "TT.26", "TT.27"}) {
        EXPECT_THAT(text_of(record, "original"), HasSubstr(label));
    }
}

TEST(Quirk3SeveralRings, AreKeptApartAsPrinted) {
    for (const auto& row : planning_table().rows) {
        const std::string area = row.at("area_id");
        const auto expected = area == "BX-TT" ? 1U : static_cast<std::size_t>(number_in(row, "rings"));
        EXPECT_EQ(imported_rings(area).size(), expected) << area;
        EXPECT_EQ(planning().geometry(area).view().part_count(), expected) << area;
    }
}

TEST(Quirk3SeveralRings, AreDisjointParts) {
    for (const std::string area : {"BX-TN15", "BX-LTLQ", "BX-LBA", "BX-LBO", "TI-LSSN", "TI-VM", "TI-LH2", "TI-HT2"}) {
        EXPECT_GE(imported_rings(area).size(), 2U) << area;
        const auto fault = topology::invalidity(planning().geometry(area));
        EXPECT_FALSE(fault) << area << ": " << fault->reason;
    }
}

TEST(Quirk4DakNia, KeepsThePrintedOrderOfItsPoints) {
    const std::vector<PrintedCorner> corners = printed("BX-DN");
    const auto place = [&corners](std::string_view ending) {
        return std::find_if(corners.begin(), corners.end(),
                            [&](const PrintedCorner& c) { return c.label.ends_with(ending); }) -
               corners.begin();
    };
    EXPECT_EQ(place("13") + 1, place("12"));
    EXPECT_EQ(imported_rings("BX-DN"), printed_rings("BX-DN"));
    EXPECT_FALSE(topology::invalidity(planning().geometry("BX-DN")));
}

TEST(Quirk4DakNia, IsNoExceptionForEveryAreaKeepsItsCornersBitForBit) {
    for (const auto& row : planning_table().rows) {
        const std::string area = row.at("area_id");
        if (area != "BX-QS" && area != "BX-TT") {
            EXPECT_EQ(imported_rings(area), printed_rings(area)) << area;
        }
    }
}

TEST(Quirk5LuongSonSongLuy, LosesTheRepeatedPointAndSaysSo) {
    const std::vector<PrintedCorner> corners = printed("TI-LSSN");
    const auto repeat =
        std::adjacent_find(corners.begin(), corners.end(),
                           [](const PrintedCorner& a, const PrintedCorner& b) { return a.place == b.place; });
    ASSERT_NE(repeat, corners.end());
    EXPECT_EQ(imported_rings("TI-LSSN"), printed_rings("TI-LSSN"));
    EXPECT_THAT(lines_of(planning().titanium_report, "notes"), AllOf(HasSubstr("TI-LSSN"), HasSubstr("43")));
    EXPECT_EQ(number_of(planning().titanium_report, "repaired"), 1.0);
}

TEST(Quirk6ViMang, TakesLabelsWithADecimalCommaAsText) {
    const TemporaryFolder folder;
    std::string table = "area_id,part,point,X,Y\n";
    for (const PrintedCorner& corner : printed("TI-VM")) {
        std::string label = corner.label;
        std::replace(label.begin(), label.end(), '.', ',');
        table += "TI-VM," + corner.part + ",\"" + label + "\"," + std::to_string(static_cast<int>(corner.place.y)) +
                 "," + std::to_string(static_cast<int>(corner.place.x)) + "\n";
    }
    EXPECT_THAT(table, AllOf(HasSubstr("\"4,1\""), HasSubstr("\"4,2\""), HasSubstr("\"4,3\"")));
    write_file(folder.file("vm.csv"), table);
    const std::string workspace = folder.file("w.gpkg");
    const ProgramEnd end =
        run_ranh({"import", folder.file("vm.csv"), "--layer", "vm", "--kind", "plan_area", "-w", workspace});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    ASSERT_EQ(run_ranh({"export", "vm", "-o", folder.file("out.csv"), "-w", workspace}).exit_code, 0);
    const CsvTable exported = read_csv(folder.file("out.csv"));
    EXPECT_EQ(exported.rows.at(0).at("wkt"), planning().exported().at("TI-VM").at("wkt"));
}

TEST(Quirk7Neighbours, HongThangOneAndTwoShareASliver) {
    const codec::Json overlaps = self_overlaps("titanium");
    const codec::Json* pair = find_pair(overlaps, "TI-HT1", "TI-HT2");
    ASSERT_NE(pair, nullptr);
    EXPECT_EQ(text_of(*pair, "relation"), "crosses");
    EXPECT_EQ(text_of(*pair, "size_class"), "sliver");
}

TEST(Quirk7Neighbours, LuongSonOneAndThreeLeaveAGapAndShareNoArea) {
    const codec::Json overlaps = self_overlaps("titanium");
    const codec::Json* pair = find_pair(overlaps, "TI-LS1", "TI-LS3");
    ASSERT_NE(pair, nullptr);
    EXPECT_EQ(text_of(*pair, "relation"), "touches");
    EXPECT_EQ(text_of(*pair, "size_class"), "none");
    EXPECT_EQ(number_of(*pair, "area_m2"), 0.0);
}

TEST(Quirk8Extensions, AreReportedAsContained) {
    const codec::Json overlaps = self_overlaps("bauxite");
    for (const auto& [mine, extension] : {std::pair("BX-GN", "BX-GN21"), std::pair("BX-DS", "BX-DS1")}) {
        const codec::Json* pair = find_pair(overlaps, mine, extension);
        ASSERT_NE(pair, nullptr);
        EXPECT_EQ(text_of(*pair, "left_id"), mine);
        EXPECT_EQ(text_of(*pair, "relation"), "contains");
        EXPECT_NEAR(number_of(*pair, "share_right"), 1.0, 1e-9);
    }
}

TEST(Quirk9AcrossTheMeridian, AreasKeepThePrintedZone) {
    EXPECT_EQ(planning().exported().at("BX-DL").at("crs"), "EPSG:3405");
    EXPECT_EQ(planning().exported().at("TI-NSN").at("crs"), "EPSG:3406");
    for (const auto& [layer, area] : {std::pair("bauxite", "BX-DL"), std::pair("titanium", "TI-NSN")}) {
        const std::string file = planning().workspace.folder().file(std::string(layer) + "-across.geojson");
        ASSERT_EQ(planning().workspace.run({"export", layer, "-o", file}).exit_code, 0);
        for (const codec::GeoJsonFeature& feature : codec::parse_geojson(json_of(read_file(file))).value()) {
            if (feature.id == area) {
                EXPECT_LT(feature.geometry->box()->min.x, 108.0) << area;
                EXPECT_GT(feature.geometry->box()->max.x, 108.0) << area;
            }
        }
    }
}

TEST(Quirk10LienHuong, StandsWhereThePlanPutsItOnlyUnderTheMeridianOfTheTable) {
    // Under the heading of the older decision (105°) the same numbers lie some 650 km to the west.
    const TemporaryFolder folder;
    const std::string workspace = folder.file("w.gpkg");
    const ProgramEnd wrong =
        run_ranh({"import", sample("lamdong/planning-areas/titanium-corners.csv"), "--layer", "titanium", "--kind",
                  "plan_area", "--crs", "EPSG:3405", "--json", "-w", workspace});
    if (wrong.exit_code == 0 || wrong.exit_code == 1) {
        EXPECT_THAT(lines_of(json_of(wrong.output), "notes"), HasSubstr("Việt Nam"));
    } else {
        EXPECT_EQ(wrong.exit_code, 3) << wrong.text();
    }
    EXPECT_EQ(planning().exported().at("TI-LH1").at("crs"), "EPSG:3406");
    EXPECT_EQ(planning().exported().at("TI-LH2").at("crs"), "EPSG:3406");
}

TEST(Quirk11Numbering, LeavesGapsAndRepeatsAsTheyAre) {
    std::set<std::string> printed_ids;
    for (const PrintedCorner& corner : printed_corners()) {
        printed_ids.insert(corner.area);
    }
    EXPECT_EQ(printed_ids.size(), 40U);
    for (const std::string& id : printed_ids) {
        EXPECT_TRUE(planning().exported().contains(id)) << id;
    }
    for (const auto& [id, row] : planning().exported()) {
        EXPECT_NE(row.at("name"), "Bắc Gia Nghĩa") << id << ": the mine is named in the draft but has no corners";
    }
}

}  // namespace
}  // namespace ranh::test
