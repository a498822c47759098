#pragma once

#include "importers/pipeline/import_job.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ranh::pipeline {

/// The coordinate system of some points, or the question that is open; and which points stand with easting and northing
/// exchanged.
struct CrsFinding {
    std::optional<crs::Crs> crs;
    std::string reason;                ///< why, or the question
    std::vector<std::size_t> swapped;  ///< indices of points whose two numbers must be exchanged ("X/Y đảo")
    std::vector<std::string> notes;
};

/// Corners of a sample of records, and the commune most of them claim.
class ClaimedPoints {
public:
    /// `schema` of the records.
    explicit ClaimedPoints(const model::Schema& schema);

    /// The first corners of a record.
    void add(const geom::Geometry& geometry, const std::vector<model::Value>& values);
    /// Of all records, or of those that claim the commune most of them do.
    [[nodiscard]] const std::vector<geom::Point>& points() const;
    /// Empty when none is claimed.
    [[nodiscard]] const std::string& commune() const;

private:
    std::optional<std::size_t> m_field;
    std::vector<geom::Point> m_all;
    std::map<std::string, std::vector<geom::Point>> m_by_commune;
    const std::pair<const std::string, std::vector<geom::Point>>* m_most = nullptr;
};

/// The one place where readers ask importers/crs_detection. What the numbers leave open is decided by the commune that
/// the source or the name of its file claims, then by corners of features imported before. Loads the communes at most
/// once. For one thread.
class CrsFinder {
public:
    explicit CrsFinder(ReadOptions options) : m_options(std::move(options)) {}

    /// x = easting or longitude as printed. ReadOptions::crs is obeyed; then only exchanged axes are looked for.
    /// `commune`: code or name in any spelling ("xã Nhân Cơ"), empty when the source names none; then a commune code in
    /// `file_name` stands for it.
    [[nodiscard]] CrsFinding find(std::span<const geom::Point> points, const std::string& commune = {},
                                  const std::string& file_name = {});

private:
    [[nodiscard]] const KnownCommunes& communes();
    void ask_communes(std::span<const geom::Point> points, const std::string& commune, const std::string& file_name,
                      CrsFinding& finding);
    void ask_neighbours(std::span<const geom::Point> printed, const std::vector<crs::Crs>& candidates,
                        CrsFinding& finding) const;

    ReadOptions m_options;
    std::optional<KnownCommunes> m_communes;
};

}  // namespace ranh::pipeline
