#pragma once

/// RANH_ASSERT(condition): the programmer broke a contract. Stops the process with file, line and condition in every
/// build type; the cost of a comparison is never worth a silent wrong result. Tests check that the asserts fire.
#define RANH_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::ranh::detail::assertion_failed(#condition, __FILE__, __LINE__))

namespace ranh::detail {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;
}  // namespace ranh::detail
