#include "importers/corners/corner_areas.hpp"

#include "importers/corners/coordinate_columns.hpp"
#include "importers/pipeline/field_text.hpp"
#include "importers/pipeline/named_count.hpp"
#include "importers/pipeline/text_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace ranh::corners {

namespace {

using pipeline::TableRow;

enum class RowKind { corner, heading, skipped };

bool has_digit(const std::string& text) { return text.find_first_of("0123456789") != std::string::npos; }

std::string row_text(const TableRow& row) {
    std::string text;
    for (const auto& cell : row.cells) {
        text += (text.empty() ? "" : "; ") + pipeline::printable_text(cell);
    }
    return text;
}

std::size_t filled_cells(const TableRow& row) {
    return static_cast<std::size_t>(
        std::count_if(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return !cell.empty(); }));
}

/// By the first filled cell: whole words, or sentences that begin so. A name may begin with any of the words.
bool says_footer(const TableRow& row) {
    constexpr std::array<std::string_view, 8> words = {"tong",   "cong", "tongcong", "total",
                                                       "ghichu", "note", "nguon",    "chuvi"};
    constexpr std::array<std::string_view, 4> beginnings = {"tongdientich", "dientich", "ghichu", "hetoado"};
    const auto cell =
        std::find_if(row.cells.begin(), row.cells.end(), [](const std::string& text) { return !text.empty(); });
    const std::string key = cell == row.cells.end() ? std::string() : pipeline::header_key(*cell);
    return std::find(words.begin(), words.end(), key) != words.end() ||
           std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view word) { return key.starts_with(word); });
}

/// "(1) (2) (3) (4)" below a header.
bool numbers_the_columns(const TableRow& row) {
    int expected = 0;
    for (const auto& cell : row.cells) {
        const std::string key = pipeline::header_key(cell);
        ++expected;
        if (!key.empty() && key != std::to_string(expected)) {
            return false;
        }
    }
    return expected >= 3;
}

/// Walks over the rows and keeps where it is: in which area, and in which ring of it.
class Sorter {
public:
    Sorter(const std::vector<TableRow>& rows, const TableLayout& layout, std::string fallback_id)
        : m_rows(rows), m_layout(layout), m_heading(std::move(fallback_id)) {}

    CornerAreas sort() {
        choose_body();
        read_numbers();
        for (std::size_t i = 0; i < m_body.size(); ++i) {
            add_row(i);
        }
        note_skipped();
        keep_constant_extras();
        return std::move(m_result);
    }

private:
    const ColumnRoles& roles() const { return m_layout.roles; }

    bool has_coordinate_text(const TableRow& row) const {
        return has_digit(cell_of(row, roles().north)) || has_digit(cell_of(row, roles().east));
    }

    RowKind kind_of(const TableRow& row) const {
        const bool both = has_digit(cell_of(row, roles().north)) && has_digit(cell_of(row, roles().east));
        if (is_header_row(row) || numbers_the_columns(row) || (!both && says_footer(row))) {
            return RowKind::skipped;
        }
        const bool lone_text = filled_cells(row) == 1 && !has_coordinate_text(row);
        return lone_text ? RowKind::heading : RowKind::corner;
    }

    /// Corner rows in order, each with the heading it stands under.
    void choose_body() {
        std::int64_t before = 0;
        for (std::size_t i = m_layout.first_body_row; i < m_rows.size(); ++i) {
            const TableRow& row = m_rows[i];
            switch (kind_of(row)) {
                case RowKind::skipped: m_skipped.add(fmt::format("row {}: {}", row.number, row_text(row))); break;
                case RowKind::heading: take_heading(row); break;
                case RowKind::corner:
                    m_body.push_back({&row, m_heading, before != 0 && row.number > before + 1});
                    break;
            }
            before = row.number;
        }
    }

    void take_heading(const TableRow& row) {
        const auto cell =
            std::find_if(row.cells.begin(), row.cells.end(), [](const std::string& text) { return !text.empty(); });
        m_heading = pipeline::composed_text(*cell).value();
    }

    void read_numbers() {
        std::vector<std::string> north;
        std::vector<std::string> east;
        for (const auto& line : m_body) {
            north.push_back(cell_of(*line.row, roles().north));
            east.push_back(cell_of(*line.row, roles().east));
        }
        m_numbers = read_coordinates(north, east).value();
        if (!m_numbers.note.empty()) {
            m_result.notes.push_back(m_numbers.note);
        }
    }

    std::string text_of(const TableRow& row, std::optional<std::size_t> column) const {
        const auto composed = pipeline::composed_text(cell_of(row, column));
        if (!composed) {
            throw Failure(composed.error().kind, composed.error().sentence, fmt::format("row {}", row.number));
        }
        return composed.value();
    }

    /// Without a header labels may fill several columns before the coordinates: "Điểm 1".
    std::string label_of(const TableRow& row) const {
        if (!m_layout.header.empty() || !roles().label) {
            return text_of(row, roles().label);
        }
        std::string label;
        for (std::size_t i = roles().area ? *roles().area + 1 : 0; i <= *roles().label; ++i) {
            label += (label.empty() ? "" : " ") + text_of(row, i);
        }
        return label;
    }

    void add_row(std::size_t index) {
        const auto& line = m_body[index];
        Corner corner;
        corner.row = line.row->number;
        corner.label = label_of(*line.row);
        corner.text = original(*line.row);
        corner.point = point_at(index);
        Area& area = area_of(line);
        take_area_facts(area, *line.row);
        Ring& ring = ring_of(area, line, corner, point_at(index + 1));
        if (!corner.point && ring.problem.empty()) {
            ring.problem = fmt::format(
                "row {} holds no corner: '{}'; X and Y must be numbers, metres or degrees in Việt Nam. Correct the "
                "row; the ring is not kept without it",
                corner.row, corner.text);
        }
        ring.corners.push_back(std::move(corner));
    }

    std::optional<geom::Point> point_at(std::size_t index) const {
        if (index >= m_body.size() || !m_numbers.north[index] || !m_numbers.east[index]) {
            return std::nullopt;
        }
        return geom::Point{*m_numbers.east[index], *m_numbers.north[index]};
    }

    /// The cells but for those of columns about people.
    std::string original(const TableRow& row) const {
        TableRow shown = row;
        for (std::size_t i = 0; i < shown.cells.size() && i < m_layout.header.size(); ++i) {
            if (pipeline::is_personal({m_layout.header[i], model::FieldType::text, model::Privacy::open})) {
                shown.cells[i] = "…";
            }
        }
        return row_text(shown);
    }

    struct Line {
        const TableRow* row;
        std::string heading;
        bool after_gap;
    };

    Area& area_of(const Line& line) {
        std::string id = line.heading;
        if (roles().area) {
            const std::string cell = text_of(*line.row, roles().area);
            id = !cell.empty() ? cell : m_result.areas.empty() ? line.heading : m_last_area;
        }
        m_last_area = id;
        const auto [entry, added] = m_area_index.try_emplace(id, m_result.areas.size());
        if (added) {
            m_result.areas.push_back({id, {}, std::vector<std::string>(roles().extra.size()), {}});
        }
        return m_result.areas[entry->second];
    }

    void take_area_facts(Area& area, const TableRow& row) {
        const auto take = [](std::string& fact, const std::string& cell) { fact = fact.empty() ? cell : fact; };
        take(area.commune, text_of(row, roles().commune));
        m_varying.resize(roles().extra.size(), false);
        for (std::size_t i = 0; i < roles().extra.size(); ++i) {
            const std::string cell = text_of(row, roles().extra[i]);
            take(area.extras[i], cell);
            m_varying[i] = m_varying[i] || (!cell.empty() && cell != area.extras[i]);
        }
    }

    Ring& ring_of(Area& area, const Line& line, const Corner& corner, std::optional<geom::Point> next_point) {
        if (roles().part) {
            const std::string part = text_of(*line.row, roles().part);
            const auto [entry, added] = m_part_index.try_emplace({area.id, part}, area.rings.size());
            if (added) {
                area.rings.emplace_back();
            }
            return area.rings[entry->second];
        }
        if (area.rings.empty() || begins_ring(area.rings.back(), line, corner, next_point)) {
            area.rings.emplace_back();
        }
        return area.rings.back();
    }

    static bool is_closed(const Ring& ring) {
        const auto& corners = ring.corners;
        return corners.size() > 3 && corners.front().point && corners.back().point == corners.front().point;
    }

    /// The number a label ends in: "TN.1" -> 1; 0 when it ends in none.
    static std::int64_t label_number(const std::string& label) {
        const auto last = label.find_last_not_of("0123456789");
        const std::string digits = last == std::string::npos ? label : label.substr(last + 1);
        // "4,1" and "4.10" are sub-numbers, not the start of a row of numbers.
        const bool sub_number = last != std::string::npos && last > 0 && (label[last] == ',' || label[last] == '.') &&
                                label[last - 1] >= '0' && label[last - 1] <= '9';
        return digits.empty() || digits.size() > 9 || sub_number ? 0 : std::stoll(digits);
    }

    bool begins_ring(const Ring& ring, const Line& line, const Corner& corner, std::optional<geom::Point> next_point) {
        if (ring.corners.size() < 3 || is_closed(ring)) {
            return is_closed(ring);
        }
        const bool same_point = corner.point && ring.corners.front().point == corner.point;
        if (corner.label.empty()) {
            if (line.after_gap) {
                m_result.notes.push_back(fmt::format("a new ring begins at row {}, after an empty line", corner.row));
            }
            return line.after_gap;
        }
        const bool restarts = corner.label == ring.corners.front().label || label_number(corner.label) == 1;
        // The first point again closes the ring, unless the second one follows: then the ring is printed twice.
        const bool printed_twice = same_point && next_point && next_point == ring.corners[1].point;
        return restarts && (!same_point || printed_twice);
    }

    void note_skipped() {
        if (m_skipped.count() > 0) {
            m_result.notes.push_back(
                fmt::format("{} rows are no corners and were skipped: {}", m_skipped.count(), m_skipped.names()));
        }
    }

    void keep_constant_extras() {
        for (std::size_t i = 0; i < roles().extra.size(); ++i) {
            const std::size_t column = roles().extra[i];
            if (i < m_varying.size() && m_varying[i]) {
                m_result.notes.push_back(
                    fmt::format("column '{}' differs from corner to corner and is not kept", m_layout.header[column]));
            } else {
                m_result.extra_columns.push_back(i);
            }
        }
    }

    const std::vector<TableRow>& m_rows;
    const TableLayout& m_layout;
    std::string m_heading;
    std::vector<Line> m_body;
    CoordinateColumns m_numbers;
    CornerAreas m_result;
    std::map<std::string, std::size_t> m_area_index;
    std::map<std::pair<std::string, std::string>, std::size_t> m_part_index;
    std::string m_last_area;
    std::vector<bool> m_varying;
    pipeline::NamedCount m_skipped;
};

}  // namespace

std::vector<geom::Point> Ring::points() const {
    std::vector<geom::Point> points;
    for (const auto& corner : corners) {
        if (corner.point) {
            points.push_back(*corner.point);
        }
    }
    return points;
}

std::string Ring::name() const {
    if (!corners.front().label.empty() && !corners.back().label.empty()) {
        return corners.front().label + "-" + corners.back().label;
    }
    return fmt::format("rows {}-{}", corners.front().row, corners.back().row);
}

CornerAreas sort_corners(const std::vector<pipeline::TableRow>& rows, const TableLayout& layout,
                         const std::string& fallback_id) {
    return Sorter(rows, layout, fallback_id).sort();
}

}  // namespace ranh::corners
