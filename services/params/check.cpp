#include "services/params/check.hpp"

#include "spatial/codec/geojson.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ranh::params {
namespace {

using codec::Json;

constexpr std::array<std::string_view, 12> input_names{"geometry",   "corners", "feature",  "crs",
                                                       "inner_ring", "layers",  "min_area", "min_share",
                                                       "near",       "at",      "known_at", "geometry_of_overlaps"};
constexpr codec::JsonLimits body_limits{std::size_t{16} << 20U, 32};
constexpr std::size_t most_layers = 100;

[[noreturn]] void fail(std::string sentence, std::string_view input) {
    throw Failure(ErrorKind::invalid_argument, std::move(sentence), std::string(input));
}

std::string text_of(const Json& json, std::string_view input) {
    const auto text = json.string();
    if (!text) {
        fail("expected text", input);
    }
    return std::string(*text);
}

double number_between(const Json& json, std::string_view input, double least, double most) {
    const auto number = json.number();
    if (!number || !std::isfinite(*number) || *number < least || *number > most) {
        fail("expected a number from " + codec::to_text(Json(least)) + " to " + codec::to_text(Json(most)), input);
    }
    return *number;
}

/// Names an EPSG code: "EPSG:5899", "urn:ogc:def:crs:EPSG::5899", "http://www.opengis.net/def/crs/EPSG/0/5899"; CRS84
/// in any form.
crs::Crs named_crs(std::string_view name) {
    if (name.find("CRS84") != std::string_view::npos) {
        return crs::wgs84();
    }
    const std::size_t last = name.find_last_of(":/");
    const bool registry = name.find("EPSG") != std::string_view::npos && last != std::string_view::npos;
    auto system = crs::Crs::parse(registry ? "EPSG:" + std::string(name.substr(last + 1)) : std::string(name));
    if (!system) {
        fail(system.error().sentence, "crs");
    }
    return system.value();
}

/// The member "crs" of GeoJSON 2008, which desktop programs still write; RFC 7946 dropped it and means WGS 84.
std::optional<crs::Crs> member_crs(const Json& geometry) {
    const Json* member = geometry.find("crs");
    const Json* properties = member == nullptr ? nullptr : member->find("properties");
    const Json* name = properties == nullptr ? nullptr : properties->find("name");
    return name == nullptr || !name->string() ? std::nullopt : std::optional(named_crs(*name->string()));
}

/// What is asked for by the input "crs"; nothing for "auto".
std::optional<crs::Crs> asked_crs(const Json& inputs) {
    const Json* input = inputs.find("crs");
    if (input == nullptr || input->is_null() || text_of(*input, "crs") == "auto") {
        return std::nullopt;
    }
    return named_crs(text_of(*input, "crs"));
}

void require_on_globe(const geom::Geometry& geometry) {
    for (const geom::Point& p : geometry.points()) {
        if (std::abs(p.x) <= 180.0 && std::abs(p.y) <= 90.0) {
            continue;
        }
        const std::string found = "position [" + codec::to_text(Json(p.x)) + ", " + codec::to_text(Json(p.y)) + "]";
        if (std::abs(p.x) <= 90.0 && std::abs(p.y) <= 180.0) {
            fail(found + " has latitude before longitude (X/Y đảo); GeoJSON is longitude, latitude", "geometry");
        }
        fail(found + R"( is not in degrees; name the system of metres with "crs": "EPSG:n", x = easting)", "geometry");
    }
}

OutlineText read_geometry(const Json& geometry, const Json& inputs) {
    OutlineText outline;
    outline.options.crs = asked_crs(inputs);
    if (!outline.options.crs) {
        outline.options.crs = member_crs(geometry);
    }
    const auto features = codec::parse_geojson(geometry);
    if (!features) {
        throw Failure(features.error());
    }
    for (const codec::GeoJsonFeature& feature : features.value()) {
        if (feature.geometry && (!outline.options.crs || outline.options.crs->is_geographic())) {
            require_on_globe(*feature.geometry);
        }
    }
    outline.text = codec::to_text(geometry);
    return outline;
}

OutlineText read_corners(const Json& corners, const Json& inputs) {
    OutlineText outline;
    outline.text = text_of(corners, "corners");
    const std::size_t first = outline.text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || outline.text[first] == '{') {
        fail("expected corner rows: number, X (northing), Y (easting)", "corners");
    }
    outline.options.crs = asked_crs(inputs);
    if (const Json* ring = inputs.find("inner_ring"); ring != nullptr && !ring->is_null()) {
        auto choice = pipeline::parse_inner_ring(text_of(*ring, "inner_ring"));
        if (!choice) {
            fail(choice.error().sentence, "inner_ring");
        }
        outline.options.inner_ring = choice.value();
    }
    return outline;
}

LayerId layer_of(const Json& json, std::string_view input) {
    auto layer = LayerId::parse(text_of(json, input));
    if (!layer) {
        fail(layer.error().sentence, input);
    }
    return std::move(layer).value();
}

FeatureChoice read_feature(const Json& feature, const Json& inputs) {
    const Json* collection = feature.find("collection");
    const Json* id = feature.find("id");
    if (collection == nullptr || id == nullptr) {
        fail(R"(expected {"collection": "projects", "id": "DA-01"})", "feature");
    }
    if (asked_crs(inputs)) {
        fail("a feature of a collection has its coordinate system already; leave \"crs\" out", "crs");
    }
    return {layer_of(*collection, "feature.collection"), FeatureId(text_of(*id, "feature.id"))};
}

std::variant<OutlineText, FeatureChoice> read_subject(const Json& inputs) {
    const Json* geometry = inputs.find("geometry");
    const Json* corners = inputs.find("corners");
    const Json* feature = inputs.find("feature");
    const int given = static_cast<int>(geometry != nullptr) + static_cast<int>(corners != nullptr) +
                      static_cast<int>(feature != nullptr);
    if (given != 1) {
        fail("expected exactly one of geometry, corners and feature, found " + std::to_string(given), "inputs");
    }
    if (geometry != nullptr) {
        return read_geometry(*geometry, inputs);
    }
    if (corners != nullptr) {
        return read_corners(*corners, inputs);
    }
    return read_feature(*feature, inputs);
}

std::vector<LayerId> read_layers(const Json& json) {
    if (json.array() == nullptr || json.array()->size() > most_layers) {
        fail("expected an array of at most 100 layer names", "layers");
    }
    std::vector<LayerId> layers;
    for (const Json& element : *json.array()) {
        layers.push_back(layer_of(element, "layers"));
    }
    return layers;
}

bool boolean_of(const Json& json, std::string_view input) {
    const auto value = json.boolean();
    if (!value) {
        fail("expected true or false", input);
    }
    return *value;
}

template <typename Moment>
Moment moment_of(const Json& json, std::string_view input) {
    auto moment = Moment::parse(text_of(json, input));
    if (!moment) {
        fail(moment.error().sentence, input);
    }
    return moment.value();
}

void read_option(std::string_view name, const Json& value, CheckInputs& inputs) {
    constexpr double any_area_m2 = 1e12;
    if (value.is_null()) {
        return;
    }
    if (name == "layers") {
        inputs.layers = read_layers(value);
    } else if (name == "min_area") {
        inputs.options.min_area = SquareMetres(number_between(value, name, 0.0, any_area_m2));
    } else if (name == "min_share") {
        inputs.options.min_share = number_between(value, name, 0.0, 1.0);
    } else if (name == "near") {
        inputs.options.near = Metres(number_between(value, name, 0.0, most_near_m));
    } else if (name == "at") {
        inputs.at = moment_of<Date>(value, name);
    } else if (name == "known_at") {
        inputs.known_at = moment_of<Timestamp>(value, name);
    } else if (name == "geometry_of_overlaps" && boolean_of(value, name)) {
        inputs.options.geometry = overlay::OverlapGeometry::include;
    }
}

/// Members an execute request may have beside its inputs; only the one output of this process can be asked for, as it
/// is.
void check_members(const Json& body) {
    for (const auto& [name, value] : *body.object()) {
        const bool raw = name == "response" && value.string() == std::optional<std::string_view>("raw");
        if (name != "inputs" && name != "outputs" && !raw) {
            fail("unknown or unsupported member '" + name +
                     R"(' of the request; it has "inputs" and, if wished, "response": "raw")",
                 "body");
        }
    }
}

CheckInputs read_inputs(const Json& body) {
    if (body.object() == nullptr) {
        fail(R"(expected an object {"inputs": {...}})", "body");
    }
    check_members(body);
    const Json* inputs = body.find("inputs");
    if (inputs == nullptr || inputs->object() == nullptr) {
        fail(R"(expected an object {"inputs": {...}})", "body");
    }
    for (const auto& [name, value] : *inputs->object()) {
        if (std::find(input_names.begin(), input_names.end(), name) == input_names.end()) {
            fail(
                "unknown input '" + name + "'; the process description at /processes/overlap-check lists all there are",
                "inputs");
        }
    }
    CheckInputs result{read_subject(*inputs), {}, {}, {}, {}};
    for (const auto& [name, value] : *inputs->object()) {
        read_option(name, value, result);
    }
    return result;
}

}  // namespace

Result<CheckInputs> parse_check(std::string_view body) {
    const auto json = codec::parse_json(body, body_limits);
    if (!json) {
        return json.error();
    }
    try {
        return read_inputs(json.value());
    } catch (const Failure& failure) {
        return failure.error();
    }
}

}  // namespace ranh::params
