#include "spatial/store/postgis/address.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <map>
#include <memory>
#include <optional>

namespace ranh::postgis {
namespace {

constexpr std::size_t longest_schema = 50;  // role names are the schema with an ending, 63 bytes at most

Error unreadable(std::string_view reason) {
    return {ErrorKind::invalid_argument,
            fmt::format("the address of the database cannot be read ({}); write "
                        "postgresql://USER@HOST:PORT/DATABASE?schema=ranh, with %XX for special characters, and leave "
                        "the password to PGPASSWORD or ~/.pgpass",
                        reason),
            {}};
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        unsigned byte = 0;
        if (i + 2 >= text.size() ||
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr != text.data() + i + 3) {
            return std::nullopt;
        }
        decoded += static_cast<char>(byte);
        i += 2;
    }
    return decoded;
}

bool is_schema_name(std::string_view name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    for (const char c : name) {
        if (!fits(c)) {
            return false;
        }
    }
    return !name.empty() && name.size() <= longest_schema && !(name[0] >= '0' && name[0] <= '9') &&
           !name.starts_with("pg_");
}

/// Takes `schema=…` out of the parameters of the URI.
Result<Address> split_schema(std::string_view text) {
    Address address;
    const std::size_t question = text.find('?');
    address.connection = text.substr(0, question);
    std::string_view rest = question == std::string_view::npos ? std::string_view() : text.substr(question + 1);
    char mark = '?';
    while (!rest.empty()) {
        const std::size_t end = rest.find('&');
        const std::string_view parameter = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (!parameter.starts_with("schema=")) {
            address.connection += mark;
            address.connection += parameter;
            mark = '&';
            continue;
        }
        const auto schema = percent_decoded(parameter.substr(parameter.find('=') + 1));
        if (!schema || !is_schema_name(*schema)) {
            return unreadable(fmt::format("a schema is named with 1 to {} of a-z, 0-9 and _, no digit first, not pg_…",
                                          longest_schema));
        }
        address.schema = *schema;
    }
    return address;
}

/// The parameters of a connection as libpq understands them.
std::optional<std::map<std::string, std::string>> parameters_of(const std::string& connection) {
    char* words = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> parsed(
        PQconninfoParse(connection.c_str(), &words), PQconninfoFree);
    PQfreemem(words);  // may repeat the password
    if (!parsed) {
        return std::nullopt;
    }
    std::map<std::string, std::string> parameters;
    for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) {
            parameters.emplace(option->keyword, option->val);
        }
    }
    return parameters;
}

}  // namespace

bool is_address(std::string_view text) { return text.starts_with("postgresql://") || text.starts_with("postgres://"); }

Result<Address> parse_address(std::string_view text) {
    if (!is_address(text)) {
        return unreadable("it does not begin with postgresql://");
    }
    auto address = split_schema(text);
    if (!address.ok()) {
        return address;
    }
    const auto parameters = parameters_of(address.value().connection);
    if (!parameters) {
        return unreadable("the form or a parameter is not one of libpq");
    }
    const auto value = [&](const char* keyword) {
        const auto found = parameters->find(keyword);
        return found == parameters->end() ? std::string() : found->second;
    };
    const std::string host = value("host");
    const bool socket = host.starts_with('/');
    std::string name = "postgresql://" + (value("user").empty() ? "" : value("user") + "@") + (socket ? "" : host);
    name += value("port").empty() || socket ? "" : ":" + value("port");
    name += fmt::format("/{}?", value("dbname"));
    name += socket ? fmt::format("host={}{}&", host, value("port").empty() ? "" : "&port=" + value("port")) : "";
    address.value().name = name + "schema=" + address.value().schema;
    return address;
}

}  // namespace ranh::postgis
