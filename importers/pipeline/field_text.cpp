#include "importers/pipeline/field_text.hpp"

#include "importers/mapping/mapping.hpp"
#include "importers/pipeline/text_check.hpp"
#include "importers/text/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ranh::pipeline {

std::string field_names(const model::Schema& schema) {
    std::string names;
    for (const auto& field : schema.fields) {
        names += (names.empty() ? "" : ", ") + field.name;
    }
    return names.empty() ? "(none)" : names;
}

std::string header_key(std::string_view text) {
    std::string key;
    for (const char c : text::fold_for_search(printable_text(text))) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            key += c;
        }
    }
    return key;
}

std::optional<std::size_t> commune_field(const model::Schema& schema) {
    constexpr std::array<std::string_view, 3> keys = {"maxa", "communecode", "commune"};
    for (const std::string_view key : keys) {
        const auto field = std::find_if(schema.fields.begin(), schema.fields.end(), [&](const model::Field& candidate) {
            return header_key(candidate.name) == key;
        });
        if (field != schema.fields.end()) {
            return static_cast<std::size_t>(field - schema.fields.begin());
        }
    }
    return std::nullopt;
}

bool is_personal(const model::Field& field) { return mapping::is_personal_field(header_key(field.name)); }

std::string personal_note(std::string_view source, std::string_view field) {
    return fmt::format("field '{}' of {} is about a person and was dropped; a mapping (--map) can keep it", field,
                       source);
}

}  // namespace ranh::pipeline
