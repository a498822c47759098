#include "importers/pipeline/record_ids.hpp"

#include "importers/pipeline/field_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace ranh::pipeline {

namespace {

/// First field whose key is one of `keys`, in the order of the keys.
std::optional<std::size_t> field_of(const model::Schema& schema, std::span<const char* const> keys) {
    for (const auto* key : keys) {
        for (std::size_t i = 0; i < schema.fields.size(); ++i) {
            if (header_key(schema.fields[i].name) == key) {
                return i;
            }
        }
    }
    return std::nullopt;
}

constexpr std::array id_keys = {"id", "areaid", "code", "ma"};
constexpr std::array commune_keys = {"maxa", "communecode", "commune"};
constexpr std::array sheet_keys = {"sohieutobando", "sheet", "soto", "tobando"};
constexpr std::array parcel_keys = {"sothututhua", "parcel", "sothua", "sohieuthua"};

}  // namespace

IdRule::IdRule(const model::Schema& schema, const std::optional<std::string>& wanted, const std::string& suggested) {
    const auto use = [&](std::size_t field) {
        m_fields.push_back(field);
        m_names.push_back(schema.fields[field].name);
    };
    if (wanted) {
        const auto field = schema.find(*wanted);
        if (!field) {
            throw Failure(ErrorKind::conflict,
                          fmt::format("there is no field '{}' to take the ids from (--id); the fields are: {}", *wanted,
                                      field_names(schema)));
        }
        use(*field);
    } else if (const auto field = field_of(schema, id_keys)) {
        use(*field);
    } else {
        const auto commune = field_of(schema, commune_keys);
        const auto sheet = field_of(schema, sheet_keys);
        const auto parcel = field_of(schema, parcel_keys);
        if (commune && sheet && parcel) {
            use(*commune);
            use(*sheet);
            use(*parcel);
        } else if (const auto named = schema.find(suggested)) {
            use(*named);
        }
    }
}

bool IdRule::is_missing(const std::vector<model::Value>& values) const {
    return std::any_of(m_fields.begin(), m_fields.end(),
                       [&](std::size_t field) { return model::to_text(values[field]).empty(); });
}

std::string IdRule::id(const std::vector<model::Value>& values, std::int64_t row, const std::string& suffix) const {
    if (by_row_number()) {
        return std::to_string(row) + suffix;
    }
    if (is_missing(values)) {
        return fmt::format("row-{}{}", row, suffix);
    }
    std::vector<std::string> parts;
    for (const std::size_t field : m_fields) {
        parts.push_back(model::to_text(values[field]));
    }
    return fmt::format("{}{}", fmt::join(parts, "."), suffix);
}

std::string IdRule::text() const { return fmt::format("{}", fmt::join(m_names, ".")); }

}  // namespace ranh::pipeline
