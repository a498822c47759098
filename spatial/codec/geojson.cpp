#include "spatial/codec/geojson.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ranh::codec {
namespace {

using geom::Geometry;
using geom::GeometryType;
using geom::GeometryView;
using geom::Point;

class Rounding {
public:
    explicit Rounding(int digits) : m_factor(digits < 0 ? 0.0 : std::pow(10.0, digits)) {}
    [[nodiscard]] double operator()(double value) const {
        return m_factor == 0.0 ? value : std::round(value * m_factor) / m_factor;
    }

private:
    double m_factor;
};

Json position(Point p, const Rounding& round) { return JsonArray{Json(round(p.x)), Json(round(p.y))}; }

Json path(std::span<const Point> points, const Rounding& round) {
    JsonArray array;
    array.reserve(points.size());
    for (const Point& p : points) {
        array.push_back(position(p, round));
    }
    return array;
}

Json part(const GeometryView& geometry, std::size_t i, const Rounding& round) {
    const auto [first, end] = geometry.part(i);
    switch (geom::dimension(geometry.type)) {
        case 0: return position(geometry.path(first).front(), round);
        case 1: return path(geometry.path(first), round);
        default: break;
    }
    JsonArray rings;
    for (std::size_t ring = first; ring < end; ++ring) {
        rings.push_back(path(geometry.path(ring), round));
    }
    return rings;
}

Error wrong(std::string_view what) {
    return Error{ErrorKind::corrupt_input, fmt::format("GeoJSON: {} (RFC 7946)", what), {}};
}

/// Reads coordinate arrays; the first fault stops it.
class CoordinateReader {
public:
    explicit CoordinateReader(GeometryType type) : m_geometry(type) {}

    bool point(const Json& json) {
        if (!position(json)) {
            return false;
        }
        m_geometry.end_path();
        return true;
    }
    bool path(const Json& json, std::size_t least) {
        const JsonArray* points = json.array();
        if (points == nullptr || points->size() < least) {
            return fail(fmt::format("a line or ring needs an array of at least {} positions", least));
        }
        for (const Json& p : *points) {
            if (!position(p)) {
                return false;
            }
        }
        m_geometry.end_path();
        return true;
    }
    bool polygon(const Json& json) {
        const JsonArray* rings = json.array();
        if (rings == nullptr || rings->empty()) {
            return fail("a polygon needs an array of rings, and at least one");
        }
        for (const Json& ring : *rings) {
            if (!path(ring, 3)) {
                return false;
            }
        }
        return true;
    }
    bool part(const Json& json) {
        bool read = false;
        switch (geom::dimension(m_geometry.type())) {
            case 0: read = point(json); break;
            case 1: read = path(json, 2); break;
            default: read = polygon(json); break;
        }
        if (read) {
            m_geometry.end_part();
        }
        return read;
    }
    bool parts(const Json& json) {
        const JsonArray* array = json.array();
        if (array == nullptr || array->empty()) {
            return fail("a Multi geometry needs an array of parts, and at least one");
        }
        for (const Json& element : *array) {
            if (!part(element)) {
                return false;
            }
        }
        return true;
    }
    [[nodiscard]] const std::string& failure() const { return m_failure; }
    [[nodiscard]] Geometry take() { return std::move(m_geometry); }

private:
    bool fail(std::string why) {
        m_failure = std::move(why);
        return false;
    }
    bool position(const Json& json) {
        const JsonArray* ordinates = json.array();
        if (ordinates == nullptr || ordinates->size() < 2) {
            return fail("a position needs at least two numbers");
        }
        const auto x = (*ordinates)[0].number();
        const auto y = (*ordinates)[1].number();
        if (!x || !y) {
            return fail("a position holds something that is not a number");
        }
        m_geometry.add_point({*x, *y});
        return true;
    }

    Geometry m_geometry;
    std::string m_failure;
};

std::optional<GeometryType> geometry_type(std::string_view name) {
    for (const GeometryType type :
         {GeometryType::point, GeometryType::line_string, GeometryType::polygon, GeometryType::multi_point,
          GeometryType::multi_line_string, GeometryType::multi_polygon}) {
        if (geom::to_string(type) == name) {
            return type;
        }
    }
    return std::nullopt;
}

bool is_multi(GeometryType type) {
    return type == GeometryType::multi_point || type == GeometryType::multi_line_string ||
           type == GeometryType::multi_polygon;
}

std::string id_text(const Json& json) {
    if (const auto text = json.string()) {
        return std::string(*text);
    }
    if (json.is_number()) {
        return to_text(json);
    }
    return {};
}

Result<GeoJsonFeature> parse_feature(const Json& json) {
    GeoJsonFeature feature;
    if (const Json* properties = json.find("properties"); properties != nullptr && properties->is_object()) {
        feature.properties = *properties->object();
        if (const Json* id = properties->find("id")) {
            feature.id = id_text(*id);
        }
    }
    if (const Json* id = json.find("id")) {
        feature.id = id_text(*id);
    }
    const Json* geometry = json.find("geometry");
    if (geometry == nullptr) {
        return wrong("a Feature has no member 'geometry'");
    }
    if (!geometry->is_null()) {
        Result<Geometry> parsed = parse_geojson_geometry(*geometry);
        if (!parsed) {
            return parsed.error();
        }
        feature.geometry = std::move(parsed).value();
    }
    return feature;
}

}  // namespace

Json to_geojson(const GeometryView& geometry, int digits) {
    const Rounding round(digits);
    Json json;
    json.add("type", geom::to_string(geometry.type));
    if (!is_multi(geometry.type)) {
        json.add("coordinates", part(geometry, 0, round));
        return json;
    }
    JsonArray parts;
    for (std::size_t i = 0; i < geometry.part_count(); ++i) {
        parts.push_back(part(geometry, i, round));
    }
    json.add("coordinates", std::move(parts));
    return json;
}

Result<Geometry> parse_geojson_geometry(const Json& json) {
    const Json* type_member = json.find("type");
    const auto name = type_member == nullptr ? std::nullopt : type_member->string();
    if (!name) {
        return wrong("a geometry needs a member 'type' of text");
    }
    if (*name == "GeometryCollection") {
        return Error{
            ErrorKind::unsupported, "GeoJSON: a GeometryCollection is not read; send its geometries one by one", {}};
    }
    const auto type = geometry_type(*name);
    if (!type) {
        return wrong(
            fmt::format("'{}' is no geometry type; expected Point, LineString, Polygon or their Multi forms", *name));
    }
    const Json* coordinates = json.find("coordinates");
    if (coordinates == nullptr) {
        return wrong("a geometry needs a member 'coordinates'");
    }
    CoordinateReader reader(*type);
    const bool read = is_multi(*type) ? reader.parts(*coordinates) : reader.part(*coordinates);
    if (!read) {
        return wrong(reader.failure());
    }
    return reader.take();
}

Result<std::vector<GeoJsonFeature>> parse_geojson(const Json& json) {
    const Json* type_member = json.find("type");
    const auto name = type_member == nullptr ? std::nullopt : type_member->string();
    if (!name) {
        return wrong("expected an object with a member 'type'");
    }
    std::vector<GeoJsonFeature> features;
    if (*name == "FeatureCollection") {
        const Json* members = json.find("features");
        if (members == nullptr || members->array() == nullptr) {
            return wrong("a FeatureCollection needs an array 'features'");
        }
        for (const Json& member : *members->array()) {
            Result<GeoJsonFeature> feature = parse_feature(member);
            if (!feature) {
                return feature.error();
            }
            features.push_back(std::move(feature).value());
        }
        return features;
    }
    if (*name == "Feature") {
        Result<GeoJsonFeature> feature = parse_feature(json);
        if (!feature) {
            return feature.error();
        }
        features.push_back(std::move(feature).value());
        return features;
    }
    Result<Geometry> geometry = parse_geojson_geometry(json);
    if (!geometry) {
        return geometry.error();
    }
    features.push_back(GeoJsonFeature{{}, std::move(geometry).value(), {}});
    return features;
}

}  // namespace ranh::codec
