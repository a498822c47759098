#include "spatial/store/gpkg/backup.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/gpkg/journal.hpp"
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

/// The journal of a change that was not finished belongs to the file beside it and would be played into another.
void require_no_journal(const fs::path& workspace) {
    for (const char* ending : {"-journal", "-wal"}) {
        const fs::path journal = workspace.string() + ending;
        std::error_code error;
        if (fs::exists(journal, error)) {
            throw Failure(ErrorKind::conflict,
                          fmt::format("{} lies beside a workspace that cannot be read: another program has it open or "
                                      "was killed in it; close that program, or restore under another name with -w",
                                      journal.string()),
                          workspace.string());
        }
    }
}

/// False when the workspace cannot be read so far.
bool restore_in_place(const Database& backup, const fs::path& workspace) {
    try {
        const Database target(workspace, OpenMode::existing, default_patience);
        check_workspace_tables(target);
        target.execute("PRAGMA synchronous = EXTRA");
        backup.copy_into(target);
        target.checkpoint();
        return true;
    } catch (const Failure& failure) {
        if (failure.error().kind != ErrorKind::corrupt_input) {
            throw;
        }
        return false;
    }
}

}  // namespace

void restore(const fs::path& backup, const fs::path& target) {
    std::error_code error;
    if (fs::exists(target, error)) {
        const auto source = open_for_reading(backup, default_patience);
        check_workspace_tables(*source);
        if (restore_in_place(*source, target)) {
            return;
        }
        require_no_journal(target);
    }
    back_up(backup, target);
}

void back_up(const fs::path& workspace, const fs::path& copy) {
    std::error_code error;
    if (!fs::exists(workspace, error)) {
        throw Failure(ErrorKind::not_found, "there is no such workspace; name another", workspace.string());
    }
    const auto source = open_for_reading(workspace, default_patience);
    check_workspace_tables(*source);
    fs::path temporary = copy;
    temporary += ".part";
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) {  // of one that was killed
        fs::remove(temporary.string() + ending, error);
    }
    try {
        source->copy_to(temporary);
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
