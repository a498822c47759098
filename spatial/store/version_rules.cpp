#include "spatial/store/version_rules.hpp"

#include "spatial/algorithm/cell_lattice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ranh::store {
namespace {

void check_field_names(const model::Schema& schema) {
    std::set<std::string_view> names;
    for (const model::Field& field : schema.fields) {
        if (!names.insert(field.name).second) {
            throw Failure(ErrorKind::invalid_argument,
                          fmt::format("the schema has two fields named '{}'; rename one", field.name));
        }
    }
}

/// The first bytes of a name, whole characters only.
std::string cut(std::string name, std::size_t most_bytes) {
    if (name.size() > most_bytes) {
        std::size_t end = most_bytes;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        name.resize(end);
    }
    return name;
}

}  // namespace

bool same_fields(const model::Schema& a, const model::Schema& b) {
    return std::equal(
        a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
        [](const model::Field& x, const model::Field& y) { return x.name == y.name && x.type == y.type; });
}

void check_new_version(const model::LayerDescription& description, const model::LayerVersion* base) {
    if (const auto checked = model::check_legal_data(description); !checked.ok()) {
        throw Failure(checked.error());
    }
    check_field_names(description.schema);
    if (base != nullptr && !same_fields(base->description.schema, description.schema)) {
        throw Failure(ErrorKind::invalid_argument,
                      fmt::format("a change of {} must have its fields; write the version whole", base->name()));
    }
}

void check_change(const model::LayerVersion& base, std::int64_t published_before, std::int64_t published_now) {
    if (published_now != published_before) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("{}@{} was published while a change of {} was written, which would lose it; nothing "
                                  "was written, run the import again",
                                  base.layer.text(), published_now, base.name()));
    }
}

void check_adopted(const model::LayerVersion& version, std::int64_t newest, std::int64_t count, const Sha256& hash) {
    if (newest >= version.number.value()) {
        throw Failure(ErrorKind::conflict, fmt::format("there is a version {}@{} already, {} cannot follow it",
                                                       version.layer.text(), newest, version.name()));
    }
    if (hash != version.content_hash || count != version.feature_count) {
        throw Failure(
            ErrorKind::corrupt_input,
            fmt::format("the features of {} are not those it was published with ({} of {}, content hash {}, "
                        "expected {}); restore the last backup",
                        version.name(), count, version.feature_count, hash.hex(), version.content_hash.hex()));
    }
}

void check_publishable(const model::LayerVersion& version, const std::vector<model::LayerVersion>& of_layer) {
    if (!version.held || version.withdrawn) {
        throw Failure(ErrorKind::conflict, fmt::format("{} is {}, only a held version can be published", version.name(),
                                                       version.withdrawn ? "withdrawn" : "published already"));
    }
    const auto newer = std::find_if(of_layer.begin(), of_layer.end(), [&](const model::LayerVersion& other) {
        return !other.held && other.number > version.number;
    });
    if (newer != of_layer.end()) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("{} was published after {} was written; import the source of {} again", newer->name(),
                                  version.name(), version.name()));
    }
}

void check_forgettable(const model::LayerVersion& version, std::int64_t newest) {
    if (newest <= version.number.value()) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("{} has the highest number of its layer and cannot be forgotten: its number would be "
                                  "given again; import a newer version first",
                                  version.name()));
    }
}

void LatticeChoice::add(const model::Feature& feature) {
    if (feature.areas.area_ellipsoid_m2.value_or(0.0) > 0.0) {
        m_areas_m2.push_back(*feature.areas.area_ellipsoid_m2);
    }
}

std::optional<int> LatticeChoice::level() {
    if (m_areas_m2.empty()) {
        return std::nullopt;
    }
    const auto median = m_areas_m2.begin() + static_cast<std::ptrdiff_t>(m_areas_m2.size() / 2);
    std::nth_element(m_areas_m2.begin(), median, m_areas_m2.end());
    return algorithm::lattice_for(*median).level();
}

std::string lattice_sides() {
    return fmt::format("2^k m, k from {} to {}", algorithm::CellLattice::least_level,
                       algorithm::CellLattice::greatest_level);
}

void check_lattice_sides(std::string_view found, const std::string& workspace) {
    if (found != lattice_sides()) {
        throw Failure(
            ErrorKind::corrupt_input,
            fmt::format("the workspace has lattices of sides {}, this program of sides {}; use the ranh that made it",
                        found, lattice_sides()),
            workspace);
    }
}

double number_in_setting(std::string_view setting, std::string_view text, const std::string& workspace) {
    double value = 0.0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc() || end != text.data() + text.size()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("setting '{}' is '{}', a number expected; take the last backup", setting, text),
                      workspace);
    }
    return value;
}

std::string edit_refusal(std::string_view table, std::string_view layer) {
    const std::string remedy =
        layer.empty() ? "ranh import" : fmt::format("ranh import FILE --layer {} --mode upsert", layer);
    return fmt::format(
        "Table {} is written by ranh only: change the source data and run `{}` (bảng chỉ để xem; hãy sửa dữ liệu nguồn "
        "rồi chạy `{}`)",
        table, remedy, remedy);
}

std::string part_title(const model::LayerVersion& version, int epsg, bool is_further) {
    const std::string& title = version.description.title;
    const std::string name = title.empty() ? version.layer.text() : title;
    return is_further ? fmt::format("{} – {}", name, crs::Crs::from_epsg(epsg).value().name()) : name;
}

std::string folded(std::string_view name) {
    std::string result(name);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

ColumnChoice choose_columns(const model::Schema& schema, ColumnsByName known, const std::set<std::string>& taken,
                            std::string (*type_of)(model::FieldType), std::size_t most_bytes) {
    ColumnChoice choice{{schema, {}}, {}};
    std::set<std::string> used;
    for (const model::Field& field : schema.fields) {
        const std::string type = type_of(field.type);
        std::string column = cut(field.name, most_bytes);
        const auto unfit = [&](const std::string& name) {
            const auto found = known.find(name);
            return name.empty() || taken.contains(name) || used.contains(name) ||
                   (found != known.end() && found->second.type != type);
        };
        for (std::string marks = "_"; unfit(folded(column)); marks += '_') {
            column = cut(field.name, most_bytes - marks.size()) + marks;
        }
        used.insert(folded(column));
        choice.schema.columns.push_back(known.emplace(folded(column), Column{column, type}).first->second.name);
    }
    for (const std::string& column : choice.schema.columns) {
        choice.wanted.push_back(known.extract(folded(column)).mapped());
    }
    for (const auto& [name, column] : known) {
        choice.wanted.push_back(column);
    }
    return choice;
}

bool matches(const Selection& selection, const std::optional<std::size_t>& field, const model::Feature& feature) {
    if (field && model::to_text(feature.values[*field]) != selection.field->text) {
        return false;
    }
    if (!selection.boxes) {
        return true;
    }
    const auto box = selection.boxes->find(feature.crs);
    return box != selection.boxes->end() && feature.geometry &&
           geom::boxes_meet(feature.geometry->box().value(), box->second);
}

std::optional<std::size_t> selected_field(const Selection& selection, const model::LayerVersion& version) {
    if (!selection.field) {
        return std::nullopt;
    }
    const auto position = version.description.schema.find(selection.field->field);
    if (!position) {
        throw Failure(ErrorKind::invalid_argument,
                      fmt::format("{} has no field '{}'", version.name(), selection.field->field));
    }
    return position;
}

}  // namespace ranh::store
