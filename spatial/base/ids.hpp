#pragma once

#include "spatial/base/error.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ranh {

/// Name of a layer: 1 to 60 of a-z, 0-9 and '-', starting with a letter, not ending in '-', never "…-history" or
/// "ranh-…" (names the workspace needs for itself). It is a table name, a path segment and a file name at once.
class LayerId {
public:
    [[nodiscard]] static Result<LayerId> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const { return m_text; }
    friend auto operator<=>(const LayerId&, const LayerId&) = default;

private:
    explicit LayerId(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

/// Number of a layer version, counted from 1.
class VersionNumber {
public:
    constexpr VersionNumber() = default;
    constexpr explicit VersionNumber(std::int64_t value) : m_value(value) {}
    [[nodiscard]] constexpr std::int64_t value() const { return m_value; }
    friend constexpr auto operator<=>(VersionNumber, VersionNumber) = default;

private:
    std::int64_t m_value = 0;
};

/// Id of a feature as its source names it, as text; unique within one layer version (a repeated id carries "~2", "~3",
/// …).
class FeatureId {
public:
    FeatureId() = default;
    explicit FeatureId(std::string text) : m_text(std::move(text)) {}
    [[nodiscard]] const std::string& text() const { return m_text; }
    friend auto operator<=>(const FeatureId&, const FeatureId&) = default;

private:
    std::string m_text;
};

/// One feature of one layer version.
struct FeatureRef {
    LayerId layer;
    VersionNumber version;
    FeatureId feature;
    friend auto operator<=>(const FeatureRef&, const FeatureRef&) = default;
};

}  // namespace ranh

template <>
struct std::hash<ranh::FeatureId> {
    std::size_t operator()(const ranh::FeatureId& id) const noexcept { return std::hash<std::string>{}(id.text()); }
};
