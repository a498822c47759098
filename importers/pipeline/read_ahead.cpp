#include "importers/pipeline/read_ahead.hpp"

#include <exception>
#include <utility>

namespace ranh::pipeline {

namespace {

constexpr std::size_t batches_ahead = 8;
constexpr std::size_t records_per_batch = 256;
constexpr std::size_t points_per_batch = 32'768;

}  // namespace

ReadAhead::ReadAhead(FeatureReader& reader) : m_batches(batches_ahead), m_thread([this, &reader] { read(reader); }) {}

ReadAhead::~ReadAhead() { m_batches.stop(); }

void ReadAhead::read(FeatureReader& reader) {
    Batch batch;
    std::size_t points = 0;
    std::exception_ptr failure;
    try {
        while (auto record = reader.next()) {
            points += record->geometry ? record->geometry->points().size() : 0;
            batch.push_back(std::move(*record));
            if (batch.size() == records_per_batch || points >= points_per_batch) {
                if (!m_batches.give(std::exchange(batch, {}))) {
                    return;
                }
                points = 0;
            }
        }
    } catch (...) {
        failure = std::current_exception();
    }
    if (batch.empty() || m_batches.give(std::move(batch))) {
        m_batches.end(failure);
    }
}

std::optional<SourceRecord> ReadAhead::next() {
    if (m_next == m_batch.size()) {
        m_next = 0;
        m_batch.clear();
        auto batch = m_batches.take();
        if (!batch) {
            return std::nullopt;
        }
        m_batch = std::move(*batch);
    }
    return std::move(m_batch[m_next++]);
}

}  // namespace ranh::pipeline
