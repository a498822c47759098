#pragma once

#include <compare>

namespace ranh {

/// A length in metres. Explicit in and out, so that lengths, areas and angles never mix.
class Metres {
public:
    constexpr Metres() = default;
    constexpr explicit Metres(double value) : m_value(value) {}
    [[nodiscard]] constexpr double value() const { return m_value; }
    friend constexpr auto operator<=>(Metres, Metres) = default;

private:
    double m_value = 0.0;
};

/// An area in square metres.
class SquareMetres {
public:
    constexpr SquareMetres() = default;
    constexpr explicit SquareMetres(double value) : m_value(value) {}
    [[nodiscard]] constexpr double value() const { return m_value; }
    friend constexpr auto operator<=>(SquareMetres, SquareMetres) = default;

private:
    double m_value = 0.0;
};

/// An angle in degrees of arc.
class Degrees {
public:
    constexpr Degrees() = default;
    constexpr explicit Degrees(double value) : m_value(value) {}
    [[nodiscard]] constexpr double value() const { return m_value; }
    friend constexpr auto operator<=>(Degrees, Degrees) = default;

private:
    double m_value = 0.0;
};

}  // namespace ranh
