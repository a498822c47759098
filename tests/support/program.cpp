#include "tests/support/program.hpp"

#include "spatial/base/error.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program to declare it

namespace ranh::test {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, int error_number) {
    throw Failure(ErrorKind::io, what + ": " + std::strerror(error_number));
}

/// Makes a path from a pattern that ends in XXXXXX.
template <typename Make>
std::string made_from_pattern(std::string_view name, const Make& make) {
    std::string pattern = (fs::temp_directory_path() / (std::string(name) + "-XXXXXX")).string();
    if (!make(pattern.data())) {
        fail(pattern, errno);
    }
    return pattern;
}

/// An open file that no folder lists.
int nameless_file() {
    int file = -1;
    const std::string path =
        made_from_pattern("ranh-stream", [&file](char* pattern) { return (file = ::mkstemp(pattern)) >= 0; });
    ::unlink(path.c_str());
    return file;
}

void write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0) {
            fail("standard input of a child", errno);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// All bytes, wherever the writer stands.
std::string content_of(int file) {
    std::string bytes;
    std::array<char, 1U << 16U> buffer{};
    for (ssize_t count = 0;
         (count = ::pread(file, buffer.data(), buffer.size(), static_cast<off_t>(bytes.size()))) > 0;) {
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return bytes;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& added) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::string_view name = text.substr(0, text.find('='));
        bool replaced = false;
        for (const auto& [key, value] : added) {
            replaced = replaced || key == name;
        }
        if (!replaced) {
            all.emplace_back(text);
        }
    }
    for (const auto& [key, value] : added) {
        all.push_back(key + "=" + value);
    }
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

std::string ProgramEnd::text() const {
    return (signal != 0 ? "signal " + std::to_string(signal) : "exit code " + std::to_string(exit_code)) +
           "\n--- standard output\n" + output + "\n--- standard error\n" + error;
}

ChildProcess::ChildProcess(const std::vector<std::string>& words, const ProgramOptions& options)
    : m_name(words.front()),
      m_deadline(std::chrono::steady_clock::now() + options.limit),
      m_input(nameless_file()),
      m_output(nameless_file()),
      m_error(nameless_file()) {
    write_all(m_input, options.input);
    ::lseek(m_input, 0, SEEK_SET);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, m_input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, m_output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, m_error, STDERR_FILENO);
    for (const int file : {m_input, m_output, m_error}) {
        posix_spawn_file_actions_addclose(&actions, file);
    }
    std::vector<std::string> arguments = words;
    std::vector<std::string> environment = environment_with(options.environment);
    const int failed = ::posix_spawnp(&m_pid, m_name.c_str(), &actions, nullptr, pointers_to(arguments).data(),
                                      pointers_to(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        m_ended = true;
        fail(m_name, failed);
    }
}

ChildProcess::~ChildProcess() {
    if (!m_ended) {
        send(SIGKILL);
        reap(0);
    }
    for (const int file : {m_input, m_output, m_error}) {
        ::close(file);
    }
}

void ChildProcess::reap(int options) {
    if (!m_ended && ::waitpid(m_pid, &m_status, options) == m_pid) {
        m_ended = true;
    }
}

bool ChildProcess::running() {
    reap(WNOHANG);
    return !m_ended;
}

void ChildProcess::send(int signal) {
    if (running()) {
        ::kill(m_pid, signal);
    }
}

ProgramEnd ChildProcess::wait() {
    while (running()) {
        if (std::chrono::steady_clock::now() > m_deadline) {
            send(SIGKILL);
            reap(0);
            throw Failure(ErrorKind::limit_exceeded,
                          m_name + " ran longer than the test allows and was killed\n" + content_of(m_error));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ProgramEnd end;
    end.exit_code = WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -1;
    end.signal = WIFSIGNALED(m_status) ? WTERMSIG(m_status) : 0;
    end.output = content_of(m_output);
    end.error = content_of(m_error);
    return end;
}

std::string ChildProcess::error_so_far() const { return content_of(m_error); }

ProgramEnd run_program(const std::vector<std::string>& words, const ProgramOptions& options) {
    return ChildProcess(words, options).wait();
}

fs::path ranh_program() { return fs::path(RANH_BINARY_DIR) / "ranh"; }

ProgramEnd run_ranh(std::vector<std::string> words, const ProgramOptions& options) {
    words.insert(words.begin(), ranh_program().string());
    return run_program(words, options);
}

std::string sample(std::string_view path) { return (fs::path(RANH_SOURCE_DIR) / "data-samples" / path).string(); }

TemporaryFolder::TemporaryFolder()
    : m_path(made_from_pattern("ranh-test", [](char* pattern) { return ::mkdtemp(pattern) != nullptr; })) {}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::string read_file(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw Failure(ErrorKind::io, file.string() + " cannot be read");
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const fs::path& file, std::string_view bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream.flush()) {
        throw Failure(ErrorKind::io, file.string() + " cannot be written");
    }
}

}  // namespace ranh::test
