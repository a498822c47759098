#include "importers/pipeline/find_crs.hpp"

#include "importers/crs_detection/crs_detection.hpp"
#include "importers/pipeline/field_text.hpp"
#include "spatial/crs/transform.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh::pipeline {

namespace {

CrsFinding finding_of(crs_detection::CrsGuess guess) {
    CrsFinding finding;
    finding.crs = guess.chosen;
    finding.reason = guess.chosen ? guess.reason.en : guess.question.en;
    finding.swapped = std::move(guess.swapped);
    for (const auto& note : guess.notes) {
        finding.notes.push_back(note.en);
    }
    return finding;
}

std::size_t known_corners(std::vector<geom::Point> points, const crs::Crs& system, const KnownPlaces& known) {
    const auto transform = crs::Transform::between(system, crs::wgs84());
    if (!transform.ok() || transform.value().pipeline().try_apply(points)) {
        return 0;
    }
    return known.count_known_corners(points);
}

}  // namespace

ClaimedPoints::ClaimedPoints(const model::Schema& schema) : m_field(commune_field(schema)) {}

void ClaimedPoints::add(const geom::Geometry& geometry, const std::vector<model::Value>& values) {
    constexpr std::size_t most_corners = 4;
    const auto corners = geometry.points().first(std::min(most_corners, geometry.points().size()));
    m_all.insert(m_all.end(), corners.begin(), corners.end());
    if (m_field && !model::is_null(values[*m_field])) {
        auto& group = *m_by_commune.try_emplace(model::to_text(values[*m_field])).first;
        group.second.insert(group.second.end(), corners.begin(), corners.end());
        if (m_most == nullptr || group.second.size() > m_most->second.size()) {
            m_most = &group;
        }
    }
}

const std::vector<geom::Point>& ClaimedPoints::points() const { return m_most != nullptr ? m_most->second : m_all; }

const std::string& ClaimedPoints::commune() const {
    static const std::string none;
    return m_most != nullptr ? m_most->first : none;
}

const KnownCommunes& CrsFinder::communes() {
    if (!m_communes) {
        m_communes.emplace(m_options.known.communes ? m_options.known.communes() : std::vector<CommuneOutline>());
    }
    return *m_communes;
}

CrsFinding CrsFinder::find(std::span<const geom::Point> points, const std::string& commune,
                           const std::string& file_name) {
    if (m_options.crs) {
        CrsFinding finding;
        finding.crs = m_options.crs;
        finding.reason = "option --crs " + m_options.crs->code();
        finding.swapped = crs_detection::swapped_points(points, *m_options.crs);
        return finding;
    }
    crs_detection::CrsGuess guess = crs_detection::detect_crs(points);
    if (guess.chosen) {
        return finding_of(std::move(guess));
    }
    std::vector<crs::Crs> open;
    for (const auto& candidate : guess.candidates) {
        open.push_back(candidate.crs);
    }
    CrsFinding finding = finding_of(std::move(guess));
    ask_communes(points, commune, file_name, finding);
    if (!finding.crs) {
        ask_neighbours(points, open, finding);
    }
    return finding;
}

void CrsFinder::ask_communes(std::span<const geom::Point> points, const std::string& commune,
                             const std::string& file_name, CrsFinding& finding) {
    if (commune.empty() && file_name.empty()) {
        return;
    }
    const CommuneOutline* claimed = commune.empty() ? communes().in_file_name(file_name) : communes().find(commune);
    if (claimed == nullptr && commune.empty()) {
        return;
    }
    std::vector<crs_detection::Commune> areas;
    for (const auto& outline : communes().outlines()) {
        areas.push_back({outline.code, outline.name, outline.lonlat.view()});
    }
    crs_detection::DetectionEvidence evidence;
    evidence.communes = areas;
    evidence.claimed_commune = claimed != nullptr ? claimed->code : commune;
    finding = finding_of(crs_detection::detect_crs(points, evidence));
    if (claimed == nullptr) {
        finding.reason += fmt::format("; the commune '{}' is not among the {} communes known", commune, areas.size());
    } else if (commune.empty()) {
        finding.reason += fmt::format("; the file name says commune {}", claimed->code);
    }
}

/// One of the candidates puts corners where corners of features imported before are, and no other does.
void CrsFinder::ask_neighbours(std::span<const geom::Point> printed, const std::vector<crs::Crs>& candidates,
                               CrsFinding& finding) const {
    constexpr std::size_t least_corners = 3;
    if (!m_options.known.count_known_corners || candidates.size() < 2) {
        return;
    }
    std::vector<geom::Point> points(printed.begin(), printed.end());
    for (const std::size_t i : finding.swapped) {
        std::swap(points[i].x, points[i].y);
    }
    std::optional<crs::Crs> fitting;
    std::size_t corners = 0;
    for (const crs::Crs& candidate : candidates) {
        const std::size_t found = known_corners(points, candidate, m_options.known);
        if (found >= least_corners && fitting) {
            return;
        }
        if (found >= least_corners) {
            fitting = candidate;
            corners = found;
        }
    }
    if (fitting) {
        finding.crs = fitting;
        finding.reason = fmt::format(
            "of the systems that fit the numbers {} alone puts corners ({} of {}) where corners of features imported "
            "before are",
            fitting->code(), corners, points.size());
    }
}

}  // namespace ranh::pipeline
