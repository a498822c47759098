#pragma once

#include "tests/support/sample_layers.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/tables.hpp"

namespace ranh::test {

/// The collections of the demonstration, two saved results among them, and a server over them.
struct DemoServer {
    DemoServer();
    SampleWorkspace workspace;
    ServerProcess server;
};

/// One for all tests of this program.
[[nodiscard]] const DemoServer& demo();

}  // namespace ranh::test
