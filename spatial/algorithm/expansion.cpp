#include "spatial/algorithm/expansion.hpp"

#include "spatial/base/assert.hpp"

namespace ranh::algorithm {
namespace {

struct Exact {
    double value;
    double error;
};

/// value + error = x + y (Knuth).
Exact two_sum(double x, double y) {
    const double value = x + y;
    const double y_part = value - x;
    const double x_part = value - y_part;
    return {value, (x - x_part) + (y - y_part)};
}

/// The upper 26 bits of x, and the rest (Dekker, Veltkamp).
Exact split(double x) {
    constexpr double splitter = 134217729.0;  // 2^27 + 1
    const double scaled = splitter * x;
    const double upper = scaled - (scaled - x);
    return {upper, x - upper};
}

/// value + error = x · y (Dekker).
Exact two_product(double x, double y) {
    const double value = x * y;
    const Exact a = split(x);
    const Exact b = split(y);
    const double rest = ((value - a.value * b.value) - a.error * b.value) - a.value * b.error;
    return {value, a.error * b.error - rest};
}

}  // namespace

void Expansion::add(double term) {
    std::size_t kept = 0;
    double carry = term;
    for (std::size_t i = 0; i < m_size; ++i) {
        const Exact sum = two_sum(carry, m_terms[i]);
        if (sum.error != 0.0) {
            m_terms[kept++] = sum.error;
        }
        carry = sum.value;
    }
    if (carry != 0.0) {
        RANH_ASSERT(kept < capacity);
        m_terms[kept++] = carry;
    }
    m_size = kept;
}

void Expansion::add_product(double x, double y) {
    const Exact product = two_product(x, y);
    add(product.error);
    add(product.value);
}

int Expansion::sign() const {
    if (m_size == 0) {
        return 0;
    }
    return m_terms[m_size - 1] > 0.0 ? 1 : -1;
}

int sign_of_determinant(const Expansion& a, const Expansion& b, const Expansion& c, const Expansion& d) {
    Expansion determinant;
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < d.size(); ++j) {
            determinant.add_product(a[i], d[j]);
        }
    }
    for (std::size_t i = 0; i < b.size(); ++i) {
        for (std::size_t j = 0; j < c.size(); ++j) {
            determinant.add_product(-b[i], c[j]);
        }
    }
    return determinant.sign();
}

}  // namespace ranh::algorithm
