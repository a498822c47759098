#include "importers/vector/zip_directory.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string_view>

namespace ranh::vector::detail {

namespace {

// Fixed lengths of the records, and the most a comment behind the last one has.
constexpr std::size_t entry_length = 46;
constexpr std::size_t end_length = 22;
constexpr std::size_t locator_length = 20;
constexpr std::size_t wide_end_length = 56;
constexpr std::size_t longest_comment = 0xFFFF;
constexpr std::uint64_t says_wide = 0xFFFFFFFF;

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = count; i > 0; --i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
    }
    return value;
}

/// Fewer bytes than `count` where the file ends before; none where it is shorter than `from`.
std::string bytes_at(std::ifstream& input, std::uint64_t file_size, std::uint64_t from, std::uint64_t count) {
    std::string bytes(static_cast<std::size_t>(from < file_size ? std::min(count, file_size - from) : 0), '\0');
    input.clear();
    input.seekg(static_cast<std::streamoff>(from));
    input.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(input.gcount(), 0)));
    return bytes;
}

/// The bytes of the central directory: it ends where the first of the closing records begins.
std::string directory_bytes(std::ifstream& input, std::uint64_t file_size) {
    const std::uint64_t from = file_size - std::min<std::uint64_t>(file_size, longest_comment + end_length);
    const std::string tail = bytes_at(input, file_size, from, file_size - from);
    const auto end = tail.rfind("PK\x05\x06");
    if (end == std::string::npos || end + end_length > tail.size()) {
        return {};
    }
    std::uint64_t size = little_endian(tail, end + 12, 4);
    std::uint64_t behind = from + end;
    const bool wide = end >= locator_length && tail.compare(end - locator_length, 4, "PK\x06\x07") == 0;
    if (wide) {
        behind = little_endian(tail, end - locator_length + 8, 8);
        const std::string record = bytes_at(input, file_size, behind, wide_end_length);
        if (record.size() < wide_end_length || !record.starts_with("PK\x06\x06")) {
            return {};
        }
        size = size == says_wide ? little_endian(record, 40, 8) : size;
    }
    return size <= behind ? bytes_at(input, file_size, behind - size, size) : std::string();
}

}  // namespace

std::vector<ZipEntry> zip_directory(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary | std::ios::ate);
    const auto file_size = static_cast<std::uint64_t>(std::max<std::streamoff>(input.tellg(), 0));
    const std::string bytes = directory_bytes(input, file_size);
    std::vector<ZipEntry> entries;
    std::size_t at = 0;
    while (at + entry_length <= bytes.size() && bytes.compare(at, 4, "PK\x01\x02") == 0) {
        const auto name_length = static_cast<std::size_t>(little_endian(bytes, at + 28, 2));
        const auto rest = static_cast<std::size_t>(little_endian(bytes, at + 30, 2) + little_endian(bytes, at + 32, 2));
        if (at + entry_length + name_length > bytes.size()) {
            break;
        }
        entries.push_back({bytes.substr(at + entry_length, name_length), (little_endian(bytes, at + 8, 2) & 1U) != 0});
        at += entry_length + name_length + rest;
    }
    return entries;
}

}  // namespace ranh::vector::detail
