#pragma once

#include "spatial/snapshot/file_window.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace ranh::snapshot {

/// Bytes that are gathered first and looked at later: in memory while they are few, then in a file without a name,
/// which is gone with the program however it ends.
///
/// Cost    memory for at most 16 MiB, and for what is looked at.
/// Errors  Failure io naming the folder when the file cannot be made or written.
class Spool {
public:
    /// Where the file would stand; empty: everything stays in memory.
    explicit Spool(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    /// Says where the bytes begin.
    std::uint64_t append(std::span<const std::byte> bytes);
    [[nodiscard]] std::uint64_t size() const { return m_written + m_buffer.size(); }
    /// All of it. Lives until the next append().
    [[nodiscard]] FileWindow look();

private:
    void make_file();
    void flush();
    [[noreturn]] void fail(std::string_view what) const;

    std::filesystem::path m_folder;
    std::vector<std::byte> m_buffer;  // all, or what the file does not hold yet
    std::uint64_t m_written = 0;
    int m_descriptor = -1;
};

}  // namespace ranh::snapshot
