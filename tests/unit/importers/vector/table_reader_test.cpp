#include "importers/vector/gdal_support.hpp"
#include "importers/vector/vector_reader.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/importers/vector/vector_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::vector {
namespace {

using model::FieldType;
using model::Value;
using test::error_of;
using test::operator""_wkt;
using test::VectorFolder;
using testing::ElementsAre;
using testing::HasSubstr;

/// A workbook of one sheet per name, each with a heading and two rows of label, northing and easting.
std::filesystem::path workbook(const VectorFolder& folder, const char* driver, const char* name,
                               const std::vector<const char*>& sheets) {
    detail::register_drivers();
    const auto file = folder.file(name);
    const detail::Dataset dataset(GDALCreate(GDALGetDriverByName(driver), file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    for (const char* sheet : sheets) {
        const OGRLayerH layer = GDALDatasetCreateLayer(dataset.get(), sheet, nullptr, wkbNone, nullptr);
        for (const auto& [title, type] :
             {std::pair("Điểm", OFTString), std::pair("X", OFTReal), std::pair("Y", OFTReal)}) {
            OGRFieldDefnH field = OGR_Fld_Create(title, type);
            OGR_L_CreateField(layer, field, 1);
            OGR_Fld_Destroy(field);
        }
        for (int i = 0; i < 2; ++i) {
            const detail::FeaturePointer row(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
            OGR_F_SetFieldString(row.get(), 0, i == 0 ? "4,1" : "4,2");
            OGR_F_SetFieldDouble(row.get(), 1, 1326994.0 + i * 0.25);
            OGR_F_SetFieldDouble(row.get(), 2, 773433.0);
            EXPECT_EQ(OGR_L_CreateFeature(layer, row.get()), OGRERR_NONE);
        }
    }
    return file;
}

TEST(OpenTable, ReadsCellsOfWorkbooksAsTheirText) {
    for (const auto& [driver, name] : {std::pair("XLSX", "a.xlsx"), std::pair("ODS", "a.ods")}) {
        const VectorFolder folder;
        const auto table = open_table(workbook(folder, driver, name, {"Sheet1"}));
        const auto rows = first_rows(*table);
        ASSERT_EQ(rows.size(), 3U) << name;
        EXPECT_THAT(rows[0].cells, ElementsAre("Điểm", "X", "Y")) << name;
        EXPECT_THAT(rows[1].cells, ElementsAre("4,1", "1326994", "773433")) << name;
        EXPECT_THAT(rows[2].cells, ElementsAre("4,2", "1326994.25", "773433")) << name;
        EXPECT_EQ(rows[2].number, 3) << name;
    }
}

TEST(OpenTable, AsksForTheSheetOfAWorkbookThatHasSeveral) {
    const VectorFolder folder;
    const auto file = workbook(folder, "XLSX", "a.xlsx", {"một", "hai"});
    EXPECT_THAT(error_of([&] { (void)open_table(file); }).sentence, HasSubstr("một, hai"));
    EXPECT_EQ(first_rows(*open_table(file, "hai")).size(), 3U);
    const Error error = error_of([&] { (void)open_table(file, "ba"); });
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_THAT(error.sentence, testing::AllOf(HasSubstr("'ba'"), HasSubstr("một, hai")));
}

TEST(OpenTable, HasNoSheetsInATextFile) {
    const VectorFolder folder;
    const auto file = folder.write("a.csv", "point,x,y\n1,2,3\n");
    EXPECT_EQ(error_of([&] { (void)open_table(file, "một"); }).kind, ErrorKind::not_found);
}

TEST(OpenTable, GoesByTheEnding) {
    EXPECT_TRUE(is_table_file("a.CSV"));
    EXPECT_TRUE(is_table_file("a.txt"));
    EXPECT_TRUE(is_table_file("a.xlsx"));
    EXPECT_FALSE(is_table_file("a.gpkg"));
}

TEST(ReadAttributes, FindsTypesPerColumn) {
    const VectorFolder folder;
    const auto file =
        folder.write("n.csv", "area_id,name,ha,points,maXa,mixed\nA,\"Một, hai\",1.5,28,01234,1\nB,,2.25,,24568,x\n");
    const auto table = read_attributes(file, "area_id");
    ASSERT_EQ(table.schema.fields.size(), 5U);
    EXPECT_EQ(table.schema.fields[1].type, FieldType::real);
    EXPECT_EQ(table.schema.fields[2].type, FieldType::integer);
    EXPECT_EQ(table.schema.fields[3].type, FieldType::text);
    EXPECT_EQ(table.schema.fields[4].type, FieldType::text);
    EXPECT_EQ(table.rows.at("A")[0], Value(std::string("Một, hai")));
    EXPECT_EQ(table.rows.at("B")[2], Value());
    EXPECT_EQ(table.sha256.size(), 64U);
}

TEST(ReadAttributes, ReadsVietnameseNumbers) {
    const VectorFolder folder;
    const auto table = read_attributes(folder.write("n.csv", "id;ha\nA;1.168,57\nB;2.000,5\n"), "id");
    EXPECT_EQ(table.rows.at("A")[0], Value(1168.57));
}

TEST(ReadAttributes, KeepsANumberThatReadsTwoWaysAsText) {
    const VectorFolder folder;
    const auto table = read_attributes(folder.write("n.csv", "id;ha\nA;1.168\nB;2.000\n"), "id");
    EXPECT_EQ(table.rows.at("A")[0], Value(std::string("1.168")));
}

TEST(ReadAttributes, NamesAKeyThatIsRepeatedOrMissing) {
    const VectorFolder folder;
    const auto file = folder.write("n.csv", "id,name\nA,x\nA,y\n");
    EXPECT_THAT(error_of([&] { (void)read_attributes(file, "id"); }).sentence,
                HasSubstr("the key 'A' stands in two rows"));
    EXPECT_THAT(error_of([&] { (void)read_attributes(file, "code"); }).sentence, HasSubstr("id, name"));
}

TEST(WktTable, ReadsGeometriesAndRejectsWhatIsNone) {
    const VectorFolder folder;
    const auto file = folder.write(
        "w.csv",
        "id,wkt\nA,\"POLYGON((773433 1326994,773533 1326994,773533 1327094,773433 1326994))\"\nB,square\nC,\n");
    auto table = open_table(file);
    EXPECT_TRUE(looks_like_wkt_table(first_rows(*table)));
    const auto reader = open_wkt_table(open_table(file), pipeline::describe_file(file), {});
    EXPECT_EQ(reader->describe().found_crs, crs::Crs::from_epsg(3405).value());
    const auto records = test::all_records(*reader);
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].geometry, "POLYGON((773433 1326994,773533 1326994,773533 1327094,773433 1326994))"_wkt);
    EXPECT_EQ(records[1].rejected->original, "square");
    EXPECT_FALSE(records[2].geometry);
}

}  // namespace
}  // namespace ranh::vector
