#include "spatial/snapshot/spool.hpp"

#include "spatial/base/error.hpp"
#include "spatial/snapshot/packed_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace ranh::snapshot {
namespace {

constexpr std::size_t most_in_memory = std::size_t{16} << 20U;
constexpr std::size_t buffer_bytes = std::size_t{1} << 20U;

}  // namespace

Spool::~Spool() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

void Spool::fail(std::string_view what) const {
    throw Failure(ErrorKind::io, fmt::format("a temporary file cannot be {}: {}", what, std::strerror(errno)),
                  m_folder.string());
}

std::uint64_t Spool::append(std::span<const std::byte> bytes) {
    const std::uint64_t begin = size();
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
    if (m_descriptor >= 0 ? m_buffer.size() >= buffer_bytes : !m_folder.empty() && m_buffer.size() > most_in_memory) {
        flush();
    }
    return begin;
}

void Spool::make_file() {
    std::string name = (m_folder / "spool-XXXXXX").string();
    name += FileSink::temporary_ending;
    m_descriptor = ::mkostemps(name.data(), static_cast<int>(FileSink::temporary_ending.size()), O_CLOEXEC);
    if (m_descriptor < 0) {
        fail("made");
    }
    ::unlink(name.c_str());
}

void Spool::flush() {
    if (m_descriptor < 0) {
        make_file();
    }
    std::span<const std::byte> rest = m_buffer;
    while (!rest.empty()) {
        const ssize_t count = ::write(m_descriptor, rest.data(), rest.size());
        if (count < 0 && errno != EINTR) {
            fail("written");
        }
        rest = rest.subspan(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    m_written += m_buffer.size();
    if (m_buffer.capacity() > 2 * buffer_bytes) {
        m_buffer = {};
    }
    m_buffer.clear();
}

FileWindow Spool::look() {
    if (m_descriptor < 0) {
        return FileWindow(m_buffer);
    }
    flush();
    return {m_descriptor, 0, m_written, m_folder};
}

}  // namespace ranh::snapshot
