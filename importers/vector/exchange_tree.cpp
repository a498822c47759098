#include "importers/vector/exchange_tree.hpp"

#include "importers/vector/gdal_support.hpp"
#include "spatial/base/error.hpp"

#include <cpl_conv.h>
#include <cpl_minixml.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ranh::vector::detail {

namespace {

struct XmlDestroyer {
    void operator()(CPLXMLNode* node) const noexcept { CPLDestroyXMLNode(node); }
};
using Xml = std::unique_ptr<CPLXMLNode, XmlDestroyer>;

constexpr int deepest = 100;

std::string local_name(const char* name) {
    const std::string whole = name;
    const auto colon = whole.find(':');
    return colon == std::string::npos ? whole : whole.substr(colon + 1);
}

bool is_gml_geometry(const std::string& name) {
    constexpr std::array<std::string_view, 6> names = {"Polygon", "MultiPolygon",  "MultiSurface",
                                                       "Surface", "MultiGeometry", "Point"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

codec::Json gml_of(CPLXMLNode* element) {
    // The siblings of an element are written with it, so they are taken away for a moment.
    CPLXMLNode* next = element->psNext;
    element->psNext = nullptr;
    char* text = CPLSerializeXMLTree(element);
    element->psNext = next;
    codec::Json gml{codec::JsonObject()};
    gml.add("gml", std::string(text == nullptr ? "" : text));
    CPLFree(text);
    return gml;
}

/// Adds a member; a second one of that name makes both an array.
void add_member(codec::JsonObject& object, const std::string& name, codec::Json value) {
    const auto known = std::find_if(object.begin(), object.end(),
                                    [&](const codec::JsonMember& member) { return member.first == name; });
    if (known == object.end()) {
        object.emplace_back(name, std::move(value));
    } else if (known->second.is_array()) {
        known->second.push(std::move(value));
    } else {
        codec::Json list{codec::JsonArray()};
        list.push(std::move(known->second));
        list.push(std::move(value));
        known->second = std::move(list);
    }
}

// NOLINTNEXTLINE(misc-no-recursion): to a depth that is checked
codec::Json value_of(CPLXMLNode* element, int depth, const std::string& file_name) {
    if (depth > deepest) {
        throw Failure(ErrorKind::corrupt_input, fmt::format("elements are nested deeper than {}", deepest), file_name);
    }
    codec::JsonObject object;
    std::string text;
    for (CPLXMLNode* child = element->psChild; child != nullptr; child = child->psNext) {
        const std::string name = local_name(child->pszValue);
        if (child->eType == CXT_Text) {
            text += child->pszValue;
        } else if (child->eType == CXT_Attribute) {
            add_member(object, name, child->psChild == nullptr ? "" : child->psChild->pszValue);
        } else if (child->eType == CXT_Element) {
            add_member(object, name, is_gml_geometry(name) ? gml_of(child) : value_of(child, depth + 1, file_name));
        }
    }
    return object.empty() ? codec::Json(text) : codec::Json(std::move(object));
}

}  // namespace

codec::Json tree_of_xml(const std::string& xml, const std::string& file_name) {
    const GdalMessages messages;
    const Xml root(CPLParseXMLString(xml.c_str()));
    if (!root) {
        throw Failure(ErrorKind::corrupt_input, fmt::format("the file is no XML: {}; export it again", messages.last()),
                      file_name);
    }
    codec::JsonObject object;
    for (CPLXMLNode* node = root.get(); node != nullptr; node = node->psNext) {
        const std::string name = local_name(node->pszValue);
        if (node->eType == CXT_Element && !name.starts_with('?')) {
            add_member(object, name, value_of(node, 1, file_name));
        }
    }
    return object;
}

}  // namespace ranh::vector::detail
