// Service, Pod and Secret.
#include "config/fields.h"
#include "config/findings.h"
#include "config/formats.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <map>
#include <set>

namespace gatehouse::config {

bool Findings::servesRequests(const std::string& ns, const std::string& service) {
    if (!slicesRead_) {
        slicesRead_ = true;
        for (const auto* slice : set.ofKind("EndpointSlice")) {
            const auto spec = decodeEndpointSlice(*slice);
            if (spec && std::any_of(spec->endpoints.begin(), spec->endpoints.end(),
                                    [](const SliceEndpoint& e) { return e.ready; }))
                serving_.emplace(slice->key.ns, spec->serviceName);
        }
    }
    return serving_.contains({ns, service});
}

void validateService(Findings& findings, const Object& object) {
    const auto service = decodeService(object);
    if (!service) return;
    const auto at = FieldPath().key("spec").key("ports");
    std::map<std::pair<std::int64_t, std::string>, std::size_t> numbers;
    std::set<std::string> names;
    const auto& items = itemsOf(memberOf(object.root.get(), "spec"), "ports");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto name = textOf(&items[i], "name");
        if (items.size() > 1 && name.empty())
            findings.error(codes::kServicePorts, object, at.index(i), "Each of several ports needs a name.");
        if (!name.empty() && !names.insert(name).second)
            findings.error(codes::kServicePorts, object, at.index(i).key("name"),
                           fmt::format("Another port is named {} already.", name));
        const auto number = intOf(&items[i], "port", 0);
        if (number != 0 && !numbers.emplace(std::make_pair(number, textOf(&items[i], "protocol", "TCP")), i).second)
            findings.error(codes::kServicePorts, object, at.index(i).key("port"),
                           fmt::format("Port {} is listed twice.", number));
    }
    // Only what a route uses must have endpoints.
    if (!findings.used.contains(object.key) || findings.servesRequests(object.key.ns, object.key.name)) return;
    if (service->type == "ExternalName") {
        findings.warn(codes::kExternalName, object, FieldPath().key("spec").key("type"),
                      fmt::format("Service {} stands for a host by its name, which is not followed (Gateway API advises gateways not "
                                  "to): no request reaches it. Name a Backend of type Static with that host instead.",
                                  object.key.name));
        return;
    }
    findings.warn(codes::kNoEndpoints, object, FieldPath().key("metadata").key("name"),
                  fmt::format("Service {} has no ready endpoint in the files; its share of requests is answered with "
                              "503. Add an EndpointSlice with the label kubernetes.io/service-name: {}.",
                              object.key.name, object.key.name));
}

void validatePod(Findings& findings, const Object& object) {
    const auto pod = decodePod(object);
    if (!pod) return;
    const auto check = [&](const char* name, bool read) {
        const auto found = object.annotations.find(name);
        if (found != object.annotations.end() && !read)
            findings.error(codes::kPodPort, object, FieldPath().key("metadata").key("annotations").key(name),
                           fmt::format("'{}' is not a port between 1 and 65535.", found->second));
    };
    check("gatehouse.dev/port", pod->portOverride.has_value());
    check("gatehouse.dev/metrics-port", pod->metricsPortOverride.has_value());
    validatePodSignals(findings, object);
}

void validateSecret(Findings& findings, const Object& object) {
    validateVirtualKeys(findings, object);
    for (const auto& [key, value] : pairsOf(object.root.get(), "data"))
        if (!isBase64(value))
            // The value itself is not quoted: it may be the secret in clear.
            findings.error(codes::kSecretData, object, FieldPath().key("data").key(key),
                           fmt::format("The value of {} is not base64; use stringData for plain text.", key));
}

}  // namespace gatehouse::config
