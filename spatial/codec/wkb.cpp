#include "spatial/codec/wkb.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace ranh::codec {
namespace {

using geom::Geometry;
using geom::GeometryType;
using geom::GeometryView;
using geom::Point;

constexpr std::uint32_t ewkb_z = 0x80000000U;
constexpr std::uint32_t ewkb_m = 0x40000000U;
constexpr std::uint32_t ewkb_srid = 0x20000000U;

/// OGC 06-103r4 §8.2.8, table 7.
std::uint32_t code_of(GeometryType type) {
    switch (type) {
        case GeometryType::point: return 1;
        case GeometryType::line_string: return 2;
        case GeometryType::polygon: return 3;
        case GeometryType::multi_point: return 4;
        case GeometryType::multi_line_string: return 5;
        case GeometryType::multi_polygon: return 6;
    }
    return 0;
}

GeometryType single_of(GeometryType type) {
    switch (type) {
        case GeometryType::multi_point: return GeometryType::point;
        case GeometryType::multi_line_string: return GeometryType::line_string;
        case GeometryType::multi_polygon: return GeometryType::polygon;
        default: return type;
    }
}

class Writer {
public:
    explicit Writer(std::size_t bytes) { m_bytes.reserve(bytes); }
    void head(GeometryType type) {
        m_bytes += '\1';  // little-endian
        number(code_of(type));
    }
    void number(std::size_t value) { little_endian(static_cast<std::uint32_t>(value)); }
    void points(std::span<const Point> points) {
        if constexpr (std::endian::native == std::endian::little && sizeof(Point) == 16) {
            m_bytes.append(reinterpret_cast<const char*>(points.data()), points.size_bytes());
        } else {
            for (const Point& p : points) {
                little_endian(std::bit_cast<std::uint64_t>(p.x));
                little_endian(std::bit_cast<std::uint64_t>(p.y));
            }
        }
    }
    void part(const GeometryView& geometry, std::size_t i, GeometryType type) {
        const auto [first, end] = geometry.part(i);
        head(type);
        if (type == GeometryType::polygon) {
            number(end - first);
        }
        for (std::size_t path = first; path < end; ++path) {
            const auto path_points = geometry.path(path);
            if (type != GeometryType::point) {
                number(path_points.size());
            }
            points(path_points);
        }
    }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
    template <typename Unsigned>
    void little_endian(Unsigned value) {
        for (unsigned shift = 0; shift < sizeof(Unsigned) * 8; shift += 8) {
            m_bytes += static_cast<char>((value >> shift) & 0xFFU);
        }
    }
    std::string m_bytes;
};

/// Reads one geometry; after the first fault every further read fails, and the fault is kept with its offset.
class Reader {
public:
    /// Adds the parts to those of `target`.
    Reader(std::string_view bytes, Geometry& target) : m_bytes(bytes), m_geometry(target) {}

    [[nodiscard]] Result<GeometryType> read() {
        const auto head = read_head();
        if (head) {
            if (single_of(head->type) == head->type) {
                read_part(*head);
            } else {
                read_members(*head);
            }
        }
        if (!m_fault && m_offset != m_bytes.size()) {
            fault(fmt::format("{} bytes follow after the end of the geometry", m_bytes.size() - m_offset));
        }
        if (m_fault) {
            return *m_fault;
        }
        return head->type;
    }

    /// The first bytes alone.
    [[nodiscard]] Result<WkbHead> read_form() {
        const auto words = read_words();
        std::uint32_t count = 1;
        if (words && words->form != code_of(GeometryType::point)) {
            const auto word = read_word(words->swapped);
            count = word.value_or(0);
        }
        if (m_fault) {
            return *m_fault;
        }
        return WkbHead{words->form, count == 0};
    }

private:
    struct Words {
        std::uint32_t form;
        std::uint32_t dimensions;  ///< ISO 13249-3: 0, 1 Z, 2 M, 3 ZM
        std::uint32_t flags;       ///< of EWKB
        bool swapped;
    };
    struct Head {
        GeometryType type;
        unsigned ordinates;  ///< of one point: 2, 3 or 4
        bool swapped;        ///< byte order is not that of this machine
    };

    /// Byte order, type and what may stand before the first count.
    std::optional<Words> read_words() {
        const std::size_t begin = m_offset;
        if (!has(1)) {
            return std::nullopt;
        }
        const auto order = static_cast<unsigned char>(m_bytes[m_offset++]);
        if (order > 1) {
            return fault_at(begin, fmt::format("byte order {} found, 0 or 1 expected", order));
        }
        const bool swapped = (order == 1) != (std::endian::native == std::endian::little);
        const auto word = read_word(swapped);
        if (!word) {
            return std::nullopt;
        }
        if ((*word & ewkb_srid) != 0 && !read_word(swapped)) {
            return std::nullopt;
        }
        const std::uint32_t code = *word & ~(ewkb_z | ewkb_m | ewkb_srid);
        return Words{code % 1000, code / 1000, *word & (ewkb_z | ewkb_m), swapped};
    }

    std::optional<Head> read_head() {
        const std::size_t begin = m_offset;
        const auto words = read_words();
        if (!words) {
            return std::nullopt;
        }
        if (words->form < 1 || words->form > 6 || words->dimensions > 3) {
            return fault_at(begin,
                            fmt::format("geometry type {} found, Point to MultiPolygon (1 to 6, with Z or M) expected",
                                        words->dimensions * 1000 + words->form));
        }
        const bool with_z = words->dimensions == 1 || words->dimensions == 3 || (words->flags & ewkb_z) != 0;
        const bool with_m = words->dimensions >= 2 || (words->flags & ewkb_m) != 0;
        return Head{static_cast<GeometryType>(words->form - 1), 2U + (with_z ? 1U : 0U) + (with_m ? 1U : 0U),
                    words->swapped};
    }

    void read_members(const Head& multi) {
        constexpr std::size_t least_member = 9;  // byte order, type, a count
        const auto count = read_count(multi.swapped, least_member, "members");
        for (std::uint32_t i = 0; count && i < *count; ++i) {
            const std::size_t begin = m_offset;
            const auto head = read_head();
            if (!head) {
                return;
            }
            if (head->type != single_of(multi.type)) {
                fault_at(begin,
                         fmt::format("{} found inside a {}", geom::to_string(head->type), geom::to_string(multi.type)));
                return;
            }
            if (!read_part(*head)) {
                return;
            }
        }
    }

    bool read_part(const Head& head) {
        if (head.type == GeometryType::point) {
            if (!read_points(1, head)) {
                return false;
            }
            const Point p = m_geometry.points().back();
            if (std::isnan(p.x) && std::isnan(p.y)) {
                fault_at(m_offset - 8 * std::size_t{head.ordinates}, "the point is empty");
                return false;
            }
            m_geometry.end_path();
        } else if (head.type == GeometryType::line_string) {
            if (!read_path(head)) {
                return false;
            }
        } else {
            const auto rings = read_count(head.swapped, 4, "rings");
            for (std::uint32_t i = 0; rings && i < *rings; ++i) {
                if (!read_path(head)) {
                    return false;
                }
            }
            if (!rings) {
                return false;
            }
        }
        m_geometry.end_part();
        return true;
    }

    bool read_path(const Head& head) {
        const auto count = read_count(head.swapped, 8 * std::size_t{head.ordinates}, "points");
        if (!count || !read_points(*count, head)) {
            return false;
        }
        m_geometry.end_path();
        return true;
    }

    /// Precondition of the caller: the count was held against the bytes left, except for a single point.
    bool read_points(std::uint32_t count, const Head& head) {
        if (!has(8 * std::size_t{head.ordinates} * count)) {
            return false;
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            m_geometry.add_point({real_at(m_offset, head.swapped), real_at(m_offset + 8, head.swapped)});
            m_offset += 8 * std::size_t{head.ordinates};
        }
        return true;
    }

    /// A count that the bytes left can hold, so that a lie costs no memory; 0 means an empty geometry.
    std::optional<std::uint32_t> read_count(bool swapped, std::size_t least_size, std::string_view things) {
        const std::size_t begin = m_offset;
        const auto count = read_word(swapped);
        if (!count) {
            return std::nullopt;
        }
        if (*count == 0) {
            fault_at(begin, fmt::format("a geometry without {} is empty", things));
            return std::nullopt;
        }
        if (*count > (m_bytes.size() - m_offset) / least_size) {
            fault_at(begin,
                     fmt::format("{} {} announced, only {} bytes follow", *count, things, m_bytes.size() - m_offset));
            return std::nullopt;
        }
        return count;
    }

    std::optional<std::uint32_t> read_word(bool swapped) {
        if (!has(4)) {
            return std::nullopt;
        }
        std::uint32_t word = 0;
        std::memcpy(&word, m_bytes.data() + m_offset, 4);
        m_offset += 4;
        return swapped ? __builtin_bswap32(word) : word;
    }

    [[nodiscard]] double real_at(std::size_t offset, bool swapped) const {
        std::uint64_t word = 0;
        std::memcpy(&word, m_bytes.data() + offset, 8);
        return std::bit_cast<double>(swapped ? __builtin_bswap64(word) : word);
    }

    bool has(std::size_t bytes) {
        if (m_fault) {
            return false;
        }
        if (m_bytes.size() - m_offset < bytes) {
            fault(fmt::format("{} bytes expected, {} found", bytes, m_bytes.size() - m_offset));
            return false;
        }
        return true;
    }

    std::nullopt_t fault(std::string sentence) { return fault_at(m_offset, std::move(sentence)); }
    std::nullopt_t fault_at(std::size_t offset, std::string sentence) {
        if (!m_fault) {
            m_fault =
                Error{ErrorKind::corrupt_input, fmt::format("well-known binary, byte {}: {}", offset, sentence), {}};
        }
        return std::nullopt;
    }

    std::string_view m_bytes;
    std::size_t m_offset = 0;
    Geometry& m_geometry;
    std::optional<Error> m_fault;
};

}  // namespace

std::string to_wkb(const GeometryView& geometry) {
    const GeometryType single = single_of(geometry.type);
    constexpr std::size_t head_size = 9;
    Writer writer(head_size * (1 + geometry.part_count()) + 4 * geometry.path_count() +
                  sizeof(Point) * geometry.points.size());
    if (single != geometry.type) {
        writer.head(geometry.type);
        writer.number(geometry.part_count());
    }
    for (std::size_t i = 0; i < geometry.part_count(); ++i) {
        writer.part(geometry, i, single);
    }
    return writer.take();
}

Result<Geometry> parse_wkb(std::string_view bytes) {
    Geometry geometry;
    const auto type = append_wkb(bytes, geometry);
    if (!type) {
        return type.error();
    }
    geometry.set_type(type.value());
    return geometry;
}

Result<GeometryType> append_wkb(std::string_view bytes, Geometry& target) { return Reader(bytes, target).read(); }

Result<WkbHead> read_wkb_head(std::string_view bytes) {
    Geometry none;
    return Reader(bytes, none).read_form();
}

}  // namespace ranh::codec
