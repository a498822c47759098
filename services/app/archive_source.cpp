#include "services/app/archive_source.hpp"

#include "importers/vector/archive.hpp"

namespace ranh::app {
namespace {

class ArchiveReader final : public pipeline::FeatureReader {
public:
    ArchiveReader(const std::filesystem::path& file, pipeline::ReadOptions options, const OpenFile& open)
        : m_archive(file), m_source(pipeline::describe_file(file)) {
        std::filesystem::path source;
        try {
            source = m_archive.source({});
        } catch (const Failure&) {
            // Several sources, or none: the name given is that of one of them, and not of a layer in it.
            source = m_archive.source(options.source_layer);
            options.source_layer.reset();
        }
        m_reader = open(source.string(), options);
    }

    const pipeline::SourceDescription& describe() override {
        m_description = m_reader->describe();
        m_description.file_name = m_source.file_name + "/" + m_description.file_name;
        m_description.sha256 = m_source.sha256;
        return m_description;
    }

    std::optional<pipeline::SourceRecord> next() override {
        auto record = m_reader->next();
        m_description.notes = m_reader->describe().notes;  // may have grown
        return record;
    }

    void rewind() override { m_reader->rewind(); }

private:
    vector::UnpackedArchive m_archive;
    pipeline::SourceDescription m_source;
    pipeline::SourceDescription m_description;
    std::unique_ptr<pipeline::FeatureReader> m_reader;
};

}  // namespace

std::unique_ptr<pipeline::FeatureReader> open_archive(const std::filesystem::path& file,
                                                      const pipeline::ReadOptions& options, const OpenFile& open) {
    return std::make_unique<ArchiveReader>(file, options, open);
}

}  // namespace ranh::app
