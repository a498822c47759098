#pragma once

#include "spatial/base/units.hpp"

#include <string>

namespace ranh::crs_detection {

/// The same statement in Vietnamese and in English.
struct Sentence {
    std::string vi;
    std::string en;
    friend bool operator==(const Sentence&, const Sentence&) = default;
};

/// A whole number as it is printed in tables: 1.255.172 in Vietnamese, 1,255,172 in English. The value is rounded.
[[nodiscard]] Sentence whole_number(double value);
/// A distance for people: "0,56 m", "225 m", "81,7 km", "300 km".
[[nodiscard]] Sentence distance_words(Metres distance);
/// One of eight winds: "tây bắc", "north-west". Azimuth clockwise from north.
[[nodiscard]] Sentence wind_words(Degrees azimuth);

}  // namespace ranh::crs_detection
