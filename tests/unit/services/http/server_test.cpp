#include "services/http/server.hpp"

#include "spatial/base/error.hpp"
#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace ranh::http {
namespace {

using test::Loopback;
using test::RawConnection;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Answers with the request as the handler saw it.
Response echo(const Request& request) {
    Response response;
    response.set("Content-Type", "text/plain");
    response.body =
        request.base_url + " " + request.target + " " + std::to_string(request.path.size()) + " " + request.body;
    return response;
}

constexpr std::string_view head = "Host: ranh.example:81\r\n\r\n";

TEST(Server, HandsOverTheRequestAndAnswers) {
    const Loopback server(echo);
    const Response response = server.post("/a/b?c=d", "hello");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "http://127.0.0.1 /a/b?c=d 2 hello");
    EXPECT_EQ(response.header("content-length"), std::to_string(response.body.size()));
    EXPECT_EQ(response.header("x-content-type-options"), "nosniff");
    EXPECT_TRUE(response.header("date").has_value());
}

TEST(Server, KeepsAConnectionForMoreRequestsAndTakesPipelinedOnes) {
    const Loopback server(echo);
    RawConnection connection(server.port());
    connection.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(connection.read_until("/2 1"), HasSubstr("http://a /1 1 HTTP/1.1 200 OK"));
    connection.send("GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(connection.read_all(), HasSubstr("/3"));
}

TEST(Server, LinksStartWithThePublicUrlWhenThereIsOne) {
    const Loopback server(echo, {.public_url = "https://ranh.example/base/"});
    EXPECT_THAT(server.get("/x").body, StartsWith("https://ranh.example/base /x"));
}

TEST(Server, HeadHasTheLengthButNoBody) {
    const Loopback server(echo);
    const std::string answer = server.exchange("HEAD /x HTTP/1.1\r\nConnection: close\r\n" + std::string(head));
    EXPECT_THAT(answer, HasSubstr("Content-Length: 28"));
    EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n"));
}

TEST(Server, Http10NeedsNoHostAndIsClosed) {
    const Loopback server(echo);
    EXPECT_THAT(server.exchange("GET /x HTTP/1.0\r\n\r\n"),
                HasSubstr("http://127.0.0.1:" + std::to_string(server.port()) + " /x"));
}

TEST(Server, MalformedRequestsGet400) {
    const Loopback server(echo);
    for (const std::string request :
         {"GET //evil.example/x HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a/evil\r\n\r\n", "nonsense\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nNo Colon\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nabcd"}) {
        const std::string answer = server.exchange(request);
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << request;
        EXPECT_THAT(answer, HasSubstr("application/problem+json")) << request;
    }
}

TEST(Server, ABodyOverTheLimitGets413EvenWhileItIsSent) {
    const Loopback server(echo, {.most_body_bytes = 1'000});
    const Response announced = server.post("/x", std::string(3'000'000, 'a'));
    EXPECT_EQ(announced.status, 413);
    EXPECT_THAT(announced.body, HasSubstr("1000 bytes"));
    const std::string chunk = "400\r\n" + std::string(1024, 'a') + "\r\n";
    EXPECT_THAT(server.exchange("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk),
                StartsWith("HTTP/1.1 413 "));
}

TEST(Server, AChunkedBodyIsTaken) {
    const Loopback server(echo);
    EXPECT_THAT(server.exchange("POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: "
                                "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
                testing::EndsWith(" abc"));
}

TEST(Server, AHeaderOverTheLimitGets431) {
    const Loopback server(echo, {.most_header_bytes = 1'000});
    EXPECT_EQ(server.get("/x", {{"X-Long", std::string(2'000, 'a')}}).status, 431);
}

TEST(Server, AskedToGoOnItSays100) {
    const Loopback server(echo);
    RawConnection connection(server.port());
    connection.send(
        "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_THAT(connection.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue"));
    connection.send("abc");
    EXPECT_THAT(connection.read_all(), testing::EndsWith(" abc"));
}

TEST(Server, AnExceptionBecomes500WithoutItsWords) {
    const Loopback server([](const Request&) -> Response { throw std::runtime_error("secret path"); });
    const Response response = server.get("/x");
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.header("content-type"), "application/problem+json");
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
}

TEST(Server, IdleConnectionsAreClosed) {
    const Loopback server(echo, {.idle_seconds = 1});
    RawConnection connection(server.port());
    const auto begin = std::chrono::steady_clock::now();
    connection.send("GET / HT");
    EXPECT_EQ(connection.read_all(), "");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
}

TEST(Server, MoreConnectionsThanAllowedGet503) {
    const Loopback server(echo, {.most_connections = 2});
    RawConnection one(server.port());
    RawConnection two(server.port());
    one.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    two.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(one.read_until("200 OK"), HasSubstr("200"));
    EXPECT_THAT(two.read_until("200 OK"), HasSubstr("200"));
    RawConnection three(server.port());
    EXPECT_THAT(three.read_until("503"), HasSubstr("503"));
}

TEST(Server, ASlowPostDoesNotStandBeforeAQuickGet) {
    std::atomic<bool> go_on{false};
    const Loopback server(
        [&](const Request& request) {
            while (request.method == Method::post && !go_on) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            return echo(request);
        },
        {.threads = 1});
    RawConnection slow(server.port());
    slow.send("POST /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(server.get("/quick").status, 200);
    go_on = true;
    EXPECT_THAT(slow.read_all(), HasSubstr("/slow"));
}

TEST(Server, AClientThatLeavesCancelsItsPost) {
    std::atomic<bool> cancelled{false};
    {
        const Loopback server([&](const Request& request) {
            for (int i = 0; i < 1'000 && !cancelled; ++i) {
                cancelled = request.cancel->stopped();
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            return echo(request);
        });
        const RawConnection connection(server.port());
        connection.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    EXPECT_TRUE(cancelled);
}

TEST(Server, StoppingLetsARunningRequestFinish) {
    Loopback server([](const Request& request) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return echo(request);
    });
    RawConnection connection(server.port());
    connection.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    server.server().stop();
    EXPECT_THAT(connection.read_all(), HasSubstr("Connection: close"));
}

TEST(Server, StoppingTellsLongWorkToEnd) {
    const auto begin = std::chrono::steady_clock::now();
    {
        Loopback server(
            [](const Request& request) {
                while (!request.cancel->stopped()) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                }
                return echo(request);
            },
            {.drain_seconds = 0});
        const RawConnection connection(server.port());
        connection.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        server.server().stop();
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(Server, APortInUseIsNamed) {
    const Loopback server(echo);
    Server second({.port = server.port()}, echo);
    try {
        second.listen();
        FAIL() << "two servers on one port";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::io);
        EXPECT_THAT(failure.error().sentence, HasSubstr(std::to_string(server.port())));
    }
}

TEST(Server, ManyClientsAtOnceAreAllAnswered) {
    const Loopback server(echo);
    std::atomic<int> answered{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&] {
            for (int k = 0; k < 25; ++k) {
                answered += server.get("/x").status == 200 ? 1 : 0;
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    EXPECT_EQ(answered, 200);
}

}  // namespace
}  // namespace ranh::http
