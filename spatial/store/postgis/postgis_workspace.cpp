#include "spatial/store/postgis/postgis_workspace.hpp"

#include "spatial/store/postgis/change_listener.hpp"
#include "spatial/store/postgis/garbage.hpp"
#include "spatial/store/postgis/layer_writer.hpp"
#include "spatial/store/postgis/postgres.hpp"
#include "spatial/store/postgis/tables.hpp"
#include "spatial/store/postgis/version_reader.hpp"
#include "spatial/store/postgis/version_records.hpp"
#include "spatial/store/postgis/version_rows.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace ranh::postgis {
namespace {

namespace fs = std::filesystem;

fs::path cache_root() {
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != '\0') {
        return fs::path(cache) / "ranh";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
        return fs::path(home) / ".cache" / "ranh";
    }
    std::error_code error;
    return fs::temp_directory_path(error) / "ranh-cache";
}

class PostgisWorkspace final : public store::Workspace {
public:
    PostgisWorkspace(std::unique_ptr<Database> database, Access access, const OpenOptions& options)
        : m_database(std::move(database)),
          m_access(access),
          m_patience(options.patience),
          m_snapshot_folder((options.snapshot_root.empty() ? cache_root() : options.snapshot_root) /
                            fmt::format("{}-{}", address().schema, setting(*m_database, "workspace_id"))) {}

    [[nodiscard]] std::vector<model::LayerVersion> versions() const override {
        std::vector<model::LayerVersion> versions;
        for (VersionRecord& record : read_records(database())) {
            versions.push_back(std::move(record.version));
        }
        return versions;
    }

    void read(const LayerId& layer, VersionNumber version,
              const std::function<void(model::Feature)>& visit) const override {
        read_some(layer, version, {}, visit);
    }

    void read_some(const LayerId& layer, VersionNumber version, const store::Selection& selection,
                   const std::function<void(model::Feature)>& visit) const override {
        in_one_state([&](const Database& reading) {
            read_features(reading, read_record(reading, layer, version), selection, visit);
        });
    }

    [[nodiscard]] std::vector<FeatureId> unshared_ids(const LayerId& layer, VersionNumber a,
                                                      VersionNumber b) const override {
        std::vector<FeatureId> ids;
        in_one_state([&](const Database& reading) {
            ids = postgis::unshared_ids(reading, read_record(reading, layer, a), read_record(reading, layer, b));
        });
        return ids;
    }

    [[nodiscard]] std::vector<model::QuarantineRecord> quarantine(const LayerId& layer,
                                                                  VersionNumber version) const override {
        const Rows rows = database().query(
            fmt::format("SELECT place, reason, original FROM {} WHERE layer = $1 AND number = $2 ORDER BY fid",
                        m_database->table("ranh_quarantine")),
            {layer.text(), std::to_string(version.value())});
        std::vector<model::QuarantineRecord> records;
        for (int i = 0; i < rows.size(); ++i) {
            records.push_back({rows.text(i, 0), rows.text(i, 1), rows.text(i, 2)});
        }
        return records;
    }

    [[nodiscard]] std::unique_ptr<store::LayerWriter> write_version(const LayerId& layer,
                                                                    const model::LayerDescription& description,
                                                                    store::Publication publication) override {
        return make_layer_writer(writing_connection(), layer, description, publication);
    }

    [[nodiscard]] std::unique_ptr<store::LayerWriter> change_version(const LayerId& layer, VersionNumber base,
                                                                     const model::LayerDescription& description,
                                                                     store::Publication publication) override {
        return make_layer_writer(writing_connection(), layer, description, publication, {.base = base});
    }

    [[nodiscard]] std::unique_ptr<store::LayerWriter> adopt_version(const model::LayerVersion& version) override {
        return make_layer_writer(writing_connection(), version.layer, version.description,
                                 version.held ? store::Publication::hold : store::Publication::publish,
                                 {.adopted = version});
    }

    void publish(const LayerId& layer, VersionNumber version, const std::string& by) override {
        change_workspace([&] {
            VersionRecord record = read_record(*m_database, layer, version);
            std::vector<model::LayerVersion> of_layer;
            for (VersionRecord& other : read_records(*m_database, &layer)) {
                of_layer.push_back(std::move(other.version));
            }
            store::check_publishable(record.version, of_layer);
            const std::string staging = m_database->table(record.staging);
            apply_staging(*m_database, staging, record);
            m_database->execute("DROP TABLE " + staging);
            record.staging.clear();
            model::publish(record.version, Timestamp::now(), by);
            write_record(*m_database, record);
        });
    }

    void withdraw(const LayerId& layer, VersionNumber version, const std::string& by) override {
        change_workspace([&] {
            VersionRecord record = read_record(*m_database, layer, version);
            const model::LayerDescription& description = record.version.description;
            static_cast<void>(
                model::change_status(record.version, {Timestamp::now(), description.status, description.validity,
                                                      description.superseded_by, true, by})
                    .value());
            write_record(*m_database, record);
        });
    }

    void set_legal_data(const LayerId& layer, VersionNumber version, model::LegalStatus status,
                        const DateRange& validity, const std::string& superseded_by, const std::string& by) override {
        change_workspace([&] {
            VersionRecord record = read_record(*m_database, layer, version);
            static_cast<void>(model::change_status(record.version, {Timestamp::now(), status, validity, superseded_by,
                                                                    record.version.withdrawn, by})
                                  .value());
            write_record(*m_database, record);
        });
    }

    store::Freed collect_garbage(const std::vector<model::LayerVersion>& forgotten) override {
        require_writable();
        const std::int64_t before = bytes_of(database());
        store::Freed freed;
        change_workspace([&] { freed = postgis::collect_garbage(*m_database, forgotten); });
        free_room(*m_database);
        freed.bytes = before - bytes_of(*m_database);
        return freed;
    }

    [[nodiscard]] std::vector<std::string> damage() const override { return damage_of(database()); }

    [[nodiscard]] crs::WorkingPlaneCentre working_plane_centre() const override {
        const auto degrees = [&](const std::string& name) {
            return store::number_in_setting(name, setting(database(), name), this->name());
        };
        return {degrees("plane_latitude_deg"), degrees("plane_longitude_deg")};
    }

    [[nodiscard]] std::int64_t change_counter() const override {
        return database().integer(fmt::format("SELECT value::bigint FROM {} WHERE name = 'change_counter'",
                                              m_database->table("ranh_setting")));
    }

    [[nodiscard]] std::unique_ptr<store::ChangeListener> listen(std::function<void()> wake) const override {
        return listen_for_changes(address(), std::move(wake));
    }

    [[nodiscard]] std::string name() const override { return address().name; }

    [[nodiscard]] fs::path snapshot_folder() const override { return m_snapshot_folder; }

private:
    [[nodiscard]] const Address& address() const { return m_database->address(); }

    [[nodiscard]] const Database& database() const {
        m_database->reconnect_if_lost();
        return *m_database;
    }

    [[nodiscard]] std::unique_ptr<Database> writing_connection() const {
        require_writable();
        return std::make_unique<Database>(address(), Database::Use::writing, m_patience);
    }

    void require_writable() const {
        if (m_access == Access::read_only) {
            throw Failure(ErrorKind::forbidden, "the workspace was opened for reading only", name());
        }
    }

    /// One transaction with the guard open, by the one writer, in which `change` runs; counted as a change.
    template <typename Change>
    void change_workspace(const Change& change) const {
        require_writable();
        Transaction transaction(database(), Transaction::Kind::writing);
        wait_for_writers(*m_database);
        open_guard(*m_database);
        change();
        count_change(*m_database);
        transaction.commit();
    }

    /// Runs `work` in a transaction of a connection of its own, so that a visitor may ask the workspace meanwhile. A
    /// held version that is published in that moment loses its table before the first row was read; then once more.
    template <typename Work>
    void in_one_state(const Work& work) const {
        for (int round = 0;; ++round) {
            auto reading = m_idle ? std::move(m_idle) : open_reading();
            try {
                reading->reconnect_if_lost();
                Transaction one_state(*reading, Transaction::Kind::reading);
                work(*reading);
                one_state.commit();
                m_idle = std::move(reading);
                return;
            } catch (const Failure& failure) {
                constexpr int rounds = 3;
                if (!is_missing_table(failure) || round == rounds) {
                    throw;
                }
            }
        }
    }

    [[nodiscard]] std::unique_ptr<Database> open_reading() const {
        return std::make_unique<Database>(address(), Database::Use::reading, m_patience);
    }

    std::unique_ptr<Database> m_database;
    mutable std::unique_ptr<Database> m_idle;  // kept for the next reading
    Access m_access;
    std::chrono::milliseconds m_patience;
    fs::path m_snapshot_folder;
};

}  // namespace

std::unique_ptr<store::Workspace> open_workspace(const Address& address, Access access, const OpenOptions& options) {
    const auto use = access == Access::read_write ? Database::Use::writing : Database::Use::reading;
    auto database = std::make_unique<Database>(address, use, options.patience);
    if (access == Access::read_write) {
        migrate(*database, options.centre);
    } else if (!has_workspace(*database)) {
        throw Failure(ErrorKind::not_found,
                      fmt::format("there is no workspace in the schema '{}'; name another with ?schema=, or make one "
                                  "with `ranh import FILE --layer ID`",
                                  address.schema),
                      address.name);
    }
    check_workspace_tables(*database);
    return std::make_unique<PostgisWorkspace>(std::move(database), access, options);
}

}  // namespace ranh::postgis
