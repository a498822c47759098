#include "importers/vector/database_source.hpp"

#include "importers/vector/vector_reader.hpp"
#include "spatial/base/error.hpp"

#include <cpl_string.h>
#include <fmt/format.h>

#include <cctype>
#include <map>

namespace ranh::vector {
namespace {

constexpr std::string_view prefix = "PG:";

bool is_uri(std::string_view source) {
    return source.starts_with("postgresql://") || source.starts_with("postgres://");
}

/// keyword = value, 'quoted value' with \' and \\ (PostgreSQL 15, §34.1.1.1).
std::map<std::string, std::string> keyword_values(std::string_view text) {
    std::map<std::string, std::string> values;
    std::size_t i = 0;
    const auto skip_blanks = [&] {
        while (i < text.size() && std::isspace(static_cast<unsigned char>(text[i])) != 0) {
            ++i;
        }
    };
    const auto take_until = [&](auto ends) {
        std::string word;
        for (; i < text.size() && !ends(text[i]); ++i) {
            i += text[i] == '\\' && i + 1 < text.size() ? 1U : 0U;
            word += text[i];
        }
        return word;
    };
    const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    for (skip_blanks(); i < text.size(); skip_blanks()) {
        const std::string keyword = take_until([&](char c) { return c == '=' || is_blank(c); });
        skip_blanks();
        i += i < text.size() && text[i] == '=' ? 1U : 0U;
        skip_blanks();
        const bool quoted = i < text.size() && text[i] == '\'';
        i += quoted ? 1U : 0U;
        values[keyword] = take_until([&](char c) { return quoted ? c == '\'' : is_blank(c); });
        i += quoted && i < text.size() ? 1U : 0U;
    }
    return values;
}

std::string shown_uri(std::string_view source) {
    const std::string_view rest = source.substr(source.find("://") + 3);
    const std::string_view place = rest.substr(0, rest.find('?'));
    // The last '@', for a password may hold others; one behind a '?' may be part of a password, so nothing is shown.
    const std::size_t user_end = place.rfind('@');
    if (rest.find('@', place.size()) != std::string_view::npos) {
        return "postgresql://";
    }
    return "postgresql://" + std::string(user_end == std::string_view::npos ? place : place.substr(user_end + 1));
}

}  // namespace

bool is_database_source(std::string_view source) { return source.starts_with(prefix) || is_uri(source); }

std::string detail::shown_database(std::string_view source) {
    if (is_uri(source)) {
        return shown_uri(source);
    }
    const auto values = keyword_values(source.substr(prefix.size()));
    const auto value = [&](const char* keyword) {
        const auto found = values.find(keyword);
        return found == values.end() ? std::string() : found->second;
    };
    const std::string host = value("host");
    const bool socket = host.starts_with('/');
    return fmt::format("postgresql://{}{}/{}", socket ? "" : host, value("port").empty() ? "" : ":" + value("port"),
                       value("dbname"));
}

detail::Dataset detail::open_database(const std::string& source, const GdalMessages& messages) {
    register_drivers();
    const CPLStringList drivers(CSLTokenizeString2("PostgreSQL", ",", 0));
    Dataset dataset(GDALOpenEx(source.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.List(), nullptr, nullptr));
    if (!dataset) {
        // libpq's own words name host and user; where they repeat what was given they are left out.
        const std::size_t fatal = messages.last().find("FATAL:");
        throw Failure(ErrorKind::io,
                      fmt::format("the database cannot be read{}; check host, database and user, and give the password "
                                  "by PGPASSWORD or ~/.pgpass",
                                  fatal == std::string::npos ? "" : " (" + messages.last().substr(fatal) + ")"),
                      shown_database(source));
    }
    GDALDatasetStartTransaction(dataset.get(), 0);
    GDALDatasetReleaseResultSet(
        dataset.get(), GDALDatasetExecuteSQL(dataset.get(), "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                             nullptr, nullptr));
    return dataset;
}

}  // namespace ranh::vector
