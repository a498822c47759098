#pragma once

#include "services/handlers/context.hpp"

namespace ranh::handlers {

/// `/map/…`: static files of the map page; `/map/` is index.html, `/map` is sent on to `/map/`. Only regular files
/// below the viewer folder; segments that are empty, start with a dot or hold a separator name none. Pages may load
/// nothing from elsewhere (Content-Security-Policy).
[[nodiscard]] http::Response get_map_file(Context& context, const http::Request& request);

/// Media type by the ending of a file name; application/octet-stream for an unknown one.
[[nodiscard]] std::string_view media_type_of(std::string_view file_name);

}  // namespace ranh::handlers
