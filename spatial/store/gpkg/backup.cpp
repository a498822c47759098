#include "spatial/store/gpkg/backup.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/gpkg/tables.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace ranh::gpkg {
namespace {

namespace fs = std::filesystem;

void sync_to_disk(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int reason = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!synced) {
        throw Failure(ErrorKind::io, fmt::format("it cannot be brought to the disk: {}", std::strerror(reason)),
                      path.string());
    }
}

}  // namespace

void back_up(const fs::path& workspace, const fs::path& copy) {
    std::error_code error;
    if (!fs::exists(workspace, error)) {
        throw Failure(ErrorKind::not_found, "there is no such workspace; name another", workspace.string());
    }
    const Database source(workspace, OpenMode::existing, default_patience);
    check_workspace_tables(source);
    fs::path temporary = copy;
    temporary += ".part";
    fs::remove(temporary, error);
    try {
        source.copy_to(temporary);
        sync_to_disk(temporary);
        fs::rename(temporary, copy);
        sync_to_disk(fs::absolute(copy).parent_path());
    } catch (const fs::filesystem_error& failure) {
        fs::remove(temporary, error);
        throw Failure(ErrorKind::io, fmt::format("the copy cannot be put in its place: {}", failure.code().message()),
                      copy.string());
    } catch (...) {
        fs::remove(temporary, error);
        throw;
    }
}

}  // namespace ranh::gpkg
