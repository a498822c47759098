#pragma once

// Boost 1.74's awaitable.hpp uses std::exchange without including <utility>; message.hpp, which comes first, does.
#include "services/http/message.hpp"
#include "services/http/server.hpp"
#include "spatial/base/progress.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ranh::http::detail {

namespace net = boost::asio;
namespace beast = boost::beast;

/// Concrete executor types: the default any_io_executor of Boost 1.74 costs an indirect call per operation.
using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<net::ip::tcp, Executor>;
using Clock = std::chrono::steady_clock;

/// What a connection asks of its server. Called on the I/O thread only.
class Owner {
public:
    virtual ~Owner() = default;
    [[nodiscard]] virtual const ServerOptions& options() const = 0;
    [[nodiscard]] virtual bool stopping() const = 0;
    /// Runs the handle on a worker and hands the answer to `done` on the I/O thread. False when the queue is full.
    [[nodiscard]] virtual bool submit(std::shared_ptr<const Request> request, std::shared_ptr<CancelToken> cancel,
                                      std::function<void(Response)> done) = 0;
    /// "Date" of now (RFC 9110 §5.6.7).
    [[nodiscard]] virtual const std::string& date() const = 0;
};

/// One client connection: reads requests one after another and writes the answers. Lives as long as an operation is
/// pending; all members are used on the I/O thread only.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Socket socket, Owner& owner);

    void start();
    /// Answers 503 without reading anything and closes.
    void refuse();
    /// Closes when past the deadline; called about once a second.
    void tick(Clock::time_point now);
    /// Ends an idle connection at once, a busy one after its answer.
    void wind_down();
    /// Tells the running handle to stop.
    void cancel();
    [[nodiscard]] bool closed() const { return !m_socket.is_open(); }

private:
    using Parser = beast::http::request_parser<beast::http::string_body>;
    using Error = boost::system::error_code;
    enum class State { idle, reading, working, writing, lingering };

    void read_header();
    void on_header(const Error& error);
    void read_body();
    void on_body(const Error& error);
    void on_read_error(const Error& error);
    void dispatch();
    void watch_for_close();
    void answer(Response response);
    void reject(int status, std::string_view sentence);
    void on_written(const Error& error);
    void linger();
    void close();
    void set_deadline(unsigned seconds);
    [[nodiscard]] std::string head_of(const Response& response) const;

    Socket m_socket;
    Owner& m_owner;
    beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    State m_state = State::idle;
    Clock::time_point m_deadline = Clock::time_point::max();
    std::shared_ptr<CancelToken> m_cancel;
    std::string m_head;
    std::string m_body;
    std::string m_discarded;
    std::size_t m_lingered = 0;
    std::size_t m_served = 0;
    bool m_head_only = false;
    bool m_keep_alive = false;
    bool m_http_10 = false;
};

}  // namespace ranh::http::detail
