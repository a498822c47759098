#pragma once

#include "importers/communes/crosswalk.hpp"
#include "importers/pipeline/import_job.hpp"
#include "spatial/operations/overlay/overlaps.hpp"
#include "spatial/snapshot/snapshot.hpp"
#include "spatial/store/publisher.hpp"

#include <CLI/App.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace ranh::app {

/// Options that several commands share. Values are checked while the command line is read, so that a wrong one ends
/// with code 2.

enum class Output { text, json };

struct CommonOptions {
    std::string workspace = "ranh.gpkg";  ///< file, or address of a database with its password: for workspaces.hpp
    std::string snapshot_folder;          ///< of the packed files of a database; empty: the user's cache
    bool json = false;
};
void add_workspace_option(CLI::App& command, CommonOptions& options);
void add_json_option(CLI::App& command, CommonOptions& options);
/// --by, for commands that write into a version who did it.
void add_by_option(CLI::App& command, std::string& by);

/// --at and --known-at.
struct DateOptions {
    std::string at_text;
    std::string known_at_text;
    [[nodiscard]] Date at() const;
    [[nodiscard]] Timestamp known_at() const;
};
void add_date_options(CLI::App& command, DateOptions& options);

struct ReadOptionsText {
    std::string crs_text = "auto";
    std::string inner_ring_text;
    std::string source_layer;
    std::string text_encoding = "auto";
    std::string linework = "auto";
    mapping::DrawingLevels levels;
};
void add_read_options(CLI::App& command, ReadOptionsText& options);
/// --text-encoding; nothing for "auto".
[[nodiscard]] std::optional<text::Encoding> text_encoding(const ReadOptionsText& text);
/// `workspace` (may be null) gives the communes; without any of kind administrative those shipped with the program are
/// used.
[[nodiscard]] pipeline::ReadOptions read_options(const ReadOptionsText& text, const store::Workspace* workspace);

/// The communes of a layer of kind administrative (fields code, name), longitude and latitude.
void append_communes(const snapshot::PackedLayer& layer, std::vector<pipeline::CommuneOutline>& communes);
/// Those of the file shipped with the program; none when it is missing.
[[nodiscard]] std::vector<pipeline::CommuneOutline> shipped_communes();
/// What communes were before the mergers, from the table shipped with the program; empty when it is missing.
[[nodiscard]] std::vector<communes::FormerUnit> shipped_crosswalk();

struct ThresholdOptions {
    double min_area_m2 = 0.0;
    double min_share = 0.0;
    double near_m = 0.0;
    std::vector<std::string> left_where;
    std::vector<std::string> right_where;
    [[nodiscard]] overlay::OverlapOptions overlap_options() const;
};
/// --where FIELD=VALUE, repeatable, into `conditions`.
void add_where_option(CLI::App& command, const std::string& name, std::vector<std::string>& conditions,
                      const std::string& words);
void add_threshold_options(CLI::App& command, ThresholdOptions& options);

/// Checks by a parser that returns Result: a failure becomes a usage error with its sentence.
template <typename Parser>
CLI::Validator checked_by(Parser parser, std::string name) {
    return CLI::Validator(
        [parser](std::string& text) {
            const auto parsed = parser(text);
            return parsed.ok() ? std::string() : parsed.error().text();
        },
        std::move(name));
}

/// A number from 0 to `most`; not nan.
[[nodiscard]] CLI::Validator number_up_to(double most);

/// Folder of the running program.
[[nodiscard]] std::filesystem::path program_folder();
/// A file or folder shipped with the program ("viewer", "data-samples/lamdong/communes"), or nothing: under RANH_SHARE
/// when that is set, beside the program, in the source tree two levels up, or under share/ranh of an installation.
[[nodiscard]] std::optional<std::filesystem::path> shipped(const std::string& name);

/// The packed files of a workspace; notes go to standard error.
[[nodiscard]] store::Publisher publisher_of(const store::Workspace& workspace);

/// Version meant by "ID[@N]" on a date, packed.
[[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> load_layer(const store::Workspace& workspace,
                                                                      const std::string& selector,
                                                                      const DateOptions& dates);

}  // namespace ranh::app
