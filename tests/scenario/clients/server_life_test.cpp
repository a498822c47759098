#include "tests/support/sample_layers.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

SampleWorkspace workspace_with_zones() { return SampleWorkspace({"titanium"}); }

/// Asks again until the answer is as wanted, at most 20 s.
template <typename Wanted>
bool comes_true(const Wanted& wanted) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!wanted()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return true;
}

TEST(ServerLife, PrintsItsAddressAndEndsWithZeroWhenAskedTo) {
    const SampleWorkspace workspace = workspace_with_zones();
    ServerProcess server(workspace.file());
    const ProgramEnd end = server.stop();
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, AllOf(HasSubstr(server.url("/map/")), HasSubstr("Bản đồ")));
}

TEST(ServerLife, GivesItsAddressAsJson) {
    const SampleWorkspace workspace = workspace_with_zones();
    ServerProcess server(workspace.file(), {"--json"});
    const ProgramEnd end = server.stop();
    EXPECT_EQ(text_of(json_of(end.output), "url"), server.url());
}

TEST(ServerLife, ShowsANewVersionWithoutARestart) {
    const SampleWorkspace workspace = workspace_with_zones();
    const ServerProcess server(workspace.file());
    EXPECT_EQ(number_of(json_of(server.get("/collections/titanium?f=json").body), "ranh:version"), 1.0);
    EXPECT_EQ(server.get("/collections/points?f=json").status, 404);
    ASSERT_EQ(
        workspace.run({"import", sample("tiny/points.geojson"), "--layer", "points", "--kind", "other"}).exit_code, 0);
    EXPECT_TRUE(comes_true([&server] { return server.get("/collections/points?f=json").status == 200; }));
    ASSERT_EQ(
        workspace.run({"import", sample("tiny/zones.geojson"), "--layer", "titanium", "--kind", "plan_area"}).exit_code,
        0);
    EXPECT_TRUE(comes_true([&server] {
        return number_of(json_of(server.get("/collections/titanium?f=json").body), "ranh:version") == 2.0;
    }));
}

TEST(ServerLife, LetsPagesOfOtherOriginsReadOnlyWhenPublicOrToldSo) {
    const SampleWorkspace workspace = workspace_with_zones();
    const auto allowed = [&workspace](const std::vector<std::string>& words) {
        const ServerProcess server(workspace.file(), words);
        const HttpAnswer answer = server.get("/collections/titanium/items", {"Origin: https://maps.example"});
        EXPECT_EQ(answer.status, 200);
        const auto found = answer.headers.find("access-control-allow-origin");
        return found == answer.headers.end() ? std::string() : found->second;
    };
    EXPECT_EQ(allowed({}), "");
    EXPECT_EQ(allowed({"--allow-origin", "https://maps.example"}), "https://maps.example");
    EXPECT_EQ(allowed({"--public"}), "*");
    EXPECT_EQ(allowed({"--public", "--allow-origin", "none"}), "");
}

TEST(ServerLife, DoesNotShowAHeldVersion) {
    const SampleWorkspace workspace = workspace_with_zones();
    ASSERT_EQ(workspace.run({"import", sample("tiny/points.geojson"), "--layer", "points", "--kind", "other", "--hold"})
                  .exit_code,
              0);
    const ServerProcess server(workspace.file());
    EXPECT_EQ(server.get("/collections/points?f=json").status, 404);
    ASSERT_EQ(workspace.run({"layers", "publish", "points@1"}).exit_code, 0);
    EXPECT_TRUE(comes_true([&server] { return server.get("/collections/points?f=json").status == 200; }));
}

TEST(ServerLife, ServesTheStateOfADateWhenToldSo) {
    const SampleWorkspace workspace = workspace_with_zones();
    ASSERT_EQ(workspace
                  .run({"import", sample("tiny/zones.geojson"), "--layer", "plan", "--kind", "plan_area", "--status",
                        "in_force", "--valid-from", "2026-01-01"})
                  .exit_code,
              0);
    const ServerProcess before(workspace.file(), {"--at", "2025-12-31"});
    EXPECT_EQ(before.get("/collections/plan?f=json").status, 404);
    const ServerProcess after(workspace.file(), {"--at", "2026-01-01"});
    EXPECT_EQ(after.get("/collections/plan?f=json").status, 200);
}

TEST(ServerLife, SaysWhenTheAddressIsTaken) {
    const SampleWorkspace workspace = workspace_with_zones();
    const ServerProcess server(workspace.file());
    const ProgramEnd end = workspace.run({"serve", "--listen", server.url().substr(std::string("http://").size())},
                                         {.limit = std::chrono::seconds(20)});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, HasSubstr("127.0.0.1"));
}

TEST(ServerLife, DoesNotChangeTheWorkspace) {
    const SampleWorkspace workspace = workspace_with_zones();
    const std::string before = read_file(workspace.file());
    ServerProcess server(workspace.file());
    EXPECT_EQ(server.get("/collections/titanium/items?f=json").status, 200);
    EXPECT_EQ(server.stop().exit_code, 0);
    EXPECT_TRUE(read_file(workspace.file()) == before);
}

}  // namespace
}  // namespace ranh::test
