#include "tests/support/service.hpp"

#include "services/http/target.hpp"
#include "spatial/codec/geojson.hpp"
#include "tests/support/packed_layers.hpp"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ranh::test {
namespace {

/// One outline of GeoJSON text.
class OutlineReader : public pipeline::FeatureReader {
public:
    OutlineReader(std::string_view text, const pipeline::ReadOptions& options) {
        const auto features = codec::parse_geojson(codec::parse_json(text).value()).value();
        m_record.place = "feature 1";
        m_record.geometry = features.front().geometry;
        m_record.values = {model::Value(features.front().id)};
        m_description.schema.fields = {{"id", model::FieldType::text}};
        m_description.found_crs = options.crs ? *options.crs : crs::wgs84();
        m_description.crs_reason = options.crs ? "named" : "RFC 7946";
    }
    [[nodiscard]] const pipeline::SourceDescription& describe() override { return m_description; }
    [[nodiscard]] std::optional<pipeline::SourceRecord> next() override {
        return std::exchange(m_read, true) ? std::nullopt : std::optional(m_record);
    }
    void rewind() override { m_read = false; }

private:
    pipeline::SourceDescription m_description;
    pipeline::SourceRecord m_record;
    bool m_read = false;
};

std::unique_ptr<pipeline::FeatureReader> read_outline(std::string_view text, const pipeline::ReadOptions& options) {
    if (!text.starts_with('{')) {
        throw Failure(ErrorKind::invalid_argument, "two meridians fit, EPSG:5899 and EPSG:9217; name one with crs",
                      "corners");
    }
    return std::make_unique<OutlineReader>(text, options);
}

model::LayerDescription described(std::string title, model::LegalStatus status) {
    model::LayerDescription description;
    description.title = std::move(title);
    description.status = status;
    description.provenance.licence = "CC-BY <4.0>";
    return description;
}

std::string request_text(std::string_view method, std::string_view target, std::string_view body,
                         const Headers& headers) {
    std::string text =
        std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers) {
        text += name + ": " + value + "\r\n";
    }
    if (method == "POST") {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return text + "\r\n" + std::string(body);
}

http::Request request_of(http::Method method, std::string_view target, const Headers& headers) {
    http::Target parsed = http::parse_target(target).value();
    http::Request request;
    request.method = method;
    request.target = std::string(target);
    request.path = std::move(parsed.path);
    request.query = std::move(parsed.query);
    request.headers = headers;
    request.base_url = "http://ranh.test";
    return request;
}

http::ServerOptions on_loopback(http::ServerOptions options) {
    options.port = 0;
    return options;
}

}  // namespace

std::shared_ptr<const snapshot::Snapshot> served_snapshot() {
    const DrawnLayer areas{
        .id = "areas",
        .features = {{"A-1", "POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))", "Tây <b>", "Nguyễn A"},
                     {"A-2", "POLYGON((1000 0,2000 0,2000 1000,1000 1000,1000 0))", "Đông", "Trần B"},
                     {"B-1", "POLYGON((5000 5000,6000 5000,5000 6000,5000 5000))", "Xa"}},
        .description = described("Vùng thử", model::LegalStatus::draft)};
    const DrawnLayer plants{.id = "plants",
                            .features = {{"P-0", "", "không tọa độ"},
                                         {"P-1", "POINT(100 100)", "một"},
                                         {"P-2", "POINT(200 200)", "hai"},
                                         {"P-3", "POINT(300 300)", "ba"},
                                         {"P-4", "POINT(1500 500)", "bốn"},
                                         {"P-5", "POINT(5100 5100)", "năm / lẻ"}},
                            .description = described("Điểm thử", model::LegalStatus::unknown)};
    const DrawnLayer nothing{
        .id = "nothing", .features = {}, .description = described("", model::LegalStatus::unknown)};
    return std::make_shared<snapshot::Snapshot>(
        std::vector<std::shared_ptr<const snapshot::PackedLayer>>{packed(areas), packed(nothing), packed(plants)},
        Date::today(), Timestamp::now());
}

handlers::Dependencies served_dependencies() {
    handlers::Dependencies dependencies;
    const auto snapshot = served_snapshot();
    dependencies.engine = std::make_shared<engine::Engine>(std::make_shared<snapshot::Catalog>(snapshot));
    dependencies.snapshot_at = [snapshot](std::optional<Date> at, std::optional<Timestamp> known_at) {
        return std::make_shared<snapshot::Snapshot>(snapshot->layers(), at.value_or(snapshot->at()),
                                                    known_at.value_or(snapshot->known_at()));
    };
    dependencies.read_corners = read_outline;
    return dependencies;
}

http::Request get_request(std::string_view target, const Headers& headers) {
    return request_of(http::Method::get, target, headers);
}

http::Request post_request(std::string_view target, std::string body, const Headers& headers) {
    http::Request request = request_of(http::Method::post, target, headers);
    request.body = std::move(body);
    return request;
}

Loopback::Loopback(http::Handle handle, http::ServerOptions options)
    : m_server(on_loopback(std::move(options)), std::move(handle)) {
    m_server.listen();
    m_thread = std::thread([this] { m_server.run(); });
}

Loopback::~Loopback() {
    m_server.stop();
    m_thread.join();
}

std::string Loopback::exchange(std::string_view bytes) const {
    RawConnection connection(port());
    connection.send(bytes);
    return connection.read_all();
}

http::Response Loopback::get(std::string_view target, const Headers& headers) const {
    return parse_answer(exchange(request_text("GET", target, {}, headers)));
}

http::Response Loopback::post(std::string_view target, std::string_view body, const Headers& headers) const {
    return parse_answer(exchange(request_text("POST", target, body, headers)));
}

RawConnection::RawConnection(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{5, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(m_socket);
        throw Failure(ErrorKind::io, "no connection to the server under test");
    }
}

RawConnection::~RawConnection() { ::close(m_socket); }

void RawConnection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;  // the server refused to read on; its answer says why
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool RawConnection::read_some() {
    std::array<char, 65'536> buffer{};
    const ssize_t count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (count > 0) {
        m_received.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return count > 0;
}

std::string RawConnection::read_until(std::string_view text) {
    while (m_received.find(text) == std::string::npos && read_some()) {
    }
    return std::exchange(m_received, {});
}

std::string RawConnection::read_all() {
    while (read_some()) {
    }
    return std::exchange(m_received, {});
}

http::Response parse_answer(const std::string& bytes) {
    http::Response response;
    response.status = 0;
    const std::size_t end = bytes.find("\r\n\r\n");
    if (!bytes.starts_with("HTTP/1.1 ") || end == std::string::npos) {
        return response;
    }
    std::from_chars(bytes.data() + 9, bytes.data() + 12, response.status);
    for (std::size_t line = bytes.find("\r\n") + 2; line < end;) {
        const std::size_t line_end = bytes.find("\r\n", line);
        const std::size_t colon = bytes.find(": ", line);
        response.headers.emplace_back(bytes.substr(line, colon - line), bytes.substr(colon + 2, line_end - colon - 2));
        line = line_end + 2;
    }
    response.body = bytes.substr(end + 4);
    return response;
}

codec::Json at(const codec::Json& json, std::string_view path) {
    const codec::Json* here = &json;
    while (here != nullptr && !path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view step = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
        if (const auto* array = here->array()) {
            std::size_t index = array->size();
            std::from_chars(step.data(), step.data() + step.size(), index);
            here = index < array->size() ? &(*array)[index] : nullptr;
        } else {
            here = here->find(step);
        }
    }
    return here == nullptr ? codec::Json() : *here;
}

codec::Json json_of(const http::Response& response) { return codec::parse_json(response.body).value(); }

std::vector<std::string> links_of(const codec::Json& json, std::string_view relation) {
    std::vector<std::string> hrefs;
    const codec::Json links = at(json, "links");
    for (const codec::Json& link : links.array() == nullptr ? codec::JsonArray() : *links.array()) {
        if (at(link, "rel").string() == std::optional(relation)) {
            hrefs.emplace_back(at(link, "href").string().value_or(""));
        }
    }
    return hrefs;
}

}  // namespace ranh::test
