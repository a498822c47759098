#include "importers/pipeline/position_check.hpp"

#include "importers/crs_detection/coordinate_mistakes.hpp"
#include "importers/pipeline/field_text.hpp"
#include "spatial/algorithm/distance.hpp"
#include "spatial/algorithm/relate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ranh::pipeline {

namespace {

using crs_detection::CorrectedPlaces;
using geom::Point;

constexpr std::size_t most_claims = 500;
constexpr std::size_t most_corners = 5000;
constexpr std::size_t most_ratios = 10000;
constexpr double commune_reach_deg = 1000.0 / 111'320.0;  // a kilometre of latitude

bool lies_near(Point place, const geom::Geometry& area) {
    const auto box = area.box();
    if (!box || !geom::box_contains(geom::grown(*box, commune_reach_deg), place)) {
        return false;
    }
    return algorithm::locate(place, area) != algorithm::PointPlace::outside ||
           algorithm::distance(geom::Geometry::point(place), area) <= commune_reach_deg;
}

std::string warning(const crs_detection::Sentence& sentence) {
    return fmt::format("warning: {} / {}", sentence.vi, sentence.en);
}

double percent(std::size_t part, std::size_t whole) {
    return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

PositionCheck::PositionCheck(const KnownPlaces& known, const model::Schema& schema)
    : m_known(known),
      m_commune_field(commune_field(schema)),
      m_claims(most_claims),
      m_corners(most_corners),
      m_area_ratios(most_ratios) {}

const crs::Transform& PositionCheck::to_wgs84(const crs::Crs& system) {
    const auto found = m_transforms.find(system);
    return found != m_transforms.end()
               ? found->second
               : m_transforms.emplace(system, crs::Transform::between(system, crs::wgs84()).value()).first->second;
}

void PositionCheck::add(const model::Feature& feature) {
    const auto in_wgs84 = [&](Point place) {
        std::vector<Point> places{place};
        static_cast<void>(to_wgs84(feature.crs).pipeline().try_apply(places));
        return places.front();
    };
    const geom::Geometry& geometry = *feature.geometry;
    if (m_known.count_known_corners) {
        for (const Point& corner : geometry.points()) {
            m_corners.offer([&] { return in_wgs84(corner); });
        }
    }
    if (m_known.communes && m_commune_field && !model::is_null(feature.values[*m_commune_field])) {
        m_claims.offer([&] {
            const geom::Box box = geometry.box().value();
            const Point middle{0.5 * (box.min.x + box.max.x), 0.5 * (box.min.y + box.max.y)};
            return Claim{feature.id.text(), model::to_text(feature.values[*m_commune_field]), in_wgs84(middle)};
        });
    }
    const auto& stated = feature.areas.area_stated_m2;
    const auto& computed =
        feature.areas.area_planar_m2 ? feature.areas.area_planar_m2 : feature.areas.area_ellipsoid_m2;
    if (stated && computed && *stated >= 1.0) {
        m_area_ratios.offer([&] { return *computed / *stated; });
    }
}

std::vector<std::string> PositionCheck::notes() const {
    std::vector<std::string> notes;
    note_communes(notes);
    note_neighbours(notes);
    note_areas(notes);
    return notes;
}

void PositionCheck::note_communes(std::vector<std::string>& notes) const {
    if (m_claims.kept().empty()) {
        return;
    }
    const KnownCommunes communes(m_known.communes());
    std::vector<const CommuneOutline*> outlines;
    std::vector<Point> middles;
    NamedCount outside;
    for (const Claim& claim : m_claims.kept()) {
        if (const CommuneOutline* outline = communes.find(claim.commune)) {
            outlines.push_back(outline);
            middles.push_back(claim.middle);
            if (!lies_near(claim.middle, outline->lonlat)) {
                outside.add(fmt::format("{} ({})", claim.id, claim.commune));
            }
        }
    }
    if (outside.count() == 0) {
        return;
    }
    crs_detection::Sentence sentence{
        fmt::format("{} trong {} đối tượng được xem nằm ngoài xã đã ghi hơn 1 km ({})", outside.count(), middles.size(),
                    outside.names()),
        fmt::format("{} of {} features looked at lie more than 1 km outside the commune they name ({})",
                    outside.count(), middles.size(), outside.names())};
    if (2 * static_cast<std::size_t>(outside.count()) > middles.size()) {
        for (const CorrectedPlaces& correction : crs_detection::undo_each_mistake(middles)) {
            std::size_t inside = 0;
            for (std::size_t i = 0; i < middles.size(); ++i) {
                inside += lies_near(correction.places[i], outlines[i]->lonlat) ? 1U : 0U;
            }
            if (percent(inside, middles.size()) >= 95.0) {
                sentence.vi += "; có thể " + correction.sentence.vi;
                sentence.en += "; perhaps " + correction.sentence.en;
            }
        }
    }
    notes.push_back(warning(sentence));
}

void PositionCheck::note_neighbours(std::vector<std::string>& notes) const {
    constexpr std::size_t times_more = 5;
    const std::vector<Point>& corners = m_corners.kept();
    if (corners.empty()) {
        return;
    }
    const std::size_t least_corners = std::clamp<std::size_t>(corners.size() / 2, 3, 8);
    const std::size_t as_given = m_known.count_known_corners(corners);
    constexpr double share_that_settles = 10.0;
    const auto stand_as_they_are = [&] {
        notes.push_back(fmt::format("{} of {} corners looked at stand on corners of features imported before", as_given,
                                    corners.size()));
    };
    if (percent(as_given, corners.size()) >= share_that_settles) {
        stand_as_they_are();
        return;
    }
    std::size_t most = std::max(least_corners, times_more * as_given);
    std::optional<CorrectedPlaces> best;
    for (CorrectedPlaces& correction : crs_detection::undo_each_mistake(corners, Metres(0.2))) {
        const std::size_t count = m_known.count_known_corners(correction.places);
        if (count >= most) {
            most = count + 1;
            best = std::move(correction);
        }
    }
    if (best) {
        notes.push_back(warning({fmt::format("so với các lớp đã nhập: {}; sửa lỗi này thì {} trong {} góc được xem "
                                             "trùng với góc của các lớp đã nhập (đang trùng {})",
                                             best->sentence.vi, most - 1, corners.size(), as_given),
                                 fmt::format("against layers imported before: {}; with this undone {} of {} corners "
                                             "looked at would stand on corners of features imported "
                                             "before (now {})",
                                             best->sentence.en, most - 1, corners.size(), as_given)}));
    } else if (as_given >= least_corners) {
        stand_as_they_are();
    }
}

void PositionCheck::note_areas(std::vector<std::string>& notes) const {
    constexpr double most_off = 0.02;
    std::vector<double> ratios = m_area_ratios.kept();
    if (ratios.empty()) {
        return;
    }
    const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
    std::nth_element(ratios.begin(), middle, ratios.end());
    if (std::abs(*middle - 1.0) > most_off) {
        notes.push_back(warning(
            {fmt::format(
                 "diện tích tính được bằng {:.4g} lần diện tích đã ghi (trung vị của {} đối tượng): kiểm tra đơn "
                 "vị, hệ tọa độ",
                 *middle, ratios.size()),
             fmt::format("computed areas are {:.4g} times those stated (median of {} features): check units and "
                         "coordinate system",
                         *middle, ratios.size())}));
    }
}

}  // namespace ranh::pipeline
