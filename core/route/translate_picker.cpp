#include "route/translate_picker.h"

#include "inference/endpoint_picker_config.h"
#include "inference/scheduler.h"
#include "route/diagnostic_codes.h"
#include "route/translate_pools.h"

#include <fmt/format.h>

namespace gatehouse::route {
namespace {

config::FieldPath annotationAt(const char* name) { return config::FieldPath{}.key("metadata").key("annotations").key(name); }

std::string annotationOf(const config::Object& object, const char* name) {
    const auto written = object.annotations.find(name);
    return written == object.annotations.end() ? std::string() : written->second;
}

std::shared_ptr<const inference::PickProfile> profileOf(TranslateContext& context, const config::Object& pool, inference::Scheduler& scheduler) {
    scheduler.flow().configure({});
    const auto name = annotationOf(pool, inference::kPickerConfigAnnotation);
    if (name.empty()) return nullptr;
    const auto* object = context.find("EndpointPickerConfig", pool.key.ns, name);
    if (object == nullptr) {
        context.report(config::Severity::Error, codes::kPickerConfig, pool, annotationAt(inference::kPickerConfigAnnotation),
                       fmt::format("There is no EndpointPickerConfig {}/{}; the pool picks by cost.", pool.key.ns, name));
        return nullptr;
    }
    auto compiled = inference::compilePicker(*object);
    for (auto& finding : compiled.findings) {
        if (finding.severity == config::Severity::Error) finding.message += " The pool picks by cost.";
        context.report(finding.severity, codes::kPickerConfig, *object, finding.at, std::move(finding.message));
    }
    if (compiled.flow && compiled.profile) scheduler.flow().configure(*compiled.flow);
    return compiled.profile;
}

}  // namespace

std::shared_ptr<inference::Pool> makePool(TranslateContext& context, const config::Object& object, std::vector<std::shared_ptr<inference::Pod>> pods) {
    const auto id = poolId(object.key);
    const auto name = object.key.ns + "/" + object.key.name;
    const auto& options = context.runtime.picker;
    const auto picker = annotationOf(object, inference::kPickerAnnotation);
    if (!picker.empty() && picker != "cost" && picker != "scores")
        context.report(config::Severity::Warning, codes::kPickerConfig, object, annotationAt(inference::kPickerAnnotation),
                       fmt::format("The annotation {} says cost or scores, not \"{}\"; the pool picks by cost.", inference::kPickerAnnotation, picker));
    if (picker == "scores") return std::make_shared<inference::Pool>(id, name, std::move(pods), options);
    auto scheduler = context.runtime.schedulers.get(id, options.staleAfter);
    auto profile = profileOf(context, object, *scheduler);
    return std::make_shared<inference::Pool>(id, name, std::move(pods), options, std::move(scheduler), std::move(profile));
}

}  // namespace gatehouse::route
