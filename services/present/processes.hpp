#pragma once

#include "services/present/links.hpp"

#include <string>

namespace ranh::present {

/// `/processes` and `/processes/overlap-check` (OGC 18-062r2, 7.9 and 7.10).
[[nodiscard]] codec::Json processes(const std::string& base_url, const Format& format);
[[nodiscard]] codec::Json overlap_check(const std::string& base_url, const Format& format);

/// Either of them as a page.
[[nodiscard]] std::string processes_html(const std::string& base_url, const codec::Json& json);

}  // namespace ranh::present
