#include "tests/support/sample_layers.hpp"

#include "spatial/base/error.hpp"

#include <cstdlib>
#include <map>

namespace ranh::test {
namespace {

std::vector<std::string> planning_words(const std::string& corners, const std::string& title) {
    return {sample("lamdong/planning-areas/" + corners),
            "--kind",
            "plan_area",
            "--status",
            "draft",
            "--id",
            "area_id",
            "--attributes",
            sample("lamdong/planning-areas/planning-areas.csv"),
            "--key",
            "area_id",
            "--title",
            title};
}

std::vector<std::string> source_words(std::string_view layer) {
    if (layer == "communes") {
        return {sample("lamdong/communes/communes.fgb"), "--kind", "administrative", "--id", "code"};
    }
    if (layer == "power-plants") {
        return {sample("lamdong/power-plants/power-plants.geojson"), "--kind", "power_project"};
    }
    if (layer == "bauxite") {
        auto words = planning_words("bauxite-corners.csv", "Quy hoạch bô-xít (dự thảo, chưa ký)");
        words.insert(words.end(), {"--inner-ring", "ignore"});
        return words;
    }
    if (layer == "titanium") {
        return planning_words("titanium-corners.csv", "Quy hoạch titan (dự thảo, chưa ký)");
    }
    if (layer == "projects") {
        return {sample("lamdong/projects-illustrative/projects.gpkg"),
                sample("lamdong/projects-illustrative/projects-3405.gpkg"), "--kind", "project"};
    }
    if (layer == "parcels") {
        return {sample("lamdong/parcels-synthetic/parcels.fgb"), "--kind", "parcel"};
    }
    throw Failure(ErrorKind::not_found, "no sample layer " + std::string(layer));
}

}  // namespace

std::vector<std::string> import_words(std::string_view layer, const std::string& workspace) {
    std::vector<std::string> words = {"import"};
    for (std::string& word : source_words(layer)) {
        words.push_back(std::move(word));
    }
    words.insert(words.end(), {"--layer", std::string(layer), "-w", workspace});
    return words;
}

SampleWorkspace::SampleWorkspace(const std::vector<std::string>& layers) : m_file(m_folder.file("samples.gpkg")) {
    for (const std::string& layer : layers) {
        const ProgramEnd end = run_ranh(import_words(layer, m_file));
        if (end.exit_code != 0 && end.exit_code != 1) {
            throw Failure(ErrorKind::internal, "import of " + layer + ": " + end.text());
        }
    }
}

ProgramEnd SampleWorkspace::run(std::vector<std::string> words, const ProgramOptions& options) const {
    words.insert(words.end(), {"-w", m_file});
    return run_ranh(std::move(words), options);
}

std::string SampleWorkspace::json(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const std::string command = words.front();
    const ProgramEnd end = run(std::move(words));
    if (end.exit_code != 0) {
        throw Failure(ErrorKind::internal, command + ": " + end.text());
    }
    return end.output;
}

std::size_t gdal_feature_count(const std::string& source, const std::string& layer,
                               const std::vector<std::string>& more_words) {
    std::vector<std::string> words = {"ogrinfo", "-ro", "-so"};
    words.insert(words.end(), more_words.begin(), more_words.end());
    words.push_back(source);
    words.push_back(layer.empty() ? "-al" : layer);
    const ProgramEnd end = run_program(words, {.limit = std::chrono::minutes(2), .environment = {{"NO_PROXY", "*"}}});
    if (end.exit_code != 0 || end.output.find("Feature Count: ") == std::string::npos) {
        throw Failure(ErrorKind::corrupt_input, "GDAL cannot read " + source + " " + layer + ": " + end.text());
    }
    std::size_t count = 0;
    constexpr std::string_view label = "Feature Count: ";
    for (std::size_t at = end.output.find(label); at != std::string::npos; at = end.output.find(label, at + 1)) {
        count += std::strtoul(end.output.c_str() + at + label.size(), nullptr, 10);
    }
    return count;
}

}  // namespace ranh::test
