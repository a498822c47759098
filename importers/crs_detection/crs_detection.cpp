#include "importers/crs_detection/crs_detection.hpp"

#include "importers/crs_detection/grid_zones.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/crs/transform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ranh::crs_detection {

namespace {

using geom::Box;
using geom::Point;

// Northings of the province are 1.156 to 1.424 million and eastings below 0.944 million, so a swap always shows.
constexpr double northing_min = 1'100'000.0;
constexpr double northing_max = 1'450'000.0;
constexpr double easting_max = 950'000.0;
constexpr double commune_reach_m = 1'000.0;
constexpr double metres_per_degree = 111'320.0;
constexpr std::size_t most_points_tested = 1'000;

enum class NumberKind { grid, degrees, zone_prefix, millimetres, unknown };

Point swapped_pair(Point p) { return {p.y, p.x}; }

bool is_grid(Point p) { return p.x > 0.0 && p.x < easting_max && p.y > northing_min && p.y < northing_max; }

bool is_degrees(Point p) {
    // The whole country; longitudes and latitudes do not overlap there.
    constexpr Box country = {{102.0, 8.0}, {110.0, 24.0}};
    return box_contains(country, p);
}

/// 48,773,433: the number of the UTM zone written before the easting.
bool has_zone_prefix(Point p) {
    constexpr double zone_48 = 48e6;
    constexpr double zone_49 = 49e6;
    return is_grid({p.x - zone_48, p.y}) || is_grid({p.x - zone_49, p.y});
}

bool is_millimetres(Point p) { return is_grid({p.x / 1000.0, p.y / 1000.0}); }

NumberKind kind_as_printed(Point p) {
    if (is_grid(p)) return NumberKind::grid;
    if (is_degrees(p)) return NumberKind::degrees;
    if (has_zone_prefix(p)) return NumberKind::zone_prefix;
    if (is_millimetres(p)) return NumberKind::millimetres;
    return NumberKind::unknown;
}

/// Points in their right order, which were swapped, and what kind of numbers they all are.
struct SortedPoints {
    std::vector<Point> points;
    std::vector<std::size_t> swapped;
    NumberKind kind = NumberKind::unknown;
    std::optional<std::size_t> odd_one;  // first point of another kind
};

SortedPoints sort_axes(std::span<const Point> printed) {
    SortedPoints sorted;
    for (std::size_t i = 0; i < printed.size(); ++i) {
        Point p = printed[i];
        NumberKind kind = kind_as_printed(p);
        if (kind == NumberKind::unknown) {
            kind = kind_as_printed(swapped_pair(p));
            if (kind != NumberKind::unknown) {
                p = swapped_pair(p);
                sorted.swapped.push_back(i);
            }
        }
        if (i == 0) {
            sorted.kind = kind;
        } else if (kind != sorted.kind && !sorted.odd_one) {
            sorted.odd_one = i;
        }
        sorted.points.push_back(p);
    }
    return sorted;
}

Box box_around(std::span<const Point> points) { return box_of(points).value_or(Box{}); }

bool inside(const Box& outer, const Box& inner) {
    return box_contains(outer, inner.min) && box_contains(outer, inner.max);
}

const GridZone* zone_of(const crs::Crs& system) {
    const auto zones = grid_zones();
    const auto found =
        std::find_if(zones.begin(), zones.end(), [&](const GridZone& zone) { return zone.epsg == system.epsg(); });
    return found == zones.end() ? nullptr : &*found;
}

/// "EPSG:5899 (múi 3°, KTT 107°45')".
Sentence system_words(const crs::Crs& system) {
    const GridZone* const zone = zone_of(system);
    if (zone == nullptr) {
        const std::string words = fmt::format("{} ({})", system.code(), system.name());
        return {words, words};
    }
    return {fmt::format("{} ({}, KTT {})", system.code(), zone->zone_vi, zone->meridian),
            fmt::format("{} ({}, central meridian {})", system.code(), zone->zone_en, zone->meridian)};
}

Sentence easting_words(const Box& box) {
    const Sentence low = whole_number(box.min.x);
    const Sentence high = whole_number(box.max.x);
    if (low == high) {
        return {"Y = " + low.vi, "Y = " + low.en};
    }
    return {fmt::format("Y từ {} đến {}", low.vi, high.vi), fmt::format("Y from {} to {}", low.en, high.en)};
}

Sentence range_reason(const Box& box, const crs::Crs& system) {
    const Sentence y = easting_words(box);
    const Sentence name = system_words(system);
    return {fmt::format("{} nên là {}", y.vi, name.vi), fmt::format("{} fits {}", y.en, name.en)};
}

std::vector<CrsCandidate> candidates_by_range(const Box& box, bool routine) {
    std::vector<CrsCandidate> fitting;
    for (const GridZone& zone : grid_zones()) {
        if (zone.routine == routine && inside(zone.range, box)) {
            const crs::Crs system = crs::Crs::from_epsg(zone.epsg).value();
            fitting.push_back({system, range_reason(box, system)});
        }
    }
    return fitting;
}

/// Some of the points, evenly spread, and their mean; WGS 84. Empty when they cannot be computed.
std::vector<Point> sample_in_wgs84(std::span<const Point> points, const crs::Crs& system) {
    const std::size_t stride = points.size() / most_points_tested + 1;
    std::vector<Point> sample;
    for (std::size_t i = 0; i < points.size(); i += stride) {
        sample.push_back(points[i]);
    }
    const Result<crs::Transform> transform = crs::Transform::between(system, crs::wgs84());
    if (!transform.ok() || transform.value().pipeline().try_apply(sample)) {
        return {};
    }
    return sample;
}

Point mean_of(std::span<const Point> points) {
    const Point origin = points.front();
    Point sum;
    for (const Point p : points) {
        sum.x += p.x - origin.x;
        sum.y += p.y - origin.y;
    }
    const auto count = static_cast<double>(points.size());
    return {origin.x + sum.x / count, origin.y + sum.y / count};
}

bool lies_in(Point mean, const Commune& commune) {
    constexpr double reach_deg = commune_reach_m / metres_per_degree;
    const std::optional<Box> box = commune.area.box();
    if (!box || !box_contains(grown(*box, reach_deg), mean)) {
        return false;
    }
    // A degree of longitude is shorter than one of latitude, so the reach is a little less than stated to east and
    // west.
    return algorithm::distance(geom::Geometry::point(mean), commune.area) <= reach_deg;
}

std::vector<const Commune*> claimed_communes(const DetectionEvidence& evidence) {
    std::vector<const Commune*> claimed;
    if (!evidence.claimed_commune) {
        return claimed;
    }
    for (const Commune& commune : evidence.communes) {
        if (commune.code == *evidence.claimed_commune || commune.name == *evidence.claimed_commune) {
            claimed.push_back(&commune);
        }
    }
    return claimed;
}

bool lies_in_claim(std::span<const Point> points, const crs::Crs& system, const std::vector<const Commune*>& claimed) {
    const std::vector<Point> sample = sample_in_wgs84(points, system);
    if (sample.empty()) {
        return false;
    }
    const Point mean = mean_of(sample);
    return std::any_of(claimed.begin(), claimed.end(), [&](const Commune* commune) { return lies_in(mean, *commune); });
}

Sentence joined(const Sentence& a, const Sentence& b) { return {a.vi + b.vi, a.en + b.en}; }

/// "EPSG:5899 (…), EPSG:9218 (…)".
Sentence list_of(std::span<const CrsCandidate> candidates) {
    Sentence list;
    for (const CrsCandidate& candidate : candidates) {
        const Sentence name = system_words(candidate.crs);
        list.vi += (list.vi.empty() ? "" : ", ") + name.vi;
        list.en += (list.en.empty() ? "" : ", ") + name.en;
    }
    return list;
}

Sentence swap_note(std::size_t swapped, std::size_t all) {
    return {fmt::format("X/Y đảo: {} trong {} điểm có X và Y đổi chỗ cho nhau; đã đổi lại khi đọc", swapped, all),
            fmt::format("X/Y đảo: X and Y are swapped in {} of {} points; they were swapped back when reading", swapped,
                        all)};
}

/// Numbers that are no metres of VN-2000 in this province.
Sentence question_for_kind(const SortedPoints& sorted) {
    const Point p = sorted.points.front();
    const Sentence x = whole_number(p.y);
    const Sentence y = whole_number(p.x);
    switch (sorted.kind) {
        case NumberKind::degrees:
            return {
                "tọa độ là kinh độ, vĩ độ (độ); không phân biệt được WGS 84 (EPSG:4326) với VN-2000 (EPSG:4756), hai "
                "hệ lệch "
                "nhau 225 m: hãy ghi rõ bằng --crs EPSG:4326 hoặc --crs EPSG:4756",
                "the coordinates are longitude and latitude in degrees; WGS 84 (EPSG:4326) and VN-2000 (EPSG:4756) "
                "cannot be "
                "told apart by the numbers and differ by 225 m: name one with --crs EPSG:4326 or --crs EPSG:4756"};
        case NumberKind::zone_prefix:
            return {fmt::format("Y = {} có số múi {} viết liền phía trước: hãy bỏ hai chữ số đầu rồi nạp lại", y.vi,
                                y.vi.substr(0, 2)),
                    fmt::format("Y = {} carries the zone number {} in front: remove these two digits and import again",
                                y.en, y.en.substr(0, 2))};
        case NumberKind::millimetres:
            return {fmt::format("X = {}, Y = {} là milimét: hãy chia cho 1.000 rồi nạp lại", x.vi, y.vi),
                    fmt::format("X = {}, Y = {} are millimetres: divide by 1,000 and import again", x.en, y.en)};
        case NumberKind::grid:
        case NumberKind::unknown: break;
    }
    return {
        fmt::format("X = {}, Y = {} không phải mét VN-2000 của tỉnh Lâm Đồng (X từ 1.155.600 đến 1.424.200, Y dưới "
                    "943.400): hãy "
                    "kiểm tra đơn vị và kiểu viết số, hoặc ghi rõ hệ tọa độ bằng --crs",
                    x.vi, y.vi),
        fmt::format(
            "X = {}, Y = {} are not VN-2000 metres of Lâm Đồng (X from 1,155,600 to 1,424,200, Y below 943,400): check "
            "unit and number style, or name the coordinate system with --crs",
            x.en, y.en)};
}

Sentence mixed_kinds_question(std::span<const Point> printed, std::size_t odd) {
    const auto pair = [&](std::size_t i) { return std::pair(whole_number(printed[i].y), whole_number(printed[i].x)); };
    const auto [first_x, first_y] = pair(0);
    const auto [odd_x, odd_y] = pair(odd);
    return {fmt::format("điểm 1 (X = {}, Y = {}) và điểm {} (X = {}, Y = {}) không cùng một loại tọa độ: hãy tách bảng "
                        "hoặc sửa điểm sai",
                        first_x.vi, first_y.vi, odd + 1, odd_x.vi, odd_y.vi),
            fmt::format("point 1 (X = {}, Y = {}) and point {} (X = {}, Y = {}) are not numbers of one kind: split the "
                        "table or correct "
                        "the wrong point",
                        first_x.en, first_y.en, odd + 1, odd_x.en, odd_y.en)};
}

void choose(CrsGuess& guess, const crs::Crs& system, Sentence reason) {
    guess.chosen = system;
    guess.reason = std::move(reason);
}

/// The claimed commune decides, or objects.
void decide_by_commune(CrsGuess& guess, std::span<const Point> points, const std::vector<const Commune*>& claimed) {
    const Commune& commune = *claimed.front();
    std::vector<CrsCandidate> fitting;
    for (const CrsCandidate& candidate : guess.candidates) {
        if (lies_in_claim(points, candidate.crs, claimed)) {
            fitting.push_back(candidate);
        }
    }
    if (fitting.size() == 1) {
        choose(guess, fitting[0].crs,
               joined(fitting[0].reason,
                      {fmt::format(", và chỉ hệ này đưa bảng vào xã/phường {} ({})", commune.name, commune.code),
                       fmt::format(", and it alone puts the table into commune {} ({})", commune.name, commune.code)}));
        return;
    }
    if (fitting.size() > 1) {
        const Sentence list = list_of(fitting);
        guess.question = {fmt::format("cả {} đều đưa bảng vào xã/phường {} ({}): hãy chọn bằng --crs", list.vi,
                                      commune.name, commune.code),
                          fmt::format("{} all put the table into commune {} ({}): choose with --crs", list.en,
                                      commune.name, commune.code)};
        return;
    }
    const Sentence list = list_of(guess.candidates);
    guess.question = {
        fmt::format("{} không đưa bảng vào xã/phường {} ({}) đã ghi", list.vi, commune.name, commune.code),
        fmt::format("{} does not put the table into the stated commune {} ({})", list.en, commune.name, commune.code)};
    for (CrsCandidate& hint : candidates_by_range(box_around(points), false)) {
        if (lies_in_claim(points, hint.crs, claimed)) {
            const Sentence name = system_words(hint.crs);
            guess.question = joined(guess.question, {"; có thể sai kinh tuyến trục, " + name.vi + " thì khớp",
                                                     "; the meridian may be wrong, " + name.en + " would fit"});
            guess.candidates.push_back(std::move(hint));
        }
    }
    guess.question = joined(guess.question,
                            {": hãy kiểm tra mã xã hoặc chọn bằng --crs", ": check the commune or choose with --crs"});
}

void decide_by_range(CrsGuess& guess, const Box& box) {
    if (guess.candidates.size() == 1) {
        choose(guess, guess.candidates[0].crs, guess.candidates[0].reason);
        return;
    }
    const Sentence y = easting_words(box);
    const Sentence list = list_of(guess.candidates);
    if (guess.candidates.empty()) {
        guess.question = {
            fmt::format(
                "{} không nằm trọn trong một múi chiếu nào của tỉnh: hãy tách bảng theo múi hoặc ghi rõ bằng --crs",
                y.vi),
            fmt::format(
                "{} does not lie in one zone of the province: split the table by zone or name the system with --crs",
                y.en)};
        return;
    }
    guess.question = {fmt::format("{} hợp với cả {}: cần cột mã xã (maXa) hoặc --crs để quyết định", y.vi, list.vi),
                      fmt::format("{} fits {}: a commune column (maXa) or --crs would decide", y.en, list.en)};
}

enum class DeclaredPlace { province, country, elsewhere };

/// Where the points lie when the declared system is believed.
DeclaredPlace place_of(std::span<const Point> points, const crs::Crs& system) {
    std::vector<Point> places(points.begin(), points.end());
    const Result<crs::Transform> transform = crs::Transform::between(system, crs::wgs84());
    if (!transform.ok() || transform.value().pipeline().try_apply(places)) {
        return DeclaredPlace::elsewhere;
    }
    constexpr double surroundings_deg = 0.1;
    constexpr Box country_and_sea = {{102.0, 6.0}, {118.0, 24.0}};
    const Box box = box_around(places);
    if (inside(grown(province_box(), surroundings_deg), box)) {
        return DeclaredPlace::province;
    }
    return inside(country_and_sea, box) ? DeclaredPlace::country : DeclaredPlace::elsewhere;
}

void decide_declared(CrsGuess& guess, std::span<const Point> printed, const crs::Crs& declared,
                     const std::vector<const Commune*>& claimed) {
    guess.swapped = swapped_points(printed, declared);
    std::vector<Point> points(printed.begin(), printed.end());
    for (const std::size_t i : guess.swapped) {
        points[i] = swapped_pair(points[i]);
    }
    const Sentence name = system_words(declared);
    const Box box = box_around(points);
    const CrsCandidate as_declared = {declared, {"tệp ghi " + name.vi, "the file names " + name.en}};
    const SortedPoints sorted = sort_axes(printed);
    guess.candidates = sorted.kind == NumberKind::grid && !sorted.odd_one
                           ? candidates_by_range(box_around(sorted.points), true)
                           : std::vector<CrsCandidate>{};
    std::erase_if(guess.candidates, [&](const CrsCandidate& candidate) { return candidate.crs == declared; });
    const Sentence others = list_of(guess.candidates);
    const Sentence hint = guess.candidates.empty()
                              ? Sentence{}
                              : Sentence{"; số liệu hợp với " + others.vi, "; the numbers fit " + others.en};
    const DeclaredPlace place = place_of(points, declared);
    const bool numbers_object = place == DeclaredPlace::country && !guess.candidates.empty();
    if (place == DeclaredPlace::elsewhere || numbers_object) {
        guess.swapped = sorted.swapped;
        const Sentence y = easting_words(box);
        guess.question =
            joined(joined({fmt::format("tệp ghi {} nhưng {} thì nằm ngoài tỉnh", name.vi, y.vi),
                           fmt::format("the file names {}, but {} lies outside of the province", name.en, y.en)},
                          hint),
                   {": hãy chọn bằng --crs", ": choose with --crs"});
        return;
    }
    guess.candidates.insert(guess.candidates.begin(), as_declared);
    if (claimed.empty()) {
        choose(guess, declared, as_declared.reason);
        return;
    }
    decide_by_commune(guess, points, claimed);
    if (guess.chosen && *guess.chosen != declared) {
        const Sentence found = system_words(*guess.chosen);
        guess.chosen.reset();
        guess.reason = {};
        guess.question = {
            fmt::format("tệp ghi {} nhưng chỉ {} đưa bảng vào xã/phường {} đã ghi: hãy chọn bằng --crs", name.vi,
                        found.vi, claimed.front()->name),
            fmt::format("the file names {}, but only {} puts the table into the stated commune {}: choose with --crs",
                        name.en, found.en, claimed.front()->name)};
    }
}

void decide_by_numbers(CrsGuess& guess, std::span<const Point> printed, const std::vector<const Commune*>& claimed) {
    SortedPoints sorted = sort_axes(printed);
    guess.swapped = std::move(sorted.swapped);
    if (sorted.odd_one) {
        guess.question = mixed_kinds_question(printed, *sorted.odd_one);
        return;
    }
    if (sorted.kind != NumberKind::grid) {
        guess.question = question_for_kind(sorted);
        if (sorted.kind == NumberKind::degrees) {
            for (const crs::Crs& system : {crs::wgs84(), crs::vn2000()}) {
                guess.candidates.push_back({system, {"tọa độ là độ", "the numbers are degrees"}});
            }
        }
        return;
    }
    const Box box = box_around(sorted.points);
    guess.candidates = candidates_by_range(box, true);
    if (guess.candidates.empty() || claimed.empty()) {
        decide_by_range(guess, box);
    } else {
        decide_by_commune(guess, sorted.points, claimed);
    }
}

bool all_finite_numbers(std::span<const Point> points) {
    return std::all_of(points.begin(), points.end(), [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

}  // namespace

CrsGuess detect_crs(std::span<const Point> points, const DetectionEvidence& evidence) {
    CrsGuess guess;
    if (points.empty() || !all_finite_numbers(points)) {
        guess.question = {"bảng không có tọa độ đọc được", "the table has no coordinates that can be read"};
        return guess;
    }
    const std::vector<const Commune*> claimed = claimed_communes(evidence);
    if (evidence.claimed_commune && claimed.empty()) {
        guess.notes.push_back(
            {fmt::format("không có ranh giới của xã/phường '{}' nên không dùng để chọn hệ tọa độ",
                         *evidence.claimed_commune),
             fmt::format(
                 "the boundary of commune '{}' is not known, so it could not help to choose the coordinate system",
                 *evidence.claimed_commune)});
    }
    if (evidence.declared) {
        decide_declared(guess, points, *evidence.declared, claimed);
    } else {
        decide_by_numbers(guess, points, claimed);
    }
    if (!guess.swapped.empty()) {
        guess.notes.push_back(swap_note(guess.swapped.size(), points.size()));
    }
    return guess;
}

std::vector<std::size_t> swapped_points(std::span<const Point> points, const crs::Crs& system) {
    const Result<crs::Transform> transform = crs::Transform::between(system, crs::wgs84());
    std::vector<std::size_t> swapped;
    if (!transform.ok()) {
        return swapped;
    }
    constexpr double surroundings_deg = 1.0;
    const Box around = grown(province_box(), surroundings_deg);
    std::vector<Point> as_printed(points.begin(), points.end());
    std::vector<Point> other_way(points.size());
    std::transform(points.begin(), points.end(), other_way.begin(), swapped_pair);
    static_cast<void>(transform.value().pipeline().try_apply(as_printed));
    static_cast<void>(transform.value().pipeline().try_apply(other_way));
    for (std::size_t i = 0; i < points.size(); ++i) {
        // A point that cannot be computed is not a number and lies in no box.
        if (!box_contains(around, as_printed[i]) && box_contains(around, other_way[i])) {
            swapped.push_back(i);
        }
    }
    return swapped;
}

}  // namespace ranh::crs_detection
