#include "spatial/store/publisher.hpp"

#include "spatial/base/hand_over.hpp"
#include "spatial/store/feature_record.hpp"
#include "spatial/store/record_json.hpp"
#include "spatial/store/snapshot_loader.hpp"
#include "spatial/store/snapshot_manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <thread>
#include <unistd.h>
#include <utility>

namespace ranh::store {
namespace {

namespace fs = std::filesystem;
using snapshot::PackedImage;
using snapshot::PackedLayer;

/// Packing more than this takes long enough that a person should be told what goes on.
constexpr std::int64_t many_features = 200'000;

/// SQL statements are no place for hundreds of thousands of ids.
constexpr std::size_t ids_at_a_time = 512;

/// Lets the manifest name the files of a packed version.
void note_files(const PackedLayer& packed, SnapshotManifest& manifest) {
    const auto name_of = [](const PackedImage& image) { return fs::path(image.name()).filename().string(); };
    manifest.files[packed.version().name()] = name_of(packed.image());
    if (const auto& base = packed.image().base()) {
        manifest.bases[name_of(packed.image())] = name_of(*base);
    }
}

/// Reads the features of a version on a thread of its own, in their order, while the caller works on those before. The
/// caller leaves the workspace alone meanwhile.
void read_beside(const Workspace& workspace, const model::LayerVersion& version,
                 const std::function<void(model::Feature)>& visit) {
    constexpr std::size_t batches_ahead = 8;
    constexpr std::size_t features_per_batch = 256;
    constexpr std::size_t points_per_batch = 32'768;
    struct NobodyReads {};
    HandOver<std::vector<model::Feature>> batches(batches_ahead);
    const std::jthread reading([&] {
        std::vector<model::Feature> batch;
        std::size_t points = 0;
        const auto hand_over = [&] {
            points = 0;
            if (!batches.give(std::exchange(batch, {}))) {
                throw NobodyReads();
            }
        };
        try {
            workspace.read(version.layer, version.number, [&](model::Feature feature) {
                points += feature.geometry ? feature.geometry->points().size() : 0;
                batch.push_back(std::move(feature));
                if (batch.size() == features_per_batch || points >= points_per_batch) {
                    hand_over();
                }
            });
            hand_over();
            batches.end();
        } catch (const NobodyReads&) {
            batches.end();
        } catch (...) {
            batches.end(std::current_exception());
        }
    });
    try {
        while (auto batch = batches.take()) {
            std::ranges::for_each(*batch, [&](model::Feature& feature) { visit(std::move(feature)); });
        }
    } catch (...) {
        batches.stop();
        throw;
    }
}

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

Publisher::Publisher(const Workspace& workspace, Note note) : Publisher(workspace, std::move(note), DeltaLimits()) {}

Publisher::Publisher(const Workspace& workspace, Note note, DeltaLimits limits)
    : m_workspace(workspace),
      m_plane(workspace.working_plane_centre()),
      m_folder(workspace.snapshot_folder()),
      m_note(std::move(note)),
      m_limits(limits) {}

void Publisher::tell(std::string_view sentence) const {
    if (m_note) {
        m_note(sentence);
    }
}

fs::path Publisher::file_of(const model::LayerVersion& version, std::string_view ending) const {
    return m_folder / fmt::format("{}{}", version.content_hash.hex(), ending);
}

Result<Publisher::Packed> Publisher::open(const fs::path& file, const model::LayerVersion& version) const {
    auto image = open_packed_image(file);
    return image.ok() ? PackedLayer::open(std::move(image).value(), version, m_plane) : Result<Packed>(image.error());
}

Result<Publisher::Packed> Publisher::open(const model::LayerVersion& version) const {
    auto packed = open(file_of(version, whole_ending), version);
    const fs::path delta = file_of(version, delta_ending);
    std::error_code error;
    return packed.ok() || packed.error().kind != ErrorKind::io || !fs::exists(delta, error) ? packed
                                                                                            : open(delta, version);
}

Publisher::Packed Publisher::layer(const model::LayerVersion& version) const {
    auto packed = open(version);
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

Publisher::Packed Publisher::pack_into_folder(const model::LayerVersion& version) const {
    const SnapshotLock lock(m_folder);
    auto packed = pack_where_missing(version);
    SnapshotManifest manifest = read_manifest(m_folder);
    const SnapshotManifest before = manifest;
    manifest.centre = m_plane.centre();
    note_files(*packed, manifest);
    if (manifest != before) {
        write_manifest(m_folder, manifest);
    }
    return packed;
}

Publisher::Packed Publisher::pack_where_missing(const model::LayerVersion& version) const {
    auto packed = open(version);
    if (!packed.ok() && write_delta(file_of(version, delta_ending), version)) {
        packed = open(file_of(version, delta_ending), version);
    }
    if (!packed.ok()) {
        write_packed(file_of(version, whole_ending), version);
        packed = open(file_of(version, whole_ending), version);
    }
    return std::move(packed).value();
}

Publisher::Packed Publisher::pack_elsewhere(const model::LayerVersion& version) const {
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
    snapshot::PackedLayerBuilder builder(version, m_plane, file.parent_path());
    read_beside(m_workspace, version, [&](model::Feature feature) { builder.add(std::move(feature)); });
    builder.write(file, to_json_text(version));
}

Publisher::Packed Publisher::version_before(const model::LayerVersion& version) const {
    const std::vector<model::LayerVersion> versions = m_workspace.versions();
    Packed before;
    for (const model::LayerVersion& other : versions) {  // by number
        if (other.layer != version.layer || other.content_hash == version.content_hash) {
            continue;
        }
        auto packed = open(other);
        if (packed.ok() && snapshot::PackedDeltaBuilder::can_follow(*packed.value(), version) &&
            (before == nullptr || other.number < version.number)) {
            before = std::move(packed).value();
        }
    }
    return before;
}

bool Publisher::add_changes(const PackedLayer& before, const model::LayerVersion& version,
                            snapshot::PackedDeltaBuilder& delta) const {
    const model::LayerVersion& old = before.version();
    const std::vector<FeatureId> ids = m_workspace.unshared_ids(version.layer, old.number, version.number);
    const double most = m_limits.most_share * static_cast<double>(delta.base_size());
    if (static_cast<double>(ids.size()) > most) {
        return false;
    }
    DigestSum sum(old.content_hash);
    for (std::size_t begin = 0; begin < ids.size(); begin += ids_at_a_time) {
        const std::size_t end = std::min(ids.size(), begin + ids_at_a_time);
        const Selection some{.ids = std::vector<FeatureId>(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                                           ids.begin() + static_cast<std::ptrdiff_t>(end))};
        m_workspace.read_some(old.layer, old.number, some, [&](const model::Feature& feature) {
            sum.subtract(content_hash(feature));
            delta.remove(feature.id);
        });
        m_workspace.read_some(version.layer, version.number, some, [&](const model::Feature& feature) {
            sum.add(content_hash(feature));
            delta.add(feature);
        });
    }
    return sum.value() == version.content_hash && static_cast<double>(delta.changes()) <= most;
}

bool Publisher::write_delta(const fs::path& file, const model::LayerVersion& version) const {
    if (version.feature_count < static_cast<std::int64_t>(m_limits.least_features)) {
        return false;
    }
    const Packed before = version_before(version);
    if (before == nullptr) {
        return false;
    }
    snapshot::PackedDeltaBuilder delta(before, version);
    if (delta.base_size() < m_limits.least_features || !add_changes(*before, version, delta)) {
        return false;
    }
    try {
        delta.write(file, to_json_text(version));
    } catch (const Failure& failure) {
        if (failure.error().kind != ErrorKind::conflict) {
            throw;
        }
        return false;  // it has what its base cannot have: packed whole
    }
    return true;
}

void Publisher::bring_up_to_date() const {
    if (const std::string caution = m_workspace.caution(); !caution.empty()) {
        tell(caution);
    }
    try {
        const SnapshotLock lock(m_folder);
        SnapshotManifest wanted{m_plane.centre(), {}};
        for (const model::LayerVersion& version :
             standing_versions(m_workspace.versions(), Date::today(), Timestamp::now())) {
            note_files(*pack_where_missing(version), wanted);
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

Result<std::shared_ptr<const PackedImage>> open_packed_image(const fs::path& file) {
    if (file.extension() != delta_ending) {
        return PackedImage::open(file);
    }
    auto delta = PackedImage::open(file, snapshot::PackedKind::delta);
    if (!delta.ok()) {
        return delta.error();
    }
    try {
        const fs::path base =
            file.parent_path() / fmt::format("{}{}", delta.value()->delta_base().content_hash.hex(), whole_ending);
        auto whole = PackedImage::open(base);
        if (!whole.ok()) {
            return Error{
                ErrorKind::corrupt_input,
                fmt::format("the packed layer on which a delta stands cannot be used: {}", whole.error().text()),
                file.string()};
        }
        return PackedImage::joined(std::move(whole).value(), std::move(delta).value());
    } catch (const Failure& failure) {
        return failure.error();
    }
}

Result<std::shared_ptr<const PackedLayer>> open_packed_file(const fs::path& file) {
    auto image = open_packed_image(file);
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
