#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ranh::present {

/// The landing page (OGC 17-069r4, 7.2) and the list of conformance classes (7.4). `base_url` has no slash at its end.
[[nodiscard]] std::string landing_json(const std::string& base_url);
[[nodiscard]] std::string landing_html(const std::string& base_url);

/// Only classes that a test under tests/conformance covers.
[[nodiscard]] std::span<const std::string_view> conformance_classes();
[[nodiscard]] std::string conformance_json(const std::string& base_url);
[[nodiscard]] std::string conformance_html(const std::string& base_url);

/// {"status":"ok","revision":"…"}
[[nodiscard]] std::string health_json(std::string_view revision);

}  // namespace ranh::present
