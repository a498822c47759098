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

/// The bytes of one packed layer, in memory or mapped from a file, with the sections they hold; or those of a layer
/// and of a delta to it together, looking like one.
///
/// Cost      opening a file reads its header and section table only, whatever its size. Joining maps the base once
///           more, copy on write, and costs for the delta: memory for it and for the pages on which removed features
///           stand, and the upper levels of the trees (4 bytes a feature).
/// Lifetime  spans and texts live as long as the image. A file may be renamed or deleted while it is open; nobody may
///           write into it (ranh never does: it writes a new file and renames it).
/// Threads   const; any number of readers.
class PackedImage {
public:
    /// Maps a file. io when it cannot be opened; corrupt_input when it is no packed layer, was written by a program of
    /// another format version or on a machine of another byte order, is cut short, or its header or section table was
    /// damaged. Each sentence says what was found, what was expected and what to do.
    [[nodiscard]] static Result<std::shared_ptr<const PackedImage>> open(const std::filesystem::path& file,
                                                                         PackedKind kind = PackedKind::whole);
    /// Takes over bytes that a PackedWriter made; the same checks.
    [[nodiscard]] static Result<std::shared_ptr<const PackedImage>> of_bytes(std::vector<std::byte> bytes,
                                                                             PackedKind kind = PackedKind::whole);
    /// A whole layer with the features of a delta put in the place of those it removes. The features keep the places
    /// they have in the base, those of the delta follow behind; where one was removed stays a place without feature.
    /// conflict when the delta belongs to other bytes; corrupt_input when what it says cannot be about this base.
    [[nodiscard]] static Result<std::shared_ptr<const PackedImage>> joined(std::shared_ptr<const PackedImage> base,
                                                                           std::shared_ptr<const PackedImage> delta);
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
    /// The file, or "memory"; of a joined one the delta's.
    [[nodiscard]] const std::string& name() const { return m_name; }
    /// Of a joined one those of the delta.
    [[nodiscard]] std::span<const std::byte> bytes() const { return m_delta ? m_delta->bytes() : m_bytes; }
    /// What a joined one was made of; null otherwise.
    [[nodiscard]] const std::shared_ptr<const PackedImage>& base() const { return m_base; }
    [[nodiscard]] const std::shared_ptr<const PackedImage>& delta() const { return m_delta; }
    /// Of a delta: what it belongs to. corrupt_input (Failure) when it does not say.
    [[nodiscard]] const detail::DeltaBase& delta_base() const;

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
    /// the section. Cost: that of reading the file and of SHA-256. Of a joined one: both.
    [[nodiscard]] std::optional<Error> verify() const;

private:
    friend class ImageJoin;
    PackedImage() = default;
    [[nodiscard]] std::optional<Error> check(PackedKind kind);
    [[nodiscard]] std::optional<Error> check_header(PackedKind kind) const;
    [[nodiscard]] std::optional<Error> check_table() const;
    [[nodiscard]] Error damaged(std::string sentence) const;
    [[nodiscard]] std::span<const std::byte> section_bytes(detail::SectionKind kind, std::uint32_t field,
                                                           std::size_t element,
                                                           std::optional<std::size_t> length) const;

    std::string m_name;
    std::vector<std::byte> m_owned;
    int m_descriptor = -1;  // of the file mapped, to map it once more
    void* m_mapping = nullptr;
    std::span<const std::byte> m_bytes;
    detail::Header m_header{};
    std::vector<detail::SectionEntry> m_table;
    std::vector<std::span<const std::byte>> m_sections;  // one for each entry of the table

    // Of a joined one.
    std::shared_ptr<const PackedImage> m_base;
    std::shared_ptr<const PackedImage> m_delta;
    std::vector<std::shared_ptr<const void>> m_kept;  // memory of sections
};

}  // namespace ranh::snapshot
