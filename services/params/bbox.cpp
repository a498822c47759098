#include "services/params/bbox.hpp"

#include "services/params/query.hpp"

#include <cmath>

namespace ranh::params {
namespace {

Error bad(const std::string& sentence) { return {ErrorKind::invalid_argument, sentence, "bbox"}; }

Result<std::vector<double>> parse_numbers(std::string_view text) {
    std::vector<double> numbers;
    while (true) {
        const std::size_t comma = text.find(',');
        auto number = parse_number(text.substr(0, comma), "bbox");
        if (!number) {
            return number.error();
        }
        numbers.push_back(number.value());
        if (comma == std::string_view::npos || numbers.size() > 6) {
            return numbers;
        }
        text.remove_prefix(comma + 1);
    }
}

}  // namespace

Result<std::vector<geom::Box>> parse_bbox(std::string_view text) {
    const auto parsed = parse_numbers(text);
    if (!parsed) {
        return parsed.error();
    }
    const std::vector<double>& numbers = parsed.value();
    if (numbers.size() != 4 && numbers.size() != 6) {
        return bad("a box has 4 numbers (west,south,east,north) or 6 (with heights)");
    }
    const std::size_t upper = numbers.size() / 2;
    const geom::Point min{numbers[0], numbers[1]};
    const geom::Point max{numbers[upper], numbers[upper + 1]};
    if (std::abs(min.x) > 180.0 || std::abs(max.x) > 180.0 || std::abs(min.y) > 90.0 || std::abs(max.y) > 90.0) {
        return bad("longitudes go from -180 to 180 and latitudes from -90 to 90, in the order west,south,east,north");
    }
    if (min.y > max.y) {
        return bad("the southern latitude is greater than the northern one; the order is west,south,east,north");
    }
    if (min.x <= max.x) {
        return std::vector<geom::Box>{{min, max}};
    }
    return std::vector<geom::Box>{{min, {180.0, max.y}}, {{-180.0, min.y}, max}};
}

}  // namespace ranh::params
