#include "services/http/connection.hpp"

#include "services/http/problem.hpp"
#include "services/http/request_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include <array>
#include <sys/socket.h>

namespace ranh::http::detail {
namespace {

constexpr std::size_t most_requests = 10'000;  // of one connection, then the client has to connect again
constexpr std::size_t most_lingered_bytes = 64U
                                            << 20U;  // of an unread body, so that the client gets to read the answer
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr unsigned linger_seconds = 2;
constexpr unsigned slow_factor = 4;  // a body or an answer may take this many idle times

std::size_t buffer_limit(const ServerOptions& options) {
    return std::max<std::size_t>(options.most_header_bytes, 65'536);
}

}  // namespace

Connection::Connection(Socket socket, Owner& owner)
    : m_socket(std::move(socket)), m_owner(owner), m_buffer(buffer_limit(owner.options())) {
    Error ignored;
    m_socket.set_option(net::ip::tcp::no_delay(true), ignored);
}

void Connection::start() { read_header(); }

void Connection::refuse() { reject(503, "the server has as many connections as it takes; try again in a moment"); }

void Connection::set_deadline(unsigned seconds) { m_deadline = Clock::now() + std::chrono::seconds(seconds); }

void Connection::tick(Clock::time_point now) {
    if (now < m_deadline || closed()) {
        return;
    }
    if (m_state == State::reading && !m_owner.stopping()) {
        reject(408, "the request did not arrive in time");
    } else {
        close();
    }
}

void Connection::wind_down() {
    if (m_state == State::idle || m_state == State::lingering) {
        close();
    }
    m_keep_alive = false;
}

void Connection::cancel() {
    if (m_cancel) {
        m_cancel->stop();
    }
}

void Connection::read_header() {
    m_state = m_buffer.size() == 0 ? State::idle : State::reading;
    m_parser.emplace();
    m_parser->header_limit(static_cast<std::uint32_t>(m_owner.options().most_header_bytes));
    m_parser->body_limit(m_owner.options().most_body_bytes);
    set_deadline(m_owner.options().idle_seconds);
    beast::http::async_read_header(
        m_socket, m_buffer, *m_parser,
        [self = shared_from_this()](const Error& error, std::size_t) { self->on_header(error); });
}

void Connection::on_header(const Error& error) {
    if (error) {
        return on_read_error(error);
    }
    if (m_state == State::writing || m_state == State::lingering) {
        return;  // tick() already answered 408
    }
    m_state = State::reading;
    set_deadline(slow_factor * m_owner.options().idle_seconds);
    if (!m_parser->is_done() && same_name(to_view(m_parser->get()[beast::http::field::expect]), "100-continue")) {
        net::async_write(m_socket, net::buffer(go_on.data(), go_on.size()),
                         [self = shared_from_this()](const Error& failed, std::size_t) {
                             failed ? self->close() : self->read_body();
                         });
        return;
    }
    read_body();
}

void Connection::read_body() {
    if (m_parser->is_done()) {
        return on_body({});
    }
    beast::http::async_read(m_socket, m_buffer, *m_parser,
                            [self = shared_from_this()](const Error& error, std::size_t) { self->on_body(error); });
}

void Connection::on_body(const Error& error) {
    if (error) {
        return on_read_error(error);
    }
    if (m_state == State::reading) {
        dispatch();
    }
}

void Connection::on_read_error(const Error& error) {
    if (m_state == State::writing || m_state == State::lingering) {
        return;
    }
    if (error == beast::http::error::body_limit) {
        return reject(413, "the body is longer than the " + std::to_string(m_owner.options().most_body_bytes) +
                               " bytes this server takes");
    }
    if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) {
        return reject(431, "the header is longer than the " + std::to_string(m_owner.options().most_header_bytes) +
                               " bytes this server takes");
    }
    const bool malformed =
        error.category() == beast::http::make_error_code(beast::http::error::bad_target).category() &&
        error != beast::http::error::end_of_stream && error != beast::http::error::partial_message;
    if (malformed) {
        return reject(400, "the request is not HTTP/1.1 as RFC 9112 has it: " + error.message());
    }
    close();  // the client has gone
}

void Connection::dispatch() {
    const auto& message = m_parser->get();
    m_head_only = message.method() == beast::http::verb::head;
    m_http_10 = message.version() < 11;
    m_keep_alive = message.keep_alive() && ++m_served < most_requests && !m_owner.stopping();
    auto read = read_request(message, m_owner.options(), m_socket);
    if (!read) {
        return reject(400, read.error().text());
    }
    auto request = std::make_shared<Request>(std::move(read).value());
    request->body = std::move(m_parser->get().body());
    m_cancel = std::make_shared<CancelToken>();
    request->cancel = m_cancel.get();
    m_state = State::working;
    m_deadline = Clock::time_point::max();  // the handle has limits of its own
    const bool slow = request->method == Method::post;
    const bool taken = m_owner.submit(
        request, m_cancel, [self = shared_from_this()](Response response) { self->answer(std::move(response)); });
    if (!taken) {
        Response busy = problem(503, "too many requests are waiting; try again in a moment", request->target);
        busy.set("Retry-After", "2");
        return answer(std::move(busy));
    }
    if (slow) {
        watch_for_close();
    }
}

/// A socket that is readable while its request is worked on has the next request in it, or its end: then nobody waits
/// any more.
void Connection::watch_for_close() {
    m_socket.async_wait(Socket::wait_read, [self = shared_from_this(), cancel = m_cancel](const Error& error) {
        char byte = 0;
        if (!error && self->m_cancel == cancel && self->m_state == State::working &&
            ::recv(self->m_socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) {
            cancel->stop();
        }
    });
}

std::string Connection::head_of(const Response& response) const {
    std::string head =
        "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reason_phrase(response.status)) + "\r\n";
    for (const auto& [name, value] : response.headers) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (response.status != 204 && response.status != 304) {
        head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    }
    head += "Date: " + m_owner.date() + "\r\nServer: ranh\r\nX-Content-Type-Options: nosniff\r\n";
    if (!m_keep_alive) {
        head += "Connection: close\r\n";
    } else if (m_http_10) {
        head += "Connection: keep-alive\r\n";
    }
    return head + "\r\n";
}

void Connection::answer(Response response) {
    if (closed()) {
        return;
    }
    m_cancel.reset();
    m_keep_alive = m_keep_alive && !m_owner.stopping();
    m_state = State::writing;
    set_deadline(slow_factor * m_owner.options().idle_seconds);
    m_head = head_of(response);
    m_body = m_head_only || response.status == 204 || response.status == 304 ? std::string() : std::move(response.body);
    const std::array<net::const_buffer, 2> pieces{net::buffer(m_head), net::buffer(m_body)};
    net::async_write(m_socket, pieces,
                     [self = shared_from_this()](const Error& error, std::size_t) { self->on_written(error); });
}

void Connection::reject(int status, std::string_view sentence) {
    m_keep_alive = false;
    std::string target;
    if (m_parser) {
        target = std::string(to_view(m_parser->get().target()));
    }
    answer(problem(status, sentence, target));
}

void Connection::on_written(const Error& error) {
    if (error || closed()) {
        return close();
    }
    if (m_keep_alive && !m_owner.stopping()) {
        return read_header();
    }
    // Closing with unread bytes would reset the connection and could take the answer away from the client.
    Error ignored;
    m_socket.shutdown(Socket::shutdown_send, ignored);
    m_state = State::lingering;
    m_discarded.resize(65'536);
    set_deadline(linger_seconds);
    linger();
}

void Connection::linger() {
    m_socket.async_read_some(net::buffer(m_discarded),
                             [self = shared_from_this()](const Error& error, std::size_t count) {
                                 self->m_lingered += count;
                                 error || self->m_lingered > most_lingered_bytes ? self->close() : self->linger();
                             });
}

void Connection::close() {
    cancel();
    Error ignored;
    m_socket.close(ignored);
}

}  // namespace ranh::http::detail
