#include "spatial/base/error.hpp"

namespace ranh {

std::string_view to_string(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid_argument: return "invalid_argument";
        case ErrorKind::not_found: return "not_found";
        case ErrorKind::forbidden: return "forbidden";
        case ErrorKind::unsupported: return "unsupported";
        case ErrorKind::limit_exceeded: return "limit_exceeded";
        case ErrorKind::corrupt_input: return "corrupt_input";
        case ErrorKind::conflict: return "conflict";
        case ErrorKind::io: return "io";
        case ErrorKind::cancelled: return "cancelled";
        case ErrorKind::internal: return "internal";
    }
    return "internal";
}

std::string Error::text() const { return context.empty() ? sentence : context + ": " + sentence; }

Failure::Failure(Error error) : m_error(std::move(error)), m_text(m_error.text()) {}

Failure::Failure(ErrorKind kind, std::string sentence, std::string context)
    : Failure(Error{kind, std::move(sentence), std::move(context)}) {}

}  // namespace ranh
