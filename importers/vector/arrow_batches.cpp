#include "importers/vector/arrow_batches.hpp"

#include "importers/vector/gdal_support.hpp"
#include "spatial/base/error.hpp"

#include <cpl_string.h>
#include <fmt/format.h>

#include <cstring>
#include <utility>

namespace ranh::vector::detail {
namespace {

// Formats and buffers: Apache Arrow, "The Arrow C data interface", format strings, and "Columnar format", layouts.

bool is_null(const ArrowArray& column, std::size_t i) {
    const auto* valid = static_cast<const std::uint8_t*>(column.buffers[0]);
    return column.null_count != 0 && valid != nullptr && ((static_cast<unsigned>(valid[i / 8]) >> (i % 8)) & 1U) == 0;
}

template <typename T>
T number_at(const ArrowArray& column, std::size_t i) {
    return static_cast<const T*>(column.buffers[1])[i];
}

template <typename Offset>
std::string_view bytes_at(const ArrowArray& column, std::size_t i) {
    const auto* offsets = static_cast<const Offset*>(column.buffers[1]);
    const auto begin = static_cast<std::size_t>(offsets[i]);
    return {static_cast<const char*>(column.buffers[2]) + begin, static_cast<std::size_t>(offsets[i + 1]) - begin};
}

/// Of an id field: 16, 32 and 64 bit whole numbers, reals, texts.
bool is_id_format(std::string_view format) {
    return format == "s" || format == "i" || format == "l" || format == "f" || format == "g" || format == "u" ||
           format == "U";
}

std::string text_at(const ArrowArray& column, char format, std::size_t i) {
    switch (format) {
        case 's': return fmt::to_string(number_at<std::int16_t>(column, i));
        case 'i': return fmt::to_string(number_at<std::int32_t>(column, i));
        case 'l': return fmt::to_string(number_at<std::int64_t>(column, i));
        case 'f': return fmt::to_string(number_at<float>(column, i));
        case 'g': return fmt::to_string(number_at<double>(column, i));
        case 'u': return std::string(bytes_at<std::int32_t>(column, i));
        default: return std::string(bytes_at<std::int64_t>(column, i));
    }
}

void ignore_all_fields_but(OGRLayerH layer, const std::string& kept) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    CPLStringList ignored;
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        const char* name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
        if (kept != name) {
            ignored.AddString(name);
        }
    }
    OGR_L_SetIgnoredFields(layer, const_cast<const char**>(ignored.List()));
}

}  // namespace

ArrowBatch::ArrowBatch(ArrowArray array, std::shared_ptr<const Columns> columns)
    : m_array(array), m_columns(std::move(columns)) {}

ArrowBatch::~ArrowBatch() { m_array.release(&m_array); }

std::int64_t ArrowBatch::fid(std::size_t i) const { return number_at<std::int64_t>(*m_array.children[0], i); }

std::optional<std::string_view> ArrowBatch::geometry(std::size_t i) const {
    const ArrowArray& column = *m_array.children[m_columns->geometry];
    if (is_null(column, i)) {
        return std::nullopt;
    }
    const bool wide = m_columns->geometry_format == "Z";
    const std::string_view bytes = wide ? bytes_at<std::int64_t>(column, i) : bytes_at<std::int32_t>(column, i);
    return bytes.empty() ? std::nullopt : std::optional(bytes);
}

std::optional<std::string> ArrowBatch::id(std::size_t i) const {
    if (!m_columns->id) {
        return fmt::to_string(fid(i));
    }
    const ArrowArray& column = *m_array.children[*m_columns->id];
    return is_null(column, i) ? std::nullopt : std::optional(text_at(column, m_columns->id_format.front(), i));
}

ArrowBatches::ArrowBatches(OGRLayerH layer, const std::string& id_field, std::string file_name)
    : m_file_name(std::move(file_name)), m_columns(std::make_shared<ArrowBatch::Columns>()) {
    ignore_all_fields_but(layer, id_field);
    const GdalMessages messages;
    CPLStringList options;
    options.SetNameValue("INCLUDE_FID", "YES");
    if (!OGR_L_GetArrowStream(layer, &m_stream, options.List())) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the features cannot be read: {}; repair or export the file again", messages.last()),
                      m_file_name);
    }
    read_columns(id_field);
}

void ArrowBatches::read_columns(const std::string& id_field) {
    ArrowSchema schema{};
    if (m_stream.get_schema(&m_stream, &schema) != 0) {
        throw Failure(ErrorKind::corrupt_input, "the fields cannot be read; repair or export the file again",
                      m_file_name);
    }
    bool has_geometry = false;
    for (std::size_t i = 1; i < static_cast<std::size_t>(schema.n_children); ++i) {
        const ArrowSchema& column = *schema.children[i];
        const std::string format = column.format;
        if (!id_field.empty() && !m_columns->id && column.name == id_field) {
            m_columns->id = i;
            m_columns->id_format = format;
        } else if (!has_geometry && (format == "z" || format == "Z")) {
            has_geometry = true;
            m_columns->geometry = i;
            m_columns->geometry_format = format;
        }
    }
    schema.release(&schema);
    if (!has_geometry) {
        throw Failure(ErrorKind::unsupported, "the file gives no column of geometry; convert it to FlatGeobuf",
                      m_file_name);
    }
    if (m_columns->id && !is_id_format(m_columns->id_format)) {
        throw Failure(ErrorKind::unsupported,
                      fmt::format("field '{}' is neither text nor number; name another one for the ids", id_field),
                      m_file_name);
    }
}

std::shared_ptr<const ArrowBatch> ArrowBatches::next() {
    const GdalMessages messages;
    ArrowArray array{};
    const int code = m_stream.get_next(&m_stream, &array);
    if (code != 0 || messages.has_failure()) {
        if (array.release != nullptr) {
            array.release(&array);
        }
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("reading stopped after feature {}: {}; repair or export the file again", m_read,
                                  messages.last().empty() ? std::strerror(code) : messages.last().c_str()),
                      m_file_name);
    }
    if (array.release == nullptr) {
        return nullptr;
    }
    m_read += static_cast<std::uint64_t>(array.length);
    return std::make_shared<const ArrowBatch>(array, m_columns);
}

}  // namespace ranh::vector::detail
