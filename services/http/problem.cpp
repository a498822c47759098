#include "services/http/problem.hpp"

namespace ranh::http {
namespace {

/// JSON string literal. Control characters are escaped, bytes that are not ASCII in `ascii_only` text become '?'; http
/// has no codec below it and the instance may be any bytes a client sent.
std::string quoted(std::string_view text, bool ascii_only) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20U || byte == 0x7FU) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else if (byte >= 0x80U && ascii_only) {
            out += '?';
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace

Response problem(int status, std::string_view detail, std::string_view instance) {
    Response response;
    response.status = status;
    response.set("Content-Type", "application/problem+json");
    response.set("Cache-Control", "no-store");
    response.body = R"({"type":"about:blank","title":)" + quoted(reason_phrase(status), false) +
                    ",\"status\":" + std::to_string(status) + ",\"detail\":" + quoted(detail, false) +
                    ",\"instance\":" + quoted(instance, true) + "}";
    return response;
}

}  // namespace ranh::http
