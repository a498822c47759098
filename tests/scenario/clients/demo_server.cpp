#include "tests/scenario/clients/demo_server.hpp"

namespace ranh::test {
namespace {

SampleWorkspace demo_workspace() {
    return SampleWorkspace({"communes", "power-plants", "bauxite", "titanium", "projects", "parcels"});
}

std::string with_saved_results(const SampleWorkspace& workspace) {
    for (const auto& [left, right] : {std::pair("bauxite", "communes"), std::pair("projects", "bauxite")}) {
        const ProgramEnd end = workspace.run({"overlaps", left, right, "--save"});
        if (end.exit_code != 0) {
            throw Failure(ErrorKind::internal, end.text());
        }
    }
    return workspace.file();
}

}  // namespace

DemoServer::DemoServer() : workspace(demo_workspace()), server(with_saved_results(workspace)) {}

const DemoServer& demo() {
    static const DemoServer server;
    return server;
}

}  // namespace ranh::test
