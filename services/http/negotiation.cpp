#include "services/http/negotiation.hpp"

#include "services/http/message.hpp"

#include <charconv>

namespace ranh::http {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The piece up to the separator, which is taken off the front of `text`.
std::string_view next_piece(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return trimmed(piece);
}

/// One element of Accept or Accept-Encoding: its name and its q (1 when absent or unreadable).
struct Preference {
    std::string_view name;
    double q = 1.0;
};

Preference parse_preference(std::string_view element) {
    Preference result;
    result.name = next_piece(element, ';');
    while (!element.empty()) {
        const std::string_view parameter = next_piece(element, ';');
        if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=') {
            double q = 1.0;
            std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), q);
            result.q = q >= 0.0 && q <= 1.0 ? q : 1.0;
        }
    }
    return result;
}

std::string_view essence(std::string_view media_type) { return trimmed(media_type.substr(0, media_type.find(';'))); }

/// 0: the range does not take the type; 1: "*/*"; 2: "type/*"; 3: the type itself.
int specificity(std::string_view range, std::string_view type) {
    if (same_name(range, type)) {
        return 3;
    }
    if (range == "*/*") {
        return 1;
    }
    if (range.ends_with("/*")) {
        const std::string_view family = range.substr(0, range.size() - 1);
        return type.size() > family.size() && same_name(type.substr(0, family.size()), family) ? 2 : 0;
    }
    return 0;
}

}  // namespace

std::optional<std::size_t> best_media_type(std::string_view accept, std::span<const std::string_view> offered) {
    std::optional<std::size_t> best;
    double best_q = 0.0;
    int best_specificity = 0;
    for (std::size_t i = 0; i < offered.size(); ++i) {
        double q = 0.0;
        int specific = 0;
        for (std::string_view rest = accept; !rest.empty();) {
            const Preference preference = parse_preference(next_piece(rest, ','));
            const int fit = specificity(preference.name, essence(offered[i]));
            if (fit > specific) {
                specific = fit;
                q = preference.q;
            }
        }
        if (q > best_q || (q > 0.0 && q == best_q && specific > best_specificity)) {
            best = i;
            best_q = q;
            best_specificity = specific;
        }
    }
    return best;
}

bool accepts_gzip(std::string_view accept_encoding) {
    std::optional<double> named;
    double any = 0.0;
    while (!accept_encoding.empty()) {
        const Preference preference = parse_preference(next_piece(accept_encoding, ','));
        if (same_name(preference.name, "gzip") || same_name(preference.name, "x-gzip")) {
            named = preference.q;
        } else if (preference.name == "*") {
            any = preference.q;
        }
    }
    return named.value_or(any) > 0.0;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
    while (!if_none_match.empty()) {
        const std::string_view tag = next_piece(if_none_match, ',');
        if (tag == "*" || (!tag.empty() && opaque(tag) == opaque(etag))) {
            return true;
        }
    }
    return false;
}

}  // namespace ranh::http
