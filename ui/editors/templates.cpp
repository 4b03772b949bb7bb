#include "editors/templates.h"

#include "config/gateway_api.h"
#include "text/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace gatehouse::ui {
namespace {

using config::ObjectKey;
using config::ObjectSet;

std::string inQuotes(std::string_view value) { return text::yaml::writeScalar(value, text::yaml::Type::String); }

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string indented(const std::string& block, int spaces) {
    std::string out;
    std::size_t at = 0;
    while (at < block.size()) {
        const auto end = std::min(block.find('\n', at), block.size() - 1);
        out += std::string(static_cast<std::size_t>(spaces), ' ') + block.substr(at, end + 1 - at);
        at = end + 1;
    }
    return out;
}

/// The fragment as the only item of a list two levels down.
std::string asItem(const std::string& fragment) {
    auto out = indented(fragment, 6);
    out.replace(4, 1, "-");
    return out;
}

/// Of a route without rules.
std::string routeHead(std::string_view kind, const ObjectKey& parent, const std::string& section, const std::string& ns, const std::string& name) {
    auto out = fmt::format("apiVersion: gateway.networking.k8s.io/v1\nkind: {}\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n", kind,
                           inQuotes(name), inQuotes(ns));
    if (parent.kind.empty()) return out;
    out += "  parentRefs:\n    - ";
    if (parent.kind != "Gateway") out += fmt::format("kind: {}\n      ", parent.kind);
    out += fmt::format("name: {}\n", inQuotes(parent.name));
    if (parent.ns != ns) out += fmt::format("      namespace: {}\n", inQuotes(parent.ns));
    if (!section.empty()) out += fmt::format("      sectionName: {}\n", inQuotes(section));
    return out;
}

/// backendRefs with the first fitting backend of the namespace; empty where there is none.
std::string ownBackend(const ObjectSet& set, const std::string& ns, bool serviceOnly) {
    for (const auto& candidate : backendCandidates(set, ns)) {
        if (candidate.ns != ns || (serviceOnly && candidate.kind != "Service")) continue;
        auto reference = indented(backendRefFragment(set, candidate, ns), 4);
        reference.replace(2, 1, "-");
        return "backendRefs:\n" + reference;
    }
    return {};
}

}  // namespace

std::string uniqueName(const ObjectSet& set, std::string_view kind, const std::string& ns, const std::string& wish) {
    for (int number = 1;; ++number) {
        auto name = number == 1 ? wish : fmt::format("{}-{}", wish, number);
        if (!set.find(kind, ns, name)) return name;
    }
}

std::string fileForNewObject(const ObjectSet& set, const ObjectKey& key) {
    std::set<std::string> files;
    for (const auto& object : set.objects) files.insert(object.where.file);
    for (const auto& diagnostic : set.diagnostics) files.insert(diagnostic.where.file);
    if (files.size() == 1 && set.objects.size() > 1) return *files.begin();
    const auto stem = lower(key.kind) + "-" + key.name;
    for (int number = 1;; ++number) {
        auto file = number == 1 ? stem + ".yaml" : fmt::format("{}-{}.yaml", stem, number);
        if (!files.contains(file)) return file;
    }
}

std::string usualNamespace(const ObjectSet& set) {
    std::map<std::string, int> counts;
    for (const auto& object : set.objects)
        if (!object.key.ns.empty()) ++counts[object.key.ns];
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? "default" : most->first;
}

std::uint16_t freeListenerPort(const ObjectSet& set, std::uint16_t from) {
    std::set<std::uint16_t> used;
    const auto note = [&](const auto& spec) {
        if (spec)
            for (const auto& listener : spec->listeners) used.insert(listener.port);
    };
    for (const auto* object : set.ofKind("Gateway")) note(config::decodeGateway(*object));
    for (const auto* object : set.ofKind("ListenerSet")) note(config::decodeListenerSet(*object));
    auto port = from;
    while (used.contains(port)) ++port;
    return port;
}

std::string listenerFragment(const std::string& name, std::uint16_t port) {
    return fmt::format("name: {}\nport: {}\nprotocol: HTTP\nallowedRoutes:\n  namespaces:\n    from: Same\n", inQuotes(name), port);
}

std::string tlsListenerFragment(const std::string& name, std::uint16_t port, const std::string& secret) {
    return fmt::format("name: {}\nport: {}\nprotocol: HTTPS\ntls:\n  mode: Terminate\n  certificateRefs:\n    - name: {}\n"
                       "allowedRoutes:\n  namespaces:\n    from: Same\n",
                       inQuotes(name), port, inQuotes(secret));
}

std::string passthroughListenerFragment(const std::string& name, std::uint16_t port) {
    return fmt::format("name: {}\nport: {}\nprotocol: TLS\ntls:\n  mode: Passthrough\nallowedRoutes:\n  namespaces:\n    from: Same\n",
                       inQuotes(name), port);
}

std::string certificateSecret(const ObjectSet& set, const std::string& ns, const std::string& wish) {
    for (const auto* object : set.ofKind("Secret")) {
        if (object->key.ns != ns || !object->root) continue;
        for (const char* part : {"data", "stringData"})
            if (const auto* values = object->root->find(part); values && values->find("tls.crt")) return object->key.name;
    }
    return wish;
}

std::string gatewayYaml(const ObjectSet& set, const std::string& ns, const std::string& name) {
    std::string className = "kgateway";
    if (const auto gateways = set.ofKind("Gateway"); !gateways.empty())
        if (const auto first = config::decodeGateway(*gateways.front()); first && !first->className.empty())
            className = first->className;
    return fmt::format("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n"
                       "  gatewayClassName: {}\n  listeners:\n    - name: http\n      port: {}\n      protocol: HTTP\n"
                       "      allowedRoutes:\n        namespaces:\n          from: Same\n",
                       inQuotes(name), inQuotes(ns), inQuotes(className), freeListenerPort(set));
}

std::string backendRefFragment(const ObjectSet& set, const ObjectKey& backend, const std::string& routeNamespace) {
    std::string out;
    if (!backend.group.empty()) out += fmt::format("group: {}\n", inQuotes(backend.group));
    if (backend.kind != "Service") out += fmt::format("kind: {}\n", inQuotes(backend.kind));
    out += fmt::format("name: {}\n", inQuotes(backend.name));
    if (backend.ns != routeNamespace) out += fmt::format("namespace: {}\n", inQuotes(backend.ns));
    if (backend.kind == "Service") {
        std::uint16_t port = 80;
        if (const auto* object = set.find(backend))
            if (const auto service = config::decodeService(*object); service && !service->ports.empty())
                port = service->ports.front().port;
        out += fmt::format("port: {}\n", port);
    }
    return out;
}

std::string ruleFragment(const ObjectSet& set, const std::string& pathPrefix, const ObjectKey& backend) {
    auto out = fmt::format("matches:\n  - path:\n      type: PathPrefix\n      value: {}\n", inQuotes(pathPrefix));
    if (!backend.kind.empty()) {
        auto reference = indented(backendRefFragment(set, backend, backend.ns), 4);
        reference.replace(2, 1, "-");
        out += "backendRefs:\n" + reference;
    }
    return out;
}

std::string listenerSetYaml(const ObjectSet& set, const ObjectKey& gateway, const std::string& name) {
    auto listener = indented(listenerFragment("http", freeListenerPort(set)), 6);
    listener.replace(4, 1, "-");
    return fmt::format("apiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n"
                       "  parentRef:\n    group: gateway.networking.k8s.io\n    kind: Gateway\n    name: {}\n  listeners:\n",
                       inQuotes(name), inQuotes(gateway.ns), inQuotes(gateway.name)) +
           listener;
}

std::string grpcServiceName(const std::string& name) {
    auto out = name;
    std::erase_if(out, [](unsigned char c) { return !std::isalnum(c); });
    return "example." + out;
}

std::string grpcRouteYaml(const ObjectSet& set, const ObjectKey& parent, const std::string& section, const std::string& ns, const std::string& name) {
    auto rule = fmt::format("matches:\n  - method:\n      service: {}\n", inQuotes(grpcServiceName(name)));
    rule += ownBackend(set, ns, true);
    return routeHead("GRPCRoute", parent, section, ns, name) + "  rules:\n" + asItem(rule);
}

std::string tlsRouteYaml(const ObjectSet& set, const ObjectKey& parent, const std::string& section, const std::string& ns, const std::string& name) {
    auto backends = ownBackend(set, ns, true);
    if (backends.empty()) backends = fmt::format("backendRefs:\n  - name: {}\n    port: 443\n", inQuotes(name));
    return routeHead("TLSRoute", parent, section, ns, name) + fmt::format("  hostnames:\n    - {}\n  rules:\n", inQuotes(name + ".example.com")) + asItem(backends);
}

std::string backendTlsPolicyYaml(const std::string& ns, const std::string& name, const std::string& service) {
    return fmt::format("apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n"
                       "  targetRefs:\n    - group: \"\"\n      kind: Service\n      name: {}\n"
                       "  validation:\n    hostname: {}\n    wellKnownCACertificates: System\n",
                       inQuotes(name), inQuotes(ns), inQuotes(service), inQuotes(service + "." + ns + ".svc"));
}

std::string routeYaml(const ObjectSet& set, const ObjectKey& gateway, const std::string& section, const std::string& ns,
                      const std::string& name) {
    auto out = routeHead("HTTPRoute", gateway, section, ns, name);
    const auto candidates = backendCandidates(set, ns);
    const auto backend = !candidates.empty() && candidates.front().ns == ns ? candidates.front() : ObjectKey{};
    auto rule = indented(ruleFragment(set, "/" + name, backend), 6);
    rule.replace(4, 1, "-");
    return out + "  rules:\n" + rule;
}

std::string staticBackendYaml(const std::string& ns, const std::string& name, const std::string& host, std::uint16_t port) {
    return fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n"
                       "  type: Static\n  static:\n    hosts:\n      - host: {}\n        port: {}\n",
                       inQuotes(name), inQuotes(ns), inQuotes(host), port);
}

std::string listenerPolicyYaml(const std::string& ns, const std::string& name, const std::string& gateway, const std::string& section) {
    auto out = fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: ListenerPolicy\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n"
                           "  targetRefs:\n    - group: gateway.networking.k8s.io\n      kind: Gateway\n      name: {}\n",
                           inQuotes(name), inQuotes(ns), inQuotes(gateway));
    if (!section.empty()) out += fmt::format("      sectionName: {}\n", inQuotes(section));
    return out + "  default:\n    httpSettings:\n      idleTimeout: 75s\n      healthCheck:\n        path: /healthz\n";
}

std::string trafficPolicyYaml(const std::string& ns, const std::string& name, const ObjectKey& route) {
    auto out = fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: TrafficPolicy\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n",
                           inQuotes(name), inQuotes(ns));
    if (!route.kind.empty())
        out += fmt::format("  targetRefs:\n    - group: {}\n      kind: {}\n      name: {}\n", route.group, route.kind, inQuotes(route.name));
    return out + "  ai:\n    promptGuard:\n      request:\n        regex:\n          action: MASK\n          builtins:\n            - CREDIT_CARD\n";
}

std::vector<ObjectKey> backendCandidates(const ObjectSet& set, const std::string& ns) {
    std::vector<ObjectKey> out;
    for (const auto& object : set.objects) {
        const auto& kind = object.key.kind;
        if (kind == "Service" || kind == "InferencePool" || kind == "Backend" || kind == "AgentgatewayBackend") out.push_back(object.key);
    }
    std::stable_sort(out.begin(), out.end(),
                     [&](const ObjectKey& a, const ObjectKey& b) { return (a.ns == ns) > (b.ns == ns); });
    return out;
}

}  // namespace gatehouse::ui
