#include "importers/text/lines.hpp"

#include "importers/text/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace ranh::text {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little_mark = "\xFF\xFE";
constexpr std::string_view utf16_big_mark = "\xFE\xFF";

std::string hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        text += fmt::format("{}{:02X}", text.empty() ? "" : " ", static_cast<unsigned char>(c));
    }
    return text;
}

Error not_utf8(std::string_view bytes, std::size_t at) {
    const auto row = std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    constexpr std::size_t shown = 4;
    return Error{
        ErrorKind::corrupt_input,
        fmt::format(
            "row {}: bytes {} are not UTF-8 text (another encoding such as TCVN3 or VNI?); save the file as UTF-8 and "
            "import it again",
            row, hexadecimal(bytes.substr(at, shown))),
        {}};
}

}  // namespace

Result<std::string> clean_utf8(std::string_view bytes) {
    if (bytes.starts_with(utf16_little_mark) || bytes.starts_with(utf16_big_mark)) {
        return Error{
            ErrorKind::corrupt_input, "row 1: the file is UTF-16 text; save it as UTF-8 and import it again", {}};
    }
    if (bytes.starts_with(utf8_mark)) {
        bytes.remove_prefix(utf8_mark.size());
    }
    if (const std::optional<std::size_t> bad = first_invalid_byte(bytes)) {
        return not_utf8(bytes, *bad);
    }
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const bool line_end_of_windows = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
        if (!line_end_of_windows) {
            text += bytes[i] == '\r' ? '\n' : bytes[i];
        }
    }
    return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace ranh::text
