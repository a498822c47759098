#include "importers/pipeline/delimited_table.hpp"
#include "importers/vector/gdal_support.hpp"
#include "importers/vector/vector_reader.hpp"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace ranh::vector {

namespace {

std::string lower_ending(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool is_workbook(const std::filesystem::path& file) {
    const std::string ending = lower_ending(file);
    return ending == ".xlsx" || ending == ".xlsm" || ending == ".ods" || ending == ".xls";
}

/// Sets GDAL's options for sheets on this thread while a workbook is opened: no header row is guessed, every cell is
/// text.
class SheetOptions {
public:
    SheetOptions() {
        for (const char* driver : {"XLSX", "ODS", "XLS"}) {
            set(fmt::format("OGR_{}_HEADERS", driver), "DISABLE");
            set(fmt::format("OGR_{}_FIELD_TYPES", driver), "STRING");
        }
    }
    ~SheetOptions() {
        for (const auto& name : m_names) {
            CPLSetThreadLocalConfigOption(name.c_str(), nullptr);
        }
    }
    SheetOptions(const SheetOptions&) = delete;
    SheetOptions& operator=(const SheetOptions&) = delete;

private:
    void set(std::string name, const char* value) {
        CPLSetThreadLocalConfigOption(name.c_str(), value);
        m_names.push_back(std::move(name));
    }
    std::vector<std::string> m_names;
};

class SheetTable final : public pipeline::TableReader {
public:
    SheetTable(const std::filesystem::path& file, const std::optional<std::string>& sheet)
        : m_name(file.filename().string()) {
        const SheetOptions options;
        const detail::GdalMessages messages;
        m_dataset = detail::open_dataset(file, detail::Content::sheets, messages);
        choose_sheet(sheet);
        OGR_L_ResetReading(m_sheet);
        m_columns = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(m_sheet));
        report(messages);
    }

    std::optional<pipeline::TableRow> next() override {
        const detail::GdalMessages messages;
        while (const auto feature = detail::FeaturePointer(OGR_L_GetNextFeature(m_sheet))) {
            pipeline::TableRow row;
            row.number = OGR_F_GetFID(feature.get());
            for (int i = 0; i < m_columns; ++i) {
                row.cells.push_back(OGR_F_IsFieldSetAndNotNull(feature.get(), i) != 0
                                        ? trimmed(OGR_F_GetFieldAsString(feature.get(), i))
                                        : std::string());
            }
            if (std::any_of(row.cells.begin(), row.cells.end(),
                            [](const std::string& cell) { return !cell.empty(); })) {
                report(messages);
                return row;
            }
        }
        report(messages);
        return std::nullopt;
    }

    std::string name() const override { return m_name; }
    std::vector<std::string> notes() const override { return m_notes; }

private:
    /// What GDAL said becomes notes, each sentence once.
    void report(const detail::GdalMessages& messages) {
        for (const auto& message : messages.worth_reporting()) {
            auto note = fmt::format("{}: GDAL says: {}", m_name, message);
            if (std::find(m_notes.begin(), m_notes.end(), note) == m_notes.end()) {
                m_notes.push_back(std::move(note));
            }
        }
    }

    static std::string trimmed(const std::string& text) {
        const auto first = text.find_first_not_of(" \t\r\n");
        return first == std::string::npos
                   ? std::string()
                   : without_padding(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
    }

    /// "1326994.0000000000000000", as some programs store numbers, without its zeros; a label such as "4.10" has fewer.
    static std::string without_padding(std::string cell) {
        constexpr std::size_t most_printed_decimals = 10;
        const auto point = cell.find('.');
        const bool number = cell.find_first_not_of("0123456789.-") == std::string::npos &&
                            std::count(cell.begin(), cell.end(), '.') == 1;
        if (number && cell.size() - point > most_printed_decimals) {
            cell.erase(cell.find_last_not_of('0') + 1);
            if (cell.back() == '.') {
                cell.pop_back();
            }
        }
        return cell;
    }

    void choose_sheet(const std::optional<std::string>& wanted) {
        std::vector<std::string> filled;
        for (int i = 0; i < GDALDatasetGetLayerCount(m_dataset.get()); ++i) {
            const OGRLayerH sheet = detail::layer_of(m_dataset, i);
            const std::string name = OGR_L_GetName(sheet);
            if (OGR_L_GetFeatureCount(sheet, 1) > 0) {
                filled.push_back(name);
                m_sheet = !wanted || name == *wanted ? sheet : m_sheet;
            }
        }
        if (filled.empty()) {
            throw Failure(ErrorKind::invalid_argument, "the workbook has no filled sheet", m_name);
        }
        if (m_sheet == nullptr) {
            throw Failure(ErrorKind::not_found,
                          fmt::format("the workbook has no filled sheet '{}'; its filled sheets are: {}", *wanted,
                                      fmt::join(filled, ", ")),
                          m_name);
        }
        if (!wanted && filled.size() > 1) {
            throw Failure(
                ErrorKind::invalid_argument,
                fmt::format(
                    "the workbook has several filled sheets; name the one to read with "
                    "--source-layer (of an attribute table leave only that one, or save it as CSV). Its sheets: {}",
                    fmt::join(filled, ", ")),
                m_name);
        }
    }

    std::string m_name;
    detail::Dataset m_dataset;
    OGRLayerH m_sheet = nullptr;
    int m_columns = 0;
    std::vector<std::string> m_notes;
};

}  // namespace

bool is_table_file(const std::filesystem::path& file) {
    constexpr std::array<std::string_view, 3> endings = {".csv", ".tsv", ".txt"};
    return is_workbook(file) || std::find(endings.begin(), endings.end(), lower_ending(file)) != endings.end();
}

std::unique_ptr<pipeline::TableReader> open_table(const std::filesystem::path& file,
                                                  const std::optional<std::string>& sheet) {
    if (is_workbook(file)) {
        return std::make_unique<SheetTable>(file, sheet);
    }
    if (sheet) {
        throw Failure(ErrorKind::not_found,
                      fmt::format("a text file is one table and has no sheet '{}'; leave --source-layer out", *sheet),
                      file.filename().string());
    }
    return pipeline::open_delimited(file);
}

std::vector<pipeline::TableRow> first_rows(pipeline::TableReader& table, std::size_t most) {
    std::vector<pipeline::TableRow> rows;
    while (rows.size() < most) {
        auto row = table.next();
        if (!row) {
            break;
        }
        rows.push_back(std::move(*row));
    }
    return rows;
}

}  // namespace ranh::vector
