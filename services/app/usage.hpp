#pragma once

#include <CLI/App.hpp>

#include <string>

namespace ranh::app {

/// What a person is told about a command line that cannot be read, Vietnamese first: a word that is no command, or no
/// command at all, with the commands there are; what else is not expected, by name; any other fault in CLI11's words.
/// Ends with where help is found, and with a line break.
///
/// `program` has just failed to parse with `error`; the form of CLI::App::failure_message.
[[nodiscard]] std::string usage_text(const CLI::App* program, const CLI::Error& error);

}  // namespace ranh::app
