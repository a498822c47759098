#include "importers/linework/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <set>

namespace ranh::linework {
namespace {

constexpr double far_at_least_m = 20'000.0;
constexpr double far_times = 20.0;
constexpr double bulk_share = 0.9;
constexpr std::size_t most_places = 5;

std::set<std::string> keys_of(const std::vector<std::string>& levels) {
    std::set<std::string> keys;
    std::transform(levels.begin(), levels.end(), std::inserter(keys, keys.end()),
                   [](const std::string& level) { return level_key(level); });
    return keys;
}

/// Text of a field, or nothing.
std::string text_at(const pipeline::SourceRecord& record, const std::optional<std::size_t>& field) {
    return field && *field < record.values.size() ? model::to_text(record.values[*field]) : std::string();
}

class Sorting {
public:
    Sorting(const model::Schema& schema, const mapping::DrawingLevels& levels)
        : m_fields(schema),
          m_boundary(keys_of(levels.boundary)),
          m_number(keys_of(levels.number)),
          m_code(keys_of(levels.land_code)),
          m_area(keys_of(levels.area)) {}

    void take(pipeline::SourceRecord record, Drawing& drawing) const {
        if (record.rejected && record.values.empty()) {
            drawing.rejected.push_back(std::move(*record.rejected));  // not of one element
            return;
        }
        ++drawing.elements;
        if (m_fields.on_paper(record)) {
            ++drawing.on_paper;
            return;
        }
        const std::string level = m_fields.level(record);
        const std::string key = level_key(level);
        const auto role = role_of(key);
        if (record.rejected && (role || m_boundary.contains(key))) {
            record.rejected->reason = fmt::format("level '{}': {}", level, record.rejected->reason);
            drawing.rejected.push_back(*record.rejected);
            return;
        }
        const std::string text = m_fields.text(record);
        const int dimension = record.geometry ? geom::dimension(record.geometry->type()) : 0;
        if (m_boundary.contains(key) && dimension > 0) {
            add_lines(*record.geometry, drawing);
        } else if (role && record.geometry && dimension == 0 && !text.empty()) {
            drawing.texts.push_back({record.geometry->points().front(), {*role, text}, level, record.place});
        } else if (m_boundary.contains(key) || role) {
            ++drawing.points[level];
        } else {
            ++drawing.unused[level];
        }
    }

    [[nodiscard]] bool bounds(const pipeline::SourceRecord& record) const {
        return m_boundary.contains(level_key(m_fields.level(record))) && !m_fields.on_paper(record);
    }

private:
    [[nodiscard]] std::optional<LabelRole> role_of(const std::string& key) const {
        if (m_number.contains(key)) {
            return LabelRole::number;
        }
        if (m_code.contains(key)) {
            return LabelRole::land_code;
        }
        return m_area.contains(key) ? std::optional(LabelRole::area) : std::nullopt;
    }

    /// Each path of a line or an area, without repeated points.
    static void add_lines(const geom::Geometry& geometry, Drawing& drawing) {
        const auto view = geometry.view();
        for (std::size_t i = 0; i < view.path_count(); ++i) {
            std::vector<geom::Point> points;
            const auto path = view.path(i);
            std::unique_copy(path.begin(), path.end(), std::back_inserter(points));
            if (points.size() > 1) {
                drawing.lines.push_back(geom::Geometry::line_string(std::move(points)));
            }
        }
    }

    DrawingFields m_fields;
    std::set<std::string> m_boundary;
    std::set<std::string> m_number;
    std::set<std::string> m_code;
    std::set<std::string> m_area;
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Where most of a drawing lies.
class Bulk {
public:
    explicit Bulk(const std::vector<geom::Point>& places) {
        std::vector<double> xs;
        std::vector<double> ys;
        for (const auto& place : places) {
            xs.push_back(place.x);
            ys.push_back(place.y);
        }
        m_middle = {median(std::move(xs)), median(std::move(ys))};
        std::vector<double> distances;
        distances.reserve(places.size());
        for (const auto& place : places) {
            distances.push_back(distance(place));
        }
        const auto nth =
            distances.begin() + static_cast<std::ptrdiff_t>(bulk_share * static_cast<double>(distances.size() - 1));
        std::nth_element(distances.begin(), nth, distances.end());
        m_far = std::max(far_at_least_m, far_times * *nth);
    }

    /// One point far away is enough: a line that reaches there is no boundary. So is a coordinate that is no number.
    [[nodiscard]] bool holds(std::span<const geom::Point> points) const {
        return std::all_of(points.begin(), points.end(),
                           [this](const geom::Point& point) { return distance(point) <= m_far; });
    }

private:
    [[nodiscard]] double distance(const geom::Point& p) const { return std::hypot(p.x - m_middle.x, p.y - m_middle.y); }

    geom::Point m_middle;
    double m_far = 0.0;
};

void note_far(const geom::Point& place, Drawing& drawing) {
    ++drawing.far_away;
    if (drawing.far_places.size() < most_places) {
        drawing.far_places.push_back(fmt::format("{:.3f} {:.3f}", place.x, place.y));
    }
}

template <typename Holds>
void leave_out(Drawing& drawing, const Holds& holds) {
    std::erase_if(drawing.lines, [&](const geom::Geometry& line) {
        const bool far = !holds(line.points());
        if (far) {
            note_far(line.points().back(), drawing);
        }
        return far;
    });
    std::erase_if(drawing.texts, [&](const PlacedText& text) {
        const bool far = !holds(std::span(&text.at, 1));
        if (far) {
            note_far(text.at, drawing);
        }
        return far;
    });
}

void leave_out_far(Drawing& drawing) {
    std::vector<geom::Point> places;
    const auto add = [&places](const geom::Point& place) {
        if (std::isfinite(place.x) && std::isfinite(place.y)) {
            places.push_back(place);
        }
    };
    for (const auto& line : drawing.lines) {
        add(line.points().front());
    }
    for (const auto& text : drawing.texts) {
        add(text.at);
    }
    if (places.empty()) {
        return;
    }
    const Bulk bulk(places);
    leave_out(drawing, [&bulk](std::span<const geom::Point> points) { return bulk.holds(points); });
}

}  // namespace

std::string level_key(std::string_view level) {
    std::string key;
    for (const char c : level) {
        const bool left_out = c == ' ' || c == '_' || c == '-' || c == '\t';
        if (!left_out) {
            key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    const auto first_digit = key.find_first_of("0123456789");
    const std::string word = key.substr(0, first_digit);
    const bool numbered = first_digit != std::string::npos &&
                          key.find_first_not_of("0123456789", first_digit) == std::string::npos &&
                          (word.empty() || word == "level" || word == "lev" || word == "lv" || word == "lop");
    if (!numbered) {
        return key;
    }
    const auto value = std::min(key.find_first_not_of('0', first_digit), key.size() - 1);
    return key.substr(std::max(value, first_digit));
}

mapping::DrawingLevels with_defaults(mapping::DrawingLevels levels) {
    // A fifth of the best point accuracy asked for (5 cm at 1:200, Circular 25/2014/TT-BTNMT), ten times the unit in
    // which drawings store coordinates.
    constexpr double usual_snap_m = 0.01;
    return mapping::filled(std::move(levels), {{"10", "23", "31"}, {"13"}, {"2"}, {"4"}, usual_snap_m});
}

DrawingFields::DrawingFields(const model::Schema& schema)
    : m_level(schema.find("Level")), m_text(schema.find("Text")), m_paper(schema.find("PaperSpace")) {
    if (!m_level) {
        m_level = schema.find("Layer");
    }
}

std::string DrawingFields::level(const pipeline::SourceRecord& record) const { return text_at(record, m_level); }
std::string DrawingFields::text(const pipeline::SourceRecord& record) const { return text_at(record, m_text); }

bool DrawingFields::on_paper(const pipeline::SourceRecord& record) const {
    const std::string paper = text_at(record, m_paper);
    return paper == "true" || paper == "1";
}

Drawing read_drawing(pipeline::FeatureReader& reader, const mapping::DrawingLevels& levels) {
    const Sorting sorting(reader.describe().schema, levels);
    Drawing drawing;
    while (auto record = reader.next()) {
        sorting.take(std::move(*record), drawing);
    }
    leave_out_far(drawing);
    return drawing;
}

void leave_out_foreign(Drawing& drawing, const std::function<bool(const geom::Point&)>& is_plausible) {
    const auto holds = [&](std::span<const geom::Point> points) {
        return std::all_of(points.begin(), points.end(), is_plausible);
    };
    const auto foreign = std::count_if(drawing.lines.begin(), drawing.lines.end(),
                                       [&](const geom::Geometry& line) { return !holds(line.points()); });
    // A drawing that lies abroad as a whole has the wrong coordinate system, which is said elsewhere.
    if (static_cast<double>(foreign) <= (1.0 - bulk_share) * static_cast<double>(drawing.lines.size())) {
        leave_out(drawing, holds);
    }
}

BoundaryCount count_boundaries(pipeline::FeatureReader& reader, const mapping::DrawingLevels& levels) {
    const Sorting sorting(reader.describe().schema, levels);
    BoundaryCount count;
    reader.rewind();
    while (const auto record = reader.next()) {
        if (record->geometry && sorting.bounds(*record)) {
            const int dimension = geom::dimension(record->geometry->type());
            count.lines += dimension == 1 ? 1 : 0;
            count.areas += dimension == 2 ? 1 : 0;
        }
    }
    reader.rewind();
    return count;
}

}  // namespace ranh::linework
