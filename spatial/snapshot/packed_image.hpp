#pragma once

#include "spatial/base/error.hpp"
#include "spatial/crs/working_plane.hpp"
#include "spatial/snapshot/packed_format.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::snapshot {

/// The bytes of one packed layer, in memory or mapped from a file, with the sections they hold.
///
/// Cost      opening a file reads its header and section table only, whatever its size.
/// Lifetime  spans and texts live as long as the image. A file may be renamed or deleted while it is open; nobody may
///           write into it (ranh never does: it writes a new file and renames it).
/// Threads   const; any number of readers.
class PackedImage {
public:
    /// Maps a file. io when it cannot be opened; corrupt_input when it is no packed layer, was written by a program of
    /// another format version or on a machine of another byte order, is cut short, or its header or section table was
    /// damaged. Each sentence says what was found, what was expected and what to do.
    [[nodiscard]] static Result<std::shared_ptr<const PackedImage>> open(const std::filesystem::path& file);
    /// Takes over bytes that a PackedWriter made; the same checks.
    [[nodiscard]] static Result<std::shared_ptr<const PackedImage>> of_bytes(std::vector<std::byte> bytes);
    ~PackedImage();
    PackedImage(const PackedImage&) = delete;
    PackedImage& operator=(const PackedImage&) = delete;

    [[nodiscard]] const detail::Header& header() const { return m_header; }
    [[nodiscard]] std::span<const detail::SectionEntry> table() const { return m_table; }
    [[nodiscard]] crs::WorkingPlaneCentre centre() const {
        return {m_header.centre_latitude_deg, m_header.centre_longitude_deg};
    }
    /// The layer version as the store wrote it beside the features; empty in memory.
    [[nodiscard]] std::string_view record() const;
    /// The file, or "memory".
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::span<const std::byte> bytes() const { return m_bytes; }

    /// A section in place. corrupt_input (Failure) when it is missing, or, with `count`, has another number of
    /// elements.
    template <typename T>
    [[nodiscard]] std::span<const T> section(detail::SectionKind kind, std::optional<std::size_t> count = std::nullopt,
                                             std::uint32_t field = 0) const {
        const std::span<const std::byte> found = section_bytes(
            kind, field, sizeof(T), count ? std::optional<std::size_t>(*count * sizeof(T)) : std::nullopt);
        return {reinterpret_cast<const T*>(found.data()), found.size() / sizeof(T)};
    }

    /// Reads every byte and compares each section with its checksum; nothing when all agree, else corrupt_input naming
    /// the section. Cost: that of reading the file and of SHA-256.
    [[nodiscard]] std::optional<Error> verify() const;

private:
    PackedImage() = default;
    [[nodiscard]] std::optional<Error> check();
    [[nodiscard]] std::optional<Error> check_header() const;
    [[nodiscard]] std::optional<Error> check_table() const;
    [[nodiscard]] Error damaged(std::string sentence) const;
    [[nodiscard]] std::span<const std::byte> section_bytes(detail::SectionKind kind, std::uint32_t field,
                                                           std::size_t element,
                                                           std::optional<std::size_t> length) const;

    std::string m_name;
    std::vector<std::byte> m_owned;
    void* m_mapping = nullptr;
    std::span<const std::byte> m_bytes;
    detail::Header m_header{};
    std::vector<detail::SectionEntry> m_table;
};

}  // namespace ranh::snapshot
