#include "services/handlers/routes.hpp"

#include "services/handlers/collections.hpp"
#include "services/handlers/context.hpp"
#include "services/handlers/error_status.hpp"
#include "services/handlers/items.hpp"
#include "services/handlers/landing.hpp"
#include "services/handlers/map_files.hpp"
#include "services/handlers/processes.hpp"
#include "services/handlers/tiles.hpp"
#include "services/http/problem.hpp"
#include "services/http/router.hpp"

#include <algorithm>
#include <cctype>

namespace ranh::handlers {
namespace {

/// A failure of ours: its words may name files, so that only the log gets them. The log in turn gets the path alone:
/// a query may ask for people by name, a body is somebody's project.
http::Response failed(const Context& context, const http::Request& request, const std::string& sentence) {
    if (context.dependencies.report_failure) {
        std::string line = request.target.substr(0, request.target.find('?')) + ": " + sentence;
        std::replace_if(
            line.begin(), line.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
        context.dependencies.report_failure(line);
    }
    return http::problem(500, "the server failed on this request; its log says why", request.target);
}

http::Response refused(const Context& context, const http::Request& request, const Error& error) {
    const int status = status_of(error.kind);
    if (status == 500) {
        return failed(context, request, error.text());
    }
    http::Response response = http::problem(status, error.text(), request.target);
    if (status == 503) {
        response.set("Retry-After", "2");
    }
    return response;
}

using ContextPointer = std::shared_ptr<Context>;

/// The handler of one resource with its errors turned into problem documents.
template <typename Handler>
http::Handle guarded(const ContextPointer& context, Handler handler) {
    return [context, handler](const http::Request& request) {
        try {
            return handler(*context, request);
        } catch (const Failure& failure) {
            return refused(*context, request, failure.error());
        } catch (const std::exception& exception) {
            return failed(*context, request, exception.what());
        }
    };
}

http::Router routes(const ContextPointer& context) {
    http::Router router;
    const auto get = [&](std::string_view pattern, auto handler) {
        router.on(http::Method::get, pattern, guarded(context, handler));
    };
    get("/", get_landing);
    get("/conformance", get_conformance);
    get("/api", get_api);
    get("/healthz", get_health);
    get("/favicon.ico", get_favicon);
    get("/collections", get_collections);
    get("/collections/{id}", get_collection);
    get("/collections/{id}/items", get_items);
    get("/collections/{id}/items/{fid}", get_item);
    get("/collections/{id}/tiles", get_tilesets);
    get("/collections/{id}/tiles/{tms}", get_tileset);
    get("/collections/{id}/tiles/{tms}/{z}/{y}/{x}", get_tile);
    get("/tileMatrixSets", get_tile_matrix_sets);
    get("/tileMatrixSets/{tms}", get_tile_matrix_set);
    get("/tiles/{file}", get_xyz_tilejson);
    get("/tiles/{id}/{z}/{x}/{file}", get_xyz_tile);
    get("/processes", get_processes);
    get("/processes/overlap-check", get_overlap_check);
    router.on(http::Method::post, "/processes/overlap-check/execution", guarded(context, post_overlap_check));
    get("/map/{rest*}", get_map_file);
    return router;
}

/// Reading may be open to pages of another origin, computing is not: a POST of JSON from elsewhere fails in its
/// preflight.
void allow_reading(const std::string& origin, const http::Request& request, http::Response& response) {
    if (origin.empty() || request.method == http::Method::post || request.method == http::Method::other) {
        return;
    }
    response.set("Access-Control-Allow-Origin", origin);
    if (request.method == http::Method::options) {
        response.set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
            .set("Access-Control-Allow-Headers", "Accept, If-None-Match")
            .set("Access-Control-Max-Age", "86400");
    } else {
        response.set("Access-Control-Expose-Headers", "ETag, OATiles-hint, Ranh-Dropped-Features");
    }
}

}  // namespace

http::Handle make_router(Dependencies dependencies) {
    const auto context = std::make_shared<Context>(std::move(dependencies));
    return [router = routes(context), origin = context->dependencies.allow_origin](const http::Request& request) {
        http::Response response = router(request);
        allow_reading(origin, request, response);
        return response;
    };
}

}  // namespace ranh::handlers
