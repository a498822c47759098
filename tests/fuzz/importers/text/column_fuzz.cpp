// Lines of any bytes as the cells of a column: a decision, and from every cell composed UTF-8 text or an Error; in each
// encoding alike, and text that was read once stays as it is when it is read again.

#include "importers/text/column_text.hpp"
#include "importers/text/unicode.hpp"
#include "spatial/base/assert.hpp"

#include <cstdint>

using namespace ranh;  // NOLINT(google-build-using-namespace): a program of one function

namespace {

std::vector<std::string_view> cells_of(std::string_view bytes) {
    std::vector<std::string_view> cells;
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        cells.push_back(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
    return cells;
}

void read_all(const std::vector<std::string_view>& cells, const text::TextDecision& decision) {
    for (const auto cell : cells) {
        if (const auto read = text::read_cell(cell, decision)) {
            RANH_ASSERT(text::is_valid_utf8(read.value()));
            RANH_ASSERT(text::to_nfc(read.value()) == read.value());
            RANH_ASSERT(text::read_cell(read.value(), {}).value() == read.value());
        } else {
            RANH_ASSERT(read.error().kind == ErrorKind::corrupt_input);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto cells = cells_of({reinterpret_cast<const char*>(data), size});
    text::ColumnText column;
    for (const auto cell : cells) {
        column.add(cell);
    }
    read_all(cells, column.decide());
    read_all(cells, column.decide(text::Encoding::windows_1252));
    for (const auto encoding : text::all_encodings) {
        read_all(cells, column.decide_for(encoding));
    }
    return 0;
}
