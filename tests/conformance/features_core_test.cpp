// OGC 17-069r4 (OGC API - Features - Part 1: Core 1.0), requirements class Core; one test per requirement, named after
// it.

#include "tests/conformance/caller.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace ranh::conformance {
namespace {

using codec::Json;
using test::at;
using testing::HasSubstr;

class FeaturesCore : public Clause {};
INSTANTIATE_TEST_SUITE_P(Ogc17069r4, FeaturesCore, testing::Values(Way::in_process, Way::over_http), name_of);

constexpr std::string_view crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

std::vector<std::string> ids_of(const Json& collection) {
    std::vector<std::string> ids;
    for (const Json& feature : elements(collection, "features")) {
        ids.push_back(text_at(feature, "id"));
    }
    return ids;
}

// /req/core/root-op, /req/core/root-success
TEST_P(FeaturesCore, RootSuccess) {
    const Json landing = json("/");
    EXPECT_FALSE(links_with(landing, "service-desc").empty());
    EXPECT_FALSE(links_with(landing, "service-doc").empty());
    EXPECT_FALSE(links_with(landing, "conformance").empty());
    EXPECT_FALSE(links_with(landing, "data").empty());
    for (const char* relation : {"service-desc", "service-doc", "conformance", "data", "self", "alternate"}) {
        for (const Json& link : links_with(landing, relation)) {
            const http::Response behind = follow(text_at(link, "href"));
            EXPECT_EQ(behind.status, 200) << text_at(link, "href");
            EXPECT_THAT(*behind.header("Content-Type"), testing::StartsWith(text_at(link, "type")));
        }
    }
}

// /req/core/api-definition-op, /req/core/api-definition-success
TEST_P(FeaturesCore, ApiDefinitionSuccess) {
    const http::Response response = get("/api");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.header("Content-Type"), "application/vnd.oai.openapi+json;version=3.0");
}

// /req/core/conformance-op, /req/core/conformance-success
TEST_P(FeaturesCore, ConformanceSuccess) {
    std::set<std::string> classes;
    for (const Json& uri : elements(json("/conformance"), "conformsTo")) {
        classes.emplace(uri.string().value());
    }
    EXPECT_TRUE(classes.contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"));
    for (const std::string& uri : classes) {
        EXPECT_THAT(uri, testing::StartsWith("http://www.opengis.net/spec/"));
        EXPECT_THAT(uri, testing::Not(HasSubstr("/1.1/")));
    }
}

// /req/core/http: 7.5, HTTP status codes of 7.5.1
TEST_P(FeaturesCore, Http) {
    EXPECT_EQ(get("/no/such/path").status, 404);
    EXPECT_EQ(post("/collections", "{}").status, 405);
    EXPECT_EQ(get("/collections/areas/items?bbox=x").header("Content-Type"), "application/problem+json");
}

// /req/core/query-param-unknown
TEST_P(FeaturesCore, QueryParamUnknown) {
    for (const char* target :
         {"/?unheard=1", "/conformance?unheard=1", "/collections?unheard=1", "/collections/areas?unheard=1",
          "/collections/areas/items?unheard=1", "/collections/areas/items/A-1?unheard=1"}) {
        EXPECT_EQ(get(target).status, 400) << target;
    }
}

// /req/core/query-param-invalid
TEST_P(FeaturesCore, QueryParamInvalid) {
    for (const char* query : {"limit=0", "limit=-1", "limit=ten", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=0,20,1,10",
                              "datetime=soon", "f=xml"}) {
        EXPECT_EQ(get("/collections/areas/items?" + std::string(query)).status, 400) << query;
    }
}

// /req/core/crs84: coordinates are longitude, latitude unless stated otherwise
TEST_P(FeaturesCore, Crs84) {
    const Json feature = json("/collections/plants/items/P-1");
    EXPECT_NEAR(*at(feature, "geometry/coordinates/0").number(), 107.75, 0.1);
    EXPECT_NEAR(*at(feature, "geometry/coordinates/1").number(), 11.75, 0.1);
}

// /req/core/fc-md-op, /req/core/fc-md-success, /req/core/fc-md-links
TEST_P(FeaturesCore, FcMdLinks) {
    const Json collections = json("/collections");
    ASSERT_EQ(links_with(collections, "self").size(), 1U);
    EXPECT_FALSE(links_with(collections, "alternate").empty());
    for (const Json& link : elements(collections, "links")) {
        EXPECT_NE(text_at(link, "rel"), "");
        EXPECT_NE(text_at(link, "type"), "");
        EXPECT_EQ(follow(text_at(link, "href")).status, 200);
    }
}

// /req/core/fc-md-items, /req/core/fc-md-items-links
TEST_P(FeaturesCore, FcMdItemsLinks) {
    const codec::JsonArray collections = elements(json("/collections"), "collections");
    ASSERT_EQ(collections.size(), 3U);
    for (const Json& collection : collections) {
        std::set<std::string> types;
        for (const Json& link : links_with(collection, "items")) {
            types.insert(text_at(link, "type"));
            EXPECT_EQ(follow(text_at(link, "href")).status, 200);
        }
        EXPECT_THAT(types, testing::ElementsAre("application/geo+json", "text/html"));
    }
}

// /req/core/fc-md-extent: the extent covers all features
TEST_P(FeaturesCore, FcMdExtent) {
    for (const char* id : {"areas", "plants"}) {
        const Json collection = json("/collections/" + std::string(id));
        EXPECT_EQ(text_at(collection, "extent/spatial/crs"), crs84);
        const codec::JsonArray box = elements(collection, "extent/spatial/bbox/0");
        ASSERT_EQ(box.size(), 4U);
        for (const Json& feature : elements(json("/collections/" + std::string(id) + "/items?limit=100"), "features")) {
            const codec::JsonArray own = elements(feature, "bbox");
            if (!own.empty()) {
                EXPECT_LE(*box[0].number(), *own[0].number());
                EXPECT_LE(*box[1].number(), *own[1].number());
                EXPECT_GE(*box[2].number(), *own[2].number());
                EXPECT_GE(*box[3].number(), *own[3].number());
            }
        }
    }
    EXPECT_TRUE(at(json("/collections/nothing"), "extent").is_null());
}

// /req/core/sfc-md-op, /req/core/sfc-md-success: the same content as the entry of the list
TEST_P(FeaturesCore, SfcMdSuccess) {
    for (const Json& entry : elements(json("/collections"), "collections")) {
        EXPECT_EQ(codec::to_text(json("/collections/" + text_at(entry, "id"))), codec::to_text(entry));
    }
    EXPECT_EQ(get("/collections/none").status, 404);
}

// /req/core/fc-op, /req/core/fc-response
TEST_P(FeaturesCore, FcResponse) {
    EXPECT_THAT(ids_of(json("/collections/plants/items")),
                testing::ElementsAre("P-0", "P-1", "P-2", "P-3", "P-4", "P-5"));
    EXPECT_EQ(get("/collections/none/items").status, 404);
}

// /req/core/fc-limit-definition, /req/core/fc-limit-response-1
TEST_P(FeaturesCore, FcLimitResponse) {
    EXPECT_EQ(ids_of(json("/collections/plants/items?limit=2")).size(), 2U);
    EXPECT_EQ(ids_of(json("/collections/plants/items?limit=1000000000")).size(), 6U);
    EXPECT_EQ(ids_of(json("/collections/plants/items?limit=100000000000000000000000")).size(), 6U);
}

// /req/core/fc-bbox-definition, /req/core/fc-bbox-response: only features that meet the box, and those without geometry
TEST_P(FeaturesCore, FcBboxResponse) {
    const codec::JsonArray point = elements(json("/collections/plants/items/P-5"), "geometry/coordinates");
    const double x = *point[0].number();
    const double y = *point[1].number();
    const std::string around = std::to_string(x - 1e-5) + "," + std::to_string(y - 1e-5) + "," +
                               std::to_string(x + 1e-5) + "," + std::to_string(y + 1e-5);
    EXPECT_THAT(ids_of(json("/collections/plants/items?bbox=" + around)), testing::ElementsAre("P-0", "P-5"));
    const std::string with_heights = std::to_string(x - 1e-5) + "," + std::to_string(y - 1e-5) + ",-100," +
                                     std::to_string(x + 1e-5) + "," + std::to_string(y + 1e-5) + ",100";
    EXPECT_THAT(ids_of(json("/collections/plants/items?bbox=" + with_heights)), testing::ElementsAre("P-0", "P-5"));
    // The box of B-1 reaches here, its triangle does not.
    const codec::JsonArray triangle = elements(json("/collections/areas/items/B-1"), "bbox");
    const double east = *triangle[2].number();
    const double north = *triangle[3].number();
    const std::string corner = std::to_string(east - 1e-4) + "," + std::to_string(north - 1e-4) + "," +
                               std::to_string(east) + "," + std::to_string(north);
    EXPECT_THAT(ids_of(json("/collections/areas/items?bbox=" + corner)), testing::IsEmpty());
}

// 7.15.3: boxes across the antimeridian and at the poles are legal
TEST_P(FeaturesCore, FcBboxAntimeridian) {
    EXPECT_THAT(ids_of(json("/collections/plants/items?bbox=177,65,-177,70")), testing::ElementsAre("P-0"));
    EXPECT_EQ(ids_of(json("/collections/plants/items?bbox=100,-90,-100,90")).size(), 6U);
    EXPECT_EQ(ids_of(json("/collections/plants/items?bbox=-180,-90,180,90")).size(), 6U);
    EXPECT_EQ(get("/collections/plants/items?bbox=-180,85,180,90").status, 200);
}

// /req/core/fc-time-definition, /req/core/fc-time-response: features without time match
TEST_P(FeaturesCore, FcTimeResponse) {
    for (const char* datetime : {"2026-03-31T00:00:00Z", "2026-01-01/2026-12-31", "../2026-12-31T00:00:00Z",
                                 "2026-01-01T00:00:00%2B07:00/.."}) {
        EXPECT_EQ(ids_of(json("/collections/plants/items?datetime=" + std::string(datetime))).size(), 6U) << datetime;
    }
}

// 7.15.5: parameters for filtering on feature properties
TEST_P(FeaturesCore, FcFilters) {
    EXPECT_THAT(ids_of(json("/collections/plants/items?name=hai")), testing::ElementsAre("P-2"));
    EXPECT_EQ(get("/collections/areas/items?owner=Tr%E1%BA%A7n%20B").status, 400);
}

// /req/core/fc-links, /req/core/fc-rel-type
TEST_P(FeaturesCore, FcLinks) {
    const Json page = json("/collections/plants/items?limit=2&name=hai");
    EXPECT_EQ(links_with(page, "self").size(), 1U);
    EXPECT_FALSE(links_with(page, "alternate").empty());
    for (const Json& link : elements(page, "links")) {
        EXPECT_NE(text_at(link, "type"), "");
        EXPECT_EQ(follow(text_at(link, "href")).status, 200);
    }
    EXPECT_TRUE(links_with(page, "next").empty());
}

// 7.15.6: following `next` gives every feature once
TEST_P(FeaturesCore, FcNext) {
    std::vector<std::string> all;
    std::string href = "http://x/collections/plants/items?limit=2";
    while (!href.empty() && all.size() < 100) {
        const http::Response response = follow(href);
        ASSERT_EQ(response.status, 200);
        const Json page = test::json_of(response);
        const std::vector<std::string> ids = ids_of(page);
        all.insert(all.end(), ids.begin(), ids.end());
        const codec::JsonArray next = links_with(page, "next");
        href = next.empty() ? "" : text_at(next.front(), "href");
    }
    EXPECT_THAT(all, testing::ElementsAre("P-0", "P-1", "P-2", "P-3", "P-4", "P-5"));
}

// /req/core/fc-timeStamp, /req/core/fc-numberMatched, /req/core/fc-numberReturned
TEST_P(FeaturesCore, FcNumbers) {
    const Json page = json("/collections/plants/items?limit=4");
    EXPECT_EQ(at(page, "numberMatched").integer(), 6);
    EXPECT_EQ(at(page, "numberReturned").integer(), 4);
    EXPECT_TRUE(Timestamp::parse(text_at(page, "timeStamp")).ok());
    const Json filtered = json("/collections/plants/items?name=hai");
    EXPECT_EQ(at(filtered, "numberMatched").integer(), 1);
}

// /req/core/f-op, /req/core/f-success, /req/core/f-links
TEST_P(FeaturesCore, FLinks) {
    const Json feature = json("/collections/areas/items/A-1");
    EXPECT_EQ(text_at(feature, "id"), "A-1");
    for (const char* relation : {"self", "alternate", "collection"}) {
        const codec::JsonArray links = links_with(feature, relation);
        ASSERT_FALSE(links.empty()) << relation;
        for (const Json& link : links) {
            EXPECT_NE(text_at(link, "type"), "");
            EXPECT_EQ(follow(text_at(link, "href")).status, 200);
        }
    }
    EXPECT_EQ(get("/collections/areas/items/none").status, 404);
}

// /req/geojson/definition, /req/geojson/content
TEST_P(FeaturesCore, Geojson) {
    for (const char* target : {"/collections/areas/items", "/collections/areas/items/A-1"}) {
        const http::Response response = get(target, {{"accept", "application/geo+json"}});
        EXPECT_EQ(response.header("Content-Type"), "application/geo+json");
    }
    const Json page = json("/collections/areas/items");
    EXPECT_EQ(text_at(page, "type"), "FeatureCollection");
    for (const Json& feature : elements(page, "features")) {
        EXPECT_EQ(text_at(feature, "type"), "Feature");
        EXPECT_NE(feature.find("geometry"), nullptr);
        EXPECT_NE(feature.find("properties"), nullptr);
    }
}

// /req/html/definition, /req/html/content
TEST_P(FeaturesCore, Html) {
    for (const char* target : {"/", "/conformance", "/api", "/collections", "/collections/areas",
                               "/collections/areas/items", "/collections/areas/items/A-1"}) {
        const http::Response response = get(target, {{"accept", "text/html"}});
        EXPECT_EQ(response.status, 200) << target;
        EXPECT_EQ(response.header("Content-Type"), "text/html; charset=utf-8") << target;
        EXPECT_THAT(response.body, testing::StartsWith("<!DOCTYPE html>")) << target;
        EXPECT_THAT(response.body, HasSubstr("href=\"")) << target;
    }
}

// /req/oas30/oas-definition-1, -2, /req/oas30/oas-impl, /req/oas30/completeness: each path of the document answers
TEST_P(FeaturesCore, Oas30) {
    const Json api = json("/api");
    EXPECT_THAT(text_at(api, "openapi"), testing::StartsWith("3.0."));
    EXPECT_NE(text_at(api, "info/title"), "");
    const auto replaced = [](std::string path, std::string_view name, std::string_view value) {
        const std::size_t place = path.find(name);
        return place == std::string::npos ? path : path.replace(place, name.size(), value);
    };
    for (const auto& [path, item] : *api.find("paths")->object()) {
        if (item.find("get") == nullptr) {
            continue;
        }
        std::string target = replaced(replaced(replaced(path, "{collectionId}", "plants"), "{featureId}", "P-1"),
                                      "{tileMatrixSetId}", "WebMercatorQuad");
        target = replaced(replaced(replaced(target, "{tileMatrix}", "0"), "{tileRow}", "0"), "{tileCol}", "0");
        EXPECT_EQ(get(target).status, 200) << target;
    }
    const Json box = at(api, "components/parameters/bbox/schema");
    EXPECT_EQ(at(box, "minItems").integer(), 4);
    EXPECT_EQ(at(box, "maxItems").integer(), 6);
}

}  // namespace
}  // namespace ranh::conformance
