#pragma once

#include "spatial/store/gpkg/sqlite.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace ranh::gpkg {

/// How changes of a workspace file are kept until they are whole.
enum class Journal {
    write_ahead,  ///< file-wal: readers go on, with the state before, while one writer works; needs shared memory
    rollback      ///< file-journal: readers wait while a change is written; works over a network
};

/// Name of a file system that several machines may use at a time, by the type statfs(2) gives (the numbers of
/// linux/magic.h and of the systems themselves); empty for all others. FUSE is taken for one, since it may be sshfs.
[[nodiscard]] std::string_view network_file_system(std::uint32_t type);
/// The same for the place of a file that need not be there yet.
[[nodiscard]] std::string_view network_file_system_at(const std::filesystem::path& file);

/// SQLite's write-ahead log lies in memory that processes of one machine share (sqlite.org/wal.html, "all processes
/// must be on the same host computer"): rollback on a file system of several machines.
[[nodiscard]] Journal journal_for(std::string_view network_file_system);
/// What a person who writes there should know; empty for write_ahead.
[[nodiscard]] std::string journal_caution(std::string_view network_file_system);

/// Turns the file to a journal. That a file in use by another program stays in write-ahead mode is a Failure conflict
/// for rollback; that it stays in rollback mode is none: the next writer tries again.
void take_journal(const Database& database, Journal journal);

/// Opens a file for reading. One in write-ahead mode that cannot be written, for want of rights or on a read-only
/// medium, is read as it stands (OpenMode::immutable), for its log needs a file beside it; io naming the remedy when
/// a log with changes lies there.
[[nodiscard]] std::unique_ptr<Database> open_for_reading(const std::filesystem::path& file,
                                                         std::chrono::milliseconds patience);

}  // namespace ranh::gpkg
