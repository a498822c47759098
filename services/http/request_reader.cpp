#include "services/http/request_reader.hpp"

#include "services/http/target.hpp"

namespace ranh::http::detail {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

Method method_of(boost::beast::http::verb verb) {
    switch (verb) {
        case boost::beast::http::verb::get: return Method::get;
        case boost::beast::http::verb::head: return Method::head;
        case boost::beast::http::verb::post: return Method::post;
        case boost::beast::http::verb::options: return Method::options;
        default: return Method::other;
    }
}

std::string local_address(const Socket& socket) {
    boost::system::error_code failed;
    const auto endpoint = socket.local_endpoint(failed);
    if (failed) {
        return "localhost";
    }
    const std::string address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

Result<std::string> base_url_of(const boost::beast::http::request<boost::beast::http::string_body>& message,
                                const ServerOptions& options, const Socket& socket) {
    const auto count = message.count(boost::beast::http::field::host);
    if (count > 1 || (count == 0 && message.version() >= 11)) {
        return Error{ErrorKind::invalid_argument, "a request has exactly one Host header (RFC 9112 §3.2)", {}};
    }
    std::string host = local_address(socket);
    if (count == 1) {
        auto checked = checked_host(to_view(message[boost::beast::http::field::host]));
        if (!checked) {
            return checked.error();
        }
        host = std::move(checked).value();
    }
    if (options.public_url.empty()) {
        return "http://" + host;
    }
    return options.public_url.ends_with('/') ? options.public_url.substr(0, options.public_url.size() - 1)
                                             : options.public_url;
}

}  // namespace

Result<Request> read_request(const boost::beast::http::request<boost::beast::http::string_body>& message,
                             const ServerOptions& options, const Socket& socket) {
    if (message.count(boost::beast::http::field::transfer_encoding) > 0 && !message.chunked()) {
        return Error{ErrorKind::invalid_argument, "the only transfer coding taken is chunked (RFC 9112 §6.1)", {}};
    }
    auto base_url = base_url_of(message, options, socket);
    if (!base_url) {
        return base_url.error();
    }
    auto target = parse_target(to_view(message.target()));
    if (!target) {
        return target.error();
    }
    Request request;
    request.method = method_of(message.method());
    request.target = std::string(to_view(message.target()));
    request.base_url = std::move(base_url).value();
    request.path = std::move(target.value().path);
    request.query = std::move(target.value().query);
    for (const auto& header : message) {
        request.headers.emplace_back(lower(to_view(header.name_string())), std::string(to_view(header.value())));
    }
    return request;
}

}  // namespace ranh::http::detail
