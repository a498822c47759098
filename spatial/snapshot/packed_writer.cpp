#include "spatial/snapshot/packed_writer.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace ranh::snapshot {
namespace {

using detail::Header;
using detail::SectionEntry;

constexpr std::size_t buffer_bytes = std::size_t{1} << 20U;

}  // namespace

void MemorySink::finish(std::span<const std::byte> head) { std::copy(head.begin(), head.end(), m_bytes.begin()); }

FileSink::FileSink(std::filesystem::path file)
    : m_file(std::move(file)), m_temporary(fmt::format("{}.{}{}", m_file.string(), ::getpid(), temporary_ending)) {
    m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (m_descriptor < 0) {
        fail("made");
    }
}

FileSink::~FileSink() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
        ::unlink(m_temporary.c_str());
    }
}

void FileSink::fail(std::string_view what) const {
    throw Failure(ErrorKind::io, fmt::format("the file cannot be {}: {}", what, std::strerror(errno)), m_file.string());
}

void FileSink::append(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            fail("written");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
}

void FileSink::finish(std::span<const std::byte> head) {
    if (::pwrite(m_descriptor, head.data(), head.size(), 0) != static_cast<ssize_t>(head.size()) ||
        ::fsync(m_descriptor) != 0) {
        fail("written");
    }
    if (::rename(m_temporary.c_str(), m_file.c_str()) != 0) {
        fail("given its name");
    }
    ::close(m_descriptor);
    m_descriptor = -1;
    const std::filesystem::path folder = m_file.has_parent_path() ? m_file.parent_path() : std::filesystem::path(".");
    const int folder_descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder_descriptor >= 0) {
        ::fsync(folder_descriptor);
        ::close(folder_descriptor);
    }
}

PackedWriter::PackedWriter(PackedSink& sink) : m_sink(sink) {
    const std::array<std::byte, sizeof(Header)> room{};
    m_sink.append(room);
    m_length = room.size();
}

void PackedWriter::begin(detail::SectionKind kind, std::uint32_t field) {
    end_section();
    pad();
    m_table.push_back({kind, field, m_length, 0, {}});
    m_checksum.emplace();
}

void PackedWriter::put_bytes(std::span<const std::byte> bytes) {
    RANH_ASSERT(m_checksum.has_value());
    m_length += bytes.size();
    if (m_buffer.size() + bytes.size() > buffer_bytes) {
        flush();
    }
    if (bytes.size() > buffer_bytes) {
        m_checksum->add(bytes);
        m_sink.append(bytes);
    } else {
        m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
    }
}

void PackedWriter::flush() {
    m_checksum->add(m_buffer);
    m_sink.append(m_buffer);
    m_buffer.clear();
}

void PackedWriter::end_section() {
    if (m_checksum) {
        flush();
        m_table.back().length = m_length - m_table.back().offset;
        m_table.back().checksum = m_checksum->finish();
        m_checksum.reset();
    }
}

void PackedWriter::pad() {
    constexpr std::array<std::byte, detail::packed_alignment> zeros{};
    const std::size_t over = m_length % detail::packed_alignment;
    if (over != 0) {
        m_sink.append(std::span(zeros).first(detail::packed_alignment - over));
        m_length += detail::packed_alignment - over;
    }
}

void PackedWriter::finish(Header header, PackedKind kind) {
    end_section();
    pad();
    header.magic = kind == PackedKind::delta ? detail::delta_magic : detail::packed_magic;
    header.byte_order = detail::packed_byte_order;
    header.format_version = detail::packed_format_version;
    header.table_offset = m_length;
    header.section_count = static_cast<std::uint32_t>(m_table.size());
    const auto table = std::as_bytes(std::span<const SectionEntry>(m_table));
    Sha256Stream table_checksum;
    table_checksum.add(table);
    header.table_checksum = table_checksum.finish();
    m_sink.append(table);
    header.file_length = m_length + table.size();
    const auto head = std::as_bytes(std::span<const Header>(&header, 1));
    Sha256Stream header_checksum;
    header_checksum.add(head.first(offsetof(Header, header_checksum)));
    header.header_checksum = header_checksum.finish();
    m_sink.finish(head);
}

}  // namespace ranh::snapshot
