#include "services/app/layer_diff.hpp"

#include "services/app/terminal.hpp"
#include "services/present/table.hpp"
#include "spatial/engine/engine.hpp"
#include "spatial/snapshot/packed_layer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace ranh::app {
namespace {

/// Areas that features of one id have in common in two versions, measured as overlaps are.
class CommonAreas {
public:
    CommonAreas(const model::LayerVersion& before, const model::LayerVersion& after, const crs::WorkingPlane& plane)
        : m_before(before, plane), m_after(after, plane) {}

    void add(model::Feature before, model::Feature after) {
        m_before.add(std::move(before));
        m_after.add(std::move(after));
    }

    [[nodiscard]] std::map<std::string, double> measure() {
        const auto answer =
            engine::measure_overlaps(m_before.finish(), m_after.finish(), Date::today(), Timestamp::now(), {});
        std::map<std::string, double> areas_m2;
        for (const model::Pair& pair : answer.result.pairs) {
            if (pair.left.feature == pair.right.feature) {
                areas_m2.emplace(pair.left.feature.text(), model::ground_m2(pair));
            }
        }
        return areas_m2;
    }

private:
    snapshot::PackedLayerBuilder m_before;
    snapshot::PackedLayerBuilder m_after;
};

DiffRow row_of(const store::FeatureDifference& difference) {
    DiffRow row{difference.id().text(), "changed", difference.geometry, difference.fields, std::nullopt};
    if (!difference.before || !difference.after) {
        row.change = difference.after ? "added" : "removed";
        row.moved_m2 = (difference.after ? difference.after : difference.before)->areas.area_ellipsoid_m2;
    } else if (difference.geometry) {
        const auto& left = difference.before->areas.area_ellipsoid_m2;
        const auto& right = difference.after->areas.area_ellipsoid_m2;
        if (left || right) {
            row.moved_m2 = left.value_or(0.0) + right.value_or(0.0);
        }
    }
    return row;
}

std::string words_of(std::string_view change) {
    if (change == "added") {
        return "thêm / added";
    }
    return change == "removed" ? "xóa / removed" : "sửa / changed";
}

}  // namespace

std::size_t LayerDiff::count(std::string_view change) const {
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const DiffRow& row) { return row.change == change; }));
}

double LayerDiff::moved_m2() const {
    return std::accumulate(rows.begin(), rows.end(), 0.0,
                           [](double sum, const DiffRow& row) { return sum + row.moved_m2.value_or(0.0); });
}

LayerDiff diff_versions(const store::Workspace& workspace, const model::LayerVersion& before,
                        const model::LayerVersion& after) {
    LayerDiff diff{before, after, {}};
    CommonAreas common(before, after, crs::WorkingPlane(workspace.working_plane_centre()));
    store::read_differences(workspace, before, after, [&](store::FeatureDifference difference) {
        diff.rows.push_back(row_of(difference));
        if (difference.geometry && difference.before->geometry && difference.after->geometry) {
            common.add(std::move(*difference.before), std::move(*difference.after));
        }
    });
    const std::map<std::string, double> areas_m2 = common.measure();
    for (DiffRow& row : diff.rows) {
        const auto found = areas_m2.find(row.id);
        if (row.moved_m2 && row.geometry && found != areas_m2.end()) {
            row.moved_m2 = std::max(0.0, *row.moved_m2 - 2.0 * found->second);
        }
    }
    return diff;
}

codec::Json diff_json(const LayerDiff& diff) {
    codec::Json features(codec::JsonArray{});
    for (const DiffRow& row : diff.rows) {
        codec::Json fields(codec::JsonArray{});
        for (const std::string& field : row.fields) {
            fields.push(field);
        }
        codec::Json json;
        json.add("id", row.id).add("change", row.change).add("geometry", row.geometry).add("fields", std::move(fields));
        json.add("moved_m2", row.moved_m2 ? codec::Json(*row.moved_m2) : codec::Json(nullptr));
        features.push(std::move(json));
    }
    codec::Json json;
    json.add("before", diff.before.name())
        .add("after", diff.after.name())
        .add("added", diff.count("added"))
        .add("removed", diff.count("removed"))
        .add("changed", diff.count("changed"))
        .add("moved_m2", diff.moved_m2())
        .add("features", std::move(features));
    return json;
}

void print_diff(const LayerDiff& diff) {
    for (const DiffRow& row : diff.rows) {
        std::string what = words_of(row.change);
        if (row.geometry) {
            what += ", hình / geometry";
        }
        if (!row.fields.empty()) {
            what += fmt::format(", trường / fields: {}", fmt::join(row.fields, ", "));
        }
        print(padded(row.id, 24) + padded_left(row.moved_m2 ? present::square_metres_text(*row.moved_m2) : "", 20) +
              "  " + what);
    }
    print(fmt::format("{} -> {}: thêm / added {}, xóa / removed {}, sửa / changed {}; đất thay đổi / area moved {}",
                      diff.before.name(), diff.after.name(), diff.count("added"), diff.count("removed"),
                      diff.count("changed"), present::square_metres_text(diff.moved_m2())));
}

}  // namespace ranh::app
