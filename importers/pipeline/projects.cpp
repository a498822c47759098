#include "importers/pipeline/projects.hpp"

#include "importers/pipeline/unique_ids.hpp"
#include "spatial/topology/topology.hpp"

#include <fmt/format.h>

#include <array>

namespace ranh::pipeline {
namespace {

/// Id as the source gives it: its own id field, else the usual names, else "1", "2", ….
std::string source_id(const SourceDescription& source, const SourceRecord& record, std::size_t ordinal) {
    constexpr std::array<std::string_view, 5> usual = {"id", "area_id", "code", "ma", "name"};
    std::vector<std::string_view> names;
    if (!source.id_field.empty()) {
        names.emplace_back(source.id_field);
    }
    names.insert(names.end(), usual.begin(), usual.end());
    for (const std::string_view name : names) {
        const auto field = source.schema.find(name);
        if (field && *field < record.values.size() && !model::is_null(record.values[*field])) {
            std::string text = model::to_text(record.values[*field]);
            if (!text.empty()) {
                return text + record.id_suffix;
            }
        }
    }
    return std::to_string(ordinal) + record.id_suffix;
}

class ProjectReading {
public:
    explicit ProjectReading(FeatureReader& source) : m_source(source) {}

    ProjectSet run() {
        const SourceDescription& description = m_source.describe();
        m_set.schema = description.schema;
        read_all([this](const SourceRecord& record, const std::string& id) { count(record, id); });
        m_ids.freeze();
        m_source.rewind();
        m_set.notes = description.notes;
        const auto known = static_cast<std::ptrdiff_t>(description.notes.size());
        read_all([this](const SourceRecord& record, std::string id) { keep(record, std::move(id)); });
        m_set.notes.insert(m_set.notes.end(), description.notes.begin() + known, description.notes.end());
        m_ids.release([this](model::Feature feature) { m_set.features.push_back(std::move(feature)); });
        if (m_set.features.empty()) {
            throw Failure(ErrorKind::invalid_argument, "no outline could be read" + first_reason(),
                          description.file_name);
        }
        m_set.crs_decisions.assign(m_set.features.size(), description.crs_reason);
        return std::move(m_set);
    }

private:
    template <typename Take>
    void read_all(const Take& take) {
        std::size_t ordinal = 0;
        while (auto record = m_source.next()) {
            ++ordinal;
            take(*record, usable(*record) ? source_id(m_source.describe(), *record, ordinal) : std::string());
        }
    }

    static bool usable(const SourceRecord& record) {
        return !record.rejected && record.geometry && !record.geometry->empty();
    }

    void count(const SourceRecord& record, const std::string& id) {
        if (usable(record)) {
            m_ids.count(id);
        }
    }

    void keep(const SourceRecord& record, std::string id) {
        m_set.notes.insert(m_set.notes.end(), record.notes.begin(), record.notes.end());
        if (!usable(record)) {
            const std::string reason = record.rejected ? record.rejected->reason : std::string("it has no geometry");
            m_set.notes.push_back(fmt::format("{} left out: {}", record.place, reason));
            m_left_out.push_back(m_set.notes.back());
            return;
        }
        model::Feature feature;
        feature.id = FeatureId(std::move(id));
        feature.crs = record.crs ? *record.crs : decided_crs(m_source.describe());
        feature.geometry = record.geometry;
        feature.values = record.values;
        note_invalidity(feature);
        feature.areas = measure_areas(*feature.geometry, feature.crs, m_plane);
        feature.areas.area_stated_m2 = stated_area(m_source.describe().schema, record.values);
        m_ids.accept(std::move(feature), [this](model::Feature kept) { m_set.features.push_back(std::move(kept)); });
    }

    /// A mistyped corner must not read as "nothing found".
    void note_invalidity(const model::Feature& feature) {
        if (const auto invalidity = topology::invalidity(*feature.geometry)) {
            m_set.notes.push_back(
                fmt::format("{}: đường bao tự cắt hoặc sai, kết quả không dùng được / the outline is not valid ({} at "
                            "{:.3f} {:.3f}), its "
                            "areas mean nothing; correct the corners",
                            feature.id.text(), invalidity->reason, invalidity->place.x, invalidity->place.y));
        }
    }

    [[nodiscard]] std::string first_reason() const {
        return m_left_out.empty() ? std::string() : "; " + m_left_out.front();
    }

    FeatureReader& m_source;
    crs::WorkingPlane m_plane;
    UniqueIds m_ids;
    ProjectSet m_set;
    std::vector<std::string> m_left_out;
};

}  // namespace

ProjectSet read_projects(FeatureReader& source) { return ProjectReading(source).run(); }

}  // namespace ranh::pipeline
