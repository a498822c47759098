#pragma once

#include "spatial/base/progress.hpp"

#include <string>
#include <string_view>

namespace ranh::app {

/// Character classification by the C.UTF-8 locale; numbers stay with decimal points.
void use_utf8();

/// A line to standard output: results only.
void print(std::string_view line);
/// A line to standard error: notes and progress.
void note(std::string_view line);

/// A progress bar on standard error when that is a terminal; otherwise reports nothing.
[[nodiscard]] Progress progress_bar(std::string title);
/// Removes the bar again.
void end_progress();

/// Text padded with spaces to `width` columns, counting code points (accents are one column each in NFC).
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);
/// The same, flush right.
[[nodiscard]] std::string padded_left(std::string_view text, std::size_t width);

}  // namespace ranh::app
