#include "spatial/store/gpkg/layer_style.hpp"

#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>

namespace ranh::gpkg {
namespace {

using model::LayerKind;
using model::LegalStatus;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string viewer_source(const std::string& name) {
    return test::read_file(std::string(RANH_SOURCE_DIR "/services/viewer/src/") + name);
}

TEST(LayerStyle, HasTheLandUseColoursOfTheWebMap) {
    const std::string source = viewer_source("land_use_colours.ts");
    const std::regex entry("([A-Z]{3}): '(#[0-9a-f]{6})'");
    int count = 0;
    for (std::sregex_iterator at(source.begin(), source.end(), entry); at != std::sregex_iterator(); ++at, ++count) {
        EXPECT_EQ(land_use_colour((*at)[1].str()), (*at)[2].str());
    }
    EXPECT_EQ(count, 46);
    EXPECT_EQ(land_use_colour("XXX"), "");
}

TEST(LayerStyle, HasTheKindColoursOfTheWebMap) {
    const std::string source = viewer_source("kinds.ts");
    for (int i = 0; i <= static_cast<int>(LayerKind::other); ++i) {
        const auto kind = static_cast<LayerKind>(i);
        const std::string expected = std::string(model::to_string(kind)) + ": ['" + std::string(kind_colour(kind));
        EXPECT_THAT(source, HasSubstr(expected));
    }
}

TEST(LayerStyle, DrawsAKindInItsColour) {
    EXPECT_THAT(style_qml({LayerKind::forest, LegalStatus::in_force, "MULTIPOLYGON", ""}),
                AllOf(HasSubstr("SimpleFill"), HasSubstr("47,125,58,"), HasSubstr("<layerGeometryType>2<"),
                      HasSubstr(R"(k="outline_style" v="solid")")));
    EXPECT_THAT(style_qml({LayerKind::plan_area, LegalStatus::draft, "POLYGON", ""}),
                HasSubstr(R"(k="outline_style" v="dash")"));
    EXPECT_THAT(style_qml({LayerKind::power_project, LegalStatus::in_force, "POINT", ""}),
                AllOf(HasSubstr("SimpleMarker"), HasSubstr("201,138,0,255"), HasSubstr("<layerGeometryType>0<")));
    EXPECT_THAT(style_qml({LayerKind::road, LegalStatus::in_force, "MULTILINESTRING", ""}),
                AllOf(HasSubstr("SimpleLine"), HasSubstr("<layerGeometryType>1<")));
    EXPECT_THAT(style_qml({LayerKind::administrative, LegalStatus::in_force, "MULTIPOLYGON", ""}),
                HasSubstr(R"(k="style" v="no")"));
}

TEST(LayerStyle, DrawsLandUseByItsCodes) {
    EXPECT_THAT(style_qml({LayerKind::parcel, LegalStatus::unknown, "POLYGON", "loai<dat"}),
                AllOf(HasSubstr(R"(type="categorizedSymbol" attr="loai&lt;dat")"), HasSubstr(R"(value="LUC")"),
                      HasSubstr("255,252,140,255")));
    EXPECT_THAT(style_qml({LayerKind::parcel, LegalStatus::unknown, "POINT", "loai_dat"}),
                Not(HasSubstr("categorizedSymbol")));
}

TEST(LayerStyle, IsWellFormedXml) {
    const test::TemporaryFolder folder;
    for (const char* type : {"POLYGON", "LINESTRING", "POINT", "GEOMETRY"}) {
        for (const char* column : {"", "ma & loai"}) {
            test::write_file(folder.file("style.qml"),
                             style_qml({LayerKind::parcel, LegalStatus::draft, type, column}));
            const auto end =
                test::run_program({"python3", "-c", "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])",
                                   folder.file("style.qml")});
            EXPECT_EQ(end.exit_code, 0) << end.text();
        }
    }
}

}  // namespace
}  // namespace ranh::gpkg
