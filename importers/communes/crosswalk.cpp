#include "importers/communes/crosswalk.hpp"

#include "importers/pipeline/delimited_table.hpp"
#include "importers/text/unicode.hpp"
#include "spatial/base/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

namespace ranh::communes {
namespace {

constexpr std::array<std::string_view, 12> columns = {"level",        "old_province", "old_district", "old_name",
                                                      "also_written", "old_code",     "new_code",     "new_name",
                                                      "new_province", "extent",       "share_of_old", "share_of_new"};
constexpr std::array<UnitLevel, 3> levels = {UnitLevel::province, UnitLevel::district, UnitLevel::commune};

/// Parses the cells of one row; `place` names file and row.
class RowReader {
public:
    RowReader(const pipeline::TableRow& row, const std::string& name)
        : m_row(row), m_place(fmt::format("{}, row {}", name, row.number)) {
        if (row.cells.size() != columns.size()) {
            wrong(fmt::format("{} cells found, {} expected", row.cells.size(), columns.size()));
        }
    }

    [[nodiscard]] FormerUnit unit() const {
        return {.level = level(),
                .province = text(1),
                .district = text(2),
                .name = needed(3),
                .also_written = text(4),
                .code = text(5),
                .commune_code = needed(6),
                .commune_name = needed(7),
                .commune_province = needed(8),
                .whole = is_whole(),
                .share_of_old = share(10),
                .share_of_new = share(11)};
    }

private:
    [[nodiscard]] std::string text(std::size_t column) const {
        if (!text::is_valid_utf8(m_row.cells[column])) {
            wrong(fmt::format("'{}' is no UTF-8", columns[column]));
        }
        return text::to_nfc(m_row.cells[column]);
    }

    [[nodiscard]] std::string needed(std::size_t column) const {
        std::string found = text(column);
        if (found.empty()) {
            wrong(fmt::format("'{}' is empty", columns[column]));
        }
        return found;
    }

    [[nodiscard]] UnitLevel level() const {
        const std::string found = text(0);
        const auto* const known =
            std::find_if(levels.begin(), levels.end(), [&](UnitLevel each) { return to_string(each) == found; });
        if (known == levels.end()) {
            wrong(fmt::format("level is '{}', expected province, district or commune", found));
        }
        return *known;
    }

    [[nodiscard]] bool is_whole() const {
        const std::string found = text(9);
        if (found != "whole" && found != "part") {
            wrong(fmt::format("extent is '{}', expected whole or part", found));
        }
        return found == "whole";
    }

    [[nodiscard]] std::optional<double> share(std::size_t column) const {
        const std::string& found = m_row.cells[column];
        if (found.empty()) {
            return std::nullopt;
        }
        double value = 0.0;
        const auto [end, status] = std::from_chars(found.data(), found.data() + found.size(), value);
        if (status != std::errc() || end != found.data() + found.size() || !(value >= 0.0 && value <= 1.0)) {
            wrong(fmt::format("{} is '{}', a number from 0 to 1 expected", columns[column], found));
        }
        return value;
    }

    [[noreturn]] void wrong(const std::string& sentence) const {
        throw Failure(ErrorKind::corrupt_input, sentence + "; mend the table of former units", m_place);
    }

    const pipeline::TableRow& m_row;
    std::string m_place;
};

}  // namespace

std::string_view to_string(UnitLevel level) {
    switch (level) {
        case UnitLevel::province: return "province";
        case UnitLevel::district: return "district";
        case UnitLevel::commune: return "commune";
    }
    return "commune";
}

std::vector<FormerUnit> read_crosswalk(std::unique_ptr<std::istream> csv, const std::string& name) {
    const auto table = pipeline::read_delimited(std::move(csv), name);
    const auto header = table->next();
    if (!header || !std::equal(header->cells.begin(), header->cells.end(), columns.begin(), columns.end())) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the header is not that of a crosswalk; expected {}", fmt::join(columns, ",")), name);
    }
    std::vector<FormerUnit> units;
    while (const auto row = table->next()) {
        units.push_back(RowReader(*row, name).unit());
    }
    return units;
}

std::vector<FormerUnit> open_crosswalk(const std::filesystem::path& file) {
    auto stream = std::make_unique<std::ifstream>(file, std::ios::binary);
    if (!*stream) {
        throw Failure(ErrorKind::io, "the table of former units cannot be opened; install the program anew",
                      file.string());
    }
    return read_crosswalk(std::move(stream), file.filename().string());
}

}  // namespace ranh::communes
