#include "services/app/file_overlaps.hpp"

#include "importers/vector/polygon_reader.hpp"
#include "services/app/output_file.hpp"
#include "services/present/table.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/base/in_order.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/crs/working_plane.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <span>
#include <utility>

namespace ranh::app {
namespace {

namespace fs = std::filesystem;
using algorithm::CellPair;
using algorithm::FlatPolygons;
using algorithm::SquareMicrometres;

/// Features in the working plane with their ids as the CSV writes them.
struct NamedPolygons {
    FlatPolygons polygons;
    vector::TextColumn ids;

    void append(const NamedPolygons& other) {
        polygons.append(other.polygons);
        ids.append(other.ids);
    }
};

Progress progress_of(const FileOverlapOptions& options, const std::string& title) {
    return options.progress ? options.progress(title) : Progress();
}

/// The feature that cannot be projected, by name.
[[noreturn]] void name_feature(const vector::PolygonBlock& block, const crs::WorkingPlane& plane,
                               const vector::PolygonReader& reader, const Failure& failure) {
    FlatPolygons source;
    source.add_features(block.areas, block.part_ends);
    for (std::size_t i = 0; i < source.size(); ++i) {
        try {
            static_cast<void>(plane.project(source.view().feature(i), reader.crs()));
        } catch (const Failure& of_feature) {
            throw Failure(of_feature.error().kind,
                          fmt::format("feature {}: {}", block.ids.at(i), of_feature.error().sentence), reader.name());
        }
    }
    throw failure;
}

NamedPolygons projected(const vector::PolygonBlock& block, const crs::WorkingPlane& plane,
                        const vector::PolygonReader& reader) {
    NamedPolygons named;
    try {
        named.polygons.add_features(plane.project(block.areas, reader.crs()), block.part_ends);
    } catch (const Failure& failure) {
        name_feature(block, plane, reader, failure);
    }
    named.polygons.finish();
    for (std::size_t i = 0; i < block.ids.size(); ++i) {
        named.ids.add(present::csv_field(block.ids.at(i)));
    }
    return named;
}

void note_left_out(const vector::PolygonReader& reader, const std::vector<vector::PolygonReader::LeftOut>& kinds,
                   std::vector<std::string>& notes) {
    for (const auto& left_out : kinds) {
        notes.push_back(
            fmt::format("{}: bỏ qua {} đối tượng không phải vùng ({}), đầu tiên là {} / left out {} "
                        "features that are no polygons ({}), the first is feature {}",
                        reader.name(), left_out.count, left_out.kind, left_out.first, left_out.count, left_out.kind,
                        left_out.first));
    }
}

/// Hardly any format spends fewer bytes on a point; what is reserved too much is never touched.
std::size_t most_points(const fs::path& file) {
    constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 32U;
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file, error);
    return error ? 0 : std::min(bytes, most_bytes) / sizeof(geom::Point);
}

NamedPolygons read_side(const FileSide& side, const FileOverlapOptions& options, std::vector<std::string>& notes) {
    vector::PolygonReader reader(side.file, {.crs = side.crs,
                                             .crs_option = side.crs_option,
                                             .id_field = side.id_field,
                                             .threads = options.threads,
                                             .cancel = options.cancel,
                                             .progress = progress_of(options, "đọc / read " + side.file)});
    if (!reader.crs_note().empty()) {
        notes.push_back(reader.crs_note());
    }
    const crs::WorkingPlane plane;
    NamedPolygons all;
    all.polygons.reserve(reader.feature_count(), most_points(side.file));
    InOrder<NamedPolygons> in_order([&](NamedPolygons&& block) { all.append(block); });
    const auto left_out =
        reader.read([&](vector::PolygonBlock&& block) { in_order.put(block.number, projected(block, plane, reader)); });
    note_left_out(reader, left_out, notes);
    return all;
}

/// The pairs in the order of the left file, then of the right one.
std::vector<CellPair> joined_pairs(const NamedPolygons& left, const NamedPolygons* right,
                                   const FileOverlapOptions& options) {
    algorithm::CellJoinOptions joining{.threads = options.threads, .cancel = options.cancel};
    // What has less cannot reach the least area; the exact comparison comes with the row.
    joining.least_um2 =
        std::max(joining.least_um2, algorithm::to_square_micrometres(options.min_area_m2 * (1.0 - 1e-9)) - 1);
    const auto lattice_of = [](const NamedPolygons& side) {
        return algorithm::lattice_for(algorithm::median_area(side.polygons.view().areas_m2));
    };
    const algorithm::CellJoinResult joined =
        right == nullptr ? algorithm::self_join_cells(left.polygons.view(), lattice_of(left), joining)
                         : algorithm::join_cells(left.polygons.view(), right->polygons.view(),
                                                 finer_of(lattice_of(left), lattice_of(*right)), joining);
    std::vector<CellPair> pairs;
    pairs.reserve(joined.pair_count());
    joined.for_each([&](const CellPair& pair) { pairs.push_back(pair); });
    const auto key = [](const CellPair& pair) { return std::pair(pair.left, pair.right); };
    if (!std::ranges::is_sorted(pairs, {}, key)) {
        std::ranges::sort(pairs, {}, key);
    }
    return pairs;
}

void append_number(std::string& text, double value) {
    std::array<char, 32> digits{};
    text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

/// Some rows and what they add up to.
struct Rows {
    std::string text;
    std::uint64_t count = 0;
    std::uint64_t invalid = 0;
    SquareMicrometres area_um2 = 0;
};

class RowWriter {
public:
    RowWriter(const NamedPolygons& left, const NamedPolygons& right, const FileOverlapOptions& options)
        : m_left(left),
          m_right(right),
          m_left_areas_m2(left.polygons.view().areas_m2),
          m_right_areas_m2(right.polygons.view().areas_m2),
          m_options(options) {}

    [[nodiscard]] Rows rows_of(std::span<const CellPair> pairs) const {
        constexpr std::size_t bytes_of_row = 80;
        Rows rows;
        rows.text.reserve(pairs.size() * bytes_of_row);
        for (const CellPair& pair : pairs) {
            add(pair, rows);
        }
        return rows;
    }

private:
    /// A share; nothing where the whole has no area, as a bow-tie of equal halves.
    struct Share {
        double part_m2;
        double whole_m2;
        [[nodiscard]] bool known() const { return whole_m2 > 0.0; }
        [[nodiscard]] double value() const { return known() ? std::min(1.0, part_m2 / whole_m2) : 0.0; }
    };

    void add(const CellPair& pair, Rows& rows) const {
        const double area_m2 = area_of(pair);
        const Share share_left{area_m2, m_left_areas_m2[pair.left]};
        const Share share_right{area_m2, m_right_areas_m2[pair.right]};
        if (area_m2 < m_options.min_area_m2 ||
            std::max(share_left.value(), share_right.value()) < m_options.min_share) {
            return;
        }
        std::string& text = rows.text;
        text += m_left.ids.at(pair.left);
        text += ',';
        text += m_right.ids.at(pair.right);
        text += ',';
        append_number(text, area_m2);
        for (const Share& share : {share_left, share_right}) {
            text += ',';
            if (share.known()) {
                append_number(text, share.value());
            }
        }
        text += "\r\n";
        ++rows.count;
        rows.invalid += pair.odd_winding ? 1 : 0;
        rows.area_um2 += pair.area_um2;
    }

    /// Of a feature that lies wholly inside the other one its own area: the sum over cells differs from it by rounding.
    [[nodiscard]] double area_of(const CellPair& pair) const {
        constexpr double rounding_share = 1e-13;
        const double area_m2 = algorithm::to_square_metres(pair.area_um2);
        for (const double own_m2 : {m_left_areas_m2[pair.left], m_right_areas_m2[pair.right]}) {
            if (std::abs(area_m2 - own_m2) <= rounding_share * own_m2) {
                return own_m2;
            }
        }
        return area_m2;
    }

    const NamedPolygons& m_left;
    const NamedPolygons& m_right;
    std::span<const double> m_left_areas_m2;
    std::span<const double> m_right_areas_m2;
    const FileOverlapOptions& m_options;
};

/// Formatted by all threads, written in order.
Rows write_rows(const RowWriter& writer, std::span<const CellPair> pairs, const FileOverlapOptions& options,
                WholeFile& output) {
    constexpr std::size_t pairs_per_chunk = 16'384;
    const std::size_t chunks = (pairs.size() + pairs_per_chunk - 1) / pairs_per_chunk;
    const Progress progress = progress_of(options, "ghi / write " + options.output);
    Rows total;
    std::size_t written = 0;
    output.write("\xEF\xBB\xBFleft,right,area_m2,share_left,share_right\r\n");
    InOrder<Rows> in_order([&](Rows&& rows) {
        output.write(rows.text);
        total.count += rows.count;
        total.invalid += rows.invalid;
        total.area_um2 += rows.area_um2;
        if (progress) {
            progress(++written, chunks);
        }
    });
    for_each_index(
        chunks, options.threads == 0 ? default_thread_count() : options.threads,
        [&](std::size_t chunk) {
            const std::size_t first = chunk * pairs_per_chunk;
            in_order.put(chunk, writer.rows_of(pairs.subspan(first, std::min(pairs_per_chunk, pairs.size() - first))));
        },
        options.cancel);
    return total;
}

bool is_one_side(const FileSide& left, const FileSide& right) {
    std::error_code error;
    return fs::equivalent(left.file, right.file, error) && left.crs == right.crs && left.id_field == right.id_field;
}

}  // namespace

FileOverlapSummary write_file_overlaps(const FileOverlapOptions& options) {
    WholeFile output(options.output);
    FileOverlapSummary summary;
    const bool self = is_one_side(options.left, options.right);
    const NamedPolygons left = read_side(options.left, options, summary.notes);
    const NamedPolygons other = self ? NamedPolygons() : read_side(options.right, options, summary.notes);
    const NamedPolygons& right = self ? left : other;
    const std::vector<CellPair> pairs = joined_pairs(left, self ? nullptr : &right, options);
    const Rows total = write_rows(RowWriter(left, right, options), pairs, options, output);
    output.commit();
    summary.pairs = total.count;
    summary.area_m2 = algorithm::to_square_metres(total.area_um2);
    summary.invalid_pairs = total.invalid;
    summary.left_features = left.polygons.size();
    summary.right_features = right.polygons.size();
    return summary;
}

}  // namespace ranh::app
