#pragma once

#include "spatial/base/sha256.hpp"
#include "spatial/geom/geometry.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Layout of a packed layer, the same bytes in memory and in a file:
///
///     Header | section, section, … | SectionEntry, SectionEntry, …
///
/// Every section starts at a multiple of 64 bytes (the gap before it is zero), so that its elements are used where they
/// lie; numbers have the byte order of the machine that wrote them, which the header tells. n features stand in the
/// order of the Hilbert code of the centre of their working-plane box (equal codes: by id), the g with a geometry
/// first, the others behind them by id. "begins" have one element more than there are features.
///
/// A delta is laid out alike and holds the features that differ from those of another packed layer, its base; `n` and
/// `g` of its header and the places in its sections count these alone, `sharing` and `shared_with` name features as
/// they stand in both together (those of the base first) and hold the pairs in which one of its own takes part, and
/// extent and types of the header are those of the layer as it is with it.
namespace ranh::snapshot {

/// What the bytes are: a layer by itself, or what differs from one.
enum class PackedKind { whole, delta };

}  // namespace ranh::snapshot

namespace ranh::snapshot::detail {

inline constexpr std::array<char, 8> packed_magic{'r', 'a', 'n', 'h', 'p', 'a', 'c', 'k'};
inline constexpr std::array<char, 8> delta_magic{'r', 'a', 'n', 'h', 'd', 'e', 'l', 't'};
inline constexpr std::uint32_t packed_byte_order = 0x01020304;
/// Raised with every change of this layout or of how its numbers are computed.
inline constexpr std::uint32_t packed_format_version = 3;
inline constexpr std::size_t packed_alignment = 64;

enum class SectionKind : std::uint32_t {
    record = 1,            ///< the layer version as the store writes it; bytes, empty in memory
    systems,               ///< EPSG codes, i32
    id_texts,              ///< ids one after the other, UTF-8
    id_begins,             ///< u64, n + 1
    by_id,                 ///< features in ascending order of id, u32, n
    id_ranks,              ///< place of each feature in by_id, u32, n
    system_of,             ///< place in `systems`, u8, n
    types,                 ///< geom::GeometryType, u8, n
    part_begins,           ///< u64, n + 1
    part_ends,             ///< u32, from the first path of the feature
    path_begins,           ///< u64, n + 1
    source_points,         ///< geom::Point
    source_point_begins,   ///< u64, n + 1; also of lonlat_points
    source_path_ends,      ///< u32, from the first point of the feature; also of lonlat_points
    working_points,        ///< geom::Point
    working_point_begins,  ///< u64, n + 1
    working_path_ends,     ///< u32
    lonlat_points,         ///< geom::Point
    working_boxes,         ///< geom::Box, n; zero without geometry
    lonlat_boxes,          ///< geom::Box, n
    working_tree,          ///< levels above the first g working boxes (index::RTreeView)
    lonlat_tree,           ///< likewise
    working_areas,         ///< f64, n; shells minus holes, 0 for what is no area
    areas_stated,          ///< f64, n; not a number where there is none
    areas_planar,          ///< f64, n
    areas_planar_epsg,     ///< i32, n; 0 where there is none
    areas_ellipsoid,       ///< f64, n
    crosses_itself,        ///< u8, n; 1 where algorithm::winds_once() says no
    sharing,               ///< features that share ground with another of the layer, ascending, once for each; u32
    shared_with,           ///< that other, ascending within one feature; u32
    value_types,           ///< per field: place of the alternative in model::Value, u8, n
    value_payloads,        ///< per field: bool, integer, bits of a real, days, or place in value_texts; u64, n
    value_texts,           ///< per field: length as u32, then UTF-8; equal texts may share a place
    // Of a delta alone:
    base,        ///< DeltaBase
    removed,     ///< places in the base that the layer no longer has, ascending, u32
    base_ranks,  ///< of its features in ascending order of id: how many ids of the base come before each; u32, n
};

struct Header {
    std::array<char, 8> magic;
    std::uint32_t byte_order;
    std::uint32_t format_version;
    std::uint64_t file_length;
    std::uint64_t table_offset;
    std::uint64_t feature_count;   ///< n
    std::uint64_t geometry_count;  ///< g
    std::uint32_t section_count;
    std::uint32_t field_count;
    std::int32_t lattice_level;    ///< of the layer it was packed for
    std::uint32_t geometry_types;  ///< bit k is set when a feature has GeometryType k
    double centre_latitude_deg;    ///< of the working plane
    double centre_longitude_deg;
    double chord_error_m;
    geom::Box lonlat_extent;  ///< zero when g is 0
    Sha256 content_hash;
    Sha256 table_checksum;
    Sha256 header_checksum;  ///< of all bytes of the header before it
};

struct SectionEntry {
    SectionKind kind;
    std::uint32_t field;
    std::uint64_t offset;
    std::uint64_t length;  ///< bytes, without the gap behind them
    Sha256 checksum;
};

/// Which bytes a delta belongs to: those whose section table has this checksum.
struct DeltaBase {
    Sha256 content_hash;
    Sha256 table_checksum;
    std::uint64_t feature_count;
    std::uint64_t geometry_count;
};

static_assert(std::is_trivially_copyable_v<DeltaBase> && sizeof(DeltaBase) == 80);
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) == 216);
static_assert(std::is_trivially_copyable_v<SectionEntry> && sizeof(SectionEntry) == 56);
static_assert(sizeof(geom::Point) == 16 && sizeof(geom::Box) == 32 && sizeof(std::size_t) == sizeof(std::uint64_t));

}  // namespace ranh::snapshot::detail
