#include "importers/vector/archive.hpp"

#include "importers/vector/gdal_support.hpp"
#include "importers/vector/zip_directory.hpp"
#include "spatial/base/error.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>

namespace ranh::vector {

namespace {

namespace fs = std::filesystem;

std::string lower_ending(const fs::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool is_source(const std::string& entry) {
    const bool folder = entry.ends_with('/');
    const std::string ending = lower_ending(folder ? entry.substr(0, entry.size() - 1) : entry);
    if (folder) {
        return ending == ".gdb";
    }
    constexpr std::array<std::string_view, 19> endings = {
        ".shp", ".gpkg", ".fgb", ".geojson", ".geojsonl", ".json", ".gml", ".kml", ".kmz", ".tab",
        ".mif", ".dxf",  ".dgn", ".csv",     ".tsv",      ".xlsx", ".ods", ".xls", ".xml"};
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

/// Throws for an entry that would be written outside the folder it is unpacked to.
void check_inside(const fs::path& entry, const std::string& name) {
    if (entry.is_absolute() || std::find(entry.begin(), entry.end(), "..") != entry.end()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the archive names '{}', outside itself; pack it again", entry.string()), name);
    }
}

struct FileCloser {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};

fs::path make_folder() {
    std::string pattern = (fs::temp_directory_path() / "ranh-archive-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw Failure(ErrorKind::io, "no temporary folder can be made to unpack the archive; check TMPDIR", pattern);
    }
    return pattern;
}

/// A size for people, never rounded to 0.
std::string size_text(std::uintmax_t bytes) {
    constexpr unsigned per_gib = 30;
    return bytes >> per_gib > 0 ? fmt::format("{} GiB", bytes >> per_gib) : fmt::format("{} bytes", bytes);
}

/// Throws unless a file can be made there.
void make_room_for(const fs::path& target, const std::string& entry, const std::string& name) {
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error || fs::is_directory(target, error)) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the name '{}' cannot be written here; unpack the archive yourself and import its "
                                  "files",
                                  entry),
                      name);
    }
}

/// Bytes written; `left` is what may still be, of `limit` in all.
std::uintmax_t unpack(const std::string& from, const fs::path& to, std::uintmax_t left, std::uintmax_t limit,
                      const std::string& name) {
    const std::unique_ptr<VSILFILE, FileCloser> input(VSIFOpenL(from.c_str(), "rb"));
    std::ofstream output(to, std::ios::binary);
    std::vector<char> buffer(std::size_t{1} << 20U);
    std::uintmax_t written = 0;
    std::size_t got = 0;
    while (input && (got = VSIFReadL(buffer.data(), 1, buffer.size(), input.get())) > 0) {
        written += got;
        if (written > left) {
            throw Failure(
                ErrorKind::limit_exceeded,
                fmt::format("the archive unpacks to more than {}; unpack it and import its files", size_text(limit)),
                name);
        }
        output.write(buffer.data(), static_cast<std::streamsize>(got));
    }
    VSIStatBufL status;
    const bool whole =
        input && VSIStatL(from.c_str(), &status) == 0 && static_cast<std::uintmax_t>(status.st_size) == written;
    if (!whole) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("'{}' cannot be unpacked (damaged, or locked with a password); unpack the archive "
                                  "yourself and import its files",
                                  to.filename().string()),
                      name);
    }
    if (!output.flush()) {
        throw Failure(ErrorKind::io, "the temporary folder cannot be written; make room or set TMPDIR", to.string());
    }
    return written;
}

/// Throws for names that lead outside, encrypted files, and a file that is the folder of another one. GDAL lists the
/// first cleaned and the last as a file alone.
void check_directory(const fs::path& file, const std::string& name) {
    const auto entries = detail::zip_directory(file);
    std::set<std::string> files;
    for (const auto& [entry, locked] : entries) {
        std::string path = entry;
        std::replace(path.begin(), path.end(), '\\', '/');
        check_inside(path, name);
        if (locked) {
            throw Failure(
                ErrorKind::corrupt_input,
                fmt::format("'{}' is locked with a password; unpack the archive yourself and import its files", entry),
                name);
        }
        files.insert(path);
    }
    for (const std::string& entry : files) {
        for (auto slash = entry.find('/'); slash != std::string::npos; slash = entry.find('/', slash + 1)) {
            const std::string folder = entry.substr(0, slash);
            if (files.contains(folder)) {
                throw Failure(ErrorKind::corrupt_input,
                              fmt::format("the archive has '{}' as a file and as a folder; pack it again", folder),
                              name);
            }
        }
    }
}

/// The folder of a FileGDB counts as one source, not its tables.
bool lies_in_a_source(const std::string& entry, const std::vector<std::string>& sources) {
    return std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
        return source.ends_with('/') && entry != source && entry.starts_with(source);
    });
}

}  // namespace

bool is_archive(const fs::path& file) {
    std::ifstream input(file, std::ios::binary);
    std::string head(4, '\0');
    input.read(head.data(), 4);
    return lower_ending(file) == ".zip" && input.gcount() == 4 && (head == "PK\x03\x04" || head == "PK\x05\x06");
}

UnpackedArchive::UnpackedArchive(const fs::path& file, const ArchiveLimits& limits) : m_name(file.filename().string()) {
    detail::register_drivers();
    const detail::GdalMessages messages;
    const std::string archive = "/vsizip/{" + fs::absolute(file).string() + "}";
    const CPLStringList entries(VSIReadDirRecursive(archive.c_str()));
    if (entries.empty() || entries.size() > limits.entries) {
        throw Failure(entries.empty() ? ErrorKind::corrupt_input : ErrorKind::limit_exceeded,
                      entries.empty()
                          ? std::string("the archive holds no file, or is damaged; pack or fetch it again")
                          : fmt::format("the archive holds {} files and folders, more than {}; unpack it and import "
                                        "its files",
                                        entries.size(), limits.entries),
                      m_name);
    }
    check_directory(file, m_name);
    for (int i = 0; i < entries.size(); ++i) {
        const std::string entry = entries[i];
        check_inside(entry, m_name);
        if (is_source(entry)) {
            m_sources.push_back(entry);
        }
    }
    std::sort(m_sources.begin(), m_sources.end());
    const auto all = m_sources;
    std::erase_if(m_sources, [&](const std::string& entry) { return lies_in_a_source(entry, all); });
    m_folder = make_folder();
    try {
        std::uintmax_t left = limits.bytes;
        for (int i = 0; i < entries.size(); ++i) {
            const std::string entry = entries[i];
            const fs::path target = m_folder / entry;
            if (!entry.ends_with('/')) {
                make_room_for(target, entry, m_name);
                left -= unpack(archive + "/" + entry, target, left, limits.bytes, m_name);
            }
        }
    } catch (...) {
        std::error_code error;
        fs::remove_all(m_folder, error);
        throw;
    }
}

UnpackedArchive::~UnpackedArchive() {
    std::error_code error;
    fs::remove_all(m_folder, error);
}

fs::path UnpackedArchive::source(const std::optional<std::string>& wanted) const {
    std::vector<std::string> found;
    std::copy_if(m_sources.begin(), m_sources.end(), std::back_inserter(found), [&](const std::string& source) {
        const std::string bare = source.ends_with('/') ? source.substr(0, source.size() - 1) : source;
        return !wanted || *wanted == bare || *wanted == fs::path(bare).filename();
    });
    if (found.size() == 1) {
        const std::string& only = found.front();
        return m_folder / (only.ends_with('/') ? only.substr(0, only.size() - 1) : only);
    }
    if (found.empty()) {
        throw Failure(ErrorKind::not_found,
                      wanted
                          ? fmt::format("the archive holds no '{}'; it holds: {}", *wanted, fmt::join(m_sources, ", "))
                          : std::string("the archive holds no file that can be read; pack GeoPackage, Shapefile, "
                                        "FileGDB or another of the formats, or unpack it first"),
                      m_name);
    }
    throw Failure(ErrorKind::invalid_argument,
                  fmt::format("the archive holds several sources; name one with --source-layer. They are: {}",
                              fmt::join(found, ", ")),
                  m_name);
}

}  // namespace ranh::vector
