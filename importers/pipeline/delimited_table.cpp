#include "importers/pipeline/delimited_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

namespace ranh::pipeline {

namespace {

constexpr std::size_t sample_bytes = std::size_t{64} << 10U;
constexpr std::size_t longest_cell = std::size_t{1} << 20U;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n\f\v");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n\f\v") - first + 1));
}

std::vector<std::string> split_at_blanks(std::string_view line) {
    std::vector<std::string> cells;
    std::size_t i = 0;
    while ((i = line.find_first_not_of(" \t\r\n\f\v", i)) != std::string_view::npos) {
        const bool quoted = line[i] == '"' && line.find('"', i + 1) != std::string_view::npos;
        const std::size_t end =
            quoted ? line.find('"', i + 1) : std::min(line.find_first_of(" \t\r\n\f\v", i), line.size());
        cells.emplace_back(quoted ? line.substr(i + 1, end - i - 1) : line.substr(i, end - i));
        i = quoted ? end + 1 : end;
    }
    return cells;
}

/// Splits a complete logical line by RFC 4180 (a quote inside an unquoted cell is a plain character).
std::vector<std::string> split_at(std::string_view line, char delimiter) {
    std::vector<std::string> cells;
    std::size_t i = 0;
    while (true) {
        const std::size_t start = std::min(line.find_first_not_of(' ', i), line.size());
        std::string cell;
        if (start < line.size() && line[start] == '"') {
            i = start + 1;
            while (i < line.size() && !(line[i] == '"' && (i + 1 == line.size() || line[i + 1] != '"'))) {
                i += line[i] == '"' ? 1U : 0U;
                cell += line[i++];
            }
            i = std::min(line.find(delimiter, i), line.size());
        } else {
            const std::size_t end = std::min(line.find(delimiter, i), line.size());
            cell = line.substr(i, end - i);
            i = end;
        }
        cells.push_back(trimmed(cell));
        if (i >= line.size()) {
            return cells;
        }
        ++i;
    }
}

std::vector<std::string> split_line(std::string_view line, Delimiter delimiter) {
    return delimiter == Delimiter::spaces ? split_at_blanks(line) : split_at(line, static_cast<char>(delimiter));
}

bool is_numeric_text(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.,-+") == std::string_view::npos &&
           text.find_first_of("0123456789") != std::string_view::npos;
}

/// "51 500000": a comma split a number that was parted by blanks from its neighbour. A cell of groups "1 255 172" is no
/// such cell.
bool holds_two_numbers(const std::string& cell) {
    const auto words = split_at_blanks(cell);
    const bool numbers = words.size() >= 2 && std::all_of(words.begin(), words.end(), is_numeric_text);
    return numbers &&
           std::any_of(words.begin() + 1, words.end(), [](const std::string& word) { return word.size() != 3; });
}

struct SplitQuality {
    std::size_t uniform_rows = 0;  ///< rows with the most common number of cells, when that is two or more
    bool breaks_numbers = false;
};

SplitQuality quality_of(const std::vector<std::string_view>& lines, Delimiter delimiter) {
    std::map<std::size_t, std::size_t> rows_by_cells;
    SplitQuality quality;
    std::size_t broken = 0;
    for (const auto line : lines) {
        const auto cells = split_line(line, delimiter);
        ++rows_by_cells[cells.size()];
        broken += std::any_of(cells.begin(), cells.end(), holds_two_numbers) ? 1U : 0U;
    }
    for (const auto& [cells, rows] : rows_by_cells) {
        quality.uniform_rows = cells >= 2 ? std::max(quality.uniform_rows, rows) : quality.uniform_rows;
    }
    quality.breaks_numbers = broken * 2 > lines.size();
    return quality;
}

std::vector<std::string_view> sample_lines(std::string_view sample) {
    std::vector<std::string_view> lines;
    while (!sample.empty() && lines.size() < 200) {
        const auto end = sample.find('\n');
        const auto line = sample.substr(0, end);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            lines.push_back(line);
        }
        sample = end == std::string_view::npos ? std::string_view() : sample.substr(end + 1);
    }
    return lines;
}

void append_utf8(std::string& text, char32_t code) {
    const auto byte = [&text](char32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
    if (code < 0x80U) {
        byte(code);
    } else if (code < 0x800U) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000U) {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | (code >> 18U));
        byte(0x80U | ((code >> 12U) & 0x3FU));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

std::string utf8_of_utf16(std::string_view bytes, bool big_endian) {
    std::string text;
    char32_t high = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        const auto unit = static_cast<char32_t>(big_endian ? first << 8U | second : second << 8U | first);
        if (unit >= 0xD800U && unit < 0xDC00U) {
            high = unit;
        } else if (unit >= 0xDC00U && unit < 0xE000U && high != 0) {
            append_utf8(text, 0x10000U + ((high - 0xD800U) << 10U) + (unit - 0xDC00U));
            high = 0;
        } else {
            append_utf8(text, unit);
        }
    }
    return text;
}

std::string rest_of(std::istream& input) {
    std::ostringstream bytes;
    bytes << input.rdbuf();
    return bytes.str();
}

class DelimitedTable final : public TableReader {
public:
    DelimitedTable(std::unique_ptr<std::istream> input, std::string name)
        : m_input(std::move(input)), m_name(std::move(name)) {
        skip_byte_order_mark();
        const auto start = m_input->tellg();
        std::string sample(sample_bytes, '\0');
        m_input->read(sample.data(), static_cast<std::streamsize>(sample.size()));
        sample.resize(static_cast<std::size_t>(m_input->gcount()));
        m_input->clear();
        m_input->seekg(start);
        m_delimiter = find_delimiter(sample);
    }

    std::optional<TableRow> next() override {
        std::string line;
        while (next_logical_line(line)) {
            TableRow row{m_row_start, split_line(line, m_delimiter)};
            if (std::any_of(row.cells.begin(), row.cells.end(),
                            [](const std::string& cell) { return !cell.empty(); })) {
                return row;
            }
        }
        return std::nullopt;
    }

    std::string name() const override { return m_name; }

private:
    void skip_byte_order_mark() {
        std::array<char, 3> head{};
        m_input->read(head.data(), static_cast<std::streamsize>(head.size()));
        const std::string_view bytes(head.data(), static_cast<std::size_t>(m_input->gcount()));
        m_input->clear();
        if (bytes == "\xEF\xBB\xBF") {
            return;
        }
        const bool little = bytes.starts_with("\xFF\xFE");
        const bool big = bytes.starts_with("\xFE\xFF");
        m_input->seekg(little || big ? 2 : 0);
        if (little || big) {
            m_input = std::make_unique<std::istringstream>(utf8_of_utf16(rest_of(*m_input), big));
        }
    }

    /// A line, joined with those that follow while a quote is open.
    bool next_logical_line(std::string& line) {
        line.clear();
        std::string piece;
        if (!std::getline(*m_input, piece)) {
            return false;
        }
        m_row_start = ++m_line;
        line = piece;
        while (m_delimiter != Delimiter::spaces && quote_is_open(line)) {
            if (!std::getline(*m_input, piece) || line.size() > longest_cell) {
                throw Failure(ErrorKind::corrupt_input,
                              "the quote opened on this line is never closed; close it, or remove it",
                              fmt::format("{}, line {}", m_name, m_row_start));
            }
            ++m_line;
            line += '\n';
            line += piece;
        }
        return true;
    }

    /// A cell of the line begins with a quote that the line does not close.
    bool quote_is_open(const std::string& line) const {
        bool open = false;
        bool cell_start = true;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char c = line[i];
            if (open) {
                if (c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
                    ++i;
                } else if (c == '"') {
                    open = false;
                }
            } else if (c == '"' && cell_start) {
                open = true;
                cell_start = false;
            } else {
                cell_start = c == static_cast<char>(m_delimiter) || (cell_start && c == ' ');
            }
        }
        return open;
    }

    std::unique_ptr<std::istream> m_input;
    std::string m_name;
    Delimiter m_delimiter = Delimiter::comma;
    std::int64_t m_line = 0;
    std::int64_t m_row_start = 0;
};

}  // namespace

Delimiter find_delimiter(std::string_view sample) {
    const auto lines = sample_lines(sample);
    Delimiter best = Delimiter::comma;
    std::size_t most = 0;
    constexpr std::array candidates = {Delimiter::tab, Delimiter::semicolon, Delimiter::bar, Delimiter::comma,
                                       Delimiter::spaces};
    for (const Delimiter delimiter : candidates) {
        const SplitQuality quality = quality_of(lines, delimiter);
        // The first four are written on purpose: half of the rows are enough. Blanks also stand inside names.
        const bool enough = quality.uniform_rows * 2 >= lines.size() && quality.uniform_rows > 0;
        if (delimiter != Delimiter::spaces && enough && !quality.breaks_numbers) {
            return delimiter;
        }
        if (quality.uniform_rows > most && !quality.breaks_numbers) {
            most = quality.uniform_rows;
            best = delimiter;
        }
    }
    return best;
}

std::unique_ptr<TableReader> read_delimited(std::unique_ptr<std::istream> input, std::string name) {
    return std::make_unique<DelimitedTable>(std::move(input), std::move(name));
}

std::unique_ptr<TableReader> open_delimited(const std::filesystem::path& file) {
    auto input = std::make_unique<std::ifstream>(file, std::ios::binary);
    if (!*input) {
        throw Failure(ErrorKind::io, "the file cannot be opened; check that it exists and that you may read it",
                      file.filename().string());
    }
    return read_delimited(std::move(input), file.filename().string());
}

}  // namespace ranh::pipeline
