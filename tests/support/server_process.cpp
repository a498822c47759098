#include "tests/support/server_process.hpp"

#include "spatial/base/error.hpp"

#include <arpa/inet.h>
#include <cctype>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace ranh::test {
namespace {

std::string lower_case(std::string_view text) {
    std::string lower;
    for (const char c : text) {
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return lower;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    return text;
}

/// Reads "HTTP/1.1 200 OK", headers, an empty line, the body.
HttpAnswer parse_answer(std::string_view text) {
    HttpAnswer answer;
    const std::size_t end_of_head = text.find("\r\n\r\n");
    if (end_of_head == std::string_view::npos || !text.starts_with("HTTP/")) {
        throw Failure(ErrorKind::io, "no HTTP answer: " + std::string(text.substr(0, 200)));
    }
    answer.body = text.substr(end_of_head + 4);
    std::string_view head = text.substr(0, end_of_head);
    answer.status = std::atoi(std::string(head.substr(head.find(' ') + 1, 3)).c_str());
    for (std::size_t line_end = head.find("\r\n"); line_end != std::string_view::npos; line_end = head.find("\r\n")) {
        head.remove_prefix(line_end + 2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) {
            answer.headers[lower_case(line.substr(0, colon))] = trimmed(line.substr(colon + 1));
        }
    }
    return answer;
}

}  // namespace

std::string HttpAnswer::media_type() const {
    const auto found = headers.find("content-type");
    return found == headers.end() ? std::string()
                                  : std::string(trimmed(found->second.substr(0, found->second.find(';'))));
}

HttpAnswer http_request(const std::vector<std::string>& curl_words, std::string_view body) {
    std::vector<std::string> words = {"curl",      "--silent", "--show-error", "--include", "--max-time", "60",
                                      "--noproxy", "*",        "--globoff",    "--header",  "Expect:"};
    words.insert(words.end(), curl_words.begin(), curl_words.end());
    const ProgramEnd end = run_program(words, {.input = std::string(body), .limit = std::chrono::seconds(90)});
    if (end.output.empty()) {
        throw Failure(ErrorKind::io, "curl " + curl_words.back() + ": " + end.text());
    }
    return parse_answer(end.output);
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the interface of sockets asks for it
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        ::close(socket);
        throw Failure(ErrorKind::io, "no free port on 127.0.0.1");
    }
    // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
    ::close(socket);
    return ntohs(address.sin_port);
}

ServerProcess::ServerProcess(const std::string& workspace, const std::vector<std::string>& more_words) {
    const std::string address = "127.0.0.1:" + std::to_string(free_port());
    m_base = "http://" + address;
    std::vector<std::string> words = {ranh_program().string(), "serve", "-w", workspace, "--listen", address};
    words.insert(words.end(), more_words.begin(), more_words.end());
    m_child.emplace(words, ProgramOptions{.limit = std::chrono::minutes(15)});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!answers()) {
        if (!m_child->running() || std::chrono::steady_clock::now() > deadline) {
            throw Failure(ErrorKind::io, "ranh serve does not answer at " + m_base + ": " + m_child->error_so_far());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

ServerProcess::~ServerProcess() = default;

bool ServerProcess::answers() const {
    const ProgramEnd end =
        run_program({"curl", "--silent", "--noproxy", "*", "--max-time", "5", "--fail", url("/healthz")});
    return end.exit_code == 0;
}

std::string ServerProcess::url(std::string_view path) const { return m_base + std::string(path); }

HttpAnswer ServerProcess::get(std::string_view path, const std::vector<std::string>& headers) const {
    std::vector<std::string> words;
    for (const std::string& header : headers) {
        words.insert(words.end(), {"--header", header});
    }
    words.push_back(url(path));
    return http_request(words);
}

HttpAnswer ServerProcess::post(std::string_view path, std::string_view body, std::string_view media_type) const {
    return http_request(
        {"--request", "POST", "--header", "Content-Type: " + std::string(media_type), "--data-binary", "@-", url(path)},
        body);
}

ProgramEnd ServerProcess::stop() {
    m_child->send(SIGTERM);
    return m_child->wait();
}

}  // namespace ranh::test
