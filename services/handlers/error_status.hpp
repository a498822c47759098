#pragma once

#include "spatial/base/error.hpp"

namespace ranh::handlers {

/// The one table of error kind -> HTTP status. `unsupported` is 400: the request asks for what is not offered (a
/// deprecated coordinate system, a geometry collection); repeating it will not help.
[[nodiscard]] int status_of(ErrorKind kind);

}  // namespace ranh::handlers
