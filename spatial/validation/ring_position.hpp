#pragma once

#include "spatial/validation/clean_ring.hpp"
#include "spatial/validation/ring_contacts.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace ranh::validation {

enum class Position : std::uint8_t { inside, outside, on_boundary };

/// Where a point lies, counting crossings by the even-odd rule. Exact; O(n).
[[nodiscard]] Position locate(geom::Point p, const CleanRing& ring);

/// The ring turns counter-clockwise, decided at its westernmost corner. Exact. Precondition: a ring that does not meet
/// itself.
[[nodiscard]] bool turns_left(const CleanRing& ring);

/// Where one ring lies in respect of another that it does not cross; nothing where every corner of it lies on the other
/// ring and no meeting tells. `touches` are meetings of the two, in either order; `simple`: `other` does not meet
/// itself.
[[nodiscard]] std::optional<Position> position_of(const CleanRing& ring, std::uint32_t ring_place,
                                                  const CleanRing& other, std::span<const Meeting* const> touches,
                                                  bool simple);

}  // namespace ranh::validation
