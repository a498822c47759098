#include "tests/support/seeds.hpp"

#include <cstdlib>
#include <string_view>

namespace ranh::test {
namespace {

constexpr std::uint64_t default_seed = 20260331;

}  // namespace

std::size_t rounds(std::size_t reduced, std::size_t full) {
    const char* value = std::getenv("RANH_FULL");
    return value != nullptr && std::string_view(value) == "1" ? full : reduced;
}

std::uint64_t seed() {
    const char* value = std::getenv("RANH_SEED");
    return value != nullptr ? std::strtoull(value, nullptr, 10) : default_seed;
}

std::string seed_note() { return "run again with RANH_SEED=" + std::to_string(seed()); }

int Random::integer(int low, int high) {
    const auto count = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<int>(m_engine() % count);
}

double Random::real(double low, double high) {
    constexpr double steps = 0x1p53;
    const double share = static_cast<double>(m_engine() >> 11U) / steps;
    return low + share * (high - low);
}

}  // namespace ranh::test
