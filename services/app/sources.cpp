#include "services/app/sources.hpp"

#include "importers/corners/corner_table.hpp"
#include "importers/vector/vector_reader.hpp"
#include "services/app/geojson_text_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

namespace ranh::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_input_bytes = std::size_t{64} << 20U;

constexpr std::size_t peeked_rows = 12;

bool is_corner_table(const std::string& file) {
    const auto table = vector::open_table(file);
    std::vector<pipeline::TableRow> rows;
    while (rows.size() < peeked_rows) {
        auto row = table->next();
        if (!row) {
            break;
        }
        rows.push_back(std::move(*row));
    }
    return corners::looks_like_corner_table(rows);
}

}  // namespace

std::unique_ptr<pipeline::FeatureReader> open_source(const std::string& file, const pipeline::ReadOptions& options) {
    if (!fs::exists(file)) {
        throw Failure(ErrorKind::not_found, fmt::format("there is no file '{}'; check its name and folder", file));
    }
    if (!vector::is_vector_file(file) && is_corner_table(file)) {
        return corners::open_corner_table(vector::open_table(file), pipeline::describe_file(file), options);
    }
    return vector::open_vector(file, options);
}

std::unique_ptr<pipeline::FeatureReader> open_text(std::string_view text, const pipeline::ReadOptions& options) {
    const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos) {
        throw Failure(ErrorKind::invalid_argument, "nothing was given on standard input; paste corner rows or GeoJSON");
    }
    if (text[first] == '{') {
        return open_geojson_text(text.substr(first), options);
    }
    return corners::open_pasted_corners(text, options);
}

std::string read_standard_input() {
    std::string text;
    std::array<char, 1U << 16U> buffer{};
    while (std::cin.read(buffer.data(), buffer.size()) || std::cin.gcount() > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(std::cin.gcount()));
        if (text.size() > most_input_bytes) {
            throw Failure(ErrorKind::limit_exceeded,
                          "more than 64 MiB on standard input; write them to a file and import that");
        }
    }
    return text;
}

}  // namespace ranh::app
