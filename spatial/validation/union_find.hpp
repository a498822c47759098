#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace ranh::validation {

/// Sets of numbers that grow together (Tarjan's disjoint sets with path halving).
class UnionFind {
public:
    explicit UnionFind(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0); }

    [[nodiscard]] std::size_t find(std::size_t i) {
        while (m_parent[i] != i) {
            m_parent[i] = m_parent[m_parent[i]];
            i = m_parent[i];
        }
        return i;
    }
    /// False when both were in one set already.
    bool unite(std::size_t a, std::size_t b) {
        const std::size_t p = find(a);
        const std::size_t q = find(b);
        m_parent[p < q ? q : p] = p < q ? p : q;
        return p != q;
    }

private:
    std::vector<std::size_t> m_parent;
};

}  // namespace ranh::validation
