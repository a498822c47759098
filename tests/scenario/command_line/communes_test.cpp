// What communes were before the mergers: search, the table, and a former name in --within-commune.
#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::HasSubstr;

TEST(CommunesCommand, ListsTheCommunesOfToday) {
    EXPECT_EQ(json_of(run_ranh({"communes", "--json"}).output).array()->size(), 124U);
}

TEST(CommunesCommand, FindsAFormerNameWithoutAccents) {
    const ProgramEnd end = run_ranh({"communes", "search", "dak r moan"});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, testing::AllOf(HasSubstr("24615"), HasSubstr("Xã Đắk R'Moan")));
    const codec::Json found = json_of(run_ranh({"communes", "search", "phú quí", "--json"}).output);
    EXPECT_EQ(text_of(found.array()->at(0), "code"), "23272");
    EXPECT_TRUE(member(found.array()->at(0), "former").is_null());
    EXPECT_THAT(run_ranh({"communes", "search", "Atlantis"}).error, HasSubstr("Atlantis"));
}

TEST(CommunesCommand, PrintsTheTableAsItIsShipped) {
    const ProgramEnd csv = run_ranh({"communes", "crosswalk", "--csv"});
    EXPECT_EQ(csv.exit_code, 0) << csv.text();
    EXPECT_EQ(std::count(csv.output.begin(), csv.output.end(), '\n'), 597);
    EXPECT_THAT(csv.output, HasSubstr("commune,Bình Thuận,Huyện Bắc Bình,Xã Hòa Thắng,,23053,23041,Xã Hồng Thái,Lâm "
                                      "Đồng,part,,\n"));
    const codec::Json json = json_of(run_ranh({"communes", "crosswalk", "--json"}).output);
    EXPECT_EQ(json.array()->size(), 596U);
    EXPECT_THAT(run_ranh({"communes", "crosswalk", "Hồng Thái"}).output, HasSubstr("không rõ / unknown"));
}

class WithinANamedCommune : public testing::Test {
protected:
    [[nodiscard]] ProgramEnd import_within(const std::string& commune) const {
        return m_workspace.run({"import", sample("tiny/zones.geojson"), "--layer", "zones", "--kind", "plan_area",
                                "--within-commune", commune, "--dry-run"});
    }
    SmallWorkspace m_workspace;
};

TEST_F(WithinANamedCommune, ReadsAFormerName) {
    const ProgramEnd end = import_within("loc lam");
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.error, HasSubstr("Xã Bảo Lâm 4 (25063)"));
}

TEST_F(WithinANamedCommune, NamesTheCandidates) {
    const ProgramEnd end = import_within("Phường 1");
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, testing::AllOf(HasSubstr("24781"), HasSubstr("24823")));
}

}  // namespace
}  // namespace ranh::test
