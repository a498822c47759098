#pragma once

#include "spatial/base/date.hpp"

#include <optional>
#include <string_view>

namespace ranh::params {

/// Moments from `begin` to `end`, both inclusive; an open end is absent.
struct Interval {
    std::optional<Timestamp> begin;
    std::optional<Timestamp> end;
};

/// Parameter `datetime` (OGC 17-069r4, 7.15.4): an RFC 3339 date-time, a date (its whole day, UTC), or an interval
/// "a/b" whose ends may be ".." or empty. invalid_argument for anything else, and for an interval that ends before it
/// begins.
[[nodiscard]] Result<Interval> parse_datetime(std::string_view text);

}  // namespace ranh::params
