#pragma once

#include "spatial/crs/working_plane.hpp"
#include "spatial/model/layer.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ranh::store {

enum class Access { read_only, read_write };
enum class Publication { publish, hold };

/// Some features of a version; what is absent restricts nothing.
struct Selection {
    /// A field and what model::to_text() makes of its value.
    struct FieldText {
        std::string field;
        std::string text;
    };
    std::optional<std::vector<FeatureId>> ids = {};
    std::optional<FieldText> field = {};
    /// Per source system the box, in its coordinates, that the box of a geometry meets; features of other systems and
    /// those without geometry are left out.
    std::optional<std::map<crs::Crs, geom::Box>> boxes = {};
};

/// A layer version being written: append features, then commit, or nothing happened.
///
/// Versions share the rows of features that are the same in both (row versions, not copies). The new version is either
/// given whole, or as a change of a version before: then the features of that base stay, except those that are removed,
/// and an appended feature comes in the place of that of its id. A feature that is removed and appended is replaced.
/// Either way gives the same version: the content hash is a sum over the features, so that of a change is that of the
/// whole.
///
/// Nothing is visible to anyone before commit() returns; destroying the writer without commit() leaves the workspace as
/// it was, and so does the death of the process at any point.
///
/// Threads  any one at a time, also another than that which uses the workspace.
class LayerWriter {
public:
    virtual ~LayerWriter() = default;
    /// Ids must already be unique (see pipeline::UniqueIds); conflict naming the id otherwise, here or at the commit.
    /// The values must agree with the schema given to Workspace::write_version.
    virtual void append(const model::Feature& feature) = 0;
    /// Takes a feature out, if the base has it; invalid_argument where the version is given whole.
    virtual void remove(const FeatureId& id) = 0;
    virtual void quarantine(const model::QuarantineRecord& record) = 0;
    /// Makes the version part of the workspace in one transaction and returns it. `provenance` replaces the one given
    /// at the start (its counts are known only now). conflict when it is a change and another version of the layer was
    /// published since the writer was opened.
    virtual model::LayerVersion commit(const model::Provenance& provenance) = 0;
};

/// What collecting garbage dropped.
struct Freed {
    std::int64_t versions = 0;        ///< records of withdrawn versions
    std::int64_t history_rows = 0;    ///< replaced rows that no version has any more
    std::int64_t staging_tables = 0;  ///< of held versions that are no more
    std::int64_t bytes = 0;           ///< by which the workspace is smaller
};

/// Told of changes of a workspace, on a thread of its own, until it goes.
class ChangeListener {
public:
    virtual ~ChangeListener() = default;
};

/// Layers, versions, features and quarantine of one office: what a person edits and QGIS opens. Backends: a GeoPackage
/// file and a PostGIS schema; the same contract test runs on each.
///
/// Threads  one object for one thread; several processes may open the same workspace, writers wait for each other.
/// Errors   Failure: io (file missing, not writable, locked too long), corrupt_input (not one of ours, or newer than
/// this program),
///          conflict, not_found.
class Workspace {
public:
    virtual ~Workspace() = default;

    /// Every version, held and withdrawn ones too, by layer id and number.
    [[nodiscard]] virtual std::vector<model::LayerVersion> versions() const = 0;
    /// Features of one version in ascending order of id. not_found naming the versions there are.
    virtual void read(const LayerId& layer, VersionNumber version,
                      const std::function<void(model::Feature)>& visit) const = 0;
    /// Those of a selection, in ascending order of id. invalid_argument for a field that the version does not have.
    ///
    /// Cost  of ids and boxes that of the features found; of a field one pass over the layer.
    virtual void read_some(const LayerId& layer, VersionNumber version, const Selection& selection,
                           const std::function<void(model::Feature)>& visit) const = 0;
    /// Ids, ascending, of the features that may differ between two versions of a layer: those whose rows are not
    /// shared. Ids of features that are equal in both may be among them.
    ///
    /// Cost  that of these rows and of those replaced since the earlier version, not of the layer.
    [[nodiscard]] virtual std::vector<FeatureId> unshared_ids(const LayerId& layer, VersionNumber a,
                                                              VersionNumber b) const = 0;
    [[nodiscard]] virtual std::vector<model::QuarantineRecord> quarantine(const LayerId& layer,
                                                                          VersionNumber version) const = 0;

    /// A new version replacing the whole content of the layer (unchanged rows are shared with the version before).
    [[nodiscard]] virtual std::unique_ptr<LayerWriter> write_version(const LayerId& layer,
                                                                     const model::LayerDescription& description,
                                                                     Publication publication) = 0;
    /// A new version that differs from `base` in what is appended and removed. The schema must be that of the base
    /// (invalid_argument otherwise); privacy of its fields may differ.
    ///
    /// Cost  of a change to the newest published version that of the changed features alone; of one to an older version
    ///       (which brings that content back) and of a held one that of the layer.
    [[nodiscard]] virtual std::unique_ptr<LayerWriter> change_version(const LayerId& layer, VersionNumber base,
                                                                      const model::LayerDescription& description,
                                                                      Publication publication) = 0;
    /// A version as it stands in another workspace, given whole: number, moment of knowledge, state and lattice stay.
    /// conflict when the layer has a version of that number or a later one; at the commit corrupt_input when the
    /// features are not those of its content hash.
    [[nodiscard]] virtual std::unique_ptr<LayerWriter> adopt_version(const model::LayerVersion& version) = 0;
    /// Publishes a held version. conflict when it is not held or a newer one was published after it was written.
    /// `by`, here and below: who does it, for the status log; empty when that is not stated.
    virtual void publish(const LayerId& layer, VersionNumber version, const std::string& by = {}) = 0;
    /// Takes a version out of use; it stays readable by number.
    virtual void withdraw(const LayerId& layer, VersionNumber version, const std::string& by = {}) = 0;
    /// Sets status and validity of a version; checked by model::check_legal_data.
    virtual void set_legal_data(const LayerId& layer, VersionNumber version, model::LegalStatus status,
                                const DateRange& validity, const std::string& superseded_by,
                                const std::string& by = {}) = 0;

    /// Forgets the versions named, in one transaction, and drops the rows that no version has any more. A version whose
    /// number is the highest of its layer is never forgotten (conflict): numbers are not given twice.
    virtual Freed collect_garbage(const std::vector<model::LayerVersion>& forgotten) = 0;
    /// What the store itself finds wrong with its tables and indexes, one sentence each; every page is read. What the
    /// rows say is not looked at: see verify_workspace().
    [[nodiscard]] virtual std::vector<std::string> damage() const = 0;

    /// Centre of the working plane, stored when the workspace was created.
    [[nodiscard]] virtual crs::WorkingPlaneCentre working_plane_centre() const = 0;
    /// Changes with every commit, cheap to read: a server polls it.
    [[nodiscard]] virtual std::int64_t change_counter() const = 0;
    /// Calls `wake` when somebody may have changed the workspace, soon after the commit, from a thread of its own.
    /// Nothing where the store does not tell: then only change_counter() does.
    [[nodiscard]] virtual std::unique_ptr<ChangeListener> listen(std::function<void()> wake) const = 0;
    /// For messages: the file or the schema.
    [[nodiscard]] virtual std::string name() const = 0;
    /// What a person who changes it should know of its place; empty when there is nothing.
    [[nodiscard]] virtual std::string caution() const { return {}; }
    /// Where the packed files of this workspace lie; need not be there, nor be writable.
    [[nodiscard]] virtual std::filesystem::path snapshot_folder() const = 0;
};

}  // namespace ranh::store
