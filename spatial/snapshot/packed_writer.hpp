#pragma once

#include "spatial/snapshot/packed_format.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ranh::snapshot {

/// Where the bytes of a packed layer go: memory, or a file.
class PackedSink {
public:
    virtual ~PackedSink() = default;
    virtual void append(std::span<const std::byte> bytes) = 0;
    /// Writes over the first bytes, and makes all of them last: a file is synced and gets its name only now.
    virtual void finish(std::span<const std::byte> head) = 0;
};

class MemorySink final : public PackedSink {
public:
    void append(std::span<const std::byte> bytes) override {
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
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
    void append(std::span<const std::byte> bytes) override;
    void finish(std::span<const std::byte> head) override;

private:
    [[noreturn]] void fail(std::string_view what) const;

    std::filesystem::path m_file;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// Writes the sections of a packed layer one after the other, with their checksums; then finish() once.
class PackedWriter {
public:
    explicit PackedWriter(PackedSink& sink);

    /// Ends the section before, if any.
    void begin(detail::SectionKind kind, std::uint32_t field = 0);
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
    /// `header` comes with what the layer knows; lengths, table and checksums are filled in here.
    void finish(detail::Header header, PackedKind kind = PackedKind::whole);

private:
    void put_bytes(std::span<const std::byte> bytes);
    void flush();
    void end_section();
    void pad();

    PackedSink& m_sink;
    std::uint64_t m_length = 0;
    std::vector<std::byte> m_buffer;  // of the section being written: small pieces are digested together
    std::vector<detail::SectionEntry> m_table;
    std::optional<Sha256Stream> m_checksum;
};

}  // namespace ranh::snapshot
