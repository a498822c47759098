// Parcels in the exchange schemas of the land database, written by hand (data-samples/formats/SOURCE.md), with the
// mappings shipped for them.
#include "importers/mapping/mapping.hpp"
#include "services/app/sources.hpp"
#include "tests/scenario/import/import_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace ranh {
namespace {

using test::Imported;
using testing::HasSubstr;
using testing::Not;

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Imported import_mapped(const std::string& file, const std::string& ready) {
    const auto mapping =
        mapping::read_mapping(text_of(RANH_SOURCE_DIR "/importers/mapping/ready/" + ready + ".yaml"), ready).value();
    pipeline::ImportOptions options;
    options.mapping = &mapping;
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    sources.push_back(app::open_source(file, {}));
    return test::import_sources(std::move(sources), options);
}

class ExchangeFile : public testing::TestWithParam<const char*> {
protected:
    const Imported m_imported =
        import_mapped(test::sample_file(std::string("formats/") + GetParam()).string(), "dc-thuadat");
};

TEST_P(ExchangeFile, GivesParcelsUnderTheNamesOfTheLayer) {
    EXPECT_EQ(m_imported.report.read, 3);
    EXPECT_EQ(m_imported.report.kept, 2);
    EXPECT_EQ(m_imported.report.systems, std::vector{crs::Crs::from_epsg(5899).value()});
    const auto& parcel = m_imported.feature("24778.54.42");
    EXPECT_EQ(parcel.areas.area_stated_m2, 10000.5);
    EXPECT_NEAR(parcel.areas.area_planar_m2.value(), 10000.0, 1e-6);
    EXPECT_EQ(model::to_text(m_imported.value("24778.54.42", "land_code")), "ONT+CLN");
    EXPECT_THAT(model::to_text(m_imported.value("24778.54.42", "use_purposes")), HasSubstr("9600"));
    EXPECT_EQ(model::to_text(m_imported.value("24778.54.43", "parcel")), "43");
}

TEST_P(ExchangeFile, KeepsNoPersonAndNoAddressAndSaysSo) {
    EXPECT_FALSE(m_imported.report.schema.find("tenChu"));
    EXPECT_FALSE(m_imported.report.schema.find("diaChi"));
    EXPECT_THAT(m_imported.notes(), HasSubstr("tenChu"));
    EXPECT_THAT(m_imported.notes(), HasSubstr("nested lists left out"));
    for (const auto& record : m_imported.report.quarantine) {
        EXPECT_THAT(record.original, Not(HasSubstr("tên chủ")));
    }
}

TEST_P(ExchangeFile, PutsAParcelWithoutGeometryIntoQuarantine) {
    ASSERT_EQ(m_imported.report.quarantine.size(), 1U);
    EXPECT_THAT(m_imported.report.quarantine.front().original, HasSubstr("44"));
}

INSTANTIATE_TEST_SUITE_P(Import, ExchangeFile, testing::Values("dc-thuadat.xml", "vbdlis.json"),
                         [](const auto& test) { return std::string(test.param).ends_with("xml") ? "Xml" : "Json"; });

TEST(ExchangeText, ThatIsBrokenIsRefused) {
    const test::ImportFolder folder;
    for (const auto& [name, text] :
         std::map<std::string, std::string>{{"a.xml", "<a><soHieuToBanDo>1</soHieuToBanDo><soThuTuThua>2</a>"},
                                            {"b.json", R"({"soHieuToBanDo": "1", "soThuTuThua": )"},
                                            {"c.xml", "soHieuToBanDo soThuTuThua"}}) {
        std::ofstream(folder.file(name)) << text;
        EXPECT_EQ(test::error_of([&] { (void)app::open_source(folder.file(name).string(), {}); }).kind,
                  ErrorKind::corrupt_input)
            << name;
    }
}

TEST(ProvincialTable, IsMappedByTheReadyMapping) {
    const test::ImportFolder folder;
    std::ofstream(folder.file("thuadat.geojson"))
        << R"json({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:5899"}},"features":[)json"
        << R"json({"type":"Feature","properties":{"OBJECTID":7,"MaXa":"24778","SoHieuToBanDo":"54",)json"
        << R"json("SoThuTuThua":"42","DienTich":100,"DienTichPhapLy":101.5,"KyHieuMucDichSuDung":"ONT",)json"
        << R"json("TenChu":"(tên chủ)","DiaChi":"x"},"geometry":{"type":"Polygon","coordinates":[[[500000,1300000],)json"
        << R"json([500010,1300000],[500010,1300010],[500000,1300010],[500000,1300000]]]}}]})json";
    const auto imported = import_mapped(folder.file("thuadat.geojson").string(), "thuadat");
    EXPECT_EQ(imported.feature("24778.54.42").areas.area_stated_m2, 101.5);
    EXPECT_THAT(imported.notes(), HasSubstr("dropped: OBJECTID, TenChu, DiaChi"));
}

}  // namespace
}  // namespace ranh
