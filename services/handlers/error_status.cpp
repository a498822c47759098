#include "services/handlers/error_status.hpp"

namespace ranh::handlers {

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid_argument:
        case ErrorKind::corrupt_input:
        case ErrorKind::unsupported: return 400;
        case ErrorKind::forbidden: return 403;
        case ErrorKind::not_found: return 404;
        case ErrorKind::conflict: return 409;
        case ErrorKind::limit_exceeded: return 413;
        case ErrorKind::cancelled: return 503;
        case ErrorKind::io:
        case ErrorKind::internal: return 500;
    }
    return 500;
}

}  // namespace ranh::handlers
