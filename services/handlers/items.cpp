#include "services/handlers/items.hpp"

#include "services/handlers/reply.hpp"
#include "services/params/items.hpp"
#include "services/present/encoding.hpp"
#include "services/present/items.hpp"

#include <array>

namespace ranh::handlers {
namespace {

constexpr std::array<present::Format, 3> formats{present::Format{"json", present::media::geojson},
                                                 present::geojson_format, present::html_format};

/// timeStamp makes every answer new bytes, so the tag is a weak one over what else decides them (RFC 9110 §8.8.1).
std::string weak_tag(const http::Request& request, const present::Format& format, const snapshot::PackedLayer& layer) {
    const model::LayerVersion& version = layer.version();
    return "W/" + present::entity_tag({RANH_VERSION, request.base_url, request.target, format.name, version.name(),
                                       version.content_hash.hex()});
}

}  // namespace

http::Response get_items(const Context& context, const http::Request& request) {
    const auto layer = context.layer(request.path[1]);
    const params::ItemsRequest asked = params::parse_items(request.query, layer->version().description.schema).value();
    const present::Format format = choose_format(request, formats);
    const TaggedReply tagged(request, weak_tag(request, format, *layer));
    if (tagged.is_current()) {
        return tagged.not_modified();
    }
    const query::FeaturePage page = query::find_features(*layer, asked.query).value();
    const auto geometry = asked.geometry == params::GeometryMember::skip ? present::ItemGeometry::leave_out
                                                                         : present::ItemGeometry::include;
    const present::ItemsPage view{*layer, page, geometry, request.query, asked.query.limit, Timestamp::now()};
    return tagged.send(format.media_type,
                       packed_blob(format.name == "html" ? present::items_html(request.base_url, view)
                                                         : present::items_geojson(request.base_url, view)));
}

http::Response get_item(const Context& context, const http::Request& request) {
    const auto layer = context.layer(request.path[1]);
    allow_only_format(request);
    const present::Format format = choose_format(request, formats);
    const auto feature = layer->find(FeatureId(request.path[3]));
    if (!feature) {
        throw Failure(ErrorKind::not_found,
                      "collection '" + layer->version().layer.text() + "' has no feature '" + request.path[3] + "'");
    }
    return reply(request, format.media_type,
                 format.name == "html" ? present::item_html(request.base_url, *layer, *feature)
                                       : present::item_geojson(request.base_url, *layer, *feature));
}

}  // namespace ranh::handlers
