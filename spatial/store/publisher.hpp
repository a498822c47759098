#pragma once

#include "spatial/snapshot/packed_layer.hpp"
#include "spatial/store/workspace.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace ranh::store {

/// The packed files of a workspace: `<content hash>.packed` per layer version, and `manifest.json` that names them. All
/// of it is derived: what is missing, stale, damaged or of another program is made anew from the workspace, which is
/// the truth, and a note says why.
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

    explicit Publisher(const Workspace& workspace, Note note = {});

    [[nodiscard]] const Workspace& workspace() const { return m_workspace; }
    /// One version, mapped from its file; packed first when there is no usable one.
    [[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> layer(const model::LayerVersion& version) const;
    /// Packs what stands now and is not packed yet, lets the manifest name the files of these versions alone, and
    /// removes all others. For the command that changed the workspace; a failure becomes a note, for what was changed
    /// is on the disk and the next command tries again.
    void bring_up_to_date() const;

private:
    [[nodiscard]] std::filesystem::path file_of(const model::LayerVersion& version) const;
    [[nodiscard]] Result<std::shared_ptr<const snapshot::PackedLayer>> open(const std::filesystem::path& file,
                                                                            const model::LayerVersion& version) const;
    [[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> pack_into_folder(
        const model::LayerVersion& version) const;
    /// Inside the lock.
    [[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> pack_where_missing(
        const model::LayerVersion& version) const;
    [[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> pack_elsewhere(const model::LayerVersion& version) const;
    void write_packed(const std::filesystem::path& file, const model::LayerVersion& version) const;
    void tell(std::string_view sentence) const;

    const Workspace& m_workspace;
    crs::WorkingPlane m_plane;
    std::filesystem::path m_folder;
    Note m_note;
};

/// The packed layer in a file by itself, with the version it was packed for; corrupt_input, conflict or io as
/// PackedImage::open. For those who have the file alone, not its workspace.
[[nodiscard]] Result<std::shared_ptr<const snapshot::PackedLayer>> open_packed_file(const std::filesystem::path& file);

}  // namespace ranh::store
