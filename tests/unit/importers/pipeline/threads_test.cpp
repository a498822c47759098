#include "importers/pipeline/read_ahead.hpp"
#include "importers/pipeline/write_behind.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/importers/pipeline/list_reader.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::pipeline {
namespace {

using test::from_wkt;
using testing::HasSubstr;

std::string sentence_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Failure& failure) {
        return failure.error().sentence;
    }
    return {};
}

std::vector<SourceRecord> many_records(int count) {
    std::vector<SourceRecord> records(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].place = fmt::format("feature {}", i + 1);
        records[i].geometry = from_wkt("POINT(1 2)");
    }
    return records;
}

/// Breaks behind its last record.
class BrokenReader final : public FeatureReader {
public:
    explicit BrokenReader(int count) : m_list({}, many_records(count)) {}
    const SourceDescription& describe() override { return m_list.describe(); }
    std::optional<SourceRecord> next() override {
        if (auto record = m_list.next()) {
            return record;
        }
        throw Failure(ErrorKind::corrupt_input, "the file breaks off");
    }
    void rewind() override { m_list.rewind(); }

private:
    ListReader m_list;
};

TEST(ReadAhead, GivesTheRecordsInTheirOrderAndAgainAfterRewinding) {
    ListReader reader({}, many_records(5000));
    for (int round = 0; round < 2; ++round) {
        {
            ReadAhead records(reader);
            for (int i = 1; i <= 5000; ++i) {
                const auto record = records.next();
                ASSERT_TRUE(record);
                EXPECT_EQ(record->place, fmt::format("feature {}", i));
            }
            EXPECT_FALSE(records.next());
        }
        reader.rewind();
    }
}

TEST(ReadAhead, EndsWhereverItStands) {
    ListReader reader({}, many_records(50'000));
    {
        ReadAhead records(reader);
        EXPECT_EQ(records.next()->place, "feature 1");
    }
    reader.rewind();
    EXPECT_EQ(reader.next()->place, "feature 1");
}

TEST(ReadAhead, ThrowsWhereTheReaderThrew) {
    BrokenReader reader(300);
    ReadAhead records(reader);
    for (int i = 0; i < 300; ++i) {
        EXPECT_TRUE(records.next());
    }
    EXPECT_EQ(sentence_of([&] { static_cast<void>(records.next()); }), "the file breaks off");
}

/// Writes down what it is told, and breaks where it is told to.
class Listing final : public store::LayerWriter {
public:
    Listing(std::vector<std::string>& lines, std::string breaks_at)
        : m_lines(lines), m_breaks_at(std::move(breaks_at)) {}
    void append(const model::Feature& feature) override { note("+" + feature.id.text()); }
    void remove(const FeatureId& id) override { note("-" + id.text()); }
    void quarantine(const model::QuarantineRecord& record) override { note("!" + record.place); }
    model::LayerVersion commit(const model::Provenance&) override {
        note("commit");
        return {LayerId::parse("layer").value(), VersionNumber(1), {}, {}, 0, false, false, {}, {}};
    }

private:
    void note(std::string line) {
        if (line == m_breaks_at) {
            throw Failure(ErrorKind::io, "the disk is full");
        }
        m_lines.push_back(std::move(line));
    }
    std::vector<std::string>& m_lines;
    std::string m_breaks_at;
};

model::Feature feature(int number) {
    model::Feature made;
    made.id = FeatureId(std::to_string(number));
    made.geometry = from_wkt("POINT(1 2)");
    return made;
}

TEST(WriteBehind, WritesInTheOrderOfTheCalls) {
    std::vector<std::string> lines;
    std::vector<std::string> expected;
    {
        WriteBehind writer(std::make_unique<Listing>(lines, ""));
        for (int i = 0; i < 3000; ++i) {
            writer.append(feature(i));
            writer.remove(FeatureId(fmt::format("r{}", i)));
            writer.quarantine({fmt::format("row {}", i), "", ""});
            expected.insert(expected.end(), {fmt::format("+{}", i), fmt::format("-r{}", i), fmt::format("!row {}", i)});
        }
        static_cast<void>(writer.commit({}));
    }
    expected.emplace_back("commit");
    EXPECT_EQ(lines, expected);
}

TEST(WriteBehind, SaysWhatTheWriterSaidAtTheLatestAtTheCommit) {
    for (const char* place : {"+0", "+999", "commit"}) {
        std::vector<std::string> lines;
        WriteBehind writer(std::make_unique<Listing>(lines, place));
        EXPECT_THAT(sentence_of([&] {
                        for (int i = 0; i < 1000; ++i) {
                            writer.append(feature(i));
                        }
                        static_cast<void>(writer.commit({}));
                    }),
                    HasSubstr("disk is full"));
        EXPECT_THAT(lines, testing::Not(testing::Contains("commit")));
    }
}

TEST(WriteBehind, CommitsNothingWhenItIsLeft) {
    std::vector<std::string> lines;
    {
        WriteBehind writer(std::make_unique<Listing>(lines, ""));
        for (int i = 0; i < 10'000; ++i) {
            writer.append(feature(i));
        }
    }
    EXPECT_THAT(lines, testing::Not(testing::Contains("commit")));
}

}  // namespace
}  // namespace ranh::pipeline
