#include "services/app/saved_overlaps.hpp"

#include "importers/pipeline/import_job.hpp"
#include "services/present/table.hpp"
#include "spatial/codec/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

namespace ranh::app {

namespace {

using model::LayerVersion;
using snapshot::PackedLayer;

/// Before the words of the thresholds among the notes of a saved result.
constexpr std::string_view options_note = "options: ";

std::vector<std::string> words_of(const ThresholdOptions& thresholds) {
    std::vector<std::string> words;
    const auto add = [&](const char* option, double value) {
        if (value > 0.0) {
            words.insert(words.end(), {option, fmt::format("{}", value)});
        }
    };
    add("--min-area", thresholds.min_area_m2);
    add("--min-share", thresholds.min_share);
    add("--near", thresholds.near_m);
    for (const std::string& where : thresholds.left_where) {
        words.insert(words.end(), {"--left-where", where});
    }
    for (const std::string& where : thresholds.right_where) {
        words.insert(words.end(), {"--right-where", where});
    }
    return words;
}

std::string note_of(const ThresholdOptions& thresholds) {
    codec::JsonArray words;
    for (const std::string& word : words_of(thresholds)) {
        words.emplace_back(word);
    }
    return std::string(options_note) + codec::to_text(codec::Json(std::move(words)));
}

/// Those a result was saved with; nothing when it does not say.
std::optional<ThresholdOptions> thresholds_of(const LayerVersion& saved) {
    const auto& notes = saved.description.provenance.notes;
    const auto note =
        std::ranges::find_if(notes, [](const std::string& text) { return text.starts_with(options_note); });
    if (note == notes.end()) {
        return std::nullopt;
    }
    const auto words = codec::parse_json(std::string_view(*note).substr(options_note.size()));
    if (!words || words.value().array() == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> reversed;  // as CLI11 takes them
    for (const codec::Json& word : *words.value().array()) {
        if (!word.is_string()) {
            return std::nullopt;
        }
        reversed.insert(reversed.begin(), std::string(*word.string()));
    }
    ThresholdOptions thresholds;
    CLI::App options;
    add_threshold_options(options, thresholds);
    add_where_option(options, "--left-where", thresholds.left_where, "");
    add_where_option(options, "--right-where", thresholds.right_where, "");
    try {
        options.parse(std::move(reversed));
    } catch (const CLI::Error&) {
        return std::nullopt;
    }
    return thresholds;
}

model::LayerDescription saved_description(const engine::OverlapAnswer& answer, std::string options) {
    const LayerVersion& left = answer.left->version();
    const LayerVersion& right = answer.right->version();
    model::LayerDescription description;
    description.title = fmt::format("Chồng lấn: {} – {}", left.description.title, right.description.title);
    description.kind = model::LayerKind::other;
    description.status = answer.is_draft() ? model::LegalStatus::draft : model::LegalStatus::unknown;
    description.schema = present::pair_schema();
    model::Provenance& provenance = description.provenance;
    provenance.source = fmt::format("{} × {}", left.name(), right.name());
    provenance.inputs = {left.name(), right.name()};
    provenance.importer_version = answer.method.program;
    provenance.imported_at = Timestamp::now();
    provenance.crs_decision = "geometry built in the working plane " + answer.method.plane;
    provenance.notes = {"measure: " + answer.method.measure, "relation: " + answer.method.relation,
                        "geometry: " + answer.method.geometry,
                        fmt::format("at {}, known at {}", answer.at.to_string(), answer.known_at.to_string()),
                        std::move(options)};
    provenance.read = static_cast<std::int64_t>(answer.result.pairs.size());
    provenance.kept = provenance.read;
    return description;
}

/// One saved result that was computed from the version changed.
class Refresh {
public:
    Refresh(store::Workspace& workspace, const LayerVersion& saved, const LayerVersion& base)
        : m_workspace(workspace), m_saved(saved), m_base(base), m_versions(workspace.versions()) {}

    std::string run() {
        const auto& inputs = m_saved.description.provenance.inputs;
        const auto left = current(inputs[0]);
        const auto right = current(inputs[1]);
        const auto thresholds = thresholds_of(m_saved);
        if (!left || !right || !thresholds || m_saved.description.schema != present::pair_schema()) {
            return fmt::format(
                "{} đã cũ, cần tính lại / is stale and has to be computed from the start: ranh overlaps {} {} --save",
                m_saved.name(), layer_of(inputs[0]), layer_of(inputs[1]));
        }
        measure(*left, *right, *thresholds);
        return write(*thresholds);
    }

private:
    /// "parcels@3" without the number.
    static std::string layer_of(const std::string& input) { return input.substr(0, input.find('@')); }

    /// The version that stands now for an input: of the changed layer the newest one, of another the input itself as
    /// long as it is the newest.
    [[nodiscard]] std::optional<LayerVersion> current(const std::string& input) const {
        const auto selector = model::LayerSelector::parse(input);
        if (!selector) {
            return std::nullopt;
        }
        auto newest = pipeline::base_of_change(m_versions, selector.value().layer);
        const bool stands = newest && (input == m_base.name() || newest->name() == input);
        return stands ? newest : std::nullopt;
    }

    void measure(const LayerVersion& left, const LayerVersion& right, const ThresholdOptions& thresholds) {
        const store::Publisher publisher = publisher_of(m_workspace);
        const auto left_layer = publisher.layer(left);
        const auto right_layer = left.name() == right.name() ? left_layer : publisher.layer(right);
        const LayerVersion& changed = left.layer == m_base.layer ? left : right;
        for (const FeatureId& id : m_workspace.unshared_ids(m_base.layer, m_base.number, changed.number)) {
            m_changed.insert(id.text());
        }
        overlay::OverlapOptions options = thresholds.overlap_options();
        options.geometry = overlay::OverlapGeometry::include;
        m_answer = engine::measure_changes(left_layer, made_in(*left_layer), right_layer, made_in(*right_layer),
                                           Date::today(), Timestamp::now(), options);
    }

    [[nodiscard]] std::vector<std::uint32_t> made_in(const PackedLayer& layer) const {
        std::vector<std::uint32_t> made;
        if (layer.version().layer == m_base.layer) {
            for (const std::string& id : m_changed) {
                if (const auto place = layer.find(FeatureId(id))) {
                    made.push_back(static_cast<std::uint32_t>(*place));
                }
            }
            std::ranges::sort(made);
        }
        return made;
    }

    std::string write(const ThresholdOptions& thresholds) {
        const bool left_changed = m_answer.left->version().layer == m_base.layer;
        const bool right_changed = m_answer.right->version().layer == m_base.layer;
        std::vector<FeatureId> gone;
        m_workspace.read(m_saved.layer, m_saved.number, [&](const model::Feature& pair) {
            const auto is_changed = [&](std::size_t field) {
                return m_changed.contains(model::to_text(pair.values[field]));
            };
            if ((left_changed && is_changed(left_id)) || (right_changed && is_changed(right_id))) {
                gone.push_back(pair.id);
            }
        });
        model::LayerDescription description = saved_description(m_answer, note_of(thresholds));
        const auto made = static_cast<std::int64_t>(m_answer.result.pairs.size());
        description.provenance.read = m_saved.feature_count - static_cast<std::int64_t>(gone.size()) + made;
        description.provenance.kept = description.provenance.read;
        const auto writer =
            m_workspace.change_version(m_saved.layer, m_saved.number, description, store::Publication::publish);
        for (const FeatureId& id : gone) {
            writer->remove(id);
        }
        const crs::Crs target = common_system(m_answer);
        for (const model::Pair& pair : m_answer.result.pairs) {
            writer->append(present::pair_feature(pair, m_answer, target));
        }
        const LayerVersion version = writer->commit(description.provenance);
        return fmt::format(
            "đã cập nhật / brought up to date: {}: {} đối tượng đổi / features changed, {} cặp đo lại / pairs "
            "measured, "
            "{} cặp cũ bỏ / earlier pairs dropped",
            version.name(), m_changed.size(), made, gone.size());
    }

    // Fields of present::pair_schema().
    static constexpr std::size_t left_id = 0;
    static constexpr std::size_t right_id = 2;

    store::Workspace& m_workspace;
    const LayerVersion& m_saved;
    const LayerVersion& m_base;
    std::vector<LayerVersion> m_versions;
    std::set<std::string> m_changed;  // ids
    engine::OverlapAnswer m_answer;
};

}  // namespace

crs::Crs common_system(const engine::OverlapAnswer& answer) {
    const auto& left = answer.left->version().systems;
    const auto& right = answer.right->version().systems;
    return left.size() == 1 && right.size() == 1 && left.front() == right.front() ? left.front() : crs::vn2000();
}

LayerVersion save_overlaps(store::Workspace& workspace, const engine::OverlapAnswer& answer,
                           const ThresholdOptions& thresholds) {
    const auto layer = LayerId::parse(fmt::format("overlaps-{}-{}", answer.left->version().layer.text(),
                                                  answer.right->version().layer.text()))
                           .value();
    const model::LayerDescription description = saved_description(answer, note_of(thresholds));
    const auto writer = workspace.write_version(layer, description, store::Publication::publish);
    const crs::Crs target = common_system(answer);
    for (const model::Pair& pair : answer.result.pairs) {
        writer->append(present::pair_feature(pair, answer, target));
    }
    return writer->commit(description.provenance);
}

std::vector<std::string> refresh_saved_overlaps(store::Workspace& workspace, const LayerVersion& base) {
    std::vector<std::string> sentences;
    const auto versions = workspace.versions();
    for (const LayerVersion& version : versions) {
        const auto& inputs = version.description.provenance.inputs;
        const auto newest = pipeline::base_of_change(versions, version.layer);
        if (inputs.size() == 2 && newest && newest->number == version.number &&
            std::ranges::find(inputs, base.name()) != inputs.end()) {
            sentences.push_back(Refresh(workspace, version, base).run());
        }
    }
    return sentences;
}

}  // namespace ranh::app
