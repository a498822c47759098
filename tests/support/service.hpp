#pragma once

#include "services/handlers/routes.hpp"
#include "services/http/server.hpp"
#include "spatial/codec/json.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace ranh::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Layers a test serves: `areas` (draft; squares of one kilometre side by side, B-1 apart), `plants` (points
/// P-1 to P-5, and P-0 without geometry), `nothing` (no feature). Field `name` is open, `owner` is personal.
[[nodiscard]] std::shared_ptr<const snapshot::Snapshot> served_snapshot();

/// The service over served_snapshot(): corner rows are not read, text that starts with '{' is one GeoJSON outline in
/// EPSG:4326 or the system asked for.
[[nodiscard]] handlers::Dependencies served_dependencies();

/// A request as the server would hand it over, base_url "http://ranh.test".
[[nodiscard]] http::Request get_request(std::string_view target, const Headers& headers = {});
[[nodiscard]] http::Request post_request(std::string_view target, std::string body, const Headers& headers = {});

/// A real server on a free port of the loopback, on a thread of its own; stopped when the object ends.
class Loopback {
public:
    explicit Loopback(http::Handle handle, http::ServerOptions options = {});
    ~Loopback();
    Loopback(const Loopback&) = delete;
    Loopback& operator=(const Loopback&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_server.port(); }
    http::Server& server() { return m_server; }
    /// Sends the bytes on a new connection and returns all that comes back until the server closes or five seconds have
    /// passed.
    [[nodiscard]] std::string exchange(std::string_view bytes) const;
    /// One request with Connection: close.
    [[nodiscard]] http::Response get(std::string_view target, const Headers& headers = {}) const;
    [[nodiscard]] http::Response post(std::string_view target, std::string_view body,
                                      const Headers& headers = {}) const;

private:
    http::Server m_server;
    std::thread m_thread;
};

/// A connection that stays open between sends.
class RawConnection {
public:
    explicit RawConnection(std::uint16_t port);
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    void send(std::string_view bytes) const;
    /// What has come until `text` is in it, the other side closes, or five seconds have passed.
    [[nodiscard]] std::string read_until(std::string_view text);
    /// What has come until the other side closes or five seconds have passed.
    [[nodiscard]] std::string read_all();

private:
    bool read_some();
    int m_socket;
    std::string m_received;
};

/// Status, headers and body of an answer; status 0 for something else.
[[nodiscard]] http::Response parse_answer(const std::string& bytes);

/// The value at "links/0/href"; a null value when there is none.
[[nodiscard]] codec::Json at(const codec::Json& json, std::string_view path);
[[nodiscard]] codec::Json json_of(const http::Response& response);
/// Addresses of the links with this relation.
[[nodiscard]] std::vector<std::string> links_of(const codec::Json& json, std::string_view relation);

}  // namespace ranh::test
