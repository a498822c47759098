#include "spatial/store/postgis/layer_writer.hpp"

#include "spatial/store/feature_record.hpp"
#include "spatial/store/postgis/copy.hpp"
#include "spatial/store/postgis/staging.hpp"
#include "spatial/store/postgis/tables.hpp"
#include "spatial/store/postgis/version_records.hpp"
#include "spatial/store/postgis/version_rows.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

namespace ranh::postgis {
namespace {

constexpr const char* removed_table = "pg_temp.ranh_removed";

class PostgisLayerWriter final : public store::LayerWriter {
public:
    PostgisLayerWriter(std::unique_ptr<Database> database, LayerId layer, model::LayerDescription description,
                       store::Publication publication, WriterOrigin origin)
        : m_database(std::move(database)),
          m_layer(std::move(layer)),
          m_description(std::move(description)),
          m_publication(publication),
          m_base(origin.base),
          m_adopted(std::move(origin.adopted)),
          m_published_before(newest_published(*m_database, m_layer)),
          m_loading(start_loading()),
          m_staging(make_staging()) {}

    void append(const model::Feature& feature) override {
        require_open();
        store::check_feature(m_description.schema, feature);
        m_staging.append(feature);
        m_lattice.add(feature);
    }

    void remove(const FeatureId& id) override {
        require_open();
        if (!m_base) {
            throw Failure(ErrorKind::invalid_argument,
                          fmt::format("feature '{}' cannot be removed from a version that is given whole; leave it out",
                                      id.text()));
        }
        m_removed.push_back(id);
    }

    void quarantine(const model::QuarantineRecord& record) override {
        require_open();
        m_quarantine.push_back(record);
    }

    model::LayerVersion commit(const model::Provenance& provenance) override {
        require_open();
        m_done = true;
        m_description.provenance = provenance;
        m_staging.finish();
        copy_removed();

        const auto change =
            m_loading ? std::move(m_loading) : std::make_unique<Transaction>(*m_database, Transaction::Kind::writing);
        wait_for_writers(*m_database);
        open_guard(*m_database);
        VersionRecord record = m_base ? changed_record() : whole_record(m_staging.count(), m_staging.content_hash());
        write_record(*m_database, record);
        write_quarantine(record.version);
        count_change(*m_database);
        change->commit();
        return record.version;
    }

private:
    void require_open() const {
        if (m_done) {
            throw Failure(ErrorKind::conflict, "this version was committed before; open a new writer for the next one");
        }
    }

    /// The transaction in which the first rows of a layer come into what may become its table.
    [[nodiscard]] std::unique_ptr<Transaction> start_loading() const {
        const bool first =
            m_publication == store::Publication::publish && !m_base && parts_of(*m_database, m_layer).empty();
        return first ? std::make_unique<Transaction>(*m_database, Transaction::Kind::writing) : nullptr;
    }

    [[nodiscard]] StagingTable make_staging() const {
        if (!m_loading) {
            return {*m_database, m_description.schema};
        }
        const std::int64_t number = m_adopted ? m_adopted->number.value() : newest_number(*m_database, m_layer) + 1;
        return {*m_database, m_description.schema, number};
    }

    void apply_rows(VersionRecord& record) const {
        const std::string& name = m_staging.name();
        const bool in_schema = !name.starts_with("pg_temp.");
        if (m_staging.suits(record.version.number.value()) && parts_of(*m_database, m_layer).empty()) {
            apply_loaded(*m_database, name, m_staging.only_system(), record);
            return;
        }
        apply_staging(*m_database, name, record);
        if (in_schema) {
            m_database->execute("DROP TABLE " + name);
        }
    }

    void copy_removed() const {
        if (!m_base) {
            return;
        }
        m_database->execute(fmt::format("CREATE TEMP TABLE {} (ranh_id text COLLATE \"C\")", removed_table));
        CopyIn copy(*m_database, removed_table);
        for (const FeatureId& id : m_removed) {
            copy.text(id.text());
            copy.end_row();
        }
        copy.finish();
        m_database->execute(fmt::format("ANALYZE {}", removed_table));
    }

    /// The version given whole, its rows in their place.
    [[nodiscard]] VersionRecord whole_record(std::int64_t count, const Sha256& hash) {
        VersionRecord record = described_record(count, hash);
        if (m_publication == store::Publication::publish) {
            apply_rows(record);
        } else {
            hold_staging(record);
        }
        return record;
    }

    /// The version given as a change, its rows in their place.
    [[nodiscard]] VersionRecord changed_record() {
        const VersionRecord base = read_record(*m_database, m_layer, *m_base);
        const std::int64_t published = newest_published(*m_database, m_layer);
        store::check_change(base.version, m_published_before, published);
        if (m_publication == store::Publication::publish && m_base->value() == published) {
            VersionRecord record = described_record(m_staging.count(), m_staging.content_hash());
            apply_change(*m_database, m_staging.name(), removed_table, base, record);
            return record;
        }
        stage_rest(*m_database, m_staging.name(), removed_table, base);
        const StagedContent content = staged_content(*m_database, m_staging.name());
        return whole_record(content.count, content.sum.value());
    }

    [[nodiscard]] VersionRecord described_record(std::int64_t count, const Sha256& hash) {
        const std::int64_t before = newest_number(*m_database, m_layer);
        if (m_adopted) {
            store::check_adopted(*m_adopted, before, count, hash);
            return {*m_adopted, {}, {}};
        }
        return {{.layer = m_layer,
                 .number = VersionNumber(before + 1),
                 .description = m_description,
                 .systems = m_staging.suits(before + 1) ? std::vector{m_staging.only_system()}
                                                        : staged_systems(*m_database, m_staging.name(), m_layer),
                 .feature_count = count,
                 .held = m_publication == store::Publication::hold,
                 .withdrawn = false,
                 .known_from = Timestamp::now(),
                 .content_hash = hash,
                 .lattice_level = lattice_level()},
                {},
                {}};
    }

    /// That of the versions before; else what suits these areas; none without areas.
    [[nodiscard]] std::optional<int> lattice_level() {
        const Rows before = m_database->query(
            fmt::format("SELECT lattice_level FROM {} WHERE layer = $1 AND lattice_level IS NOT NULL ORDER BY number "
                        "LIMIT 1",
                        m_database->table("ranh_layer_version")),
            {m_layer.text()});
        return before.empty() ? m_lattice.level() : static_cast<int>(before.integer(0, 0));
    }

    /// Copies the staged rows into a table of the schema, where they wait for publish().
    void hold_staging(VersionRecord& record) const {
        const model::Schema& schema = m_description.schema;
        prepare_join(*m_database, m_staging.name());
        record.staging = fitted_name(fmt::format("ranh_staging_{}_{}", m_layer.text(), record.version.number.value()));
        record.columns = staging_columns(schema.fields.size());
        const std::string table = m_database->table(record.staging);
        m_database->execute(staging_table_sql(table, schema, ""));
        m_database->execute(fmt::format("INSERT INTO {} SELECT * FROM {}", table, m_staging.name()));
        guard_table(*m_database, record.staging, m_layer.text());
    }

    void write_quarantine(const model::LayerVersion& version) const {
        if (m_quarantine.empty()) {
            return;
        }
        CopyIn copy(*m_database, m_database->table("ranh_quarantine") + "(layer, number, place, reason, original)");
        for (const model::QuarantineRecord& record : m_quarantine) {
            copy.text(version.layer.text());
            copy.integer(version.number.value());
            copy.text(record.place);
            copy.text(record.reason);
            copy.text(record.original);
            copy.end_row();
        }
        copy.finish();
    }

    std::unique_ptr<Database> m_database;
    LayerId m_layer;
    model::LayerDescription m_description;
    store::Publication m_publication;
    std::optional<VersionNumber> m_base;  // of a change
    std::optional<model::LayerVersion> m_adopted;
    std::int64_t m_published_before;
    std::unique_ptr<Transaction> m_loading;
    StagingTable m_staging;
    std::vector<FeatureId> m_removed;
    std::vector<model::QuarantineRecord> m_quarantine;
    store::LatticeChoice m_lattice;
    bool m_done = false;
};

}  // namespace

std::unique_ptr<store::LayerWriter> make_layer_writer(std::unique_ptr<Database> database, const LayerId& layer,
                                                      const model::LayerDescription& description,
                                                      store::Publication publication, const WriterOrigin& origin) {
    std::optional<VersionRecord> base;
    if (origin.base) {
        base = read_record(*database, layer, *origin.base);
    }
    store::check_new_version(description, base ? &base->version : nullptr);
    return std::make_unique<PostgisLayerWriter>(std::move(database), layer, description, publication, origin);
}

}  // namespace ranh::postgis
