#pragma once

#include "spatial/base/date.hpp"

#include <cstdint>
#include <string_view>

namespace ranh::validation {

/// What a code of land use is on a day.
enum class LandCodeState : std::uint8_t {
    in_force,
    group,      ///< of a group of codes, which no parcel has
    not_yet,    ///< in force only later
    no_longer,  ///< of a list that ended before
    unknown,
};

/// The last day of the codes of Circular 27/2018/TT-BTNMT.
[[nodiscard]] Date last_day_of_old_land_codes();

/// One code, in capitals as on the map ("ONT"); of a combined one each part is asked for.
/// Source  codes of Circular 08/2024/TT-BTNMT, group codes of the Land Law 2024 Art. 9, old ones of Circular
///         27/2018/TT-BTNMT and of old sheets. Only for CNT the first day is known; the others count as in force
///         always.
[[nodiscard]] LandCodeState land_code_state(std::string_view code, Date day);

}  // namespace ranh::validation
