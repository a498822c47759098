#include "spatial/store/gpkg/spatial_functions.hpp"

#include "spatial/base/error.hpp"
#include "spatial/store/gpkg/geometry_blob.hpp"

#include <sqlite3.h>

#include <optional>
#include <string_view>

namespace ranh::gpkg {
namespace {

std::string_view blob_of(sqlite3_value* value) {
    if (sqlite3_value_type(value) != SQLITE_BLOB) {
        return {};
    }
    const void* bytes = sqlite3_value_blob(value);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

double min_x(const geom::Box& box) { return box.min.x; }
double max_x(const geom::Box& box) { return box.max.x; }
double min_y(const geom::Box& box) { return box.min.y; }
double max_y(const geom::Box& box) { return box.max.y; }

template <double (*side)(const geom::Box&)>
void side_of_box(sqlite3_context* context, int, sqlite3_value** values) {
    const auto box = box_of_blob(blob_of(values[0]));
    if (box) {
        sqlite3_result_double(context, side(*box));
    } else {
        sqlite3_result_null(context);
    }
}

void is_empty(sqlite3_context* context, int, sqlite3_value** values) {
    const std::string_view blob = blob_of(values[0]);
    if (blob.empty()) {
        sqlite3_result_null(context);
    } else {
        sqlite3_result_int(context, box_of_blob(blob) ? 0 : 1);
    }
}

}  // namespace

void register_spatial_functions(sqlite3* handle) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const auto add = [&](const char* name, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
        if (sqlite3_create_function_v2(handle, name, 1, flags, nullptr, function, nullptr, nullptr, nullptr) !=
            SQLITE_OK) {
            throw Failure(ErrorKind::internal, "SQLite took no function of its own");
        }
    };
    add("ST_MinX", side_of_box<min_x>);
    add("ST_MaxX", side_of_box<max_x>);
    add("ST_MinY", side_of_box<min_y>);
    add("ST_MaxY", side_of_box<max_y>);
    add("ST_IsEmpty", is_empty);
}

}  // namespace ranh::gpkg
