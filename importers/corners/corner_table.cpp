#include "importers/corners/corner_table.hpp"

#include "importers/corners/area_records.hpp"
#include "importers/pipeline/delimited_table.hpp"
#include "importers/pipeline/field_text.hpp"
#include "importers/pipeline/find_crs.hpp"
#include "importers/pipeline/named_count.hpp"
#include "spatial/base/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace ranh::corners {

namespace {

std::string stem_of(const std::string& file_name) {
    const auto dot = file_name.rfind('.');
    const std::string stem = file_name.substr(0, dot == 0 ? std::string::npos : dot);
    return stem.empty() ? "1" : stem;
}

class CornerReader final : public pipeline::FeatureReader {
public:
    CornerReader(std::unique_ptr<pipeline::TableReader> table, pipeline::SourceDescription source,
                 const pipeline::ReadOptions& options, std::string fallback_id)
        : m_table(std::move(table)),
          m_description(std::move(source)),
          m_inner_ring(options.inner_ring),
          m_finder(options),
          m_fallback_id(std::move(fallback_id)) {
        m_description.format = "corner table";
        m_description.counted_unit = "ring";
    }

    const pipeline::SourceDescription& describe() override {
        prepare();
        return m_description;
    }

    std::optional<pipeline::SourceRecord> next() override {
        prepare();
        return m_next < m_records.size() ? std::optional(m_records[m_next++]) : std::nullopt;
    }

    void rewind() override { m_next = 0; }

private:
    void prepare() {
        if (m_prepared) {
            return;
        }
        std::vector<pipeline::TableRow> rows;
        while (auto row = m_table->next()) {
            rows.push_back(std::move(*row));
        }
        m_layout = find_layout(rows);
        if (!m_layout.problem.empty()) {
            throw Failure(ErrorKind::invalid_argument, m_layout.problem, m_description.file_name);
        }
        CornerAreas sorted = sorted_areas(rows);
        m_description.notes = m_table->notes();
        m_description.notes.insert(m_description.notes.end(), sorted.notes.begin(), sorted.notes.end());
        for (auto& area : sorted.areas) {
            const auto repairs = clean_rings(area);
            m_description.notes.insert(m_description.notes.end(), repairs.begin(), repairs.end());
        }
        decide_crs(sorted.areas);
        make_schema(sorted);
        make_records(sorted);
        m_prepared = true;
    }

    CornerAreas sorted_areas(const std::vector<pipeline::TableRow>& rows) const {
        try {
            return sort_corners(rows, m_layout, m_fallback_id);
        } catch (const Failure& failure) {
            const Error& error = failure.error();
            const std::string place = error.context.empty() ? "" : ", " + error.context;
            throw Failure(error.kind, error.sentence, m_description.file_name + place);
        }
    }

    static std::vector<geom::Point> points_of(const Area& area) {
        std::vector<geom::Point> points;
        for (const auto& ring : area.rings) {
            if (ring.problem.empty()) {
                const auto ring_points = ring.points();
                points.insert(points.end(), ring_points.begin(), ring_points.end());
            }
        }
        return points;
    }

    /// One system for the whole table when its numbers leave only one; else area by area, with the commune each names.
    void decide_crs(std::vector<Area>& areas) {
        std::vector<geom::Point> all;
        for (const auto& area : areas) {
            const auto points = points_of(area);
            all.insert(all.end(), points.begin(), points.end());
        }
        if (all.empty()) {
            return;
        }
        const auto whole = m_finder.find(all);
        add_notes(whole.crs ? whole.notes : std::vector<std::string>());
        for (auto& area : areas) {
            const auto points = points_of(area);
            if (points.empty()) {
                m_systems.emplace_back();
                continue;
            }
            auto finding = m_finder.find(points, area.commune, m_description.file_name);
            if (whole.crs) {
                finding.crs = whole.crs;
                finding.reason = whole.reason;
            } else {
                add_notes(finding.notes);
            }
            if (!finding.crs) {
                throw Failure(ErrorKind::invalid_argument, finding.reason,
                              fmt::format("{}, area {}", m_description.file_name, area.id));
            }
            m_systems.push_back(finding.crs);
            swap_axes(area, std::set<std::size_t>(finding.swapped.begin(), finding.swapped.end()), points.size());
            if (!m_description.found_crs) {
                m_description.found_crs = finding.crs;
                m_description.crs_reason = finding.reason;
            }
        }
        note_swaps(areas.size());
    }

    void add_notes(const std::vector<std::string>& notes) {
        for (const auto& note : notes) {
            // Exchanged axes are reported here, area by area.
            if (note.find("X/Y") == std::string::npos) {
                m_description.notes.push_back(note);
            }
        }
    }

    void swap_axes(Area& area, const std::set<std::size_t>& swapped, std::size_t point_count) {
        if (swapped.empty()) {
            return;
        }
        std::size_t first = 0;
        for (auto& ring : area.rings) {
            if (!ring.problem.empty()) {
                continue;
            }
            const std::size_t end = first + ring.corners.size();
            const auto is_swapped = [&](std::size_t i) { return swapped.contains(i); };
            std::size_t count = 0;
            for (std::size_t i = first; i < end; ++i) {
                count += is_swapped(i) ? 1U : 0U;
            }
            if (count == ring.corners.size()) {
                for (auto& corner : ring.corners) {
                    std::swap(corner.point->x, corner.point->y);
                }
            } else if (count > 0) {
                ring.problem = mixed_axes(ring, swapped, first, count);
            }
            first = end;
        }
        if (swapped.size() == point_count) {
            m_swapped_areas.add(area.id);
        }
    }

    static std::string mixed_axes(const Ring& ring, const std::set<std::size_t>& swapped, std::size_t first,
                                  std::size_t count) {
        pipeline::NamedCount rows;
        for (std::size_t i = 0; i < ring.corners.size(); ++i) {
            if (swapped.contains(first + i) == (count * 2 <= ring.corners.size())) {
                rows.add(fmt::format("row {}: {}", ring.corners[i].row, ring.corners[i].text));
            }
        }
        return fmt::format("X/Y đảo in a part of the ring only ({}); correct these rows", rows.names());
    }

    void note_swaps(std::size_t area_count) {
        if (m_swapped_areas.count() > 0) {
            m_description.notes.push_back(
                fmt::format("X/Y đảo: in {} of {} areas ({}) column X holds the easting and column Y the northing; "
                            "they were exchanged",
                            m_swapped_areas.count(), area_count, m_swapped_areas.names()));
        }
    }

    void make_schema(const CornerAreas& sorted) {
        const auto& roles = m_layout.roles;
        const auto add = [this](const std::string& name) {
            m_description.schema.fields.push_back({name, model::FieldType::text, model::Privacy::open});
        };
        const auto heading = [this](std::optional<std::size_t> column, const std::string& fallback) {
            return column && *column < m_layout.header.size() ? m_layout.header[*column] : fallback;
        };
        add(heading(roles.area, "area_id"));
        m_description.id_field = m_description.schema.fields.front().name;
        if (roles.commune) {
            add(heading(roles.commune, "commune"));
        }
        for (const std::size_t i : sorted.extra_columns) {
            add(heading(roles.extra[i], ""));
        }
        add("corner_labels");
    }

    std::vector<model::Value> values_of(const Area& area, const CornerAreas& sorted) const {
        const auto value = [](const std::string& text) { return text.empty() ? model::Value() : model::Value(text); };
        std::vector<model::Value> values = {value(area.id)};
        if (m_layout.roles.commune) {
            values.push_back(value(area.commune));
        }
        for (const std::size_t i : sorted.extra_columns) {
            values.push_back(value(area.extras[i]));
        }
        return values;
    }

    void make_records(const CornerAreas& sorted) {
        std::string questions;
        for (std::size_t i = 0; i < sorted.areas.size(); ++i) {
            const Area& area = sorted.areas[i];
            auto result = records_of(area, m_inner_ring, values_of(area, sorted));
            if (!result.open_question.empty()) {
                questions += (questions.empty() ? "" : "; ") + result.open_question;
            }
            for (auto& record : result.records) {
                if (!m_systems.empty() && m_systems[i] && m_systems[i] != m_description.found_crs) {
                    record.crs = m_systems[i];
                }
                m_records.push_back(std::move(record));
            }
        }
        if (!questions.empty()) {
            throw Failure(ErrorKind::invalid_argument,
                          questions +
                              "; the table does not say what the inner ring is. Choose --inner-ring hole (subtract "
                              "it), part (a feature "
                              "of its own, AREA/2) or ignore (keep the outer ring, put the inner one into quarantine)",
                          m_description.file_name);
        }
        m_description.record_count = static_cast<std::int64_t>(m_records.size());
    }

    std::unique_ptr<pipeline::TableReader> m_table;
    pipeline::SourceDescription m_description;
    pipeline::InnerRing m_inner_ring;
    pipeline::CrsFinder m_finder;
    std::string m_fallback_id;
    TableLayout m_layout;
    std::vector<std::optional<crs::Crs>> m_systems;  ///< one per area
    std::vector<pipeline::SourceRecord> m_records;
    pipeline::NamedCount m_swapped_areas;
    std::size_t m_next = 0;
    bool m_prepared = false;
};

}  // namespace

std::unique_ptr<pipeline::FeatureReader> open_corner_table(std::unique_ptr<pipeline::TableReader> table,
                                                           const pipeline::SourceDescription& source,
                                                           const pipeline::ReadOptions& options) {
    return std::make_unique<CornerReader>(std::move(table), source, options, stem_of(source.file_name));
}

std::unique_ptr<pipeline::FeatureReader> open_pasted_corners(std::string_view text,
                                                             const pipeline::ReadOptions& options) {
    pipeline::SourceDescription source;
    source.file_name = "pasted rows";
    source.sha256 = sha256(text).hex();
    auto input = std::make_unique<std::istringstream>(std::string(text));
    return std::make_unique<CornerReader>(pipeline::read_delimited(std::move(input), source.file_name), source, options,
                                          "1");
}

bool looks_like_corner_table(const std::vector<pipeline::TableRow>& first_rows) {
    const auto is_wkt = [](const pipeline::TableRow& row) {
        return std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) {
            const std::string key = pipeline::header_key(cell.substr(0, 40));
            return key.starts_with("polygon") || key.starts_with("multipolygon") || key.starts_with("linestring") ||
                   key == "wkt";
        });
    };
    return std::none_of(first_rows.begin(), first_rows.end(), is_wkt) && find_layout(first_rows).problem.empty();
}

}  // namespace ranh::corners
