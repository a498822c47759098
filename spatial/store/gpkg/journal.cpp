#include "spatial/store/gpkg/journal.hpp"

#include "spatial/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sys/statfs.h>
#include <system_error>
#include <unistd.h>

namespace ranh::gpkg {
namespace {

namespace fs = std::filesystem;

struct FileSystem {
    std::uint32_t type;
    std::string_view name;
};

constexpr std::array<FileSystem, 19> network_file_systems{{{0x6969, "NFS"},
                                                           {0x517B, "SMB"},
                                                           {0xFF534D42, "CIFS"},
                                                           {0xFE534D42, "SMB2"},
                                                           {0x65735546, "FUSE"},
                                                           {0x01021997, "9P"},
                                                           {0x5346414F, "AFS"},
                                                           {0x6B414653, "AFS"},
                                                           {0x73757245, "Coda"},
                                                           {0x564C, "NCP"},
                                                           {0x00C36400, "Ceph"},
                                                           {0x01161970, "GFS2"},
                                                           {0x7461636F, "OCFS2"},
                                                           {0x0BD00BD0, "Lustre"},
                                                           {0x47504653, "GPFS"},
                                                           {0x786F4256, "VirtualBox"},
                                                           {0xBACBACBC, "VMware"},
                                                           {0x013111A8, "iBRIX"},
                                                           {0xAAD7AAEA, "PanFS"}}};

bool is_write_ahead(const Database& database) {
    Statement mode = database.prepare("PRAGMA journal_mode");
    return mode.step() && mode.text(0) == "wal";
}

/// Bytes 18 and 19 of the header (file format version for writing and reading) are 2 in write-ahead mode.
bool header_says_write_ahead(const fs::path& file) {
    constexpr std::streamoff version_offset = 18;
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(version_offset);
    return stream.get() == 2;
}

bool can_write_beside(const fs::path& file) {
    return ::access(file.c_str(), W_OK) == 0 && ::access(fs::absolute(file).parent_path().c_str(), W_OK) == 0;
}

/// In use, or the file system refuses the mode.
bool is_no_fault(const Failure& failure) { return failure.error().kind == ErrorKind::io; }

}  // namespace

std::string_view network_file_system(std::uint32_t type) {
    const auto* const found = std::find_if(network_file_systems.begin(), network_file_systems.end(),
                                           [&](const FileSystem& each) { return each.type == type; });
    return found == network_file_systems.end() ? std::string_view() : found->name;
}

std::string_view network_file_system_at(const fs::path& file) {
    struct statfs status = {};
    for (fs::path place = fs::absolute(file);; place = place.parent_path()) {
        if (::statfs(place.c_str(), &status) == 0) {
            return network_file_system(static_cast<std::uint32_t>(status.f_type));
        }
        if (place == place.parent_path()) {
            return {};
        }
    }
}

Journal journal_for(std::string_view network_file_system) {
    return network_file_system.empty() ? Journal::write_ahead : Journal::rollback;
}

std::string journal_caution(std::string_view network_file_system) {
    if (journal_for(network_file_system) == Journal::write_ahead) {
        return {};
    }
    return fmt::format(
        "không gian làm việc nằm trên {0}: đã dùng nhật ký khôi phục, người đọc phải chờ khi đang ghi; nên để tệp trên "
        "đĩa của máy / the workspace lies on {0}, which other machines may use at the same time: a write-ahead log is "
        "not safe there, so a rollback journal is used and readers wait while a change is written; a local disk, or "
        "PostgreSQL for many users, is better",
        network_file_system);
}

void take_journal(const Database& database, Journal journal) {
    if (is_write_ahead(database) == (journal == Journal::write_ahead)) {
        return;
    }
    // The change needs the file alone for a moment; who reads it just now is not waited for.
    const std::int64_t patience_ms = database.integer("PRAGMA busy_timeout");
    database.execute("PRAGMA busy_timeout = 200");
    try {
        database.execute(journal == Journal::write_ahead ? "PRAGMA journal_mode = WAL"
                                                         : "PRAGMA journal_mode = DELETE");
    } catch (const Failure& failure) {
        if (!is_no_fault(failure)) {
            throw;
        }
    }
    database.execute(fmt::format("PRAGMA busy_timeout = {}", patience_ms));
    if (journal == Journal::rollback && is_write_ahead(database)) {
        throw Failure(ErrorKind::conflict,
                      "the workspace lies on a file system that other machines may use, and another program has it "
                      "open with a write-ahead log, which is not safe there; close that program (QGIS, ranh serve) and "
                      "run the command again",
                      database.file());
    }
}

std::unique_ptr<Database> open_for_reading(const fs::path& file, std::chrono::milliseconds patience) {
    if (can_write_beside(file) || !header_says_write_ahead(file)) {
        return std::make_unique<Database>(file, OpenMode::existing, patience);
    }
    std::error_code error;
    const fs::path log = file.string() + "-wal";
    const auto bytes = fs::file_size(log, error);
    if (error || bytes == 0) {
        return std::make_unique<Database>(file, OpenMode::immutable, patience);
    }
    if (fs::exists(file.string() + "-shm", error)) {
        return std::make_unique<Database>(file, OpenMode::existing, patience);  // somebody who may write has it open
    }
    throw Failure(ErrorKind::io,
                  fmt::format("changes of a killed program wait in {}, and they cannot be taken in from here, where "
                              "nothing can be written; run `ranh layers -w FILE` once where file and folder can be "
                              "written",
                              log.string()),
                  file.string());
}

}  // namespace ranh::gpkg
