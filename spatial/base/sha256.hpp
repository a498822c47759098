#pragma once

#include "spatial/base/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ranh {

/// A SHA-256 digest (FIPS 180-4).
struct Sha256 {
    std::array<std::uint8_t, 32> bytes{};
    /// 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string hex() const;
    /// From such digits; corrupt_input for anything else.
    [[nodiscard]] static Result<Sha256> parse(std::string_view hex);
    friend bool operator==(const Sha256&, const Sha256&) = default;
};

/// Digest of bytes fed piece by piece. For one thread.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(const Sha256Stream&) = delete;
    Sha256Stream& operator=(const Sha256Stream&) = delete;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);
    /// Ends the stream; call once.
    [[nodiscard]] Sha256 finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] Sha256 sha256(std::string_view bytes);

/// Sum of digests modulo 2^256 (big-endian): the order in which features are added does not matter, and one feature can
/// be taken out again. Used for the content hash of a layer version.
class DigestSum {
public:
    DigestSum() = default;
    /// Goes on from a sum of before.
    explicit DigestSum(const Sha256& sum) : m_sum(sum) {}
    void add(const Sha256& digest);
    void subtract(const Sha256& digest);
    [[nodiscard]] const Sha256& value() const { return m_sum; }

private:
    Sha256 m_sum{};
};

}  // namespace ranh
