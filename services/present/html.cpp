#include "services/present/html.hpp"

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;
using codec::JsonObject;

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1b1b1b;background:#fff}"
    "a{color:#0b4f9c}table{border-collapse:collapse;display:block;overflow-x:auto;margin:1rem 0}"
    "caption{text-align:left;font-weight:600;padding:.25rem 0}"
    "th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}th{background:#f0f0f0}"
    "dt{font-weight:600}dd{margin:0 0 .5rem 1.5rem}nav "
    "ol{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}"
    "nav li+li::before{content:\"›\";margin-right:.5rem}.draft{background:#fff3cd;padding:.1rem .4rem}";

std::string text_of(const Json& json) { return json.string() ? std::string(*json.string()) : codec::to_text(json); }

bool is_table(const JsonArray& array) {
    for (const Json& element : array) {
        if (!element.is_object()) {
            return false;
        }
    }
    return !array.empty();
}

std::string link_list(const JsonArray& links) {
    std::string out = "<ul>";
    for (const Json& link : links) {
        const Json* href = link.find("href");
        const Json* rel = link.find("rel");
        const Json* title = link.find("title");
        if (href != nullptr && href->string()) {
            out += "<li>" + anchor(*href->string(), title != nullptr ? text_of(*title) : text_of(*href));
            out += rel != nullptr ? " <small>" + escaped(text_of(*rel)) + "</small></li>" : "</li>";
        }
    }
    return out + "</ul>";
}

std::string value_html(std::string_view name, const Json& value);

std::string object_html(const JsonObject& object) {
    std::string out = "<dl>";
    for (const auto& [name, value] : object) {
        out += "<dt>" + escaped(name) + "</dt><dd>" + value_html(name, value) + "</dd>";
    }
    return out + "</dl>";
}

std::string array_html(const JsonArray& array) {
    std::string out = "<ul>";
    for (const Json& element : array) {
        out += "<li>" + value_html({}, element) + "</li>";
    }
    return out + "</ul>";
}

std::string value_html(std::string_view name, const Json& value) {
    if (value.array() != nullptr) {
        return name == "links" && is_table(*value.array()) ? link_list(*value.array()) : array_html(*value.array());
    }
    if (value.object() != nullptr) {
        return object_html(*value.object());
    }
    const std::string text = text_of(value);
    return text.starts_with("http://") || text.starts_with("https://") ? anchor(text, text) : escaped(text);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string anchor(std::string_view href, std::string_view text) {
    const bool safe = href.starts_with("http://") || href.starts_with("https://") || href.starts_with('/');
    return safe ? "<a href=\"" + escaped(href) + "\">" + escaped(text) + "</a>" : escaped(text);
}

std::string html_page(const Page& page) {
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" +
        escaped(page.title) + " – ranh</title><style>" + std::string(style) + "</style></head><body>";
    if (!page.crumbs.empty()) {
        out += "<nav aria-label=\"Đường dẫn / Breadcrumb\"><ol>";
        for (const Crumb& crumb : page.crumbs) {
            out += "<li>" + anchor(crumb.href, crumb.text) + "</li>";
        }
        out += "</ol></nav>";
    }
    return out + "<main><h1>" + escaped(page.title) + "</h1>" + page.body + "</main></body></html>\n";
}

std::string html_of(const Json& json) { return value_html({}, json); }

std::string html_table(std::string_view caption, const std::vector<std::string>& head,
                       const std::vector<std::vector<std::string>>& rows) {
    std::string out = "<table><caption>" + escaped(caption) + "</caption><thead><tr>";
    for (const std::string& name : head) {
        out += "<th scope=\"col\">" + escaped(name) + "</th>";
    }
    out += "</tr></thead><tbody>";
    for (const auto& row : rows) {
        out += "<tr>";
        for (const std::string& cell : row) {
            out += "<td>" + cell + "</td>";
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table>";
}

}  // namespace ranh::present
