#pragma once

#include "importers/crs_detection/wording.hpp"
#include "spatial/base/units.hpp"
#include "spatial/geom/geometry.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace ranh::crs_detection {

/// A place as the data give it and as it is known to be; both WGS 84, longitude and latitude.
struct PointPair {
    geom::Point observed;
    geom::Point reference;
};

/// A known way of reading coordinates wrongly that explains an offset.
struct CoordinateMistake {
    std::string_view code;  // stable name, "datum_shift_missing"; see known_mistakes()
    Sentence sentence;      // "lệch 225 m về phía tây bắc: thiếu tham số chuyển …"
    Metres shift;           // mean distance from reference to observed
    Degrees azimuth;        // towards the observed places
    Metres residual;        // greatest distance left after the mistake is undone
};

/// One entry of the catalogue.
struct KnownMistake {
    std::string_view code;
    Sentence sentence;
};

/// All mistakes that explain_offset() can name, small ones included.
[[nodiscard]] std::span<const KnownMistake> known_mistakes();

/// Names the mistakes that turn the reference places into the observed ones, the best first; nothing when the offset is
/// not above `accuracy` or no known mistake explains it.
///
/// Each known mistake is undone and the result compared, so that mistakes of like size are told apart by how they vary
/// over the pairs: one pair is enough for most, two or more that lie kilometres apart are better. A mistake is named
/// when what is left is below `accuracy` and below a tenth of the offset.
///
/// Not told apart at the accuracy of the datum (1 m, EPSG:6960): rotation signs as printed in +towgs84 (0.5 m), mixed
/// signs (0.6 m), rotations left out (0.3 m), EPSG:5194 in place of EPSG:6960 (0.8 m). They are named only when
/// `accuracy` is below their size, with reference points computed from the same grid coordinates and not surveyed. The
/// scale left out moves places by 2 mm; coordinates without heights do not carry that through the shift and back, so it
/// is never named.
///
/// Cost     some forty short transformations per pair.
/// Threads  pure.
[[nodiscard]] std::vector<CoordinateMistake> explain_offset(std::span<const PointPair> pairs,
                                                            Metres accuracy = Metres(1.0));

/// Places as they would be were one known mistake undone.
struct CorrectedPlaces {
    std::string_view code;            // as CoordinateMistake has it
    Sentence sentence;                // likewise, with distance, cause and remedy
    std::vector<geom::Point> places;  // WGS 84, in the order of the observed ones
};

/// Each known mistake undone at all of the observed places (WGS 84): for comparison with what is known otherwise, where
/// no pairs of places are at hand. Mistakes that cannot have been made there, or move the places by less than `least`,
/// are left out. Empty when a place is not finite.
[[nodiscard]] std::vector<CorrectedPlaces> undo_each_mistake(std::span<const geom::Point> observed,
                                                             Metres least = Metres(1.0));

}  // namespace ranh::crs_detection
