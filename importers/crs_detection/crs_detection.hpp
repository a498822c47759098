#pragma once

#include "importers/crs_detection/wording.hpp"
#include "spatial/crs/crs.hpp"
#include "spatial/geom/geometry.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ranh::crs_detection {

/// A commune whose polygon is known.
struct Commune {
    std::string code;         // "23272"
    std::string name;         // "Phú Quý"
    geom::GeometryView area;  // WGS 84, longitude and latitude; lives as long as its owner
};

/// What is known beside the numbers themselves.
struct DetectionEvidence {
    /// Communes with polygons. Default: none, so that a claimed commune decides nothing.
    std::span<const Commune> communes;
    /// Code or name of the commune that the data claim to lie in (column maXa, file name), written as in `communes`;
    /// compared byte by byte. Default: no claim.
    std::optional<std::string> claimed_commune;
    /// The system a heading, file header or .prj names. It is a claim too, and checked: it must put the points into the
    /// country, and into the province if the numbers fit another system of the province. Not for an explicit choice of
    /// the user (--crs), which is above all evidence: take that as it is and call only swapped_points(). Default: none.
    std::optional<crs::Crs> declared;
};

/// One system that the numbers allow.
struct CrsCandidate {
    crs::Crs crs;
    Sentence reason;
};

/// What the numbers say of their system. Either `chosen` is set, or `question` says what is open and what would decide
/// it.
struct CrsGuess {
    /// Systems that fit, the likeliest first; wrong-meridian hints come last.
    std::vector<CrsCandidate> candidates;
    std::optional<crs::Crs> chosen;
    /// Why `chosen` was chosen; empty when it is not set.
    Sentence reason;
    /// What is open, which codes fit and what would decide; empty when `chosen` is set.
    Sentence question;
    /// Indices of points whose two numbers stand the other way round (easting in the place of northing): "X/Y đảo".
    /// Swap them before using `chosen`. In degrees likewise: latitude in the place of longitude.
    std::vector<std::size_t> swapped;
    /// To be shown with the result in any case: X/Y đảo, a claimed commune that is not known.
    std::vector<Sentence> notes;
};

/// Finds the coordinate system of the points of one table or file, or says what is open. It never guesses between two
/// that fit.
///
/// Units, axes  numbers as printed, x = the column headed Y (easting), y = the column headed X (northing); degrees: x =
/// longitude. Order        number size, axis order, easting range, declared system, polygon of the claimed commune;
/// each step only narrows. Guarantees   `chosen` is the only system of those in use in the province (EPSG:5899, 9218,
/// 3405, 3406, or the declared one)
///              that agrees with the numbers and with the claimed commune, if its polygon is known. A claim that no
///              system fits leaves the question open. A commune is met when the mean of the points lies in it or less
///              than a kilometre off.
/// Not done     WGS 84 in place of VN-2000 differs by 225 m only and is not seen in the numbers: a metric table is
/// taken for
///              VN-2000, degrees are always a question. Number style is the reader's duty.
/// Cost         a few microseconds a point for at most 1,000 points in the commune test; the range test sees all.
/// Threads      pure.
/// Errors       none; no points and points that are not numbers are a question.
[[nodiscard]] CrsGuess detect_crs(std::span<const geom::Point> points, const DetectionEvidence& evidence = {});

/// Indices of points whose numbers stand the other way round in `system`; to be asked when the system is already known.
/// A point counts when it lies in the province only after the swap.
[[nodiscard]] std::vector<std::size_t> swapped_points(std::span<const geom::Point> points, const crs::Crs& system);

}  // namespace ranh::crs_detection
