#include "importers/crs_detection/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ranh::crs_detection {

namespace {

std::string with_comma(std::string number) {
    std::replace(number.begin(), number.end(), '.', ',');
    return number;
}

std::string grouped(const std::string& digits, char separator) {
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            result += separator;
        }
        result += digits[i];
    }
    return result;
}

}  // namespace

Sentence whole_number(double value) {
    const std::string digits = fmt::format("{:.0f}", std::abs(value));
    const std::string sign = value < 0.0 ? "-" : "";
    return {sign + grouped(digits, '.'), sign + grouped(digits, ',')};
}

Sentence distance_words(Metres distance) {
    const double metres = distance.value();
    std::string text;
    if (metres < 10.0) {
        text = fmt::format("{:.2f} m", metres);
    } else if (metres < 1000.0) {
        text = fmt::format("{:.0f} m", metres);
    } else if (metres < 100'000.0) {
        text = fmt::format("{:.1f} km", metres / 1000.0);
    } else {
        text = fmt::format("{:.0f} km", metres / 1000.0);
    }
    return {with_comma(text), text};
}

Sentence wind_words(Degrees azimuth) {
    static const std::array<Sentence, 8> winds = {{{"bắc", "north"},
                                                   {"đông bắc", "north-east"},
                                                   {"đông", "east"},
                                                   {"đông nam", "south-east"},
                                                   {"nam", "south"},
                                                   {"tây nam", "south-west"},
                                                   {"tây", "west"},
                                                   {"tây bắc", "north-west"}}};
    const double turns = azimuth.value() / 360.0;
    const double sector = std::floor((turns - std::floor(turns)) * 8.0 + 0.5);
    return winds[static_cast<std::size_t>(sector) % winds.size()];
}

}  // namespace ranh::crs_detection
