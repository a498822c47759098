#include "spatial/algorithm/cell_stream.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace ranh::algorithm {
namespace {

/// The two share ground of positive width and height, as far as boxes can tell.
bool boxes_overlap(const geom::Box& a, const geom::Box& b) {
    return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

bool is_odd(std::int32_t winding) { return winding != 0 && winding != 1; }

auto corners_of(const geom::Box& box) { return std::tuple(box.min.x, box.min.y, box.max.x, box.max.y); }

}  // namespace

bool is_wanted(const CellJoinOptions& options, SquareMicrometres area_um2, bool inside, bool boundary) {
    if (inside) {
        return area_um2 >= options.least_um2;
    }
    if (options.contacts == CellJoinOptions::Contacts::list) {
        return boundary;
    }
    return area_um2 != 0 && (area_um2 >= options.least_um2 || -area_um2 >= options.least_um2);
}

CellStream::CellStream(const Sides& sides, const CellIndex& index, std::span<const std::int32_t> bands,
                       const CellJoinOptions& options)
    : m_sides(sides), m_index(index), m_bands(bands), m_options(options), m_place(sides.indexed->size(), 0) {}

void CellStream::add(std::uint32_t streamed, CellJoinResult::Chunk& chunk, std::vector<BandPair>& band_pairs) {
    const PolygonsView& layer = *m_sides.streamed;
    if (layer.point_count(streamed) == 0) {
        return;
    }
    const geom::Box box = geom::grown(layer.boxes[streamed], m_options.margin_m);
    const CellWindow block = common_window(m_index.lattice().window_of(box), m_index.window());
    if (block.empty()) {
        return;
    }
    m_box = box;
    m_cut_needed = false;
    const bool boundary = meet_boundary(streamed, m_index, block);
    const auto covers = m_index.covers(*m_index.locate(block.row_begin, block.column_begin));
    const std::uint32_t bands = bands_of(box);
    if (!boundary && bands == 1 && std::ranges::all_of(covers, [](const auto& cover) { return cover.winding == 1; })) {
        add_run(streamed, covers, chunk);
        return;
    }
    meet_covers(streamed, covers);
    const bool measures = m_options.contacts == CellJoinOptions::Contacts::leave_out;
    if (measures && (m_cut_needed || (bands > 1 && !m_met.empty()))) {
        measure(streamed, block);
    }
    if (bands == 1) {
        write(streamed, chunk);
    } else {
        write_bands(streamed, bands, band_pairs);
    }
    for (const Met& met : m_met) {
        m_place[met.indexed] = 0;
    }
    m_met.clear();
}

/// Notes the features that have boundary in the cells of the block; false when there is no such feature.
bool CellStream::meet_boundary(std::uint32_t streamed, const CellIndex& index, const CellWindow& block) {
    bool boundary = false;
    for (std::int32_t row = block.row_begin; row < block.row_end; ++row) {
        const CellIndex::Segment* segment = index.locate(row, block.column_begin);
        do {
            if (segment->finer != 0) {
                boundary = true;
                meet_finer(streamed, index.finer(*segment));
            } else if (segment->entry_count != 0) {
                boundary = true;
                const CellBox box_here = box_in_cell(index.lattice(), row, segment->column);
                for (const CellIndex::Entry& entry : index.entries(*segment)) {
                    meet_entry(streamed, index, entry, box_here);
                }
            }
            ++segment;
        } while (segment->column < block.column_end);
    }
    return boundary;
}

void CellStream::meet_finer(std::uint32_t streamed, const CellIndex& finer) {
    const CellWindow block = common_window(finer.lattice().window_of(m_box), finer.window());
    if (block.empty()) {
        return;
    }
    meet_boundary(streamed, finer, block);
    for (const CellIndex::Cover& cover : finer.covers(*finer.locate(block.row_begin, block.column_begin))) {
        if (m_place[cover.feature] == 0 && may_meet(streamed, cover.feature)) {
            meet(cover.feature).winding = cover.winding;
        }
    }
}

bool CellStream::may_meet(std::uint32_t streamed, std::uint32_t indexed) const {
    return boxes_overlap(m_box, m_sides.indexed->boxes[indexed]) && !(m_sides.self && streamed == indexed);
}

void CellStream::meet_entry(std::uint32_t streamed, const CellIndex& index, const CellIndex::Entry& entry,
                            const CellBox& box) {
    const std::uint32_t place = m_place[entry.feature];
    if (place != 0 ? m_met[place - 1].boundary : !may_meet(streamed, entry.feature)) {
        return;
    }
    const CellContact contact = contact_in_cell(index.view(entry), box, index.lattice().side());
    Met& met = place != 0 ? m_met[place - 1] : meet(entry.feature);
    met.winding = contact.winding;
    met.boundary = contact.meets;
    m_cut_needed = m_cut_needed || (contact.meets && measured_from(streamed, entry.feature));
}

/// The features that cover the block; those without boundary near it have been met nowhere else.
void CellStream::meet_covers(std::uint32_t streamed, std::span<const CellIndex::Cover> covers) {
    for (const CellIndex::Cover& cover : covers) {
        if (m_place[cover.feature] == 0 && !(m_sides.self && cover.feature == streamed)) {
            meet(cover.feature).winding = cover.winding;
        }
    }
    for (const Met& met : m_met) {
        m_cut_needed = m_cut_needed || (!met.boundary && is_odd(met.winding) && measured_from(streamed, met.indexed));
    }
}

CellBox CellStream::box_in_cell(const CellLattice& lattice, std::int32_t row, std::int32_t column) const {
    const double x = lattice.line(column);
    const double y = lattice.line(row);
    return {m_box.min.x - x, m_box.max.x - x, m_box.min.y - y, m_box.max.y - y};
}

CellStream::Met& CellStream::meet(std::uint32_t indexed) {
    m_met.push_back({.indexed = indexed});
    m_place[indexed] = static_cast<std::uint32_t>(m_met.size());
    return m_met.back();
}

void CellStream::add_run(std::uint32_t streamed, std::span<const CellIndex::Cover> covers,
                         CellJoinResult::Chunk& chunk) {
    if (covers.empty() ||
        !is_wanted(m_options, to_square_micrometres(m_sides.streamed->areas_m2[streamed]), true, false)) {
        return;
    }
    const auto same = [](std::uint32_t feature, const CellIndex::Cover& cover) { return feature == cover.feature; };
    if (!chunk.runs.empty() && chunk.runs.back().end == streamed) {
        const auto& last = chunk.runs.back();
        const auto features = std::span(chunk.covers).subspan(last.cover_begin, last.cover_count);
        if (std::ranges::equal(features, covers, same)) {
            ++chunk.runs.back().end;
            return;
        }
    }
    chunk.runs.push_back({streamed, streamed + 1, static_cast<std::uint32_t>(chunk.covers.size()),
                          static_cast<std::uint32_t>(covers.size())});
    for (const CellIndex::Cover& cover : covers) {
        chunk.covers.push_back(cover.feature);
    }
}

void CellStream::measure(std::uint32_t streamed, const CellWindow& block) {
    m_feature = m_sides.streamed->feature(streamed);
    m_row_edges_ready = false;
    m_cutters[0].cut(m_feature, m_index.lattice(), block);
    add_cut(m_index, 0);
}

/// What the cutter of this depth has cut last.
void CellStream::add_cut(const CellIndex& index, std::size_t depth) {
    for (const CutCell& cell : m_cutters[depth].cells()) {
        if (depth == 0) {
            m_base_row = cell.row;
        }
        add_cell(index, cell, depth);
    }
    for (const CellRun& run : m_cutters[depth].runs()) {
        add_cells(index, run);
    }
}

/// A cell with boundary of the streamed feature.
void CellStream::add_cell(const CellIndex& index, const CutCell& cell, std::size_t depth) {
    const CellIndex::Segment& segment = *index.locate(cell.row, cell.column);
    if (segment.finer != 0) {
        add_finer(index.finer(segment), depth + 1);
    } else {
        add_entries(index, segment, cell, m_cutters[depth].view(cell));
    }
    for (const CellIndex::Cover& cover : index.covers(segment)) {
        if (m_place[cover.feature] != 0) {
            add_area(cover.feature, cover.winding * to_square_micrometres(cell.area_m2));
        }
    }
}

void CellStream::add_entries(const CellIndex& index, const CellIndex::Segment& segment, const CutCell& cell,
                             const CellView& streamed) {
    const double side = index.lattice().side();
    const CellBox box = box_in_cell(index.lattice(), cell.row, cell.column);
    for (const CellIndex::Entry& entry : index.entries(segment)) {
        if (m_place[entry.feature] == 0) {
            continue;
        }
        const CellBlockView indexed = index.view(entry);
        const CellContact contact = contact_in_cell(indexed, box, side);
        const double area =
            contact.meets ? common_area_in_cell(streamed, indexed, side) : contact.winding * cell.area_m2;
        add_area(entry.feature, to_square_micrometres(area));
    }
}

/// A split cell: the streamed feature is cut again, into the finer cells.
void CellStream::add_finer(const CellIndex& finer, std::size_t depth) {
    const CellWindow window = common_window(finer.lattice().window_of(m_box), finer.window());
    if (window.empty()) {
        return;
    }
    if (!m_row_edges_ready) {
        gather_row_edges();
    }
    if (m_cutters.size() <= depth) {
        m_cutters.resize(depth + 1);
    }
    m_cutters[depth].cut_edges(m_row_edges.of_row(m_base_row), finer.lattice(), window);
    add_cut(finer, depth);
}

/// The edges of the streamed feature by the rows of the coarsest lattice: a long outline is not looked through again
/// for every split cell.
void CellStream::gather_row_edges() {
    m_edges.clear();
    CellCutter::append_edges(m_feature, m_edges);
    const CellWindow block = common_window(m_index.lattice().window_of(m_box), m_index.window());
    m_row_edges.rows.resize(static_cast<std::size_t>(block.rows()));
    std::iota(m_row_edges.rows.begin(), m_row_edges.rows.end(), block.row_begin);
    m_row_edges.fill(m_edges, m_index.lattice());
    m_row_edges_ready = true;
}

/// Cells that the streamed feature covers.
void CellStream::add_cells(const CellIndex& index, const CellRun& run) {
    const double side = index.lattice().side();
    const SquareMicrometres cell_area = to_square_micrometres(side * side);
    const CellIndex::Segment* segment = index.locate(run.row, run.column_begin);
    do {
        for (const CellIndex::Entry& entry : index.entries(*segment)) {
            if (m_place[entry.feature] != 0) {
                add_area(entry.feature, run.winding * to_square_micrometres(entry.area_m2));
            }
        }
        const std::int32_t begin = std::max(segment->column, run.column_begin);
        const std::int32_t end = std::min(segment[1].column, run.column_end);
        for (const CellIndex::Cover& cover : index.covers(*segment)) {
            if (m_place[cover.feature] != 0) {
                add_area(cover.feature, SquareMicrometres{run.winding} * cover.winding * (end - begin) * cell_area);
            }
        }
        ++segment;
    } while (segment->column < run.column_end);
}

void CellStream::add_area(std::uint32_t indexed, SquareMicrometres area) {
    m_met[m_place[indexed] - 1].area_um2 += area;
}

void CellStream::write(std::uint32_t streamed, CellJoinResult::Chunk& chunk) const {
    const std::size_t begin = chunk.pairs.size();
    for (const Met& met : m_met) {
        const bool inside = !met.boundary && met.winding == 1;
        if (!inside && !measured_from(streamed, met.indexed)) {
            continue;
        }
        const SquareMicrometres area =
            inside ? to_square_micrometres(m_sides.streamed->areas_m2[streamed]) : met.area_um2;
        if (is_wanted(m_options, area, inside, met.boundary || is_odd(met.winding))) {
            chunk.pairs.push_back(pair_of(streamed, met.indexed, area, inside));
        }
    }
    const bool left = m_sides.streamed_left;
    std::sort(chunk.pairs.begin() + static_cast<std::ptrdiff_t>(begin), chunk.pairs.end(),
              [left](const CellPair& a, const CellPair& b) { return left ? a.right < b.right : a.left < b.left; });
}

void CellStream::write_bands(std::uint32_t streamed, std::uint32_t bands, std::vector<BandPair>& band_pairs) const {
    for (const Met& met : m_met) {
        const bool inside = !met.boundary && met.winding == 1;
        band_pairs.push_back({.streamed = streamed,
                              .indexed = met.indexed,
                              .bands = bands,
                              .inside = inside,
                              .boundary = met.boundary || is_odd(met.winding),
                              .measured_here = measured_from(streamed, met.indexed),
                              .odd_winding = m_cutters[0].odd_winding() || odd(met.indexed),
                              .area_um2 = met.area_um2});
    }
}

CellPair CellStream::pair_of(std::uint32_t streamed, std::uint32_t indexed, SquareMicrometres area, bool inside) const {
    return {.left = m_sides.streamed_left ? streamed : indexed,
            .right = m_sides.streamed_left ? indexed : streamed,
            .all_inside = inside,
            .odd_winding = !inside && (m_cutters[0].odd_winding() || odd(indexed)),
            .area_um2 = area};
}

/// In a layer with itself: which of two features is streamed past the other. Decided by the boxes, so that the order of
/// the features cannot change the order of the additions.
bool CellStream::measured_from(std::uint32_t streamed, std::uint32_t indexed) const {
    if (!m_sides.self) {
        return true;
    }
    const auto a = corners_of(m_sides.streamed->boxes[streamed]);
    const auto b = corners_of(m_sides.indexed->boxes[indexed]);
    return a != b ? a < b : streamed < indexed;
}

bool CellStream::odd(std::uint32_t indexed) const {
    return std::ranges::binary_search(m_index.odd_features(), indexed);
}

std::uint32_t CellStream::bands_of(const geom::Box& box) const {
    if (m_bands.size() <= 2) {
        return 1;
    }
    const CellWindow rows = m_index.lattice().window_of(box);
    std::uint32_t count = 0;
    for (std::size_t band = 0; band + 1 < m_bands.size(); ++band) {
        count += rows.row_begin < m_bands[band + 1] && m_bands[band] < rows.row_end ? 1U : 0U;
    }
    return count;
}

}  // namespace ranh::algorithm
