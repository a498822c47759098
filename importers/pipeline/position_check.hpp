#pragma once

#include "importers/pipeline/known_places.hpp"
#include "importers/pipeline/named_count.hpp"
#include "spatial/crs/transform.hpp"
#include "spatial/model/layer.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// Every so many things of a stream, so that at most `most` are kept however many come.
template <typename Thing>
class EvenSample {
public:
    explicit EvenSample(std::size_t most) : m_most(most) {}

    /// Calls make() when the next thing is one to keep.
    template <typename Make>
    void offer(Make&& make) {
        if (m_offered++ % m_stride != 0) {
            return;
        }
        m_kept.push_back(make());
        if (m_kept.size() > m_most) {
            for (std::size_t i = 1; 2 * i < m_kept.size(); ++i) {
                m_kept[i] = std::move(m_kept[2 * i]);
            }
            m_kept.resize((m_kept.size() + 1) / 2);
            m_stride *= 2;
        }
    }
    [[nodiscard]] const std::vector<Thing>& kept() const { return m_kept; }

private:
    std::size_t m_most;
    std::size_t m_stride = 1;
    std::size_t m_offered = 0;
    std::vector<Thing> m_kept;
};

/// Holds what is imported against what is known: do features lie in the commune they name, do corners stand where
/// corners of features imported before do, are areas of the size stated? Evidence against a coordinate system is a
/// warning and changes nothing: the system was declared, or decided by other evidence.
///
/// Communes    the middle of a feature lies in the polygon of its commune or less than a kilometre off it. Where more
///             than half do not, each known mistake is undone (crs_detection::undo_each_mistake); the one that brings
///             95 of 100 into their communes is named with its remedy.
/// Neighbours  where few corners stand on corners known before, and at least 8 (half of fewer than 16; and five times
/// as many) would were one
///             known mistake undone, that one is named: datum shift missing or doubled, k0, meridian, axes, …
/// Areas       the median of computed by stated area differs from 1 by more than 2 %.
///
/// Cost        a few microseconds a feature; at the end some 40 transformations of at most 5,000 corners and 500
///             middles. Evenly spread samples: the warnings say of how many.
class PositionCheck {
public:
    PositionCheck(const KnownPlaces& known, const model::Schema& schema);

    /// A feature as it is written, areas measured.
    void add(const model::Feature& feature);
    /// Sentences for report and provenance, warnings marked as such; empty where nothing is known.
    [[nodiscard]] std::vector<std::string> notes() const;

private:
    /// The middle of a feature and the commune it names.
    struct Claim {
        std::string id;
        std::string commune;
        geom::Point middle;  // WGS 84
    };
    void note_communes(std::vector<std::string>& notes) const;
    void note_neighbours(std::vector<std::string>& notes) const;
    void note_areas(std::vector<std::string>& notes) const;
    [[nodiscard]] const crs::Transform& to_wgs84(const crs::Crs& system);

    const KnownPlaces& m_known;
    std::optional<std::size_t> m_commune_field;
    std::map<crs::Crs, crs::Transform> m_transforms;
    EvenSample<Claim> m_claims;
    EvenSample<geom::Point> m_corners;  // WGS 84
    EvenSample<double> m_area_ratios;   // computed / stated
};

}  // namespace ranh::pipeline
