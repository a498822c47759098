#include "spatial/crs/crs.hpp"

#include "spatial/crs/proj_context.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace ranh::crs {

namespace {

constexpr int epsg_wgs84 = 4326;
constexpr int epsg_vn2000 = 4756;

/// TM-3 zones that were registered with false easting 0 and false northing 500,000 and withdrawn (EPSG change record of
/// 5896-5899).
constexpr std::array<std::pair<int, int>, 4> withdrawn_tm3 = {{{6956, 5896}, {6957, 5897}, {6958, 5898}, {6959, 5899}}};

struct Description {
    std::string name;
    bool geographic = false;
    int geodetic_base = 0;  // EPSG code of the geographic system below, 0 when it has none
};

Error refused(ErrorKind kind, std::string sentence) { return Error{kind, std::move(sentence), {}}; }

std::string advice_for_withdrawn(int code, const PJ* pj) {
    const auto* known = std::find_if(withdrawn_tm3.begin(), withdrawn_tm3.end(),
                                     [code](const auto& entry) { return entry.first == code; });
    if (known != withdrawn_tm3.end()) {
        return fmt::format(
            "its false easting is 0 and its false northing 500,000, which puts data hundreds of kilometres "
            "away; use EPSG:{} (same central meridian)",
            known->second);
    }
    const detail::PjListPointer successors(proj_get_non_deprecated(detail::thread_context(), pj));
    if (successors && proj_list_get_count(successors.get()) > 0) {
        const detail::PjPointer first(proj_list_get(detail::thread_context(), successors.get(), 0));
        return fmt::format("use EPSG:{}", proj_get_id_code(first.get(), 0));
    }
    return "use the code that replaced it";
}

/// The unit must be the metre or the degree on both axes: everything above counts on it.
std::optional<std::string> unit_that_does_not_fit(const PJ* pj, bool geographic) {
    PJ_CONTEXT* const context = detail::thread_context();
    const detail::PjPointer system(proj_crs_get_coordinate_system(context, pj));
    const double expected = geographic ? std::acos(-1.0) / 180.0 : 1.0;
    for (int axis = 0; system && axis < proj_cs_get_axis_count(context, system.get()); ++axis) {
        double factor = 0.0;
        const char* unit = nullptr;
        proj_cs_get_axis_info(context, system.get(), axis, nullptr, nullptr, nullptr, &factor, &unit, nullptr, nullptr);
        if (std::abs(factor / expected - 1.0) > 1e-12) {
            return unit == nullptr ? "unknown unit" : unit;
        }
    }
    return std::nullopt;
}

int geodetic_base_of(const PJ* pj) {
    const detail::PjPointer base(proj_crs_get_geodetic_crs(detail::thread_context(), pj));
    const char* const code = base ? proj_get_id_code(base.get(), 0) : nullptr;
    return code == nullptr ? 0 : std::atoi(code);
}

Result<Description> describe(int code) {
    const detail::PjPointer pj = detail::crs_from_registry(code);
    if (!pj) {
        return refused(
            ErrorKind::invalid_argument,
            fmt::format("EPSG:{} is not a coordinate system known to PROJ; expected a code such as EPSG:5899", code));
    }
    const PJ_TYPE type = proj_get_type(pj.get());
    const std::string name = proj_get_name(pj.get());
    if (type != PJ_TYPE_PROJECTED_CRS && type != PJ_TYPE_GEOGRAPHIC_2D_CRS) {
        return refused(
            ErrorKind::invalid_argument,
            fmt::format("EPSG:{} ({}) is neither projected nor geographic with two axes; give the code of a plane or "
                        "longitude and latitude system",
                        code, name));
    }
    if (proj_is_deprecated(pj.get()) != 0) {
        return refused(ErrorKind::unsupported,
                       fmt::format("EPSG:{} ({}) is deprecated: {}", code, name, advice_for_withdrawn(code, pj.get())));
    }
    const bool geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    if (const auto unit = unit_that_does_not_fit(pj.get(), geographic)) {
        return refused(ErrorKind::unsupported,
                       fmt::format("EPSG:{} ({}) counts in {}, expected {}; convert the data to a metric system first",
                                   code, name, *unit, geographic ? "degrees" : "metres"));
    }
    return Description{name, geographic, geographic ? code : geodetic_base_of(pj.get())};
}

/// What the registry says of a code, asked once per process.
Result<Description> description_of(int code) {
    static std::mutex mutex;
    static std::map<int, Description> known;
    {
        const std::lock_guard lock(mutex);
        const auto found = known.find(code);
        if (found != known.end()) {
            return found->second;
        }
    }
    Result<Description> made = describe(code);
    if (made.ok()) {
        const std::lock_guard lock(mutex);
        known.emplace(code, made.value());
    }
    return made;
}

std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

}  // namespace

Result<Crs> Crs::from_epsg(int code) {
    const Result<Description> described = description_of(code);
    if (!described.ok()) {
        return described.error();
    }
    return Crs(code, described.value().geographic);
}

Result<Crs> Crs::parse(std::string_view text) {
    const std::string name = upper(text);
    if (name == "CRS84" || name == "WGS84") {
        return from_epsg(epsg_wgs84);
    }
    std::string_view digits = name;
    if (digits.starts_with("EPSG:")) {
        digits.remove_prefix(5);
    }
    int code = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
    if (failed != std::errc{} || end != digits.data() + digits.size() || code <= 0) {
        return refused(
            ErrorKind::invalid_argument,
            fmt::format("'{}' does not name a coordinate system; write an EPSG code such as EPSG:5899", text));
    }
    return from_epsg(code);
}

std::string Crs::code() const { return fmt::format("EPSG:{}", m_epsg); }

std::string Crs::name() const { return description_of(m_epsg).value().name; }

std::string Crs::wkt() const {
    PJ_CONTEXT* const context = detail::thread_context();
    const detail::PjPointer pj = detail::crs_from_registry(m_epsg);
    const char* text = pj ? proj_as_wkt(context, pj.get(), PJ_WKT1_GDAL, nullptr) : nullptr;
    if (pj && text == nullptr) {
        text = proj_as_wkt(context, pj.get(), PJ_WKT2_2015, nullptr);
    }
    if (text == nullptr) {
        throw Failure(ErrorKind::internal, fmt::format("PROJ has no well-known text of {}", code()));
    }
    return text;
}

bool Crs::is_vn2000() const { return description_of(m_epsg).value().geodetic_base == epsg_vn2000; }

Crs wgs84() {
    static const Crs crs = Crs::from_epsg(epsg_wgs84).value();
    return crs;
}

Crs vn2000() {
    static const Crs crs = Crs::from_epsg(epsg_vn2000).value();
    return crs;
}

}  // namespace ranh::crs
