#pragma once

#include "spatial/model/value.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ranh::snapshot {

/// The values of one field of many features, in flat arrays of others: of a packed layer or of a ValueColumn.
///
/// A value is the place of its alternative in model::Value and 64 bits: a bool, an integer, the bits of a real, days
/// since 1970, or where its text begins in `texts` (length as u32, then UTF-8).
struct ValueColumnView {
    std::span<const std::uint8_t> types;
    std::span<const std::uint64_t> payloads;
    std::span<const char> texts;

    /// A value of this type has its payload in `texts`.
    [[nodiscard]] static bool is_text(std::uint8_t type);
    /// Cost  a copy of the text, if it is one. Errors  corrupt_input (Failure) when the bytes lead nowhere.
    [[nodiscard]] model::Value at(std::size_t i) const;
};

/// The values of one field while they are gathered.
class ValueColumn {
public:
    void append(const model::Value& value);
    /// Of what was gathered since the last drop().
    [[nodiscard]] ValueColumnView view() const { return {m_types, m_payloads, m_texts}; }
    /// Forgets what was gathered, for it stands elsewhere now, and goes on behind it.
    void drop();
    [[nodiscard]] std::size_t size() const { return m_types.size(); }

private:
    std::uint64_t place_of(const std::string& text);

    std::vector<std::uint8_t> m_types;
    std::vector<std::uint64_t> m_payloads;
    std::vector<char> m_texts;
    std::uint64_t m_dropped = 0;                              // bytes of texts
    std::unordered_map<std::string, std::uint64_t> m_places;  // of texts that came first
};

}  // namespace ranh::snapshot
