#include "services/app/command.hpp"
#include "services/app/live_snapshots.hpp"
#include "services/app/options.hpp"
#include "services/app/sources.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "services/handlers/routes.hpp"
#include "services/http/server.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <csignal>
#include <pthread.h>
#include <thread>

namespace ranh::app {
namespace {

struct ServeArguments {
    CommonOptions common;
    DateOptions dates;
    std::string listen = "127.0.0.1:8080";
    std::string public_url;
    std::optional<std::string> allow_origin;
    bool reachable = false;
};

struct Endpoint {
    std::string address;
    std::uint16_t port = 0;
};

/// "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:80".
Result<Endpoint> parse_endpoint(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    Endpoint endpoint;
    if (colon != std::string::npos && colon > 0) {
        endpoint.address = text.substr(0, colon);
        if (endpoint.address.front() == '[' && endpoint.address.back() == ']') {
            endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
        }
        const char* first = text.data() + colon + 1;
        const char* last = text.data() + text.size();
        const auto [end, status] = std::from_chars(first, last, endpoint.port);
        if (status == std::errc() && end == last && first != last) {
            return endpoint;
        }
    }
    return Error{
        ErrorKind::invalid_argument, fmt::format("'{}' is no address; write for example 127.0.0.1:8080", text), {}};
}

/// "*", "none", or scheme, host and port as browsers send them: "https://maps.example:8443", no path.
Result<bool> check_origin(const std::string& text) {
    const bool scheme = text.starts_with("http://") || text.starts_with("https://");
    const std::size_t host = scheme ? text.find("//") + 2 : 0;
    const auto in_host = [](unsigned char c) {
        return std::isdigit(c) != 0 || std::islower(c) != 0 ||
               std::string_view("-.:[]").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (text == "*" || text == "none" ||
        (scheme && host < text.size() &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(host), text.end(), in_host))) {
        return true;
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is no origin; write *, none, or scheme and host in lower case without a path, for "
                             "example https://maps.example",
                             text),
                 {}};
}

bool is_loopback(const std::string& address) {
    return address == "localhost" || address == "::1" || address.starts_with("127.");
}

/// Whose pages may read the answers. The server's own map page needs no permission; on the loopback any page a person
/// has open could otherwise read drafts, so that only a server that is public anyway is open to all.
std::string allowed_origin(const ServeArguments& arguments) {
    const std::string wanted = arguments.allow_origin.value_or(arguments.reachable ? "*" : "none");
    return wanted == "none" ? std::string() : wanted;
}

/// Communes of the state being served, else those shipped with the program.
std::vector<pipeline::CommuneOutline> communes_of(const snapshot::Snapshot& snapshot) {
    std::vector<pipeline::CommuneOutline> communes;
    for (const auto& layer : snapshot.layers()) {
        if (layer->version().description.kind == model::LayerKind::administrative) {
            append_communes(*layer, communes);
        }
    }
    return communes.empty() ? shipped_communes() : communes;
}

handlers::Dependencies dependencies_of(LiveSnapshots& snapshots, const ServeArguments& arguments) {
    handlers::Dependencies dependencies;
    dependencies.allow_origin = allowed_origin(arguments);
    dependencies.report_failure = [](const std::string& line) { spdlog::error("500 {}", line); };
    dependencies.engine = std::make_shared<engine::Engine>(snapshots.catalog());
    dependencies.snapshot_at = [&snapshots](std::optional<Date> at, std::optional<Timestamp> known_at) {
        return snapshots.at(at, known_at);
    };
    dependencies.is_stale = [&snapshots](const model::LayerVersion& version) { return snapshots.is_stale(version); };
    dependencies.read_corners = [&snapshots](std::string_view text, pipeline::ReadOptions options) {
        options.known.communes = [&snapshots] { return communes_of(*snapshots.catalog()->current()); };
        return open_text(text, options);
    };
    dependencies.viewer_folder = shipped("viewer");
    return dependencies;
}

/// SIGINT and SIGTERM are blocked in all threads; this one waits for them and stops the server.
class StopOnSignal {
public:
    StopOnSignal() {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        sigaddset(&m_signals, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    }
    ~StopOnSignal() {
        if (m_thread.joinable()) {
            pthread_kill(m_thread.native_handle(), SIGUSR1);
            m_thread.join();
        }
    }
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    void watch(http::Server& server) {
        m_thread = std::thread([this, &server] {
            int received = 0;
            sigwait(&m_signals, &received);
            if (received != SIGUSR1) {
                server.stop();
            }
        });
    }

private:
    sigset_t m_signals{};
    std::thread m_thread;
};

ExitCode run(const ServeArguments& arguments) {
    const Endpoint endpoint = parse_endpoint(arguments.listen).value();
    if (!is_loopback(endpoint.address) && !arguments.reachable) {
        throw Failure(
            ErrorKind::forbidden,
            fmt::format(
                "{} can be reached from other machines and there is no access control yet; add --public to allow that",
                endpoint.address));
    }
    spdlog::set_default_logger(spdlog::stderr_logger_mt("ranh"));
    StopOnSignal signals;
    const bool fixed_at = !arguments.dates.at_text.empty();
    const bool fixed_known_at = !arguments.dates.known_at_text.empty();
    LiveSnapshots snapshots(open_workspace(arguments.common, store::Access::read_only),
                            fixed_at ? std::optional(arguments.dates.at()) : std::nullopt,
                            fixed_known_at ? std::optional(arguments.dates.known_at()) : std::nullopt);
    http::ServerOptions options;
    options.address = endpoint.address == "localhost" ? "127.0.0.1" : endpoint.address;
    options.port = endpoint.port;
    options.public_url = arguments.public_url;
    http::Server server(options, handlers::make_router(dependencies_of(snapshots, arguments)));
    server.listen();
    signals.watch(server);
    const std::string host =
        endpoint.address.find(':') == std::string::npos ? endpoint.address : "[" + endpoint.address + "]";
    const std::string url = fmt::format("http://{}:{}", host, server.port());
    if (arguments.common.json) {
        print(fmt::format(R"({{"url":"{}","map":"{}/map/"}})", url, url));
    } else {
        print(fmt::format("Bản đồ / map: {}/map/   API: {}/   (Ctrl-C để dừng / to stop)", url, url));
    }
    std::fflush(stdout);
    server.run();
    return ExitCode::done;
}

}  // namespace

void add_serve_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<ServeArguments>();
    CLI::App* command = program.add_subcommand("serve", "Bản đồ và API qua HTTP / Web map and API over HTTP");
    command->add_option("--listen", arguments->listen, "Địa chỉ:cổng / Address:port")
        ->check(checked_by(parse_endpoint, "ADDRESS:PORT"))
        ->capture_default_str();
    command->add_flag("--public", arguments->reachable,
                      "Cho máy khác truy cập / Allow addresses that other machines can reach");
    command->add_option("--public-url", arguments->public_url,
                        "Địa chỉ gốc của liên kết sau proxy / Base of links behind a proxy");
    command
        ->add_option(
            "--allow-origin", arguments->allow_origin,
            "Trang web nào được đọc câu trả lời; mặc định: * khi --public, còn lại none / Whose pages may read "
            "the answers; default: * with --public, else none")
        ->check(checked_by(check_origin, "ORIGIN|*|none"));
    add_date_options(*command, arguments->dates);
    add_workspace_option(*command, arguments->common);
    add_json_option(*command, arguments->common);
    command->callback([arguments, &job] { job = [arguments] { return run(*arguments); }; });
}

}  // namespace ranh::app
