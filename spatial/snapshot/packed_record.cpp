#include "spatial/snapshot/packed_record.hpp"

#include "spatial/base/assert.hpp"

#include <chrono>
#include <cstring>
#include <limits>
#include <type_traits>

namespace ranh::snapshot {
namespace {

static_assert(std::is_trivially_copyable_v<PackedRecord::Head> && sizeof(PackedRecord::Head) % 8 == 0);

template <typename T>
void append(std::vector<std::byte>& bytes, std::span<const T> values) {
    const auto all = std::as_bytes(values);
    bytes.insert(bytes.end(), all.begin(), all.end());
}

template <typename T>
void append_one(std::vector<std::byte>& bytes, const T& value) {
    append(bytes, std::span<const T>(&value, 1));
}

template <typename T>
std::span<const T> take(const std::byte*& from, std::size_t count) {
    const std::span<const T> values(reinterpret_cast<const T*>(from), count);
    from += values.size_bytes();
    return values;
}

template <typename T>
T take_one(const std::byte*& from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    from += sizeof value;
    return value;
}

void append_value(std::vector<std::byte>& bytes, const model::Value& value) {
    append_one(bytes, static_cast<std::uint8_t>(value.index()));
    switch (value.index()) {
        case 1: append_one(bytes, std::get<bool>(value)); break;
        case 2: append_one(bytes, std::get<std::int64_t>(value)); break;
        case 3: append_one(bytes, std::get<double>(value)); break;
        case 4: {
            const std::string& text = std::get<std::string>(value);
            append_one(bytes, text.size());
            append(bytes, std::span<const char>(text));
            break;
        }
        case 5: append_one(bytes, std::get<Date>(value).day().time_since_epoch().count()); break;
        default: break;
    }
}

model::Value take_value(const std::byte*& from) {
    switch (take_one<std::uint8_t>(from)) {
        case 1: return take_one<bool>(from);
        case 2: return take_one<std::int64_t>(from);
        case 3: return take_one<double>(from);
        case 4: {
            const auto size = take_one<std::size_t>(from);
            const auto text = take<char>(from, size);
            return std::string(text.data(), text.size());
        }
        case 5: return Date(std::chrono::sys_days(std::chrono::days(take_one<std::chrono::days::rep>(from))));
        default: return {};
    }
}

double or_nan(const std::optional<double>& value) { return value.value_or(std::numeric_limits<double>::quiet_NaN()); }

}  // namespace

void append_record(std::vector<std::byte>& bytes, const model::Feature& feature, std::uint32_t system,
                   const geom::GeometryView& source, const geom::GeometryView& working) {
    const std::string& id = feature.id.text();
    const model::Areas& areas = feature.areas;
    PackedRecord::Head head{.area_stated_m2 = or_nan(areas.area_stated_m2),
                            .area_planar_m2 = or_nan(areas.area_planar_m2),
                            .area_ellipsoid_m2 = or_nan(areas.area_ellipsoid_m2),
                            .planar_epsg = areas.planar_epsg.value_or(0),
                            .id_size = static_cast<std::uint32_t>(id.size()),
                            .points = static_cast<std::uint32_t>(source.points.size()),
                            .working_points = static_cast<std::uint32_t>(working.points.size()),
                            .paths = static_cast<std::uint32_t>(source.path_ends.size()),
                            .parts = static_cast<std::uint32_t>(source.part_ends.size()),
                            .type = static_cast<std::uint32_t>(source.type),
                            .system = system,
                            .size = 0};
    RANH_ASSERT(working.path_ends.size() == source.path_ends.size());
    const std::size_t begin = bytes.size();
    append_one(bytes, head);
    append(bytes, source.points);
    append(bytes, working.points);
    append(bytes, source.path_ends);
    append(bytes, working.path_ends);
    append(bytes, source.part_ends);
    append(bytes, std::span<const char>(id));
    for (const model::Value& value : feature.values) {
        append_value(bytes, value);
    }
    bytes.resize((bytes.size() + 7) / 8 * 8);
    head.size = bytes.size() - begin;
    std::memcpy(bytes.data() + begin, &head, sizeof head);
}

PackedRecord PackedRecord::at(const std::byte* bytes) {
    PackedRecord record{};
    std::memcpy(&record.head, bytes, sizeof record.head);
    const Head& head = record.head;
    const std::byte* from = bytes + sizeof head;
    record.source.type = static_cast<geom::GeometryType>(head.type);
    record.working.type = record.source.type;
    record.source.points = take<geom::Point>(from, head.points);
    record.working.points = take<geom::Point>(from, head.working_points);
    record.source.path_ends = take<std::uint32_t>(from, head.paths);
    record.working.path_ends = take<std::uint32_t>(from, head.paths);
    record.source.part_ends = take<std::uint32_t>(from, head.parts);
    record.working.part_ends = record.source.part_ends;
    const auto id = take<char>(from, head.id_size);
    record.id = {id.data(), id.size()};
    record.values = {from, static_cast<std::size_t>(bytes + head.size - from)};
    return record;
}

void PackedRecord::give_values(std::vector<ValueColumn>& columns) const {
    const std::byte* from = values.data();
    for (ValueColumn& column : columns) {
        column.append(take_value(from));
    }
}

}  // namespace ranh::snapshot
