#pragma once

#include "spatial/base/progress.hpp"
#include "spatial/crs/crs.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::vector {

/// Texts one behind the other.
class TextColumn {
public:
    void add(std::string_view text) {
        m_text += text;
        m_ends.push_back(m_text.size());
    }
    void append(const TextColumn& other);
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    [[nodiscard]] std::string_view at(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : m_ends[i - 1];
        return std::string_view(m_text).substr(begin, m_ends[i] - begin);
    }

private:
    std::string m_text;
    std::vector<std::size_t> m_ends;
};

/// The areas of some consecutive features of a file, in the coordinates of the file.
struct PolygonBlock {
    std::size_t number = 0;  ///< blocks count from 0 in the order of the file
    /// The parts of all features, one feature after the other.
    geom::Geometry areas{geom::GeometryType::multi_polygon};
    std::vector<std::uint32_t> part_ends;  ///< of each feature in the parts of `areas`
    TextColumn ids;                        ///< of each feature
};

struct PolygonReadOptions {
    /// Instead of what the file declares. Default: what it declares.
    std::optional<crs::Crs> crs = {};
    /// What a person sets it by, for messages. Default: as `ranh import` calls it.
    std::string crs_option = "--crs";
    /// Text or number field that holds the ids. Default: empty, the feature number (FID) as GDAL gives it.
    std::string id_field = {};
    /// Threads; 0 means as many as the machine has. One of them reads, the others decode.
    unsigned threads = 0;
    const CancelToken* cancel = nullptr;
    Progress progress = {};
};

/// Reads nothing but the areas and the ids of a vector file, batch by batch in columns (Arrow, as GDAL gives it; a
/// FlatGeobuf file fastest), for work that needs neither records nor a workspace.
///
/// Layers    exactly one layer with geometry; of several invalid_argument names them.
/// Geometry  Polygon and MultiPolygon, x and y bit for bit; Z and M are left out, rings stay as they are. Points,
///           lines, curves and collections are left out and counted, as are features without geometry.
/// Tables    CSV and workbooks are unsupported here.
/// Text      of ids as the driver gives it; what is no UTF-8 is corrupt_input.
/// Crs       as open_vector() takes what a file declares; coordinates are never asked. Without a declared system, or
///           with one that cannot be named, invalid_argument with the remedy.
/// Cost      0.5 µs a feature of ten vertices for the thread that reads, as much for those that decode.
/// Errors    Failure naming file and feature: corrupt_input for bytes that are no geometry, for coordinates that are no
///           numbers or, in degrees, no longitude and latitude; not_found for an id field that is not there;
///           unsupported for one that is neither text nor number; cancelled.
class PolygonReader {
public:
    PolygonReader(const std::filesystem::path& file, const PolygonReadOptions& options);
    ~PolygonReader();
    PolygonReader(const PolygonReader&) = delete;
    PolygonReader& operator=(const PolygonReader&) = delete;

    /// File name for messages.
    [[nodiscard]] const std::string& name() const;
    [[nodiscard]] const crs::Crs& crs() const;
    /// That the option was obeyed against what the file declares; empty otherwise.
    [[nodiscard]] const std::string& crs_note() const;
    /// As the file states it, 0 when it does not.
    [[nodiscard]] std::size_t feature_count() const;

    /// Features that were left out, of one kind.
    struct LeftOut {
        std::string kind;  ///< "Point", "no geometry"
        std::uint64_t count = 0;
        std::int64_t first = 0;  ///< feature number of the first
    };
    /// Calls take() for every block, from several threads at once and in any order of numbers; once per object. What
    /// take() throws ends the reading; of several faults the first in the file is told. Returns what was left out, by
    /// kind.
    [[nodiscard]] std::vector<LeftOut> read(const std::function<void(PolygonBlock&&)>& take);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace ranh::vector
