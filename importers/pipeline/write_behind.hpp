#pragma once

#include "spatial/base/hand_over.hpp"
#include "spatial/store/workspace.hpp"

#include <cstddef>
#include <exception>
#include <memory>
#include <thread>
#include <variant>
#include <vector>

namespace ranh::pipeline {

/// A layer writer that is fed on a thread of its own, in the order of the calls, while the caller works on what comes
/// next.
///
/// Errors  what the writer throws comes from one of the calls after it, at the latest from commit(). Destroyed without
///         commit() nothing was written, as with the writer itself.
class WriteBehind {
public:
    explicit WriteBehind(std::unique_ptr<store::LayerWriter> writer);
    WriteBehind(const WriteBehind&) = delete;
    WriteBehind& operator=(const WriteBehind&) = delete;
    ~WriteBehind();

    void append(model::Feature feature);
    void remove(FeatureId id);
    void quarantine(model::QuarantineRecord record);
    /// Behind all that was given; on the thread of the caller.
    [[nodiscard]] model::LayerVersion commit(const model::Provenance& provenance);

private:
    using Item = std::variant<model::Feature, FeatureId, model::QuarantineRecord>;
    using Batch = std::vector<Item>;
    void add(Item item, std::size_t points);
    void hand_over();
    void write();

    std::unique_ptr<store::LayerWriter> m_writer;
    HandOver<Batch> m_batches;
    Batch m_batch;
    std::size_t m_points = 0;
    std::exception_ptr m_failure;  // of the writing thread; read when it has ended
    std::jthread m_thread;
};

}  // namespace ranh::pipeline
