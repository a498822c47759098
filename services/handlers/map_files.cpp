#include "services/handlers/map_files.hpp"

#include "services/handlers/reply.hpp"
#include "services/present/encoding.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace ranh::handlers {
namespace {

struct MediaType {
    std::string_view ending;
    std::string_view type;
    bool compressible;
};
constexpr std::array<MediaType, 16> media_types{{{".html", "text/html; charset=utf-8", true},
                                                 {".js", "text/javascript; charset=utf-8", true},
                                                 {".mjs", "text/javascript; charset=utf-8", true},
                                                 {".css", "text/css; charset=utf-8", true},
                                                 {".json", "application/json", true},
                                                 {".geojson", "application/geo+json", true},
                                                 {".map", "application/json", true},
                                                 {".svg", "image/svg+xml", true},
                                                 {".txt", "text/plain; charset=utf-8", true},
                                                 {".wasm", "application/wasm", true},
                                                 {".pbf", "application/x-protobuf", true},
                                                 {".png", "image/png", false},
                                                 {".jpg", "image/jpeg", false},
                                                 {".ico", "image/x-icon", false},
                                                 {".woff2", "font/woff2", false},
                                                 {".webp", "image/webp", false}}};

constexpr std::string_view policy =
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data: blob:; "
    "connect-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

const MediaType* find_type(std::string_view name) {
    const auto* const found = std::find_if(media_types.begin(), media_types.end(),
                                           [&](const MediaType& row) { return name.ends_with(row.ending); });
    return found == media_types.end() ? nullptr : found;
}

bool is_plain_name(const std::string& segment) {
    return !segment.empty() && segment.front() != '.' && segment.find_first_of("/\\:") == std::string::npos;
}

[[noreturn]] void no_such_file(const http::Request& request) {
    throw Failure(ErrorKind::not_found, "the map page has no file of that name; it starts at /map/", request.target);
}

std::filesystem::path file_of(const std::filesystem::path& folder, const http::Request& request) {
    std::filesystem::path file = folder;
    for (std::size_t i = 1; i < request.path.size(); ++i) {
        const bool last = i + 1 == request.path.size();
        if (last && request.path[i].empty()) {
            file /= "index.html";
        } else if (is_plain_name(request.path[i])) {
            file /= request.path[i];
        } else {
            no_such_file(request);
        }
    }
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed)) {
        no_such_file(request);
    }
    return file;
}

std::shared_ptr<const Blob> read_file(Context& context, const std::filesystem::path& file, bool compressible) {
    const auto changed = std::filesystem::last_write_time(file).time_since_epoch().count();
    const std::string key = "file " + file.string() + " " + std::to_string(changed) + " " +
                            std::to_string(std::filesystem::file_size(file));
    auto blob = context.cache.find(key);
    if (blob == nullptr) {
        std::ifstream stream(file, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        if (!stream) {
            throw Failure(ErrorKind::io, "a file of the map page cannot be read", file.filename().string());
        }
        Blob made = packed_blob(std::move(bytes), compressible);
        made.tag = present::entity_tag({made.identity});
        blob = std::make_shared<const Blob>(std::move(made));
        context.cache.put(key, blob);
    }
    return blob;
}

}  // namespace

std::string_view media_type_of(std::string_view file_name) {
    const MediaType* type = find_type(file_name);
    return type == nullptr ? "application/octet-stream" : type->type;
}

http::Response get_map_file(Context& context, const http::Request& request) {
    if (request.path.size() == 1) {
        http::Response response;
        response.status = 308;
        response.set("Location", "map/");
        return response;
    }
    const auto& folder = context.dependencies.viewer_folder;
    if (!folder) {
        throw Failure(ErrorKind::not_found,
                      "this server was built without the map page; build it with node 18 or newer", "map");
    }
    const std::filesystem::path file = file_of(*folder, request);
    const MediaType* type = find_type(file.filename().string());
    const auto blob = read_file(context, file, type != nullptr && type->compressible);
    const TaggedReply tagged(request, blob->tag);
    http::Response response =
        tagged.is_current() ? tagged.not_modified() : tagged.send(media_type_of(file.filename().string()), *blob);
    response.set("Content-Security-Policy", std::string(policy));
    return response;
}

}  // namespace ranh::handlers
