#pragma once

#include "services/http/message.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace ranh::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0: a free one
    unsigned threads = 0;       ///< for reading, and as many again for POST; 0: as many as the machine has
    std::size_t most_body_bytes = 8U << 20U;  ///< above: 413
    std::size_t most_header_bytes = 16U << 10U;
    unsigned idle_seconds = 30;
    unsigned drain_seconds = 5;            ///< time running requests have after stop()
    std::size_t most_connections = 1'000;  ///< above: 503
    std::string public_url = {};  ///< base of links when a proxy stands in front; empty: the Host header, checked
};

using Handle = std::function<Response(const Request&)>;

/// HTTP/1.1 on Boost.Beast; knows no GIS.
///
/// Threads  run() reads and writes sockets on the caller's thread alone; handles run on two pools of worker threads
///          and may block. POST has a pool of its own, so that a long computation never stands before a quick answer.
///          More waiting requests than a pool's queue holds get 503 with Retry-After.
/// Limits   header 431, body 413; connections that are idle or slow with a header are closed, a body that is too slow
///          408; a request with both Transfer-Encoding and Content-Length, without one valid Host, or with a malformed
///          target 400 (RFC 9112 §3.2, §6.3).
/// Errors   Failure io when the address cannot be bound, naming address, port and what to try. An exception out of the
///          handle becomes 500 with a problem document.
class Server {
public:
    Server(ServerOptions options, Handle handle);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Binds; then port() is known.
    void listen();
    [[nodiscard]] std::uint16_t port() const;
    /// Serves until stop() is called. Requests that are running then are answered; their cancel token is stopped after
    /// `drain_seconds`.
    void run();
    /// From any thread, before or during run(), and from a signal handler: it only writes one byte to a pipe.
    void stop() noexcept;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace ranh::http
