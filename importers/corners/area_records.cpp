#include "importers/corners/area_records.hpp"

#include "importers/pipeline/ring_nesting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ranh::corners {

namespace {

std::string original_of(const Ring& ring) {
    std::string text;
    for (const auto& corner : ring.corners) {
        text += fmt::format("{}row {}: {}", text.empty() ? "" : "\n", corner.row, corner.text);
    }
    return text;
}

pipeline::SourceRecord rejected_ring(const Area& area, const Ring& ring, const std::string& reason) {
    pipeline::SourceRecord record;
    record.place = fmt::format("ring {} of area {}", ring.name(), area.id);
    record.rejected = model::QuarantineRecord{record.place, reason, original_of(ring)};
    return record;
}

bool has_three_points(const Ring& ring) {
    std::set<std::pair<double, double>> points;
    for (const auto& corner : ring.corners) {
        points.emplace(corner.point->x, corner.point->y);
    }
    return points.size() >= 3;
}

/// Rings that are kept, and how they lie in each other.
class RingGroup {
public:
    RingGroup(const Area& area, std::vector<std::size_t> rings) : m_area(area), m_rings(std::move(rings)) {
        std::vector<std::vector<geom::Point>> points;
        for (const std::size_t ring : m_rings) {
            points.push_back(area.rings[ring].points());
        }
        m_nesting = pipeline::nest_rings(points);
    }

    bool flat() const { return m_nesting.flat(); }

    std::string question() const {
        std::string text;
        for (std::size_t i = 0; i < m_rings.size(); ++i) {
            if (m_nesting.parent[i]) {
                text += fmt::format("{}ring {} ({}, {:.2f} ha) lies inside ring {} ({}, {:.2f} ha)",
                                    text.empty() ? "" : ", ", m_rings[i] + 1, name(i), m_nesting.area[i] / 1e4,
                                    m_rings[*m_nesting.parent[i]] + 1, name(*m_nesting.parent[i]),
                                    m_nesting.area[*m_nesting.parent[i]] / 1e4);
            }
        }
        return fmt::format("area {}: {}", m_area.id, text);
    }

    AreaRecords records(pipeline::InnerRing option, const std::vector<model::Value>& values) const {
        AreaRecords result;
        std::vector<std::vector<std::size_t>> outer;  // shell, then its holes
        for (std::size_t i = 0; i < m_rings.size(); ++i) {
            const bool inner = m_nesting.depth[i] > 0;
            if (m_nesting.repeats[i]) {
                result.records.push_back(
                    rejected_ring(m_area, m_area.rings[m_rings[i]],
                                  fmt::format("it repeats ring {} of the same area", name(*m_nesting.repeats[i]))));
            } else if (inner && option == pipeline::InnerRing::ignore) {
                result.records.push_back(rejected_ring(
                    m_area, m_area.rings[m_rings[i]],
                    fmt::format("it lies inside ring {} of the same area and --inner-ring ignore was chosen",
                                name(*m_nesting.parent[i]))));
            } else if (inner && option == pipeline::InnerRing::part) {
                result.records.push_back(feature({{i}}, values, fmt::format("/{}", m_rings[i] + 1)));
            } else if (m_nesting.depth[i] % 2 == 0) {
                outer.push_back({i});
                add_holes(outer.back(), option);
            }
        }
        result.records.insert(result.records.begin(), feature(outer, values, ""));
        return result;
    }

private:
    std::string name(std::size_t i) const { return m_area.rings[m_rings[i]].name(); }

    void add_holes(std::vector<std::size_t>& part, pipeline::InnerRing option) const {
        for (std::size_t i = 0; option == pipeline::InnerRing::hole && i < m_rings.size(); ++i) {
            if (m_nesting.depth[i] % 2 == 1 && m_nesting.parent[i] == part.front()) {
                part.push_back(i);
            }
        }
    }

    pipeline::SourceRecord feature(const std::vector<std::vector<std::size_t>>& parts,
                                   const std::vector<model::Value>& values, const std::string& id_suffix) const {
        pipeline::SourceRecord record;
        record.place = fmt::format("area {}{}", m_area.id, id_suffix);
        record.id_suffix = id_suffix;
        record.units = 0;
        record.values = values;
        geom::Geometry geometry(parts.size() > 1 ? geom::GeometryType::multi_polygon : geom::GeometryType::polygon);
        std::string labels;
        for (const auto& part : parts) {
            for (const std::size_t i : part) {
                const Ring& ring = m_area.rings[m_rings[i]];
                add_ring(geometry, ring);
                add_labels(labels, ring);
                ++record.units;
                record.repaired += ring.repaired ? 1 : 0;
            }
            geometry.end_part();
        }
        record.geometry = std::move(geometry);
        record.values.push_back(labels.empty() ? model::Value() : model::Value(labels));
        return record;
    }

    static void add_ring(geom::Geometry& geometry, const Ring& ring) {
        auto points = ring.points();
        points.push_back(points.front());
        geometry.add_path(points);
    }

    /// "1; 2; 3 | 4; 4,1": corners of a ring by "; ", rings by " | ".
    static void add_labels(std::string& labels, const Ring& ring) {
        if (std::all_of(ring.corners.begin(), ring.corners.end(),
                        [](const Corner& corner) { return corner.label.empty(); })) {
            return;
        }
        labels += labels.empty() ? "" : " | ";
        for (std::size_t i = 0; i < ring.corners.size(); ++i) {
            labels += (i == 0 ? "" : "; ") + ring.corners[i].label;
        }
    }

    const Area& m_area;
    std::vector<std::size_t> m_rings;
    pipeline::RingNesting m_nesting;
};

}  // namespace

std::vector<std::string> clean_rings(Area& area) {
    std::vector<std::string> notes;
    for (auto& ring : area.rings) {
        if (!ring.problem.empty()) {
            continue;
        }
        std::vector<Corner> kept;
        for (auto& corner : ring.corners) {
            if (!kept.empty() && kept.back().point == corner.point) {
                notes.push_back(fmt::format("area {}: point {} (row {}) repeats point {} and was dropped", area.id,
                                            corner.label, corner.row, kept.back().label));
                ring.repaired = true;
            } else {
                kept.push_back(std::move(corner));
            }
        }
        if (kept.size() > 1 && kept.back().point == kept.front().point) {
            kept.pop_back();
        }
        ring.corners = std::move(kept);
        if (!has_three_points(ring)) {
            ring.problem = "it has fewer than three different points; a boundary needs three";
        }
    }
    return notes;
}

AreaRecords records_of(const Area& area, pipeline::InnerRing option, const std::vector<model::Value>& values) {
    AreaRecords result;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < area.rings.size(); ++i) {
        if (area.rings[i].problem.empty()) {
            kept.push_back(i);
        }
    }
    if (!kept.empty()) {
        const RingGroup group(area, kept);
        if (!group.flat() && option == pipeline::InnerRing::undecided) {
            result.open_question = group.question();
            return result;
        }
        result = group.records(option, values);
    }
    for (const auto& ring : area.rings) {
        if (!ring.problem.empty()) {
            result.records.push_back(rejected_ring(area, ring, ring.problem));
        }
    }
    if (kept.size() < area.rings.size() && !kept.empty()) {
        result.records.front().notes.push_back(fmt::format("area {} is incomplete: {} of its {} rings were rejected",
                                                           area.id, area.rings.size() - kept.size(),
                                                           area.rings.size()));
    }
    return result;
}

}  // namespace ranh::corners
