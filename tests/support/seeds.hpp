#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace ranh::test {

/// Rounds of a random test: `reduced` as a rule, `full` when the environment variable RANH_FULL is 1.
[[nodiscard]] std::size_t rounds(std::size_t reduced, std::size_t full);

/// Seed of all random tests: the environment variable RANH_SEED, else a fixed number, so that a run can be repeated.
[[nodiscard]] std::uint64_t seed();

/// For SCOPED_TRACE: how to run the same numbers again.
[[nodiscard]] std::string seed_note();

/// Random numbers that are the same on every system (the standard leaves its distributions open).
class Random {
public:
    explicit Random(std::uint64_t start = seed()) : m_engine(start) {}

    /// Any of low, …, high.
    [[nodiscard]] int integer(int low, int high);
    /// From low up to but not including high.
    [[nodiscard]] double real(double low, double high);
    [[nodiscard]] bool chance(double share) { return real(0.0, 1.0) < share; }

private:
    std::mt19937_64 m_engine;
};

}  // namespace ranh::test
