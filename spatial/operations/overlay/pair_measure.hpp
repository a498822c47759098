#pragma once

#include "spatial/operations/overlay/cell_join.hpp"
#include "spatial/operations/overlay/overlaps.hpp"
#include "spatial/operations/overlay/pair_outlines.hpp"

#include <optional>

namespace ranh::overlay {

/// Relation, areas and widths of one pair of features; const and safe for many threads.
class PairMeasure {
public:
    /// `options` and the outlines must outlive the measure.
    PairMeasure(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                const PairOutlines& left_outlines, const PairOutlines& right_outlines, const OverlapOptions& options);

    /// Nothing when the two are apart or below the thresholds of the options. `cells` is what a join with a margin of
    /// `contact_m` has found out about a pair of areas: the common area is taken from there, and so is the relation
    /// where one side lies clear inside the other.
    [[nodiscard]] std::optional<model::Pair> measure(std::uint32_t left, std::uint32_t right,
                                                     const CellPair* cells = nullptr) const;
    /// A pair of relation near, for two that do not meet; nothing when they are more than options.near apart.
    [[nodiscard]] std::optional<model::Pair> measure_near(std::uint32_t left, std::uint32_t right) const;

private:
    struct Outlines;
    [[nodiscard]] Outlines outlines_of(Plane plane, std::uint32_t left, std::uint32_t right) const;
    [[nodiscard]] model::Pair start(std::uint32_t left, std::uint32_t right) const;
    [[nodiscard]] std::optional<model::Pair> measure_clear(const CellPair& cells) const;
    [[nodiscard]] std::optional<model::Pair> measure_areas(std::uint32_t left, std::uint32_t right,
                                                           const CellPair* cells) const;
    [[nodiscard]] std::optional<model::Pair> measure_others(std::uint32_t left, std::uint32_t right) const;
    void take_area(model::Pair& pair, std::uint32_t left, std::uint32_t right, double area_m2) const;
    void measure_width(model::Pair& pair, const Outlines& working) const;
    void build_geometry(model::Pair& pair, std::uint32_t left, std::uint32_t right, const Outlines* working) const;
    void flag_invalid(model::Pair& pair, std::uint32_t left, std::uint32_t right, bool odd_winding) const;
    [[nodiscard]] bool below_thresholds(const model::Pair& pair) const;

    const snapshot::PackedLayer& m_left;
    const snapshot::PackedLayer& m_right;
    const PairOutlines& m_left_outlines;
    const PairOutlines& m_right_outlines;
    const OverlapOptions& m_options;
    double m_sliver_width_m;
};

}  // namespace ranh::overlay
