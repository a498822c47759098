#include "services/app/sources.hpp"

#include "importers/corners/corner_table.hpp"
#include "importers/linework/linework_reader.hpp"
#include "importers/pipeline/decoded_table.hpp"
#include "importers/vector/archive.hpp"
#include "importers/vector/exchange_reader.hpp"
#include "importers/vector/vector_reader.hpp"
#include "services/app/archive_source.hpp"
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

/// A table with a column of well-known text, else corners; a table that is neither is told which column it lacks.
std::unique_ptr<pipeline::FeatureReader> open_table_source(const std::string& file,
                                                           const pipeline::ReadOptions& options) {
    const auto open = [&] {
        return pipeline::decode_table(vector::open_table(file, options.source_layer), options.text_encoding);
    };
    const bool has_wkt = vector::looks_like_wkt_table(vector::first_rows(*open()));
    return has_wkt ? vector::open_wkt_table(open(), pipeline::describe_file(file), options)
                   : corners::open_corner_table(open(), pipeline::describe_file(file), options);
}

void require_file(const std::string& file) {
    if (!fs::exists(file)) {
        throw Failure(ErrorKind::not_found, fmt::format("there is no file '{}'; check its name and folder", file));
    }
}

}  // namespace

std::unique_ptr<pipeline::FeatureReader> open_source(const std::string& file, const pipeline::ReadOptions& options) {
    if (vector::is_database_source(file)) {
        return vector::open_vector(file, options);
    }
    require_file(file);
    if (vector::is_archive(file)) {
        return open_archive(file, options, open_source);
    }
    if (vector::is_exchange_file(file)) {
        return vector::open_exchange(file, options);
    }
    return vector::is_table_file(file) ? open_table_source(file, options)
                                       : linework::with_linework(vector::open_vector(file, options), options);
}

std::unique_ptr<pipeline::FeatureReader> open_key_source(const std::string& file,
                                                         const pipeline::ReadOptions& options) {
    if (vector::is_database_source(file)) {
        return vector::open_vector(file, options);
    }
    require_file(file);
    return vector::is_table_file(file)
               ? vector::open_key_table(vector::open_table(file, options.source_layer), pipeline::describe_file(file))
               : vector::open_vector(file, options);
}

std::unique_ptr<pipeline::FeatureReader> open_text(std::string_view text, const pipeline::ReadOptions& options) {
    if (options.source_layer) {
        throw Failure(
            ErrorKind::not_found,
            fmt::format("text on standard input has no layer '{}'; leave --source-layer out", *options.source_layer));
    }
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
