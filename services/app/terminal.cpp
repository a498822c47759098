#include "services/app/terminal.hpp"

#include <fmt/format.h>

#include <chrono>
#include <clocale>
#include <cstdio>
#include <memory>
#include <mutex>
#include <unistd.h>

namespace ranh::app {
namespace {

std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    }
    return count;
}

bool error_is_terminal() { return isatty(STDERR_FILENO) == 1; }

}  // namespace

void use_utf8() { std::setlocale(LC_CTYPE, "C.UTF-8"); }

void print(std::string_view line) { fmt::print(stdout, "{}\n", line); }

void note(std::string_view line) { fmt::print(stderr, "{}\n", line); }

Progress progress_bar(std::string title) {
    if (!error_is_terminal()) {
        return {};
    }
    struct State {
        std::mutex guard;
        std::chrono::steady_clock::time_point last;
    };
    auto state = std::make_shared<State>();
    return [state, title = std::move(title)](std::uint64_t done, std::uint64_t total) {
        const std::lock_guard lock(state->guard);
        const auto now = std::chrono::steady_clock::now();
        if (now - state->last < std::chrono::milliseconds(100)) {
            return;
        }
        state->last = now;
        if (total == 0) {
            fmt::print(stderr, "\r{} {}   ", title, done);
        } else {
            constexpr std::uint64_t width = 30;
            const auto filled = static_cast<std::size_t>(width * std::min(done, total) / total);
            fmt::print(stderr, "\r{} [{}{}] {:3}%", title, std::string(filled, '#'), std::string(width - filled, '.'),
                       100 * std::min(done, total) / total);
        }
        std::fflush(stderr);
    };
}

void end_progress() {
    if (error_is_terminal()) {
        fmt::print(stderr, "\r\033[K");
        std::fflush(stderr);
    }
}

std::string padded(std::string_view text, std::size_t width) {
    const std::size_t used = columns(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string padded_left(std::string_view text, std::size_t width) {
    const std::size_t used = columns(text);
    return std::string(used < width ? width - used : 0, ' ') + std::string(text);
}

}  // namespace ranh::app
