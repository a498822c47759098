#include "services/handlers/map_files.hpp"

#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <unistd.h>

namespace ranh::handlers {
namespace {

namespace fs = std::filesystem;

class MapFiles : public testing::Test {
protected:
    MapFiles() : m_folder(fs::path(testing::TempDir()) / ("ranh-map-" + std::to_string(::getpid()))) {
        fs::create_directories(m_folder / "viewer" / "basemap");
        write("secret.txt", "secret");
        write("viewer/index.html", "<!DOCTYPE html>");
        write("viewer/app.js", std::string(5'000, ';'));
        write("viewer/.hidden", "hidden");
        write("viewer/basemap/coast.geojson", "{}");
        Dependencies dependencies = test::served_dependencies();
        dependencies.viewer_folder = m_folder / "viewer";
        m_handle = make_router(std::move(dependencies));
    }
    ~MapFiles() override { fs::remove_all(m_folder); }

    void write(const std::string& name, const std::string& text) const { std::ofstream(m_folder / name) << text; }
    [[nodiscard]] http::Response get(std::string_view target, const test::Headers& headers = {}) const {
        return m_handle(test::get_request(target, headers));
    }

    fs::path m_folder;
    http::Handle m_handle;
};

TEST_F(MapFiles, ServesTheFilesWithTheirTypes) {
    EXPECT_EQ(get("/map/").body, "<!DOCTYPE html>");
    EXPECT_EQ(get("/map/").header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(get("/map/app.js").header("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(get("/map/basemap/coast.geojson").header("Content-Type"), "application/geo+json");
    EXPECT_THAT(*get("/map/").header("Content-Security-Policy"), testing::HasSubstr("default-src 'self'"));
}

TEST_F(MapFiles, SendsTheBareNameOnToTheFolder) {
    EXPECT_EQ(get("/map").status, 308);
    EXPECT_EQ(get("/map").header("Location"), "map/");
}

TEST_F(MapFiles, CompressesAndValidates) {
    const http::Response packed = get("/map/app.js", {{"accept-encoding", "gzip"}});
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_EQ(get("/map/app.js", {{"accept-encoding", "gzip"}, {"if-none-match", std::string(*packed.header("ETag"))}})
                  .status,
              304);
    EXPECT_EQ(get("/map/app.js").body.size(), 5'000U);
}

TEST_F(MapFiles, ServesAChangedFileAtOnce) {
    EXPECT_EQ(get("/map/").body, "<!DOCTYPE html>");
    write("viewer/index.html", "<!DOCTYPE html><p>new");
    EXPECT_EQ(get("/map/").body, "<!DOCTYPE html><p>new");
}

TEST_F(MapFiles, NothingOutsideTheFolderCanBeNamed) {
    for (const char* target : {"/map/../secret.txt", "/map/%2e%2e/secret.txt", "/map/..%2fsecret.txt",
                               "/map/basemap/../../secret.txt", "/map//secret.txt", "/map/.hidden", "/map/basemap",
                               "/map/basemap/", "/map/none.js", "/map/%5c..%5csecret.txt", "/map/./index.html"}) {
        EXPECT_EQ(get(target).status, 404) << target;
    }
}

TEST(MediaTypeOf, KnowsWhatAMapPageIsMadeOf) {
    EXPECT_EQ(media_type_of("a.css"), "text/css; charset=utf-8");
    EXPECT_EQ(media_type_of("a.woff2"), "font/woff2");
    EXPECT_EQ(media_type_of("a"), "application/octet-stream");
}

TEST(MapFilesAbsent, SayWhy) {
    const http::Response response = make_router(test::served_dependencies())(test::get_request("/map/"));
    EXPECT_EQ(response.status, 404);
    EXPECT_THAT(response.body, testing::HasSubstr("node"));
}

}  // namespace
}  // namespace ranh::handlers
