#include "spatial/snapshot/packed_image.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ranh::snapshot {
namespace {

using detail::Header;
using detail::SectionEntry;
using detail::SectionKind;

constexpr std::string_view remedy = "delete it, the next command makes it anew from the workspace";

Sha256 checksum_of(std::span<const std::byte> bytes) {
    Sha256Stream stream;
    stream.add(bytes);
    return stream.finish();
}

Error not_readable(const std::filesystem::path& file, int reason) {
    return {ErrorKind::io, fmt::format("the packed layer cannot be opened: {}", std::strerror(reason)), file.string()};
}

std::string_view name_of(SectionKind kind) {
    switch (kind) {
        case SectionKind::record: return "layer version";
        case SectionKind::systems: return "source systems";
        case SectionKind::id_texts:
        case SectionKind::id_begins: return "ids";
        case SectionKind::by_id:
        case SectionKind::id_ranks: return "order of ids";
        case SectionKind::system_of: return "system of each feature";
        case SectionKind::types: return "geometry types";
        case SectionKind::part_begins:
        case SectionKind::part_ends: return "parts";
        case SectionKind::path_begins: return "paths";
        case SectionKind::source_points:
        case SectionKind::source_point_begins:
        case SectionKind::source_path_ends: return "source coordinates";
        case SectionKind::working_points:
        case SectionKind::working_point_begins:
        case SectionKind::working_path_ends: return "working-plane coordinates";
        case SectionKind::lonlat_points: return "longitudes and latitudes";
        case SectionKind::working_boxes:
        case SectionKind::lonlat_boxes: return "boxes";
        case SectionKind::working_tree:
        case SectionKind::lonlat_tree: return "search tree";
        case SectionKind::working_areas:
        case SectionKind::areas_stated:
        case SectionKind::areas_planar:
        case SectionKind::areas_planar_epsg:
        case SectionKind::areas_ellipsoid: return "areas";
        case SectionKind::crosses_itself:
        case SectionKind::sharing:
        case SectionKind::shared_with: return "faults of the geometries";
        case SectionKind::base: return "base";
        case SectionKind::removed: return "removed features";
        case SectionKind::base_ranks: return "order of ids in the base";
        case SectionKind::value_types:
        case SectionKind::value_payloads:
        case SectionKind::value_texts: break;
    }
    return "attributes";
}

}  // namespace

Result<std::shared_ptr<const PackedImage>> PackedImage::open(const std::filesystem::path& file, PackedKind kind) {
    std::shared_ptr<PackedImage> image(new PackedImage);
    image->m_name = file.string();
    image->m_descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat state {};
    if (image->m_descriptor < 0 || ::fstat(image->m_descriptor, &state) != 0) {
        return not_readable(file, errno);
    }
    if (!S_ISREG(state.st_mode) || state.st_size == 0) {
        return image->damaged("there is no file with bytes in it where a packed layer was expected");
    }
    const auto length = static_cast<std::size_t>(state.st_size);
    void* const mapping = ::mmap(nullptr, length, PROT_READ, MAP_SHARED, image->m_descriptor, 0);
    if (mapping == MAP_FAILED) {
        return not_readable(file, errno);
    }
    image->m_mapping = mapping;
    image->m_bytes = {static_cast<const std::byte*>(mapping), length};
    if (auto error = image->check(kind)) {
        return *std::move(error);
    }
    return std::shared_ptr<const PackedImage>(std::move(image));
}

Result<std::shared_ptr<const PackedImage>> PackedImage::of_bytes(std::vector<std::byte> bytes, PackedKind kind) {
    std::shared_ptr<PackedImage> image(new PackedImage);
    image->m_name = "memory";
    image->m_owned = std::move(bytes);
    image->m_bytes = image->m_owned;
    if (auto error = image->check(kind)) {
        return *std::move(error);
    }
    return std::shared_ptr<const PackedImage>(std::move(image));
}

PackedImage::~PackedImage() {
    if (m_mapping != nullptr) {
        ::munmap(m_mapping, m_bytes.size());
    }
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Error PackedImage::damaged(std::string sentence) const {
    return {ErrorKind::corrupt_input, fmt::format("{}; {}", sentence, remedy), m_name};
}

std::optional<Error> PackedImage::check(PackedKind kind) {
    if (m_bytes.empty()) {
        return damaged("there are no bytes where a packed layer was expected");
    }
    std::memcpy(&m_header, m_bytes.data(), std::min(m_bytes.size(), sizeof(Header)));
    if (auto error = check_header(kind)) {
        return error;
    }
    if (m_header.section_count == 0) {
        return damaged("the packed layer has no sections");
    }
    m_table.resize(m_header.section_count);
    std::memcpy(m_table.data(), m_bytes.data() + m_header.table_offset, m_table.size() * sizeof(SectionEntry));
    if (auto error = check_table()) {
        return error;
    }
    for (const SectionEntry& entry : m_table) {
        m_sections.push_back(m_bytes.subspan(entry.offset, entry.length));
    }
    return std::nullopt;
}

std::optional<Error> PackedImage::check_header(PackedKind kind) const {
    const auto& magic = kind == PackedKind::delta ? detail::delta_magic : detail::packed_magic;
    if (m_header.magic != magic) {
        return damaged(fmt::format("the file does not begin with '{}', so it is no {} of ranh",
                                   std::string_view(magic.data(), magic.size()),
                                   kind == PackedKind::delta ? "delta of a packed layer" : "packed layer"));
    }
    if (m_bytes.size() < sizeof(Header)) {
        return damaged(fmt::format("the packed layer is {} bytes long, its header alone takes {}: it was cut short",
                                   m_bytes.size(), sizeof(Header)));
    }
    if (m_header.byte_order != detail::packed_byte_order) {
        return damaged("the packed layer was written on a machine of another byte order than this one");
    }
    if (m_header.format_version != detail::packed_format_version) {
        return damaged(fmt::format("the packed layer has format version {}, this program reads version {}",
                                   m_header.format_version, detail::packed_format_version));
    }
    if (checksum_of(m_bytes.first(offsetof(Header, header_checksum))) != m_header.header_checksum) {
        return damaged("the header of the packed layer does not agree with its checksum: it was damaged");
    }
    if (m_header.file_length != m_bytes.size()) {
        return damaged(fmt::format("the packed layer is {} bytes long, {} were written: it was {}", m_bytes.size(),
                                   m_header.file_length,
                                   m_bytes.size() < m_header.file_length ? "cut short" : "written on"));
    }
    const std::uint64_t table_length = std::uint64_t{m_header.section_count} * sizeof(SectionEntry);
    if (m_header.table_offset > m_bytes.size() || m_bytes.size() - m_header.table_offset != table_length) {
        return damaged("the section table of the packed layer does not stand at its end");
    }
    if (checksum_of(m_bytes.subspan(m_header.table_offset)) != m_header.table_checksum) {
        return damaged("the section table of the packed layer does not agree with its checksum: it was damaged");
    }
    return std::nullopt;
}

std::optional<Error> PackedImage::check_table() const {
    for (const SectionEntry& entry : m_table) {
        if (entry.offset % detail::packed_alignment != 0 || entry.offset > m_header.table_offset ||
            entry.length > m_header.table_offset - entry.offset) {
            return damaged(fmt::format("section '{}' of the packed layer lies outside the file", name_of(entry.kind)));
        }
    }
    return std::nullopt;
}

std::string_view PackedImage::record() const {
    const auto bytes = section<char>(SectionKind::record);
    return {bytes.data(), bytes.size()};
}

const detail::DeltaBase& PackedImage::delta_base() const {
    return section<detail::DeltaBase>(SectionKind::base, 1).front();
}

std::span<const std::byte> PackedImage::section_bytes(SectionKind kind, std::uint32_t field, std::size_t element,
                                                      std::optional<std::size_t> length) const {
    const auto entry = std::find_if(m_table.begin(), m_table.end(),
                                    [&](const SectionEntry& e) { return e.kind == kind && e.field == field; });
    const std::span<const std::byte> found = entry == m_table.end()
                                                 ? std::span<const std::byte>()
                                                 : m_sections[static_cast<std::size_t>(entry - m_table.begin())];
    if (entry == m_table.end() || found.size() % element != 0 || (length && found.size() != *length)) {
        throw Failure(
            damaged(fmt::format("section '{}' of the packed layer has {} bytes, {} were expected", name_of(kind),
                                found.size(), length ? fmt::format("{}", *length) : "whole elements")));
    }
    return found;
}

std::optional<Error> PackedImage::verify() const {
    if (m_delta) {
        auto fault = m_delta->verify();
        return fault ? fault : m_base->verify();
    }
    for (const SectionEntry& entry : m_table) {
        if (checksum_of(m_bytes.subspan(entry.offset, entry.length)) != entry.checksum) {
            return damaged(
                fmt::format("section '{}' of the packed layer does not agree with its checksum: it was damaged",
                            name_of(entry.kind)));
        }
    }
    return std::nullopt;
}

}  // namespace ranh::snapshot
