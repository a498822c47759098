// ranh validate: a layer with faults, its issues as text, JSON and CSV, and what a profile changes.
#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view parcels = R"({"type": "FeatureCollection",
"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5899"}},
"features": [
{"type": "Feature", "properties": {"id": "bow-tie", "commune": "24778", "sheet": "54", "parcel": "1", "land_code": "ONT"},
 "geometry": {"type": "Polygon", "coordinates": [[[500000,1300000],[500040,1300040],[500040,1300000],[500000,1300040],[500000,1300000]]]}},
{"type": "Feature", "properties": {"id": "good", "commune": "24778", "sheet": "54", "parcel": "2", "land_code": "CLN"},
 "geometry": {"type": "Polygon", "coordinates": [[[500100,1300000],[500140,1300000],[500140,1300040],[500100,1300040],[500100,1300000]]]}},
{"type": "Feature", "properties": {"id": "twice", "commune": "24778", "sheet": "54", "parcel": "2", "land_code": "QQQ"},
 "geometry": {"type": "Polygon", "coordinates": [[[500200,1300000],[500240,1300000],[500240,1300040],[500200,1300040],[500200,1300000]]]}}
]})";

class ValidateCommand : public testing::Test {
protected:
    ValidateCommand() {
        write_file(m_workspace.path("faulty.geojson"), parcels);
        const ProgramEnd end =
            m_workspace.run({"import", m_workspace.path("faulty.geojson"), "--layer", "faulty", "--kind", "parcel"});
        EXPECT_THAT(end.exit_code, testing::AnyOf(0, 1)) << end.text();
    }
    SmallWorkspace m_workspace;
};

TEST_F(ValidateCommand, TellsEachFaultAndEndsWithOne) {
    const ProgramEnd end = m_workspace.run({"validate", "faulty"});
    EXPECT_EQ(end.exit_code, 1) << end.text();
    EXPECT_THAT(end.output, AllOf(HasSubstr("self_intersection"), HasSubstr("Đường ranh tự cắt"),
                                  HasSubstr("Ring crosses itself (ring 1"), HasSubstr("key_duplicate"),
                                  HasSubstr("not checked: không có trường mã định danh")));
}

TEST_F(ValidateCommand, GivesIssuesAndCountsAsJson) {
    const ProgramEnd end = m_workspace.run({"validate", "faulty", "--json"});
    EXPECT_EQ(end.exit_code, 1);
    const codec::Json report = json_of(end.output);
    EXPECT_EQ(text_of(report, "layer"), "faulty");
    EXPECT_EQ(member(report, "features_checked").integer(), 3);
    EXPECT_EQ(member(member(report, "counts"), "self_intersection").integer(), 1);
    EXPECT_EQ(member(member(report, "severities"), "error").integer(), 2);
    const codec::Json& issue = member(report, "issues").array()->at(0);
    EXPECT_EQ(text_of(issue, "code"), "self_intersection");
    EXPECT_EQ(text_of(issue, "feature_id"), "bow-tie");
    EXPECT_EQ(text_of(issue, "crs"), "EPSG:5899");
    EXPECT_EQ(member(issue, "measure").number(), 400.0);
    EXPECT_EQ(member(issue, "point").array()->at(0).number(), 500020.0);
}

TEST_F(ValidateCommand, WritesATable) {
    const std::string file = m_workspace.path("issues.csv");
    EXPECT_EQ(m_workspace.run({"validate", "faulty", "-o", file}).exit_code, 1);
    EXPECT_THAT(read_file(file), AllOf(HasSubstr("error,self_intersection,ring,quality,bow-tie,,1,1,EPSG:5899,500020"),
                                       HasSubstr("error,key_duplicate,register,legal,twice,good"),
                                       HasSubstr("warning,land_code_unknown,attribute,rule,twice")));
}

TEST_F(ValidateCommand, FollowsAProfileAndRefusesAWrongOne) {
    const std::string profile = m_workspace.path("profile.yaml");
    write_file(profile, "rules: {self_intersection: warning, key_duplicate: off}\n");
    EXPECT_EQ(m_workspace.run({"validate", "faulty", "--profile", profile}).exit_code, 0);
    write_file(profile, "rules:\n  bow_tie: off\n");
    const ProgramEnd wrong = m_workspace.run({"validate", "faulty", "--profile", profile});
    EXPECT_EQ(wrong.exit_code, 3);
    EXPECT_THAT(wrong.error, AllOf(HasSubstr("profile.yaml, line 2"), HasSubstr("unknown rule 'bow_tie'")));
}

TEST_F(ValidateCommand, ChecksOneCommune) {
    const codec::Json other = json_of(m_workspace.run({"validate", "faulty", "--commune", "24781", "--json"}).output);
    EXPECT_EQ(member(other, "features_checked").integer(), 0);
}

}  // namespace
}  // namespace ranh::test
