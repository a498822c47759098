#include "importers/pipeline/text_check.hpp"

#include "importers/text/unicode.hpp"

#include <fmt/format.h>

namespace ranh::pipeline {

Result<std::string> composed_text(std::string_view text) {
    if (const auto place = text::first_invalid_byte(text)) {
        return Error{
            ErrorKind::corrupt_input,
            fmt::format(
                "the text '{}' is not UTF-8 at byte {}; name its encoding with --text-encoding (it may be tcvn3, vni "
                "or windows-1258), or save the source as UTF-8",
                printable_text(text), *place + 1),
            {}};
    }
    return text::to_nfc(text);
}

std::string printable_text(std::string_view text) {
    std::string printable;
    while (const auto place = text::first_invalid_byte(text)) {
        printable += text.substr(0, *place);
        printable += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[*place]));
        text.remove_prefix(*place + 1);
    }
    return printable += text;
}

}  // namespace ranh::pipeline
