#pragma once

#include "spatial/store/record_json.hpp"
#include "spatial/store/workspace.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::store {

/// What every backend asks of versions and their tables, in the same words. A rule that is broken is a Failure.

/// The fields have the same names and types in the same order: only then are rows shared between versions.
[[nodiscard]] bool same_fields(const model::Schema& a, const model::Schema& b);

/// invalid_argument when legal data do not hold together (model::check_legal_data), two fields have one name, or the
/// version is a change of `base` and has other fields.
void check_new_version(const model::LayerDescription& description, const model::LayerVersion* base);
/// conflict when a published version came between the opening of a change and its commit.
void check_change(const model::LayerVersion& base, std::int64_t published_before, std::int64_t published_now);
/// An adopted version follows `newest` (its number; conflict otherwise) and has these features (corrupt_input
/// otherwise).
void check_adopted(const model::LayerVersion& version, std::int64_t newest, std::int64_t count, const Sha256& hash);
/// conflict when the version is not held, or one of those of its layer was published after it was written.
void check_publishable(const model::LayerVersion& version, const std::vector<model::LayerVersion>& of_layer);
/// conflict when `newest`, the highest number of its layer, is that of the version.
void check_forgettable(const model::LayerVersion& version, std::int64_t newest);

/// Finds the lattice level of a layer from the areas of its features: that of the median. For one thread.
class LatticeChoice {
public:
    void add(const model::Feature& feature);
    /// Nothing when no feature has an area.
    [[nodiscard]] std::optional<int> level();

private:
    std::vector<double> m_areas_m2;
};

/// All lattices of a workspace have their origin in the centre of its working plane and sides of 2^k metres, so that
/// they nest; this is what the setting `lattice_sides` holds.
[[nodiscard]] std::string lattice_sides();
/// corrupt_input when a workspace was made with other ones.
void check_lattice_sides(std::string_view found, const std::string& workspace);
/// The number a setting holds; corrupt_input when it holds none.
[[nodiscard]] double number_in_setting(std::string_view setting, std::string_view text, const std::string& workspace);

/// What a trigger says to who edits a table of a layer (none: of the workspace) by another program.
[[nodiscard]] std::string edit_refusal(std::string_view table, std::string_view layer);
/// Title of the table of one source system: that of the layer, with the system's name when it is a further one.
[[nodiscard]] std::string part_title(const model::LayerVersion& version, int epsg, bool is_further);

/// A column of a table: its name and the store's word for its type.
struct Column {
    std::string name;
    std::string type;
};
/// By the name in small letters (A to Z).
using ColumnsByName = std::map<std::string, Column>;
[[nodiscard]] std::string folded(std::string_view name);

/// Columns of the parts of a layer: what a schema needs and what is there.
struct ColumnChoice {
    StoredSchema schema;         ///< the column of each field
    std::vector<Column> wanted;  ///< columns that every part is to have, those of the schema first, in its order
};
/// Chooses a column for each field. A field whose name the table needs itself (`taken`, in small letters), that differs
/// from another only in the case of letters, or whose name stands for another type in `known` gets '_' behind its name;
/// one of more than `most_bytes` is cut.
[[nodiscard]] ColumnChoice choose_columns(const model::Schema& schema, ColumnsByName known,
                                          const std::set<std::string>& taken, std::string (*type_of)(model::FieldType),
                                          std::size_t most_bytes);

/// The feature is one of a selection by field and box, exactly; `field` is the position of its field.
[[nodiscard]] bool matches(const Selection& selection, const std::optional<std::size_t>& field,
                           const model::Feature& feature);
/// Position of the field of a selection; invalid_argument for one that the version does not have.
[[nodiscard]] std::optional<std::size_t> selected_field(const Selection& selection, const model::LayerVersion& version);

}  // namespace ranh::store
