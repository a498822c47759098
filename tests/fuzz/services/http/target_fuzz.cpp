// Request target, Host, Accept, Accept-Encoding and If-None-Match: any bytes, nothing but a value or an Error.

#include "services/http/negotiation.hpp"
#include "services/http/target.hpp"
#include "spatial/base/assert.hpp"

#include <array>
#include <cstdint>
#include <string>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto target = http::parse_target(text)) {
        const auto again = http::parse_target("/" + http::encoded_query(target.value().query));
        RANH_ASSERT(again.ok());
        RANH_ASSERT(target.value().query.empty() || again.value().query == target.value().query);
    }
    if (const auto host = http::checked_host(text)) {
        RANH_ASSERT(host.value().find_first_of("/\\@?#\r\n\"<> ") == std::string::npos);
    }
    constexpr std::array<std::string_view, 2> offered{"application/json", "text/html"};
    const auto chosen = http::best_media_type(text, offered);
    RANH_ASSERT(!chosen || *chosen < offered.size());
    static_cast<void>(http::accepts_gzip(text));
    static_cast<void>(http::names_etag(text, "\"abc\""));
    return 0;
}
