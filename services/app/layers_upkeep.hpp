#pragma once

#include "services/app/command.hpp"

namespace ranh::app {

/// The words of `ranh layers` that look across versions: diff, rollback, gc.
void add_layer_upkeep(CLI::App& layers, Job& job);

}  // namespace ranh::app
