#include "spatial/snapshot/value_column.hpp"

#include "spatial/base/error.hpp"

#include <bit>
#include <chrono>
#include <cstring>
#include <limits>

namespace ranh::snapshot {
namespace {

using model::Value;

/// Codes and names repeat, so that a few thousand places serve a whole layer; ids and remarks do not, and remembering
/// all of them would cost more than it saves.
constexpr std::size_t most_places = 65536;

enum : std::uint8_t { null_type, boolean_type, integer_type, real_type, text_type, date_type };
static_assert(std::variant_size_v<Value> == date_type + 1);

[[noreturn]] void damaged() {
    throw Failure(
        ErrorKind::corrupt_input,
        "an attribute of a packed layer leads outside its section; delete the file, the next command makes it "
        "anew from the workspace");
}

}  // namespace

bool ValueColumnView::is_text(std::uint8_t type) { return type == text_type; }

Value ValueColumnView::at(std::size_t i) const {
    const std::uint64_t payload = payloads[i];
    switch (types[i]) {
        case null_type: return {};
        case boolean_type: return payload != 0;
        case integer_type: return static_cast<std::int64_t>(payload);
        case real_type: return std::bit_cast<double>(payload);
        case text_type: {
            std::uint32_t length = 0;
            if (payload > texts.size() || texts.size() - payload < sizeof length) {
                damaged();
            }
            std::memcpy(&length, texts.data() + payload, sizeof length);
            if (texts.size() - payload - sizeof length < length) {
                damaged();
            }
            return std::string(texts.data() + payload + sizeof length, length);
        }
        case date_type:
            return Date(std::chrono::sys_days(
                std::chrono::days(static_cast<std::int32_t>(static_cast<std::int64_t>(payload)))));
        default: damaged();
    }
}

void ValueColumn::append(const Value& value) {
    std::uint64_t payload = 0;
    switch (value.index()) {
        case boolean_type: payload = std::get<bool>(value) ? 1 : 0; break;
        case integer_type: payload = static_cast<std::uint64_t>(std::get<std::int64_t>(value)); break;
        case real_type: payload = std::bit_cast<std::uint64_t>(std::get<double>(value)); break;
        case text_type: payload = place_of(std::get<std::string>(value)); break;
        case date_type:
            payload = static_cast<std::uint64_t>(
                static_cast<std::int64_t>(std::get<Date>(value).day().time_since_epoch().count()));
            break;
        default: break;
    }
    m_types.push_back(static_cast<std::uint8_t>(value.index()));
    m_payloads.push_back(payload);
}

void ValueColumn::drop() {
    m_dropped += m_texts.size();
    m_types.clear();
    m_payloads.clear();
    m_texts.clear();
}

std::uint64_t ValueColumn::place_of(const std::string& text) {
    const auto found = m_places.find(text);
    if (found != m_places.end()) {
        return found->second;
    }
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
        throw Failure(ErrorKind::limit_exceeded, "an attribute is longer than 4 GiB; leave it out of the layer");
    }
    const std::uint64_t place = m_dropped + m_texts.size();
    const auto length = static_cast<std::uint32_t>(text.size());
    const auto* const bytes = reinterpret_cast<const char*>(&length);
    m_texts.insert(m_texts.end(), bytes, bytes + sizeof length);
    m_texts.insert(m_texts.end(), text.begin(), text.end());
    if (m_places.size() < most_places) {
        m_places.emplace(text, place);
    }
    return place;
}

}  // namespace ranh::snapshot
