#pragma once

#include "importers/pipeline/source_record.hpp"

#include <memory>
#include <optional>

namespace ranh::pipeline {

/// The table with its cells as composed UTF-8 text: the encoding of each column is found, or is `encoding`. Cells whose
/// encoding stays open are handed on as they are, for the reader of the table to refuse. Holds all rows in memory; the
/// decisions are notes.
[[nodiscard]] std::unique_ptr<TableReader> decode_table(std::unique_ptr<TableReader> table,
                                                        std::optional<text::Encoding> encoding = {});

}  // namespace ranh::pipeline
