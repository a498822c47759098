#pragma once

#include "importers/pipeline/import_job.hpp"

#include <optional>
#include <span>
#include <string>
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

/// The one place where readers ask importers/crs_detection. Loads the communes at most once, and only when a commune is
/// claimed and the numbers alone leave two systems open. For one thread.
class CrsFinder {
public:
    explicit CrsFinder(ReadOptions options) : m_options(std::move(options)) {}

    /// x = easting or longitude as printed. ReadOptions::crs is obeyed; then only exchanged axes are looked for.
    /// `commune`: code or name in any spelling ("xã Nhân Cơ"), empty when the source names none.
    [[nodiscard]] CrsFinding find(std::span<const geom::Point> points, const std::string& commune = {});

private:
    [[nodiscard]] std::optional<std::string> code_of(const std::string& commune);

    ReadOptions m_options;
    std::optional<std::vector<CommuneOutline>> m_communes;
};

}  // namespace ranh::pipeline
