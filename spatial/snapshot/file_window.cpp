#include "spatial/snapshot/file_window.hpp"

#include "spatial/base/error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace ranh::snapshot {

FileWindow::FileWindow(int descriptor, std::uint64_t offset, std::uint64_t length, const std::filesystem::path& name) {
    if (length == 0) {
        return;
    }
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const std::uint64_t before = offset % page;
    m_mapped = before + length;
    m_mapping = ::mmap(nullptr, m_mapped, PROT_READ, MAP_SHARED, descriptor, static_cast<off_t>(offset - before));
    if (m_mapping == MAP_FAILED) {
        m_mapping = nullptr;
        throw Failure(ErrorKind::io, fmt::format("the file cannot be mapped: {}", std::strerror(errno)), name.string());
    }
    m_bytes = {static_cast<const std::byte*>(m_mapping) + before, length};
}

FileWindow::FileWindow(FileWindow&& other) noexcept
    : m_mapping(std::exchange(other.m_mapping, nullptr)),
      m_mapped(std::exchange(other.m_mapped, 0)),
      m_bytes(std::exchange(other.m_bytes, {})) {}

FileWindow& FileWindow::operator=(FileWindow&& other) noexcept {
    std::swap(m_mapping, other.m_mapping);
    std::swap(m_mapped, other.m_mapped);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

FileWindow::~FileWindow() {
    if (m_mapping != nullptr) {
        ::munmap(m_mapping, m_mapped);
    }
}

void FileWindow::rest() const {
    if (m_mapping != nullptr) {
        static_cast<void>(::madvise(m_mapping, m_mapped, MADV_DONTNEED));
    }
}

}  // namespace ranh::snapshot
