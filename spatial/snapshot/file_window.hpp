#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace ranh::snapshot {

/// Bytes to look at: part of a file, mapped for reading, or memory of others.
///
/// Lifetime  of a file: as long as the window, also when the file is closed or deleted.
/// Errors    Failure io naming the file.
class FileWindow {
public:
    FileWindow() = default;
    explicit FileWindow(std::span<const std::byte> memory) : m_bytes(memory) {}
    FileWindow(int descriptor, std::uint64_t offset, std::uint64_t length, const std::filesystem::path& name);
    FileWindow(const FileWindow&) = delete;
    FileWindow& operator=(const FileWindow&) = delete;
    FileWindow(FileWindow&& other) noexcept;
    FileWindow& operator=(FileWindow&& other) noexcept;
    ~FileWindow();

    [[nodiscard]] std::span<const std::byte> bytes() const { return m_bytes; }
    template <typename T>
    [[nodiscard]] std::span<const T> of() const {
        return {reinterpret_cast<const T*>(m_bytes.data()), m_bytes.size() / sizeof(T)};
    }
    /// Gives the memory of a mapped file back to the system; what is looked at next comes from the file again. From any
    /// thread, also while others look.
    void rest() const;

private:
    void* m_mapping = nullptr;
    std::size_t m_mapped = 0;
    std::span<const std::byte> m_bytes;
};

}  // namespace ranh::snapshot
