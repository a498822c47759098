#include "spatial/store/gpkg/rtree_load.hpp"

#include "spatial/index/hilbert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace ranh::gpkg {
namespace {

using geom::Box;

constexpr std::size_t boxes_at_a_time = 1'000'000;
constexpr std::size_t node_header_bytes = 4;
constexpr std::size_t cell_bytes = 24;  // a row or node number, four floats

/// A row or a node, and the box around it.
struct Cell {
    std::int64_t number = 0;
    Box box;
};

/// SQLite keeps coordinates as floats, lower ones rounded down and upper ones rounded up.
float rounded_down(double value) {
    const auto near = static_cast<float>(value);
    return static_cast<double>(near) > value ? std::nextafter(near, -std::numeric_limits<float>::infinity()) : near;
}

float rounded_up(double value) {
    const auto near = static_cast<float>(value);
    return static_cast<double>(near) < value ? std::nextafter(near, std::numeric_limits<float>::infinity()) : near;
}

template <typename Unsigned>
void append_big_endian(std::string& bytes, Unsigned value) {
    for (int shift = static_cast<int>(sizeof value - 1) * 8; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
    }
}

class Loader {
public:
    Loader(const Database& database, const std::string& table)
        : m_database(database),
          m_tree(fmt::format("rtree_{}_geom", table)),
          m_node_bytes(static_cast<std::size_t>(
              database.integer(fmt::format("SELECT length(data) FROM main.{} WHERE nodeno = 1", name("node"))))),
          m_cells_per_node((m_node_bytes - node_header_bytes) / cell_bytes),
          m_node(insert_into("node")),
          m_rowid(insert_into("rowid")),
          m_parent(insert_into("parent")) {}

    void run(Statement rows) {
        std::vector<Cell> cells;
        bool more = rows.step();
        while (more) {
            cells.clear();
            for (; more && cells.size() < boxes_at_a_time; more = rows.step()) {
                cells.push_back({rows.integer(0), {{rows.real(1), rows.real(2)}, {rows.real(3), rows.real(4)}}});
            }
            if (!more && m_leaves.empty() && cells.size() <= m_cells_per_node) {
                put_node(root, 0, cells);
                note_rows(std::vector<std::int64_t>(cells.size(), root), cells);
                return;
            }
            put_leaves(cells);
        }
        put_upper_levels();
    }

private:
    static constexpr std::int64_t root = 1;

    [[nodiscard]] std::string name(std::string_view part) const { return sql_name(fmt::format("{}_{}", m_tree, part)); }

    /// The table emptied, and a statement that fills it.
    [[nodiscard]] Statement insert_into(std::string_view part) const {
        m_database.execute(fmt::format("DELETE FROM main.{}", name(part)));
        return m_database.prepare(fmt::format("INSERT INTO main.{} VALUES(?1, ?2)", name(part)));
    }

    void put_leaves(const std::vector<Cell>& cells) {
        std::vector<Box> boxes;
        boxes.reserve(cells.size());
        for (const Cell& cell : cells) {
            boxes.push_back(cell.box);
        }
        const std::vector<std::uint32_t> codes = index::hilbert_codes(boxes);
        std::vector<std::uint32_t> order(cells.size());
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::pair(codes[i], i); });
        std::vector<std::int64_t> node_of(cells.size());
        std::vector<Cell> node;
        for (std::size_t first = 0; first < order.size(); first += m_cells_per_node) {
            const std::size_t end = std::min(order.size(), first + m_cells_per_node);
            node.clear();
            for (std::size_t k = first; k < end; ++k) {
                node.push_back(cells[order[k]]);
                node_of[order[k]] = m_next;
            }
            m_leaves.push_back({m_next, put_node(m_next, 0, node)});
            ++m_next;
        }
        note_rows(node_of, cells);
    }

    void put_upper_levels() {
        unsigned depth = 1;
        std::vector<Cell> below = std::move(m_leaves);
        for (; below.size() > m_cells_per_node; ++depth) {
            std::vector<Cell> here;
            for (std::size_t first = 0; first < below.size(); first += m_cells_per_node) {
                const std::span<const Cell> node =
                    std::span(below).subspan(first, std::min(m_cells_per_node, below.size() - first));
                here.push_back({m_next, put_inner_node(m_next, 0, node)});
                ++m_next;
            }
            below = std::move(here);
        }
        put_inner_node(root, below.empty() ? 0 : depth, below);
    }

    Box put_inner_node(std::int64_t number, unsigned depth, std::span<const Cell> cells) {
        for (const Cell& cell : cells) {
            m_parent.bind(1, cell.number).bind(2, number).run();
        }
        return put_node(number, depth, cells);
    }

    void note_rows(const std::vector<std::int64_t>& nodes, const std::vector<Cell>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            m_rowid.bind(1, cells[i].number).bind(2, nodes[i]).run();
        }
    }

    /// Writes a node and says what box is around it. Only the root says its depth.
    Box put_node(std::int64_t number, unsigned depth, std::span<const Cell> cells) {
        m_bytes.clear();
        append_big_endian(m_bytes, static_cast<std::uint16_t>(depth));
        append_big_endian(m_bytes, static_cast<std::uint16_t>(cells.size()));
        Box all = cells.empty() ? Box{} : cells.front().box;
        for (const Cell& cell : cells) {
            append_big_endian(m_bytes, static_cast<std::uint64_t>(cell.number));
            for (const float value : {rounded_down(cell.box.min.x), rounded_up(cell.box.max.x),
                                      rounded_down(cell.box.min.y), rounded_up(cell.box.max.y)}) {
                append_big_endian(m_bytes, std::bit_cast<std::uint32_t>(value));
            }
            all = geom::united(all, cell.box);
        }
        m_bytes.resize(m_node_bytes, '\0');
        m_node.bind(1, number).bind_blob(2, m_bytes).run();
        return all;
    }

    const Database& m_database;
    std::string m_tree;
    std::size_t m_node_bytes;
    std::size_t m_cells_per_node;
    Statement m_node;
    Statement m_rowid;
    Statement m_parent;
    std::int64_t m_next = root + 1;
    std::vector<Cell> m_leaves;
    std::string m_bytes;
};

}  // namespace

void load_rtree(const Database& database, const std::string& table, const std::string& rows) {
    Loader(database, table).run(database.prepare(rows));
}

}  // namespace ranh::gpkg
