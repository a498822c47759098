#include "services/handlers/processes.hpp"

#include "importers/pipeline/projects.hpp"
#include "services/handlers/reply.hpp"
#include "services/http/problem.hpp"
#include "services/params/check.hpp"
#include "services/present/json.hpp"
#include "services/present/processes.hpp"

#include <array>

namespace ranh::handlers {
namespace {

constexpr std::array<present::Format, 2> formats{present::json_format, present::html_format};

http::Response document(const http::Request& request, const present::Format& format, const codec::Json& json) {
    return reply(request, format.media_type,
                 format.name == "html" ? present::processes_html(request.base_url, json) : codec::to_text(json));
}

bool is_json_body(const http::Request& request) {
    const auto type = request.header("content-type");
    const std::string_view essence =
        type ? type->substr(0, type->find_first_of("; ")) : std::string_view("application/json");
    return http::same_name(essence, "application/json") || http::same_name(essence, "application/geo+json");
}

snapshot::SnapshotView view_of(const Context& context, const params::CheckInputs& inputs) {
    if (!inputs.at && !inputs.known_at) {
        return context.dependencies.engine->view();
    }
    return snapshot::SnapshotView(context.dependencies.snapshot_at(inputs.at, inputs.known_at));
}

void read_outline(const Context& context, const params::OutlineText& outline, engine::CheckRequest& check) {
    const auto reader = context.dependencies.read_corners(outline.text, outline.options);
    pipeline::ProjectSet projects = pipeline::read_projects(*reader);
    check.projects = std::move(projects.features);
    check.schema = std::move(projects.schema);
    check.crs_decisions = std::move(projects.crs_decisions);
    check.notes = std::move(projects.notes);
}

/// The feature as it is in its layer. Unless layers are named its own one is left out, for there it would meet itself.
void take_feature(const params::FeatureChoice& choice, const snapshot::SnapshotView& view,
                  engine::CheckRequest& check) {
    const auto layer = view.layer(choice.collection);
    const auto found = layer->find(choice.id);
    if (!found || !layer->has_geometry(*found)) {
        throw Failure(
            ErrorKind::invalid_argument,
            "collection '" + choice.collection.text() + "' has no feature '" + choice.id.text() + "' with a geometry",
            "feature");
    }
    model::Feature feature;
    feature.id = choice.id;
    feature.crs = layer->source_crs(*found);
    feature.geometry = geom::Geometry::copy_of(layer->source(*found));
    feature.values = layer->values(*found);
    feature.areas = layer->areas(*found);
    check.projects.push_back(std::move(feature));
    check.schema = layer->version().description.schema;
    check.crs_decisions.push_back("of layer " + layer->version().name());
    if (!check.layers.empty()) {
        return;
    }
    for (const auto& other : view.layers()) {
        const model::LayerVersion& version = other->version();
        if (version.layer != choice.collection && version.description.provenance.inputs.empty()) {
            check.layers.push_back(version.layer);
        }
    }
    check.notes.push_back("layer " + layer->version().name() +
                          ", where the feature comes from, is not checked; name it in \"layers\" to include it");
}

std::string run_check(const Context& context, const http::Request& request) {
    params::CheckInputs inputs = params::parse_check(request.body).value();
    const snapshot::SnapshotView view = view_of(context, inputs);
    engine::CheckRequest check;
    check.layers = inputs.layers;
    check.options = inputs.options;
    check.options.cancel = request.cancel;
    if (const auto* outline = std::get_if<params::OutlineText>(&inputs.subject)) {
        read_outline(context, *outline, check);
    } else {
        take_feature(std::get<params::FeatureChoice>(inputs.subject), view, check);
    }
    return codec::to_text(present::check_json(context.dependencies.engine->check(view, check)));
}

}  // namespace

http::Response get_processes(const Context& /*context*/, const http::Request& request) {
    allow_only_format(request);
    const present::Format format = choose_format(request, formats);
    return document(request, format, present::processes(request.base_url, format));
}

http::Response get_overlap_check(const Context& /*context*/, const http::Request& request) {
    allow_only_format(request);
    const present::Format format = choose_format(request, formats);
    return document(request, format, present::overlap_check(request.base_url, format));
}

http::Response post_overlap_check(const Context& context, const http::Request& request) {
    allow_only_format(request);
    const std::array<present::Format, 1> offered{present::json_format};
    static_cast<void>(choose_format(request, offered));
    if (!is_json_body(request)) {
        return http::problem(415, "send the request as Content-Type: application/json", request.target);
    }
    try {
        return reply_once(request, present::media::json, run_check(context, request));
    } catch (const Failure& failure) {
        if (failure.error().kind == ErrorKind::not_found) {
            throw Failure(ErrorKind::invalid_argument, failure.error().sentence, failure.error().context);
        }
        throw;
    }
}

}  // namespace ranh::handlers
