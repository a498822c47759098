#include "tests/unit/spatial/store/workspace_contract.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/gpkg/tables.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/changed_version_contract.hpp"

#include <fmt/format.h>

namespace ranh::test {
namespace {

class GpkgBackend {
public:
    std::unique_ptr<store::Workspace> open() {
        return gpkg::open_workspace(m_folder.file("w.gpkg"), gpkg::Access::read_write);
    }
    std::int64_t current_rows(const std::string& layer) { return rows(layer, ""); }
    std::int64_t history_rows(const std::string& layer) { return rows(layer, "_history"); }

private:
    std::int64_t rows(const std::string& layer, const std::string& suffix) {
        const gpkg::Database database(m_folder.file("w.gpkg"), gpkg::OpenMode::existing, std::chrono::seconds(5));
        std::int64_t count = 0;
        for (const gpkg::Part& part : gpkg::parts_of(database, layer_id(layer))) {
            count += database.integer(fmt::format("SELECT COUNT(*) FROM {}", gpkg::sql_name(part.table + suffix)));
        }
        return count;
    }
    TemporaryFolder m_folder;
};

}  // namespace

INSTANTIATE_TYPED_TEST_SUITE_P(Gpkg, WorkspaceContract, GpkgBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Gpkg, ChangedVersionContract, GpkgBackend);

}  // namespace ranh::test
