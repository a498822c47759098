#include "importers/vector/archive.hpp"

#include "tests/unit/importers/vector/vector_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>

namespace ranh::vector {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Entry {
    std::string name;
    std::string content;
};

void append_little_endian(std::string& bytes, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) {
        bytes += static_cast<char>(value >> (8U * static_cast<unsigned>(i)) & 0xFFU);
    }
}

/// CRC-32 of zip (APPNOTE 6.3.10, 4.4.7).
std::uint32_t crc_of(const std::string& text) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) == 0 ? 0U : 0xEDB88320U);
        }
    }
    return ~crc;
}

/// What local header and central directory share (APPNOTE 6.3.10, 4.3.7): stored, not packed.
std::string header_of(const Entry& entry, std::uint32_t flags) {
    const auto size = static_cast<std::uint32_t>(entry.content.size());
    std::string bytes;
    append_little_endian(bytes, 20, 2);
    append_little_endian(bytes, flags, 2);
    append_little_endian(bytes, 0, 2 + 4);
    append_little_endian(bytes, crc_of(entry.content), 4);
    append_little_endian(bytes, size, 4);
    append_little_endian(bytes, size, 4);
    append_little_endian(bytes, static_cast<std::uint32_t>(entry.name.size()), 2);
    append_little_endian(bytes, 0, 2);
    return bytes;
}

/// A zip with any names, as no packer writes them. Bit 0 of the flags says "encrypted".
std::string zip_of(const std::vector<Entry>& entries, std::uint32_t flags = 0) {
    std::string files;
    std::string directory;
    for (const Entry& entry : entries) {
        directory += "PK\x01\x02";
        append_little_endian(directory, 20, 2);
        directory += header_of(entry, flags);
        append_little_endian(directory, 0, 2 + 2 + 2);
        append_little_endian(directory, 0, 4);
        append_little_endian(directory, static_cast<std::uint32_t>(files.size()), 4);
        directory += entry.name;
        files += "PK\x03\x04" + header_of(entry, flags) + entry.name + entry.content;
    }
    std::string end = "PK\x05\x06";
    append_little_endian(end, 0, 4);
    append_little_endian(end, static_cast<std::uint32_t>(entries.size()), 2);
    append_little_endian(end, static_cast<std::uint32_t>(entries.size()), 2);
    append_little_endian(end, static_cast<std::uint32_t>(directory.size()), 4);
    append_little_endian(end, static_cast<std::uint32_t>(files.size()), 4);
    append_little_endian(end, 0, 2);
    return files + directory + end;
}

std::string text_in(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
}

class Archive : public testing::Test {
protected:
    std::filesystem::path write(const std::vector<Entry>& entries, std::uint32_t flags = 0) const {
        return m_folder.write("a.zip", zip_of(entries, flags));
    }
    [[nodiscard]] Error error_of_unpacking(const std::vector<Entry>& entries, const ArchiveLimits& limits = {}) const {
        const auto file = write(entries);
        return test::error_of([&] { const UnpackedArchive archive(file, limits); });
    }
    test::VectorFolder m_folder;
};

TEST_F(Archive, GivesItsOneSource) {
    const UnpackedArchive archive(write({{"doc/read.me", "x"}, {"doc/a.csv", "id,wkt\n"}}));
    EXPECT_EQ(text_in(archive.source({})), "id,wkt\n");
}

TEST_F(Archive, AsksWhichOfTwoSourcesIsMeant) {
    const UnpackedArchive archive(write({{"one/a.csv", "A"}, {"two/b.csv", "B"}}));
    const Error which = test::error_of([&] { (void)archive.source({}); });
    EXPECT_EQ(which.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(which.text(),
                AllOf(HasSubstr("a.zip"), HasSubstr("--source-layer"), HasSubstr("one/a.csv, two/b.csv")));
    EXPECT_EQ(text_in(archive.source("b.csv")), "B");
    EXPECT_EQ(text_in(archive.source("one/a.csv")), "A");
    const Error none = test::error_of([&] { (void)archive.source("c.csv"); });
    EXPECT_EQ(none.kind, ErrorKind::not_found);
    EXPECT_THAT(none.sentence, AllOf(HasSubstr("'c.csv'"), HasSubstr("one/a.csv")));
}

TEST_F(Archive, NeverWritesOutsideItsFolder) {
    const std::filesystem::path escaped = std::filesystem::temp_directory_path() / "ranh-escaped.csv";
    for (const std::string& name :
         {std::string("../ranh-escaped.csv"), std::string("a/../../ranh-escaped.csv"), escaped.string()}) {
        const auto file = write({{name, "x"}, {"b.csv", "y"}});
        const Error error = test::error_of([&] { const UnpackedArchive archive(file); });
        EXPECT_FALSE(std::filesystem::exists(escaped)) << name;
        EXPECT_EQ(error.kind, ErrorKind::corrupt_input) << name << ": " << error.text();
        EXPECT_THAT(error.text(), AllOf(HasSubstr("a.zip"), HasSubstr("ranh-escaped.csv"))) << name;
    }
}

TEST_F(Archive, IsNotUnpackedBeyondItsLimits) {
    const std::string kilobyte(1000, 'x');
    const Error bytes = error_of_unpacking({{"a.csv", kilobyte}, {"b.csv", kilobyte}}, {.bytes = 1500});
    EXPECT_EQ(bytes.kind, ErrorKind::limit_exceeded);
    EXPECT_THAT(bytes.text(), AllOf(HasSubstr("a.zip"), HasSubstr("1500 bytes"), HasSubstr("unpack it")));
    const Error entries = error_of_unpacking({{"a.csv", "x"}, {"b.csv", "x"}, {"c.csv", "x"}}, {.entries = 2});
    EXPECT_EQ(entries.kind, ErrorKind::limit_exceeded);
    EXPECT_THAT(entries.sentence, HasSubstr("more than 2"));
    EXPECT_EQ(text_in(UnpackedArchive(write({{"a.csv", kilobyte}}), {.bytes = 1000}).source({})), kilobyte);
}

TEST_F(Archive, LeavesNothingBehindWhetherItUnpacksOrNot) {
    std::filesystem::path place;
    {
        const UnpackedArchive archive(write({{"a.csv", "A"}}));
        place = archive.source({});
        EXPECT_TRUE(std::filesystem::exists(place));
    }
    EXPECT_FALSE(std::filesystem::exists(place.parent_path()));
}

TEST_F(Archive, IsSaidToHoldNothingWhenItIsEmpty) {
    const auto file = write({});
    EXPECT_TRUE(is_archive(file));
    const Error error = test::error_of([&] { const UnpackedArchive archive(file); });
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.text(), AllOf(HasSubstr("a.zip"), HasSubstr("holds no file"), HasSubstr("again")));
}

TEST_F(Archive, IsNotOpenedInsideAnother) {
    const UnpackedArchive archive(write({{"inner.zip", zip_of({{"a.csv", "A"}})}}));
    const Error error = test::error_of([&] { (void)archive.source({}); });
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_THAT(error.sentence, HasSubstr("unpack it first"));
}

TEST_F(Archive, IsRefusedWhenItIsLockedOrDamaged) {
    const auto locked = write({{"a.csv", "AAAAAAAAAAAAAAAAAAAA"}}, 1);
    const Error error = test::error_of([&] { const UnpackedArchive archive(locked); });
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.text(), AllOf(HasSubstr("a.zip"), HasSubstr("'a.csv'"), HasSubstr("password")));
    const std::string whole = zip_of({{"a.csv", std::string(500, 'x')}});
    const auto torn = m_folder.write("torn.zip", whole.substr(0, 300));
    EXPECT_EQ(test::error_of([&] { const UnpackedArchive archive(torn); }).kind, ErrorKind::corrupt_input);
}

TEST_F(Archive, IsRefusedWhenAFileIsAlsoAFolder) {
    const Error error = error_of_unpacking({{"a", "x"}, {"a/b.csv", "y"}});
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input) << error.text();
    EXPECT_THAT(error.text(), HasSubstr("a.zip"));
}

}  // namespace
}  // namespace ranh::vector
