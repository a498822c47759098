#include "tests/unit/spatial/store/workspace_contract.hpp"

#include "spatial/store/postgis/postgis_workspace.hpp"
#include "spatial/store/postgis/tables.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/changed_version_contract.hpp"

#include <fmt/format.h>

namespace ranh::test {
namespace {

class PostgisBackend {
public:
    std::unique_ptr<store::Workspace> open() {
        return postgis::open_workspace(m_address, postgis::Access::read_write, {.snapshot_root = m_folder.path()});
    }
    std::int64_t current_rows(const std::string& layer) { return rows(layer, false); }
    std::int64_t history_rows(const std::string& layer) { return rows(layer, true); }

private:
    std::int64_t rows(const std::string& layer, bool history) {
        const postgis::Database database(m_address, postgis::Database::Use::reading, std::chrono::seconds(5));
        std::int64_t count = 0;
        for (const postgis::Part& part : postgis::parts_of(database, layer_id(layer))) {
            const std::string table = database.table(history ? part.history() : part.table);
            count += database.integer("SELECT count(*) FROM " + table);
        }
        return count;
    }
    PostgresServer& m_server = PostgresServer::shared();
    postgis::Address m_address = postgis::parse_address(m_server.address(m_server.new_schema())).value();
    TemporaryFolder m_folder;
};

}  // namespace

INSTANTIATE_TYPED_TEST_SUITE_P(Postgis, WorkspaceContract, PostgisBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgis, ChangedVersionContract, PostgisBackend);

}  // namespace ranh::test
