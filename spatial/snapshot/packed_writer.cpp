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

constexpr std::size_t buffer_bytes = std::size_t{1} << 18U;
/// So that the sync at the end finds little left to do.
constexpr std::uint64_t write_every = std::uint64_t{32} << 20U;

std::uint64_t aligned(std::uint64_t length) {
    return (length + detail::packed_alignment - 1) / detail::packed_alignment * detail::packed_alignment;
}

}  // namespace

void MemorySink::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    m_bytes.resize(std::max<std::size_t>(m_bytes.size(), offset + bytes.size()));
    std::copy(bytes.begin(), bytes.end(), m_bytes.begin() + static_cast<std::ptrdiff_t>(offset));
}

void MemorySink::finish(std::span<const std::byte> head) { std::copy(head.begin(), head.end(), m_bytes.begin()); }

FileSink::FileSink(std::filesystem::path file)
    : m_file(std::move(file)), m_temporary(fmt::format("{}.{}{}", m_file.string(), ::getpid(), temporary_ending)) {
    m_descriptor = ::open(m_temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
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

void FileSink::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    m_length = std::max(m_length, offset + bytes.size());
    m_on_the_way += bytes.size();
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno != EINTR) {
            fail("written");
        }
        const auto written = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        offset += written;
        bytes = bytes.subspan(written);
    }
    if (m_on_the_way >= write_every) {
        m_on_the_way = 0;
        static_cast<void>(::sync_file_range(m_descriptor, 0, 0, SYNC_FILE_RANGE_WRITE));
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

PackedSection::PackedSection(PackedSink& sink, const SectionEntry& entry)
    : m_sink(&sink), m_entry(entry), m_checksum(std::make_unique<Sha256Stream>()) {
    if (m_entry.length == 0) {
        end();
    }
}

void PackedSection::put_bytes(std::span<const std::byte> bytes) {
    RANH_ASSERT(m_put + bytes.size() <= m_entry.length);
    if (m_buffer.size() + bytes.size() > buffer_bytes) {
        flush();
    }
    if (bytes.size() > buffer_bytes) {
        m_checksum->add(bytes);
        m_sink->write(m_entry.offset + m_put, bytes);
    } else {
        m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
    }
    m_put += bytes.size();
    if (m_put == m_entry.length && m_checksum) {
        end();
    }
}

void PackedSection::flush() {
    if (!m_buffer.empty()) {
        m_checksum->add(m_buffer);
        m_sink->write(m_entry.offset + m_put - m_buffer.size(), m_buffer);
        m_buffer.clear();
    }
}

void PackedSection::end() {
    flush();
    m_buffer.shrink_to_fit();
    m_entry.checksum = m_checksum->finish();
    m_checksum.reset();
}

PackedWriter::PackedWriter(PackedSink& sink) : m_sink(sink), m_length(sizeof(Header)) {
    const std::array<std::byte, sizeof(Header)> room{};
    m_sink.write(0, room);
}

PackedSection& PackedWriter::reserve(detail::SectionKind kind, std::uint64_t bytes, std::uint32_t field) {
    const std::uint64_t offset = aligned(m_length);
    m_length = offset + bytes;
    return m_sections.emplace_back(PackedSection(m_sink, {kind, field, offset, bytes, {}}));
}

FileWindow PackedWriter::look(const PackedSection& section) const {
    RANH_ASSERT(section.m_checksum == nullptr);
    return m_sink.look(section.m_entry.offset, section.m_entry.length);
}

void PackedWriter::finish(Header header, PackedKind kind) {
    std::vector<SectionEntry> entries;
    for (const PackedSection& section : m_sections) {
        RANH_ASSERT(section.m_checksum == nullptr);
        entries.push_back(section.m_entry);
    }
    header.magic = kind == PackedKind::delta ? detail::delta_magic : detail::packed_magic;
    header.byte_order = detail::packed_byte_order;
    header.format_version = detail::packed_format_version;
    header.table_offset = aligned(m_length);
    header.section_count = static_cast<std::uint32_t>(entries.size());
    const auto table = std::as_bytes(std::span<const SectionEntry>(entries));
    Sha256Stream table_checksum;
    table_checksum.add(table);
    header.table_checksum = table_checksum.finish();
    m_sink.write(header.table_offset, table);
    header.file_length = header.table_offset + table.size();
    const auto head = std::as_bytes(std::span<const Header>(&header, 1));
    Sha256Stream header_checksum;
    header_checksum.add(head.first(offsetof(Header, header_checksum)));
    header.header_checksum = header_checksum.finish();
    m_sink.finish(head);
}

}  // namespace ranh::snapshot
