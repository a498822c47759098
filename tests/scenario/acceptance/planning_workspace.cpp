#include "tests/scenario/acceptance/planning_workspace.hpp"

#include "tests/support/wkt.hpp"

namespace ranh::test {
namespace {

ProgramEnd import_as_json(const SampleWorkspace& workspace, const std::string& layer) {
    auto words = import_words(layer, workspace.file());
    words.emplace_back("--json");
    return run_ranh(words);
}

}  // namespace

PlanningWorkspace::PlanningWorkspace()
    : bauxite_import(import_as_json(workspace, "bauxite")), titanium_import(import_as_json(workspace, "titanium")) {
    bauxite_report = json_of(bauxite_import.output);
    titanium_report = json_of(titanium_import.output);
    for (const std::string layer : {"bauxite", "titanium"}) {
        const std::string file = workspace.folder().file(layer + ".csv");
        const ProgramEnd end = workspace.run({"export", layer, "-o", file});
        if (end.exit_code != 0) {
            throw Failure(ErrorKind::internal, "export of " + layer + ": " + end.text());
        }
        for (const auto& row : read_csv(file).rows) {
            m_exported[row.at("fid")] = row;
        }
    }
}

geom::Geometry PlanningWorkspace::geometry(const std::string& area) const {
    return from_wkt(m_exported.at(area).at("wkt"));
}

const PlanningWorkspace& planning() {
    static const PlanningWorkspace workspace;
    return workspace;
}

const std::vector<PrintedCorner>& printed_corners() {
    static const std::vector<PrintedCorner> corners = [] {
        std::vector<PrintedCorner> all;
        for (const std::string file : {"bauxite-corners.csv", "titanium-corners.csv"}) {
            for (const auto& row : read_csv(sample("lamdong/planning-areas/" + file)).rows) {
                all.push_back(
                    {row.at("area_id"), row.at("part"), row.at("point"), {number_in(row, "Y"), number_in(row, "X")}});
            }
        }
        return all;
    }();
    return corners;
}

const CsvTable& planning_table() {
    static const CsvTable table = read_csv(sample("lamdong/planning-areas/planning-areas.csv"));
    return table;
}

const codec::Json* find_pair(const codec::Json& overlaps, std::string_view left, std::string_view right) {
    for (const codec::Json& pair : array_of(overlaps, "overlaps")) {
        const std::string a = text_of(pair, "left_id");
        const std::string b = text_of(pair, "right_id");
        if ((a == left && b == right) || (a == right && b == left)) {
            return &pair;
        }
    }
    return nullptr;
}

}  // namespace ranh::test
