#include "spatial/validation/geohash.hpp"

#include "spatial/base/assert.hpp"

namespace ranh::validation {
namespace {

constexpr std::string_view digits = "0123456789bcdefghjkmnpqrstuvwxyz";
constexpr geom::Box world{{-180.0, -90.0}, {180.0, 90.0}};

/// Halves the range, keeps the half of the bit.
void keep_half(double& low, double& high, bool upper) {
    const double middle = (low + high) / 2.0;
    (upper ? low : high) = middle;
}

}  // namespace

std::string geohash(geom::Point lonlat, std::size_t length) {
    RANH_ASSERT(geom::box_contains(world, lonlat) && length >= 1 && length <= parcel_geohash_length);
    geom::Box cell = world;
    std::string hash;
    bool of_longitude = true;
    while (hash.size() < length) {
        std::size_t digit = 0;
        for (int bit = 0; bit < 5; ++bit) {
            const bool upper = of_longitude ? lonlat.x >= (cell.min.x + cell.max.x) / 2.0
                                            : lonlat.y >= (cell.min.y + cell.max.y) / 2.0;
            of_longitude ? keep_half(cell.min.x, cell.max.x, upper) : keep_half(cell.min.y, cell.max.y, upper);
            digit = 2 * digit + (upper ? 1 : 0);
            of_longitude = !of_longitude;
        }
        hash.push_back(digits[digit]);
    }
    return hash;
}

std::optional<geom::Box> geohash_cell(std::string_view hash) {
    if (hash.empty() || hash.size() > parcel_geohash_length) {
        return std::nullopt;
    }
    geom::Box cell = world;
    bool of_longitude = true;
    for (const char c : hash) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        for (unsigned bit = 5; bit-- > 0;) {
            const bool upper = ((digit >> bit) & 1U) != 0;
            of_longitude ? keep_half(cell.min.x, cell.max.x, upper) : keep_half(cell.min.y, cell.max.y, upper);
            of_longitude = !of_longitude;
        }
    }
    return cell;
}

}  // namespace ranh::validation
