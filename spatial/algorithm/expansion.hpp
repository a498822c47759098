#pragma once

#include <array>
#include <cstddef>

namespace ranh::algorithm {

/// A real number held exactly as a sum of doubles that do not overlap, smallest first (Shewchuk 1997, "Adaptive
/// precision floating-point arithmetic"). For the rare predicate that the error filter leaves open.
///
/// Exact while nothing overflows or underflows; must be compiled without contraction to fused multiply-add.
class Expansion {
public:
    /// Terms it can take: a determinant of differences of three doubles each needs 36.
    static constexpr std::size_t capacity = 40;

    void add(double term);
    void add_product(double x, double y);

    /// -1, 0 or +1: the sign of the sum.
    [[nodiscard]] int sign() const;

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] double operator[](std::size_t i) const { return m_terms[i]; }

private:
    std::array<double, capacity> m_terms{};
    std::size_t m_size = 0;
};

/// Sign of a·d − b·c for short expansions (each up to three terms).
[[nodiscard]] int sign_of_determinant(const Expansion& a, const Expansion& b, const Expansion& c, const Expansion& d);

}  // namespace ranh::algorithm
