#include "spatial/crs/transform.hpp"

#include "spatial/crs/plane_projection.hpp"
#include "spatial/crs/proj_context.hpp"
#include "spatial/crs/proj_pipeline.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <limits>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::crs {

struct Transform::State {
    Crs from;
    Crs to;
    ProjPipeline pipeline;
    std::string name;
    Metres accuracy;
    detail::PlaneProjection interpolated{
        pipeline,
        from.is_geographic() ? detail::PlaneProjection::Source::degrees : detail::PlaneProjection::Source::metres,
        to.is_geographic() ? detail::PlaneProjection::Image::degrees : detail::PlaneProjection::Image::metres};
};

namespace {

using detail::PjListPointer;
using detail::PjPointer;
using detail::thread_context;

/// The registered operation VN-2000 -> WGS 84 with the parameters of Decision 05/2007/QĐ-BTNMT, Art. 1.
constexpr std::string_view vn2000_to_wgs84 = "6960";

/// The single operations of a chain, in order.
std::vector<PjPointer> steps_of(const PJ* operation) {
    PJ_CONTEXT* const context = thread_context();
    std::vector<PjPointer> steps;
    if (proj_get_type(operation) == PJ_TYPE_CONCATENATED_OPERATION) {
        for (int i = 0; i < proj_concatoperation_get_step_count(context, operation); ++i) {
            const PjPointer step(proj_concatoperation_get_step(context, operation, i));
            for (PjPointer& single : steps_of(step.get())) {
                steps.push_back(std::move(single));
            }
        }
    } else {
        steps.emplace_back(proj_clone(context, operation));
    }
    return steps;
}

/// Changes the datum, and does not merely project.
bool is_datum_step(const PJ* step) { return proj_get_type(step) == PJ_TYPE_TRANSFORMATION; }

bool is_step_6960(const PJ* step) {
    const char* const code = proj_get_id_code(step, 0);
    const char* const authority = proj_get_id_auth_name(step, 0);
    return code != nullptr && authority != nullptr && code == vn2000_to_wgs84 &&
           std::string_view(authority).find("EPSG") != std::string_view::npos;
}

std::string datum_steps_in_words(const std::vector<PjPointer>& steps) {
    std::string words;
    for (const PjPointer& step : steps) {
        if (!is_datum_step(step.get())) {
            continue;
        }
        const char* const code = proj_get_id_code(step.get(), 0);
        words += words.empty() ? " by " : " and ";
        words += code == nullptr ? "" : fmt::format("EPSG:{} ", code);
        words += proj_get_name(step.get());
    }
    return words.empty() ? " by projection only" : words;
}

double accuracy_of(const std::vector<PjPointer>& steps) {
    double sum = 0.0;
    for (const PjPointer& step : steps) {
        if (is_datum_step(step.get())) {
            const double stated = proj_coordoperation_get_accuracy(thread_context(), step.get());
            sum += stated < 0.0 ? std::numeric_limits<double>::infinity() : stated;
        }
    }
    return sum;
}

/// All operations PROJ knows between the two, best first, those that need missing grids included.
PjListPointer candidates(const Crs& from, const Crs& to) {
    PJ_CONTEXT* const context = thread_context();
    const PjPointer source = detail::crs_from_registry(from.epsg());
    const PjPointer target = detail::crs_from_registry(to.epsg());
    PJ_OPERATION_FACTORY_CONTEXT* const factory = proj_create_operation_factory_context(context, nullptr);
    // The operation belongs to the datum, not to the area a system is registered for: plans print zone 48 for places in
    // zone 49.
    proj_operation_factory_context_set_crs_extent_use(context, factory, PJ_CRS_EXTENT_NONE);
    proj_operation_factory_context_set_spatial_criterion(context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(context, factory, PROJ_GRID_AVAILABILITY_USED_FOR_SORTING);
    PjListPointer found(proj_create_operations(context, source.get(), target.get(), factory));
    proj_operation_factory_context_destroy(factory);
    return found;
}

enum class Verdict { usable, ballpark, grid_missing, other_operation };

Verdict judge(const PJ* operation, const Crs& from, const Crs& to) {
    if (proj_coordoperation_has_ballpark_transformation(thread_context(), operation) != 0) {
        return Verdict::ballpark;
    }
    if (from.is_vn2000() != to.is_vn2000()) {
        bool has_6960 = false;
        for (const PjPointer& step : steps_of(operation)) {
            has_6960 = has_6960 || is_step_6960(step.get());
        }
        if (!has_6960) {
            return Verdict::other_operation;
        }
    }
    return proj_coordoperation_is_instantiable(thread_context(), operation) != 0 ? Verdict::usable
                                                                                 : Verdict::grid_missing;
}

Error no_operation(const Crs& from, const Crs& to, bool grid_missing) {
    const char* const why = grid_missing
                                ? "the operation between them needs a grid file that is not installed"
                                : "PROJ knows only a ballpark operation between them (no datum parameters), which "
                                  "can be hundreds of metres off";
    return Error{
        ErrorKind::unsupported,
        fmt::format("{} ({}) cannot be transformed to {} ({}): {}; convert the data to VN-2000 or WGS 84 with known "
                    "parameters first",
                    from.code(), from.name(), to.code(), to.name(), why),
        {}};
}

std::string pipeline_text(const PJ* operation) {
    PJ_CONTEXT* const context = thread_context();
    const PjPointer normalised(proj_normalize_for_visualization(context, operation));
    const char* const text = normalised ? proj_as_proj_string(context, normalised.get(), PJ_PROJ_5, nullptr) : nullptr;
    return text == nullptr ? std::string() : text;
}

}  // namespace

Transform::Transform(std::shared_ptr<const State> state) : m_state(std::move(state)) {}
Transform::Transform(Transform&&) noexcept = default;
Transform& Transform::operator=(Transform&&) noexcept = default;
Transform::Transform(const Transform&) = default;
Transform& Transform::operator=(const Transform&) = default;
Transform::~Transform() = default;

Result<Transform> Transform::make(const Crs& from, const Crs& to) {
    const std::string arrow = from.code() + " -> " + to.code();
    if (from == to) {
        return Transform(std::make_shared<const State>(
            State{from, to, ProjPipeline::parse("+proj=noop").value(), arrow + " by projection only", Metres(0.0)}));
    }
    const PjListPointer found = candidates(from, to);
    bool grid_missing = false;
    for (int i = 0; found && i < proj_list_get_count(found.get()); ++i) {
        const PjPointer operation(proj_list_get(thread_context(), found.get(), i));
        const Verdict verdict = judge(operation.get(), from, to);
        grid_missing = grid_missing || verdict == Verdict::grid_missing;
        if (verdict != Verdict::usable) {
            continue;
        }
        Result<ProjPipeline> pipeline = ProjPipeline::parse(pipeline_text(operation.get()));
        if (!pipeline.ok()) {
            continue;
        }
        const std::vector<PjPointer> steps = steps_of(operation.get());
        return Transform(std::make_shared<const State>(State{
            from, to, std::move(pipeline).value(), arrow + datum_steps_in_words(steps), Metres(accuracy_of(steps))}));
    }
    return no_operation(from, to, grid_missing);
}

Result<Transform> Transform::between(const Crs& from, const Crs& to) {
    static std::mutex mutex;
    static std::map<std::pair<int, int>, Transform> known;
    const std::pair key(from.epsg(), to.epsg());
    {
        const std::lock_guard lock(mutex);
        const auto found = known.find(key);
        if (found != known.end()) {
            return found->second;
        }
    }
    Result<Transform> made = make(from, to);
    if (made.ok()) {
        const std::lock_guard lock(mutex);
        known.emplace(key, made.value());
    }
    return made;
}

void Transform::apply(std::span<geom::Point> points) const {
    if (m_state->from != m_state->to) {
        m_state->pipeline.apply(points);
    }
}

void Transform::apply_interpolated(std::span<geom::Point> points) const {
    if (m_state->from != m_state->to) {
        m_state->interpolated.apply(points);
    }
}

geom::Point Transform::apply(geom::Point point) const {
    apply(std::span(&point, 1));
    return point;
}

const Crs& Transform::from() const { return m_state->from; }
const Crs& Transform::to() const { return m_state->to; }
const std::string& Transform::name() const { return m_state->name; }
Metres Transform::accuracy() const { return m_state->accuracy; }
const ProjPipeline& Transform::pipeline() const { return m_state->pipeline; }

}  // namespace ranh::crs
