#include "spatial/model/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace ranh::model {
namespace {

struct KindName {
    LayerKind kind;
    std::string_view name;
};

constexpr std::array<KindName, 15> kind_names{{{LayerKind::administrative, "administrative"},
                                               {LayerKind::parcel, "parcel"},
                                               {LayerKind::plan_area, "plan_area"},
                                               {LayerKind::national_reserve, "national_reserve"},
                                               {LayerKind::licence_area, "licence_area"},
                                               {LayerKind::prohibited_area, "prohibited_area"},
                                               {LayerKind::urban_plan, "urban_plan"},
                                               {LayerKind::land_use_plan, "land_use_plan"},
                                               {LayerKind::forest, "forest"},
                                               {LayerKind::project, "project"},
                                               {LayerKind::power_project, "power_project"},
                                               {LayerKind::mining, "mining"},
                                               {LayerKind::road, "road"},
                                               {LayerKind::water, "water"},
                                               {LayerKind::other, "other"}}};

struct StatusName {
    LegalStatus status;
    std::string_view name;
};

constexpr std::array<StatusName, 5> status_names{{{LegalStatus::unknown, "unknown"},
                                                  {LegalStatus::draft, "draft"},
                                                  {LegalStatus::in_force, "in_force"},
                                                  {LegalStatus::expired, "expired"},
                                                  {LegalStatus::superseded, "superseded"}}};

std::string with_underscores(std::string_view text) {
    std::string result(text);
    std::replace(result.begin(), result.end(), '-', '_');
    return result;
}

template <typename Names>
std::string listed(const Names& names) {
    std::string text;
    for (const auto& row : names) {
        text += text.empty() ? "" : ", ";
        text += row.name;
    }
    return text;
}

/// " from 2026-01-01 to 2030-12-31", as much of it as is known.
std::string dates_of(const DateRange& range) {
    std::string text;
    if (range.from()) {
        text += fmt::format(" from {}", range.from()->to_string());
    }
    if (range.last()) {
        text += fmt::format(" to {}", range.last()->to_string());
    }
    return text;
}

/// "bauxite@2 (in_force from 2026-01-01, known from 2026-03-31T08:15:00.000Z)".
std::string described(const LayerVersion& version) {
    std::string state = fmt::format("known from {}", version.known_from.to_string());
    if (version.withdrawn) {
        state = "withdrawn";
    } else if (version.held) {
        state = "held";
    }
    return fmt::format("{} ({}{}, {})", version.name(), to_string(version.description.status),
                       dates_of(version.description.validity), state);
}

Error no_such_layer(const std::vector<LayerVersion>& versions, const LayerId& layer) {
    std::vector<std::string> names;
    for (const LayerVersion& version : versions) {
        if (names.empty() || names.back() != version.layer.text()) {
            names.push_back(version.layer.text());
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return {ErrorKind::not_found,
            list.empty()
                ? fmt::format("there is no layer '{}', the workspace has none yet; make one with `ranh import`",
                              layer.text())
                : fmt::format("there is no layer '{}'; there are: {}", layer.text(), list),
            {}};
}

std::string listed_versions(const std::vector<const LayerVersion*>& versions) {
    std::string list;
    for (const LayerVersion* version : versions) {
        list += (list.empty() ? "" : ", ") + described(*version);
    }
    return list;
}

/// The bytes that are hashed: every part carries its length or its type, so that no two features share them.
class HashInput {
public:
    void number(std::uint64_t value) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            m_bytes += static_cast<char>((value >> shift) & 0xFFU);
        }
    }
    void text(std::string_view value) {
        number(value.size());
        m_bytes += value;
    }
    void real(double value) { number(std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value)); }
    void tag(std::size_t value) { m_bytes += static_cast<char>(value); }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

    void operator()(std::monostate) {}
    void operator()(bool value) { tag(value ? 1 : 0); }
    void operator()(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }
    void operator()(double value) { real(value); }
    void operator()(const std::string& value) { text(value); }
    void operator()(Date value) { number(static_cast<std::uint64_t>(value.day().time_since_epoch().count())); }

private:
    std::string m_bytes;
};

}  // namespace

std::string_view to_string(LayerKind kind) {
    const auto* const found =
        std::find_if(kind_names.begin(), kind_names.end(), [&](const auto& row) { return row.kind == kind; });
    return found == kind_names.end() ? "other" : found->name;
}

Result<LayerKind> parse_layer_kind(std::string_view text) {
    const std::string name = with_underscores(text);
    for (const KindName& row : kind_names) {
        if (row.name == name) {
            return row.kind;
        }
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is no kind of layer; the kinds are: {}", text, listed(kind_names)),
                 {}};
}

bool is_mineral_area(LayerKind kind) {
    return kind == LayerKind::plan_area || kind == LayerKind::national_reserve || kind == LayerKind::licence_area;
}

std::string_view to_string(LegalStatus status) {
    const auto* const found =
        std::find_if(status_names.begin(), status_names.end(), [&](const auto& row) { return row.status == status; });
    return found == status_names.end() ? "unknown" : found->name;
}

Result<LegalStatus> parse_legal_status(std::string_view text) {
    const std::string name = with_underscores(text);
    for (const StatusName& row : status_names) {
        if (row.name == name) {
            return row.status;
        }
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is no legal status; it is one of: {}", text, listed(status_names)),
                 {}};
}

const Bilingual& status_label(LegalStatus status) {
    static const Bilingual unknown{"chưa rõ hiệu lực", "legal status unknown"};
    static const Bilingual draft{"dự thảo, chưa ký", "draft, unsigned"};
    static const Bilingual in_force{"đang có hiệu lực", "in force"};
    static const Bilingual expired{"đã hết hiệu lực", "expired"};
    static const Bilingual superseded{"đã bị thay thế", "superseded"};
    switch (status) {
        case LegalStatus::unknown: return unknown;
        case LegalStatus::draft: return draft;
        case LegalStatus::in_force: return in_force;
        case LegalStatus::expired: return expired;
        case LegalStatus::superseded: return superseded;
    }
    return unknown;
}

Result<bool> check_legal_data(const LayerDescription& description) {
    const auto refused = [](std::string sentence) {
        return Error{ErrorKind::invalid_argument, std::move(sentence), {}};
    };
    if (description.status == LegalStatus::in_force && !description.validity.from()) {
        return refused(
            "status in_force needs the first day of validity; give --valid-from, for example --valid-from 2026-03-31");
    }
    if (description.status == LegalStatus::expired && !description.validity.last()) {
        return refused(
            "status expired needs the last day of validity; give --valid-to, for example --valid-to 2025-12-31");
    }
    if (description.status == LegalStatus::superseded && description.superseded_by.empty()) {
        return refused("status superseded needs its successor; give --superseded-by LAYER or --superseded-by LAYER@N");
    }
    if (description.status != LegalStatus::superseded && !description.superseded_by.empty()) {
        return refused(fmt::format("--superseded-by {} goes only with status superseded, the status is {}",
                                   description.superseded_by, to_string(description.status)));
    }
    if (!description.superseded_by.empty()) {
        if (const auto successor = LayerSelector::parse(description.superseded_by); !successor.ok()) {
            return refused(fmt::format("the successor: {}", successor.error().sentence));
        }
    }
    return true;
}

bool LayerVersion::shown_on(Date date) const {
    switch (description.status) {
        case LegalStatus::unknown:
        case LegalStatus::draft: return true;
        case LegalStatus::in_force:
        case LegalStatus::expired: return description.validity.contains(date);
        case LegalStatus::superseded: break;
    }
    return false;
}

std::optional<LayerVersion> LayerVersion::as_known_at(Timestamp moment) const {
    if (held || moment < known_from) {
        return std::nullopt;
    }
    LayerVersion then = *this;
    const auto later = std::find_if(status_log.begin(), status_log.end(),
                                    [&](const StatusChange& change) { return change.known_from > moment; });
    if (later != status_log.begin()) {
        const StatusChange& known = *std::prev(later);
        then.description.status = known.status;
        then.description.validity = known.validity;
        then.description.superseded_by = known.superseded_by;
        then.withdrawn = known.withdrawn;
    }
    return then;
}

void publish(LayerVersion& version, Timestamp moment, const std::string& by) {
    version.held = false;
    version.known_from = moment;
    if (!by.empty()) {
        const LayerDescription& description = version.description;
        version.status_log = {
            {moment, description.status, description.validity, description.superseded_by, version.withdrawn, by}};
    }
}

Result<bool> change_status(LayerVersion& version, StatusChange change) {
    const LayerDescription& before = version.description;
    StatusChange known{version.known_from,   before.status,     before.validity,
                       before.superseded_by, version.withdrawn, before.provenance.imported_by};
    version.description.status = change.status;
    version.description.validity = change.validity;
    version.description.superseded_by = change.superseded_by;
    version.withdrawn = change.withdrawn;
    if (auto checked = check_legal_data(version.description); !checked.ok() || version.held) {
        return checked;
    }
    if (version.status_log.empty()) {
        version.status_log.push_back(std::move(known));
    }
    // Clocks of two machines may differ; what was written later is known later.
    change.known_from = std::max(change.known_from, version.status_log.back().known_from);
    version.status_log.push_back(std::move(change));
    return true;
}

std::string LayerVersion::name() const { return fmt::format("{}@{}", layer.text(), number.value()); }

Result<LayerSelector> LayerSelector::parse(std::string_view text) {
    const std::size_t at = text.find('@');
    const auto layer = LayerId::parse(text.substr(0, at));
    if (!layer.ok()) {
        return layer.error();
    }
    if (at == std::string_view::npos) {
        return LayerSelector{layer.value(), std::nullopt};
    }
    const std::string_view digits = text.substr(at + 1);
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (status != std::errc() || end != digits.data() + digits.size() || number < 1) {
        return Error{
            ErrorKind::invalid_argument,
            fmt::format(
                "'{}' names no version of a layer; write the layer alone or with a number from 1, for example {}@2",
                text, layer.value().text()),
            {}};
    }
    return LayerSelector{layer.value(), VersionNumber(number)};
}

Result<LayerVersion> choose_version(const std::vector<LayerVersion>& versions, const LayerSelector& selector, Date at,
                                    Timestamp known_at) {
    std::vector<const LayerVersion*> own;
    for (const LayerVersion& version : versions) {
        if (version.layer == selector.layer) {
            own.push_back(&version);
        }
    }
    if (own.empty()) {
        return no_such_layer(versions, selector.layer);
    }
    std::sort(own.begin(), own.end(), [](const auto* a, const auto* b) { return a->number < b->number; });
    if (selector.version) {
        const auto found =
            std::find_if(own.begin(), own.end(), [&](const auto* v) { return v->number == *selector.version; });
        if (found != own.end()) {
            return (*found)->as_known_at(known_at).value_or(**found);
        }
        return Error{ErrorKind::not_found,
                     fmt::format("layer '{}' has no version {}; there are: {}", selector.layer.text(),
                                 selector.version->value(), listed_versions(own)),
                     {}};
    }
    for (auto newest = own.rbegin(); newest != own.rend(); ++newest) {
        std::optional<LayerVersion> known = (*newest)->as_known_at(known_at);
        if (known && !known->withdrawn && known->shown_on(at)) {
            return *std::move(known);
        }
    }
    return Error{ErrorKind::not_found,
                 fmt::format("layer '{}' has no version that was known at {} and is draft, unknown or applies on {}; "
                             "there are: {}; name "
                             "one as {}@N, or give another date with --at or --known-at",
                             selector.layer.text(), known_at.to_string(), at.to_string(), listed_versions(own),
                             selector.layer.text()),
                 {}};
}

Sha256 content_hash(const FeatureId& id, const crs::Crs& crs, std::string_view wkb, const std::vector<Value>& values,
                    std::optional<double> area_stated_m2) {
    HashInput input;
    input.text(id.text());
    input.number(static_cast<std::uint64_t>(crs.epsg()));
    input.text(wkb);
    input.number(values.size());
    for (const Value& value : values) {
        input.tag(value.index());
        std::visit(input, value);
    }
    if (area_stated_m2) {
        input.real(*area_stated_m2);
    }
    return sha256(input.bytes());
}

}  // namespace ranh::model
