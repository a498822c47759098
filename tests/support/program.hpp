#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace ranh::test {

/// What a program that has ended left behind.
struct ProgramEnd {
    int exit_code = -1;  ///< -1 when a signal ended it
    int signal = 0;      ///< that signal, else 0
    std::string output;  ///< standard output
    std::string error;   ///< standard error

    /// For SCOPED_TRACE and failed expectations: exit code and both streams.
    [[nodiscard]] std::string text() const;
};

struct ProgramOptions {
    /// Standard input. Default: empty.
    std::string input = {};
    /// Time after which the program is killed and the test told so. Default: two minutes, many times what any command
    /// needs.
    std::chrono::milliseconds limit = std::chrono::minutes(2);
    /// Added to the environment of the test, or replacing in it.
    std::vector<std::pair<std::string, std::string>> environment = {};
};

/// A program that runs beside the test. Its streams are files without a name, so that it never waits for a reader.
///
/// Lifetime  killed and reaped when the object ends.
/// Errors    Failure io when the program cannot be started, limit_exceeded when it runs longer than allowed.
class ChildProcess {
public:
    /// `words.front()` is the program: a path, or a name looked up in PATH.
    explicit ChildProcess(const std::vector<std::string>& words, const ProgramOptions& options = {});
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] bool running();
    /// Does nothing once it has ended.
    void send(int signal);
    /// Until it ends.
    [[nodiscard]] ProgramEnd wait();
    /// What it wrote to standard error so far.
    [[nodiscard]] std::string error_so_far() const;

private:
    void reap(int options);

    std::string m_name;
    std::chrono::steady_clock::time_point m_deadline;
    int m_input = -1;
    int m_output = -1;
    int m_error = -1;
    pid_t m_pid = -1;
    int m_status = 0;
    bool m_ended = false;
};

[[nodiscard]] ProgramEnd run_program(const std::vector<std::string>& words, const ProgramOptions& options = {});

/// The program of this build.
[[nodiscard]] std::filesystem::path ranh_program();
/// Runs it with these words.
[[nodiscard]] ProgramEnd run_ranh(std::vector<std::string> words, const ProgramOptions& options = {});

/// A file or folder below data-samples.
[[nodiscard]] std::string sample(std::string_view path);

/// An empty folder of its own, removed with all it holds at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// The path of a file in it, as a word for a command line.
    [[nodiscard]] std::string file(std::string_view name) const { return (m_path / name).string(); }

private:
    std::filesystem::path m_path;
};

/// All bytes of a file; Failure io when there is none.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace ranh::test
