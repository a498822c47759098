#include "services/params/items.hpp"

#include "services/params/bbox.hpp"
#include "services/params/datetime.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ranh::params {
namespace {

constexpr std::array<std::string_view, 6> fixed_names{"f", "bbox", "datetime", "limit", "cursor", "skipGeometry"};

bool is_fixed(std::string_view name) {
    return std::find(fixed_names.begin(), fixed_names.end(), name) != fixed_names.end();
}

Result<std::size_t> parse_limit(std::string_view text) {
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    std::size_t limit = most_limit;
    // A number too long for size_t is above the maximum like any other.
    const bool fits = digits && std::from_chars(text.data(), text.data() + text.size(), limit).ec == std::errc();
    if (!digits || (fits && limit == 0)) {
        return Error{ErrorKind::invalid_argument, "'" + std::string(text) + "' is no whole number from 1 on", "limit"};
    }
    return fits ? std::min(limit, most_limit) : most_limit;
}

Result<bool> read_boxes(std::string_view text, query::FeatureQuery& query) {
    const auto boxes = parse_bbox(text);
    if (!boxes) {
        return boxes.error();
    }
    query.lonlat_box = boxes.value().front();
    if (boxes.value().size() == 2) {
        query.other_lonlat_box = boxes.value().back();
    }
    return true;
}

Result<bool> read_parameter(std::string_view name, std::string_view value, ItemsRequest& request) {
    if (name == "bbox") {
        return read_boxes(value, request.query);
    }
    if (name == "datetime") {
        const auto interval = parse_datetime(value);
        return interval ? Result<bool>(true) : Result<bool>(interval.error());
    }
    if (name == "limit") {
        const auto limit = parse_limit(value);
        if (!limit) {
            return limit.error();
        }
        request.query.limit = limit.value();
    } else if (name == "cursor") {
        request.query.after = FeatureId(std::string(value));
    } else if (name == "skipGeometry") {
        const auto skip = parse_boolean(value, name);
        if (!skip) {
            return skip.error();
        }
        request.geometry = skip.value() ? GeometryMember::skip : GeometryMember::include;
    } else if (!is_fixed(name)) {
        request.query.equals.emplace_back(name, value);
    }
    return true;
}

}  // namespace

std::vector<std::string> item_parameters(const model::Schema& schema) {
    std::vector<std::string> names(fixed_names.begin(), fixed_names.end());
    for (const model::Field& field : schema.fields) {
        if (field.privacy == model::Privacy::open && !is_fixed(field.name)) {
            names.push_back(field.name);
        }
    }
    return names;
}

Result<ItemsRequest> parse_items(const QueryPairs& query, const model::Schema& schema) {
    if (const auto known = check_names(query, item_parameters(schema)); !known) {
        return known.error();
    }
    ItemsRequest request;
    request.query.limit = default_limit;
    for (const auto& [name, value] : query) {
        if (const auto read = read_parameter(name, value, request); !read) {
            return read.error();
        }
    }
    return request;
}

}  // namespace ranh::params
