#include "services/http/target.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace ranh::http {
namespace {

constexpr std::size_t most_segments = 100;
constexpr std::size_t most_pairs = 100;

enum class Plus { is_plus, is_space };

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<unsigned> hex_value(char c) {
    if (is_digit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<unsigned>(c - 'a') + 10U;
    }
    if (c >= 'A' && c <= 'F') {
        return static_cast<unsigned>(c - 'A') + 10U;
    }
    return std::nullopt;
}

Error bad(std::string sentence) { return {ErrorKind::invalid_argument, std::move(sentence), "request target"}; }

/// Bytes a sequence has by its first byte, 0 for one that cannot start a sequence (RFC 3629 §4).
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80U) return 1;
    if (lead >= 0xC2U && lead <= 0xDFU) return 2;
    if (lead >= 0xE0U && lead <= 0xEFU) return 3;
    if (lead >= 0xF0U && lead <= 0xF4U) return 4;
    return 0;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = sequence_length(lead);
        if (length == 0 || i + length > text.size()) {
            return false;
        }
        std::uint32_t code = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80U) {
                return false;
            }
            code = (code << 6U) | (next & 0x3FU);
        }
        const bool overlong = (length == 3 && code < 0x800U) || (length == 4 && (code < 0x10000U || code > 0x10FFFFU));
        const bool surrogate = code >= 0xD800U && code <= 0xDFFFU;
        if (overlong || surrogate) {
            return false;
        }
        i += length;
    }
    return true;
}

Result<std::string> decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_space) {
            out += ' ';
            continue;
        }
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const auto high = i + 1 < text.size() ? hex_value(text[i + 1]) : std::nullopt;
        const auto low = i + 2 < text.size() ? hex_value(text[i + 2]) : std::nullopt;
        if (!high || !low) {
            return bad("'%' is not followed by two hexadecimal digits; write a percent sign as %25");
        }
        const auto byte = static_cast<unsigned char>(*high * 16U + *low);
        if (byte == 0) {
            return bad("%00 is not accepted anywhere in a target");
        }
        out += static_cast<char>(byte);
        i += 2;
    }
    if (!is_utf8(out)) {
        return bad("the percent-decoded text is not UTF-8; encode names in UTF-8");
    }
    return out;
}

std::optional<Error> form_error(std::string_view text) {
    if (!text.starts_with('/') || text.starts_with("//")) {
        return bad("a target starts with exactly one '/', for example /collections");
    }
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20U || byte == 0x7FU;
    });
    if (control || text.find('#') != std::string_view::npos) {
        return bad("spaces, control characters and '#' must be percent-encoded");
    }
    return std::nullopt;
}

/// Calls take(piece) for each piece between separators; stops at the first Error it returns.
template <typename Take>
std::optional<Error> for_each_piece(std::string_view text, char separator, Take take) {
    while (true) {
        const std::size_t end = text.find(separator);
        if (auto error = take(text.substr(0, end))) {
            return error;
        }
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        text.remove_prefix(end + 1);
    }
}

std::optional<Error> add_pair(std::string_view piece, QueryPairs& pairs) {
    if (piece.empty()) {
        return std::nullopt;
    }
    if (pairs.size() == most_pairs) {
        return bad("more than 100 query parameters");
    }
    const std::size_t equals = piece.find('=');
    auto name = decoded(piece.substr(0, equals), Plus::is_space);
    if (!name) {
        return name.error();
    }
    auto value =
        decoded(equals == std::string_view::npos ? std::string_view() : piece.substr(equals + 1), Plus::is_space);
    if (!value) {
        return value.error();
    }
    pairs.emplace_back(std::move(name).value(), std::move(value).value());
    return std::nullopt;
}

bool valid_port(std::string_view port) {
    return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit) &&
           std::stoul(std::string(port)) <= 65535;
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
    if (auto error = form_error(text)) {
        return *error;
    }
    Target target;
    const std::size_t mark = text.find('?');
    const std::string_view path = text.substr(1, mark == std::string_view::npos ? mark : mark - 1);
    if (!path.empty()) {
        auto error = for_each_piece(path, '/', [&](std::string_view piece) -> std::optional<Error> {
            if (target.path.size() == most_segments) {
                return bad("more than 100 path segments");
            }
            auto segment = decoded(piece, Plus::is_plus);
            if (!segment) {
                return segment.error();
            }
            target.path.push_back(std::move(segment).value());
            return std::nullopt;
        });
        if (error) {
            return *error;
        }
    }
    if (mark != std::string_view::npos) {
        auto error = for_each_piece(text.substr(mark + 1), '&',
                                    [&](std::string_view piece) { return add_pair(piece, target.query); });
        if (error) {
            return *error;
        }
    }
    return target;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4U];
            out += digits[static_cast<unsigned char>(c) & 0xFU];
        }
    }
    return out;
}

std::string encoded_query(const QueryPairs& query) {
    std::string out;
    for (const auto& [name, value] : query) {
        out += out.empty() ? '?' : '&';
        out += percent_encoded(name) + "=" + percent_encoded(value);
    }
    return out;
}

Result<std::string> checked_host(std::string_view host) {
    const Error wrong{ErrorKind::invalid_argument,
                      "the Host header is not a plain host name or address with an optional port", "Host"};
    std::string_view name = host;
    std::string_view rest;
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        if (end == std::string_view::npos) {
            return wrong;
        }
        name = host.substr(1, end - 1);
        rest = host.substr(end + 1);
        if (!std::all_of(name.begin(), name.end(),
                         [](char c) { return hex_value(c).has_value() || c == ':' || c == '.'; })) {
            return wrong;
        }
    } else {
        const std::size_t colon = host.find(':');
        name = host.substr(0, colon);
        rest = colon == std::string_view::npos ? std::string_view() : host.substr(colon);
        if (!std::all_of(name.begin(), name.end(),
                         [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.'; })) {
            return wrong;
        }
    }
    const bool port_ok = rest.empty() || (rest.starts_with(':') && valid_port(rest.substr(1)));
    if (name.empty() || host.size() > 255 || !port_ok) {
        return wrong;
    }
    return std::string(host);
}

}  // namespace ranh::http
