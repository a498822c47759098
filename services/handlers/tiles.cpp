#include "services/handlers/tiles.hpp"

#include "services/handlers/reply.hpp"
#include "services/params/tile_path.hpp"
#include "services/present/encoding.hpp"
#include "services/present/tilesets.hpp"

#include <array>

namespace ranh::handlers {
namespace {

using snapshot::PackedLayer;

constexpr std::array<present::Format, 2> documents{present::json_format, present::html_format};
constexpr std::array<present::Format, 3> tileset_formats{present::json_format, present::html_format,
                                                         present::Format{"tilejson", present::media::json}};
constexpr std::array<present::Format, 1> tile_formats{present::Format{"mvt", present::media::mvt}};

void require_matrix_set(const std::string& id) {
    if (id != present::tile_matrix_set_id) {
        throw Failure(ErrorKind::not_found, "there is no tile matrix set '" + id + "'; there is WebMercatorQuad");
    }
}

http::Response document(const http::Request& request, const present::Format& format, std::string title,
                        const codec::Json& json) {
    return reply(
        request, format.media_type,
        format.name == "html" ? present::tiles_html(request.base_url, std::move(title), json) : codec::to_text(json));
}

/// "parcels.json" without ".json"; Failure not_found for another ending.
std::string without_ending(const std::string& segment, std::initializer_list<std::string_view> endings) {
    for (const std::string_view ending : endings) {
        if (segment.size() > ending.size() && segment.ends_with(ending)) {
            return segment.substr(0, segment.size() - ending.size());
        }
    }
    throw Failure(
        ErrorKind::not_found,
        "'" + segment +
            "' has no ending known here; write for example /tiles/parcels.json or /tiles/parcels/14/13101/7521.mvt");
}

/// The hint says that all tiles below are empty as well, so that it is wrong where features were too small to be drawn.
http::Response empty_tile(const TaggedReply& tagged, const Blob& blob) {
    http::Response response = tagged.no_content();
    if (blob.dropped == 0) {
        response.set("OATiles-hint", "empty");
    }
    return response;
}

http::Response send_tile(Context& context, const http::Request& request, const PackedLayer& layer,
                         const tile::TileAddress& address) {
    const model::LayerVersion& version = layer.version();
    const std::string place =
        std::to_string(address.z) + "/" + std::to_string(address.x) + "/" + std::to_string(address.y);
    const std::string key = version.name() + " " + version.content_hash.hex() + " " + place;
    const TaggedReply tagged(request, present::entity_tag({RANH_VERSION, key}));
    if (tagged.is_current()) {
        return tagged.not_modified();
    }
    auto blob = context.cache.find(key);
    const bool hit = blob != nullptr;
    if (!hit) {
        tile::EncodedTile encoded = tile::encode_tile(layer, address);
        Blob made = packed_blob(std::move(encoded.bytes));
        made.dropped = encoded.dropped;
        blob = std::make_shared<const Blob>(std::move(made));
        context.cache.put(key, blob);
    }
    http::Response response =
        blob->identity.empty() ? empty_tile(tagged, *blob) : tagged.send(present::media::mvt, *blob);
    response.set("X-Cache", hit ? "hit" : "miss");
    if (blob->dropped > 0) {
        response.set("Ranh-Dropped-Features", std::to_string(blob->dropped));
    }
    return response;
}

}  // namespace

http::Response get_tile_matrix_sets(const Context& /*context*/, const http::Request& request) {
    allow_only_format(request);
    const present::Format format = choose_format(request, documents);
    return document(request, format, "Lưới ô bản đồ / Tile matrix sets",
                    present::tile_matrix_sets(request.base_url, format));
}

http::Response get_tile_matrix_set(const Context& /*context*/, const http::Request& request) {
    require_matrix_set(request.path[1]);
    allow_only_format(request);
    const present::Format format = choose_format(request, documents);
    return document(request, format, std::string(present::tile_matrix_set_id),
                    present::web_mercator_quad(request.base_url, format));
}

http::Response get_tilesets(const Context& context, const http::Request& request) {
    const auto layer = context.layer(request.path[1]);
    allow_only_format(request);
    const present::Format format = choose_format(request, documents);
    return document(request, format, "Ô bản đồ / Tiles: " + present::title_of(*layer),
                    present::tilesets(request.base_url, *layer, format));
}

http::Response get_tileset(const Context& context, const http::Request& request) {
    const auto layer = context.layer(request.path[1]);
    require_matrix_set(request.path[3]);
    allow_only_format(request);
    const present::Format format = choose_format(request, tileset_formats);
    if (format.name == "tilejson") {
        const std::string url =
            present::collection_url(request.base_url, *layer) + "/tiles/" + std::string(present::tile_matrix_set_id);
        return reply(request, format.media_type, present::tilejson(*layer, url + "/{z}/{y}/{x}?f=mvt"));
    }
    return document(request, format, "Ô bản đồ / Tiles: " + present::title_of(*layer),
                    present::tileset(request.base_url, *layer, format));
}

http::Response get_tile(Context& context, const http::Request& request) {
    const auto layer = context.layer(request.path[1]);
    require_matrix_set(request.path[3]);
    allow_only_format(request);
    static_cast<void>(choose_format(request, tile_formats));
    const tile::TileAddress address = params::parse_tile(request.path[4], request.path[6], request.path[5]).value();
    if (!present::within_limits(*layer, address)) {
        throw Failure(ErrorKind::not_found, "this tile lies outside the limits of the layer; its tileset lists them",
                      "tile");
    }
    return send_tile(context, request, *layer, address);
}

http::Response get_xyz_tilejson(const Context& context, const http::Request& request) {
    const auto layer = context.layer(without_ending(request.path[1], {".json"}));
    allow_only_format(request);
    const std::array<present::Format, 2> offered{present::json_format,
                                                 present::Format{"tilejson", present::media::json}};
    static_cast<void>(choose_format(request, offered));
    return reply(
        request, present::media::json,
        present::tilejson(*layer, request.base_url + "/tiles/" + layer->version().layer.text() + "/{z}/{x}/{y}.mvt"));
}

http::Response get_xyz_tile(Context& context, const http::Request& request) {
    const auto layer = context.layer(request.path[1]);
    const std::string row = without_ending(request.path[4], {".mvt", ".pbf"});
    allow_only_format(request);
    static_cast<void>(choose_format(request, tile_formats));
    return send_tile(context, request, *layer, params::parse_tile(request.path[2], request.path[3], row).value());
}

}  // namespace ranh::handlers
