#include "services/app/output_file.hpp"

#include "importers/vector/vector_writer.hpp"
#include "services/app/terminal.hpp"
#include "services/present/json.hpp"
#include "services/present/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ranh::app {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> endings = {".csv", ".json", ".geojson", ".gpkg", ".fgb"};

std::string ending_of(const std::string& file) { return fs::path(file).extension().string(); }

void write_vector(const std::string& file, const engine::OverlapAnswer& answer, const crs::Crs& system) {
    vector::OutputLayer layer;
    layer.name =
        fmt::format("overlaps-{}-{}", answer.left->version().layer.text(), answer.right->version().layer.text());
    layer.schema = present::pair_schema();
    // A draft says so in every file drawn from it.
    layer.schema.fields.push_back({"left_status", model::FieldType::text});
    layer.schema.fields.push_back({"right_status", model::FieldType::text});
    const auto status = [](const snapshot::PackedLayer& side) {
        const model::Bilingual& label = model::status_label(side.version().description.status);
        return label.vi + " / " + label.en;
    };
    const std::string left_status = status(*answer.left);
    const std::string right_status = status(*answer.right);
    layer.crs = system;
    std::size_t i = 0;
    layer.next = [&, i]() mutable -> std::optional<model::Feature> {
        if (i >= answer.result.pairs.size()) {
            return std::nullopt;
        }
        model::Feature feature = present::pair_feature(answer.result.pairs[i++], answer, system);
        feature.values.emplace_back(left_status);
        feature.values.emplace_back(right_status);
        return feature;
    };
    note_left_out(file, vector::write_vector_file(file, {layer}));
}

}  // namespace

Result<bool> check_overlaps_file(const std::string& file) {
    for (const std::string_view ending : endings) {
        if (ending_of(file) == ending) {
            return true;
        }
    }
    return Error{
        ErrorKind::invalid_argument,
        fmt::format("'{}' has no ending this result can be written to; use {}", file, fmt::join(endings, ", ")),
        {}};
}

bool needs_geometry(const std::string& file) { return ending_of(file) != ".csv"; }

void write_overlaps(const std::string& file, const engine::OverlapAnswer& answer, const crs::Crs& system) {
    const std::string ending = ending_of(file);
    if (ending == ".csv") {
        write_text_file(file, present::overlaps_csv(answer));
    } else if (ending == ".json") {
        write_text_file(file, codec::to_text(present::overlaps_json(answer), codec::JsonLayout::indented) + "\n");
    } else {
        write_vector(file, answer, ending == ".geojson" ? crs::wgs84() : system);
    }
}

void note_left_out(const std::string& file, std::size_t left_out) {
    if (left_out > 0) {
        note(
            fmt::format("{}: {} dòng không có hình không ghi được ở dạng này, dùng .gpkg / {} rows without geometry do "
                        "not fit this "
                        "format, use .gpkg",
                        file, left_out, left_out));
    }
}

WholeFile::WholeFile(std::string file)
    : m_file(std::move(file)), m_temporary(m_file + ".part"), m_stream(m_temporary, std::ios::binary) {
    check();
}

WholeFile::~WholeFile() {
    if (!m_committed) {
        std::error_code ignored;
        fs::remove(m_temporary, ignored);
    }
}

void WholeFile::write(std::string_view text) {
    m_stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    check();
}

void WholeFile::commit() {
    m_stream.close();
    check();
    fs::rename(m_temporary, m_file);
    m_committed = true;
}

void WholeFile::check() const {
    if (!m_stream) {
        throw Failure(ErrorKind::io,
                      fmt::format("{} cannot be written; check that its folder exists and has room", m_file));
    }
}

void write_text_file(const std::string& file, std::string_view text) {
    WholeFile whole(file);
    whole.write(text);
    whole.commit();
}

}  // namespace ranh::app
