#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ranh::vector {

/// What a file holds and its driver did not deliver, or may not have.
struct ReadShortfall {
    std::string place;     ///< "elements of type 17 (text)", "bytes 2059132 to 2176000"
    std::string sentence;  ///< how many, where the first one is, what to do
    bool is_loss = true;   ///< geometry is missing: it goes to quarantine; else a note
};

/// A feature as the driver delivered it.
struct Delivered {
    std::int64_t number = 0;  ///< DGN: of its element
    std::string handle;       ///< DXF: of its entity; empty without one
};

/// Holds what a file says it has against what its driver delivers.
///
/// DGN V7     own walk over the element headers: types, numbers, end mark, bytes behind it (walk_dgn).
/// DXF        own reading of the group codes: entities by type and handle, end of the file.
/// Shapefile  records of .shx and .dbf by their headers and sizes, deleted ones counted; the length that .shp states.
/// Others     the number of records the format states, where it does.
///
/// Cost    the drawing, or the headers of a Shapefile and one byte per row of its .dbf, are read once more.
/// Errors  Failure io when a file cannot be read.
class ReadCheck {
public:
    /// `format`: GDAL's name of the driver. `files`: of the source, main file first. `stated`: records by the driver's
    /// word, without counting them.
    ReadCheck(const std::string& format, const std::vector<std::filesystem::path>& files,
              std::optional<std::int64_t> stated);
    ~ReadCheck();
    ReadCheck(const ReadCheck&) = delete;
    ReadCheck& operator=(const ReadCheck&) = delete;

    /// The reading begins anew.
    void restart();
    void delivered(const Delivered& feature);
    /// Why a feature that was delivered is none, or nothing: members of shared cells stand where they were defined.
    [[nodiscard]] std::optional<std::string> why_no_feature(const Delivered& feature) const;
    /// After the last feature.
    [[nodiscard]] std::vector<ReadShortfall> shortfalls() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace ranh::vector
