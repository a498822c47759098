#include "tests/scenario/import/import_support.hpp"

#include "importers/corners/corner_table.hpp"
#include "importers/vector/vector_reader.hpp"
#include "spatial/store/gpkg/gpkg_workspace.hpp"

#include <atomic>
#include <unistd.h>

namespace ranh::test {

std::filesystem::path sample_file(std::string_view name) {
    return std::filesystem::path(RANH_SOURCE_DIR) / "data-samples" / name;
}

ImportFolder::ImportFolder() {
    static std::atomic<int> counter{0};
    m_path = std::filesystem::temp_directory_path() /
             ("ranh-import-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1)));
    std::filesystem::create_directories(m_path);
}

ImportFolder::~ImportFolder() {
    std::error_code error;
    std::filesystem::remove_all(m_path, error);
}

const model::Feature& Imported::feature(const std::string& id) const { return features.at(id); }

model::Value Imported::value(const std::string& id, std::string_view field) const {
    return feature(id).values.at(report.schema.find(field).value());
}

std::string Imported::notes() const {
    std::string text;
    for (const auto& note : report.notes) {
        text += note + '\n';
    }
    return text;
}

Imported import_sources(std::vector<std::unique_ptr<pipeline::FeatureReader>> sources,
                        const pipeline::ImportOptions& options) {
    const ImportFolder folder;
    const auto workspace = gpkg::open_workspace(folder.file("w.gpkg"), gpkg::Access::read_write);
    const LayerId layer = LayerId::parse("layer").value();
    Imported imported;
    imported.report = pipeline::run_import(workspace.get(), layer, sources, options);
    workspace->read(layer, VersionNumber(1),
                    [&](model::Feature feature) { imported.features.emplace(feature.id.text(), std::move(feature)); });
    return imported;
}

namespace {

std::vector<pipeline::CommuneOutline> communes() {
    static const auto outlines = vector::read_communes(sample_file("lamdong/communes/communes.fgb"));
    return outlines;
}

}  // namespace

std::unique_ptr<pipeline::FeatureReader> open_corners(const std::filesystem::path& file,
                                                      pipeline::InnerRing inner_ring) {
    pipeline::ReadOptions options;
    options.inner_ring = inner_ring;
    options.known.communes = communes;
    return corners::open_corner_table(vector::open_table(file), pipeline::describe_file(file), options);
}

Imported import_file(const std::filesystem::path& file, const pipeline::ImportOptions& options,
                     pipeline::InnerRing inner_ring) {
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    sources.push_back(vector::is_table_file(file) ? open_corners(file, inner_ring) : vector::open_vector(file, {}));
    return import_sources(std::move(sources), options);
}

}  // namespace ranh::test
