#include "services/handlers/reply.hpp"

#include "services/http/negotiation.hpp"
#include "services/params/query.hpp"
#include "services/present/encoding.hpp"

#include <array>
#include <vector>

namespace ranh::handlers {
namespace {

constexpr std::size_t least_compressed = 1'000;

bool takes_gzip(const http::Request& request) {
    return http::accepts_gzip(request.header("accept-encoding").value_or(""));
}

std::string listed(std::span<const present::Format> formats) {
    std::string names;
    for (const present::Format& format : formats) {
        names += (names.empty() ? "" : ", ") + std::string(format.name);
    }
    return names;
}

void set_content(http::Response& response, std::string_view media_type) {
    response.set("Content-Type",
                 media_type == present::media::html ? "text/html; charset=utf-8" : std::string(media_type));
    if (media_type == present::media::html) {
        response.set("Content-Security-Policy",
                     "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'");
    }
}

/// "abc" -> "abc-gzip": a strong tag names one byte sequence (RFC 9110 §8.8.1).
std::string tag_of_gzip(const std::string& tag) { return tag.substr(0, tag.size() - 1) + "-gzip\""; }

}  // namespace

present::Format choose_format(const http::Request& request, std::span<const present::Format> offered) {
    if (const auto asked = request.query_value("f")) {
        for (const present::Format& format : offered) {
            if (format.name == *asked) {
                return format;
            }
        }
        throw Failure(ErrorKind::invalid_argument,
                      "'" + std::string(*asked) + "' is no form of this resource; there are: " + listed(offered), "f");
    }
    std::vector<std::string_view> types;
    for (const present::Format& format : offered) {
        types.push_back(format.media_type);
    }
    return offered[http::best_media_type(request.header("accept").value_or("*/*"), types).value_or(0)];
}

void allow_only_format(const http::Request& request) {
    const std::array<std::string, 1> known{"f"};
    if (const auto checked = params::check_names(request.query, known); !checked) {
        throw Failure(checked.error());
    }
}

Blob packed_blob(std::string identity, bool compressible) {
    Blob blob;
    blob.identity = std::move(identity);
    if (compressible && blob.identity.size() > least_compressed) {
        blob.gzip = present::gzip(blob.identity, present::GzipEffort::fast);
        if (blob.gzip.size() >= blob.identity.size()) {
            blob.gzip.clear();
        }
    }
    return blob;
}

TaggedReply::TaggedReply(const http::Request& request, std::string tag)
    : m_gzip(takes_gzip(request)),
      m_etag(m_gzip ? tag_of_gzip(tag) : std::move(tag)),
      m_current(http::names_etag(request.header("if-none-match").value_or(""), m_etag)) {}

bool TaggedReply::is_current() const { return m_current; }

http::Response TaggedReply::with_headers(int status) const {
    http::Response response;
    response.status = status;
    response.set("ETag", m_etag).set("Vary", "Accept, Accept-Encoding").set("Cache-Control", "no-cache");
    return response;
}

http::Response TaggedReply::not_modified() const { return with_headers(304); }

http::Response TaggedReply::no_content() const { return with_headers(204); }

http::Response TaggedReply::send(std::string_view media_type, const Blob& blob) const {
    http::Response response = with_headers(200);
    set_content(response, media_type);
    if (m_gzip && !blob.gzip.empty()) {
        response.set("Content-Encoding", "gzip");
        response.body = blob.gzip;
    } else {
        response.body = blob.identity;
    }
    return response;
}

http::Response reply(const http::Request& request, std::string_view media_type, std::string body) {
    const TaggedReply tagged(request, present::entity_tag({media_type, body}));
    if (tagged.is_current()) {
        return tagged.not_modified();
    }
    Blob blob;
    if (takes_gzip(request)) {
        blob = packed_blob(std::move(body));
    } else {
        blob.identity = std::move(body);
    }
    return tagged.send(media_type, blob);
}

http::Response reply_once(const http::Request& request, std::string_view media_type, std::string body) {
    http::Response response;
    set_content(response, media_type);
    response.set("Cache-Control", "no-store").set("Vary", "Accept, Accept-Encoding");
    Blob blob = packed_blob(std::move(body), takes_gzip(request));
    if (!blob.gzip.empty()) {
        response.set("Content-Encoding", "gzip");
        response.body = std::move(blob.gzip);
    } else {
        response.body = std::move(blob.identity);
    }
    return response;
}

}  // namespace ranh::handlers
