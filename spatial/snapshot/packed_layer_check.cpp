#include "spatial/snapshot/packed_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ranh::snapshot {
namespace {

/// The ends ascend, the last one is `whole`.
bool are_ends(std::span<const std::uint32_t> ends, std::size_t whole) {
    return std::ranges::is_sorted(ends) && (ends.empty() ? 0 : ends.back()) == whole;
}

bool is_whole(const geom::GeometryView& geometry) {
    return are_ends(geometry.path_ends, geometry.points.size()) &&
           are_ends(geometry.part_ends, geometry.path_ends.size()) &&
           std::ranges::all_of(geometry.points,
                               [](const geom::Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

}  // namespace

std::optional<std::string> PackedLayer::fault_at(std::size_t i) const {
    if (m_system_of[i] >= m_version.systems.size()) {
        return "a system that the layer has not";
    }
    if (m_types[i] > geom::GeometryType::multi_polygon) {
        return "a form that there is not";
    }
    for (const GeometryColumnView* column : {&m_source, &m_working, &m_lonlat}) {
        const geom::GeometryView geometry = column->at(i);
        if (geometry.points.empty() == has_geometry(i) || !is_whole(geometry)) {
            return "coordinates that make no geometry";
        }
    }
    if (has_geometry(i) && (working(i).box() != working_box(i) || lonlat(i).box() != lonlat_box(i))) {
        return "a box that is not that of its coordinates";
    }
    if (!std::isfinite(m_working_areas[i])) {
        return "an area that is not a number";
    }
    static_cast<void>(values(i));
    return std::nullopt;
}

bool PackedLayer::is_in_order_of_ids() const {
    std::size_t held = 0;
    for (std::size_t i = 0; i < places(); ++i) {
        held += holds_feature(i) ? 1U : 0U;
    }
    if (held != size()) {
        return false;
    }
    for (std::uint32_t rank = 0; rank < size(); ++rank) {
        const std::uint32_t i = m_by_id[rank];
        if (i >= places() || !holds_feature(i) || m_id_ranks[i] != rank ||
            (rank > 0 && id_text(m_by_id[rank - 1]) >= id_text(i))) {
            return false;
        }
    }
    return true;
}

std::optional<Error> PackedLayer::verify() const {
    const auto damaged = [this](std::string_view what) {
        return Error{
            ErrorKind::corrupt_input,
            fmt::format("{}; delete the packed layer, the next command makes it anew from the workspace", what),
            m_image->name()};
    };
    if (auto fault = m_image->verify()) {
        return fault;
    }
    try {
        for (std::size_t i = 0; i < places(); ++i) {
            if (const auto fault = holds_feature(i) ? fault_at(i) : std::nullopt) {
                return damaged(fmt::format("a feature has {}", *fault));
            }
        }
        if (!is_in_order_of_ids()) {
            return damaged("the order of ids does not name every feature once");
        }
        for (std::size_t k = 0; k < m_sharing.size(); ++k) {
            if (m_sharing[k] >= places() || m_shared_with[k] >= places() ||
                (k > 0 &&
                 std::pair(m_sharing[k - 1], m_shared_with[k - 1]) >= std::pair(m_sharing[k], m_shared_with[k]))) {
                return damaged("the pairs that share ground are no ascending pairs of features");
            }
        }
        if (!m_working_tree.holds_leaves() || !m_lonlat_tree.holds_leaves()) {
            return damaged("a search tree does not lead to every feature");
        }
    } catch (const Failure& failure) {
        return failure.error();
    }
    return std::nullopt;
}

}  // namespace ranh::snapshot
