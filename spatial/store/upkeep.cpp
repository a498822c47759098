#include "spatial/store/upkeep.hpp"

#include "spatial/store/feature_record.hpp"
#include "spatial/store/publisher.hpp"
#include "spatial/store/snapshot_manifest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

namespace ranh::store {
namespace {

namespace fs = std::filesystem;

bool names(const std::string& selector, const model::LayerVersion& version) {
    const auto parsed = model::LayerSelector::parse(selector);
    return parsed.ok() && parsed.value().layer == version.layer && parsed.value().version == version.number;
}

bool is_needed_by(const model::LayerVersion& version, const model::LayerVersion& other) {
    const std::vector<std::string>& inputs = other.description.provenance.inputs;
    return names(other.description.superseded_by, version) ||
           std::any_of(inputs.begin(), inputs.end(), [&](const std::string& input) { return names(input, version); });
}

Checked check_version(const Workspace& workspace, const model::LayerVersion& version) {
    Checked checked{version.name(), 0, {}};
    DigestSum sum;
    try {
        workspace.read(version.layer, version.number, [&](const model::Feature& feature) {
            sum.add(content_hash(feature));
            ++checked.features;
        });
    } catch (const Failure& failure) {
        checked.fault = failure.error().text();
        return checked;
    }
    if (checked.features != version.feature_count) {
        checked.fault = fmt::format("{} features found, {} expected; restore the last backup", checked.features,
                                    version.feature_count);
    } else if (sum.value() != version.content_hash) {
        checked.fault = fmt::format("content hash {} found, {} expected; restore the last backup", sum.value().hex(),
                                    version.content_hash.hex());
    }
    return checked;
}

/// A packed file stands under the content hash of the version it was packed from.
Checked check_packed_file(const fs::path& file) {
    Checked checked{file.filename().string(), 0, {}};
    const auto layer = open_packed_file(file);
    std::optional<Error> fault = layer.ok() ? layer.value()->verify() : std::optional<Error>(layer.error());
    if (!fault) {
        const model::LayerVersion& version = layer.value()->version();
        checked.features = version.feature_count;
        if (version.content_hash.hex() != file.stem().string()) {
            fault =
                Error{ErrorKind::corrupt_input,
                      fmt::format("it holds {} with the content hash {}", version.name(), version.content_hash.hex()),
                      {}};
        }
    }
    if (fault) {
        checked.fault = fault->sentence + "; delete it, the next command makes it anew";
    }
    return checked;
}

std::vector<fs::path> packed_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == whole_ending || entry.path().extension() == delta_ending) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

void copy_version(const Workspace& from, Workspace& to, const model::LayerVersion& version) {
    const auto writer = to.adopt_version(version);
    from.read(version.layer, version.number, [&](const model::Feature& feature) { writer->append(feature); });
    for (const model::QuarantineRecord& record : from.quarantine(version.layer, version.number)) {
        writer->quarantine(record);
    }
    static_cast<void>(writer->commit(version.description.provenance));
}

}  // namespace

std::vector<model::LayerVersion> forgettable_versions(const std::vector<model::LayerVersion>& versions) {
    std::vector<model::LayerVersion> forgettable;
    for (const model::LayerVersion& version : versions) {
        const bool has_later = std::any_of(versions.begin(), versions.end(), [&](const model::LayerVersion& other) {
            return other.layer == version.layer && other.number > version.number;
        });
        const bool is_needed = std::any_of(versions.begin(), versions.end(), [&](const model::LayerVersion& other) {
            return is_needed_by(version, other);
        });
        if (version.withdrawn && has_later && !is_needed) {
            forgettable.push_back(version);
        }
    }
    return forgettable;
}

std::vector<Checked> verify_workspace(const Workspace& workspace) {
    std::vector<Checked> all;
    all.push_back({"tables", 0, fmt::format("{}", fmt::join(workspace.damage(), "; "))});
    try {
        for (const model::LayerVersion& version : workspace.versions()) {
            all.push_back(check_version(workspace, version));
        }
    } catch (const Failure& failure) {
        all.push_back({"versions", 0, failure.error().text()});
    }
    for (const fs::path& file : packed_files(workspace.snapshot_folder())) {
        all.push_back(check_packed_file(file));
    }
    return all;
}

std::vector<CopiedVersion> copy_workspace(const Workspace& from, Workspace& to) {
    if (from.working_plane_centre() != to.working_plane_centre()) {
        throw Failure(
            ErrorKind::conflict,
            fmt::format("{} has another working plane than {}; copy into a new workspace", to.name(), from.name()));
    }
    const std::vector<model::LayerVersion> before = to.versions();
    std::vector<CopiedVersion> copied;
    for (const model::LayerVersion& version : from.versions()) {
        const auto there = std::find_if(before.begin(), before.end(), [&](const model::LayerVersion& other) {
            return other.layer == version.layer && other.number == version.number;
        });
        if (there == before.end()) {
            copy_version(from, to, version);
        } else if (there->content_hash != version.content_hash) {
            throw Failure(ErrorKind::conflict,
                          fmt::format("{} has a {} of another content than {}; copy into a new workspace", to.name(),
                                      version.name(), from.name()));
        }
        copied.push_back({version, there != before.end()});
    }
    const std::vector<model::LayerVersion> after = to.versions();
    for (CopiedVersion& copy : copied) {
        const model::LayerSelector selector{copy.version.layer, copy.version.number};
        copy.version = model::choose_version(after, selector, Date(), Timestamp()).value();
    }
    return copied;
}

}  // namespace ranh::store
