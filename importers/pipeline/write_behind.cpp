#include "importers/pipeline/write_behind.hpp"

#include "spatial/base/assert.hpp"

#include <utility>

namespace ranh::pipeline {

namespace {

constexpr std::size_t batches_behind = 8;
constexpr std::size_t items_per_batch = 256;
constexpr std::size_t points_per_batch = 32'768;

void write_item(store::LayerWriter& writer, const model::Feature& feature) { writer.append(feature); }
void write_item(store::LayerWriter& writer, const FeatureId& id) { writer.remove(id); }
void write_item(store::LayerWriter& writer, const model::QuarantineRecord& record) { writer.quarantine(record); }

}  // namespace

WriteBehind::WriteBehind(std::unique_ptr<store::LayerWriter> writer)
    : m_writer(std::move(writer)), m_batches(batches_behind), m_thread([this] { write(); }) {}

WriteBehind::~WriteBehind() {
    m_batches.stop();
    m_batches.end();
}

void WriteBehind::append(model::Feature feature) {
    const std::size_t points = feature.geometry ? feature.geometry->points().size() : 0;
    add(std::move(feature), points);
}

void WriteBehind::remove(FeatureId id) { add(std::move(id), 0); }

void WriteBehind::quarantine(model::QuarantineRecord record) { add(std::move(record), 0); }

model::LayerVersion WriteBehind::commit(const model::Provenance& provenance) {
    RANH_ASSERT(m_thread.joinable());
    hand_over();
    m_batches.end();
    m_thread.join();
    if (m_failure) {
        std::rethrow_exception(m_failure);
    }
    return m_writer->commit(provenance);
}

void WriteBehind::add(Item item, std::size_t points) {
    m_batch.push_back(std::move(item));
    m_points += points;
    if (m_batch.size() == items_per_batch || m_points >= points_per_batch) {
        hand_over();
    }
}

void WriteBehind::hand_over() {
    m_points = 0;
    if (!m_batch.empty() && !m_batches.give(std::exchange(m_batch, {}))) {  // stopped: the writer has thrown
        m_thread.join();
        std::rethrow_exception(m_failure);
    }
}

void WriteBehind::write() {
    try {
        while (auto batch = m_batches.take()) {
            for (const Item& item : *batch) {
                std::visit([this](const auto& what) { write_item(*m_writer, what); }, item);
            }
        }
    } catch (...) {
        m_failure = std::current_exception();
        m_batches.stop();
    }
}

}  // namespace ranh::pipeline
