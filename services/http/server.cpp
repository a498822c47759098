#include "services/http/server.hpp"

#include "services/http/connection.hpp"
#include "services/http/problem.hpp"
#include "spatial/base/task_pool.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>
#include <unordered_set>

namespace ranh::http {
namespace {

using detail::Clock;
using detail::Connection;
using detail::Executor;
namespace net = boost::asio;
using Tcp = net::ip::tcp;
using Failed = boost::system::error_code;

constexpr std::size_t queue_of_quick = 512;
constexpr std::size_t queue_of_slow = 32;

std::string http_date(std::time_t now) {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::string(days[static_cast<std::size_t>(parts.tm_wday)]) + ", " + two(parts.tm_mday) + " " +
           months[static_cast<std::size_t>(parts.tm_mon)] + " " + std::to_string(parts.tm_year + 1900) + " " +
           two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" + two(parts.tm_sec) + " GMT";
}

unsigned thread_count(const ServerOptions& options) {
    return std::max(1U, options.threads > 0 ? options.threads : default_thread_count());
}

/// Worker threads with a bounded number of waiting requests. `waiting` is used on the I/O thread only.
struct Pool {
    Pool(unsigned thread_count, std::size_t queue) : threads(thread_count), most_waiting(thread_count + queue) {}
    net::thread_pool threads;
    std::size_t most_waiting;
    std::size_t waiting = 0;
};

Response run_handle(const Handle& handle, const Request& request) {
    try {
        return handle(request);
    } catch (const std::exception& exception) {
        // A fault of ours; its words may name files, so the client gets none of them.
        static_cast<void>(exception);
        return problem(500, "the server failed on this request; the same request may work later", request.target);
    }
}

}  // namespace

struct Server::State final : public detail::Owner {
    State(ServerOptions options, Handle on_request);
    ~State() override;
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    [[nodiscard]] const ServerOptions& options() const override { return m_options; }
    [[nodiscard]] bool stopping() const override { return m_stopping; }
    [[nodiscard]] const std::string& date() const override { return m_date; }
    [[nodiscard]] bool submit(std::shared_ptr<const Request> request, std::shared_ptr<CancelToken> cancel,
                              std::function<void(Response)> done) override;

    void listen();
    void accept();
    void on_accepted(const Failed& error, detail::Socket socket);
    void tick();
    void await_stop();
    void begin_stop();
    void run();

    ServerOptions m_options;
    Handle m_handle;
    net::io_context m_io{1};
    net::basic_socket_acceptor<Tcp, Executor> m_acceptor{m_io};
    net::basic_waitable_timer<Clock, net::wait_traits<Clock>, Executor> m_timer{m_io};
    std::array<int, 2> m_pipe{-1, -1};
    net::posix::basic_stream_descriptor<Executor> m_stop_signal{m_io};
    std::array<char, 1> m_stop_byte{};
    Pool m_quick;
    Pool m_slow;
    std::unordered_set<std::shared_ptr<Connection>> m_connections;
    std::string m_date;
    bool m_stopping = false;
    bool m_accept_paused = false;
    Clock::time_point m_drain_deadline = Clock::time_point::max();
};

Server::State::State(ServerOptions options, Handle on_request)
    : m_options(std::move(options)),
      m_handle(std::move(on_request)),
      m_quick(thread_count(m_options), queue_of_quick),
      m_slow(thread_count(m_options), queue_of_slow),
      m_date(http_date(std::time(nullptr))) {
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        throw Failure(ErrorKind::io, "the system gives no pipe; too many files are open", "server");
    }
    m_stop_signal.assign(m_pipe[0]);
}

Server::State::~State() {
    ::close(m_pipe[1]);  // the reading end is closed by its descriptor object
}

bool Server::State::submit(std::shared_ptr<const Request> request, std::shared_ptr<CancelToken> cancel,
                           std::function<void(Response)> done) {
    Pool& pool = request->method == Method::post ? m_slow : m_quick;
    if (pool.waiting >= pool.most_waiting) {
        return false;
    }
    ++pool.waiting;
    net::post(pool.threads, [this, &pool, request = std::move(request), cancel = std::move(cancel),
                             done = std::move(done)]() mutable {
        auto response = std::make_shared<Response>(run_handle(m_handle, *request));
        net::post(m_io, [&pool, response, cancel = std::move(cancel), done = std::move(done)] {
            --pool.waiting;
            done(std::move(*response));
        });
    });
    return true;
}

void Server::State::listen() {
    Failed error;
    const auto address = net::ip::make_address(m_options.address, error);
    if (error) {
        throw Failure(ErrorKind::invalid_argument,
                      "'" + m_options.address + "' is no IP address; write for example 127.0.0.1 or ::1", "listen");
    }
    const Tcp::endpoint endpoint(address, m_options.port);
    m_acceptor.open(endpoint.protocol(), error);
    if (!error) {
        m_acceptor.set_option(net::socket_base::reuse_address(true), error);
    }
    if (!error) {
        m_acceptor.bind(endpoint, error);
    }
    if (!error) {
        m_acceptor.listen(net::socket_base::max_listen_connections, error);
    }
    if (error) {
        throw Failure(ErrorKind::io,
                      "cannot listen on address " + m_options.address + ", port " + std::to_string(m_options.port) +
                          ": " + error.message() +
                          "; stop the program that uses it, or choose another port with --listen " + m_options.address +
                          ":0",
                      "listen");
    }
}

void Server::State::accept() {
    m_acceptor.async_accept(
        [this](const Failed& error, detail::Socket socket) { on_accepted(error, std::move(socket)); });
}

void Server::State::on_accepted(const Failed& error, detail::Socket socket) {
    if (m_stopping) {
        return;
    }
    if (!error) {
        const bool full = m_connections.size() >= m_options.most_connections;
        const auto connection = std::make_shared<Connection>(std::move(socket), *this);
        if (full) {
            connection->refuse();
        } else {
            connection->start();
        }
        m_connections.insert(connection);
    }
    m_accept_paused = error == net::error::no_descriptors || error.value() == ENFILE;
    if (!m_accept_paused) {
        accept();
    }  // else tick() tries again when connections have gone
}

void Server::State::tick() {
    m_timer.expires_after(std::chrono::milliseconds(m_stopping ? 20 : 500));
    m_timer.async_wait([this](const Failed& cancelled) {
        if (cancelled && !m_stopping) {
            return;
        }
        const auto now = Clock::now();
        m_date = http_date(std::time(nullptr));
        for (const auto& connection : m_connections) {
            connection->tick(now);
            if (now >= m_drain_deadline) {
                connection->cancel();
            }
        }
        std::erase_if(m_connections, [](const auto& connection) { return connection->closed(); });
        if (std::exchange(m_accept_paused, false) && !m_stopping) {
            accept();
        }
        if (m_stopping && m_connections.empty() && m_quick.waiting == 0 && m_slow.waiting == 0) {
            return;  // nothing keeps run() any more
        }
        tick();
    });
}

void Server::State::await_stop() {
    m_stop_signal.async_read_some(net::buffer(m_stop_byte), [this](const Failed&, std::size_t) { begin_stop(); });
}

void Server::State::begin_stop() {
    m_stopping = true;
    m_drain_deadline = Clock::now() + std::chrono::seconds(m_options.drain_seconds);
    Failed ignored;
    m_acceptor.close(ignored);
    for (const auto& connection : m_connections) {
        connection->wind_down();
    }
    m_timer.cancel();
}

void Server::State::run() {
    accept();
    tick();
    await_stop();
    m_io.run();
    m_quick.threads.join();
    m_slow.threads.join();
}

Server::Server(ServerOptions options, Handle handle)
    : m_state(std::make_unique<State>(std::move(options), std::move(handle))) {}
Server::~Server() = default;

void Server::listen() { m_state->listen(); }

std::uint16_t Server::port() const {
    Failed error;
    const auto endpoint = m_state->m_acceptor.local_endpoint(error);
    return error ? m_state->m_options.port : endpoint.port();
}

void Server::run() { m_state->run(); }

void Server::stop() noexcept {
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(m_state->m_pipe[1], &byte, 1);
}

}  // namespace ranh::http
