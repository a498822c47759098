#include "spatial/store/gpkg/layer_writer.hpp"

#include "spatial/store/feature_record.hpp"
#include "spatial/store/gpkg/journal.hpp"
#include "spatial/store/gpkg/staging.hpp"
#include "spatial/store/gpkg/table_sql.hpp"
#include "spatial/store/gpkg/tables.hpp"
#include "spatial/store/gpkg/version_reader.hpp"
#include "spatial/store/gpkg/version_records.hpp"
#include "spatial/store/gpkg/version_rows.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

namespace ranh::gpkg {
namespace {

constexpr const char* temporary_table = "temp.ranh_staging";
constexpr const char* removed_table = "temp.ranh_removed";

/// The number of the newest published version, whose rows are the current ones; 0 before the first.
std::int64_t newest_published(const Database& database, const LayerId& layer) {
    Statement newest = database.prepare("SELECT MAX(number) FROM ranh_layer_version WHERE layer = ?1 AND held = 0");
    newest.bind(1, layer.text());
    return newest.step() ? newest.integer(0) : 0;
}

class GpkgLayerWriter final : public store::LayerWriter {
public:
    GpkgLayerWriter(std::unique_ptr<Database> database, LayerId layer, model::LayerDescription description,
                    store::Publication publication, WriterOrigin origin)
        : m_database(std::move(database)),
          m_layer(std::move(layer)),
          m_description(std::move(description)),
          m_publication(publication),
          m_base(origin.base),
          m_adopted(std::move(origin.adopted)),
          m_published_before(newest_published(*m_database, m_layer)),
          m_feeding(*m_database, Transaction::Kind::reading),
          m_staging(*m_database, temporary_table, m_description.schema.fields.size()),
          m_quarantine([&] {
              m_database->execute(
                  "CREATE TEMP TABLE ranh_staged_quarantine (n INTEGER PRIMARY KEY, place TEXT, reason TEXT, original "
                  "TEXT)");
              return m_database->prepare(
                  "INSERT INTO temp.ranh_staged_quarantine(place, reason, original) VALUES(?1, ?2, ?3)");
          }()),
          m_remove([&] {
              m_database->execute(fmt::format("CREATE TABLE {} (ranh_id TEXT PRIMARY KEY)", removed_table));
              return m_database->prepare(fmt::format("INSERT OR IGNORE INTO {} VALUES(?1)", removed_table));
          }()) {}

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
        m_remove.bind(1, id.text()).run();
    }

    void quarantine(const model::QuarantineRecord& record) override {
        require_open();
        m_quarantine.bind(1, record.place).bind(2, record.reason).bind(3, record.original).run();
    }

    model::LayerVersion commit(const model::Provenance& provenance) override {
        require_open();
        m_done = true;
        m_description.provenance = provenance;
        m_feeding.commit();  // only the temporary tables; the file is not touched yet

        Transaction change(*m_database, Transaction::Kind::writing);
        OpenGuard guard(*m_database);
        VersionRecord record = m_base ? changed_record() : new_record();
        write_record(*m_database, record);
        write_quarantine(record.version);
        count_change(*m_database);
        guard.close();
        change.commit();
        m_database->checkpoint();
        if (journal_for(network_file_system_at(m_database->file())) == Journal::write_ahead) {
            take_journal(*m_database, Journal::write_ahead);
        }
        return record.version;
    }

private:
    /// The version given whole, its rows in their place.
    [[nodiscard]] VersionRecord new_record() {
        VersionRecord record = described_record();
        if (m_publication == store::Publication::publish) {
            apply_staging(*m_database, {temporary_table, m_staging.content()}, record);
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
            VersionRecord record = described_record();
            apply_change(*m_database, {temporary_table, m_staging.content()}, removed_table, base, record);
            return record;
        }
        stage_rest(base);
        return new_record();
    }

    /// Stages the features of the base that stay, where they are not the current rows.
    void stage_rest(const VersionRecord& base) {
        Statement is_removed = m_database->prepare(fmt::format("SELECT 1 FROM {} WHERE ranh_id = ?1", removed_table));
        read_features(*m_database, base, {}, [&](const model::Feature& feature) {
            const bool stays = !is_removed.bind(1, feature.id.text()).step();
            is_removed.reset();
            if (stays) {
                m_staging.append_if_absent(feature);
            }
        });
    }

    void require_open() const {
        if (m_done) {
            throw Failure(ErrorKind::conflict, "this version was committed before; open a new writer for the next one");
        }
    }

    /// That of the versions before; else what suits these areas; none without areas.
    [[nodiscard]] std::optional<int> lattice_level() {
        Statement before = m_database->prepare(
            "SELECT lattice_level FROM ranh_layer_version WHERE layer = ?1 AND lattice_level NOT NULL ORDER BY number "
            "LIMIT 1");
        before.bind(1, m_layer.text());
        if (before.step()) {
            return static_cast<int>(before.integer(0));
        }
        return m_lattice.level();
    }

    [[nodiscard]] VersionRecord described_record() {
        Statement newest = m_database->prepare("SELECT MAX(number) FROM ranh_layer_version WHERE layer = ?1");
        newest.bind(1, m_layer.text());
        const std::int64_t before = newest.step() ? newest.integer(0) : 0;
        if (m_adopted) {
            store::check_adopted(*m_adopted, before, m_staging.count(), m_staging.content_hash());
            return {*m_adopted, {}, {}};
        }
        return {{.layer = m_layer,
                 .number = VersionNumber(before + 1),
                 .description = m_description,
                 .systems = m_staging.systems(m_layer),
                 .feature_count = m_staging.count(),
                 .held = m_publication == store::Publication::hold,
                 .withdrawn = false,
                 .known_from = Timestamp::now(),
                 .content_hash = m_staging.content_hash(),
                 .lattice_level = lattice_level()},
                {},
                {}};
    }

    /// Copies the staged rows into a table of the file, where they wait for publish().
    void hold_staging(VersionRecord& record) const {
        const std::size_t fields = m_description.schema.fields.size();
        record.staging = fmt::format("ranh_staging_{}_{}", m_layer.text(), record.version.number.value());
        record.columns = staging_columns(fields);
        m_database->execute(staging_table_sql("main." + sql_name(record.staging), fields));
        m_database->execute(
            fmt::format("INSERT INTO main.{} SELECT * FROM {} ORDER BY n", sql_name(record.staging), temporary_table));
        m_database->execute(guard_sql(record.staging, m_layer.text()));
    }

    void write_quarantine(const model::LayerVersion& version) const {
        m_database
            ->prepare(
                "INSERT INTO ranh_quarantine(layer, number, place, reason, original) SELECT ?1, ?2, place, reason, "
                "original FROM "
                "temp.ranh_staged_quarantine ORDER BY n")
            .bind(1, version.layer.text())
            .bind(2, version.number.value())
            .run();
    }

    std::unique_ptr<Database> m_database;
    LayerId m_layer;
    model::LayerDescription m_description;
    store::Publication m_publication;
    std::optional<VersionNumber> m_base;  // of a change
    std::optional<model::LayerVersion> m_adopted;
    std::int64_t m_published_before;
    Transaction m_feeding;
    StagingTable m_staging;
    Statement m_quarantine;
    Statement m_remove;
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
    // Sorting and the pages of a big layer: 64 MiB instead of SQLite's 2 keep the number of writes down.
    database->execute("PRAGMA cache_size = -65536; PRAGMA temp.cache_size = -65536");
    return std::make_unique<GpkgLayerWriter>(std::move(database), layer, description, publication, origin);
}

}  // namespace ranh::gpkg
