#pragma once

#include "tests/support/service.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace ranh::conformance {

/// How a clause is asked: through the router in process, or over HTTP.
class Caller {
public:
    Caller() = default;
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    virtual ~Caller() = default;
    [[nodiscard]] virtual http::Response get(std::string_view target, const test::Headers& headers = {}) const = 0;
    [[nodiscard]] virtual http::Response post(std::string_view target, const std::string& body) const = 0;
};

enum class Way { in_process, over_http };

[[nodiscard]] std::unique_ptr<Caller> make_caller(Way way);
[[nodiscard]] std::string name_of(const testing::TestParamInfo<Way>& way);

/// One clause: the service of tests/support/service.hpp asked in one of the two ways.
class Clause : public testing::TestWithParam<Way> {
protected:
    Clause() : m_caller(make_caller(GetParam())) {}
    [[nodiscard]] http::Response get(std::string_view target, const test::Headers& headers = {}) const {
        return m_caller->get(target, headers);
    }
    [[nodiscard]] http::Response post(std::string_view target, const std::string& body) const {
        return m_caller->post(target, body);
    }
    /// The JSON of a resource that must answer 200.
    [[nodiscard]] codec::Json json(std::string_view target) const;
    /// Follows a link of an answer: the resource behind it, asked in the same way.
    [[nodiscard]] http::Response follow(std::string_view href) const;

private:
    std::unique_ptr<Caller> m_caller;
};

/// Links of an object that have the relation, whole.
[[nodiscard]] codec::JsonArray links_with(const codec::Json& json, std::string_view relation);
/// The elements of an array at a path; none when there is no array.
[[nodiscard]] codec::JsonArray elements(const codec::Json& json, std::string_view path);
[[nodiscard]] std::string text_at(const codec::Json& json, std::string_view path);

}  // namespace ranh::conformance
