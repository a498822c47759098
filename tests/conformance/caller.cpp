#include "tests/conformance/caller.hpp"

namespace ranh::conformance {
namespace {

class InProcess : public Caller {
public:
    [[nodiscard]] http::Response get(std::string_view target, const test::Headers& headers) const override {
        return m_handle(test::get_request(target, headers));
    }
    [[nodiscard]] http::Response post(std::string_view target, const std::string& body) const override {
        return m_handle(test::post_request(target, body));
    }

private:
    http::Handle m_handle = handlers::make_router(test::served_dependencies());
};

class OverHttp : public Caller {
public:
    [[nodiscard]] http::Response get(std::string_view target, const test::Headers& headers) const override {
        return m_server.get(target, headers);
    }
    [[nodiscard]] http::Response post(std::string_view target, const std::string& body) const override {
        return m_server.post(target, body, {{"Content-Type", "application/json"}});
    }

private:
    test::Loopback m_server{handlers::make_router(test::served_dependencies())};
};

}  // namespace

std::unique_ptr<Caller> make_caller(Way way) {
    if (way == Way::in_process) {
        return std::make_unique<InProcess>();
    }
    return std::make_unique<OverHttp>();
}

std::string name_of(const testing::TestParamInfo<Way>& way) {
    return way.param == Way::in_process ? "InProcess" : "OverHttp";
}

codec::Json Clause::json(std::string_view target) const {
    const http::Response response = get(target);
    EXPECT_EQ(response.status, 200) << target << ": " << response.body;
    const auto parsed = codec::parse_json(response.body);
    EXPECT_TRUE(parsed.ok()) << target;
    return parsed ? parsed.value() : codec::Json();
}

http::Response Clause::follow(std::string_view href) const {
    const std::size_t path = href.find('/', href.find("://") + 3);
    EXPECT_NE(path, std::string_view::npos) << href;
    return get(href.substr(path));
}

codec::JsonArray elements(const codec::Json& json, std::string_view path) {
    const codec::Json value = test::at(json, path);
    return value.array() == nullptr ? codec::JsonArray() : *value.array();
}

codec::JsonArray links_with(const codec::Json& json, std::string_view relation) {
    codec::JsonArray found;
    for (const codec::Json& link : elements(json, "links")) {
        if (text_at(link, "rel") == relation) {
            found.push_back(link);
        }
    }
    return found;
}

std::string text_at(const codec::Json& json, std::string_view path) {
    return std::string(test::at(json, path).string().value_or(""));
}

}  // namespace ranh::conformance
