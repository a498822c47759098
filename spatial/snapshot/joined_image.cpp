#include "spatial/index/rtree_view.hpp"
#include "spatial/snapshot/packed_image.hpp"
#include "spatial/snapshot/value_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace ranh::snapshot {
namespace {

using detail::DeltaBase;
using detail::Header;
using detail::SectionKind;

/// Address space of one section: first the bytes of a mapped file, copied page by page where they are written on, then
/// room for more behind them.
class Region {
public:
    /// Of `length` bytes at `offset` of a file, or of `bytes` where there is none, and `more` zeros behind.
    Region(int descriptor, std::uint64_t offset, std::span<const std::byte> bytes, std::size_t more) {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        const std::size_t before = descriptor < 0 ? 0 : offset % page;
        m_length = std::max(page, (before + bytes.size() + more + page - 1) / page * page);
        m_mapping =
            ::mmap(nullptr, m_length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (m_mapping == MAP_FAILED) {
            fail();
        }
        m_bytes = {static_cast<std::byte*>(m_mapping) + before, bytes.size() + more};
        if (descriptor < 0) {
            std::copy(bytes.begin(), bytes.end(), m_bytes.begin());
        } else if (!bytes.empty()) {
            const std::size_t mapped = before + bytes.size();
            if (::mmap(m_mapping, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, descriptor,
                       static_cast<off_t>(offset - before)) == MAP_FAILED) {
                const int reason = errno;
                ::munmap(m_mapping, m_length);
                errno = reason;
                fail();
            }
            const std::span<std::byte> behind = m_bytes.subspan(bytes.size());
            // The rest of the last page shows the file's next section.
            std::fill_n(behind.begin(), std::min(behind.size(), (page - mapped % page) % page), std::byte{0});
        }
    }
    ~Region() { ::munmap(m_mapping, m_length); }
    Region(const Region&) = delete;
    Region& operator=(const Region&) = delete;

    [[nodiscard]] std::span<std::byte> bytes() { return m_bytes; }
    void forbid_writing() { static_cast<void>(::mprotect(m_mapping, m_length, PROT_READ)); }

private:
    [[noreturn]] static void fail() {
        throw Failure(ErrorKind::io, fmt::format("a packed layer cannot be mapped: {}", std::strerror(errno)));
    }

    void* m_mapping = nullptr;
    std::size_t m_length = 0;
    std::span<std::byte> m_bytes;
};

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
/// Meets no box.
constexpr geom::Box nowhere{{not_a_number, not_a_number}, {not_a_number, not_a_number}};

}  // namespace

/// Puts the sections of a base and of a delta together.
class ImageJoin {
public:
    ImageJoin(std::shared_ptr<const PackedImage> base, std::shared_ptr<const PackedImage> delta)
        : m_image(new PackedImage),
          m_base(std::move(base)),
          m_delta(std::move(delta)),
          m_base_count(m_base->header().feature_count),
          m_count(m_base_count + m_delta->header().feature_count) {}

    std::shared_ptr<const PackedImage> run() {
        check_belonging();
        m_image->m_name = m_delta->name();
        m_image->m_header = m_delta->header();
        m_image->m_header.magic = detail::packed_magic;
        m_image->m_header.feature_count = m_count;
        m_image->m_header.geometry_count = m_base_count + m_delta->header().geometry_count;
        append_sections();
        take_out_removed();
        add(SectionKind::working_tree, tree(SectionKind::working_boxes, SectionKind::working_tree));
        add(SectionKind::lonlat_tree, tree(SectionKind::lonlat_boxes, SectionKind::lonlat_tree));
        put_in_order_of_ids();
        join_pairs();
        m_image->m_header.section_count = static_cast<std::uint32_t>(m_image->m_table.size());
        for (const auto& region : m_regions) {
            region->forbid_writing();
            m_image->m_kept.push_back(region);
        }
        m_image->m_base = std::move(m_base);
        m_image->m_delta = std::move(m_delta);
        return std::move(m_image);
    }

private:
    [[noreturn]] void refuse(std::string_view sentence) const {
        throw Failure(m_delta->damaged(std::string(sentence)));
    }

    void check_belonging() {
        const DeltaBase& wanted = m_delta->delta_base();
        const Header& base = m_base->header();
        if (wanted.content_hash != base.content_hash || wanted.table_checksum != base.table_checksum ||
            wanted.feature_count != base.feature_count || wanted.geometry_count != base.geometry_count) {
            throw Failure(ErrorKind::conflict,
                          fmt::format("the delta belongs to a packed layer with content {:.12}…, not to the one with "
                                      "content {:.12}… that is there; delete it, the next command makes it anew",
                                      wanted.content_hash.hex(), base.content_hash.hex()),
                          m_delta->name());
        }
        constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max() / 4;
        const Header& own = m_delta->header();
        if (own.field_count != base.field_count || own.feature_count > most || base.feature_count > most ||
            own.geometry_count > own.feature_count || base.geometry_count > base.feature_count) {
            refuse("the delta has other fields or counts than its base");
        }
        const auto systems = m_base->section<std::int32_t>(SectionKind::systems);
        if (!std::ranges::equal(systems, m_delta->section<std::int32_t>(SectionKind::systems))) {
            refuse("the delta has other source systems than its base");
        }
        m_removed = m_delta->section<std::uint32_t>(SectionKind::removed);
        const bool ascending = std::ranges::adjacent_find(m_removed, std::greater_equal<>()) == m_removed.end();
        // Of a layer that is joined only the last places are without geometry.
        const std::size_t without_geometry = m_base_count - base.geometry_count;
        if (!ascending || (!m_removed.empty() && m_removed.back() >= m_base_count) ||
            m_removed.size() < without_geometry ||
            (without_geometry > 0 && m_removed[m_removed.size() - without_geometry] != base.geometry_count)) {
            refuse("the delta removes other features than its base has");
        }
    }

    void add(SectionKind kind, std::span<const std::byte> bytes, std::uint32_t field = 0) {
        m_image->m_table.push_back({kind, field, 0, bytes.size(), {}});
        m_image->m_sections.push_back(bytes);
    }

    template <typename T>
    void add(SectionKind kind, std::vector<T> values) {
        const auto kept = std::make_shared<const std::vector<T>>(std::move(values));
        m_image->m_kept.push_back(kept);
        add(kind, std::as_bytes(std::span(*kept)));
    }

    /// A section of the base, with room for `more` behind it, that may be written on.
    template <typename T>
    std::span<T> writable(SectionKind kind, std::size_t more, std::uint32_t field = 0) {
        const auto bytes = std::as_bytes(m_base->section<T>(kind, std::nullopt, field));
        const bool is_file = m_base->m_descriptor >= 0;
        const std::uint64_t offset = is_file ? static_cast<std::uint64_t>(bytes.data() - m_base->m_bytes.data()) : 0;
        m_regions.push_back(std::make_shared<Region>(m_base->m_descriptor, offset, bytes, more * sizeof(T)));
        const std::span<std::byte> region = m_regions.back()->bytes();
        return {reinterpret_cast<T*>(region.data()), region.size() / sizeof(T)};
    }

    /// The elements of the base, behind them those of the delta.
    template <typename T>
    std::span<T> append(SectionKind kind, std::uint32_t field = 0) {
        const auto more = m_delta->section<T>(kind, std::nullopt, field);
        const std::span<T> all = writable<T>(kind, more.size(), field);
        std::ranges::copy(more, all.end() - static_cast<std::ptrdiff_t>(more.size()));
        add(kind, std::as_bytes(all), field);
        return all;
    }

    /// One for each feature of each.
    template <typename T>
    std::span<T> append_each(SectionKind kind, std::uint32_t field = 0) {
        static_cast<void>(m_base->section<T>(kind, m_base_count, field));
        static_cast<void>(m_delta->section<T>(kind, m_count - m_base_count, field));
        return append<T>(kind, field);
    }

    /// Begins of elements of which the base has `before`.
    void append_begins(SectionKind kind, std::size_t before) {
        const auto more = m_delta->section<std::size_t>(kind, m_count - m_base_count + 1).subspan(1);
        static_cast<void>(m_base->section<std::size_t>(kind, m_base_count + 1));
        const std::span<std::size_t> all = writable<std::size_t>(kind, more.size());
        all[m_base_count] = before;
        std::ranges::transform(more, all.end() - static_cast<std::ptrdiff_t>(more.size()),
                               [before](std::size_t begin) { return before + begin; });
        add(kind, std::as_bytes(all));
    }

    template <typename T>
    [[nodiscard]] std::size_t base_length(SectionKind kind) const {
        return m_base->section<T>(kind).size();
    }

    void append_sections() {
        for (const SectionKind kind : {SectionKind::record, SectionKind::systems}) {
            add(kind, std::as_bytes(m_delta->section<char>(kind)));
        }
        append<char>(SectionKind::id_texts);
        append_begins(SectionKind::id_begins, base_length<char>(SectionKind::id_texts));
        append_each<std::uint8_t>(SectionKind::system_of);
        m_types = append_each<geom::GeometryType>(SectionKind::types);
        append_geometries();
        m_working_boxes = append_each<geom::Box>(SectionKind::working_boxes);
        m_lonlat_boxes = append_each<geom::Box>(SectionKind::lonlat_boxes);
        for (const SectionKind kind : {SectionKind::working_areas, SectionKind::areas_stated, SectionKind::areas_planar,
                                       SectionKind::areas_ellipsoid}) {
            append_each<double>(kind);
        }
        append_each<std::int32_t>(SectionKind::areas_planar_epsg);
        m_crosses_itself = append_each<std::uint8_t>(SectionKind::crosses_itself);
        for (std::uint32_t field = 0; field < m_base->header().field_count; ++field) {
            append_values(field);
        }
    }

    void append_geometries() {
        append<std::uint32_t>(SectionKind::part_ends);
        append_begins(SectionKind::part_begins, base_length<std::uint32_t>(SectionKind::part_ends));
        append<std::uint32_t>(SectionKind::source_path_ends);
        append<std::uint32_t>(SectionKind::working_path_ends);
        append_begins(SectionKind::path_begins, base_length<std::uint32_t>(SectionKind::source_path_ends));
        append<geom::Point>(SectionKind::source_points);
        append<geom::Point>(SectionKind::lonlat_points);
        append_begins(SectionKind::source_point_begins, base_length<geom::Point>(SectionKind::source_points));
        append<geom::Point>(SectionKind::working_points);
        append_begins(SectionKind::working_point_begins, base_length<geom::Point>(SectionKind::working_points));
    }

    void append_values(std::uint32_t field) {
        const std::span<const std::uint8_t> types =
            append_each<std::uint8_t>(SectionKind::value_types, field).subspan(m_base_count);
        const std::span<std::uint64_t> payloads =
            append_each<std::uint64_t>(SectionKind::value_payloads, field).subspan(m_base_count);
        const std::size_t texts = m_base->section<char>(SectionKind::value_texts, std::nullopt, field).size();
        for (std::size_t i = 0; i < payloads.size(); ++i) {
            payloads[i] += ValueColumnView::is_text(types[i]) ? texts : 0;
        }
        append<char>(SectionKind::value_texts, field);
    }

    /// No search finds a removed feature, and no kernel takes it for an area.
    void take_out_removed() {
        for (const std::uint32_t place : m_removed) {
            m_types[place] = geom::GeometryType::point;
            m_working_boxes[place] = nowhere;
            m_lonlat_boxes[place] = nowhere;
            if (m_crosses_itself[place] != 0) {
                m_crosses_itself[place] = 0;
            }
        }
    }

    [[nodiscard]] std::vector<geom::Box> tree(SectionKind boxes, SectionKind upper) const {
        const std::size_t known = m_base->header().geometry_count;
        const std::span<const geom::Box> leaves =
            boxes == SectionKind::working_boxes ? m_working_boxes : m_lonlat_boxes;
        return index::RTreeView::upper_levels(leaves.first(m_image->m_header.geometry_count), known,
                                              m_base->section<geom::Box>(upper, index::RTreeView::upper_count(known)));
    }

    /// The order of the base without what is removed, with what is new at its place.
    void put_in_order_of_ids() {
        const auto base = m_base->section<std::uint32_t>(SectionKind::by_id, m_base_count);
        const auto base_ranks = m_base->section<std::uint32_t>(SectionKind::id_ranks, m_base_count);
        const std::size_t added = m_count - m_base_count;
        const auto own = m_delta->section<std::uint32_t>(SectionKind::by_id, added);
        const auto own_ranks = m_delta->section<std::uint32_t>(SectionKind::base_ranks, added);
        std::vector<std::uint32_t> gone;  // ranks
        for (const std::uint32_t place : m_removed) {
            gone.push_back(base_ranks[place]);
            if (gone.back() >= m_base_count || base[gone.back()] != place) {
                refuse("the order of ids of the base leads outside it");
            }
        }
        std::ranges::sort(gone);
        const std::span<std::uint32_t> by_id = writable<std::uint32_t>(SectionKind::by_id, added);
        const std::span<std::uint32_t> ranks = writable<std::uint32_t>(SectionKind::id_ranks, added);
        std::size_t from = 0;
        std::size_t to = 0;
        const auto put = [&](std::uint32_t place) {
            if (place >= m_count || to >= m_count) {
                refuse("the order of ids leads outside the layer");
            }
            by_id[to] = place;
            ranks[place] = static_cast<std::uint32_t>(to++);
        };
        const auto move_until = [&](std::size_t end) {
            if (from == to) {  // where nothing is shifted nothing is written
                to += end - from;
                from = end;
            }
            while (from < end) {
                put(base[from++]);
            }
        };
        auto next_gone = gone.begin();
        const auto skip_gone_until = [&](std::size_t end) {
            for (; next_gone != gone.end() && *next_gone < end; ++next_gone) {
                move_until(*next_gone);
                ++from;
            }
            move_until(end);
        };
        for (std::size_t i = 0; i < added; ++i) {
            if (own_ranks[i] < from || own_ranks[i] > m_base_count || own[i] >= added) {
                refuse("the order of ids of the delta leads outside its base");
            }
            skip_gone_until(own_ranks[i]);
            put(static_cast<std::uint32_t>(m_base_count) + own[i]);
        }
        skip_gone_until(m_base_count);
        add(SectionKind::by_id, std::as_bytes(by_id.first(to)));
        add(SectionKind::id_ranks, std::as_bytes(ranks));
    }

    /// The pairs of the base in which nothing removed takes part, and those of the delta; both ascending.
    void join_pairs() {
        using Pair = std::pair<std::uint32_t, std::uint32_t>;
        const auto pairs_of = [](const PackedImage& image) {
            const auto one = image.section<std::uint32_t>(SectionKind::sharing);
            const auto other = image.section<std::uint32_t>(SectionKind::shared_with, one.size());
            std::vector<Pair> pairs;
            for (std::size_t i = 0; i < one.size(); ++i) {
                pairs.emplace_back(one[i], other[i]);
            }
            return pairs;
        };
        std::vector<Pair> kept = pairs_of(*m_base);
        if (!kept.empty()) {
            std::vector<bool> is_removed(m_base_count);
            for (const std::uint32_t place : m_removed) {
                is_removed[place] = true;
            }
            std::erase_if(kept, [&](const Pair& pair) {
                return pair.first >= m_base_count || pair.second >= m_base_count || is_removed[pair.first] ||
                       is_removed[pair.second];
            });
        }
        std::vector<Pair> all;
        std::ranges::merge(kept, pairs_of(*m_delta), std::back_inserter(all));
        std::vector<std::uint32_t> one;
        std::vector<std::uint32_t> other;
        for (const Pair& pair : all) {
            one.push_back(pair.first);
            other.push_back(pair.second);
        }
        add(SectionKind::sharing, std::move(one));
        add(SectionKind::shared_with, std::move(other));
    }

    std::shared_ptr<PackedImage> m_image;
    std::shared_ptr<const PackedImage> m_base;
    std::shared_ptr<const PackedImage> m_delta;
    std::size_t m_base_count;
    std::size_t m_count;
    std::vector<std::shared_ptr<Region>> m_regions;
    std::span<const std::uint32_t> m_removed;
    std::span<geom::GeometryType> m_types;
    std::span<geom::Box> m_working_boxes;
    std::span<geom::Box> m_lonlat_boxes;
    std::span<std::uint8_t> m_crosses_itself;
};

Result<std::shared_ptr<const PackedImage>> PackedImage::joined(std::shared_ptr<const PackedImage> base,
                                                               std::shared_ptr<const PackedImage> delta) {
    try {
        return ImageJoin(std::move(base), std::move(delta)).run();
    } catch (const Failure& failure) {
        return failure.error();
    }
}

}  // namespace ranh::snapshot
