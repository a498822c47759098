#include "importers/vector/ogr_crs.hpp"

#include "importers/vector/gdal_support.hpp"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <vector>

namespace ranh::vector::detail {

namespace {

/// 05/2007/QĐ-BTNMT, Article 1, as position vector (+towgs84): the printed rotations with the other sign.
constexpr std::array decision_05_2007 = {-191.90441429, -39.30318279, -111.45032835, 0.00928836,
                                         -0.01975479,   0.00427372,   0.252906278};

std::string name_of(OGRSpatialReferenceH system) {
    const char* name = OSRGetName(system);
    return name == nullptr || *name == '\0' ? std::string("a system without a name") : std::string(name);
}

std::string authority_text(OGRSpatialReferenceH system) {
    const char* name = OSRGetAuthorityName(system, nullptr);
    const char* code = OSRGetAuthorityCode(system, nullptr);
    return name == nullptr || code == nullptr ? std::string() : fmt::format("{}:{}", name, code);
}

/// Of a code found in a file: a deprecated one ends the reading, an unknown one is no answer.
std::optional<crs::Crs> crs_of(const std::string& code, const std::string& file_name) {
    const auto crs = crs::Crs::parse(code == "OGC:CRS84" ? "CRS84" : code);
    if (!crs && crs.error().kind == ErrorKind::unsupported) {
        throw Failure(crs.error().kind, crs.error().sentence, file_name);
    }
    return crs ? std::optional(crs.value()) : std::nullopt;
}

/// The registered system with an equal definition, when PROJ is sure of exactly one. Costs up to a second when there is
/// none.
std::optional<std::string> matching_code(OGRSpatialReferenceH system) {
    int count = 0;
    int* confidence = nullptr;
    OGRSpatialReferenceH* matches = OSRFindMatches(system, nullptr, &count, &confidence);
    std::optional<std::string> code;
    constexpr int sure = 90;
    if (count > 0 && confidence[0] >= sure && (count == 1 || confidence[1] < confidence[0])) {
        const std::string text = authority_text(matches[0]);
        code = text.empty() ? std::nullopt : std::optional(text);
    }
    OSRFreeSRSArray(matches);
    CPLFree(confidence);
    return code;
}

/// The datum goes by its registered name, in GDAL's or ESRI's spelling.
bool has_vn2000_datum(OGRSpatialReferenceH system) {
    const char* datum = OSRGetAttrValue(system, "DATUM", 0);
    const std::string name = datum == nullptr ? "" : datum;
    return name == "Vietnam_2000" || name == "D_Vietnam_2000" || name == "Vietnam 2000";
}

bool has_vn2000_parameters(OGRSpatialReferenceH system) {
    std::array<double, 7> values{};
    if (OSRGetTOWGS84(system, values.data(), static_cast<int>(values.size())) != OGRERR_NONE) {
        return false;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::abs(values[i] - decision_05_2007[i]) > 1e-7) {
            return false;
        }
    }
    return true;
}

struct Meridian {
    double degrees;
    int epsg;
};

/// TM-3 meridians of VN-2000 in the EPSG registry.
constexpr std::array tm3_meridians = {Meridian{102.0, 5896},  Meridian{103.0, 9205},  Meridian{104.0, 9206},
                                      Meridian{104.5, 9207},  Meridian{104.75, 9208}, Meridian{105.0, 5897},
                                      Meridian{105.5, 9209},  Meridian{105.75, 9210}, Meridian{106.0, 9211},
                                      Meridian{106.25, 9212}, Meridian{106.5, 9213},  Meridian{107.0, 9214},
                                      Meridian{107.25, 9215}, Meridian{107.5, 9216},  Meridian{107.75, 5899},
                                      Meridian{108.0, 5898},  Meridian{108.25, 9217}, Meridian{108.5, 9218}};

/// The VN-2000 grid whose projection parameters these are; 0 when there is none.
int vn2000_grid(OGRSpatialReferenceH system) {
    const auto parameter = [system](const char* name, double fallback) {
        return OSRGetProjParm(system, name, fallback, nullptr);
    };
    const char* projection = OSRGetAttrValue(system, "PROJECTION", 0);
    if (projection == nullptr || std::string(projection) != "Transverse_Mercator" ||
        parameter("false_easting", 0.0) != 500000.0 || parameter("false_northing", 0.0) != 0.0 ||
        parameter("latitude_of_origin", 0.0) != 0.0) {
        return 0;
    }
    const double meridian = parameter("central_meridian", 0.0);
    const double scale = parameter("scale_factor", 1.0);
    if (scale == 0.9996) {
        return meridian == 105.0 ? 3405 : meridian == 111.0 ? 3406 : 0;
    }
    for (const auto& grid : tm3_meridians) {
        if (scale == 0.9999 && std::abs(grid.degrees - meridian) < 1e-9) {
            return grid.epsg;
        }
    }
    return 0;
}

std::string question(OGRSpatialReferenceH system) {
    const int grid = vn2000_grid(system);
    std::string sentence =
        fmt::format("the file declares '{}', which names no registered coordinate system", name_of(system));
    if (grid != 0) {
        sentence += fmt::format(
            "; its grid is that of VN-2000 EPSG:{} but its datum is not (\"nội bộ\": no parameters stored, 225 m off "
            "when taken as WGS "
            "84). If the coordinates are VN-2000, say --crs EPSG:{}",
            grid, grid);
        return sentence;
    }
    return sentence + "; say which it is with --crs EPSG:n";
}

}  // namespace

DeclaredCrs declared_crs(OGRLayerH layer, const std::string& file_name) {
    DeclaredCrs declared;
    OGRSpatialReferenceH system = OGR_L_GetSpatialRef(layer);
    if (system == nullptr || OSRIsLocal(system) != 0) {
        return declared;
    }
    const std::string authority = authority_text(system);
    declared.text = authority.empty() ? name_of(system) : authority;
    if (!authority.empty()) {
        declared.crs = crs_of(authority, file_name);
        declared.how = "declared by the file";
    }
    const int grid = OSRIsGeographic(system) != 0 ? 0 : vn2000_grid(system);
    const bool parameters = has_vn2000_parameters(system);
    if (!declared.crs && (parameters || has_vn2000_datum(system)) && (grid != 0 || OSRIsGeographic(system) != 0)) {
        declared.crs = crs_of(fmt::format("EPSG:{}", grid == 0 ? 4756 : grid), file_name);
        declared.how = parameters
                           ? fmt::format("the file declares '{}' with the seven parameters of VN-2000", declared.text)
                           : fmt::format("the file declares '{}' on the datum Vietnam 2000", declared.text);
    }
    if (!declared.crs && grid == 0) {
        const auto code = matching_code(system);
        declared.crs = code ? crs_of(*code, file_name) : std::nullopt;
        declared.how = fmt::format("the definition '{}' of the file is that of the registry", declared.text);
    }
    if (!declared.crs) {
        declared.problem = question(system);
    }
    return declared;
}

OGRSpatialReferenceH make_ogr_crs(const crs::Crs& crs) {
    OGRSpatialReferenceH system = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(system, crs.epsg());
    OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
    return system;
}

}  // namespace ranh::vector::detail
