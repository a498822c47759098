#include "importers/communes/commune_search.hpp"

#include "importers/text/unicode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ranh::communes {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using text::SearchMatch;

const CommuneSearch& lam_dong() {
    static const CommuneSearch search(
        open_crosswalk(RANH_SOURCE_DIR "/data-samples/lamdong/commune-history/crosswalk.csv"));
    return search;
}

std::vector<FormerUnit> units() {
    return open_crosswalk(RANH_SOURCE_DIR "/data-samples/lamdong/commune-history/crosswalk.csv");
}

std::vector<std::string> codes(std::string_view text, SearchMatch least = SearchMatch::whole) {
    std::vector<std::string> codes;
    for (const CommuneMatch& match : lam_dong().find(text)) {
        if (match.match >= least) {
            codes.push_back(match.commune.code);
        }
    }
    return codes;
}

std::string one(std::string_view text) {
    const auto found = lam_dong().the_one(text);
    return found.ok() ? found.value().code : found.error().sentence;
}

/// As it is typed, decomposed, without accents, in capitals, with one blank more, and with hyphens.
std::vector<std::string> ways_to_write(const std::string& name) {
    std::string hyphens = name;
    std::replace(hyphens.begin(), hyphens.end(), ' ', '-');
    std::string capitals = text::fold_for_search(name);
    std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return {name, text::to_nfd(name), text::fold_for_search(name), capitals, "  " + name + " ", hyphens};
}

TEST(CommuneSearch, FindsEveryCommuneByEachOfItsNames) {
    std::size_t aliases = 0;
    for (const Commune& commune : lam_dong().communes()) {
        for (const std::string& way : ways_to_write(commune.name)) {
            EXPECT_EQ(lam_dong().find(way).at(0).commune.code, commune.code) << way;
        }
        EXPECT_EQ(one(commune.name), commune.code);
        EXPECT_EQ(one(commune.code), commune.code);
        ++aliases;
    }
    EXPECT_EQ(aliases, 124U);
}

TEST(CommuneSearch, FindsEveryCommuneByEachOfItsFormerNames) {
    for (const FormerUnit& unit : units()) {
        for (const std::string& spelling : {unit.name, unit.also_written}) {
            if (spelling.empty()) {
                continue;
            }
            for (const std::string& way : ways_to_write(spelling)) {
                EXPECT_THAT(codes(way), testing::Contains(unit.commune_code)) << way;
            }
        }
    }
}

TEST(CommuneSearch, IsSureOfAFormerCommuneByItsNameAndDistrict) {
    for (const FormerUnit& unit : units()) {
        if (unit.level == UnitLevel::commune && unit.whole) {
            // The commune that bears the name today goes before its namesakes of old.
            const std::string found = one(unit.name + ", " + unit.district);
            EXPECT_TRUE(found == unit.commune_code || lam_dong().find(unit.name).at(0).former == std::nullopt)
                << unit.name << ", " << unit.district << ": " << found;
        }
    }
}

TEST(CommuneSearch, TakesTheCommuneOfTodayBeforeOnesOfOld) {
    EXPECT_EQ(one("Tân Thành"), "23143");
    EXPECT_EQ(one("hoa thang"), "23053");
    EXPECT_FALSE(lam_dong().find("Hòa Thắng").front().former.has_value());
}

TEST(CommuneSearch, ListsTheCandidatesOfAnAmbiguousName) {
    EXPECT_THAT(one("Phường 2"), AllOf(HasSubstr("24781"), HasSubstr("24820"), HasSubstr("Thành phố Đà Lạt")));
    EXPECT_THAT(one("Xã Tân Hà"), AllOf(HasSubstr("23227"), HasSubstr("23236"), HasSubstr("24916")));
    EXPECT_THAT(one("Phong Phú"), AllOf(HasSubstr("22972"), HasSubstr("22978")));
    EXPECT_THAT(one("Đắk Nông"), HasSubstr("(28)"));
    EXPECT_EQ(lam_dong().the_one("Phường 2").error().kind, ErrorKind::invalid_argument);
}

TEST(CommuneSearch, TellsNamesakesApartByTheFormerDistrict) {
    EXPECT_EQ(one("Tân Hà, Đức Linh"), "23227");
    EXPECT_EQ(one("Xã Tân Hà (huyện Hàm Tân)"), "23236");
    EXPECT_EQ(one("phuong 2, bao loc"), "24820");
    EXPECT_EQ(one("P. 2, TP Đà Lạt"), "24781");
    EXPECT_EQ(one("Mũi Né, Lâm Đồng"), "22918");
    EXPECT_EQ(one("Mũi Né, Phan Thiết"), "22918");
    EXPECT_EQ(lam_dong().the_one("Mũi Né, Hà Nội").error().kind, ErrorKind::not_found);
}

TEST(CommuneSearch, TellsNamesThatDifferInAccentsAlone) {
    EXPECT_EQ(one("Lộc Thanh"), "24823");
    EXPECT_EQ(one("Lộc Thành"), "25093");
    EXPECT_THAT(one("loc thanh"), AllOf(HasSubstr("24823"), HasSubstr("25093")));
}

TEST(CommuneSearch, KnowsTheNamesBeforeAndAfterTheDistrictsWereMerged) {
    EXPECT_THAT(codes("huyện Đạ Tẻh"), testing::SizeIs(3));
    EXPECT_THAT(codes("Huyện Cát Tiên"), ElementsAre("25159", "25162", "25180"));
}

TEST(CommuneSearch, ExplainsWhatItDidNotFind) {
    EXPECT_THAT(one("Đà Lạt"), HasSubstr("Phường Lâm Viên - Đà Lạt (24778"));
    EXPECT_THAT(one("Sài Gòn"), HasSubstr("ranh communes"));
    EXPECT_EQ(lam_dong().the_one("Sài Gòn").error().kind, ErrorKind::not_found);
    EXPECT_TRUE(lam_dong().find("").empty());
    EXPECT_TRUE(lam_dong().find("\xff\xfe").empty());
    EXPECT_FALSE(lam_dong().the_one("\xff\xfe").ok());
}

TEST(CommuneSearch, KnowsOtherCommunesByWhatTheyAreCalledToday) {
    const CommuneSearch search({}, {{"12345", "Xã Đông Hà"}, {"12346", "Phường Đông Hà"}});
    EXPECT_EQ(search.the_one("xa dong ha").value().code, "12345");
    EXPECT_FALSE(search.the_one("dong ha").ok());
}

}  // namespace
}  // namespace ranh::communes
