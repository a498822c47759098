#include "importers/pipeline/layer_change.hpp"

#include "spatial/crs/transform.hpp"
#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "tests/support/program.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/importers/pipeline/list_reader.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::pipeline {
namespace {

using model::FieldType;
using model::Value;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr int utm48 = 3405;

/// A square of 10 m, the n-th to the east.
std::string square(int n) {
    const int x = 500000 + 10 * n;
    return fmt::format("POLYGON(({0} 1300000,{1} 1300000,{1} 1300010,{0} 1300010,{0} 1300000))", x, x + 10);
}

SourceRecord parcel(const std::string& id, const std::string& name, const std::string& wkt,
                    const std::string& commune = "24769") {
    SourceRecord record;
    record.place = "row of " + id;
    record.values = {id.empty() ? Value() : Value(id), name, commune};
    if (!wkt.empty()) {
        record.geometry = test::from_wkt(wkt);
    }
    return record;
}

const model::Schema parcel_fields{{{"id", FieldType::text}, {"name", FieldType::text}, {"maXa", FieldType::text}}};

/// Changes of a layer `p` that begins with the parcels A, B and C in a row.
class LayerChanges : public testing::Test {
protected:
    void SetUp() override {
        replace({parcel("A", "a", square(0)), parcel("B", "b", square(1)), parcel("C", "c", square(2), "24772")});
    }

    ImportReport import(std::vector<SourceRecord> records, const ImportOptions& options,
                        const model::Schema& schema = parcel_fields) {
        std::vector<std::unique_ptr<FeatureReader>> sources;
        sources.push_back(std::make_unique<ListReader>(schema, std::move(records), utm48));
        return run_import(workspace.get(), test::layer_id("p"), sources, options);
    }
    ImportReport replace(std::vector<SourceRecord> records) { return import(std::move(records), {}); }
    ImportReport upsert(std::vector<SourceRecord> records, const model::Schema& schema = parcel_fields) {
        ImportOptions options;
        options.mode = ImportMode::upsert;
        return import(std::move(records), options, schema);
    }
    ImportReport remove(std::vector<SourceRecord> records) {
        ImportOptions options;
        options.mode = ImportMode::remove;
        return import(std::move(records), options);
    }
    ImportReport replace_within(std::vector<SourceRecord> records, const std::string& code,
                                std::optional<geom::Geometry> lonlat = {},
                                const model::Schema& schema = parcel_fields) {
        ImportOptions options;
        options.within = CommuneLimit{code, std::move(lonlat)};
        return import(std::move(records), options, schema);
    }
    /// "A:a B:b": ids and names of the newest version.
    std::string content() {
        std::string text;
        workspace->read(test::layer_id("p"), workspace->versions().back().number, [&](const model::Feature& feature) {
            text += fmt::format("{}{}:{}", text.empty() ? "" : " ", feature.id.text(),
                                model::to_text(feature.values.at(1)));
        });
        return text;
    }
    static std::string reasons(const ImportReport& report) {
        std::string text;
        for (const auto& record : report.quarantine) {
            text += record.place + ": " + record.reason + "\n";
        }
        return text;
    }
    static std::vector<std::int64_t> counts(const ImportReport& report) {
        const ChangeCounts& change = report.change.value();
        return {change.added, change.changed, change.unchanged, change.removed};
    }

    test::TemporaryFolder folder;
    std::unique_ptr<store::Workspace> workspace = gpkg::open_workspace(folder.file("w.gpkg"), gpkg::Access::read_write);
};

TEST_F(LayerChanges, PutFeaturesInThePlaceOfThoseOfTheirIds) {
    const auto report =
        upsert({parcel("A", "a", square(0)), parcel("B", "new", square(1)), parcel("D", "d", square(5))});
    EXPECT_THAT(counts(report), ElementsAre(1, 1, 1, 0));
    EXPECT_EQ(report.version->name(), "p@2");
    EXPECT_EQ(report.version->feature_count, 4);
    EXPECT_EQ(content(), "A:a B:new C:c D:d");
}

TEST_F(LayerChanges, EqualAWholeImportOfTheSameState) {
    const auto changed = upsert({parcel("B", "new", square(7))});
    const auto whole =
        replace({parcel("A", "a", square(0)), parcel("B", "new", square(7)), parcel("C", "c", square(2), "24772")});
    EXPECT_EQ(changed.version->content_hash, whole.version->content_hash);
}

TEST_F(LayerChanges, TakeFeaturesOutByTheirIdsAlone) {
    const auto report = remove({parcel("B", "", ""), parcel("X", "", "")});
    EXPECT_THAT(counts(report), ElementsAre(0, 0, 0, 1));
    EXPECT_EQ(report.kept, 1);
    EXPECT_EQ(report.rejected, 1);
    EXPECT_THAT(reasons(report), HasSubstr("there is no feature 'X' in p@1 to delete"));
    EXPECT_EQ(content(), "A:a C:c");
}

TEST_F(LayerChanges, KeepValuesOfFieldsThatTheSourceLacks) {
    SourceRecord moved;
    moved.place = "row 1";
    moved.values = {std::string("B"), std::string("red")};
    moved.geometry = test::from_wkt(square(9));
    const auto report = upsert({moved}, {{{"id", FieldType::text}, {"colour", FieldType::text}}});
    EXPECT_EQ(content(), "A:a B:b C:c");
    EXPECT_THAT(counts(report), ElementsAre(0, 1, 0, 0));
    EXPECT_THAT(report.notes, testing::Contains(HasSubstr("were left out: colour")));
    EXPECT_THAT(report.notes, testing::Contains(HasSubstr("keep their values: name, maXa")));
}

TEST_F(LayerChanges, TurnValuesIntoTheTypesOfTheLayer) {
    SourceRecord number;
    number.values = {std::int64_t{7}, std::int64_t{12}};
    number.geometry = test::from_wkt(square(9));
    EXPECT_EQ(upsert({number}, {{{"id", FieldType::integer}, {"name", FieldType::integer}}}).kept, 1);
    EXPECT_EQ(content(), "7:12 A:a B:b C:c");
}

TEST_F(LayerChanges, RefuseAnIdThatComesTwiceInTheSource) {
    const auto report = upsert({parcel("A", "one", square(0)), parcel("B", "new", square(1)),
                                parcel("A", "other", square(3)), parcel("", "nameless", square(4))});
    EXPECT_EQ(report.kept, 1);
    EXPECT_EQ(report.rejected, 3);
    EXPECT_THAT(reasons(report), HasSubstr("id 'A' comes 2 times in the source (row of A, row of A)"));
    EXPECT_THAT(reasons(report), HasSubstr("a change needs the key"));
    EXPECT_EQ(content(), "A:a B:new C:c");
}

TEST_F(LayerChanges, RefuseAnIdThatStandsTwiceInTheLayer) {
    replace({parcel("A", "one", square(0)), parcel("A", "other", square(3)), parcel("B", "b", square(1))});
    const auto report = upsert({parcel("A", "new", square(0)), parcel("B", "new", square(1))});
    EXPECT_THAT(reasons(report), HasSubstr("id 'A' stands more than once in p@2 ('A', 'A~2')"));
    EXPECT_EQ(report.kept, 1);
    EXPECT_EQ(upsert({parcel("A~2", "second", square(3))}).kept, 1);
    EXPECT_THAT(content(), HasSubstr("A~2:second B:new"));
}

TEST_F(LayerChanges, NeedAKeyAndALayer) {
    EXPECT_EQ(test::failure_of([&] { (void)upsert({parcel("A", "a", square(0))}, {}); }).kind,
              ErrorKind::invalid_argument);
    workspace->withdraw(test::layer_id("p"), VersionNumber(1));
    EXPECT_EQ(test::failure_of([&] { (void)remove({parcel("A", "", "")}); }).kind, ErrorKind::not_found);
    const auto first = upsert({parcel("A", "first", square(0))});  // nothing to change: all of it is new
    EXPECT_FALSE(first.change);
    EXPECT_EQ(content(), "A:first");
}

TEST_F(LayerChanges, StartFromTheNewestVersionThatIsNotWithdrawn) {
    replace({parcel("A", "wrong", square(0))});
    workspace->withdraw(test::layer_id("p"), VersionNumber(2));
    EXPECT_EQ(upsert({parcel("B", "new", square(1))}).change->base, "p@1");
    EXPECT_EQ(content(), "A:a B:new C:c");
}

TEST_F(LayerChanges, WriteNothingInADryRun) {
    ImportOptions options;
    options.mode = ImportMode::upsert;
    options.dry_run = true;
    const auto report = import({parcel("B", "new", square(1)), parcel("D", "d", square(5))}, options);
    EXPECT_THAT(counts(report), ElementsAre(1, 1, 0, 0));
    EXPECT_EQ(workspace->versions().size(), 1U);
}

TEST_F(LayerChanges, WithinACommuneReplaceItsFeaturesByTheirField) {
    const auto report = replace_within(
        {parcel("A", "new", square(0)), parcel("D", "d", square(5)), parcel("E", "elsewhere", square(6), "24772")},
        "24769");
    EXPECT_EQ(content(), "A:new C:c D:d");
    EXPECT_THAT(counts(report), ElementsAre(1, 1, 0, 1));
    EXPECT_EQ(report.left_out, 1);
    EXPECT_EQ(report.read, report.kept + report.rejected + report.left_out);
    EXPECT_THAT(report.notes, testing::Contains(HasSubstr("by the field 'maXa'")));
}

TEST_F(LayerChanges, WithinACommuneReplaceItsFeaturesByPlaceWhereNoFieldTells) {
    const model::Schema without_commune{{{"id", FieldType::text}, {"name", FieldType::text}}};
    const auto named = [](const std::string& id, const std::string& name, const std::string& wkt) {
        SourceRecord record = parcel(id, name, wkt);
        record.values.pop_back();
        return record;
    };
    geom::Geometry outline =  // the squares 0 and 1 and less than half of the square 2
        test::from_wkt("POLYGON((499990 1299990,500024 1299990,500024 1300020,499990 1300020,499990 1299990))");
    crs::Transform::between(crs::Crs::from_epsg(utm48).value(), crs::wgs84()).value().apply(outline.mutable_points());
    const auto report = replace_within(
        {named("B", "new", square(1)), named("E", "elsewhere", square(40)), named("F", "half", square(2))}, "24769",
        outline, without_commune);
    EXPECT_EQ(content(), "B:new C:c");
    EXPECT_EQ(report.left_out, 2);
    EXPECT_THAT(counts(report), ElementsAre(0, 1, 0, 1));
    EXPECT_EQ(test::failure_of([&] {
                  (void)replace_within({named("B", "new", square(1))}, "99999", {}, without_commune);
              }).kind,
              ErrorKind::not_found);
}

TEST_F(LayerChanges, WithinACommuneLeaveTheFeaturesOfOthersAlone) {
    const auto report = replace_within({parcel("C", "mine", square(0)), parcel("A", "a", square(0))}, "24769");
    EXPECT_THAT(reasons(report), HasSubstr("id 'C' belongs to a feature of p@1 outside the commune"));
    EXPECT_EQ(content(), "A:a C:c");
}

TEST_F(LayerChanges, WithinACommuneNameRepeatedIdsAsAWholeImportDoes) {
    for (int i = 0; i < 2; ++i) {
        replace_within({parcel("A", "one", square(0)), parcel("A", "other", square(3))}, "24769");
        EXPECT_THAT(content(), testing::AnyOf("A:one A~2:other C:c", "A:other A~2:one C:c"));
    }
    EXPECT_EQ(workspace->versions().at(1).content_hash, workspace->versions().at(2).content_hash);
}

}  // namespace
}  // namespace ranh::pipeline
