#include "spatial/operations/query/features.hpp"

#include "spatial/operations/query/meets_box.hpp"

#include <algorithm>
#include <charconv>

namespace ranh::query {
namespace {

using model::Value;
using snapshot::PackedLayer;

std::string open_fields(const model::Schema& schema) {
    std::string names;
    for (const model::Field& field : schema.fields) {
        if (field.privacy == model::Privacy::open) {
            names += names.empty() ? field.name : ", " + field.name;
        }
    }
    return names.empty() ? "none" : names;
}

std::optional<double> as_number(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// One condition `field = text`; null equals nothing.
struct Condition {
    std::size_t field;
    std::string text;
    std::optional<double> number;

    [[nodiscard]] bool holds(const Value& value) const {
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            return number && static_cast<double>(*integer) == *number;
        }
        if (const auto* real = std::get_if<double>(&value)) {
            return number && *real == *number;
        }
        return !model::is_null(value) && model::to_text(value) == text;
    }
};

Result<std::vector<Condition>> conditions_of(const model::Schema& schema, const FeatureQuery& query) {
    std::vector<Condition> conditions;
    for (const auto& [name, text] : query.equals) {
        const auto field = schema.find(name);
        if (!field || schema.fields[*field].privacy == model::Privacy::personal) {
            return Error{ErrorKind::invalid_argument,
                         "there is no field '" + name + "' to ask for; there are: " + open_fields(schema),
                         {}};
        }
        conditions.push_back({*field, text, as_number(text)});
    }
    return conditions;
}

/// Places, in ascending order of id, of the features the boxes let through, those without geometry included.
std::vector<std::uint32_t> in_boxes(const PackedLayer& layer, const std::vector<geom::Box>& boxes) {
    std::vector<std::uint32_t> found;
    for (std::size_t i = layer.geometry_count(); i < layer.size(); ++i) {
        found.push_back(layer.id_rank(i));
    }
    for (const geom::Box& box : boxes) {
        for (const std::uint32_t i : layer.in_lonlat_box(box)) {
            if (meets_box(layer.lonlat(i), layer.lonlat_box(i), box)) {
                found.push_back(layer.id_rank(i));
            }
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

/// First place in ascending order of id whose id is greater than the cursor.
std::uint32_t rank_after(const PackedLayer& layer, const FeatureId& cursor) {
    std::uint32_t first = 0;
    auto count = static_cast<std::uint32_t>(layer.size());
    while (count > 0) {
        const std::uint32_t half = count / 2;
        if (layer.id_text(layer.by_id()[first + half]) <= cursor.text()) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/// Collects the page from places in order of id, handed over in ascending order.
class PageBuilder {
public:
    PageBuilder(const PackedLayer& layer, const FeatureQuery& query)
        : m_layer(layer), m_limit(query.limit), m_first(query.after ? rank_after(layer, *query.after) : 0) {}

    void take(std::uint32_t rank) {
        ++m_page.matched;
        if (rank < m_first) {
            return;
        }
        if (m_page.features.size() < m_limit) {
            m_page.features.push_back(m_layer.by_id()[rank]);
        } else if (!m_page.next && m_limit > 0) {
            m_page.next = m_layer.id(m_page.features.back());
        }
    }
    /// All features match: nothing has to be looked at.
    void take_all() {
        m_page.matched = m_layer.size();
        const std::size_t end = m_first + std::min<std::size_t>(m_limit, m_layer.size() - m_first);
        for (const std::uint32_t i : m_layer.by_id().subspan(m_first, end - m_first)) {
            m_page.features.push_back(i);
        }
        if (end < m_layer.size() && m_limit > 0) {
            m_page.next = m_layer.id(m_layer.by_id()[end - 1]);
        }
    }
    [[nodiscard]] FeaturePage finish() { return std::move(m_page); }

private:
    const PackedLayer& m_layer;
    std::size_t m_limit;
    std::size_t m_first;
    FeaturePage m_page;
};

}  // namespace

Result<FeaturePage> find_features(const PackedLayer& layer, const FeatureQuery& query) {
    auto conditions = conditions_of(layer.version().description.schema, query);
    if (!conditions) {
        return conditions.error();
    }
    PageBuilder page(layer, query);
    const auto take = [&](std::uint32_t rank) {
        const std::uint32_t i = layer.by_id()[rank];
        const auto& all = conditions.value();
        if (std::all_of(all.begin(), all.end(),
                        [&](const Condition& condition) { return condition.holds(layer.value(i, condition.field)); })) {
            page.take(rank);
        }
    };
    if (query.lonlat_box) {
        std::vector<geom::Box> boxes{*query.lonlat_box};
        if (query.other_lonlat_box) {
            boxes.push_back(*query.other_lonlat_box);
        }
        for (const std::uint32_t rank : in_boxes(layer, boxes)) {
            take(rank);
        }
    } else if (conditions.value().empty()) {
        page.take_all();
    } else {
        for (std::uint32_t rank = 0; rank < layer.size(); ++rank) {
            take(rank);
        }
    }
    return page.finish();
}

}  // namespace ranh::query
