// Texts of parcel labels, a line each, its first byte the role: numbers, codes and areas that are what they say, or the
// text is unread and none of its words is taken.

#include "importers/linework/drawing.hpp"
#include "importers/linework/parcel_label.hpp"
#include "spatial/base/assert.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::vector<linework::LabelText> texts;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\x01'), bytes.size());
        const auto role = static_cast<linework::LabelRole>(static_cast<unsigned char>(bytes[0]) % 3U);
        texts.push_back({role, std::string(bytes.substr(0, end))});
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    const auto label = linework::read_label(texts);
    RANH_ASSERT(label.unread.size() <= texts.size());
    for (const auto& number : label.numbers) {
        RANH_ASSERT(!number.empty() && number[0] >= '0' && number[0] <= '9');
    }
    for (const auto& code : label.land_codes) {
        RANH_ASSERT(std::any_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
    }
    for (const double area : label.areas_m2) {
        RANH_ASSERT(std::isfinite(area) && area > 0.0);
    }
    for (const auto& text : texts) {
        const std::string key = linework::level_key(text.text);
        RANH_ASSERT(linework::level_key(key) == key);
    }
    return 0;
}
