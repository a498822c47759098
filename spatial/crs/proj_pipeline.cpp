#include "spatial/crs/proj_pipeline.hpp"

#include "spatial/crs/proj_context.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <utility>

namespace ranh::crs {

namespace {

/// All texts ever made, each with its number. A deque keeps the addresses of its strings.
struct Registry {
    std::mutex mutex;
    std::map<std::string, std::size_t, std::less<>> ids;
    std::deque<std::string> texts;
};

Registry& registry() {
    static Registry the_registry;
    return the_registry;
}

std::pair<std::size_t, const std::string*> intern(std::string_view text) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    const auto found = all.ids.find(text);
    if (found != all.ids.end()) {
        return {found->second, &all.texts[found->second]};
    }
    const std::size_t id = all.texts.size();
    all.texts.emplace_back(text);
    all.ids.emplace(std::string(text), id);
    return {id, &all.texts[id]};
}

detail::PjPointer made_from(const std::string& text) {
    return detail::PjPointer(proj_create(detail::thread_context(), text.c_str()));
}

void run(PJ* pj, std::span<geom::Point> points, Direction direction) {
    proj_errno_reset(pj);
    proj_trans_generic(pj, direction == Direction::forward ? PJ_FWD : PJ_INV, &points.front().x, sizeof(geom::Point),
                       points.size(), &points.front().y, sizeof(geom::Point), points.size(), nullptr, 0, 0, nullptr, 0,
                       0);
}

bool is_usable(geom::Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

}  // namespace

PJ* detail::object_of(const ProjPipeline& pipeline) {
    if (PJ* cached = cached_pipeline(pipeline.m_id)) {
        return cached;
    }
    PjPointer made = made_from(pipeline.definition());
    PJ* const pj = made.get();
    if (pj == nullptr) {
        throw Failure(ErrorKind::internal,
                      fmt::format("PROJ no longer understands '{}', which it did before", pipeline.definition()));
    }
    cache_pipeline(pipeline.m_id, std::move(made));
    return pj;
}

Result<ProjPipeline> ProjPipeline::parse(std::string_view definition) {
    const std::string text(definition);
    if (!made_from(text)) {
        return Error{ErrorKind::invalid_argument,
                     fmt::format("PROJ does not understand the operation '{}'; write it as a PROJ pipeline", text),
                     {}};
    }
    const auto [id, kept] = intern(text);
    return ProjPipeline(id, kept);
}

void ProjPipeline::apply(std::span<geom::Point> points, Direction direction) const {
    PJ* const pj = detail::object_of(*this);
    // In pieces, so that the point as it came in can be named when it fails.
    constexpr std::size_t piece_size = 256;
    std::array<geom::Point, piece_size> before;
    for (std::size_t start = 0; start < points.size(); start += piece_size) {
        const auto piece = points.subspan(start, std::min(piece_size, points.size() - start));
        std::copy(piece.begin(), piece.end(), before.begin());
        run(pj, piece, direction);
        const auto bad = std::find_if_not(piece.begin(), piece.end(), is_usable);
        if (bad != piece.end()) {
            const auto at = static_cast<std::size_t>(bad - piece.begin());
            throw Failure(ErrorKind::corrupt_input,
                          fmt::format("point {} (x = {}, y = {}) lies outside of where its coordinate system can be "
                                      "computed; check the coordinate system and the order of the axes (X/Y đảo)",
                                      start + at + 1, before[at].x, before[at].y));
        }
    }
}

std::optional<std::size_t> ProjPipeline::try_apply(std::span<geom::Point> points, Direction direction) const {
    if (points.empty()) {
        return std::nullopt;
    }
    run(detail::object_of(*this), points, direction);
    std::optional<std::size_t> first_bad;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!is_usable(points[i])) {
            constexpr double nan = std::numeric_limits<double>::quiet_NaN();
            points[i] = {nan, nan};
            first_bad = first_bad.value_or(i);
        }
    }
    return first_bad;
}

}  // namespace ranh::crs
