#include "spatial/codec/mvt.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/codec/mvt_format.hpp"

#include <protozero/pbf_writer.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace ranh::codec {
namespace {

using geom::GeometryView;
using geom::Point;
using mvt::Cell;

std::int64_t whole(double value) {
    const double rounded = std::round(value);
    RANH_ASSERT(std::abs(rounded) <= 0x1p30);  // so that every step between two positions fits in 32 bits
    return static_cast<std::int64_t>(rounded);
}

/// The path on the grid, without repeated neighbours.
std::vector<Cell> on_grid(std::span<const Point> path) {
    std::vector<Cell> cells;
    cells.reserve(path.size());
    for (const Point& p : path) {
        const Cell cell{whole(p.x), whole(p.y)};
        if (cells.empty() || cells.back() != cell) {
            cells.push_back(cell);
        }
    }
    return cells;
}

/// A ring on the grid without closing point and without spikes that run out and back (a-b-a); empty when no area is
/// left.
std::vector<Cell> ring_on_grid(std::span<const Point> path) {
    std::vector<Cell> ring;
    for (const Cell& cell : on_grid(path)) {
        while (ring.size() >= 2 && ring[ring.size() - 2] == cell) {
            ring.pop_back();
        }
        if (ring.empty() || ring.back() != cell) {
            ring.push_back(cell);
        }
    }
    while (ring.size() > 1 && ring.back() == ring.front()) {
        ring.pop_back();
    }
    if (ring.size() < 3 || mvt::sign_of_area(ring) == 0) {
        ring.clear();
    }
    return ring;
}

/// Writes command and parameter integers (specification 4.3).
class GeometryWriter {
public:
    void point(const Cell& cell) {
        if (m_commands.empty()) {
            m_commands.push_back(0);  // the MoveTo; its count is set when all points are known
        }
        move(cell);
        ++m_points;
        m_commands[0] = mvt::command(mvt::move_to, m_points);
    }
    void line(std::span<const Cell> cells) {
        m_commands.push_back(mvt::command(mvt::move_to, 1));
        move(cells.front());
        m_commands.push_back(mvt::command(mvt::line_to, cells.size() - 1));
        for (const Cell& cell : cells.subspan(1)) {
            move(cell);
        }
    }
    void ring(std::span<const Cell> cells) {
        line(cells);
        m_commands.push_back(mvt::command(mvt::close_path, 1));
    }
    [[nodiscard]] const std::vector<std::uint32_t>& commands() const { return m_commands; }

private:
    void move(const Cell& to) {
        m_commands.push_back(protozero::encode_zigzag32(static_cast<std::int32_t>(to.x - m_cursor.x)));
        m_commands.push_back(protozero::encode_zigzag32(static_cast<std::int32_t>(to.y - m_cursor.y)));
        m_cursor = to;
    }
    std::vector<std::uint32_t> m_commands;
    std::size_t m_points = 0;
    Cell m_cursor;
};

/// Specification 4.3.4.4: an exterior ring has positive area (clockwise with y down), its interior rings negative area.
void write_polygon_part(const GeometryView& geometry, std::size_t part, GeometryWriter& out) {
    const auto [first, end] = geometry.part(part);
    for (std::size_t i = first; i < end; ++i) {
        std::vector<Cell> ring = ring_on_grid(geometry.path(i));
        const bool shell = i == first;
        if (ring.empty() && shell) {
            return;
        }
        if (ring.empty()) {
            continue;
        }
        if ((mvt::sign_of_area(ring) > 0) != shell) {
            std::reverse(ring.begin(), ring.end());
        }
        out.ring(ring);
    }
}

std::vector<std::uint32_t> commands_of(const GeometryView& geometry) {
    GeometryWriter out;
    switch (geom::dimension(geometry.type)) {
        case 0:
            for (std::size_t i = 0; i < geometry.path_count(); ++i) {
                const Point& p = geometry.path(i).front();
                out.point({whole(p.x), whole(p.y)});
            }
            break;
        case 1:
            for (std::size_t i = 0; i < geometry.path_count(); ++i) {
                const std::vector<Cell> cells = on_grid(geometry.path(i));
                if (cells.size() >= 2) {
                    out.line(cells);
                }
            }
            break;
        default:
            for (std::size_t i = 0; i < geometry.part_count(); ++i) {
                write_polygon_part(geometry, i, out);
            }
    }
    return out.commands();
}

struct ValueWriter {
    protozero::pbf_writer& out;
    void operator()(std::monostate) const {}
    void operator()(bool value) const { out.add_bool(mvt::value_bool, value); }
    void operator()(std::int64_t value) const {
        if (value < 0) {
            out.add_sint64(mvt::value_sint, value);
        } else {
            out.add_uint64(mvt::value_uint, static_cast<std::uint64_t>(value));
        }
    }
    void operator()(double value) const { out.add_double(mvt::value_double, value); }
    void operator()(const std::string& value) const { out.add_string(mvt::value_string, value); }
    void operator()(Date value) const { out.add_string(mvt::value_string, value.to_string()); }
};

std::string encoded_value(const model::Value& value) {
    std::string bytes;
    protozero::pbf_writer writer(bytes);
    std::visit(ValueWriter{writer}, value);
    return bytes;
}

/// Distinct texts in order of their first use.
class Dictionary {
public:
    std::uint32_t index_of(const std::string& text) {
        const auto [entry, added] = m_index.try_emplace(text, static_cast<std::uint32_t>(m_entries.size()));
        if (added) {
            m_entries.push_back(text);
        }
        return entry->second;
    }
    [[nodiscard]] const std::vector<std::string>& entries() const { return m_entries; }

private:
    std::unordered_map<std::string, std::uint32_t> m_index;
    std::vector<std::string> m_entries;
};

/// One layer message; empty when no feature has a geometry left (a layer should have one, 4.1).
std::string encoded_layer(const MvtLayer& layer) {
    std::string bytes;
    protozero::pbf_writer writer(bytes);
    writer.add_uint32(mvt::layer_version, mvt::version);
    writer.add_string(mvt::layer_name, layer.name);
    Dictionary keys;
    Dictionary values;
    std::size_t written = 0;
    for (const MvtFeature& feature : layer.features) {
        const std::vector<std::uint32_t> commands = commands_of(feature.geometry);
        if (commands.empty()) {
            continue;
        }
        std::vector<std::uint32_t> tags;
        for (const auto& [name, value] : feature.attributes) {
            if (!model::is_null(value)) {
                tags.push_back(keys.index_of(name));
                tags.push_back(values.index_of(encoded_value(value)));
            }
        }
        protozero::pbf_writer message(writer, mvt::layer_features);
        message.add_packed_uint32(mvt::feature_tags, tags.begin(), tags.end());
        message.add_enum(mvt::feature_type, geom::dimension(feature.geometry.type()) + 1);
        message.add_packed_uint32(mvt::feature_geometry, commands.begin(), commands.end());
        ++written;
    }
    if (written == 0) {
        return {};
    }
    for (const std::string& key : keys.entries()) {
        writer.add_string(mvt::layer_keys, key);
    }
    for (const std::string& value : values.entries()) {
        writer.add_message(mvt::layer_values, value);
    }
    writer.add_uint32(mvt::layer_extent, layer.extent);
    return bytes;
}

}  // namespace

std::string to_mvt(const std::vector<MvtLayer>& layers) {
    std::string bytes;
    protozero::pbf_writer tile(bytes);
    for (const MvtLayer& layer : layers) {
        if (const std::string message = encoded_layer(layer); !message.empty()) {
            tile.add_message(mvt::tile_layers, message);
        }
    }
    return bytes;
}

}  // namespace ranh::codec
