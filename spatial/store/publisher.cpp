#include "spatial/store/publisher.hpp"

#include "spatial/store/record_json.hpp"
#include "spatial/store/snapshot_loader.hpp"
#include "spatial/store/snapshot_manifest.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <unistd.h>

namespace ranh::store {
namespace {

namespace fs = std::filesystem;
using snapshot::PackedImage;
using snapshot::PackedLayer;

/// Packing more than this takes long enough that a person should be told what goes on.
constexpr std::int64_t many_features = 200'000;

/// A name for a file of this program alone in the folder for temporary files; empty where there is none.
fs::path temporary_file() {
    std::error_code error;
    const fs::path folder = fs::temp_directory_path(error);
    std::string name = (folder / "ranh-XXXXXX.packed").string();
    constexpr int ending = 7;  // ".packed"
    const int descriptor = error ? -1 : ::mkstemps(name.data(), ending);
    if (descriptor < 0) {
        return {};
    }
    ::close(descriptor);
    return name;
}

}  // namespace

Publisher::Publisher(const Workspace& workspace, Note note)
    : m_workspace(workspace),
      m_plane(workspace.working_plane_centre()),
      m_folder(workspace.snapshot_folder()),
      m_note(std::move(note)) {}

void Publisher::tell(std::string_view sentence) const {
    if (m_note) {
        m_note(sentence);
    }
}

fs::path Publisher::file_of(const model::LayerVersion& version) const {
    return m_folder / (version.content_hash.hex() + ".packed");
}

Result<std::shared_ptr<const PackedLayer>> Publisher::open(const fs::path& file,
                                                           const model::LayerVersion& version) const {
    auto image = PackedImage::open(file);
    return image.ok() ? PackedLayer::open(std::move(image).value(), version, m_plane)
                      : Result<std::shared_ptr<const PackedLayer>>(image.error());
}

std::shared_ptr<const PackedLayer> Publisher::layer(const model::LayerVersion& version) const {
    const fs::path file = file_of(version);
    auto packed = open(file, version);
    if (packed.ok()) {
        return std::move(packed).value();
    }
    if (packed.error().kind != ErrorKind::io) {
        tell(fmt::format("{} is made anew from the workspace: {}", version.name(), packed.error().text()));
    }
    try {
        return pack_into_folder(version);
    } catch (const Failure& failure) {
        if (failure.error().kind != ErrorKind::io) {
            throw;
        }
        tell(fmt::format("{} is packed for this command alone, which takes time at every command: {}", version.name(),
                         failure.error().text()));
    }
    return pack_elsewhere(version);
}

std::shared_ptr<const PackedLayer> Publisher::pack_into_folder(const model::LayerVersion& version) const {
    const SnapshotLock lock(m_folder);
    auto packed = pack_where_missing(version);
    SnapshotManifest manifest = read_manifest(m_folder);
    const SnapshotManifest before = manifest;
    manifest.centre = m_plane.centre();
    manifest.files[version.name()] = file_of(version).filename().string();
    if (manifest != before) {
        write_manifest(m_folder, manifest);
    }
    return packed;
}

std::shared_ptr<const PackedLayer> Publisher::pack_where_missing(const model::LayerVersion& version) const {
    auto packed = open(file_of(version), version);
    if (!packed.ok()) {
        write_packed(file_of(version), version);
        packed = open(file_of(version), version);
    }
    return std::move(packed).value();
}

std::shared_ptr<const PackedLayer> Publisher::pack_elsewhere(const model::LayerVersion& version) const {
    const fs::path file = temporary_file();
    if (file.empty()) {
        return pack_layer(m_workspace, version);
    }
    std::error_code error;
    try {
        write_packed(file, version);
        auto packed = open(file, version);
        fs::remove(file, error);  // the mapping holds it
        return std::move(packed).value();
    } catch (...) {
        fs::remove(file, error);
        throw;
    }
}

void Publisher::write_packed(const fs::path& file, const model::LayerVersion& version) const {
    if (version.feature_count > many_features) {
        tell(fmt::format("{} is being packed ({} features); this is done once for each version", version.name(),
                         version.feature_count));
    }
    snapshot::PackedLayerBuilder builder(version, m_plane);
    m_workspace.read(version.layer, version.number, [&](model::Feature feature) { builder.add(std::move(feature)); });
    builder.write(file, to_json_text(version));
}

void Publisher::bring_up_to_date() const {
    try {
        const SnapshotLock lock(m_folder);
        SnapshotManifest wanted{m_plane.centre(), {}};
        for (const model::LayerVersion& version :
             standing_versions(m_workspace.versions(), Date::today(), Timestamp::now())) {
            static_cast<void>(pack_where_missing(version));
            wanted.files.emplace(version.name(), file_of(version).filename().string());
        }
        if (read_manifest(m_folder) != wanted) {
            write_manifest(m_folder, wanted);
        }
        remove_unnamed(m_folder, wanted);
    } catch (const Failure& failure) {
        tell(fmt::format("the change is saved, but not yet packed; the next command tries again: {}",
                         failure.error().text()));
    }
}

Result<std::shared_ptr<const PackedLayer>> open_packed_file(const fs::path& file) {
    auto image = PackedImage::open(file);
    if (!image.ok()) {
        return image.error();
    }
    auto version = parse_layer_version(image.value()->record());
    if (!version.ok()) {
        return Error{version.error().kind,
                     fmt::format("the layer version in the packed file cannot be read: {}", version.error().sentence),
                     file.string()};
    }
    const crs::WorkingPlane plane(image.value()->centre());
    return PackedLayer::open(std::move(image).value(), std::move(version).value(), plane);
}

}  // namespace ranh::store
