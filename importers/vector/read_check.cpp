#include "importers/vector/read_check.hpp"

#include "importers/vector/dgn_walk.hpp"
#include "importers/vector/dxf_scan.hpp"
#include "spatial/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace ranh::vector {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
    std::ifstream input(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
    if (input.bad() || !input.is_open()) {
        throw Failure(ErrorKind::io, "the file cannot be read; check that it exists and that you may read it",
                      file.filename().string());
    }
    return bytes;
}

/// How many, and the first of them.
struct Missing {
    std::int64_t count = 0;
    std::size_t first = 0;
    std::string name;
};

// --- DGN V7 ---

class DgnCheck {
public:
    explicit DgnCheck(const fs::path& file) {
        const std::string bytes = bytes_of(file);
        m_size = bytes.size();
        m_walk = walk_dgn(bytes);
        restart();
    }

    void restart() {
        m_delivered.assign(m_walk.elements.size(), false);
        m_more = 0;
    }

    void delivered(std::int64_t number) {
        if (number >= 0 && static_cast<std::size_t>(number) < m_delivered.size()) {
            m_delivered[static_cast<std::size_t>(number)] = true;
        } else {
            ++m_more;
        }
    }

    [[nodiscard]] bool is_defined_elsewhere(std::int64_t number) const {
        return number >= 0 && static_cast<std::size_t>(number) < m_walk.elements.size() &&
               m_walk.elements[static_cast<std::size_t>(number)].in_shared;
    }

    [[nodiscard]] std::vector<ReadShortfall> shortfalls() const {
        std::vector<ReadShortfall> all;
        add_by_type(all);
        add_end(all);
        return all;
    }

private:
    void add_by_type(std::vector<ReadShortfall>& all) const {
        std::map<int, Missing> missing;
        for (std::size_t i = 0; i < m_walk.elements.size(); ++i) {
            const DgnElement& element = m_walk.elements[i];
            if (!element.deleted && !element.in_chain && !m_delivered[i] && duty_of(element.type) != DgnDuty::none) {
                auto& of_type = missing.try_emplace(element.type, Missing{0, element.offset, {}}).first->second;
                ++of_type.count;
            }
        }
        for (const auto& [type, of_type] : missing) {
            const bool unread = duty_of(type) == DgnDuty::not_read;
            all.push_back(
                {fmt::format("elements of type {} ({})", type, dgn_type_name(type)),
                 fmt::format("{} of them were not delivered, the first at byte {}; {}", of_type.count, of_type.first,
                             unread ? "GDAL does not read this type: drop it to lines in MicroStation and "
                                      "export the drawing again"
                                    : "repair the drawing in MicroStation and export it again")});
        }
    }

    void add_end(std::vector<ReadShortfall>& all) const {
        const std::size_t left = m_size - m_walk.end_offset;
        const std::string place = fmt::format("bytes {} to {}", m_walk.end_offset, m_size);
        const auto behind = static_cast<std::int64_t>(m_walk.behind.size()) - m_more;
        if (behind > 0) {
            all.push_back(
                {place, fmt::format("the design ends at byte {} of {} by {}, and {} elements are found behind "
                                    "that, which were not read; repair the drawing in MicroStation (compress "
                                    "design) and export it again",
                                    m_walk.end_offset, m_size, words_of_end(), behind)});
        } else if (m_walk.end == DgnEnd::cut_off) {
            all.push_back({place, fmt::format("the last element is longer than the {} bytes left: the file was cut off "
                                              "after {} elements; get it again",
                                              left, m_walk.elements.size())});
        } else if (m_walk.end == DgnEnd::end_of_file) {
            all.push_back({place,
                           fmt::format("the file ends after {} elements without the mark of the end of the design; it "
                                       "may have been cut off",
                                       m_walk.elements.size()),
                           false});
        }
    }

    [[nodiscard]] const char* words_of_end() const {
        switch (m_walk.end) {
            case DgnEnd::marker: return "the mark of its end";
            case DgnEnd::cut_off: return "an element that is longer than the file";
            case DgnEnd::no_element: return "bytes that begin no element";
            case DgnEnd::end_of_file: break;
        }
        return "its last byte";
    }

    DgnWalk m_walk;
    std::size_t m_size = 0;
    std::vector<bool> m_delivered;
    std::int64_t m_more = 0;
};

// --- DXF ---

class DxfCheck {
public:
    explicit DxfCheck(const fs::path& file) : m_scan(scan_dxf(bytes_of(file))) {}

    void restart() { m_delivered.clear(); }
    void delivered(const std::string& handle) {
        if (!handle.empty()) {
            m_delivered.insert(handle);
        }
    }

    [[nodiscard]] std::vector<ReadShortfall> shortfalls() const {
        std::vector<ReadShortfall> all;
        if (!m_scan.ends) {
            all.push_back({"end of the file",
                           fmt::format("the drawing ends without EOF after {} entities: it was cut off; get it again",
                                       m_scan.entities.size())});
        }
        std::map<std::string, Missing> missing;
        for (const auto& entity : m_scan.entities) {
            // An entity without a handle cannot be told from its like.
            const bool known = dxf_entity_is_read(entity.type);
            if (known && (entity.handle.empty() || m_delivered.contains(entity.handle))) {
                continue;
            }
            auto& of_type = missing.try_emplace(entity.type, Missing{0, entity.line, entity.handle}).first->second;
            ++of_type.count;
        }
        for (const auto& [type, of_type] : missing) {
            const bool read = dxf_entity_is_read(type);
            const char* remedy = type == "INSERT" ? "their blocks hold nothing that is drawn, or do not exist"
                                 : read           ? "repair the drawing (AUDIT) and save it again"
                                        : "GDAL does not read this type: explode it and save the drawing again";
            all.push_back({"entities " + type,
                           fmt::format("{} of them were not delivered, the first on line {} (handle {}); {}",
                                       of_type.count, of_type.first, of_type.name, remedy),
                           type != "INSERT" && dxf_entity_is_drawn(type)});
        }
        return all;
    }

private:
    DxfScan m_scan;
    std::set<std::string> m_delivered;
};

// --- Shapefile ---

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = value * 256U + static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}
std::uint32_t little_endian(const std::string& bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = size; i > 0; --i) {
        value = value * 256U + static_cast<unsigned char>(bytes[at + i - 1]);
    }
    return value;
}

std::string first_bytes(const fs::path& file, std::size_t most) {
    std::ifstream input(file, std::ios::binary);
    std::string bytes(most, '\0');
    input.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(input.gcount()));
    return bytes;
}

/// Rows of a .dbf by its header and by its size, and the deleted ones among them.
struct DbfRows {
    std::int64_t stated = 0;
    std::int64_t there = 0;
    std::int64_t deleted = 0;
};

std::optional<DbfRows> rows_of(const fs::path& dbf) {
    constexpr std::size_t header_bytes = 32;
    const std::string header = first_bytes(dbf, header_bytes);
    if (header.size() < header_bytes) {
        return std::nullopt;
    }
    DbfRows rows;
    rows.stated = little_endian(header, 4, 4);
    const std::uint64_t begin = little_endian(header, 8, 2);
    const std::uint64_t length = little_endian(header, 10, 2);
    const std::uint64_t size = fs::file_size(dbf);
    if (length == 0 || size < begin) {
        return rows;
    }
    rows.there = std::min(rows.stated, static_cast<std::int64_t>((size - begin) / length));
    std::ifstream input(dbf, std::ios::binary);
    for (std::int64_t row = 0; row < rows.there; ++row) {
        input.seekg(static_cast<std::streamoff>(begin + static_cast<std::uint64_t>(row) * length));
        rows.deleted += input.peek() == '*' ? 1 : 0;
    }
    return rows;
}

class ShapefileCheck {
public:
    explicit ShapefileCheck(const std::vector<fs::path>& files) {
        for (const auto& file : files) {
            std::string ending = file.extension().string();
            std::transform(ending.begin(), ending.end(), ending.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
            if (ending == ".shp") {
                m_shp = file;
            } else if (ending == ".shx") {
                m_shx = file;
            } else if (ending == ".dbf") {
                m_rows = rows_of(file);
            }
        }
    }

    [[nodiscard]] std::vector<ReadShortfall> shortfalls(std::int64_t delivered) const {
        std::vector<ReadShortfall> all;
        const auto shapes = check_shapes(all);
        if (m_rows && m_rows->there < m_rows->stated) {
            all.push_back(
                {"rows of the .dbf", fmt::format("its header states {} rows and {} are there: the file was cut "
                                                 "off; get it again",
                                                 m_rows->stated, m_rows->there)});
        }
        if (shapes && m_rows && *shapes != m_rows->stated) {
            all.push_back({"records", fmt::format("the .shx lists {} shapes and the .dbf states {} rows: the files do "
                                                  "not belong together, or one was cut off",
                                                  *shapes, m_rows->stated)});
        }
        const std::int64_t records = std::max(shapes.value_or(0), m_rows ? m_rows->stated : 0);
        const std::int64_t deleted = m_rows ? m_rows->deleted : 0;
        if (delivered < records - deleted) {
            all.push_back({"records", fmt::format("the file holds {} records, {} of them deleted, and {} were "
                                                  "delivered; repair or export the file again",
                                                  records, deleted, delivered)});
        } else if (deleted > 0) {
            all.push_back({"records", fmt::format("{} rows are marked as deleted and are left out", deleted), false});
        }
        return all;
    }

private:
    /// Shapes by the size of the .shx; nothing when there is none.
    std::optional<std::int64_t> check_shapes(std::vector<ReadShortfall>& all) const {
        constexpr std::size_t header_bytes = 100;
        constexpr std::size_t length_at = 24;
        constexpr std::int64_t entry_bytes = 8;
        if (!m_shp.empty()) {
            const std::string header = first_bytes(m_shp, header_bytes);
            const std::uint64_t size = fs::file_size(m_shp);
            const std::uint64_t stated =
                header.size() < header_bytes ? header_bytes : std::uint64_t{2} * big_endian(header, length_at);
            if (size < stated) {
                all.push_back(
                    {fmt::format("bytes {} to {}", size, stated),
                     fmt::format("the .shp states a length of {} bytes and has {}: it was cut off; get it again",
                                 stated, size)});
            }
        }
        if (m_shx.empty()) {
            return std::nullopt;
        }
        const auto size = static_cast<std::int64_t>(fs::file_size(m_shx));
        return std::max<std::int64_t>(size - static_cast<std::int64_t>(header_bytes), 0) / entry_bytes;
    }

    fs::path m_shp;
    fs::path m_shx;
    std::optional<DbfRows> m_rows;
};

}  // namespace

struct ReadCheck::State {
    std::optional<std::int64_t> stated;
    std::int64_t delivered = 0;
    std::optional<DgnCheck> dgn;
    std::optional<DxfCheck> dxf;
    std::optional<ShapefileCheck> shapefile;
};

ReadCheck::ReadCheck(const std::string& format, const std::vector<fs::path>& files, std::optional<std::int64_t> stated)
    : m_state(std::make_unique<State>()) {
    if (format == "DGN") {
        m_state->dgn.emplace(files.front());
    } else if (format == "DXF") {
        m_state->dxf.emplace(files.front());
    } else if (format == "ESRI Shapefile" && std::count_if(files.begin(), files.end(), [](const fs::path& file) {
                                                 return file.extension() == ".shp" || file.extension() == ".SHP";
                                             }) == 1) {
        m_state->shapefile.emplace(files);
    } else {
        m_state->stated = stated;
    }
}

ReadCheck::~ReadCheck() = default;

void ReadCheck::restart() {
    m_state->delivered = 0;
    if (m_state->dgn) {
        m_state->dgn->restart();
    }
    if (m_state->dxf) {
        m_state->dxf->restart();
    }
}

void ReadCheck::delivered(const Delivered& feature) {
    ++m_state->delivered;
    if (m_state->dgn) {
        m_state->dgn->delivered(feature.number);
    }
    if (m_state->dxf) {
        m_state->dxf->delivered(feature.handle);
    }
}

std::optional<std::string> ReadCheck::why_no_feature(const Delivered& feature) const {
    if (m_state->dgn && m_state->dgn->is_defined_elsewhere(feature.number)) {
        return "the element belongs to the definition of a shared cell and is not where it is drawn; drop shared cells "
               "in MicroStation and export the drawing again";
    }
    return std::nullopt;
}

std::vector<ReadShortfall> ReadCheck::shortfalls() const {
    if (m_state->dgn) {
        return m_state->dgn->shortfalls();
    }
    if (m_state->dxf) {
        return m_state->dxf->shortfalls();
    }
    if (m_state->shapefile) {
        return m_state->shapefile->shortfalls(m_state->delivered);
    }
    if (m_state->stated && m_state->delivered < *m_state->stated) {
        return {{"records", fmt::format("the file states {} records and {} were delivered; repair or export it again",
                                        *m_state->stated, m_state->delivered)}};
    }
    return {};
}

}  // namespace ranh::vector
