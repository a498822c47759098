#pragma once

#include "spatial/snapshot/packed_delta.hpp"
#include "spatial/store/workspace.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace ranh::store {

/// The packed files of a workspace: `<content hash>.packed` per layer version, and `manifest.json` that names them. A
/// version that changes few features of one that is packed becomes `<content hash>.delta`, read together with the
/// `.packed` file it stands on; so publishing a change costs for the change. All of it is derived: what is missing,
/// stale, damaged or of another program is made anew from the workspace, which is the truth, and a note says why.
///
/// A file is written under a temporary name, synced and renamed, then the manifest likewise, all under a lock on the
/// file `lock` of the folder; so a crash leaves the old or the new state, readers never wait, and two programs never
/// pack the same version twice. Where the folder cannot be written, a version is packed into a temporary file that is
/// gone with the program, with a note.
///
/// Threads   as the workspace: one object for one thread.
/// Lifetime  the workspace outlives it.
class Publisher {
public:
    /// Told, in a sentence, what a person should know. Default: nobody is told.
    using Note = std::function<void(std::string_view)>;

    /// When a version becomes a delta instead of a file of its own.
    struct DeltaLimits {
        std::size_t least_features = 10'000;  ///< of the base; smaller layers are packed whole in no time
        double most_share = 0.1;  ///< of the base: features that the delta holds and takes out; above it all is packed
    };

    explicit Publisher(const Workspace& workspace, Note note = {});
    Publisher(const Workspace& workspace, Note note, DeltaLimits limits);

    [[nodiscard]] const Workspace& workspace() const { return m_workspace; }
    /// One version, mapped from its file; packed first when there is no usable one.
    [[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> layer(const model::LayerVersion& version) const;
    /// Packs what stands now and is not packed yet, lets the manifest name the files of these versions alone, and
    /// removes all others. For the command that changed the workspace; a failure becomes a note, for what was changed
    /// is on the disk and the next command tries again. Workspace::caution() becomes a note, too.
    void bring_up_to_date() const;

private:
    using Packed = std::shared_ptr<const snapshot::PackedLayer>;

    [[nodiscard]] std::filesystem::path file_of(const model::LayerVersion& version, std::string_view ending) const;
    [[nodiscard]] Result<Packed> open(const std::filesystem::path& file, const model::LayerVersion& version) const;
    /// From its own file or from its delta; io when neither is there.
    [[nodiscard]] Result<Packed> open(const model::LayerVersion& version) const;
    [[nodiscard]] Packed pack_into_folder(const model::LayerVersion& version) const;
    /// Inside the lock.
    [[nodiscard]] Packed pack_where_missing(const model::LayerVersion& version) const;
    [[nodiscard]] Packed pack_elsewhere(const model::LayerVersion& version) const;
    void write_packed(const std::filesystem::path& file, const model::LayerVersion& version) const;
    /// Says no where no packed version is near enough.
    [[nodiscard]] bool write_delta(const std::filesystem::path& file, const model::LayerVersion& version) const;
    /// A packed version of the layer that a delta can start from; null when there is none.
    [[nodiscard]] Packed version_before(const model::LayerVersion& version) const;
    /// Says no when there are too many changes, or when they do not lead to the content of the version.
    [[nodiscard]] bool add_changes(const snapshot::PackedLayer& before, const model::LayerVersion& version,
                                   snapshot::PackedDeltaBuilder& delta) const;
    void tell(std::string_view sentence) const;

    const Workspace& m_workspace;
    crs::WorkingPlane m_plane;
    std::filesystem::path m_folder;
    Note m_note;
    DeltaLimits m_limits;
};

/// The bytes of a packed file; of a delta those of the file beside it on which it stands too. Errors as
/// PackedImage::open and PackedImage::joined.
[[nodiscard]] Result<std::shared_ptr<const snapshot::PackedImage>> open_packed_image(const std::filesystem::path& file);

/// The packed layer in a file, with the version it was packed for; corrupt_input, conflict or io as
/// open_packed_image(). For those who have the file alone, not its workspace.
[[nodiscard]] Result<std::shared_ptr<const snapshot::PackedLayer>> open_packed_file(const std::filesystem::path& file);

}  // namespace ranh::store
