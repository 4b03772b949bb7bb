// Decoders of Service, EndpointSlice and Pod.
#include "config/fields.h"
#include "config/gateway_api.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::config {
namespace {

std::optional<std::uint16_t> portAnnotation(const Object& object, const char* name) {
    const auto found = object.annotations.find(name);
    if (found == object.annotations.end()) return std::nullopt;
    std::uint16_t port = 0;
    const auto& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

/// The annotation first, then the label of llm-d and its older name.
std::string engineOf(const Object& object) {
    if (const auto found = object.annotations.find("gatehouse.dev/engine"); found != object.annotations.end()) return found->second;
    for (const auto* name : {"llm-d.ai/engine-type", "inference.networking.k8s.io/engine-type"})
        if (const auto found = object.labels.find(name); found != object.labels.end()) return found->second;
    return {};
}

/// As NVIDIA's operator and the exporter's own chart label it.
bool isDcgmExporter(const Object& object) {
    const auto is = [&](const char* label, std::string_view value) {
        const auto found = object.labels.find(label);
        return found != object.labels.end() && found->second == value;
    };
    return is("app", "nvidia-dcgm-exporter") || is("app", "dcgm-exporter") || is("app.kubernetes.io/name", "dcgm-exporter");
}

bool podReady(const Node* status, const std::string& phase) {
    for (const auto& condition : itemsOf(status, "conditions"))
        if (textOf(&condition, "type") == "Ready") return lowerCase(textOf(&condition, "status")) == "true";
    return phase.empty() || phase == "Running";  // Files written by hand seldom carry conditions.
}

}  // namespace

bool isMetricsPath(std::string_view path) {
    return path.starts_with('/') && path.size() <= 256 &&
           std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
}

Result<ServiceSpec> decodeService(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    ServiceSpec out;
    out.key = object.key;
    out.type = textOf(*spec, "type", "ClusterIP");
    for (const auto& item : itemsOf(*spec, "ports")) {
        ServicePort port;
        port.name = textOf(&item, "name");
        port.port = portOf(&item, "port").value_or(0);
        port.targetPort = textOf(&item, "targetPort");
        port.appProtocol = textOf(&item, "appProtocol");
        if (port.port != 0) out.ports.push_back(std::move(port));
    }
    return out;
}

Result<EndpointSliceSpec> decodeEndpointSlice(const Object& object) {
    if (!object.root) return fail("no-object", object.key.display() + " is empty.");
    const auto* root = object.root.get();
    EndpointSliceSpec out;
    out.key = object.key;
    if (const auto label = object.labels.find("kubernetes.io/service-name"); label != object.labels.end())
        out.serviceName = label->second;
    out.addressType = textOf(root, "addressType", "IPv4");
    for (const auto& item : itemsOf(root, "endpoints")) {
        SliceEndpoint endpoint;
        endpoint.addresses = textsOf(&item, "addresses");
        endpoint.ready = boolOf(memberOf(&item, "conditions"), "ready", true);
        endpoint.targetName = textOf(memberOf(&item, "targetRef"), "name");
        if (!endpoint.addresses.empty()) out.endpoints.push_back(std::move(endpoint));
    }
    for (const auto& item : itemsOf(root, "ports"))
        if (const auto port = portOf(&item, "port")) out.ports.emplace_back(textOf(&item, "name"), *port);
    return out;
}

Result<PodSpec> decodePod(const Object& object) {
    if (!object.root) return fail("no-object", object.key.display() + " is empty.");
    const auto* status = memberOf(object.root.get(), "status");
    PodSpec out;
    out.key = object.key;
    out.podIp = textOf(status, "podIP");
    out.phase = textOf(status, "phase");
    out.ready = podReady(status, out.phase);
    // On its way out it serves what it has and gets nothing more.
    if (memberOf(memberOf(object.root.get(), "metadata"), "deletionTimestamp") != nullptr) out.ready = false;
    out.engine = engineOf(object);
    if (const auto path = object.annotations.find("gatehouse.dev/metrics-path"); path != object.annotations.end() && isMetricsPath(path->second))
        out.metricsPath = path->second;
    out.dcgmExporter = isDcgmExporter(object);
    out.portOverride = portAnnotation(object, "gatehouse.dev/port");
    out.metricsPortOverride = portAnnotation(object, "gatehouse.dev/metrics-port");
    return out;
}

}  // namespace gatehouse::config
