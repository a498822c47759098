#include "services/present/openapi.hpp"

#include "spatial/codec/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace ranh::present {
namespace {

using codec::Json;

/// Every "$ref" below a value.
void collect_references(const Json& json, std::set<std::string>& found) {
    if (const auto* object = json.object()) {
        for (const auto& [name, value] : *object) {
            if (name == "$ref") {
                found.emplace(value.string().value());
            }
            collect_references(value, found);
        }
    } else if (const auto* array = json.array()) {
        for (const Json& element : *array) {
            collect_references(element, found);
        }
    }
}

TEST(Openapi, EveryReferencePointsIntoTheDocument) {
    const Json json = codec::parse_json(openapi_json("http://a")).value();
    std::set<std::string> references;
    collect_references(json, references);
    EXPECT_GT(references.size(), 15U);
    for (const std::string& reference : references) {
        ASSERT_TRUE(reference.starts_with("#/components/")) << reference;
        const std::size_t slash = reference.rfind('/');
        const Json* kind = json.find("components")->find(reference.substr(13, slash - 13));
        ASSERT_NE(kind, nullptr) << reference;
        EXPECT_NE(kind->find(reference.substr(slash + 1)), nullptr) << reference;
    }
}

TEST(Openapi, EveryPathParameterIsDeclared) {
    const Json json = codec::parse_json(openapi_json("http://a")).value();
    for (const auto& [path, item] : *json.find("paths")->object()) {
        const std::string declared = codec::to_text(item);
        for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
            const std::string name = path.substr(open + 1, path.find('}', open) - open - 1);
            EXPECT_THAT(declared, testing::HasSubstr("#/components/parameters/" + name)) << path;
        }
    }
}

TEST(Openapi, OperationIdsAreUnique) {
    const Json json = codec::parse_json(openapi_json("http://a")).value();
    std::set<std::string> ids;
    for (const auto& [path, item] : *json.find("paths")->object()) {
        for (const auto& [method, operation] : *item.object()) {
            EXPECT_TRUE(ids.emplace(operation.find("operationId")->string().value()).second);
        }
    }
}

TEST(OpenapiHtml, ListsThePaths) {
    EXPECT_THAT(openapi_html("http://a"), testing::HasSubstr("/collections/{collectionId}/items"));
}

}  // namespace
}  // namespace ranh::present
