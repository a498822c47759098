#include "tests/unit/importers/vector/vector_support.hpp"

#include <atomic>
#include <fstream>
#include <unistd.h>

namespace ranh::test {

VectorFolder::VectorFolder() {
    static std::atomic<int> counter{0};
    m_path = std::filesystem::temp_directory_path() /
             ("ranh-vector-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1)));
    std::filesystem::create_directories(m_path);
}

VectorFolder::~VectorFolder() {
    std::error_code error;
    std::filesystem::remove_all(m_path, error);
}

std::filesystem::path VectorFolder::write(std::string_view name, std::string_view text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
}

std::vector<pipeline::SourceRecord> all_records(pipeline::FeatureReader& reader) {
    std::vector<pipeline::SourceRecord> records;
    while (auto record = reader.next()) {
        records.push_back(std::move(*record));
    }
    return records;
}

std::vector<pipeline::SourceRecord> read_all(const std::filesystem::path& file, const pipeline::ReadOptions& options) {
    return all_records(*vector::open_vector(file, options));
}

std::string notes_of(pipeline::FeatureReader& reader) {
    std::string notes;
    for (const auto& note : reader.describe().notes) {
        notes += note + '\n';
    }
    return notes;
}

}  // namespace ranh::test
