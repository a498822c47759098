#include "services/http/router.hpp"

#include "services/http/problem.hpp"
#include "services/http/target.hpp"

namespace ranh::http {
namespace {

bool is_variable(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }
bool is_rest(std::string_view segment) { return segment.starts_with('{') && segment.ends_with("*}"); }

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    std::size_t count = path.size();
    if (!pattern.empty() && is_rest(pattern.back())) {
        if (count + 1 < pattern.size()) {
            return false;
        }
    } else {
        count -= !path.empty() && path.back().empty() ? 1U : 0U;
        if (count != pattern.size()) {
            return false;
        }
    }
    for (std::size_t i = 0; i < pattern.size() && !is_rest(pattern[i]); ++i) {
        if (is_variable(pattern[i]) ? path[i].empty() : pattern[i] != path[i]) {
            return false;
        }
    }
    return true;
}

Method served_as(Method method) { return method == Method::head ? Method::get : method; }

}  // namespace

void Router::on(Method method, std::string_view pattern, Handle handle) {
    m_routes.push_back({method, parse_target(pattern).value().path, std::move(handle)});
}

std::string Router::allowed_methods(const std::vector<std::string>& path) const {
    std::string allowed;
    for (const Route& route : m_routes) {
        const std::string_view names = route.method == Method::get ? "GET, HEAD" : "POST";
        if (fits(route.pattern, path) && allowed.find(names) == std::string::npos) {
            allowed += allowed.empty() ? "" : ", ";
            allowed += names;
        }
    }
    return allowed.empty() ? allowed : allowed + ", OPTIONS";
}

Response Router::operator()(const Request& request) const {
    for (const Route& route : m_routes) {
        if (route.method == served_as(request.method) && fits(route.pattern, request.path)) {
            return route.handle(request);
        }
    }
    const std::string allowed = allowed_methods(request.path);
    if (allowed.empty()) {
        return problem(404, "there is no such resource; the landing page '/' links to all there are", request.target);
    }
    if (request.method == Method::options) {
        Response response;
        response.status = 204;
        response.set("Allow", allowed);
        return response;
    }
    Response response = problem(405, "this resource takes " + allowed, request.target);
    response.set("Allow", allowed);
    return response;
}

}  // namespace ranh::http
