#pragma once

#include "services/handlers/blob_cache.hpp"
#include "services/http/message.hpp"
#include "services/present/links.hpp"
#include "spatial/base/error.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ranh::handlers {

/// The representation asked for: by `f=`, else by Accept, else the first offered (also when Accept refuses all of them;
/// an answer in another form is more use than 406). Failure invalid_argument for an unknown `f`, listing those there
/// are.
[[nodiscard]] present::Format choose_format(const http::Request& request, std::span<const present::Format> offered);

/// Failure invalid_argument when the query has any parameter but `f`.
void allow_only_format(const http::Request& request);

/// 200 with the body, compressed when the client takes gzip and there is more than 1 kB of it, with a strong ETag over
/// the bytes sent, Vary, and Cache-Control: no-cache (keep, but ask again); 304 without body when If-None-Match names
/// that tag.
[[nodiscard]] http::Response reply(const http::Request& request, std::string_view media_type, std::string body);

/// The same, with a tag known before the body is made. `tag` names the content; the encoding is added to it.
class TaggedReply {
public:
    TaggedReply(const http::Request& request, std::string tag);
    /// The client has these bytes already.
    [[nodiscard]] bool is_current() const;
    [[nodiscard]] http::Response not_modified() const;
    [[nodiscard]] http::Response send(std::string_view media_type, const Blob& blob) const;
    [[nodiscard]] http::Response no_content() const;

private:
    [[nodiscard]] http::Response with_headers(int status) const;
    bool m_gzip;
    std::string m_etag;
    bool m_current;
};

/// Identity and gzip of bytes, the latter only when there is more than 1 kB and it is shorter.
[[nodiscard]] Blob packed_blob(std::string identity, bool compressible = true);

/// 200 that no cache keeps: results of processes, health.
[[nodiscard]] http::Response reply_once(const http::Request& request, std::string_view media_type, std::string body);

}  // namespace ranh::handlers
