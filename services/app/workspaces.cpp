#include "services/app/workspaces.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/postgis/postgis_workspace.hpp"

#include <filesystem>

namespace ranh::app {

std::unique_ptr<store::Workspace> open_workspace(const CommonOptions& options, store::Access access) {
    return open_workspace_at(options.workspace, options, access);
}

std::unique_ptr<store::Workspace> open_workspace_at(const std::string& place, const CommonOptions& options,
                                                    store::Access access, const crs::WorkingPlaneCentre& centre) {
    if (is_database(place)) {
        return postgis::open_workspace(postgis::parse_address(place).value(), access,
                                       {.centre = centre, .snapshot_root = options.snapshot_folder});
    }
    return gpkg::open_workspace(place, access, centre);
}

std::unique_ptr<store::Workspace> open_workspace_if_there(const CommonOptions& options) {
    if (!is_database(options.workspace) && !std::filesystem::exists(options.workspace)) {
        return nullptr;
    }
    try {
        return open_workspace(options, store::Access::read_only);
    } catch (const Failure& failure) {
        if (!is_database(options.workspace) || failure.error().kind != ErrorKind::not_found) {
            throw;
        }
        return nullptr;
    }
}

bool is_database(const std::string& place) { return postgis::is_address(place); }

std::string shown(const std::string& place) {
    return is_database(place) ? postgis::parse_address(place).value().name : place;
}

}  // namespace ranh::app
