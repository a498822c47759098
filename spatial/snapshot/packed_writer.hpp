#pragma once

#include "spatial/snapshot/file_window.hpp"
#include "spatial/snapshot/packed_format.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ranh::snapshot {

/// Where the bytes of a packed layer go: memory, or a file.
class PackedSink {
public:
    virtual ~PackedSink() = default;
    /// At any place; what is never written is zero.
    virtual void write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
    /// What was written. Lives until the next write().
    [[nodiscard]] virtual FileWindow look(std::uint64_t offset, std::uint64_t length) const = 0;
    /// Writes over the first bytes, and makes all of them last: a file is synced and gets its name only now.
    virtual void finish(std::span<const std::byte> head) = 0;
};

class MemorySink final : public PackedSink {
public:
    void write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    [[nodiscard]] FileWindow look(std::uint64_t offset, std::uint64_t length) const override {
        return FileWindow(std::span(m_bytes).subspan(offset, length));
    }
    void finish(std::span<const std::byte> head) override;
    [[nodiscard]] std::vector<std::byte> take() { return std::move(m_bytes); }

private:
    std::vector<std::byte> m_bytes;
};

/// A file that stands under its name whole or not at all: written under a temporary name beside it, synced, renamed,
/// and the folder synced. Goes away when it is not finished.
///
/// Errors  Failure io naming the file and the system's reason.
class FileSink final : public PackedSink {
public:
    /// Ending of the temporary names, for those who clean up behind a program that was killed.
    static constexpr std::string_view temporary_ending = ".writing";

    explicit FileSink(std::filesystem::path file);
    ~FileSink() override;
    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;
    void write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    /// Behind all that was written.
    void append(std::span<const std::byte> bytes) { write(m_length, bytes); }
    [[nodiscard]] FileWindow look(std::uint64_t offset, std::uint64_t length) const override {
        return {m_descriptor, offset, length, m_file};
    }
    void finish(std::span<const std::byte> head) override;

private:
    [[noreturn]] void fail(std::string_view what) const;

    std::filesystem::path m_file;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
    std::uint64_t m_length = 0;
    std::uint64_t m_on_the_way = 0;  // bytes since the system was last told to write
};

/// A section while it is filled: bytes in their order, as many as were reserved.
class PackedSection {
public:
    template <typename T>
    void put(std::span<const T> values) {
        static_assert(std::is_trivially_copyable_v<T>);
        put_bytes(std::as_bytes(values));
    }
    template <typename T>
    void put(const T& value) {
        put(std::span<const T>(&value, 1));
    }
    void put_text(std::string_view text) { put(std::span<const char>(text)); }

private:
    friend class PackedWriter;
    PackedSection(PackedSink& sink, const detail::SectionEntry& entry);
    void put_bytes(std::span<const std::byte> bytes);
    void flush();
    void end();

    PackedSink* m_sink;
    detail::SectionEntry m_entry;
    std::uint64_t m_put = 0;
    std::vector<std::byte> m_buffer;  // small pieces are digested together
    std::unique_ptr<Sha256Stream> m_checksum;
};

/// Writes the sections of a packed layer, with their checksums; then finish() once. Sections stand in the order in
/// which they are reserved and are filled in any, so that the features of a layer are gone through once.
class PackedWriter {
public:
    explicit PackedWriter(PackedSink& sink);

    /// Stays where it is as long as the writer.
    PackedSection& reserve(detail::SectionKind kind, std::uint64_t bytes, std::uint32_t field = 0);
    template <typename T>
    void put(detail::SectionKind kind, std::span<const T> values, std::uint32_t field = 0) {
        reserve(kind, values.size_bytes(), field).put(values);
    }
    /// A section that was filled. Lives until the next one is written on.
    [[nodiscard]] FileWindow look(const PackedSection& section) const;
    /// Precondition: all sections are full. `header` comes with what the layer knows; lengths, table and checksums are
    /// filled in here.
    void finish(detail::Header header, PackedKind kind = PackedKind::whole);

private:
    PackedSink& m_sink;
    std::uint64_t m_length;
    std::deque<PackedSection> m_sections;
};

}  // namespace ranh::snapshot
