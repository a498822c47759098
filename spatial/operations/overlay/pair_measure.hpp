#pragma once

#include "spatial/algorithm/relate.hpp"
#include "spatial/operations/overlay/overlaps.hpp"
#include "spatial/operations/overlay/pair_outlines.hpp"
#include "spatial/operations/overlay/repaired_areas.hpp"

#include <optional>

namespace ranh::overlay {

/// Relation, areas and widths of one pair of features; const and safe for many threads.
class PairMeasure {
public:
    /// `options` and the outlines must outlive the measure.
    PairMeasure(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                const PairOutlines& left_outlines, const PairOutlines& right_outlines, const OverlapOptions& options);

    /// What is known of two areas before they are looked at: that one lies inside the other and apart from its
    /// boundary, or nothing.
    enum class Clear { inside, unknown };
    [[nodiscard]] FeatureRef left_ref(std::uint32_t left) const;
    [[nodiscard]] FeatureRef right_ref(std::uint32_t right) const;
    /// Writes what is found into `pair`, a new one that names the two. False, and the pair is not to be used, when the
    /// two are apart or below the thresholds of the options. Depends on the two features alone: how they were found
    /// changes no bit.
    [[nodiscard]] bool measure(std::uint32_t left, std::uint32_t right, Clear clear, model::Pair& pair) const;
    /// A pair of relation near, for two that do not meet; false when they are more than options.near apart.
    [[nodiscard]] bool measure_near(std::uint32_t left, std::uint32_t right, model::Pair& pair) const;

private:
    struct Outlines;
    struct PairPlanes;
    [[nodiscard]] Outlines outlines_of(Plane plane, std::uint32_t left, std::uint32_t right) const;
    void set_box(model::Pair& pair, std::uint32_t left, std::uint32_t right) const;
    void measure_clear(std::uint32_t left, std::uint32_t right, model::Pair& pair) const;
    [[nodiscard]] bool measure_areas(std::uint32_t left, std::uint32_t right, model::Pair& pair) const;
    [[nodiscard]] bool measure_crossing(std::uint32_t left, std::uint32_t right, PairPlanes& planes,
                                        model::Pair& pair) const;
    [[nodiscard]] bool measure_others(std::uint32_t left, std::uint32_t right, model::Pair& pair) const;
    [[nodiscard]] algorithm::SpatialRelation relation_of(std::uint32_t left, std::uint32_t right,
                                                         const PairPlanes& planes) const;
    void take_areas(model::Pair& pair, std::uint32_t left, std::uint32_t right, const PairPlanes* planes) const;
    void measure_width(model::Pair& pair, const Outlines& working) const;
    void build_geometry(model::Pair& pair, std::uint32_t left, std::uint32_t right, const Outlines* working) const;
    void take_inner_ground(model::Pair& pair, std::uint32_t left, std::uint32_t right, bool winds_once_there) const;
    [[nodiscard]] bool is_right_inner(const model::Pair& pair, std::uint32_t left, std::uint32_t right) const;
    void flag_invalid(model::Pair& pair, std::uint32_t left, std::uint32_t right) const;
    [[nodiscard]] std::optional<Outlines> ground_near(Plane plane, std::uint32_t left, std::uint32_t right) const;
    [[nodiscard]] bool below_thresholds(const model::Pair& pair) const;

    const snapshot::PackedLayer& m_left;
    const snapshot::PackedLayer& m_right;
    const PairOutlines& m_left_outlines;
    const PairOutlines& m_right_outlines;
    const OverlapOptions& m_options;
    RepairedAreas m_left_repaired;
    RepairedAreas m_right_repaired;
    double m_sliver_width_m;
};

}  // namespace ranh::overlay
