#pragma once

#include "importers/linework/parcel_label.hpp"
#include "importers/mapping/mapping.hpp"
#include "importers/pipeline/source_record.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::linework {

/// Name of a level as it is compared: "10", "010", "Level 10" and "LV_10" are "10"; others in lower case.
[[nodiscard]] std::string level_key(std::string_view level);

/// Those named, the others as in the levels of a cadastral drawing (Annex 21, Circular 26/2024/TT-BTNMT): boundaries
/// 10, 23, 31; number 13; land code 2; area 4; corners within 1 cm are one.
[[nodiscard]] mapping::DrawingLevels with_defaults(mapping::DrawingLevels levels);

/// Where the fields of a drawing stand in its schema.
class DrawingFields {
public:
    explicit DrawingFields(const model::Schema& schema);
    /// The schema is that of a drawing: it names a level of each element.
    [[nodiscard]] bool complete() const { return m_level && m_text; }
    [[nodiscard]] std::string level(const pipeline::SourceRecord& record) const;
    [[nodiscard]] std::string text(const pipeline::SourceRecord& record) const;
    /// Belongs to a sheet made for printing, whose coordinates are those of the paper.
    [[nodiscard]] bool on_paper(const pipeline::SourceRecord& record) const;

private:
    std::optional<std::size_t> m_level;
    std::optional<std::size_t> m_text;
    std::optional<std::size_t> m_paper;
};

/// A text that may belong to a parcel.
struct PlacedText {
    geom::Point at;  ///< its insertion point
    LabelText label;
    std::string level;
    std::string place;  ///< of the record: "feature 12"
};

/// Elements of a drawing by what they are for.
struct Drawing {
    std::vector<geom::Geometry> lines;              ///< on the boundary levels; rings of areas are lines
    std::vector<PlacedText> texts;                  ///< on the levels of labels
    std::vector<model::QuarantineRecord> rejected;  ///< what the reader could not read
    std::int64_t elements = 0;
    std::int64_t on_paper = 0;
    std::map<std::string, std::int64_t> unused;  ///< elements on other levels, by level
    std::map<std::string, std::int64_t> points;  ///< elements on boundary or label levels that are no line or text
    std::int64_t far_away = 0;                   ///< elements outside the bulk of the drawing; left out
    std::vector<std::string> far_places;         ///< the first of them
};

/// Reads a drawing to its end and leaves out what lies far from the rest: farther than 20 km and than 20 times the
/// distance within which nine tenths of the elements on the levels asked for lie, from their middle.
[[nodiscard]] Drawing read_drawing(pipeline::FeatureReader& reader, const mapping::DrawingLevels& levels);

/// Leaves out, and counts as far away, what has a point that is not plausible, unless that is more than a tenth of the
/// lines.
void leave_out_foreign(Drawing& drawing, const std::function<bool(const geom::Point&)>& is_plausible);

/// Lines and areas on the boundary levels, of the whole drawing; rewinds the reader.
struct BoundaryCount {
    std::int64_t lines = 0;
    std::int64_t areas = 0;
};
[[nodiscard]] BoundaryCount count_boundaries(pipeline::FeatureReader& reader, const mapping::DrawingLevels& levels);

}  // namespace ranh::linework
