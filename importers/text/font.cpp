#include "importers/text/font.hpp"

#include "importers/text/code_points.hpp"
#include "importers/text/column_text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cctype>

namespace ranh::text {
namespace {

std::string lower(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return small;
}

}  // namespace

std::optional<FontText> text_of_font(std::string_view name) {
    std::string font = lower(name);
    for (const std::string_view ending : {".ttf", ".shx", ".otf"}) {
        if (font.ends_with(ending)) {
            font.resize(font.size() - ending.size());
        }
    }
    if (font.starts_with(".vn")) {
        return FontText{Encoding::tcvn3, font.ends_with('h')};
    }
    return font.starts_with("vni-") ? std::optional(FontText{Encoding::vni, false}) : std::nullopt;
}

Result<std::string> read_in_font(std::string_view text, const FontText& font) {
    TextDecision decision;
    decision.encoding = font.encoding;
    auto read = read_cell(text, decision);
    return read && font.capitals ? in_capitals(read.value()) : read;
}

std::string in_capitals(std::string_view text) {
    std::string raised;
    for (const char32_t c : code_points(text)) {
        append_code_point(raised, static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))));
    }
    return raised;
}

}  // namespace ranh::text
