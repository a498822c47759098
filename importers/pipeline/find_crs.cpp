#include "importers/pipeline/find_crs.hpp"

#include "importers/crs_detection/crs_detection.hpp"
#include "importers/pipeline/field_text.hpp"

#include <fmt/format.h>

#include <array>

namespace ranh::pipeline {

namespace {

/// "Xã Nhân Cơ", "P. Nhân Cơ" and "Nhân Cơ" are one name.
std::string commune_key(const std::string& name) {
    std::string key = header_key(name);
    constexpr std::array<std::string_view, 6> ranks = {"phuong", "dackhu", "thitran", "xa", "p", "tt"};
    for (const auto rank : ranks) {
        const bool abbreviated = rank.size() <= 2 && rank != "xa";
        if (key.starts_with(rank) && key.size() > rank.size() &&
            (!abbreviated || name.find('.') != std::string::npos)) {
            return key.substr(rank.size());
        }
    }
    return key;
}

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

}  // namespace

std::optional<std::string> CrsFinder::code_of(const std::string& commune) {
    const std::string key = commune_key(commune);
    std::optional<std::string> code;
    for (const auto& outline : *m_communes) {
        if (outline.code == commune) {
            return outline.code;
        }
        if (commune_key(outline.name) == key) {
            if (code) {
                return std::nullopt;
            }
            code = outline.code;
        }
    }
    return code;
}

CrsFinding CrsFinder::find(std::span<const geom::Point> points, const std::string& commune) {
    if (m_options.crs) {
        CrsFinding finding;
        finding.crs = m_options.crs;
        finding.reason = "option --crs " + m_options.crs->code();
        finding.swapped = crs_detection::swapped_points(points, *m_options.crs);
        return finding;
    }
    crs_detection::CrsGuess guess = crs_detection::detect_crs(points);
    if (guess.chosen || commune.empty() || !m_options.communes) {
        return finding_of(std::move(guess));
    }
    if (!m_communes) {
        m_communes = m_options.communes();
    }
    std::vector<crs_detection::Commune> areas;
    for (const auto& outline : *m_communes) {
        areas.push_back({outline.code, outline.name, outline.lonlat.view()});
    }
    crs_detection::DetectionEvidence evidence;
    evidence.communes = areas;
    const std::optional<std::string> code = code_of(commune);
    evidence.claimed_commune = code.value_or(commune);
    CrsFinding finding = finding_of(crs_detection::detect_crs(points, evidence));
    if (!code) {
        finding.reason +=
            fmt::format("; the commune '{}' is not among the {} communes known", commune, m_communes->size());
    }
    return finding;
}

}  // namespace ranh::pipeline
