#pragma once

#include "services/app/options.hpp"
#include "spatial/store/workspace.hpp"

#include <memory>
#include <string>

namespace ranh::app {

/// The one place where backends are registered: "postgresql://…" is a schema of a database, anything else a GeoPackage.

/// The workspace that -w names.
[[nodiscard]] std::unique_ptr<store::Workspace> open_workspace(const CommonOptions& options, store::Access access);
/// Another one (--to); `centre` for a workspace that is made.
[[nodiscard]] std::unique_ptr<store::Workspace> open_workspace_at(const std::string& place,
                                                                  const CommonOptions& options, store::Access access,
                                                                  const crs::WorkingPlaneCentre& centre = {});
/// For reading; null when there is none.
[[nodiscard]] std::unique_ptr<store::Workspace> open_workspace_if_there(const CommonOptions& options);

/// It is a schema of a database, not a file.
[[nodiscard]] bool is_database(const std::string& place);
/// The place for people and records: without a password.
[[nodiscard]] std::string shown(const std::string& place);

}  // namespace ranh::app
