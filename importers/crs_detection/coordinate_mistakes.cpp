#include "importers/crs_detection/coordinate_mistakes.hpp"

#include "importers/crs_detection/grid_zones.hpp"
#include "spatial/crs/geodesic.hpp"
#include "spatial/crs/proj_pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace ranh::crs_detection {

namespace {

using geom::Point;

enum class Code : std::size_t {
    rotation_signs_as_printed,
    rotation_signs_mixed,
    rotations_left_out,
    other_operation,
    datum_shift_missing,
    datum_shift_doubled,
    datum_shift_backwards,
    scale_of_utm_for_tm3,
    scale_of_tm3_for_utm,
    wrong_meridian,
    tm3_read_as_utm,
    utm_read_as_tm3,
    utm_zones_swapped,
    withdrawn_code,
    axes_swapped
};

/// In the order of Code.
const std::vector<KnownMistake>& catalogue() {
    static const std::vector<KnownMistake> entries = {
        {"rotation_signs_as_printed",
         {"ba góc xoay chép nguyên dấu từ Quyết định 05/2007/QĐ-BTNMT vào +towgs84; phải đổi dấu cả ba, hoặc dùng "
          "EPSG:6960",
          "the three rotations were copied into +towgs84 with the signs as printed in Decision 05/2007/QĐ-BTNMT; "
          "change all three signs or "
          "use EPSG:6960"}},
        {"rotation_signs_mixed",
         {"dấu của ba góc xoay trong +towgs84 lẫn lộn; dùng EPSG:6960",
          "the signs of the rotations in +towgs84 are mixed up; use EPSG:6960"}},
        {"rotations_left_out",
         {"chỉ dùng ba tham số dịch chuyển, bỏ các góc xoay; dùng đủ bảy tham số (EPSG:6960)",
          "only the three shifts were used and the rotations left out; use all seven parameters (EPSG:6960)"}},
        {"other_operation",
         {"dùng EPSG:5194 (chỉ cho đồng bằng sông Cửu Long) thay cho EPSG:6960",
          "EPSG:5194 (Mekong delta only) was used in place of EPSG:6960"}},
        {"datum_shift_missing",
         {"thiếu tham số chuyển VN-2000 sang WGS 84, tệp VN-2000 \"nội bộ\" bị đọc như WGS 84; nạp lại với đúng mã "
          "VN-2000",
          "the datum shift is missing, a VN-2000 file (\"nội bộ\") was read as WGS 84; import it again with its "
          "VN-2000 code"}},
        {"datum_shift_doubled",
         {"tham số chuyển VN-2000 sang WGS 84 bị dùng hai lần, dữ liệu WGS 84 bị đọc như VN-2000; nạp lại với mã WGS "
          "84",
          "the datum shift was applied twice, WGS 84 data were read as VN-2000; import them again with their WGS 84 "
          "code"}},
        {"datum_shift_backwards",
         {"tham số chuyển VN-2000 sang WGS 84 bị dùng ngược chiều; dùng EPSG:6960 theo chiều VN-2000 sang WGS 84",
          "the datum shift was applied backwards; use EPSG:6960 in the direction VN-2000 to WGS 84"}},
        {"scale_of_utm_for_tm3",
         {"dùng hệ số tỷ lệ k0 = 0,9996 thay cho 0,9999", "the scale k0 = 0.9996 was used in place of 0.9999"}},
        {"scale_of_tm3_for_utm",
         {"dùng hệ số tỷ lệ k0 = 0,9999 thay cho 0,9996", "the scale k0 = 0.9999 was used in place of 0.9996"}},
        {"wrong_meridian", {"sai kinh tuyến trục", "the central meridian is wrong"}},
        {"tm3_read_as_utm", {"số liệu múi 3° bị đọc như múi 6°", "TM-3 numbers were read as UTM"}},
        {"utm_read_as_tm3", {"số liệu múi 6° bị đọc như múi 3°", "UTM numbers were read as TM-3"}},
        {"utm_zones_swapped", {"nhầm múi 48 với múi 49", "UTM zones 48 and 49 were mixed up"}},
        {"withdrawn_code",
         {"dùng mã đã bị thu hồi EPSG:6959 thay cho EPSG:5899",
          "the withdrawn code EPSG:6959 was used in place of EPSG:5899"}},
        {"axes_swapped", {"X/Y đảo: X và Y bị đổi chỗ cho nhau", "X/Y đảo: X and Y were swapped"}},
    };
    return entries;
}

/// One way to undo a mistake.
struct Remedy {
    Code code;
    Sentence detail;         // ": đọc EPSG:5899 như EPSG:9218"; may be empty
    crs::ProjPipeline undo;  // observed to corrected place, WGS 84 degrees
};

// --- Pieces of pipelines
// -----------------------------------------------------------------------------------------------------

struct Helmert {
    const char* shifts;
    const char* rest;  // rotations, scale, convention
};

// Decision 05/2007/QĐ-BTNMT, Art. 1, as registered in EPSG:6960.
constexpr Helmert epsg_6960 = {
    "+x=-191.90441429 +y=-39.30318279 +z=-111.45032835",
    "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame"};
constexpr Helmert signs_as_printed = {
    epsg_6960.shifts, "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=position_vector"};
constexpr Helmert signs_mixed = {
    epsg_6960.shifts, "+rx=0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=position_vector"};
constexpr Helmert no_rotations = {epsg_6960.shifts, "+s=0.252906278"};
constexpr Helmert epsg_5194 = {"+x=-192.873 +y=-39.382 +z=-111.202",
                               "+rx=0.00205 +ry=0.0005 +rz=-0.00335 +s=0.0188 +convention=coordinate_frame"};

enum class Way { there, back };

std::string shifted(const Helmert& parameters, Way way) {
    return fmt::format(
        " +step +proj=push +v_3 +step +proj=cart +ellps=WGS84 +step {}+proj=helmert {} {} "
        "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3",
        way == Way::back ? "+inv " : "", parameters.shifts, parameters.rest);
}

std::string to_wgs84() { return shifted(epsg_6960, Way::there); }
std::string to_vn2000() { return shifted(epsg_6960, Way::back); }

/// A transverse Mercator grid on VN-2000.
struct Grid {
    double meridian_deg;
    double scale;
    double false_easting_m = 500'000.0;
    double false_northing_m = 0.0;
};

Grid grid_of(const GridZone& zone) { return {zone.central_meridian_deg, zone.scale}; }

std::string in_grid(const Grid& grid, Way way) {
    return fmt::format(" +step {}+proj=tmerc +lat_0=0 +lon_0={} +k={} +x_0={} +y_0={} +ellps=WGS84",
                       way == Way::back ? "+inv " : "", grid.meridian_deg, grid.scale, grid.false_easting_m,
                       grid.false_northing_m);
}

crs::ProjPipeline undoing(const std::string& steps) {
    return crs::ProjPipeline::parse("+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad" + steps +
                                    " +step +proj=unitconvert +xy_in=rad +xy_out=deg")
        .value();
}

/// The numbers were made in `right` and read as `wrong`.
crs::ProjPipeline undoing_reading(const Grid& right, const Grid& wrong) {
    return undoing(to_vn2000() + in_grid(wrong, Way::there) + in_grid(right, Way::back) + to_wgs84());
}

// --- The catalogue of remedies
// -----------------------------------------------------------------------------------------------

bool is_tm3(const GridZone& zone) { return zone.scale == 0.9999; }

Sentence read_as(const GridZone& right, const GridZone& wrong) {
    return {fmt::format("; số liệu KTT {} (EPSG:{}) bị đọc như KTT {} (EPSG:{}): nạp lại với --crs EPSG:{}",
                        right.meridian, right.epsg, wrong.meridian, wrong.epsg, right.epsg),
            fmt::format(
                "; numbers of central meridian {} (EPSG:{}) were read as {} (EPSG:{}): import again with --crs EPSG:{}",
                right.meridian, right.epsg, wrong.meridian, wrong.epsg, right.epsg)};
}

Sentence again_with(const GridZone& zone) {
    return {fmt::format("; nạp lại với --crs EPSG:{}", zone.epsg),
            fmt::format("; import again with --crs EPSG:{}", zone.epsg)};
}

Code code_of_reading(const GridZone& right, const GridZone& wrong) {
    if (is_tm3(right)) {
        return is_tm3(wrong) ? Code::wrong_meridian : Code::tm3_read_as_utm;
    }
    return is_tm3(wrong) ? Code::utm_read_as_tm3 : Code::utm_zones_swapped;
}

void add_datum_remedies(std::vector<Remedy>& remedies) {
    const std::pair<Code, Helmert> wrong_parameters[] = {{Code::rotation_signs_as_printed, signs_as_printed},
                                                         {Code::rotation_signs_mixed, signs_mixed},
                                                         {Code::rotations_left_out, no_rotations},
                                                         {Code::other_operation, epsg_5194}};
    for (const auto& [code, wrong] : wrong_parameters) {
        remedies.push_back({code, {}, undoing(shifted(wrong, Way::back) + to_wgs84())});
    }
    remedies.push_back({Code::datum_shift_missing, {}, undoing(to_wgs84())});
    remedies.push_back({Code::datum_shift_doubled, {}, undoing(to_vn2000())});
    remedies.push_back({Code::datum_shift_backwards, {}, undoing(to_wgs84() + to_wgs84())});
}

void add_grid_remedies(std::vector<Remedy>& remedies, const GridZone& right) {
    const Grid grid = grid_of(right);
    Grid other_scale = grid;
    other_scale.scale = is_tm3(right) ? 0.9996 : 0.9999;
    remedies.push_back({is_tm3(right) ? Code::scale_of_utm_for_tm3 : Code::scale_of_tm3_for_utm, again_with(right),
                        undoing_reading(grid, other_scale)});
    remedies.push_back({Code::axes_swapped, again_with(right),
                        undoing(to_vn2000() + in_grid(grid, Way::there) + " +step +proj=axisswap +order=2,1" +
                                in_grid(grid, Way::back) + to_wgs84())});
    for (const GridZone& wrong : grid_zones()) {
        if (wrong.epsg != right.epsg) {
            remedies.push_back(
                {code_of_reading(right, wrong), read_as(right, wrong), undoing_reading(grid, grid_of(wrong))});
        }
    }
    if (right.epsg == 5899) {
        Grid withdrawn = grid;
        withdrawn.false_easting_m = 0.0;
        withdrawn.false_northing_m = 500'000.0;
        remedies.push_back({Code::withdrawn_code, again_with(right), undoing_reading(grid, withdrawn)});
    }
}

const std::vector<Remedy>& all_remedies() {
    static const std::vector<Remedy> remedies = [] {
        std::vector<Remedy> made;
        add_datum_remedies(made);
        for (const GridZone& zone : grid_zones()) {
            if (zone.routine) {
                add_grid_remedies(made, zone);
            }
        }
        return made;
    }();
    return remedies;
}

// --- Measuring
// ---------------------------------------------------------------------------------------------------------------

struct Offset {
    Metres mean_length;
    Degrees azimuth;
};

Offset mean_offset(std::span<const PointPair> pairs) {
    const double radians_per_degree = std::acos(-1.0) / 180.0;
    double length = 0.0;
    double north = 0.0;
    double east = 0.0;
    for (const PointPair& pair : pairs) {
        const crs::GeodesicLine line = crs::geodesic_line(pair.reference, pair.observed);
        const double azimuth = line.azimuth.value() * radians_per_degree;
        length += line.length.value();
        north += line.length.value() * std::cos(azimuth);
        east += line.length.value() * std::sin(azimuth);
    }
    const double azimuth_deg = std::atan2(east, north) / radians_per_degree;
    return {Metres(length / static_cast<double>(pairs.size())),
            Degrees(azimuth_deg < 0.0 ? azimuth_deg + 360.0 : azimuth_deg)};
}

/// Greatest distance that is left; nothing when the mistake cannot have been made at these places.
std::optional<Metres> residual_after(const Remedy& remedy, std::span<const PointPair> pairs) {
    std::vector<Point> corrected;
    for (const PointPair& pair : pairs) {
        corrected.push_back(pair.observed);
    }
    if (remedy.undo.try_apply(corrected)) {
        return std::nullopt;
    }
    Metres greatest;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        greatest = std::max(greatest, crs::geodesic_line(pairs[i].reference, corrected[i]).length);
    }
    return greatest;
}

const KnownMistake& known(const Remedy& remedy) { return catalogue().at(static_cast<std::size_t>(remedy.code)); }

Sentence sentence_of(const Remedy& remedy, const Offset& offset) {
    const Sentence& cause = known(remedy).sentence;
    const Sentence distance = distance_words(offset.mean_length);
    const Sentence wind = wind_words(offset.azimuth);
    return {fmt::format("lệch {} về phía {}: {}{}", distance.vi, wind.vi, cause.vi, remedy.detail.vi),
            fmt::format("off by {} to the {}: {}{}", distance.en, wind.en, cause.en, remedy.detail.en)};
}

CoordinateMistake described(const Remedy& remedy, const Offset& offset, Metres residual) {
    return {known(remedy).code, sentence_of(remedy, offset), offset.mean_length, offset.azimuth, residual};
}

bool is_usable(const PointPair& pair) {
    return std::isfinite(pair.observed.x) && std::isfinite(pair.observed.y) && std::isfinite(pair.reference.x) &&
           std::isfinite(pair.reference.y);
}

}  // namespace

std::span<const KnownMistake> known_mistakes() { return catalogue(); }

std::vector<CoordinateMistake> explain_offset(std::span<const PointPair> pairs, Metres accuracy) {
    std::vector<CoordinateMistake> found;
    if (pairs.empty() || !std::all_of(pairs.begin(), pairs.end(), is_usable)) {
        return found;
    }
    const Offset offset = mean_offset(pairs);
    if (offset.mean_length <= accuracy) {
        return found;
    }
    constexpr double share_left = 0.1;
    const Metres most = std::min(accuracy, Metres(share_left * offset.mean_length.value()));
    for (const Remedy& remedy : all_remedies()) {
        const std::optional<Metres> residual = residual_after(remedy, pairs);
        if (residual && *residual <= most) {
            found.push_back(described(remedy, offset, *residual));
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const CoordinateMistake& a, const CoordinateMistake& b) { return a.residual < b.residual; });
    return found;
}

std::vector<CorrectedPlaces> undo_each_mistake(std::span<const Point> observed, Metres least) {
    std::vector<CorrectedPlaces> all;
    const auto is_finite = [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); };
    if (observed.empty() || !std::all_of(observed.begin(), observed.end(), is_finite)) {
        return all;
    }
    for (const Remedy& remedy : all_remedies()) {
        std::vector<Point> places(observed.begin(), observed.end());
        if (remedy.undo.try_apply(places)) {
            continue;
        }
        // The offset hardly varies over a data set: its ends and its middle tell it.
        std::vector<PointPair> pairs;
        for (const std::size_t i : {std::size_t{0}, places.size() / 2, places.size() - 1}) {
            pairs.push_back({observed[i], places[i]});
        }
        if (!std::all_of(pairs.begin(), pairs.end(), is_usable)) {
            continue;
        }
        const Offset offset = mean_offset(pairs);
        if (offset.mean_length >= least) {
            all.push_back({known(remedy).code, sentence_of(remedy, offset), std::move(places)});
        }
    }
    return all;
}

}  // namespace ranh::crs_detection
