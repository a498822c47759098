#include "services/present/links.hpp"

namespace ranh::present {

codec::Json link(std::string_view rel, std::string href, std::string_view type, std::string_view title, Href kind) {
    codec::Json json;
    json.add("rel", rel).add("href", std::move(href)).add("type", type).add("title", title);
    if (kind == Href::templated) {
        json.add("templated", true);
    }
    return json;
}

std::string path_segment(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4U];
            out += digits[static_cast<unsigned char>(c) & 0xFU];
        }
    }
    return out;
}

std::string url_with(std::string_view url, const QueryPairs& query, std::string_view format) {
    std::string out(url);
    char separator = '?';
    const auto add = [&](std::string_view name, std::string_view value) {
        out += separator + path_segment(name) + '=' + path_segment(value);
        separator = '&';
    };
    for (const auto& [name, value] : query) {
        if (name != "f") {
            add(name, value);
        }
    }
    if (!format.empty()) {
        add("f", format);
    }
    return out;
}

codec::JsonArray self_links(std::string_view url, const QueryPairs& query, const Format& current,
                            std::span<const Format> all) {
    codec::JsonArray links;
    links.push_back(link("self", url_with(url, query, current.name), current.media_type, "this document"));
    for (const Format& format : all) {
        if (format.name != current.name) {
            links.push_back(link("alternate", url_with(url, query, format.name), format.media_type,
                                 "this document as " + std::string(format.name)));
        }
    }
    return links;
}

}  // namespace ranh::present
