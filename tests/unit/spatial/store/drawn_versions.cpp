#include "tests/unit/spatial/store/drawn_versions.hpp"

#include "spatial/codec/wkt.hpp"
#include "spatial/store/feature_record.hpp"
#include "spatial/store/record_json.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace ranh::test {

LayerId layer_id(const std::string& text) { return LayerId::parse(text).value(); }

Date day(const std::string& text) { return Date::parse(text).value(); }

model::LayerDescription description_of(const model::Schema& schema) {
    model::LayerDescription description;
    description.title = "Lớp thử";
    description.schema = schema;
    return description;
}

model::Schema every_type() {
    return {{{"flag", model::FieldType::boolean, model::Privacy::open},
             {"count", model::FieldType::integer, model::Privacy::open},
             {"measure", model::FieldType::real, model::Privacy::open},
             {"owner", model::FieldType::text, model::Privacy::personal},
             {"signed", model::FieldType::date, model::Privacy::open}}};
}

std::vector<model::Feature> one_of_each_kind() {
    const std::vector<std::string> forms{"",
                                         "LINESTRING(0.1 0.2,0.3 1e-300,1e300 5)",
                                         "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))",
                                         "MULTIPOINT((1 2),(3 4))",
                                         "MULTIPOLYGON(((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1)),((20 0,21 0,21 1,20 0)))",
                                         "POINT(500000.123456789 1300000.987654321)",
                                         "POLYGON((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1))"};
    std::vector<model::Feature> features;
    for (const std::string& form : forms) {
        features.push_back(bare(fmt::format("f{}", features.size()), form, 3405));
        features.back().values = std::vector<model::Value>(5);
    }
    features[1].values = {true, std::numeric_limits<std::int64_t>::max(), 0.1, std::string("Ông Lê Văn Đặng"),
                          day("2026-03-31")};
    features[2].values = {false, std::numeric_limits<std::int64_t>::min(), 5.0, std::string(), day("0001-01-01")};
    features[3].values = {true, std::int64_t{0}, 5e-324, std::string("0012"), day("9999-12-31")};
    features[4].values = {true, std::int64_t{1}, -1e308, std::string("a 'quoted' \"text\"\n;--"), day("1970-01-01")};
    features[5].values[3] = std::string("before\0after", 12);
    features[6].areas = {12.5, 31.25, 3405, 31.2468};
    features[4].areas = {std::nullopt, 1e9 + 0.1, 3405, std::nullopt};
    features[0].areas.area_stated_m2 = 10.0;
    return features;
}

model::Provenance full_provenance() {
    model::Provenance provenance;
    provenance.source = "diem-goc.csv";
    provenance.source_sha256 = sha256("x").hex();
    provenance.decision = "866/QĐ-TTg, 18/7/2023";
    provenance.licence = "CC BY 4.0";
    provenance.crs_decision = "found: easting 400,000 to 600,000";
    provenance.transform = "EPSG:3405 -> plane";
    provenance.importer_version = "ranh 0.1.0";
    provenance.imported_at = Timestamp::parse("2026-03-31T08:15:00.123Z").value();
    provenance.imported_by = "Phòng Nông nghiệp và Môi trường";
    provenance.read = 10;
    provenance.kept = 9;
    provenance.repaired = 2;
    provenance.rejected = 1;
    provenance.accuracy_m = 0.3;
    provenance.map_scale = 2000;
    provenance.notes = {"X/Y đảo", "id 'A' twice"};
    provenance.inputs = {"bauxite@1", "titanium@2"};
    return provenance;
}

model::Feature bare(const std::string& id, const std::string& wkt, int epsg) {
    model::Feature feature;
    feature.id = FeatureId(id);
    feature.crs = crs::Crs::from_epsg(epsg).value();
    if (!wkt.empty()) {
        feature.geometry = codec::parse_wkt(wkt).value();
    }
    return feature;
}

model::Feature square(int i) {
    const double x = 500000.0 + 10.0 * (i % 100);
    const double y = 1300000.0 + 10.0 * (i / 100);
    model::Feature feature;
    feature.id = FeatureId(fmt::format("p-{:04}", i));
    static const crs::Crs crs = crs::Crs::from_epsg(3405).value();
    feature.crs = crs;
    feature.geometry = geom::Geometry::polygon({{x, y}, {x + 10.0, y}, {x + 10.0, y + 10.0}, {x, y + 10.0}});
    feature.values = {fmt::format("square {}", i)};
    feature.areas = {100.0, 100.0, 3405, 99.97 + 1e-6 * i};
    return feature;
}

std::vector<model::Feature> squares(int count) {
    std::vector<model::Feature> features;
    for (int i = 0; i < count; ++i) {
        features.push_back(square(i));
    }
    return features;
}

model::LayerDescription squares_description() {
    return description_of({{{"name", model::FieldType::text, model::Privacy::open}}});
}

model::LayerVersion write(store::Workspace& workspace, const std::string& layer,
                          const model::LayerDescription& description, const std::vector<model::Feature>& features,
                          store::Publication publication) {
    auto writer = workspace.write_version(layer_id(layer), description, publication);
    for (const model::Feature& feature : features) {
        writer->append(feature);
    }
    return writer->commit(description.provenance);
}

std::unique_ptr<store::LayerWriter> change(store::Workspace& workspace, const std::string& layer, std::int64_t base,
                                           store::Publication publication) {
    const model::LayerSelector selector{layer_id(layer), VersionNumber(base)};
    const auto version = model::choose_version(workspace.versions(), selector, Date(), Timestamp()).value();
    return workspace.change_version(version.layer, version.number, version.description, publication);
}

std::vector<model::Feature> read(const store::Workspace& workspace, const std::string& layer, std::int64_t number) {
    std::vector<model::Feature> features;
    workspace.read(layer_id(layer), VersionNumber(number),
                   [&](model::Feature feature) { features.push_back(std::move(feature)); });
    return features;
}

std::vector<std::string> ids(const std::vector<model::Feature>& features) {
    std::vector<std::string> result;
    for (const model::Feature& feature : features) {
        result.push_back(feature.id.text());
    }
    return result;
}

Sha256 recomputed_hash(const store::Workspace& workspace, const std::string& layer, std::int64_t number) {
    DigestSum sum;
    workspace.read(layer_id(layer), VersionNumber(number),
                   [&](model::Feature feature) { sum.add(store::content_hash(feature)); });
    return sum.value();
}

Error failure_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Failure& failure) {
        return failure.error();
    }
    ADD_FAILURE() << "the call did not fail";
    return {};
}

void expect_same(std::vector<model::Feature> found, std::vector<model::Feature> expected) {
    const auto by_id = [](const model::Feature& a, const model::Feature& b) { return a.id < b.id; };
    std::sort(found.begin(), found.end(), by_id);
    std::sort(expected.begin(), expected.end(), by_id);
    ASSERT_EQ(ids(found), ids(expected));
    for (std::size_t i = 0; i < found.size(); ++i) {
        SCOPED_TRACE(found[i].id.text());
        EXPECT_EQ(found[i].geometry, expected[i].geometry);
        EXPECT_TRUE(found[i].values == expected[i].values);
        EXPECT_TRUE(found[i].areas == expected[i].areas);
        if (expected[i].geometry) {
            EXPECT_EQ(found[i].crs.epsg(), expected[i].crs.epsg());
        }
    }
}

void expect_same(const model::Provenance& found, const model::Provenance& expected) {
    EXPECT_EQ(store::to_json_text(found), store::to_json_text(expected));
}

}  // namespace ranh::test
