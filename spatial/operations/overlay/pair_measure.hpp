#pragma once

#include "spatial/operations/overlay/overlaps.hpp"

#include <optional>

namespace ranh::overlay {

/// Relation, areas and widths of one pair of features; const and safe for many threads.
class PairMeasure {
public:
    /// `options` must outlive the measure.
    PairMeasure(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right, const OverlapOptions& options);

    /// Nothing when the two are apart (further than options.near) or below the thresholds of the options.
    [[nodiscard]] std::optional<model::Pair> measure(std::size_t left, std::size_t right) const;

private:
    [[nodiscard]] std::optional<model::Pair> near_pair(std::size_t left, std::size_t right) const;
    void measure_areas(std::size_t left, std::size_t right, model::Pair& pair) const;
    void measure_width(std::size_t left, std::size_t right, model::Pair& pair) const;
    [[nodiscard]] model::Pair start(std::size_t left, std::size_t right) const;
    [[nodiscard]] bool below_thresholds(const model::Pair& pair) const;

    const snapshot::PackedLayer& m_left;
    const snapshot::PackedLayer& m_right;
    const OverlapOptions& m_options;
    double m_sliver_width_m;
};

}  // namespace ranh::overlay
