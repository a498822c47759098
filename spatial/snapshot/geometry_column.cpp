#include "spatial/snapshot/geometry_column.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/base/error.hpp"

namespace ranh::snapshot {
namespace {

template <typename T>
std::span<const T> slice(std::span<const T> values, std::span<const std::size_t> begins, std::size_t i) {
    const std::size_t begin = begins[i];
    const std::size_t end = begins[i + 1];
    if (begin > end || end > values.size()) {
        throw Failure(ErrorKind::corrupt_input,
                      "a geometry of a packed layer leads outside its section; delete the file, the next command makes "
                      "it anew from the workspace");
    }
    return values.subspan(begin, end - begin);
}

template <typename T>
void append_all(std::vector<T>& values, std::span<const T> more) {
    values.insert(values.end(), more.begin(), more.end());
}

void append_begins(std::vector<std::size_t>& begins, const std::vector<std::size_t>& more) {
    const std::size_t shift = begins.back();
    for (std::size_t i = 1; i < more.size(); ++i) {
        begins.push_back(shift + more[i]);
    }
}

}  // namespace

geom::GeometryView GeometryColumnView::at(std::size_t i) const {
    RANH_ASSERT(i < types.size());
    return {types[i], slice(points, point_begins, i), slice(path_ends, path_begins, i),
            slice(part_ends, part_begins, i)};
}

void GeometryColumn::append(const geom::GeometryView& geometry) {
    m_types.push_back(geometry.type);
    append_all(m_points, geometry.points);
    append_all(m_path_ends, geometry.path_ends);
    append_all(m_part_ends, geometry.part_ends);
    m_point_begins.push_back(m_points.size());
    m_path_begins.push_back(m_path_ends.size());
    m_part_begins.push_back(m_part_ends.size());
}

void GeometryColumn::append(const GeometryColumn& other) {
    append_all<geom::GeometryType>(m_types, other.m_types);
    append_all<geom::Point>(m_points, other.m_points);
    append_all<std::uint32_t>(m_path_ends, other.m_path_ends);
    append_all<std::uint32_t>(m_part_ends, other.m_part_ends);
    append_begins(m_point_begins, other.m_point_begins);
    append_begins(m_path_begins, other.m_path_begins);
    append_begins(m_part_begins, other.m_part_begins);
}

void GeometryColumn::reserve(std::size_t features) {
    m_types.reserve(features);
    m_path_ends.reserve(features);
    m_part_ends.reserve(features);
    m_point_begins.reserve(features + 1);
    m_path_begins.reserve(features + 1);
    m_part_begins.reserve(features + 1);
}

GeometryColumnView GeometryColumn::view() const {
    return {m_types, m_points, m_path_ends, m_part_ends, m_point_begins, m_path_begins, m_part_begins};
}

}  // namespace ranh::snapshot
