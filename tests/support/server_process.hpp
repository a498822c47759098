#pragma once

#include "tests/support/program.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// An answer over HTTP.
struct HttpAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    /// Of the header Content-Type, without parameters.
    [[nodiscard]] std::string media_type() const;
};

/// `ranh serve` on a free port of the loopback; constructed once /healthz answers, stopped at the end.
///
/// Errors  Failure with what the program said when it does not answer within 60 s.
class ServerProcess {
public:
    explicit ServerProcess(const std::string& workspace, const std::vector<std::string>& more_words = {});
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    /// "http://127.0.0.1:PORT", then the path.
    [[nodiscard]] std::string url(std::string_view path = {}) const;
    /// By curl; `headers` as "Name: value".
    [[nodiscard]] HttpAnswer get(std::string_view path, const std::vector<std::string>& headers = {}) const;
    [[nodiscard]] HttpAnswer post(std::string_view path, std::string_view body,
                                  std::string_view media_type = "application/json") const;
    /// Asks it to end (SIGTERM) and waits.
    [[nodiscard]] ProgramEnd stop();

private:
    [[nodiscard]] bool answers() const;

    std::string m_base;
    std::optional<ChildProcess> m_child;
};

/// A port of 127.0.0.1 that nobody listened on a moment ago.
[[nodiscard]] int free_port();

/// By curl, for any address.
[[nodiscard]] HttpAnswer http_request(const std::vector<std::string>& curl_words, std::string_view body = {});

}  // namespace ranh::test
