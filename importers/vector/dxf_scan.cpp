#include "importers/vector/dxf_scan.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace ranh::vector {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\0'; }

std::string_view without_blanks(std::string_view line) {
    while (!line.empty() && is_blank(line.front())) {
        line.remove_prefix(1);
    }
    while (!line.empty() && is_blank(line.back())) {
        line.remove_suffix(1);
    }
    return line;
}

/// Lines of a text, one after the other.
class Lines {
public:
    explicit Lines(std::string_view text) : m_text(text) {}
    std::optional<std::string_view> next() {
        if (m_begin >= m_text.size()) {
            return std::nullopt;
        }
        const std::size_t end = std::min(m_text.find('\n', m_begin), m_text.size());
        const auto line = without_blanks(m_text.substr(m_begin, end - m_begin));
        m_begin = end + 1;
        ++m_number;
        return line;
    }
    [[nodiscard]] std::size_t number() const { return m_number; }

private:
    std::string_view m_text;
    std::size_t m_begin = 0;
    std::size_t m_number = 0;
};

class Scan {
public:
    void pair(std::string_view code, std::string_view value, std::size_t line) {
        if (code == "0") {
            begin(value, line);
        } else if (code == "2" && m_section_follows) {
            m_in_entities = value == "ENTITIES";
            m_section_follows = false;
        } else if (code == "5" && m_open) {
            m_result.entities.back().handle = value;
            m_open = false;
        }
    }
    [[nodiscard]] DxfScan result() && { return std::move(m_result); }
    [[nodiscard]] bool ends() const { return m_result.ends; }

private:
    void begin(std::string_view type, std::size_t line) {
        m_open = false;
        m_section_follows = type == "SECTION";
        m_result.ends = type == "EOF";
        if (type == "ENDSEC") {
            m_in_entities = false;
        }
        const bool part = type == "VERTEX" || type == "SEQEND" || type == "ATTRIB";
        if (m_in_entities && !part && !m_section_follows && !m_result.ends) {
            m_result.entities.push_back({std::string(type), {}, line});
            m_open = true;
        }
    }

    DxfScan m_result;
    bool m_section_follows = false;
    bool m_in_entities = false;
    bool m_open = false;
};

constexpr std::array<std::string_view, 22> read_types = {
    "POINT",   "MTEXT", "TEXT",   "LINE",    "POLYLINE",    "LWPOLYLINE", "MLINE",     "CIRCLE",
    "ELLIPSE", "ARC",   "SPLINE", "HELIX",   "3DFACE",      "INSERT",     "DIMENSION", "HATCH",
    "SOLID",   "TRACE", "LEADER", "MLEADER", "MULTILEADER", "ATTDEF"};
constexpr std::array<std::string_view, 9> pictures = {"VIEWPORT",  "IMAGE", "WIPEOUT",     "OLEFRAME", "OLE2FRAME",
                                                      "TOLERANCE", "LIGHT", "PDFUNDERLAY", "ATTDEF"};

}  // namespace

DxfScan scan_dxf(std::string_view text) {
    Lines lines(text);
    Scan scan;
    while (!scan.ends()) {
        const auto code = lines.next();
        const auto value = lines.next();
        if (!code || !value) {
            break;
        }
        scan.pair(*code, *value, lines.number());
    }
    return std::move(scan).result();
}

bool dxf_entity_is_read(std::string_view type) {
    return std::find(read_types.begin(), read_types.end(), type) != read_types.end();
}

bool dxf_entity_is_drawn(std::string_view type) {
    return std::find(pictures.begin(), pictures.end(), type) == pictures.end();
}

}  // namespace ranh::vector
