#include "spatial/codec/wkt.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>
#include <optional>

namespace ranh::codec {
namespace {

using geom::Geometry;
using geom::GeometryType;
using geom::GeometryView;
using geom::Point;

struct TypeName {
    GeometryType type;
    std::string_view name;
};

constexpr std::array<TypeName, 6> type_names{{{GeometryType::point, "POINT"},
                                              {GeometryType::line_string, "LINESTRING"},
                                              {GeometryType::polygon, "POLYGON"},
                                              {GeometryType::multi_point, "MULTIPOINT"},
                                              {GeometryType::multi_line_string, "MULTILINESTRING"},
                                              {GeometryType::multi_polygon, "MULTIPOLYGON"}}};

class Writer {
public:
    void geometry(const GeometryView& geometry) {
        for (const TypeName& row : type_names) {
            if (row.type == geometry.type) {
                m_text += row.name;
            }
        }
        m_text += ' ';
        const bool multi = geometry.type >= GeometryType::multi_point;
        open(multi);
        for (std::size_t i = 0; i < geometry.part_count(); ++i) {
            separate(i);
            part(geometry, i);
        }
        close(multi);
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    void part(const GeometryView& geometry, std::size_t i) {
        const bool with_rings = geom::dimension(geometry.type) == 2;
        const auto [first, end] = geometry.part(i);
        open(with_rings);
        for (std::size_t path = first; path < end; ++path) {
            separate(path - first);
            open(true);
            const auto points = geometry.path(path);
            for (std::size_t k = 0; k < points.size(); ++k) {
                separate(k);
                fmt::format_to(std::back_inserter(m_text), "{} {}", points[k].x, points[k].y);
            }
            close(true);
        }
        close(with_rings);
    }
    void separate(std::size_t index) { m_text += index == 0 ? "" : ", "; }
    void open(bool wanted) { m_text += wanted ? "(" : ""; }
    void close(bool wanted) { m_text += wanted ? ")" : ""; }
    std::string m_text;
};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Recursive descent over three fixed levels: parts, paths, points. The first fault is kept.
class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    [[nodiscard]] Result<Geometry> read() {
        if (const auto type = read_type()) {
            m_geometry.set_type(*type);
            if (*type >= GeometryType::multi_point) {
                list([this] { return part(); });
            } else {
                part();
            }
        }
        skip_space();
        if (!m_fault && m_offset != m_text.size()) {
            fault("more text follows after the end of the geometry");
        }
        if (m_fault) {
            return *m_fault;
        }
        return std::move(m_geometry);
    }

private:
    std::string word() {
        skip_space();
        std::string result;
        while (m_offset < m_text.size() && upper(m_text[m_offset]) >= 'A' && upper(m_text[m_offset]) <= 'Z') {
            result += upper(m_text[m_offset++]);
        }
        return result;
    }

    std::optional<GeometryType> read_type() {
        skip_space();
        const std::size_t begin = m_offset;
        const std::string name = word();
        for (const TypeName& row : type_names) {
            if (row.name == name) {
                refuse_second_word(name);
                return m_fault ? std::nullopt : std::optional(row.type);
            }
        }
        m_offset = begin;
        fault(fmt::format("'{}' found, POINT, LINESTRING, POLYGON or one of their MULTI forms expected", name));
        return std::nullopt;
    }

    void refuse_second_word(const std::string& name) {
        skip_space();
        const std::size_t begin = m_offset;
        const std::string second = word();
        if (!second.empty()) {
            m_offset = begin;
            fault(second == "EMPTY" ? fmt::format("{} EMPTY has no coordinates", name)
                                    : fmt::format("'{} {}' found, only two dimensions are read", name, second));
        }
    }

    bool part() {
        bool good = false;
        switch (geom::dimension(m_geometry.type())) {
            case 0: good = point_in_brackets(); break;
            case 1: good = path(); break;
            default: good = list([this] { return path(); }); break;
        }
        if (good) {
            m_geometry.end_part();
        }
        return good;
    }

    /// "(1 2)"; inside a MULTIPOINT also "1 2", as much software writes it.
    bool point_in_brackets() {
        const bool optional = m_geometry.type() == GeometryType::multi_point;
        const bool bracket = looks_at('(');
        if (!bracket && !optional) {
            return fault("'(' expected");
        }
        m_offset += bracket ? 1 : 0;
        if (!point() || (bracket && !expect(')'))) {
            return false;
        }
        m_geometry.end_path();
        return true;
    }

    bool path() {
        if (!list([this] { return point(); })) {
            return false;
        }
        m_geometry.end_path();
        return true;
    }

    bool point() {
        const auto x = number();
        const auto y = x ? number() : std::nullopt;
        if (!y) {
            return false;
        }
        m_geometry.add_point({*x, *y});
        return true;
    }

    std::optional<double> number() {
        skip_space();
        std::size_t begin = m_offset;
        if (begin < m_text.size() && m_text[begin] == '+') {
            ++begin;
        }
        const std::size_t digit =
            begin < m_text.size() && begin == m_offset && m_text[begin] == '-' ? begin + 1 : begin;
        double value = 0.0;
        // from_chars would also read "inf" and "nan".
        if (digit < m_text.size() && ((m_text[digit] >= '0' && m_text[digit] <= '9') || m_text[digit] == '.')) {
            const auto [end, status] = std::from_chars(m_text.data() + begin, m_text.data() + m_text.size(), value);
            if (status == std::errc()) {
                m_offset = static_cast<std::size_t>(end - m_text.data());
                return value;
            }
        }
        fault("a number expected");
        return std::nullopt;
    }

    template <typename Item>
    bool list(const Item& item) {
        if (!expect('(')) {
            return false;
        }
        do {
            if (!item()) {
                return false;
            }
        } while (take(','));
        return expect(')');
    }

    bool looks_at(char c) {
        skip_space();
        return m_offset < m_text.size() && m_text[m_offset] == c;
    }
    bool take(char c) {
        const bool found = looks_at(c);
        m_offset += found ? 1 : 0;
        return found;
    }
    bool expect(char c) { return take(c) || fault(fmt::format("'{}' expected", c)); }

    void skip_space() {
        while (m_offset < m_text.size() &&
               std::string_view(" \t\r\n").find(m_text[m_offset]) != std::string_view::npos) {
            ++m_offset;
        }
    }

    /// Always false, so that callers can return it.
    bool fault(std::string sentence) {
        if (!m_fault) {
            m_fault = Error{
                ErrorKind::corrupt_input, fmt::format("well-known text, character {}: {}", m_offset, sentence), {}};
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_offset = 0;
    Geometry m_geometry;
    std::optional<Error> m_fault;
};

}  // namespace

std::string to_wkt(const GeometryView& geometry) {
    Writer writer;
    writer.geometry(geometry);
    return writer.take();
}

Result<Geometry> parse_wkt(std::string_view text) { return Reader(text).read(); }

}  // namespace ranh::codec
