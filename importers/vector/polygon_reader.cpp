#include "importers/vector/polygon_reader.hpp"

#include "importers/text/unicode.hpp"
#include "importers/vector/arrow_batches.hpp"
#include "importers/vector/gdal_support.hpp"
#include "importers/vector/ogr_crs.hpp"
#include "importers/vector/vector_reader.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/codec/wkb.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <utility>

namespace ranh::vector {
namespace {

using detail::ArrowBatch;
using detail::ArrowBatches;
using detail::GdalMessages;

/// What one thread decodes at a time: features of a batch up to a count, or up to some bytes where they are big, so
/// that their coordinates stay in the cache of the processor.
constexpr std::size_t features_per_block = 4096;
constexpr std::size_t bytes_per_block = std::size_t{1} << 20U;
/// Blocks that wait to be decoded; beyond that the thread that reads decodes too.
constexpr std::size_t most_waiting = 64;

struct BlockOfBatch {
    std::size_t number = 0;
    std::shared_ptr<const ArrowBatch> batch;
    std::size_t first = 0;
    std::size_t end = 0;
};

/// Left out by kind.
using LeftOutByKind = std::map<std::string, PolygonReader::LeftOut>;

void count(LeftOutByKind& left_out, const PolygonReader::LeftOut& more) {
    const auto [known, is_new] = left_out.emplace(more.kind, more);
    if (!is_new) {
        known->second.count += more.count;
        known->second.first = std::min(known->second.first, more.first);
    }
}

constexpr std::uint32_t polygon_form = 3;
constexpr std::uint32_t multi_polygon_form = 6;

/// Blocks on their way from the thread that reads to those that decode.
class BlockQueue {
public:
    /// False when there is no room.
    bool push(BlockOfBatch& block) {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.size() >= most_waiting) {
            return false;
        }
        m_waiting.push_back(std::move(block));
        m_changed.notify_one();
        return true;
    }
    /// Waits for a block; nothing when there will be none any more.
    std::optional<BlockOfBatch> pop() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_closed || !m_waiting.empty(); });
        if (m_waiting.empty()) {
            return std::nullopt;
        }
        BlockOfBatch block = std::move(m_waiting.front());
        m_waiting.pop_front();
        return block;
    }
    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<BlockOfBatch> m_waiting;
    bool m_closed = false;
};

/// Decodes the blocks of one file.
class BlockDecoder {
public:
    /// All must outlive it.
    BlockDecoder(const std::string& file_name, const crs::Crs& crs, const PolygonReadOptions& options)
        : m_file_name(file_name), m_crs(crs), m_id_field(options.id_field), m_crs_option(options.crs_option) {}

    [[nodiscard]] PolygonBlock decode(const BlockOfBatch& source, LeftOutByKind& left_out) const {
        PolygonBlock block;
        block.number = source.number;
        const ArrowBatch& batch = *source.batch;
        for (std::size_t i = source.first; i < source.end; ++i) {
            const auto wkb = batch.geometry(i);
            if (!wkb) {
                count(left_out, {"no geometry", 1, batch.fid(i)});
                continue;
            }
            const auto head = codec::read_wkb_head(*wkb);
            if (!head) {
                fail(batch.fid(i), head.error().sentence + "; repair or export the file again");
            }
            if (head.value().form != polygon_form && head.value().form != multi_polygon_form) {
                count(left_out,
                      {OGRGeometryTypeToName(static_cast<OGRwkbGeometryType>(head.value().form)), 1, batch.fid(i)});
            } else if (head.value().empty) {
                count(left_out, {"no geometry", 1, batch.fid(i)});
            } else {
                add(batch, i, *wkb, block);
            }
        }
        return block;
    }

private:
    void add(const ArrowBatch& batch, std::size_t i, std::string_view wkb, PolygonBlock& block) const {
        const std::size_t points_before = block.areas.points().size();
        const auto read = codec::append_wkb(wkb, block.areas);
        if (!read) {
            fail(batch.fid(i), read.error().sentence + "; repair or export the file again");
        }
        check(batch.fid(i), block.areas.points().subspan(points_before));
        const auto id = batch.id(i);
        if (!id) {
            fail(batch.fid(i), fmt::format("field '{}' is empty; name another one for the ids", m_id_field));
        }
        if (!text::is_valid_utf8(*id)) {
            fail(batch.fid(i), fmt::format("field '{}' holds text that is no UTF-8; name another one for the ids, or "
                                           "import the file, which finds its encoding",
                                           m_id_field));
        }
        block.part_ends.push_back(static_cast<std::uint32_t>(block.areas.view().part_count()));
        block.ids.add(*id);
    }

    void check(std::int64_t fid, std::span<const geom::Point> points) const {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        const double most_x = m_crs.is_geographic() ? 360.0 : infinite;
        const double most_y = m_crs.is_geographic() ? 90.0 : infinite;
        for (const geom::Point& p : points) {
            if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
                fail(fid, fmt::format("the coordinate ({}, {}) is no pair of numbers; repair the feature", p.x, p.y));
            }
            if (std::abs(p.x) > most_x || std::abs(p.y) > most_y) {
                fail(fid, fmt::format("the coordinate ({}, {}) is no longitude and latitude, as {} has them; say which "
                                      "system it is with {} EPSG:n",
                                      p.x, p.y, m_crs.code(), m_crs_option));
            }
        }
    }

    [[noreturn]] void fail(std::int64_t fid, const std::string& sentence) const {
        throw Failure(ErrorKind::corrupt_input, fmt::format("feature {}: {}", fid, sentence), m_file_name);
    }

    const std::string& m_file_name;
    const crs::Crs& m_crs;
    const std::string& m_id_field;
    const std::string& m_crs_option;
};

}  // namespace

void TextColumn::append(const TextColumn& other) {
    const std::size_t before = m_text.size();
    m_text += other.m_text;
    for (const std::size_t end : other.m_ends) {
        m_ends.push_back(before + end);
    }
}

struct PolygonReader::State {
    State(const std::filesystem::path& file, PolygonReadOptions given)
        : name(file.filename().string()), options(std::move(given)) {
        if (is_table_file(file)) {
            throw Failure(ErrorKind::unsupported, "a table is read by import alone; import it and name the layer",
                          name);
        }
        const GdalMessages messages;
        dataset = detail::open_dataset(file, detail::Content::features, messages);
        layer = layer_with_geometry();
        find_id_field();
        decide_crs();
    }

    std::string name;
    PolygonReadOptions options;
    detail::Dataset dataset;
    OGRLayerH layer = nullptr;
    std::optional<crs::Crs> crs;
    std::string crs_note;

private:
    [[nodiscard]] OGRLayerH layer_with_geometry() const {
        std::vector<std::string> names;
        OGRLayerH found = nullptr;
        for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
            const OGRLayerH candidate = detail::layer_of(dataset, i);
            if (OGR_L_GetGeomType(candidate) != wkbNone) {
                names.emplace_back(OGR_L_GetName(candidate));
                found = candidate;
            }
        }
        if (names.size() != 1) {
            throw Failure(names.empty() ? ErrorKind::not_found : ErrorKind::invalid_argument,
                          names.empty() ? std::string("the file has no layer with geometry; name another file")
                                        : fmt::format("one layer with geometry is expected, the file has {}: {}; write "
                                                      "the one that is meant to a file of its own, or import it with "
                                                      "--source-layer",
                                                      names.size(), fmt::join(names, ", ")),
                          name);
        }
        return found;
    }

    void find_id_field() {
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
        const int count = OGR_FD_GetFieldCount(definition);
        std::vector<std::string> fields;
        fields.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            fields.emplace_back(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
        }
        if (options.id_field.empty() || std::find(fields.begin(), fields.end(), options.id_field) != fields.end()) {
            return;
        }
        if (options.id_field != OGR_L_GetFIDColumn(layer)) {
            throw Failure(ErrorKind::not_found,
                          fmt::format("the file has no field '{}' for the ids; its fields are: {}", options.id_field,
                                      fmt::join(fields, ", ")),
                          name);
        }
        options.id_field.clear();
    }

    void decide_crs() {
        const detail::DeclaredCrs declared = detail::declared_crs(layer, name);
        crs = options.crs ? options.crs : declared.crs;
        if (crs) {
            if (!declared.text.empty() && crs != declared.crs) {
                crs_note = fmt::format("{}: {} {} is obeyed although the file declares {}", name, options.crs_option,
                                       crs->code(), declared.text);
            }
            return;
        }
        const std::string sentence =
            declared.text.empty()
                ? std::string("the file declares no coordinate system; say which it is with --crs EPSG:n")
                : declared.problem;
        const bool is_import = options.crs_option == "--crs";
        throw Failure(ErrorKind::invalid_argument,
                      is_import ? sentence : fmt::format("{} (here {} EPSG:n)", sentence, options.crs_option), name);
    }
};

namespace {

/// One reading of a file by several threads.
class Reading {
public:
    Reading(const PolygonReadOptions& options, const BlockDecoder& decoder, std::size_t feature_count,
            const std::function<void(PolygonBlock&&)>& take)
        : m_options(options), m_decoder(decoder), m_total(feature_count), m_take(take) {}

    LeftOutByKind run(ArrowBatches& batches) {
        const unsigned threads = m_options.threads == 0 ? default_thread_count() : m_options.threads;
        for_each_index(threads, threads, [&](std::size_t i) {
            if (i == 0) {
                produce(batches);
            }
            while (auto block = m_queue.pop()) {
                decode(*block);
            }
        });
        if (m_failure) {
            std::rethrow_exception(m_failure);
        }
        return std::move(m_left_out);
    }

private:
    /// Whatever happens, the others are told that nothing more will come.
    void produce(ArrowBatches& batches) {
        try {
            while (!m_failed) {
                const auto batch = batches.next();
                if (!batch) {
                    break;
                }
                cut(batch);
            }
        } catch (...) {
            note_failure(m_next, std::current_exception());
        }
        m_queue.close();
    }

    void cut(const std::shared_ptr<const ArrowBatch>& batch) {
        for (std::size_t first = 0; first < batch->size();) {
            std::size_t bytes = 0;
            std::size_t end = first;
            while (end < batch->size() && end - first < features_per_block && bytes < bytes_per_block) {
                bytes += batch->geometry(end++).value_or(std::string_view()).size();
            }
            BlockOfBatch block{m_next++, batch, first, end};
            if (!m_queue.push(block)) {
                decode(block);
            }
            first = end;
        }
    }

    void decode(const BlockOfBatch& source) {
        try {
            if (m_options.cancel != nullptr) {
                m_options.cancel->check();
            }
            LeftOutByKind left_out;
            m_take(m_decoder.decode(source, left_out));
            const std::lock_guard lock(m_mutex);
            for (const auto& [kind, more] : left_out) {
                count(m_left_out, more);
            }
            m_done += source.end - source.first;
            if (m_options.progress) {
                m_options.progress(m_done, m_total);
            }
        } catch (...) {
            note_failure(source.number, std::current_exception());
        }
    }

    /// Blocks before a failed one are all on their way, so the first failure in the file is always met.
    void note_failure(std::size_t number, std::exception_ptr failure) {
        const std::lock_guard lock(m_mutex);
        m_failed = true;
        if (!m_failure || number < m_failed_block) {
            m_failure = std::move(failure);
            m_failed_block = number;
        }
    }

    const PolygonReadOptions& m_options;
    const BlockDecoder& m_decoder;
    std::uint64_t m_total;
    const std::function<void(PolygonBlock&&)>& m_take;
    BlockQueue m_queue;
    std::size_t m_next = 0;  // of the thread that reads
    std::atomic<bool> m_failed{false};
    std::mutex m_mutex;  // of what follows
    std::uint64_t m_done = 0;
    LeftOutByKind m_left_out;
    std::exception_ptr m_failure;
    std::size_t m_failed_block = 0;
};

}  // namespace

PolygonReader::PolygonReader(const std::filesystem::path& file, const PolygonReadOptions& options)
    : m_state(std::make_unique<State>(file, options)) {}

PolygonReader::~PolygonReader() = default;

const std::string& PolygonReader::name() const { return m_state->name; }
const crs::Crs& PolygonReader::crs() const { return *m_state->crs; }

const std::string& PolygonReader::crs_note() const { return m_state->crs_note; }

std::size_t PolygonReader::feature_count() const {
    return static_cast<std::size_t>(std::max<GIntBig>(OGR_L_GetFeatureCount(m_state->layer, 0), 0));
}

std::vector<PolygonReader::LeftOut> PolygonReader::read(const std::function<void(PolygonBlock&&)>& take) {
    ArrowBatches batches(m_state->layer, m_state->options.id_field, m_state->name);
    const BlockDecoder decoder(m_state->name, crs(), m_state->options);
    Reading reading(m_state->options, decoder, feature_count(), take);
    std::vector<LeftOut> left_out;
    for (auto& [kind, of_kind] : reading.run(batches)) {
        left_out.push_back(of_kind);
    }
    return left_out;
}

}  // namespace ranh::vector
