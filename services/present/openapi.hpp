#pragma once

#include <string>

namespace ranh::present {

/// The API definition, OpenAPI 3.0.3, without any reference to another document. The `bbox` schema is the 1.0.0 form
/// (minItems 4, maxItems 6) that the official test suite of Features reads.
[[nodiscard]] std::string openapi_json(const std::string& base_url);
/// Its paths, methods and parameters as a page.
[[nodiscard]] std::string openapi_html(const std::string& base_url);

}  // namespace ranh::present
