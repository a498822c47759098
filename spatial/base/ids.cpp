#include "spatial/base/ids.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh {
namespace {

constexpr std::size_t longest_layer_id = 60;

bool is_slug(std::string_view text) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto allowed = [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= longest_layer_id && lower(text.front()) && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

Result<LayerId> LayerId::parse(std::string_view text) {
    if (!is_slug(text)) {
        return Error{
            ErrorKind::invalid_argument,
            fmt::format(
                "'{}' is no layer name; use 1 to {} of the characters a-z, 0-9 and '-', starting with a letter, "
                "for example 'bauxite-2026'",
                text, longest_layer_id),
            {}};
    }
    if (text.ends_with("-history") || text.starts_with("ranh-") || text.starts_with("gpkg-") ||
        text.starts_with("rtree-")) {
        return Error{ErrorKind::invalid_argument,
                     fmt::format("the layer name '{}' is kept for tables of the workspace; choose another", text),
                     {}};
    }
    return LayerId(std::string(text));
}

}  // namespace ranh
