#pragma once

#include "spatial/geom/geometry.hpp"
#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// A corner as printed, axes as in the results.
struct PrintedCorner {
    std::string area;
    std::string part;
    std::string label;
    geom::Point place;  ///< x = column Y, y = column X: easting and northing but for Quảng Sơn
};

/// The two corner tables imported as the demonstration does, once for all tests of this program, with what each import
/// said.
struct PlanningWorkspace {
    SampleWorkspace workspace{std::vector<std::string>{}};
    ProgramEnd bauxite_import;
    ProgramEnd titanium_import;
    codec::Json bauxite_report;
    codec::Json titanium_report;

    PlanningWorkspace();
    /// The areas of both layers as `export … -o .csv` gives them, by area id.
    [[nodiscard]] const std::map<std::string, std::map<std::string, std::string>>& exported() const {
        return m_exported;
    }
    /// Source coordinates of an area, from the export.
    [[nodiscard]] geom::Geometry geometry(const std::string& area) const;

private:
    std::map<std::string, std::map<std::string, std::string>> m_exported;
};

[[nodiscard]] const PlanningWorkspace& planning();

/// Rows of the two corner tables, read apart from the importers.
[[nodiscard]] const std::vector<PrintedCorner>& printed_corners();
/// Rows of planning-areas.csv.
[[nodiscard]] const CsvTable& planning_table();

/// One pair of `ranh overlaps LAYER LAYER --json`; null pointer when there is none.
[[nodiscard]] const codec::Json* find_pair(const codec::Json& overlaps, std::string_view left, std::string_view right);

}  // namespace ranh::test
