#include "services/handlers/collections.hpp"

#include "services/handlers/reply.hpp"

#include <array>

namespace ranh::handlers {
namespace {

constexpr std::array<present::Format, 2> formats{present::json_format, present::html_format};

}  // namespace

http::Response get_collections(const Context& context, const http::Request& request) {
    allow_only_format(request);
    const present::Format format = choose_format(request, formats);
    std::vector<present::Collection> collections;
    for (auto& layer : context.dependencies.engine->view().layers()) {
        collections.push_back(context.collection(layer));
    }
    return reply(request, format.media_type,
                 format.name == "html" ? present::collections_html(request.base_url, collections)
                                       : present::collections_json(request.base_url, collections));
}

http::Response get_collection(const Context& context, const http::Request& request) {
    const present::Collection collection = context.collection(context.layer(request.path[1]));
    allow_only_format(request);
    const present::Format format = choose_format(request, formats);
    return reply(request, format.media_type,
                 format.name == "html" ? present::collection_html(request.base_url, collection)
                                       : present::collection_json(request.base_url, collection));
}

}  // namespace ranh::handlers
