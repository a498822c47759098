#include "spatial/codec/mvt.hpp"
#include "spatial/codec/mvt_format.hpp"

#include <protozero/pbf_reader.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace ranh::codec {
namespace {

using geom::Geometry;
using geom::GeometryType;
using geom::Point;
using mvt::Cell;
using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;
using protozero::tag_and_type;

[[noreturn]] void fail(const std::string& sentence) {
    throw Failure(ErrorKind::corrupt_input, sentence, "vector tile");
}

/// Command and parameter integers of one feature, read one by one.
class CommandReader {
public:
    explicit CommandReader(std::vector<std::uint32_t> words) : m_words(std::move(words)) {}

    [[nodiscard]] bool at_end() const { return m_next == m_words.size(); }
    /// The next command integer, which must be `id`; its count is never larger than the parameters that are left.
    std::uint32_t expect(mvt::Command id) {
        if (at_end() || (m_words[m_next] & 7U) != id) {
            fail("a geometry does not have command " + std::to_string(id) + " where 4.3.4 asks for it");
        }
        const std::uint32_t count = m_words[m_next++] >> 3U;
        const std::size_t parameters = id == mvt::close_path ? 0 : 2;
        if (count * parameters > m_words.size() - m_next) {
            fail("a geometry command counts more parameters than there are");
        }
        return count;
    }
    [[nodiscard]] bool next_is(mvt::Command id) const { return !at_end() && (m_words[m_next] & 7U) == id; }
    Cell move() {
        m_cursor.x += protozero::decode_zigzag32(m_words[m_next]);
        m_cursor.y += protozero::decode_zigzag32(m_words[m_next + 1]);
        m_next += 2;
        constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
        if (std::abs(m_cursor.x) > most || std::abs(m_cursor.y) > most) {
            fail("a position lies outside 32-bit tile units");
        }
        return m_cursor;
    }

private:
    std::vector<std::uint32_t> m_words;
    std::size_t m_next = 0;
    Cell m_cursor;
};

Point to_point(const Cell& cell) { return {static_cast<double>(cell.x), static_cast<double>(cell.y)}; }

/// 4.3.4.2
Geometry read_points(CommandReader& reader) {
    const std::uint32_t count = reader.expect(mvt::move_to);
    if (count == 0) {
        fail("a point feature has no point (4.3.4.2)");
    }
    Geometry geometry(count == 1 ? GeometryType::point : GeometryType::multi_point);
    for (std::uint32_t i = 0; i < count; ++i) {
        geometry.add_point(to_point(reader.move()));
        geometry.end_path();
        geometry.end_part();
    }
    return geometry;
}

/// MoveTo 1, LineTo of at least `least`, no segment of length 0.
std::vector<Cell> read_path(CommandReader& reader, std::uint32_t least) {
    if (reader.expect(mvt::move_to) != 1) {
        fail("a line or ring starts with one MoveTo of count 1 (4.3.4.3, 4.3.4.4)");
    }
    std::vector<Cell> cells{reader.move()};
    const std::uint32_t count = reader.expect(mvt::line_to);
    if (count < least) {
        fail("a line has one LineTo at least, a ring two (4.3.4.3, 4.3.4.4)");
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        const Cell cell = reader.move();
        if (cell == cells.back()) {
            fail("a LineTo goes nowhere (4.3.3.2)");
        }
        cells.push_back(cell);
    }
    return cells;
}

void add_path(Geometry& geometry, std::span<const Cell> cells) {
    for (const Cell& cell : cells) {
        geometry.add_point(to_point(cell));
    }
}

Geometry read_lines(CommandReader& reader) {
    Geometry geometry(GeometryType::line_string);
    std::size_t count = 0;
    while (!reader.at_end() || count == 0) {
        add_path(geometry, read_path(reader, 1));
        geometry.end_path();
        geometry.end_part();
        ++count;
    }
    geometry.set_type(count == 1 ? GeometryType::line_string : GeometryType::multi_line_string);
    return geometry;
}

/// 4.3.4.4: rings of positive area begin a polygon, those of negative area are holes of the polygon begun last.
Geometry read_polygons(CommandReader& reader) {
    Geometry geometry(GeometryType::polygon);
    std::size_t polygons = 0;
    while (!reader.at_end() || polygons == 0) {
        const std::vector<Cell> ring = read_path(reader, 2);
        if (reader.expect(mvt::close_path) != 1) {
            fail("ClosePath has count 1 (4.3.3.3)");
        }
        const int area = mvt::sign_of_area(ring);
        if (area == 0) {
            fail("a ring has no area, so that it is neither exterior nor interior (4.3.4.4)");
        }
        if (area < 0 && polygons == 0) {
            fail("the first ring of a polygon has negative area (4.3.4.4)");
        }
        if (ring.front() == ring.back()) {
            fail("the last point of a ring repeats the first before ClosePath (4.3.4.4)");
        }
        if (area > 0) {
            if (polygons > 0) {
                geometry.end_part();
            }
            ++polygons;
        }
        add_path(geometry, ring);
        geometry.add_point(to_point(ring.front()));
        geometry.end_path();
    }
    geometry.end_part();
    geometry.set_type(polygons == 1 ? GeometryType::polygon : GeometryType::multi_polygon);
    return geometry;
}

Geometry read_geometry(std::int32_t type, std::vector<std::uint32_t> words) {
    CommandReader reader(std::move(words));
    Geometry geometry;
    switch (type) {
        case 1: geometry = read_points(reader); break;
        case 2: geometry = read_lines(reader); break;
        case 3: geometry = read_polygons(reader); break;
        default: fail("a feature has geometry type " + std::to_string(type) + "; 1, 2 and 3 are known (4.3.4)");
    }
    if (!reader.at_end()) {
        fail("commands are left over after a geometry (4.3.4)");
    }
    return geometry;
}

model::Value unsigned_value(std::uint64_t value) {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return value <= most ? model::Value(static_cast<std::int64_t>(value)) : model::Value(static_cast<double>(value));
}

/// 4.4; a bool is read as a varint, because get_bool() of protozero before 1.8.1 reads past truncated input.
model::Value read_value(data_view message) {
    pbf_reader reader(message);
    model::Value value;
    int count = 0;
    while (reader.next()) {
        ++count;
        switch (reader.tag_and_type()) {
            case tag_and_type(mvt::value_string, pbf_wire_type::length_delimited): value = reader.get_string(); break;
            case tag_and_type(mvt::value_float, pbf_wire_type::fixed32):
                value = static_cast<double>(reader.get_float());
                break;
            case tag_and_type(mvt::value_double, pbf_wire_type::fixed64): value = reader.get_double(); break;
            case tag_and_type(mvt::value_int, pbf_wire_type::varint): value = reader.get_int64(); break;
            case tag_and_type(mvt::value_uint, pbf_wire_type::varint):
                value = unsigned_value(reader.get_uint64());
                break;
            case tag_and_type(mvt::value_sint, pbf_wire_type::varint): value = reader.get_sint64(); break;
            case tag_and_type(mvt::value_bool, pbf_wire_type::varint): value = reader.get_uint64() != 0; break;
            default: fail("a value has an unknown field (4.1)");
        }
    }
    if (count != 1) {
        fail("a value holds " + std::to_string(count) + " fields instead of one (4.1)");
    }
    return value;
}

struct RawLayer {
    MvtLayer layer;
    std::uint32_t version = 1;
    bool has_name = false;
    std::vector<std::string> keys;
    std::vector<model::Value> values;
    std::vector<data_view> features;
};

std::vector<std::uint32_t> read_words(pbf_reader& reader) {
    const auto range = reader.get_packed_uint32();
    return {range.begin(), range.end()};
}

MvtFeature read_feature(data_view message, const RawLayer& raw) {
    pbf_reader reader(message);
    std::vector<std::uint32_t> tags;
    std::vector<std::uint32_t> words;
    std::int32_t type = 0;
    bool has_geometry = false;
    while (reader.next()) {
        switch (reader.tag_and_type()) {
            case tag_and_type(mvt::feature_tags, pbf_wire_type::length_delimited): tags = read_words(reader); break;
            case tag_and_type(mvt::feature_type, pbf_wire_type::varint): type = reader.get_enum(); break;
            case tag_and_type(mvt::feature_geometry, pbf_wire_type::length_delimited):
                words = read_words(reader);
                has_geometry = true;
                break;
            default: reader.skip();
        }
    }
    if (!has_geometry) {
        fail("a feature has no geometry field (4.2)");
    }
    if (tags.size() % 2 != 0) {
        fail("a feature has an odd number of tags (4.4)");
    }
    MvtFeature feature;
    feature.geometry = read_geometry(type, std::move(words));
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i < tags.size(); i += 2) {
        if (tags[i] >= raw.keys.size() || tags[i + 1] >= raw.values.size()) {
            fail("a tag points outside the keys or values of its layer (4.4)");
        }
        if (!seen.insert(tags[i]).second) {
            fail("a feature has key '" + raw.keys[tags[i]] + "' twice (4.4)");
        }
        feature.attributes.emplace_back(raw.keys[tags[i]], raw.values[tags[i + 1]]);
    }
    return feature;
}

MvtLayer read_layer(data_view message) {
    pbf_reader reader(message);
    RawLayer raw;
    raw.layer.extent = mvt::default_extent;
    while (reader.next()) {
        switch (reader.tag_and_type()) {
            case tag_and_type(mvt::layer_version, pbf_wire_type::varint): raw.version = reader.get_uint32(); break;
            case tag_and_type(mvt::layer_name, pbf_wire_type::length_delimited):
                raw.layer.name = reader.get_string();
                raw.has_name = true;
                break;
            case tag_and_type(mvt::layer_features, pbf_wire_type::length_delimited):
                raw.features.push_back(reader.get_view());
                break;
            case tag_and_type(mvt::layer_keys, pbf_wire_type::length_delimited):
                raw.keys.push_back(reader.get_string());
                break;
            case tag_and_type(mvt::layer_values, pbf_wire_type::length_delimited):
                raw.values.push_back(read_value(reader.get_view()));
                break;
            case tag_and_type(mvt::layer_extent, pbf_wire_type::varint): raw.layer.extent = reader.get_uint32(); break;
            default: reader.skip();
        }
    }
    if (raw.version != mvt::version) {
        fail("a layer has version " + std::to_string(raw.version) + "; 2 is expected (4.1)");
    }
    if (!raw.has_name || raw.layer.extent == 0) {
        fail("a layer has no name, or extent 0 (4.1)");
    }
    for (const data_view& feature : raw.features) {
        raw.layer.features.push_back(read_feature(feature, raw));
    }
    return std::move(raw.layer);
}

std::vector<MvtLayer> read_tile(std::string_view bytes) {
    pbf_reader reader(bytes.data(), bytes.size());
    std::vector<MvtLayer> layers;
    std::set<std::string> names;
    while (reader.next()) {
        if (reader.tag_and_type() != tag_and_type(mvt::tile_layers, pbf_wire_type::length_delimited)) {
            reader.skip();
            continue;
        }
        layers.push_back(read_layer(reader.get_view()));
        if (!names.insert(layers.back().name).second) {
            fail("layer name '" + layers.back().name + "' stands twice in the tile (4.1)");
        }
    }
    return layers;
}

}  // namespace

Result<std::vector<MvtLayer>> parse_mvt(std::string_view bytes) {
    try {
        return read_tile(bytes);
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const protozero::exception& exception) {
        return Error{ErrorKind::corrupt_input, std::string("no protocol buffer message: ") + exception.what(),
                     "vector tile"};
    }
}

}  // namespace ranh::codec
