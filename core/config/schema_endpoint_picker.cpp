// EndpointPickerConfig: the file of the reference endpoint picker (llm-d-router; before that the Inference Extension). No object of a
// cluster there; here an object of the workspace, so that pools can name it.
#include "config/inference_api.h"
#include "config/schema_build.h"

namespace gatehouse::config::table {

namespace {

FieldSpec reference(std::string help) { return required(sized(1, -1, text("pluginRef", std::move(help)))); }

FieldSpec band(std::string name, std::string help) {
    return notRun("Requests of one priority wait by their arrival, without a limit of their own.", any(std::move(name), std::move(help)));
}

KindSchema pickerConfig(const char* group) {
    auto plugin = object("", "One plugin.",
                         {text("name", "What profiles call it; its type where it is left out."),
                          required(sized(1, -1, text("type", "Which plugin it is, by the reference's name."))),
                          any("parameters", "Settings of the plugin.")});
    auto used = object("", "One plugin of the profile.",
                       {reference("The plugin, by its name."), any("weight", "How much a scorer counts; 1 where it is left out.")});
    auto profile = object("", "One profile.",
                          {required(sized(1, -1, text("name", "The profile's name."))),
                           list("plugins", "Filters, scorers and the picker, in this order.", std::move(used), 0, -1)});
    auto schema = kind(group, "EndpointPickerConfig", {"v1alpha1"},
                       "How pods of a pool are filtered, scored and picked, in the words of the reference endpoint picker.",
                       {list("featureGates", "Parts of the reference that are switched on.", text("", "A gate."), 0, -1),
                        list("plugins", "What can be used by profiles.", std::move(plugin), 0, -1),
                        list("schedulingProfiles", "Which plugins a pick uses; the first one is run.", std::move(profile), 0, -1),
                        any("dataLayer", "Where the reference reads metrics; Gatehouse scrapes by itself."),
                        object("flowControl", "Waiting for room where every pod is full.",
                               {any("maxBytes", "Bytes of bodies that wait at most."), any("maxRequests", "Requests that wait at most."),
                                text("defaultRequestTTL", "How long a request waits at most; 60s where it is left out."),
                                text("noEndpointRequestTTL", "How long it waits where the pool has no pod."),
                                band("defaultPriorityBand", "Limits of a priority."), band("defaultNegativePriorityBand", "Limits of negative priorities."),
                                band("priorityBands", "Limits of single priorities.")}),
                        any("saturationDetector", "When the reference takes a pool for full."),
                        any("requestHandler", "How the reference reads requests; Gatehouse reads them by itself."),
                        any("parser", "How the reference reads requests, in older files.")});
    return schema;
}

}  // namespace

std::vector<KindSchema> endpointPickerKinds() { return {pickerConfig(kOlderInferenceGroup), pickerConfig(kLlmdGroup)}; }

}  // namespace gatehouse::config::table
