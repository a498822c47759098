#include "importers/pipeline/import_job.hpp"

#include "spatial/codec/wkt.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/importers/pipeline/list_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace ranh::pipeline {
namespace {

using model::FieldType;
using model::Value;
using test::from_wkt;
using testing::HasSubstr;

/// Keeps what is written, and whether it was committed.
struct Written {
    std::map<std::string, model::Feature> features;
    std::vector<model::QuarantineRecord> quarantine;
    model::LayerDescription description;
    bool committed = false;
};

class MemoryWriter final : public store::LayerWriter {
public:
    MemoryWriter(Written& written, LayerId layer) : m_written(written), m_layer(std::move(layer)) {}
    void append(const model::Feature& feature) override {
        const bool added = m_written.features.emplace(feature.id.text(), feature).second;
        EXPECT_TRUE(added) << feature.id.text();
    }
    void remove(const FeatureId&) override {}
    void quarantine(const model::QuarantineRecord& record) override { m_written.quarantine.push_back(record); }
    model::LayerVersion commit(const model::Provenance& provenance) override {
        m_written.committed = true;
        m_written.description.provenance = provenance;
        return {m_layer,
                VersionNumber(1),
                m_written.description,
                {},
                static_cast<std::int64_t>(m_written.features.size()),
                false,
                false,
                {},
                {}};
    }

private:
    Written& m_written;
    LayerId m_layer;
};

class MemoryWorkspace final : public store::Workspace {
public:
    explicit MemoryWorkspace(Written& written) : m_written(written) {}
    std::vector<model::LayerVersion> versions() const override { return {}; }
    void read(const LayerId&, VersionNumber, const std::function<void(model::Feature)>&) const override {}
    void read_some(const LayerId&, VersionNumber, const store::Selection&,
                   const std::function<void(model::Feature)>&) const override {}
    std::vector<FeatureId> unshared_ids(const LayerId&, VersionNumber, VersionNumber) const override { return {}; }
    std::vector<model::QuarantineRecord> quarantine(const LayerId&, VersionNumber) const override { return {}; }
    std::unique_ptr<store::LayerWriter> write_version(const LayerId& layer, const model::LayerDescription& description,
                                                      store::Publication) override {
        m_written.description = description;
        return std::make_unique<MemoryWriter>(m_written, layer);
    }
    std::unique_ptr<store::LayerWriter> change_version(const LayerId& layer, VersionNumber,
                                                       const model::LayerDescription& description,
                                                       store::Publication publication) override {
        return write_version(layer, description, publication);
    }
    std::unique_ptr<store::LayerWriter> adopt_version(const model::LayerVersion& version) override {
        return write_version(version.layer, version.description, store::Publication::publish);
    }
    store::Freed collect_garbage(const std::vector<model::LayerVersion>&) override { return {}; }
    std::vector<std::string> damage() const override { return {}; }
    void publish(const LayerId&, VersionNumber, const std::string&) override {}
    void withdraw(const LayerId&, VersionNumber, const std::string&) override {}
    void set_legal_data(const LayerId&, VersionNumber, model::LegalStatus, const DateRange&, const std::string&,
                        const std::string&) override {}
    crs::WorkingPlaneCentre working_plane_centre() const override { return {}; }
    std::int64_t change_counter() const override { return 0; }
    std::unique_ptr<store::ChangeListener> listen(std::function<void()>) const override { return nullptr; }
    std::string name() const override { return "memory"; }
    std::filesystem::path snapshot_folder() const override { return {}; }

private:
    Written& m_written;
};

constexpr const char* unit_square =
    "POLYGON((500000 1300000,500001 1300000,500001 1300001,500000 1300001,500000 1300000))";
constexpr const char* two_square =
    "POLYGON((500000 1300000,500002 1300000,500002 1300002,500000 1300002,500000 1300000))";

SourceRecord record(std::vector<Value> values, const char* wkt = unit_square) {
    SourceRecord made;
    made.place = "feature 1";
    made.values = std::move(values);
    made.geometry = from_wkt(wkt);
    return made;
}

struct Run {
    Written written;
    ImportReport report;
    std::string notes;
};

Run import_list(std::unique_ptr<ListReader> reader, const ImportOptions& options = {}) {
    Run run;
    MemoryWorkspace workspace(run.written);
    std::vector<std::unique_ptr<FeatureReader>> sources;
    sources.push_back(std::move(reader));
    run.report = run_import(&workspace, LayerId::parse("layer").value(), sources, options);
    for (const auto& note : run.report.notes) {
        run.notes += note + '\n';
    }
    return run;
}

Run import_records(model::Schema schema, std::vector<SourceRecord> records, const ImportOptions& options = {}) {
    return import_list(std::make_unique<ListReader>(std::move(schema), std::move(records)), options);
}

Error error_of(model::Schema schema, std::vector<SourceRecord> records, const ImportOptions& options = {}) {
    try {
        (void)import_records(std::move(schema), std::move(records), options);
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {};
}

const model::Schema code_name{{{"code", FieldType::text}, {"name", FieldType::text}}};

Value text(const char* value) { return std::string(value); }

TEST(ImportIds, ComeFromTheFirstKnownField) {
    const auto run =
        import_records({{{"name", FieldType::text}, {"Code", FieldType::text}}}, {record({text("n"), text("c")})});
    EXPECT_TRUE(run.written.features.contains("c"));
}

TEST(ImportIds, ComeFromTheFieldThatIsNamed) {
    ImportOptions options;
    options.id_field = "name";
    EXPECT_TRUE(import_records(code_name, {record({text("c"), text("n")})}, options).written.features.contains("n"));
    options.id_field = "nama";
    const Error error = error_of(code_name, {record({text("c"), text("n")})}, options);
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.sentence, HasSubstr("code, name"));
}

TEST(ImportIds, AreCommuneSheetAndParcelOfACadastre) {
    const auto run = import_records(
        {{{"maXa", FieldType::text}, {"soHieuToBanDo", FieldType::integer}, {"soThuTuThua", FieldType::integer}}},
        {record({text("25063"), std::int64_t{54}, std::int64_t{42}})});
    EXPECT_TRUE(run.written.features.contains("25063.54.42"));
}

TEST(ImportIds, AreRowNumbersWithANoteWhenNothingNamesRecords) {
    const auto run = import_records({{{"colour", FieldType::text}}}, {record({text("red")}), record({text("blue")})});
    EXPECT_TRUE(run.written.features.contains("2"));
    EXPECT_THAT(run.notes, HasSubstr("ids are row numbers"));
}

TEST(ImportIds, RepeatedAreNumberedByContentWhateverTheOrder) {
    const auto small = record({text("A"), text("small")});
    const auto large = record({text("A"), text("large")}, two_square);
    const auto one = import_records(code_name, {small, large, record({text("A~2"), text("third")})});
    const auto other = import_records(code_name, {record({text("A~2"), text("third")}), large, small});
    EXPECT_EQ(one.written.features.size(), 3U);
    EXPECT_EQ(one.written.features.at("A").values, other.written.features.at("A").values);
    EXPECT_EQ(one.written.features.at("A~3").values, other.written.features.at("A~3").values);
    EXPECT_THAT(one.notes, HasSubstr("1 ids are repeated (A); 1 records were named"));
}

TEST(ImportIds, ThatAreEmptyNameTheRow) {
    const auto run = import_records(code_name, {record({text("A"), text("a")}), record({Value(), text("b")})});
    EXPECT_TRUE(run.written.features.contains("row-2"));
    EXPECT_THAT(run.notes, HasSubstr("1 records have no value in 'code'"));
}

TEST(ImportCounts, AddUpAndQuarantineKeepsTheOriginal) {
    auto empty = record({text("B"), text("b")});
    empty.geometry.reset();
    const auto run = import_records(code_name, {record({text("A"), text("a")}), empty});
    EXPECT_EQ(run.report.read, 2);
    EXPECT_EQ(run.report.kept, 1);
    EXPECT_EQ(run.report.rejected, 1);
    ASSERT_EQ(run.written.quarantine.size(), 1U);
    EXPECT_EQ(run.written.quarantine[0].original, R"({"code":"B","name":"b"})");
}

TEST(ImportCounts, RejectCoordinatesThatAreNotFiniteAndRingsOfTwoPoints) {
    auto infinite = record({text("B"), text("b")});
    infinite.geometry->mutable_points()[1].x = std::numeric_limits<double>::infinity();
    auto thin = record({text("C"), text("c")});
    thin.geometry = geom::Geometry::polygon({{500000, 1300000}, {500001, 1300000}, {500000, 1300000}});
    const auto run = import_records(code_name, {record({text("A"), text("a")}), infinite, thin});
    ASSERT_EQ(run.report.quarantine.size(), 2U);
    EXPECT_THAT(run.report.quarantine[0].reason, HasSubstr("is not finite"));
    EXPECT_THAT(run.report.quarantine[1].reason, HasSubstr("fewer than three different points"));
}

TEST(ImportCounts, NothingKeptWritesNothing) {
    auto empty = record({text("B"), text("b")});
    empty.geometry.reset();
    EXPECT_THAT(error_of(code_name, {empty}).sentence, HasSubstr("nothing was written"));
    EXPECT_THAT(error_of(code_name, {}).sentence, HasSubstr("holds no record"));
}

TEST(ImportGeometry, ThatIsNotValidIsKeptAndNoted) {
    const auto run = import_records(
        code_name, {record({text("A"), text("a")},
                           "POLYGON((500000 1300000,500001 1300001,500001 1300000,500000 1300001,500000 1300000))")});
    EXPECT_EQ(run.report.kept, 1);
    EXPECT_THAT(run.notes, HasSubstr("1 polygons are not valid and are kept as they are: A ("));
}

TEST(ImportGeometry, FarFromVietNamIsWarnedOf) {
    const auto run = import_records(code_name, {record({text("A"), text("a")}, "POINT(500000 5000000)")});
    EXPECT_THAT(run.notes, HasSubstr("warning: 1 features lie outside Việt Nam"));
}

TEST(ImportAreas, AreThreeThatNeverMix) {
    const auto run =
        import_records({{{"id", FieldType::text}, {"stated_ha", FieldType::real}}}, {record({text("A"), 0.0002})});
    const auto& areas = run.written.features.at("A").areas;
    EXPECT_EQ(areas.area_stated_m2, 2.0);
    EXPECT_EQ(areas.area_planar_m2, 1.0);
    EXPECT_EQ(areas.planar_epsg, 5899);
    EXPECT_NEAR(areas.area_ellipsoid_m2.value(), 1.0002, 1e-4);
}

TEST(ImportText, IsComposed) {
    const auto run = import_records(code_name, {record({text("A"), text("D\xCC\xA3"
                                                                        "a")})});
    EXPECT_EQ(run.written.features.at("A").values[1], text("\xE1\xB8\x8C"
                                                           "a"));
}

TEST(ImportText, ThatIsNotUtf8RejectsItsRecord) {
    const auto run = import_records(code_name, {record({text("A"), text("a")}), record({text("B"), text("L\xA9m")})});
    ASSERT_EQ(run.report.quarantine.size(), 1U);
    EXPECT_THAT(run.report.quarantine[0].reason, HasSubstr("field 'name'"));
    EXPECT_THAT(run.report.quarantine[0].original, HasSubstr("xA9m"));
}

TEST(ImportFields, AboutPeopleAreDropped) {
    const auto run = import_records({{{"id", FieldType::text}, {"TenChu", FieldType::text}}},
                                    {record({text("A"), text("Người A")})});
    EXPECT_FALSE(run.report.schema.find("TenChu"));
    EXPECT_THAT(run.notes, HasSubstr("field 'TenChu' of list.gpkg is about a person and was dropped"));
}

TEST(ImportFields, GoThroughTheMapping) {
    const auto mapping =
        mapping::read_mapping("unmapped: drop\nfields:\n  id: code\n  n: {from: name, type: integer}\n", "m.yaml")
            .value();
    ImportOptions options;
    options.mapping = &mapping;
    const auto run =
        import_records(code_name, {record({text("A"), text("7")}), record({text("B"), text("seven")})}, options);
    EXPECT_EQ(run.written.features.at("A").values, (std::vector<Value>{text("A"), std::int64_t{7}}));
    EXPECT_THAT(run.report.quarantine.at(0).reason, HasSubstr("'seven' is not of type integer"));
}

AttributeTable table_of(std::map<std::string, std::vector<Value>> rows) {
    return {"names.csv",     "", "code", {{{"name", FieldType::text}, {"stated_ha", FieldType::real}}},
            std::move(rows), {}};
}

TEST(ImportAttributes, AreJoinedByKeyAndNotedWhereTheyDoNotMatch) {
    const auto table = table_of({{"A", {text("Area A"), 1.5}}, {"X", {text("Area X"), 2.5}}});
    ImportOptions options;
    options.attributes = &table;
    const auto run =
        import_records(code_name, {record({text("A"), text("a")}), record({text("B"), text("b")})}, options);
    EXPECT_EQ(run.written.features.at("A").values, (std::vector<Value>{text("A"), text("a"), text("Area A"), 1.5}));
    EXPECT_EQ(run.written.features.at("A").areas.area_stated_m2, 15000.0);
    EXPECT_EQ(run.report.schema.fields[2].name, "name_2");
    EXPECT_THAT(run.notes, HasSubstr("1 records have no row in names.csv: B"));
    EXPECT_THAT(run.notes, HasSubstr("1 rows of names.csv match no record: X"));
}

TEST(ImportAttributes, ThatMatchNothingAreAConflict) {
    const auto table = table_of({{"X", {text("Area X"), 2.5}}});
    ImportOptions options;
    options.attributes = &table;
    const Error error = error_of(code_name, {record({text("A"), text("a")})}, options);
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.sentence, HasSubstr("the table has X; the records have A"));
}

TEST(ImportSystem, LeftOpenIsTheQuestionOfTheReader) {
    auto reader = std::make_unique<ListReader>(code_name, std::vector{record({text("A"), text("a")})});
    reader->description().declared_crs.reset();
    reader->description().crs_reason = "EPSG:5899 or EPSG:9218? Name one with --crs";
    try {
        (void)import_list(std::move(reader));
        FAIL();
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::invalid_argument);
        EXPECT_THAT(failure.error().sentence, HasSubstr("EPSG:9218"));
    }
}

TEST(ImportRun, WritesNothingWhenDry) {
    ImportOptions options;
    options.dry_run = true;
    const auto run = import_records(code_name, {record({text("A"), text("a")})}, options);
    EXPECT_FALSE(run.report.version);
    EXPECT_EQ(run.report.kept, 1);
    EXPECT_TRUE(run.written.features.empty());
}

TEST(ImportRun, StopsWhenTold) {
    CancelToken cancel;
    cancel.stop();
    ImportOptions options;
    options.cancel = &cancel;
    EXPECT_EQ(error_of(code_name, {record({text("A"), text("a")})}, options).kind, ErrorKind::cancelled);
}

TEST(ImportRun, TellsItsProgress) {
    std::uint64_t last = 0;
    std::uint64_t total = 0;
    ImportOptions options;
    options.progress = [&](std::uint64_t done, std::uint64_t all) {
        last = done;
        total = all;
    };
    (void)import_records(code_name, {record({text("A"), text("a")})}, options);
    EXPECT_EQ(last, 2U);
    EXPECT_EQ(total, 2U);
}

TEST(ImportRun, ChecksTheLegalDataFirst) {
    ImportOptions options;
    options.description.status = model::LegalStatus::in_force;
    EXPECT_EQ(error_of(code_name, {record({text("A"), text("a")})}, options).kind, ErrorKind::invalid_argument);
}

}  // namespace
}  // namespace ranh::pipeline
