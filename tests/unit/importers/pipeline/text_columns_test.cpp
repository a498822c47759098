#include "importers/pipeline/text_columns.hpp"

#include "importers/pipeline/decoded_table.hpp"
#include "importers/pipeline/delimited_table.hpp"
#include "tests/support/legacy_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace ranh::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using text::Encoding;

/// Records of text alone.
class TextReader final : public FeatureReader {
public:
    TextReader(std::vector<std::string> names, std::vector<std::vector<std::string>> rows) : m_rows(std::move(rows)) {
        m_description.file_name = "thua.shp";
        for (auto& name : names) {
            m_description.schema.fields.push_back({std::move(name), model::FieldType::text, model::Privacy::open});
        }
    }
    const SourceDescription& describe() override { return m_description; }
    std::optional<SourceRecord> next() override {
        if (m_next == m_rows.size()) {
            return std::nullopt;
        }
        SourceRecord record;
        record.values.assign(m_rows[m_next].begin(), m_rows[m_next].end());
        ++m_next;
        return record;
    }
    void rewind() override { m_next = 0; }
    SourceDescription& description() { return m_description; }

private:
    SourceDescription m_description;
    std::vector<std::vector<std::string>> m_rows;
    std::size_t m_next = 0;
};

std::string in(Encoding encoding, std::string_view text) { return test::in_encoding(text, encoding).value(); }

TextReader two_encodings() {
    return TextReader({"TEN", "DUONG"}, {{in(Encoding::tcvn3, "Xã Bảo Thuận"), in(Encoding::vni, "Đường Hùng Vương")},
                                         {in(Encoding::tcvn3, "Đất ở"), in(Encoding::vni, "Ngõ Số Bảy")}});
}

std::vector<std::string> texts(const Result<std::vector<model::Value>>& values) {
    std::vector<std::string> words;
    for (const auto& value : values.value()) {
        words.push_back(model::to_text(value));
    }
    return words;
}

TEST(TextColumns, ReadEachColumnInItsOwnEncodingAndSayWhy) {
    auto reader = two_encodings();
    const TextColumns columns(reader, {});
    const auto record = reader.next();
    EXPECT_THAT(texts(columns.read(record->values)), ElementsAre("Xã Bảo Thuận", "Đường Hùng Vương"));
    EXPECT_THAT(columns.reasons(), ElementsAre(HasSubstr("'TEN' of thua.shp: converted from tcvn3 (tcvn3 1.00"),
                                               HasSubstr("'DUONG' of thua.shp: converted from vni (vni 1.00")));
}

TEST(TextColumns, SayNothingOfAscii) {
    TextReader reader({"MA"}, {{"ONT"}, {"CLN"}});
    EXPECT_THAT(TextColumns(reader, {}).reasons(), IsEmpty());
}

TEST(TextColumns, LetAnOpenColumnFollowTheOthers) {
    TextReader reader({"TEN", "THON"}, {{in(Encoding::tcvn3, "Phường Bảo Lộc"), in(Encoding::tcvn3, "Hạ")}});
    TextReader alone({"THON"}, {{in(Encoding::tcvn3, "Hạ")}});
    const TextColumns columns(reader, {});
    EXPECT_EQ(texts(columns.read(reader.next()->values))[1], "Hạ");
    EXPECT_THAT(TextColumns(alone, {}).reasons(), ElementsAre(HasSubstr("THON")));
}

TEST(TextColumns, ObeyTheOptionAndTheMappingBeforeIt) {
    auto reader = two_encodings();
    ImportOptions options;
    options.text_encoding = Encoding::vni;
    mapping::Mapping mapping;
    mapping::FieldRule& rule = mapping.fields.emplace_back();
    rule.target = "ten";
    rule.source = "TEN";
    rule.encoding = "abc";
    options.mapping = &mapping;
    const TextColumns columns(reader, options);
    EXPECT_THAT(texts(columns.read(reader.next()->values)), ElementsAre("Xã Bảo Thuận", "Đường Hùng Vương"));
    EXPECT_THAT(columns.reasons()[0], HasSubstr("tcvn3, as named by the import"));
}

TEST(TextColumns, AreInCapitalsWhereTheMappingNamesACapitalFont) {
    TextReader reader({"TEN", "DUONG"}, {{in(Encoding::tcvn3, "xã bảo thuận"), in(Encoding::tcvn3, "ở")}});
    mapping::Mapping mapping;
    mapping::FieldRule& rule = mapping.fields.emplace_back();
    rule.target = "place";
    rule.source = "TEN";
    rule.encoding = ".VnTimeH";
    ImportOptions options;
    options.text_encoding = Encoding::tcvn3;
    options.mapping = &mapping;
    const TextColumns columns(reader, options);
    EXPECT_THAT(texts(columns.read(reader.next()->values)), ElementsAre("XÃ BẢO THUẬN", "ở"));
}

TEST(TextColumns, NameTheFieldOfAValueThatCannotBeRead) {
    TextReader reader({"TEN"}, {{"caf\xE9"}});
    const TextColumns columns(reader, {});
    const auto values = columns.read(reader.next()->values);
    ASSERT_FALSE(values);
    EXPECT_EQ(values.error().context, "field 'TEN'");
    EXPECT_EQ(model::to_text(columns.printable(0, std::string("caf\xE9"))), "caf\\xE9");
}

TEST(TextColumns, DecodeTheNamesOfTheFields) {
    TextReader reader({in(Encoding::tcvn3, "Địa danh")}, {{in(Encoding::tcvn3, "Phường Bảo Lộc")}});
    EXPECT_EQ(TextColumns(reader, {}).schema().fields[0].name, "Địa danh");
}

TEST(DecodedTable, HandsOutComposedTextAndNotesWhatItConverted) {
    const std::string rows =
        in(Encoding::tcvn3, "Số hiệu điểm;X;Y\nmốc Đá 1;1300000;500000\nmốc gỗ 2;1300100;500000\n");
    const auto table = decode_table(read_delimited(std::make_unique<std::istringstream>(rows), "moc.csv"));
    EXPECT_EQ(table->next()->cells[0], "Số hiệu điểm");
    EXPECT_EQ(table->next()->cells[0], "mốc Đá 1");
    EXPECT_THAT(table->notes(), ElementsAre(HasSubstr("column 1")));
}

}  // namespace
}  // namespace ranh::pipeline
