#include "services/params/tile_path.hpp"

#include <charconv>
#include <optional>

namespace ranh::params {
namespace {

std::optional<std::uint64_t> parse_index(std::string_view text) {
    constexpr std::size_t most_digits = 10;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole =
        !text.empty() && text.size() <= most_digits && error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

}  // namespace

Result<tile::TileAddress> parse_tile(std::string_view z, std::string_view x, std::string_view y) {
    const auto zoom = parse_index(z);
    const auto column = parse_index(x);
    const auto row = parse_index(y);
    if (!zoom || !column || !row) {
        return Error{ErrorKind::not_found,
                     "zoom '" + std::string(z) + "', column '" + std::string(x) + "', row '" + std::string(y) +
                         "' name no tile; all three are whole numbers from 0 on",
                     "tile"};
    }
    auto checked = tile::checked_tile(*zoom, *column, *row);
    if (!checked) {
        return Error{ErrorKind::not_found, checked.error().sentence, checked.error().context};
    }
    return checked;
}

}  // namespace ranh::params
