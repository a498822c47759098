#include "spatial/validation/issue.hpp"

#include <fmt/format.h>

#include <numeric>

namespace ranh::validation {
namespace {

/// The words that differ between the two languages.
struct Language {
    std::string_view ring;
    std::string_view corner;
    std::string_view with;
    std::string_view at;
    std::string_view limit;
    std::string_view field;
    std::string_view expected;
    std::string_view Words::*words;
};
constexpr Language vietnamese{"vòng", "đỉnh", "với", "tại", "ngưỡng", "trường", "phải là", &Words::vi};
constexpr Language english{"ring", "corner", "with", "at", "limit", "field", "should be", &Words::en};

std::string place(const std::optional<std::uint32_t>& ring, const std::optional<std::uint32_t>& vertex,
                  const Language& language) {
    if (!ring) {
        return {};
    }
    // People count from 1.
    const std::string corner = vertex ? fmt::format(", {} {}", language.corner, *vertex + 1) : std::string();
    return fmt::format("{} {}{}", language.ring, *ring + 1, corner);
}

std::string sentence(const ValidationIssue& issue, const Language& language) {
    const Rule& rule = rule_of(issue.code);
    std::string text(rule.title.*language.words);
    if (const std::string where = place(issue.ring, issue.vertex, language); !where.empty()) {
        text += fmt::format(" ({}", where);
        const std::string other = place(issue.other_ring, issue.other_vertex, language);
        text += other.empty() ? ")" : fmt::format("; {} {})", language.with, other);
    }
    if (issue.point) {
        text += fmt::format(" {} ({}, {})", language.at, issue.point->x, issue.point->y);
    }
    if (issue.measure) {
        text += fmt::format(", {} {:.6g} {}", rule.measure.*language.words, *issue.measure, to_string(rule.unit));
    }
    if (issue.tolerance && rule.parameter) {
        text += fmt::format(" ({} {:.6g} {}, {})", language.limit, *issue.tolerance, to_string(rule.unit),
                            row_of(*rule.parameter).name);
    }
    if (!issue.field.empty()) {
        text += fmt::format(", {} {}: '{}'", language.field, issue.field, issue.found);
    }
    if (!issue.expected.empty()) {
        text += fmt::format(" ({} '{}')", language.expected, issue.expected);
    }
    if (issue.other_feature_id) {
        text += fmt::format(", {} {}", language.with, issue.other_feature_id->text());
    }
    return fmt::format("{}. {}", text, rule.remedy.*language.words);
}

}  // namespace

void IssueCounts::add(const IssueCounts& other) {
    for (std::size_t code = 0; code < issue_code_count; ++code) {
        for (std::size_t severity = 0; severity < severity_count; ++severity) {
            m_counts[code][severity] += other.m_counts[code][severity];
        }
    }
}

std::size_t IssueCounts::of(IssueCode code) const {
    const auto& row = m_counts[static_cast<std::size_t>(code)];
    return std::accumulate(row.begin(), row.end(), std::size_t{0});
}

std::size_t IssueCounts::of(Severity severity) const {
    std::size_t sum = 0;
    for (const auto& row : m_counts) {
        sum += row[static_cast<std::size_t>(severity)];
    }
    return sum;
}

std::size_t IssueCounts::total() const { return of(Severity::error) + of(Severity::warning) + of(Severity::info); }

void ValidationReport::add(ValidationIssue issue) {
    counts.add(issue.code, issue.severity);
    issues.push_back(std::move(issue));
}

std::string sentence_vi(const ValidationIssue& issue) { return sentence(issue, vietnamese); }
std::string sentence_en(const ValidationIssue& issue) { return sentence(issue, english); }

}  // namespace ranh::validation
