#pragma once

#include "spatial/engine/engine.hpp"

#include <fstream>
#include <string>
#include <string_view>

namespace ranh::app {

/// invalid_argument listing the endings when pairs cannot be written to such a file.
[[nodiscard]] Result<bool> check_overlaps_file(const std::string& file);
/// The form holds geometry (not CSV).
[[nodiscard]] bool needs_geometry(const std::string& file);
/// Pairs by the file's ending: .csv, .json, .geojson (WGS 84), .gpkg and .fgb (`system`). Written under a temporary
/// name and renamed.
void write_overlaps(const std::string& file, const engine::OverlapAnswer& answer, const crs::Crs& system);
/// Tells on standard error how many features a format without empty geometry could not take.
void note_left_out(const std::string& file, std::size_t left_out);
/// A file written piece by piece under a temporary name beside it; it takes its name with commit(), and leaves nothing
/// without.
///
/// Errors  Failure io naming the file when it cannot be made or has no room.
class WholeFile {
public:
    explicit WholeFile(std::string file);
    ~WholeFile();
    WholeFile(const WholeFile&) = delete;
    WholeFile& operator=(const WholeFile&) = delete;

    void write(std::string_view text);
    void commit();

private:
    void check() const;

    std::string m_file;
    std::string m_temporary;
    std::ofstream m_stream;
    bool m_committed = false;
};
/// Text as a whole file.
void write_text_file(const std::string& file, std::string_view text);

}  // namespace ranh::app
