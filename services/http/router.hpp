#pragma once

#include "services/http/server.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ranh::http {

/// Path -> handle. Patterns are written as paths: "/collections/{id}/items"; a segment in braces takes any one segment,
/// "{rest*}" at the end takes whatever is left. The first pattern that fits wins. Handlers read variables by position
/// in Request::path.
///
/// A HEAD request goes to the GET handle (the server leaves the body out); OPTIONS is answered with Allow; a path that
/// is there with another method gets 405 with Allow; any other 404. One empty segment at the end ("/collections/") is
/// passed over.
///
/// Threads  const after the last on(); any number of threads.
class Router {
public:
    void on(Method method, std::string_view pattern, Handle handle);
    [[nodiscard]] Response operator()(const Request& request) const;

private:
    struct Route {
        Method method;
        std::vector<std::string> pattern;
        Handle handle;
    };
    [[nodiscard]] std::string allowed_methods(const std::vector<std::string>& path) const;
    std::vector<Route> m_routes;
};

}  // namespace ranh::http
