#pragma once

#include "importers/pipeline/source_record.hpp"
#include "spatial/base/hand_over.hpp"

#include <cstddef>
#include <optional>
#include <thread>
#include <vector>

namespace ranh::pipeline {

/// The records of a reader, in its order, read on a thread of its own while the caller works on those before.
///
/// While it lives nobody else uses the reader; afterwards the reader stands anywhere: rewind() it. What next() throws
/// comes where the reader threw it. Cost  memory for some thousand records or some hundred thousand corners.
class ReadAhead {
public:
    explicit ReadAhead(FeatureReader& reader);
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;
    /// Ends the reading, wherever it stands.
    ~ReadAhead();

    [[nodiscard]] std::optional<SourceRecord> next();

private:
    using Batch = std::vector<SourceRecord>;
    void read(FeatureReader& reader);

    HandOver<Batch> m_batches;
    Batch m_batch;
    std::size_t m_next = 0;  // in the batch
    std::jthread m_thread;
};

}  // namespace ranh::pipeline
