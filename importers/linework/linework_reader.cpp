#include "importers/linework/linework_reader.hpp"

#include "importers/linework/corner_snap.hpp"
#include "importers/linework/drawing.hpp"
#include "importers/pipeline/find_crs.hpp"
#include "importers/pipeline/geometry_check.hpp"
#include "importers/pipeline/named_count.hpp"
#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/boundary.hpp"
#include "spatial/codec/wkt.hpp"
#include "spatial/index/packed_rtree.hpp"
#include "spatial/topology/faces.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace ranh::linework {
namespace {

using geom::Geometry;
using geom::Point;

/// Beyond it an area on paper is called wrong (domain practice: 3 % of parcels of a sheet).
constexpr double most_area_difference = 0.05;
/// How far the next line is looked for around a free end, metres.
constexpr double gap_reach_m = 5.0;
/// Texts whose heights differ by less stand on one line of a label, metres.
constexpr double line_height_m = 0.3;

std::string text_of(const Point& p) { return fmt::format("{:.3f} {:.3f}", p.x, p.y); }

/// Faces with the texts inside them.
class FaceLabels {
public:
    explicit FaceLabels(std::vector<Geometry> faces) : m_faces(std::move(faces)) {
        // Parcels are numbered from the north-west.
        std::sort(m_faces.begin(), m_faces.end(), [](const Geometry& a, const Geometry& b) {
            const auto key = [](const Geometry& face) {
                const auto box = *face.box();
                return std::tuple(-box.max.y, box.min.x, -box.min.y, box.max.x);
            };
            return key(a) < key(b);
        });
        std::vector<geom::Box> boxes;
        for (const auto& face : m_faces) {
            boxes.push_back(*face.box());
            m_boundaries.emplace_back(face);
        }
        m_tree = index::PackedRTree(boxes);
        m_texts.resize(m_faces.size());
    }

    /// Why the text belongs to no face, or nothing when it does.
    std::optional<std::string> add(const PlacedText& text) {
        for (const std::uint32_t face : m_tree.search({text.at, text.at})) {
            const auto segments = m_boundaries[face].segments();
            if (std::any_of(segments.begin(), segments.end(), [&](const algorithm::Segment& side) {
                    return algorithm::on_segment(text.at, side.from, side.to);
                })) {
                return "stands on a boundary; move it into its parcel";
            }
            if (m_boundaries[face].encloses(text.at)) {
                m_texts[face].push_back(&text);
                return std::nullopt;
            }
        }
        return "lies in no face; close the boundary around it, or move it into its parcel";
    }

    [[nodiscard]] std::size_t size() const { return m_faces.size(); }
    [[nodiscard]] const Geometry& face(std::size_t i) const { return m_faces[i]; }

    /// Texts of a face from the top, then from the left.
    [[nodiscard]] std::vector<const PlacedText*> texts(std::size_t i) const {
        std::vector<const PlacedText*> texts = m_texts[i];
        std::sort(texts.begin(), texts.end(), [](const PlacedText* a, const PlacedText* b) {
            return std::tuple(-a->at.y, a->at.x) < std::tuple(-b->at.y, b->at.x);
        });
        for (auto line = texts.begin(); line != texts.end();) {
            const double top = (*line)->at.y;
            const auto end = std::find_if(line, texts.end(),
                                          [&](const PlacedText* text) { return text->at.y < top - line_height_m; });
            std::sort(line, end, [](const PlacedText* a, const PlacedText* b) { return a->at.x < b->at.x; });
            line = end;
        }
        return texts;
    }

private:
    std::vector<Geometry> m_faces;
    std::vector<algorithm::Boundary> m_boundaries;
    index::PackedRTree m_tree;
    std::vector<std::vector<const PlacedText*>> m_texts;
};

/// Places where the lines of a network meet.
class MetCorners {
public:
    explicit MetCorners(const topology::LineFaces& faces) {
        const auto add = [this](const Geometry& geometry) {
            for (const Point& p : geometry.points()) {
                m_corners.emplace_back(p.x, p.y);
            }
        };
        std::for_each(faces.faces.begin(), faces.faces.end(), add);
        std::for_each(faces.cuts.begin(), faces.cuts.end(), add);
        for (const Geometry& line : faces.dangles) {
            const auto points = line.points();
            m_ends.emplace_back(points.front().x, points.front().y);
            m_ends.emplace_back(points.back().x, points.back().y);
        }
        std::sort(m_corners.begin(), m_corners.end());
        std::sort(m_ends.begin(), m_ends.end());
    }

    /// The end of a dangle that is no corner of a face and no end of another dangle.
    [[nodiscard]] Point free_end(const Geometry& dangle) const {
        const Point last = dangle.points().back();
        const std::pair place(last.x, last.y);
        const auto [first_end, last_end] = std::equal_range(m_ends.begin(), m_ends.end(), place);
        const bool met =
            std::distance(first_end, last_end) > 1 || std::binary_search(m_corners.begin(), m_corners.end(), place);
        return met ? dangle.points().front() : last;
    }

private:
    std::vector<std::pair<double, double>> m_corners;
    std::vector<std::pair<double, double>> m_ends;
};

class LineworkReader final : public pipeline::FeatureReader {
public:
    LineworkReader(pipeline::FeatureReader& source, const pipeline::ReadOptions& options,
                   const mapping::DrawingLevels& levels, const BoundaryCount& count)
        : m_levels(levels) {
        source.rewind();
        Drawing drawing = read_drawing(source, m_levels);
        m_description = source.describe();
        m_description.schema = {{{"parcel", model::FieldType::text, model::Privacy::open},
                                 {"land_code", model::FieldType::text, model::Privacy::open},
                                 {"area_stated_m2", model::FieldType::real, model::Privacy::open}}};
        m_description.id_field = "parcel";
        m_description.counted_unit = "item";
        note_use(drawing, count);
        find_crs(drawing, options);
        build(drawing);
        m_description.record_count = static_cast<std::int64_t>(m_records.size());
    }

    const pipeline::SourceDescription& describe() override { return m_description; }

    std::optional<pipeline::SourceRecord> next() override {
        return m_next < m_records.size() ? std::optional(m_records[m_next++]) : std::nullopt;
    }

    void rewind() override { m_next = 0; }

private:
    void note(std::string sentence) {
        m_description.notes.push_back(fmt::format("{}: linework: {}", m_description.file_name, sentence));
    }

    void note_use(const Drawing& drawing, const BoundaryCount& count) {
        note(fmt::format(
            "parcels are built from {} lines and {} areas on the boundary levels {}, labelled by the levels "
            "{} (number), {} (land code) and {} (area); --linework no reads the elements as they are",
            count.lines, count.areas, fmt::join(m_levels.boundary, ", "), fmt::join(m_levels.number, ", "),
            fmt::join(m_levels.land_code, ", "), fmt::join(m_levels.area, ", ")));
        note_by_level(drawing.unused, "elements on other levels are not used");
        note_by_level(drawing.points, "elements on these levels are no boundary line and no label");
        if (drawing.on_paper > 0) {
            note(fmt::format("{} elements of sheets made for printing are left out", drawing.on_paper));
        }
    }

    void note_by_level(const std::map<std::string, std::int64_t>& levels, const char* what) {
        std::int64_t all = 0;
        std::vector<std::string> parts;
        for (const auto& [level, elements] : levels) {
            all += elements;
            parts.push_back(fmt::format("{}: {}", level, elements));
        }
        if (all > 0) {
            note(fmt::format("{} {} ({})", all, what, fmt::join(parts, ", ")));
        }
    }

    void find_crs(Drawing& drawing, const pipeline::ReadOptions& options) {
        if (!m_description.declared_crs && m_description.declared_crs_text.empty() && !drawing.lines.empty()) {
            std::vector<Point> points;
            for (const auto& line : drawing.lines) {
                points.push_back(line.points().front());
            }
            pipeline::CrsFinder finder(options);
            const auto finding = finder.find(points);
            m_description.found_crs = finding.crs;
            m_description.crs_reason = finding.reason;
            for (const auto& sentence : finding.notes) {
                if (std::find(m_description.notes.begin(), m_description.notes.end(), sentence) ==
                    m_description.notes.end()) {
                    m_description.notes.push_back(sentence);
                }
            }
        }
        const auto& crs = m_description.found_crs ? m_description.found_crs : m_description.declared_crs;
        if (crs) {
            const pipeline::PlausiblePlace place(*crs);
            leave_out_foreign(drawing, [&place](const Point& p) { return place.holds(Geometry::point(p)); });
            m_metre = crs->is_geographic() ? 1.0 / metres_of_a_degree : 1.0;
        }
        if (drawing.far_away > 0) {
            note(fmt::format("warning: {} elements lie far from the rest of the drawing and are left out (at {}{})",
                             drawing.far_away, fmt::join(drawing.far_places, "; "),
                             drawing.far_away > static_cast<std::int64_t>(drawing.far_places.size()) ? "; …" : ""));
        }
    }

    void build(Drawing& drawing) {
        for (auto& record : drawing.rejected) {
            reject(std::move(record));
        }
        const SnapReport snap = snap_corners(drawing.lines, *m_levels.snap_m * m_metre);
        note_snap(snap);
        auto faces = topology::faces_of_lines(drawing.lines).value();
        if (faces.moved_points > 0) {
            note(
                fmt::format("warning: {} corners of lines that nearly coincide were moved by less than 1e-6 m to find "
                            "their crossings",
                            faces.moved_points));
        }
        FaceLabels labels(std::move(faces.faces));
        for (const PlacedText& text : drawing.texts) {
            if (const auto problem = labels.add(text)) {
                reject_text(text, *problem);
            }
        }
        for (std::size_t i = 0; i < labels.size(); ++i) {
            take_face(labels.face(i), labels.texts(i));
        }
        note_faces(labels.size());
        reject_lines(faces, drawing.lines);
    }

    void note_snap(const SnapReport& snap) {
        const std::string reach = fmt::format("corners and ends within {} m are one (--snap)", *m_levels.snap_m);
        if (snap.moved + snap.drawn + snap.bent == 0) {
            note(*m_levels.snap_m > 0.0 ? reach + ": none had to be moved" : "nothing is moved (--snap 0)");
            return;
        }
        std::vector<std::string> places;
        std::transform(snap.places.begin(), snap.places.end(), std::back_inserter(places), text_of);
        note(fmt::format(
            "{}: {} corners went to a neighbour, {} ends to the side they miss, {} sides were led through a "
            "corner beside them, by {:.4f} m at most (at {}); the first at {}",
            reach, snap.moved, snap.drawn, snap.bent, snap.farthest / m_metre, text_of(snap.farthest_at),
            fmt::join(places, "; ")));
    }

    void reject(model::QuarantineRecord rejected) {
        pipeline::SourceRecord record;
        record.place = rejected.place;
        record.rejected = std::move(rejected);
        m_records.push_back(std::move(record));
    }

    void reject_text(const PlacedText& text, const std::string& problem) {
        const ParcelLabel label = read_label({text.label});
        const bool readable = label.unread.empty();
        reject({text.place,
                fmt::format("{} (level '{}') {}, at {}",
                            readable ? "label '" + text.label.text + "'"
                                     : fmt::format("a text of {} bytes that is no label", text.label.text.size()),
                            text.level, problem, text_of(text.at)),
                codec::to_wkt(Geometry::point(text.at))});
    }

    void take_face(const Geometry& face, const std::vector<const PlacedText*>& texts) {
        std::vector<LabelText> words;
        words.reserve(texts.size());
        for (const PlacedText* text : texts) {
            words.push_back(text->label);
        }
        const ParcelLabel label = read_label(words);
        for (const std::size_t i : label.unread) {
            reject_text(*texts[i],
                        "cannot be read as number, land code or area; name its level otherwise, or leave it");
        }
        const auto box = *face.box();
        const Point middle{(box.min.x + box.max.x) / 2.0, (box.min.y + box.max.y) / 2.0};
        const double computed = algorithm::area(face) / (m_metre * m_metre);
        pipeline::SourceRecord record;
        record.place = fmt::format("face around {} of {:.1f} m²", text_of(middle), computed);
        if (const auto problem = why_not_a_parcel(label)) {
            reject({record.place, *problem, codec::to_wkt(face)});
            return;
        }
        const auto stated = nearest_area(label.areas_m2, computed);
        record.geometry = face;
        record.values = {label.numbers.front(),
                         label.land_codes.empty() ? model::Value() : model::Value(label.land_codes.front()),
                         stated ? model::Value(*stated) : model::Value()};
        count(label, stated, computed);
        m_records.push_back(std::move(record));
    }

    std::optional<std::string> why_not_a_parcel(const ParcelLabel& label) {
        if (label.empty()) {
            ++m_unlabelled;
            return "no label lies inside this face; it is a road, water or another area that is no parcel, or its "
                   "label "
                   "is missing";
        }
        if (label.numbers.empty()) {
            ++m_unlabelled;
            return "no parcel number lies inside this face, only land code or area; write the number into it";
        }
        if (label.numbers.size() > 1) {
            ++m_ambiguous;
            return fmt::format(
                "several parcel numbers lie inside this face: {}; a boundary between them is missing or "
                "open, or a label stands in the wrong parcel",
                fmt::join(label.numbers, ", "));
        }
        if (label.land_codes.size() > 1) {
            ++m_ambiguous;
            return fmt::format(
                "several land codes lie inside parcel {}: {}; keep the one that holds, or write them as "
                "one (ONT+CLN)",
                label.numbers.front(), fmt::join(label.land_codes, ", "));
        }
        return std::nullopt;
    }

    void count(const ParcelLabel& label, const std::optional<double>& stated, double computed) {
        const std::string& number = label.numbers.front();
        if (label.land_codes.empty()) {
            m_without_code.add(number);
        }
        if (!stated) {
            m_without_area.add(number);
            return;
        }
        if (label.areas_m2.size() > 1) {
            m_several_areas.add(number);
        }
        if (std::abs(*stated - computed) > most_area_difference * computed) {
            m_other_area.add(fmt::format("{}: {} on paper, {:.1f} measured", number, *stated, computed));
        }
    }

    void note_faces(std::size_t faces) {
        const auto kept = static_cast<std::int64_t>(faces) - m_unlabelled - m_ambiguous;
        note(fmt::format("{} faces: {} parcels, {} without a parcel number, {} with several labels", faces, kept,
                         m_unlabelled, m_ambiguous));
        const auto note_some = [this](const pipeline::NamedCount& some, const char* what) {
            if (some.count() > 0) {
                note(fmt::format("{} parcels {} ({})", some.count(), what, some.names()));
            }
        };
        note_some(m_without_code, "have no land code");
        note_some(m_without_area, "have no area on paper");
        note_some(m_several_areas, "hold several areas on paper: the one nearest to the measured area is taken");
        if (m_other_area.count() > 0) {
            note(fmt::format("warning: {} parcels differ by more than 5 % from their area on paper ({})",
                             m_other_area.count(), m_other_area.names()));
        }
    }

    void reject_lines(const topology::LineFaces& faces, const std::vector<Geometry>& lines) {
        const NearestLine nearest(lines);
        const MetCorners met(faces);
        for (const auto& line : faces.dangles) {
            const Point end = met.free_end(line);
            const auto gap = nearest.distance(end, gap_reach_m * m_metre);
            reject(
                {fmt::format("boundary line at {}", text_of(end)),
                 gap ? fmt::format("the line ends {:.3f} m from the next one and bounds nothing; draw it to there, or "
                                   "raise --snap (now {} m)",
                                   *gap / m_metre, *m_levels.snap_m)
                     : fmt::format("the line ends here, with no other within {} m, and bounds nothing", gap_reach_m),
                 codec::to_wkt(line)});
        }
        for (const auto& line : faces.cuts) {
            reject({fmt::format("boundary line at {}", text_of(line.points().front())),
                    "the line has the same face on both sides and bounds nothing", codec::to_wkt(line)});
        }
    }

    static constexpr double metres_of_a_degree = 111'000.0;

    mapping::DrawingLevels m_levels;
    pipeline::SourceDescription m_description;
    std::vector<pipeline::SourceRecord> m_records;
    std::size_t m_next = 0;
    double m_metre = 1.0;  ///< in units of the coordinates
    std::int64_t m_unlabelled = 0;
    std::int64_t m_ambiguous = 0;
    pipeline::NamedCount m_without_code;
    pipeline::NamedCount m_without_area;
    pipeline::NamedCount m_several_areas;
    pipeline::NamedCount m_other_area;
};

/// Levels of all elements, for a sentence.
std::string levels_there_are(pipeline::FeatureReader& reader) {
    constexpr std::size_t most = 20;
    const DrawingFields fields(reader.describe().schema);
    std::map<std::string, std::int64_t> levels;
    reader.rewind();
    while (const auto record = reader.next()) {
        ++levels[fields.level(*record)];
    }
    reader.rewind();
    std::vector<std::string> parts;
    for (const auto& [level, elements] : levels) {
        if (parts.size() == most) {
            parts.emplace_back("…");
            break;
        }
        parts.push_back(fmt::format("{} ({} elements)", level, elements));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::unique_ptr<pipeline::FeatureReader> with_linework(std::unique_ptr<pipeline::FeatureReader> reader,
                                                       const pipeline::ReadOptions& options) {
    const auto& source = reader->describe();
    const bool wanted = options.linework == pipeline::LineworkUse::yes;
    const bool drawing = (source.format == "DXF" || source.format == "DGN") && DrawingFields(source.schema).complete();
    if (wanted && !drawing) {
        throw Failure(
            ErrorKind::invalid_argument,
            fmt::format("parcels are built from the lines of DXF and DGN drawings alone, and this is {}; leave "
                        "--linework out",
                        source.format),
            source.file_name);
    }
    if (!drawing || options.linework == pipeline::LineworkUse::no) {
        return reader;
    }
    const auto levels = with_defaults(options.levels);
    const BoundaryCount count = count_boundaries(*reader, levels);
    if (count.lines == 0 && !(wanted && count.areas > 0)) {
        if (wanted) {
            throw Failure(ErrorKind::conflict,
                          fmt::format("no line stands on the boundary levels {}; name those of this drawing with "
                                      "--boundary-levels. There are: {}",
                                      fmt::join(levels.boundary, ", "), levels_there_are(*reader)),
                          source.file_name);
        }
        return reader;
    }
    return std::make_unique<LineworkReader>(*reader, options, levels, count);
}

}  // namespace ranh::linework
