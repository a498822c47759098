#include "importers/pipeline/known_places.hpp"

#include "importers/pipeline/field_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace ranh::pipeline {

namespace {

/// "Xã Nhân Cơ", "P. Nhân Cơ" and "Nhân Cơ" are one name.
std::string commune_key(const std::string& name) {
    std::string key = header_key(name);
    constexpr std::array<std::string_view, 6> ranks = {"phuong", "dackhu", "thitran", "xa", "p", "tt"};
    for (const auto rank : ranks) {
        const bool abbreviated = rank.size() <= 2 && rank != "xa";
        if (key.starts_with(rank) && key.size() > rank.size() &&
            (!abbreviated || name.find('.') != std::string::npos)) {
            return key.substr(rank.size());
        }
    }
    return key;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

}  // namespace

const CommuneOutline* KnownCommunes::find(const std::string& commune) const {
    const std::string key = commune_key(commune);
    const CommuneOutline* found = nullptr;
    for (const auto& outline : m_outlines) {
        if (outline.code == commune) {
            return &outline;
        }
        if (commune_key(outline.name) == key) {
            if (found != nullptr) {
                return nullptr;
            }
            found = &outline;
        }
    }
    return found;
}

const CommuneOutline* KnownCommunes::in_file_name(const std::string& file_name) const {
    constexpr std::ptrdiff_t code_length = 5;
    for (auto begin = file_name.begin(); begin != file_name.end();) {
        begin = std::find_if(begin, file_name.end(), is_digit);
        const auto end = std::find_if_not(begin, file_name.end(), is_digit);
        if (end - begin == code_length) {
            const std::string code(begin, end);
            const auto found = std::ranges::find(m_outlines, code, &CommuneOutline::code);
            if (found != m_outlines.end()) {
                return &*found;
            }
        }
        begin = end;
    }
    return nullptr;
}

}  // namespace ranh::pipeline
