#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::pipeline {

/// Counts things and remembers the first few names, for notes such as "12 polygons are not valid (A, B, C, …)".
class NamedCount {
public:
    void add(std::string_view name) {
        ++m_count;
        if (m_first.size() < most_names) {
            m_first.emplace_back(name);
        }
    }
    [[nodiscard]] std::int64_t count() const { return m_count; }
    /// "A, B, C", with ", …" when there are more.
    [[nodiscard]] std::string names() const {
        std::string text;
        for (const auto& name : m_first) {
            text += (text.empty() ? "" : ", ") + name;
        }
        return m_count > static_cast<std::int64_t>(m_first.size()) ? text + ", …" : text;
    }

private:
    static constexpr std::size_t most_names = 5;
    std::int64_t m_count = 0;
    std::vector<std::string> m_first;
};

}  // namespace ranh::pipeline
