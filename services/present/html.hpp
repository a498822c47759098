#pragma once

#include "spatial/codec/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ranh::present {

/// `&<>"'` as character references: safe in text and in quoted attribute values.
[[nodiscard]] std::string escaped(std::string_view text);

/// An anchor; text and address are escaped. An address that is neither http(s) nor starts with '/' is written as plain
/// text.
[[nodiscard]] std::string anchor(std::string_view href, std::string_view text);

struct Crumb {
    std::string text;
    std::string href;
};

struct Page {
    std::string title;          ///< Vietnamese first: "Các lớp / Collections"
    std::vector<Crumb> crumbs;  ///< the way from the landing page
    std::string body;           ///< ready HTML
};

/// A whole document without script: language vi, heading, way back, body.
[[nodiscard]] std::string html_page(const Page& page);

/// Any JSON for people: objects as definition lists, arrays of objects as tables, `links` as anchors.
[[nodiscard]] std::string html_of(const codec::Json& json);

/// A table with a head row; cells are ready HTML.
[[nodiscard]] std::string html_table(std::string_view caption, const std::vector<std::string>& head,
                                     const std::vector<std::vector<std::string>>& rows);

}  // namespace ranh::present
