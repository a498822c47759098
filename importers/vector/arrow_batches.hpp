#pragma once

#include <ogr_api.h>
#include <ogr_recordbatch.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ranh::vector::detail {

/// One batch of features of a layer as columns; views into it live as long as it does.
///
/// Threads  any number of readers; it may be let go on any thread.
class ArrowBatch {
public:
    /// Where the columns stand and how their values are stored; the feature number comes first.
    struct Columns {
        std::size_t geometry = 0;
        std::optional<std::size_t> id;
        std::string geometry_format;
        std::string id_format;
    };
    ArrowBatch(ArrowArray array, std::shared_ptr<const Columns> columns);
    ~ArrowBatch();
    ArrowBatch(const ArrowBatch&) = delete;
    ArrowBatch& operator=(const ArrowBatch&) = delete;

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(m_array.length); }
    [[nodiscard]] std::int64_t fid(std::size_t i) const;
    /// Well-known binary; nothing where the feature has no geometry.
    [[nodiscard]] std::optional<std::string_view> geometry(std::size_t i) const;
    /// The id field as text, without one the feature number; nothing where the field is empty.
    [[nodiscard]] std::optional<std::string> id(std::size_t i) const;

private:
    ArrowArray m_array;
    std::shared_ptr<const Columns> m_columns;
};

/// The features of a layer batch by batch. `id_field` may be empty; all other fields are skipped.
///
/// Threads  one.
/// Errors   Failure corrupt_input naming the file (`file_name`) when the driver stops; unsupported for an id field that
///          is neither text nor number.
class ArrowBatches {
public:
    ArrowBatches(OGRLayerH layer, const std::string& id_field, std::string file_name);

    /// Null at the end.
    [[nodiscard]] std::shared_ptr<const ArrowBatch> next();

private:
    struct Stream : ArrowArrayStream {
        Stream() : ArrowArrayStream{} {}
        ~Stream() {
            if (release != nullptr) {
                release(this);
            }
        }
        Stream(const Stream&) = delete;
        Stream& operator=(const Stream&) = delete;
    };
    void read_columns(const std::string& id_field);

    std::string m_file_name;
    Stream m_stream;
    std::shared_ptr<ArrowBatch::Columns> m_columns;
    std::uint64_t m_read = 0;
};

}  // namespace ranh::vector::detail
