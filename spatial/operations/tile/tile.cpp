#include "spatial/operations/tile/tile.hpp"

#include "spatial/algorithm/simplify.hpp"
#include "spatial/codec/mvt.hpp"
#include "spatial/operations/tile/web_mercator.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ranh::tile {
namespace {

using geom::Box;
using geom::Geometry;
using geom::GeometryView;
using geom::Point;
using snapshot::PackedLayer;

/// From this zoom on a unit is at most 0.6 m and rounding to whole units thins out enough.
constexpr std::uint32_t first_unsimplified_zoom = 14;
/// Quarter of a pixel where a tile is drawn 512 pixels wide, as tile units at extent 4096.
constexpr double tolerance_of_extent = 2.0 / 4096.0;
/// No feature takes fewer bytes: header, type, one tag, the shortest ring.
constexpr std::size_t least_feature_bytes = 20;

struct Candidate {
    std::uint32_t rank = 0;  // place of the feature in ascending order of id, or in the layer that is encoded
    double size = 0.0;       // of its box in square units; decides who is dropped first
};

/// Larger first; equal ones by id, so that the choice does not depend on anything else.
bool goes_first(const Candidate& a, const Candidate& b) { return a.size != b.size ? a.size > b.size : a.rank < b.rank; }
bool by_rank(const Candidate& a, const Candidate& b) { return a.rank < b.rank; }

/// Keeps the `count` largest, again in order of their ids.
void keep_largest(std::vector<Candidate>& candidates, std::size_t count) {
    if (count < candidates.size()) {
        std::nth_element(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count), candidates.end(),
                         goes_first);
        candidates.resize(count);
        std::sort(candidates.begin(), candidates.end(), by_rank);
    }
}

/// An area whose outline encloses no cell of the grid would be drawn as nothing.
bool has_area_on_grid(const GeometryView& area) {
    double twice = 0.0;
    for (std::size_t part = 0; part < area.part_count(); ++part) {
        const auto shell = area.path(area.part(part).first);
        double sum = 0.0;
        for (std::size_t i = 1; i < shell.size(); ++i) {
            sum += (shell[i - 1].x - shell[0].x) * (shell[i].y - shell[0].y) -
                   (shell[i].x - shell[0].x) * (shell[i - 1].y - shell[0].y);
        }
        twice += std::abs(sum);
    }
    return twice > 0.0;
}

Geometry points_inside(const GeometryView& points, std::uint32_t extent) {
    Geometry kept(points.type);
    for (const Point& p : points.points) {
        const double x = std::round(p.x);
        const double y = std::round(p.y);
        // Half-open, so that a point stands in one tile only.
        if (p.x >= 0.0 && p.y >= 0.0 && p.x < extent && p.y < extent) {
            kept.add_point({x, y});
            kept.end_path();
            kept.end_part();
        }
    }
    return kept;
}

class TileEncoder {
public:
    TileEncoder(const PackedLayer& layer, const TileAddress& tile, const TileOptions& options)
        : m_layer(layer), m_tile(tile), m_options(options), m_frame(tile, options.extent) {
        const double buffer = options.buffer;
        m_clip = {{-buffer, -buffer}, {options.extent + buffer, options.extent + buffer}};
        collect_names();
    }

    [[nodiscard]] EncodedTile encode() {
        std::vector<Candidate> candidates = find_candidates();
        const std::size_t most = m_options.most_bytes / least_feature_bytes;
        if (candidates.size() > most) {
            m_dropped += candidates.size() - most;
            keep_largest(candidates, most);
        }
        codec::MvtLayer layer{m_layer.version().layer.text(), m_options.extent, {}};
        std::vector<Candidate> drawn;
        for (const Candidate& candidate : candidates) {
            const std::uint32_t feature = m_layer.by_id()[candidate.rank];
            if (auto geometry = drawn_geometry(feature)) {
                layer.features.push_back({std::move(*geometry), attributes_of(feature)});
                drawn.push_back({static_cast<std::uint32_t>(layer.features.size() - 1), candidate.size});
            }
        }
        return within_limit(std::move(layer), std::move(drawn));
    }

private:
    void collect_names() {
        const auto& fields = m_layer.version().description.schema.fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (fields[i].privacy == model::Privacy::open && fields[i].name != "fid") {
                m_open_fields.push_back(i);
            }
        }
    }

    /// Features whose box meets the tile with its buffer; areas under one unit in both directions are dropped at once.
    std::vector<Candidate> find_candidates() {
        const double margin = static_cast<double>(m_options.buffer) / m_options.extent;
        std::vector<Candidate> candidates;
        for (const std::uint32_t i : m_layer.in_lonlat_box(lonlat_box(m_tile, margin))) {
            const Box box = m_frame.to_units(m_layer.lonlat_box(i));
            const double width = box.max.x - box.min.x;
            const double height = box.max.y - box.min.y;
            if (width < 1.0 && height < 1.0 && geom::dimension(m_layer.lonlat(i).type) == 2) {
                ++m_dropped;
            } else {
                candidates.push_back({m_layer.id_rank(i), width * height});
            }
        }
        return candidates;
    }

    /// In whole tile units; nothing when no part of it is in the tile or nothing of it is left on the grid.
    std::optional<Geometry> drawn_geometry(std::uint32_t feature) {
        const GeometryView lonlat = m_layer.lonlat(feature);
        Geometry geometry = m_frame.to_units(lonlat);
        const int dimension = geom::dimension(lonlat.type);
        if (dimension == 0) {
            geometry = points_inside(geometry, m_options.extent);
            return geometry.empty() ? std::nullopt : std::optional(std::move(geometry));
        }
        // Simplified before it is clipped: neighbouring tiles then draw the same line.
        if (m_tile.z < first_unsimplified_zoom) {
            geometry = algorithm::simplify_for_display(geometry, tolerance_of_extent * m_options.extent);
        }
        if (!geometry.empty()) {
            geometry = algorithm::clip_for_display(geometry, m_clip);
        } else {
            ++m_dropped;
            return std::nullopt;
        }
        if (geometry.empty()) {
            return std::nullopt;
        }
        for (Point& p : geometry.mutable_points()) {
            p = {std::round(p.x), std::round(p.y)};
        }
        if (dimension == 2 && !has_area_on_grid(geometry)) {
            ++m_dropped;
            return std::nullopt;
        }
        return geometry;
    }

    std::vector<std::pair<std::string, model::Value>> attributes_of(std::uint32_t feature) const {
        const auto& fields = m_layer.version().description.schema.fields;
        std::vector<std::pair<std::string, model::Value>> attributes;
        attributes.reserve(m_open_fields.size() + 1);
        attributes.emplace_back("fid", m_layer.id(feature).text());
        for (const std::size_t i : m_open_fields) {
            model::Value value = m_layer.value(feature, i);
            if (!model::is_null(value)) {
                attributes.emplace_back(fields[i].name, std::move(value));
            }
        }
        return attributes;
    }

    /// Encodes, and while the tile is too long leaves out the smallest features, about as many as the bytes are too
    /// many.
    EncodedTile within_limit(codec::MvtLayer layer, std::vector<Candidate> drawn) const {
        const std::size_t drawn_count = drawn.size();
        std::string bytes = codec::to_mvt({layer});
        while (bytes.size() > m_options.most_bytes) {
            const double fit = static_cast<double>(m_options.most_bytes) / static_cast<double>(bytes.size());
            const auto fitting = static_cast<std::size_t>(static_cast<double>(drawn.size()) * fit);
            keep_largest(drawn, std::min(fitting, drawn.size() - 1));
            codec::MvtLayer smaller{layer.name, layer.extent, {}};
            for (const Candidate& candidate : drawn) {
                smaller.features.push_back(layer.features[candidate.rank]);
            }
            bytes = codec::to_mvt({smaller});
        }
        return {std::move(bytes), drawn.size(), m_dropped + drawn_count - drawn.size()};
    }

    const PackedLayer& m_layer;
    TileAddress m_tile;
    TileOptions m_options;
    TileFrame m_frame;
    Box m_clip;
    std::vector<std::size_t> m_open_fields;
    std::size_t m_dropped = 0;
};

}  // namespace

EncodedTile encode_tile(const PackedLayer& layer, const TileAddress& tile, const TileOptions& options) {
    return TileEncoder(layer, tile, options).encode();
}

}  // namespace ranh::tile
