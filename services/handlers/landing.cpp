#include "services/handlers/landing.hpp"

#include "services/handlers/reply.hpp"
#include "services/present/landing.hpp"
#include "services/present/openapi.hpp"

#include <array>

namespace ranh::handlers {
namespace {

constexpr std::array<present::Format, 2> documents{present::json_format, present::html_format};
constexpr std::array<present::Format, 2> definitions{present::Format{"json", present::media::openapi},
                                                     present::html_format};

template <typename MakeJson, typename MakeHtml>
http::Response document(const http::Request& request, std::span<const present::Format> offered, MakeJson make_json,
                        MakeHtml make_html) {
    allow_only_format(request);
    const present::Format format = choose_format(request, offered);
    return reply(request, format.media_type,
                 format.name == "html" ? make_html(request.base_url) : make_json(request.base_url));
}

}  // namespace

http::Response get_landing(const Context& /*context*/, const http::Request& request) {
    return document(request, documents, present::landing_json, present::landing_html);
}

http::Response get_conformance(const Context& /*context*/, const http::Request& request) {
    return document(request, documents, present::conformance_json, present::conformance_html);
}

http::Response get_api(const Context& /*context*/, const http::Request& request) {
    return document(request, definitions, present::openapi_json, present::openapi_html);
}

http::Response get_health(const Context& context, const http::Request& request) {
    allow_only_format(request);
    const std::array<present::Format, 1> offered{present::json_format};
    const present::Format format = choose_format(request, offered);
    return reply_once(request, format.media_type,
                      present::health_json(context.dependencies.engine->view().snapshot().revision()));
}

http::Response get_favicon(const Context& /*context*/, const http::Request& /*request*/) {
    http::Response response;
    response.status = 204;
    response.set("Cache-Control", "max-age=86400");
    return response;
}

}  // namespace ranh::handlers
