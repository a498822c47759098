#include "importers/vector/exchange_reader.hpp"

#include "importers/vector/exchange_tree.hpp"
#include "tests/unit/importers/vector/vector_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::vector {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* square = "POLYGON((500000 1300000,500010 1300000,500010 1300010,500000 1300000))";

std::string parcel(const std::string& number, const std::string& geometry) {
    return R"({"soHieuToBanDo":"12","soThuTuThua":")" + number + R"(",)" + geometry + "}";
}

class Exchange : public testing::Test {
protected:
    [[nodiscard]] std::vector<pipeline::SourceRecord> records(std::string_view name, const std::string& text) const {
        const auto reader = open_exchange(m_folder.write(name, text), in_vn2000());
        return test::all_records(*reader);
    }
    [[nodiscard]] Error error(std::string_view name, const std::string& text) const {
        return test::error_of([&] { (void)records(name, text); });
    }
    [[nodiscard]] static pipeline::ReadOptions in_vn2000() {
        pipeline::ReadOptions options;
        options.crs = crs::Crs::from_epsg(5899).value();
        return options;
    }
    test::VectorFolder m_folder;
};

TEST_F(Exchange, IsKnownByItsFieldsWhateverTheirCase) {
    EXPECT_TRUE(is_exchange_file(m_folder.write("a.json", "[" + parcel("1", R"("a":1)") + "]")));
    EXPECT_TRUE(is_exchange_file(m_folder.write("a.XML", "<a><SoHieuToBanDo/><SoThuTuThua/></a>")));
    EXPECT_FALSE(
        is_exchange_file(m_folder.write("b.json", R"({"type":"FeatureCollection","soHieuToBanDo soThuTuThua":1})")));
    EXPECT_FALSE(is_exchange_file(m_folder.write("c.json", R"({"soHieuToBanDo":1})")));
    EXPECT_FALSE(is_exchange_file(m_folder.write("d.txt", parcel("1", R"("a":1)"))));
}

TEST_F(Exchange, ThatIsNoJsonIsRefusedNamingFileAndPlace) {
    const Error cut = error("thua.json", R"([{"soHieuToBanDo":"12","soThuTuThua":)");
    EXPECT_EQ(cut.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(cut.text(), AllOf(HasSubstr("thua.json"), HasSubstr("byte"), HasSubstr("export it again")));
    EXPECT_EQ(error("empty.json", "").kind, ErrorKind::corrupt_input);
}

TEST_F(Exchange, ThatIsNoXmlIsRefusedNamingFileAndCause) {
    const Error open = error("thua.xml", "<a><SoHieuToBanDo>1</SoHieuToBanDo><SoThuTuThua>");
    EXPECT_EQ(open.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(open.text(), AllOf(HasSubstr("thua.xml"), HasSubstr("no XML"), HasSubstr("export it again")));
    EXPECT_EQ(error("crossed.xml", "<a><b></a></b>").kind, ErrorKind::corrupt_input);
}

TEST_F(Exchange, ThatIsNestedWithoutEndIsRefused) {
    std::string deep;
    for (int i = 0; i < 150; ++i) {
        deep += "<a>";
    }
    for (int i = 0; i < 150; ++i) {
        deep += "</a>";
    }
    const Error xml = error("deep.xml", deep);
    EXPECT_EQ(xml.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(xml.text(), AllOf(HasSubstr("deep.xml"), HasSubstr("nested deeper than 100")));
    EXPECT_EQ(error("deep.json", std::string(100'000, '[')).kind, ErrorKind::corrupt_input);
}

TEST_F(Exchange, PutsAParcelWhoseGeometryCannotBeReadAsideAndReadsTheOthers) {
    const std::string good = R"("geom":")" + std::string(square) + "\"";
    const auto found =
        records("thua.json", "[" + parcel("1", R"json("geom":"POLYGON((500000 bad))")json") + "," + parcel("2", good) +
                                 "," + parcel("3", R"("geom":{"type":"Polygon","coordinates":"x"})") + "]");
    ASSERT_EQ(found.size(), 3U);
    ASSERT_TRUE(found[0].rejected.has_value());
    EXPECT_EQ(found[0].rejected->place, "parcel 1");
    EXPECT_THAT(found[0].rejected->original, HasSubstr("bad"));
    EXPECT_NE(found[0].rejected->reason, "");
    EXPECT_FALSE(found[1].rejected.has_value());
    EXPECT_TRUE(found[1].geometry.has_value());
    ASSERT_TRUE(found[2].rejected.has_value());
    EXPECT_THAT(found[2].rejected->reason, HasSubstr("export the parcel again"));
}

std::string gml_parcel(const std::string& content) {
    return "<a><p><SoHieuToBanDo>12</SoHieuToBanDo><SoThuTuThua>7</SoThuTuThua><hinh><gml:Polygon xmlns:gml='g'>" +
           content + "</gml:Polygon></hinh></p></a>";
}

std::string gml_ring(const std::string& side, const std::string& positions) {
    return "<gml:" + side + "><gml:LinearRing><gml:posList>" + positions +
           "</gml:posList></gml:LinearRing></gml:" + side + ">";
}

TEST_F(Exchange, PutsAParcelWithBrokenGmlAside) {
    const std::string outline = gml_ring("exterior", "500000 1300000 500010 1300000 500010 1300010 500000 1300000");
    const std::vector<std::string> broken = {
        "<gml:exterior>none</gml:exterior>",
        "<gml:exterior><gml:LinearRing>none</gml:LinearRing></gml:exterior>",
        gml_ring("exterior", "none"),
        gml_ring("exterior", "500000 1300000 abc 1300000 500010 1300010 500000 1300000"),
        outline + "<gml:interior>none</gml:interior>",
        outline + gml_ring("interior", "500006 1300001 500007"),
    };
    for (const std::string& content : broken) {
        const auto found = records("thua.xml", gml_parcel(content));
        ASSERT_EQ(found.size(), 1U);
        ASSERT_TRUE(found[0].rejected.has_value()) << content;
        EXPECT_FALSE(found[0].geometry.has_value());
        EXPECT_THAT(found[0].rejected->original, HasSubstr("exterior"));
        EXPECT_THAT(found[0].rejected->reason, HasSubstr("export the parcel again"));
    }
    EXPECT_TRUE(records("thua.xml", gml_parcel(outline)).front().geometry.has_value());
}

TEST_F(Exchange, PutsAParcelWithABrokenHoleInGeoJsonAside) {
    const std::string outline = "[[500000,1300000],[500010,1300000],[500010,1300010],[500000,1300000]]";
    for (const std::string hole : {R"([["x",1300001],[500007,1300001],[500007,1300002],["x",1300001]])", R"("none")"}) {
        const auto found = records(
            "thua.json", parcel("1", R"("geom":{"type":"Polygon","coordinates":[)" + outline + "," + hole + "]}"));
        ASSERT_EQ(found.size(), 1U);
        EXPECT_TRUE(found[0].rejected.has_value()) << hole;
    }
}

TEST_F(Exchange, KeepsAParcelThatIsSaidToHaveNoGeometry) {
    for (const auto& found : {records("thua.xml", gml_parcel("<gml:exterior/>")), records("empty.xml", gml_parcel("")),
                              records("thua.json", parcel("1", R"("geom":{"type":"Polygon","coordinates":[]})"))}) {
        ASSERT_EQ(found.size(), 1U);
        EXPECT_FALSE(found[0].rejected.has_value()) << found[0].rejected->reason;
        EXPECT_FALSE(found[0].geometry.has_value());
    }
}

TEST_F(Exchange, HoldsNoRecordWithoutSheetAndNumber) {
    EXPECT_TRUE(records("thua.json", R"([{"soHieuToBanDo":"12"},{"soThuTuThua":"3"},5,null,"x"])").empty());
}

TEST(TreeOfXml, MakesRepeatedChildrenAListAndLeavesPrefixesOut) {
    const auto tree = detail::tree_of_xml("<?xml version='1.0'?><x:a n='1'><x:b>2</x:b><b>3</b></x:a>", "a.xml");
    EXPECT_EQ(codec::to_text(tree), R"({"a":{"n":"1","b":["2","3"]}})");
}

}  // namespace
}  // namespace ranh::vector
