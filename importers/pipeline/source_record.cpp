#include "importers/pipeline/source_record.hpp"

#include "spatial/base/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace ranh::pipeline {

namespace {

void add_bytes(const std::filesystem::path& file, Sha256Stream& digest) {
    std::ifstream input(file, std::ios::binary);
    std::vector<char> buffer(std::size_t{1} << 20U);
    while (input) {
        input.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        digest.add(std::string_view(buffer.data(), static_cast<std::size_t>(input.gcount())));
    }
    if (!input.eof()) {
        throw Failure(ErrorKind::io, "the file cannot be read; check that it exists and that you may read it",
                      file.filename().string());
    }
}

void add_files_of_folder(const std::filesystem::path& folder, std::vector<std::filesystem::path>& files) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
}

}  // namespace

SourceDescription describe_file(const std::filesystem::path& file) { return describe_files(file, {file}); }

SourceDescription describe_files(const std::filesystem::path& main_file,
                                 const std::vector<std::filesystem::path>& files) {
    std::vector<std::filesystem::path> plain;
    for (const auto& file : files) {
        std::error_code error;
        if (std::filesystem::is_directory(file, error)) {
            add_files_of_folder(file, plain);
        } else {
            plain.push_back(file);
        }
    }
    std::sort(plain.begin(), plain.end());
    Sha256Stream digest;
    for (const auto& file : plain) {
        add_bytes(file, digest);
    }
    SourceDescription description;
    const auto& named = main_file.has_filename() ? main_file : main_file.parent_path();
    description.file_name = named.filename().string();
    description.sha256 = digest.finish().hex();
    return description;
}

}  // namespace ranh::pipeline
