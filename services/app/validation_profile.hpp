#pragma once

#include "spatial/validation/profile.hpp"

#include <string>
#include <string_view>

namespace ranh::app {

/// A profile as people write it:
///
///     name: town sheets                  # in reports; default: the name of the file
///     rules:                             # what is not named stays as the rule table has it
///       self_touch: warning              # error | warning | info: this severity
///       short_edge: off                  # off: not checked; on: the severity of the table
///     parameters:
///       least_edge_m: 0.05               # a number within the limits of the parameter
///
/// corrupt_input naming file, line, the value and the names there are for text that is not YAML, an unknown key, rule,
/// severity or parameter, one named twice, or a number outside of its limits. `validation_profile.schema.json` says the
/// same.
[[nodiscard]] Result<validation::Profile> parse_profile(std::string_view yaml, std::string_view name);

/// The same of a file; io when it cannot be read.
[[nodiscard]] Result<validation::Profile> read_profile_file(const std::string& file);

}  // namespace ranh::app
