#include "spatial/store/gpkg/gpkg_workspace.hpp"

#include "spatial/store/gpkg/garbage.hpp"
#include "spatial/store/gpkg/journal.hpp"
#include "spatial/store/gpkg/layer_writer.hpp"
#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/gpkg/staging.hpp"
#include "spatial/store/gpkg/tables.hpp"
#include "spatial/store/gpkg/version_reader.hpp"
#include "spatial/store/gpkg/version_records.hpp"
#include "spatial/store/gpkg/version_rows.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

namespace ranh::gpkg {
namespace {

/// One transaction with the guard open, in which `change` runs; counted as a change.
template <typename Change>
void change_workspace(const Database& database, const Change& change) {
    Transaction transaction(database, Transaction::Kind::writing);
    OpenGuard guard(database);
    change();
    count_change(database);
    guard.close();
    transaction.commit();
    database.checkpoint();
}

class GpkgWorkspace final : public store::Workspace {
public:
    GpkgWorkspace(std::unique_ptr<Database> database, std::filesystem::path file, Access access,
                  std::chrono::milliseconds patience)
        : m_database(std::move(database)), m_file(std::move(file)), m_access(access), m_patience(patience) {}

    [[nodiscard]] std::vector<model::LayerVersion> versions() const override {
        std::vector<model::LayerVersion> versions;
        for (VersionRecord& record : read_records(*m_database)) {
            versions.push_back(std::move(record.version));
        }
        require_unchanged();
        return versions;
    }

    void read(const LayerId& layer, VersionNumber version,
              const std::function<void(model::Feature)>& visit) const override {
        read_some(layer, version, {}, visit);
    }

    void read_some(const LayerId& layer, VersionNumber version, const store::Selection& selection,
                   const std::function<void(model::Feature)>& visit) const override {
        if (m_database->in_transaction()) {  // called by a visitor: one state for both
            read_features(*m_database, read_record(*m_database, layer, version), selection, visit);
            return;
        }
        Transaction one_state(*m_database, Transaction::Kind::reading);
        read_features(*m_database, read_record(*m_database, layer, version), selection, visit);
        one_state.commit();
        require_unchanged();
    }

    [[nodiscard]] std::vector<FeatureId> unshared_ids(const LayerId& layer, VersionNumber a,
                                                      VersionNumber b) const override {
        Transaction one_state(*m_database, Transaction::Kind::reading);
        auto ids =
            gpkg::unshared_ids(*m_database, read_record(*m_database, layer, a), read_record(*m_database, layer, b));
        one_state.commit();
        return ids;
    }

    [[nodiscard]] std::vector<model::QuarantineRecord> quarantine(const LayerId& layer,
                                                                  VersionNumber version) const override {
        std::vector<model::QuarantineRecord> records;
        Statement rows = m_database->prepare(
            "SELECT place, reason, original FROM ranh_quarantine WHERE layer = ?1 AND number = ?2 ORDER BY fid");
        rows.bind(1, layer.text()).bind(2, version.value());
        while (rows.step()) {
            records.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2))});
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
        require_writable();
        change_workspace(*m_database, [&] {
            VersionRecord record = read_record(*m_database, layer, version);
            require_publishable(record);
            const std::string staging = "main." + sql_name(record.staging);
            apply_staging(*m_database, {staging, staged_content(*m_database, staging)}, record);
            m_database->execute(fmt::format("DROP TABLE {}", staging));
            record.staging.clear();
            model::publish(record.version, Timestamp::now(), by);
            write_record(*m_database, record);
        });
    }

    void withdraw(const LayerId& layer, VersionNumber version, const std::string& by) override {
        require_writable();
        change_workspace(*m_database, [&] {
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
        require_writable();
        change_workspace(*m_database, [&] {
            VersionRecord record = read_record(*m_database, layer, version);
            static_cast<void>(model::change_status(record.version, {Timestamp::now(), status, validity, superseded_by,
                                                                    record.version.withdrawn, by})
                                  .value());
            write_record(*m_database, record);
        });
    }

    store::Freed collect_garbage(const std::vector<model::LayerVersion>& forgotten) override {
        require_writable();
        const auto size = [&] {
            return m_database->integer("PRAGMA page_count") * m_database->integer("PRAGMA page_size");
        };
        const std::int64_t before = size();
        store::Freed freed;
        change_workspace(*m_database, [&] { freed = gpkg::collect_garbage(*m_database, forgotten); });
        shrink();
        freed.bytes = before - size();
        return freed;
    }

    [[nodiscard]] std::vector<std::string> damage() const override { return damage_of(*m_database); }

    [[nodiscard]] crs::WorkingPlaneCentre working_plane_centre() const override {
        return {degrees("plane_latitude_deg"), degrees("plane_longitude_deg")};
    }

    [[nodiscard]] std::int64_t change_counter() const override {
        return m_database->integer("SELECT CAST(value AS INTEGER) FROM ranh_setting WHERE name = 'change_counter'");
    }

    [[nodiscard]] std::unique_ptr<store::ChangeListener> listen(std::function<void()> /*wake*/) const override {
        return nullptr;
    }

    [[nodiscard]] std::string name() const override { return m_file.string(); }

    [[nodiscard]] std::string caution() const override { return journal_caution(network_file_system_at(m_file)); }

    [[nodiscard]] std::filesystem::path snapshot_folder() const override {
        std::filesystem::path folder = m_file;
        folder += ".snapshot";
        return folder;
    }

    /// A change is on the disk, its journal's removal included, when COMMIT returns.
    static void prepare_for_writing(const Database& database) { database.execute("PRAGMA synchronous = EXTRA"); }

private:
    [[nodiscard]] std::unique_ptr<Database> writing_connection() const {
        require_writable();
        auto connection = std::make_unique<Database>(m_file, OpenMode::existing, m_patience);
        prepare_for_writing(*connection);
        return connection;
    }

    /// Gives the room of dropped rows back to the disk; where there is none for it, the next change uses it.
    void shrink() const {
        try {
            m_database->execute("VACUUM");
        } catch (const Failure& failure) {
            if (failure.error().kind != ErrorKind::io) {
                throw;
            }
        }
        m_database->checkpoint();
    }

    void require_writable() const {
        if (m_access == Access::read_only) {
            throw Failure(ErrorKind::forbidden, "the workspace was opened for reading only", name());
        }
    }

    void require_publishable(const VersionRecord& record) const {
        std::vector<model::LayerVersion> of_layer;
        for (VersionRecord& other : read_records(*m_database, &record.version.layer)) {
            of_layer.push_back(std::move(other.version));
        }
        store::check_publishable(record.version, of_layer);
    }

    /// What was read without locks was of one state.
    void require_unchanged() const {
        if (m_database->is_immutable() && written_at(m_file) != m_written_at) {
            throw Failure(ErrorKind::conflict,
                          "the workspace was changed while it was read from a place that cannot be written, without "
                          "locks; run the command again",
                          name());
        }
    }

    static std::filesystem::file_time_type written_at(const std::filesystem::path& file) {
        std::error_code error;
        return std::filesystem::last_write_time(file, error);
    }

    [[nodiscard]] double degrees(std::string_view setting_name) const {
        return store::number_in_setting(setting_name, setting(*m_database, setting_name), name());
    }

    std::unique_ptr<Database> m_database;
    std::filesystem::path m_file;
    Access m_access;
    std::chrono::milliseconds m_patience;
    std::filesystem::file_time_type m_written_at = written_at(m_file);
};

bool is_new(const Database& database) { return database.integer("SELECT COUNT(*) FROM sqlite_schema") == 0; }

bool has_versions(const Database& database) {
    return database.integer("SELECT EXISTS(SELECT 1 FROM ranh_layer_version)") == 1;
}

}  // namespace

std::unique_ptr<store::Workspace> open_workspace(const std::filesystem::path& file, Access access,
                                                 crs::WorkingPlaneCentre centre, std::chrono::milliseconds patience) {
    std::error_code unknown;
    if (access == Access::read_only && !std::filesystem::exists(file, unknown)) {
        throw Failure(
            ErrorKind::not_found,
            "there is no such workspace; name another with -w, or make one with `ranh import FILE --layer ID`",
            file.string());
    }
    const std::string_view network = network_file_system_at(file);
    auto database = access == Access::read_write ? std::make_unique<Database>(file, OpenMode::create, patience)
                                                 : open_for_reading(file, patience);
    if (access == Access::read_write) {
        GpkgWorkspace::prepare_for_writing(*database);
        if (is_new(*database)) {
            Transaction creation(*database, Transaction::Kind::writing);
            if (is_new(*database)) {  // nobody else was faster
                create_workspace_tables(*database, centre);
            }
            creation.commit();
        }
    }
    check_workspace_tables(*database);
    if (access == Access::read_write && !is_complete(*database)) {
        Transaction completion(*database, Transaction::Kind::writing);
        complete_workspace_tables(*database);
        completion.commit();
    }
    // The first version is written without a log, which would hold every new page of it once more.
    const bool to_be_changed = access == Access::read_write && has_versions(*database);
    if (to_be_changed || (!network.empty() && !database->is_read_only())) {
        take_journal(*database, journal_for(network));
    }
    if (access == Access::read_only) {
        // Not opened read-only at the file system: the half-done change of a killed program must be undone before
        // reading.
        database->execute("PRAGMA query_only = 1");
    }
    return std::make_unique<GpkgWorkspace>(std::move(database), file, access, patience);
}

}  // namespace ranh::gpkg
