#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::linework {

/// What the level of a text says it is.
enum class LabelRole { number, land_code, area };

/// A text of a drawing that belongs to a parcel.
struct LabelText {
    LabelRole role = LabelRole::number;
    std::string text;
};

/// What the texts inside one face say of the parcel.
struct ParcelLabel {
    std::vector<std::string> numbers;     ///< "123", "659a"; different ones, in their order
    std::vector<std::string> land_codes;  ///< "ODT", "ONT+CLN"; different ones, in their order
    std::vector<double> areas_m2;         ///< different ones, in their order
    /// Texts that are none of these, by their place in what was read; they may name a person and are not repeated.
    std::vector<std::size_t> unread;
    [[nodiscard]] bool empty() const { return numbers.empty() && land_codes.empty() && areas_m2.empty(); }
};

/// Reads the texts of one face, in reading order (from the top, then from the left).
///
/// Forms    one value a text, as the role of its level says; or a label line, in one text or over several of them with
///          its strokes: number / land code / area, land code number / area, "1L654/119.3". In a label line a number
///          with decimals is an area, a whole one the parcel number, and after a stroke behind that an area.
/// Numbers  with decimal point or comma; "m2" and "m²" may follow.
[[nodiscard]] ParcelLabel read_label(const std::vector<LabelText>& texts);

/// The area on paper of a parcel of this size: of several the nearest, as domain practice has it.
[[nodiscard]] std::optional<double> nearest_area(const std::vector<double>& stated_m2, double computed_m2);

}  // namespace ranh::linework
