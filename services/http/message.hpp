#pragma once

#include "spatial/base/progress.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::http {

enum class Method { get, head, post, options, other };

/// A request after its limits were checked: path decoded and split, query pairs decoded in order.
struct Request {
    Method method = Method::get;
    std::string target;                                        ///< as sent
    std::vector<std::string> path;                             ///< decoded segments: {"collections", "bauxite"}
    std::vector<std::pair<std::string, std::string>> query;    ///< decoded
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;
    std::string base_url;  ///< "http://127.0.0.1:8080", from configuration or a checked Host header
    const CancelToken* cancel =
        nullptr;  ///< stopped when the client has gone or the server stops; lives as long as the call
    /// Value of the first header of that name.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_case_name) const;
    /// Value of the first query pair of that name.
    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// Sets a header, in place of one of the same name (compared without case).
    Response& set(std::string name, std::string value);
    /// Value of a header, its name compared without case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// Equal without regard to the case of ASCII letters.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

/// The phrase of RFC 9110 §15: 404 -> "Not Found".
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace ranh::http
