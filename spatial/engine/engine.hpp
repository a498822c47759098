#pragma once

#include "spatial/operations/overlay/overlaps.hpp"
#include "spatial/operations/query/features.hpp"
#include "spatial/operations/tile/tile.hpp"
#include "spatial/snapshot/snapshot.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ranh::engine {

/// How an answer was computed; stands in every result.
struct Method {
    std::string measure;   ///< "signed min-integral in the working plane"
    std::string plane;     ///< crs::WorkingPlane::name()
    std::string relation;  ///< how relations were decided
    std::string geometry;  ///< how common geometry is built where it is asked for, and in what precision
    std::string program;   ///< "ranh 0.1.0"
};

struct OverlapAnswer {
    std::shared_ptr<const snapshot::PackedLayer> left;
    std::shared_ptr<const snapshot::PackedLayer> right;
    Date at;
    Timestamp known_at;
    overlay::OverlapResult result;
    Method method;
    /// A side is a draft act.
    [[nodiscard]] bool is_draft() const;
};

/// A project to check: features that are in no layer.
struct CheckRequest {
    std::vector<model::Feature> projects;
    model::Schema schema;
    std::vector<LayerId> layers;  ///< empty: all, saved overlap layers apart
    overlay::OverlapOptions options;
    std::vector<std::string> crs_decisions;  ///< one per project: how its Crs was decided
    std::vector<std::string> notes;          ///< of the reader
};

struct CheckAnswer {
    std::shared_ptr<const snapshot::PackedLayer> projects;  ///< the ad-hoc layer "check"
    std::vector<std::string> crs_decisions;
    std::vector<std::string> notes;
    std::vector<OverlapAnswer> overlaps;  ///< one per layer checked, by layer id
    overlay::OverlapTotals totals;        ///< over all layers
    Date at;
    Timestamp known_at;
    Method method;
};

struct Limits {
    std::size_t most_project_points = 200'000;
    std::size_t most_projects = 1'000;
};

/// Request -> one snapshot -> operations -> result.
///
/// Progress  of a check is counted in layers.
/// Threads  const; safe for many threads; each call works on one snapshot.
/// Errors   Failure: not_found, invalid_argument, limit_exceeded, cancelled.
class Engine {
public:
    explicit Engine(std::shared_ptr<const snapshot::Catalog> catalog, Limits limits = {});

    [[nodiscard]] snapshot::SnapshotView view() const;
    [[nodiscard]] CheckAnswer check(const snapshot::SnapshotView& view, const CheckRequest& request) const;

private:
    std::shared_ptr<const snapshot::Catalog> m_catalog;
    Limits m_limits;
};

/// The pairs of features that have changed, as places in their layers, ascending (overlay::overlaps_of); no totals.
[[nodiscard]] OverlapAnswer measure_changes(std::shared_ptr<const snapshot::PackedLayer> left,
                                            const std::vector<std::uint32_t>& left_made,
                                            std::shared_ptr<const snapshot::PackedLayer> right,
                                            const std::vector<std::uint32_t>& right_made, Date at, Timestamp known_at,
                                            const overlay::OverlapOptions& options);

/// Pairs of two packed versions, whether a snapshot holds them or not (two versions of one layer, for example).
[[nodiscard]] OverlapAnswer measure_overlaps(std::shared_ptr<const snapshot::PackedLayer> left,
                                             std::shared_ptr<const snapshot::PackedLayer> right, Date at,
                                             Timestamp known_at, const overlay::OverlapOptions& options);

}  // namespace ranh::engine
