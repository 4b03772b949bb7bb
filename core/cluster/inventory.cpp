// What of the Gateway API is installed, and which gateways run. Tables first: a further gateway is a row.

#include "cluster/discovery.h"
#include "cluster/json.h"
#include "config/relations.h"
#include "config/schema.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::cluster {
namespace {

struct KnownController {
    std::string_view controller;  ///< GatewayClass.spec.controllerName
    std::string_view name;
};
// Source: the documentation and conformance reports of each (Gateway API, "Implementations").
constexpr KnownController kControllers[] = {
    {"kgateway.dev/kgateway", "kgateway"},
    {"kgateway.dev/agentgateway", "agentgateway"},
    {"agentgateway.dev/agentgateway", "agentgateway"},
    {"gateway.envoyproxy.io/gatewayclass-controller", "Envoy Gateway"},
    {"istio.io/gateway-controller", "Istio"},
    {"istio.io/unmanaged-gateway", "Istio"},
    {"io.cilium/gateway-controller", "Cilium"},
    {"gateway.nginx.org/nginx-gateway-controller", "NGINX Gateway Fabric"},
    {"traefik.io/gateway-controller", "Traefik"},
    {"konghq.com/kic-gateway-controller", "Kong"},
    {"networking.gke.io/gateway", "GKE"},
    {"projectcontour.io/gateway-controller", "Contour"},
};

struct KnownDeployment {
    std::string_view label;  ///< app.kubernetes.io/name
    std::string_view name;
};
constexpr KnownDeployment kDeployments[] = {{"kgateway", "kgateway"},           {"agentgateway", "agentgateway"}, {"gateway-helm", "Envoy Gateway"},
                                            {"nginx-gateway", "NGINX Gateway Fabric"}, {"traefik", "Traefik"},   {"istiod", "Istio"},
                                            {"nginx-gateway-fabric", "NGINX Gateway Fabric"}};

std::string_view nameOfController(std::string_view controller) {
    for (const auto& each : kControllers)
        if (each.controller == controller) return each.name;
    return controller;
}

std::string_view nameOfLabel(std::string_view label) {
    for (const auto& each : kDeployments)
        if (each.label == label) return each.name;
    return {};
}

/// "cr.example/kgateway:v2.1.0@sha256:…" is "v2.1.0".
std::string versionOfImage(std::string_view image) {
    image = image.substr(0, image.find('@'));
    const auto colon = image.rfind(':');
    return colon == std::string_view::npos || image.find('/', colon) != std::string_view::npos ? std::string() : std::string(image.substr(colon + 1));
}

void takeChannel(Client& client, const Discovery& discovery, Inventory& out) {
    if (discovery.find(config::kGatewayApiGroup, "Gateway") == nullptr) return;
    const ResourceType definitions{"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false, {}};
    const auto answer = client.read(definitions.path({}, "gateways.gateway.networking.k8s.io"), "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
    if (!answer || answer->status != 200) {
        out.notes.push_back(answer ? readStatus(answer->status, answer->body).error("The version of the Gateway API cannot be read").message : answer.error().message);
        return;
    }
    const auto json = parseJson(answer->body);
    const Json none;
    const auto& annotations = json ? memberOf(memberOf(*json, "metadata"), "annotations") : none;
    out.gatewayApiVersion = textOf(annotations, "gateway.networking.k8s.io/bundle-version");
    out.gatewayApiChannel = textOf(annotations, "gateway.networking.k8s.io/channel");
}

void takeKinds(const Discovery& discovery, Inventory& out) {
    for (const auto& schema : config::kinds()) {
        if (schema.group.empty()) continue;
        Inventory::Kind kind{schema.group, schema.kind, {}, false};
        for (const auto& type : discovery.types) {
            if (type.group != schema.group || type.kind != schema.kind) continue;
            kind.served.push_back(type.version);
            kind.known = kind.known || std::find(schema.versions.begin(), schema.versions.end(), type.version) != schema.versions.end();
        }
        if (!kind.served.empty()) out.kinds.push_back(std::move(kind));
    }
}

RunningGateway& gatewayOf(Inventory& out, std::string_view name) {
    for (auto& each : out.gateways)
        if (each.name == name) return each;
    out.gateways.push_back({std::string(name), {}, {}, {}, {}, 0, 0});
    return out.gateways.back();
}

void takeClasses(Client& client, const Discovery& discovery, Inventory& out) {
    const auto* type = discovery.find(config::kGatewayApiGroup, "GatewayClass");
    if (type == nullptr) return;
    const auto classes = client.list(*type, {});
    if (!classes) {
        out.notes.push_back(classes.error().message);
        return;
    }
    for (const auto& each : classes->objects) {
        const auto json = parseJson(*each.json);
        const auto controller = json ? textOf(memberOf(*json, "spec"), "controllerName") : std::string();
        if (controller.empty()) continue;
        auto& gateway = gatewayOf(out, nameOfController(controller));
        gateway.controller = controller;
        gateway.classes.push_back(each.key.name);
    }
}

int numberOf(const Json& object, const char* name) {
    const auto& member = memberOf(object, name);
    return member.is_number_integer() ? member.get<int>() : 0;
}

void takeDeployments(Client& client, const Discovery& discovery, Inventory& out) {
    const auto* type = discovery.find("apps", "Deployment");
    if (type == nullptr) return;
    std::string labels;
    for (const auto& each : kDeployments) labels += (labels.empty() ? "" : ",") + std::string(each.label);
    ListOptions options;
    options.labelSelector = "app.kubernetes.io/name in (" + labels + ")";
    const auto deployments = client.list(*type, {}, options);
    if (!deployments) {
        out.notes.push_back(deployments.error().message);
        return;
    }
    for (const auto& each : deployments->objects) {
        const auto json = parseJson(*each.json);
        if (!json) continue;
        const auto& metadata = memberOf(*json, "metadata");
        // A controller makes Deployments for its Gateways, which carry this label: those are its data planes.
        if (!textOf(memberOf(metadata, "labels"), "gateway.networking.k8s.io/gateway-name").empty()) continue;
        const auto name = nameOfLabel(textOf(memberOf(metadata, "labels"), "app.kubernetes.io/name"));
        if (name.empty()) continue;
        auto& gateway = gatewayOf(out, name);
        gateway.deployment = each.key.ns + "/" + each.key.name;
        gateway.ready = numberOf(memberOf(*json, "status"), "readyReplicas");
        gateway.wanted = numberOf(memberOf(*json, "spec"), "replicas");
        const auto& containers = memberOf(memberOf(memberOf(memberOf(*json, "spec"), "template"), "spec"), "containers");
        if (containers.is_array() && !containers.empty()) gateway.version = versionOfImage(textOf(containers.front(), "image"));
    }
}

}  // namespace

Inventory takeInventory(Client& client, const Discovery& discovery) {
    Inventory out;
    takeChannel(client, discovery, out);
    takeKinds(discovery, out);
    takeClasses(client, discovery, out);
    takeDeployments(client, discovery, out);
    for (auto& gateway : out.gateways) std::sort(gateway.classes.begin(), gateway.classes.end());
    std::sort(out.gateways.begin(), out.gateways.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

}  // namespace gatehouse::cluster
