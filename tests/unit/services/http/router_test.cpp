#include "services/http/router.hpp"

#include "services/http/target.hpp"

#include <gtest/gtest.h>

namespace ranh::http {
namespace {

Handle says(const std::string& text) {
    return [text](const Request&) {
        Response response;
        response.body = text;
        return response;
    };
}

Router router() {
    Router made;
    made.on(Method::get, "/", says("landing"));
    made.on(Method::get, "/things", says("all"));
    made.on(Method::get, "/things/{id}", says("one"));
    made.on(Method::post, "/things/{id}/run", says("ran"));
    made.on(Method::get, "/files/{rest*}", says("file"));
    return made;
}

Response ask(Method method, std::string_view target) {
    Request request;
    request.method = method;
    request.target = std::string(target);
    request.path = parse_target(target).value().path;
    return router()(request);
}

TEST(Router, FindsTheResourceOfAPath) {
    EXPECT_EQ(ask(Method::get, "/").body, "landing");
    EXPECT_EQ(ask(Method::get, "/things").body, "all");
    EXPECT_EQ(ask(Method::get, "/things/").body, "all");
    EXPECT_EQ(ask(Method::get, "/things/7").body, "one");
    EXPECT_EQ(ask(Method::post, "/things/7/run").body, "ran");
}

TEST(Router, TheRestOfAPathMayBeAnything) {
    for (const char* path : {"/files", "/files/", "/files/a", "/files/a/b/", "/files/../x"}) {
        EXPECT_EQ(ask(Method::get, path).body, "file") << path;
    }
}

TEST(Router, HeadGoesWhereGetGoes) { EXPECT_EQ(ask(Method::head, "/things").body, "all"); }

TEST(Router, AnUnknownPathIs404) {
    for (const char* path : {"/thing", "/things/7/8", "/things//", "/Things"}) {
        EXPECT_EQ(ask(Method::get, path).status, 404) << path;
    }
}

TEST(Router, AnotherMethodIs405WithAllow) {
    const Response response = ask(Method::post, "/things");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask(Method::get, "/things/7/run").header("Allow"), "POST, OPTIONS");
    EXPECT_EQ(ask(Method::other, "/things").status, 405);
}

TEST(Router, OptionsNamesTheMethods) {
    const Response response = ask(Method::options, "/things");
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask(Method::options, "/nowhere").status, 404);
}

}  // namespace
}  // namespace ranh::http
