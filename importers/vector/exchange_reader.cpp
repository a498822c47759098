#include "importers/vector/exchange_reader.hpp"

#include "importers/pipeline/find_crs.hpp"
#include "importers/vector/exchange_tree.hpp"
#include "importers/vector/gdal_support.hpp"
#include "importers/vector/ogr_geometry.hpp"
#include "importers/vector/vector_reader.hpp"
#include "spatial/codec/json.hpp"
#include "spatial/codec/wkt.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <set>

namespace ranh::vector {

namespace {

using codec::Json;

constexpr std::uintmax_t most_bytes = std::uintmax_t{512} << 20U;

/// Names differ in the case of their first letter between the schemas.
std::string schema_name(std::string name) {
    if (!name.empty()) {
        name.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(name.front())));
    }
    return name;
}

const Json* member(const Json& json, std::string_view name) {
    if (const auto* object = json.object()) {
        for (const auto& [key, value] : *object) {
            if (schema_name(key) == name) {
                return &value;
            }
        }
    }
    return nullptr;
}

bool is_single(const Json& json) { return !json.is_object() && !json.is_array(); }

std::string text_of(const Json& json) {
    if (const auto text = json.string()) {
        return std::string(*text);
    }
    return json.is_null() ? std::string() : codec::to_text(json);
}

bool is_parcel(const Json& json) {
    return member(json, "soHieuToBanDo") != nullptr && member(json, "soThuTuThua") != nullptr;
}

/// The system a text names: "EPSG:5899", "urn:ogc:def:crs:EPSG::5899", "5899".
std::optional<crs::Crs> named_system(const std::string& text) {
    const auto digits = text.find_last_not_of("0123456789");
    const std::string code = digits == std::string::npos ? text : text.substr(digits + 1);
    const auto parsed = crs::Crs::parse("EPSG:" + code);
    return parsed ? std::optional(parsed.value()) : std::nullopt;
}

/// GML says its system at the geometry; here it is looked for in its text.
std::optional<std::string> srs_name(const std::string& gml) {
    const auto start = gml.find("srsName=\"");
    const auto end = start == std::string::npos ? start : gml.find('"', start + 9);
    return end == std::string::npos ? std::nullopt : std::optional(gml.substr(start + 9, end - start - 9));
}

/// What a geometry says of its positions. GDAL takes a word among the numbers for 0 and leaves out a ring that is none.
enum class Positions { none, numbers, broken };

bool are_numbers(std::string_view text) {
    return text.find_first_not_of("0123456789+-.eE,[] \t\r\n") == std::string_view::npos;
}

Positions positions_of(std::string_view gml) {
    Positions found = Positions::none;
    for (auto end = gml.find('>'); end != std::string_view::npos; end = gml.find('>', end + 1)) {
        const auto text = gml.substr(end + 1, gml.find('<', end) - end - 1);
        const auto start = gml.rfind('<', end) + 1;
        const auto name = gml.substr(start, gml.find_first_of(" >", start) - start);
        const bool of_positions = name.ends_with("pos") || name.ends_with("posList") || name.ends_with("coordinates");
        if (of_positions && !name.starts_with('/') && !are_numbers(text)) {
            return Positions::broken;
        }
        if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
            found = Positions::numbers;
        }
    }
    return found;
}

Positions positions_of(const Json& coordinates) {
    const std::string text = codec::to_text(coordinates);
    if (!are_numbers(text)) {
        return Positions::broken;
    }
    return text.find_first_not_of("[,] ") == std::string::npos ? Positions::none : Positions::numbers;
}

/// Values of the parcels as they are found.
struct Parcel {
    std::map<std::string, std::string> values;
    std::optional<geom::Geometry> geometry;
    std::string problem;
    std::string original;
};

class Parcels {
public:
    // NOLINTNEXTLINE(misc-no-recursion): the depth of JSON and XML is bounded by their readers
    void collect(const Json& json) {
        note_system(json);
        if (is_parcel(json)) {
            parcels.push_back(parcel_of(json));
            return;
        }
        if (const auto* object = json.object()) {
            std::for_each(object->begin(), object->end(), [this](const auto& entry) { collect(entry.second); });
        } else if (const auto* array = json.array()) {
            std::for_each(array->begin(), array->end(), [this](const Json& item) { collect(item); });
        }
    }

    std::vector<Parcel> parcels;
    std::vector<std::string> names;  ///< in the order they were met
    std::set<std::string> systems;   ///< as named
    std::set<std::string> left_out;  ///< nested lists
    bool had_z = false;

private:
    void note_system(const Json& json) {
        for (const char* name : {"srsName", "heToaDo", "epsg"}) {
            const Json* value = member(json, name);
            if (value != nullptr && is_single(*value)) {
                systems.insert(text_of(*value));
            }
        }
    }

    void set(Parcel& parcel, const std::string& name, std::string value) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
        parcel.values[name] = std::move(value);
    }

    Parcel parcel_of(const Json& json) {
        Parcel parcel;
        Json purposes{codec::JsonArray()};
        for (const auto& [key, value] : *json.object()) {
            const std::string name = schema_name(key);
            const bool is_wkt = is_single(value) && take_wkt(parcel, name, text_of(value));
            if (is_wkt || name == "srsName" || name == "heToaDo" || name == "epsg") {
                continue;
            }
            if (is_single(value)) {
                set(parcel, name, text_of(value));
            } else if (!take_geometry(parcel, value) && !add_purposes(value, purposes)) {
                left_out.insert(key);
            }
        }
        if (!purposes.array()->empty()) {
            std::vector<std::string> codes;
            for (const auto& purpose : *purposes.array()) {
                codes.push_back(text_of(*member(purpose, "maMucDichSuDung")));
            }
            set(parcel, "maMucDichSuDung", fmt::format("{}", fmt::join(codes, "+")));
            set(parcel, "mucDichSuDung", codec::to_text(purposes));
        }
        return parcel;
    }

    /// All objects with a code of use inside; false when there is none.
    // NOLINTNEXTLINE(misc-no-recursion): the depth of JSON and XML is bounded by their readers
    static bool add_purposes(const Json& json, Json& purposes) {
        if (member(json, "maMucDichSuDung") != nullptr) {
            purposes.push(json);
            return true;
        }
        bool found = false;
        if (const auto* object = json.object()) {
            for (const auto& entry : *object) {
                found = add_purposes(entry.second, purposes) || found;
            }
        } else if (const auto* array = json.array()) {
            for (const auto& item : *array) {
                found = add_purposes(item, purposes) || found;
            }
        }
        return found;
    }

    static bool take_wkt(Parcel& parcel, const std::string& name, const std::string& text) {
        constexpr std::array<std::string_view, 6> columns = {"hinhHoc", "geom", "geometry", "shape", "wkt", "toaDo"};
        if (std::find(columns.begin(), columns.end(), name) == columns.end() || text.empty()) {
            return false;
        }
        auto geometry = codec::parse_wkt(text);
        parcel.original = text;
        if (geometry) {
            parcel.geometry = std::move(geometry).value();
        } else {
            parcel.problem = geometry.error().text();
        }
        return true;
    }

    /// GML or GeoJSON, directly or one level down.
    // NOLINTNEXTLINE(misc-no-recursion): one level
    bool take_geometry(Parcel& parcel, const Json& json) {
        if (const Json* gml = json.find("gml")) {
            parcel.original = text_of(*gml);
            if (const auto name = srs_name(parcel.original)) {
                systems.insert(*name);
            }
            const detail::GdalMessages messages;
            const detail::GeometryPointer geometry(OGR_G_CreateFromGML(parcel.original.c_str()));
            read(parcel, geometry, positions_of(std::string_view(parcel.original)), messages);
            return true;
        }
        const Json* coordinates = json.find("coordinates");
        if (coordinates != nullptr && json.find("type") != nullptr) {
            parcel.original = codec::to_text(json);
            const detail::GdalMessages messages;
            const detail::GeometryPointer geometry(OGR_G_CreateGeometryFromJson(parcel.original.c_str()));
            read(parcel, geometry, positions_of(*coordinates), messages);
            return true;
        }
        const auto* object = json.object();
        return object != nullptr && std::any_of(object->begin(), object->end(), [&](const auto& entry) {
                   return entry.second.is_object() &&
                          (entry.second.find("gml") != nullptr || entry.second.find("coordinates") != nullptr) &&
                          take_geometry(parcel, entry.second);
               });
    }

    /// `messages` heard what GDAL said when it made the geometry.
    void read(Parcel& parcel, const detail::GeometryPointer& geometry, Positions positions,
              const detail::GdalMessages& messages) {
        if (positions == Positions::none) {
            return;
        }
        if (positions == Positions::broken || messages.has_failure() || !geometry ||
            OGR_G_IsEmpty(geometry.get()) != 0) {
            parcel.problem = fmt::format("the geometry cannot be read{}{}; export the parcel again",
                                         messages.last().empty() ? "" : ": ", messages.last());
            return;
        }
        auto reading = detail::read_ogr_geometry(geometry.get(), false);
        parcel.geometry = std::move(reading.geometry);
        parcel.problem = reading.others.empty() ? reading.problem
                                                : "the geometry is a collection of areas and lines or points; export "
                                                  "the area of the parcel alone";
        had_z = had_z || reading.had_z;
    }
};

std::string bytes_of(const std::filesystem::path& file) {
    if (std::filesystem::file_size(file) > most_bytes) {
        throw Failure(ErrorKind::limit_exceeded,
                      "the exchange file is larger than 512 MiB; export one commune at a time",
                      file.filename().string());
    }
    std::ifstream input(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
    return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
}

Json tree_of(const std::filesystem::path& file) {
    const std::string bytes = bytes_of(file);
    const auto first = bytes.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && bytes[first] == '<') {
        return detail::tree_of_xml(bytes, file.filename().string());
    }
    auto json = codec::parse_json(bytes);
    if (!json) {
        throw Failure(json.error().kind, json.error().sentence + "; export it again", file.filename().string());
    }
    return std::move(json).value();
}

class ExchangeReader final : public pipeline::FeatureReader {
public:
    ExchangeReader(const std::filesystem::path& file, const pipeline::ReadOptions& options)
        : m_description(pipeline::describe_file(file)) {
        const detail::GdalMessages messages;
        m_description.format = "exchange file of parcels";
        m_parcels.collect(tree_of(file));
        for (const auto& name : m_parcels.names) {
            m_description.schema.fields.push_back({name, model::FieldType::text, model::Privacy::open});
        }
        m_description.record_count = static_cast<std::int64_t>(m_parcels.parcels.size());
        if (!m_parcels.left_out.empty()) {
            m_description.notes.push_back(fmt::format("{}: nested lists left out: {}", m_description.file_name,
                                                      fmt::join(m_parcels.left_out, ", ")));
        }
        if (m_parcels.had_z) {
            m_description.notes.push_back(m_description.file_name + ": Z and M are left out");
        }
        decide_crs(options);
    }

    const pipeline::SourceDescription& describe() override { return m_description; }

    std::optional<pipeline::SourceRecord> next() override {
        if (m_next == m_parcels.parcels.size()) {
            return std::nullopt;
        }
        const Parcel& parcel = m_parcels.parcels[m_next++];
        pipeline::SourceRecord record;
        record.place = fmt::format("parcel {}", m_next);
        record.geometry = parcel.geometry;
        for (const auto& name : m_parcels.names) {
            const auto value = parcel.values.find(name);
            const bool filled = value != parcel.values.end() && !value->second.empty();
            record.values.push_back(filled ? model::Value(value->second) : model::Value());
        }
        if (!parcel.problem.empty()) {
            record.rejected = model::QuarantineRecord{record.place, parcel.problem, parcel.original};
        }
        return record;
    }

    void rewind() override { m_next = 0; }

private:
    void decide_crs(const pipeline::ReadOptions& options) {
        m_description.declared_crs_text = fmt::format("{}", fmt::join(m_parcels.systems, ", "));
        if (m_parcels.systems.size() == 1) {
            m_description.declared_crs = named_system(*m_parcels.systems.begin());
            m_description.crs_reason = "declared by the file as " + m_description.declared_crs_text;
        }
        if (options.crs || !m_description.declared_crs) {
            ask_coordinates(options);
        }
    }

    void ask_coordinates(const pipeline::ReadOptions& options) {
        std::vector<geom::Point> points;
        std::set<std::string> communes;
        for (const auto& parcel : m_parcels.parcels) {
            if (parcel.geometry) {
                points.push_back(parcel.geometry->points().front());
            }
            const auto commune = parcel.values.find("maXa");
            communes.insert(commune == parcel.values.end() ? std::string() : commune->second);
        }
        pipeline::CrsFinder finder(options);
        const auto finding =
            finder.find(points, communes.size() == 1 ? *communes.begin() : std::string(), m_description.file_name);
        m_description.crs_reason = finding.swapped.empty()
                                       ? finding.reason
                                       : "X/Y đảo: easting stands in the place of northing; exchange them and import "
                                         "again";
        m_description.found_crs = finding.swapped.empty() ? finding.crs : std::nullopt;
        m_description.notes.insert(m_description.notes.end(), finding.notes.begin(), finding.notes.end());
    }

    pipeline::SourceDescription m_description;
    Parcels m_parcels;
    std::size_t m_next = 0;
};

}  // namespace

bool is_exchange_file(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (ending != ".xml" && ending != ".json") {
        return false;
    }
    std::ifstream input(file, std::ios::binary);
    std::string head(std::size_t{1} << 20U, '\0');
    input.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(input.gcount()));
    return head.find("oThuTuThua") != std::string::npos && head.find("oHieuToBanDo") != std::string::npos &&
           head.find("FeatureCollection") == std::string::npos;
}

std::unique_ptr<pipeline::FeatureReader> open_exchange(const std::filesystem::path& file,
                                                       const pipeline::ReadOptions& options) {
    return std::make_unique<ExchangeReader>(file, options);
}

}  // namespace ranh::vector
