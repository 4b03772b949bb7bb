// Decoders of the filters and backend references that HTTPRoute and GRPCRoute share.
#include "config/codec_parts.h"

namespace gatehouse::config::codec {
namespace {

std::vector<HeaderChange> headerChanges(const Node* node, std::string_view name) {
    std::vector<HeaderChange> changes;
    for (const auto& item : itemsOf(node, name)) {
        const auto header = textOf(&item, "name");
        const auto lower = lowerCase(header);
        // Of entries that differ only in case the first one counts (HTTPHeader in the specification).
        const bool seen = std::any_of(changes.begin(), changes.end(),
                                      [&](const HeaderChange& change) { return lowerCase(change.name) == lower; });
        if (!header.empty() && !seen) changes.push_back({header, textOf(&item, "value")});
    }
    return changes;
}

std::uint32_t countOf(const Node* node, std::string_view name, std::uint32_t byDefault) {
    const auto value = intOf(node, name, byDefault);
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

Cors cors(const Node* node) {
    Cors out;
    out.allowOrigins = textsOf(node, "allowOrigins");
    out.allowMethods = textsOf(node, "allowMethods");
    out.allowHeaders = textsOf(node, "allowHeaders");
    out.exposeHeaders = textsOf(node, "exposeHeaders");
    out.allowCredentials = boolOf(node, "allowCredentials", false);
    out.maxAge = countOf(node, "maxAge", 5);
    return out;
}

TargetRef target(const Node* node, const std::string& ns, FieldPath at) {
    TargetRef out;
    if (node != nullptr) static_cast<ObjectRef&>(out) = reference(*node, "", "Service", ns);
    out.port = portOf(node, "port");
    out.at = std::move(at);
    return out;
}

HeaderModifier headerModifier(const Node* node) {
    return {headerChanges(node, "set"), headerChanges(node, "add"), textsOf(node, "remove")};
}

namespace {

std::optional<PathModifier> pathModifier(const Node* parent) {
    const auto* path = memberOf(parent, "path");
    if (path == nullptr) return std::nullopt;
    const bool prefix = textOf(path, "type") == "ReplacePrefixMatch";
    return PathModifier{prefix ? PathModifierType::ReplacePrefixMatch : PathModifierType::ReplaceFullPath,
                        textOf(path, prefix ? "replacePrefixMatch" : "replaceFullPath")};
}

RequestMirror mirror(const Node* node, const std::string& ns, const FieldPath& at) {
    RequestMirror out;
    out.backend = target(memberOf(node, "backendRef"), ns, at.key("backendRef"));
    if (const auto* fraction = memberOf(node, "fraction")) {
        out.numerator = countOf(fraction, "numerator", 0);
        out.denominator = std::max(1u, countOf(fraction, "denominator", 100));
    } else {
        out.numerator = countOf(node, "percent", 100);
    }
    out.numerator = std::min(out.numerator, out.denominator);
    return out;
}

ExternalAuth externalAuth(const Node* node, const std::string& ns, const FieldPath& at) {
    ExternalAuth out;
    out.grpc = textOf(node, "protocol") == "GRPC";
    out.backend = target(memberOf(node, "backendRef"), ns, at.key("backendRef"));
    const auto* settings = memberOf(node, out.grpc ? "grpc" : "http");
    out.path = textOf(settings, "path");
    out.allowedHeaders = textsOf(settings, "allowedHeaders");
    out.allowedResponseHeaders = textsOf(settings, "allowedResponseHeaders");
    out.forwardBody = countOf(memberOf(node, "forwardBody"), "maxSize", 0);
    return out;
}

FilterSpec filter(const Node& node, const std::string& ns, FieldPath at) {
    FilterSpec out;
    out.type = textOf(&node, "type");
    const auto member = [&](std::string_view type, std::string_view name) {
        return out.type == type ? memberOf(&node, name) : nullptr;
    };
    if (const auto* headers = member("RequestHeaderModifier", "requestHeaderModifier"))
        out.requestHeaders = headerModifier(headers);
    if (const auto* headers = member("ResponseHeaderModifier", "responseHeaderModifier"))
        out.responseHeaders = headerModifier(headers);
    if (const auto* redirect = member("RequestRedirect", "requestRedirect"))
        out.redirect = RequestRedirect{textOf(redirect, "scheme"), textOf(redirect, "hostname"), pathModifier(redirect),
                                       portOf(redirect, "port"), static_cast<int>(intOf(redirect, "statusCode", 302))};
    if (const auto* rewrite = member("URLRewrite", "urlRewrite"))
        out.rewrite = UrlRewrite{textOf(rewrite, "hostname"), pathModifier(rewrite)};
    if (const auto* copy = member("RequestMirror", "requestMirror"))
        out.mirror = mirror(copy, ns, at.key("requestMirror"));
    if (const auto* settings = member("CORS", "cors")) out.cors = cors(settings);
    if (const auto* auth = member("ExternalAuth", "externalAuth"))
        out.auth = externalAuth(auth, ns, at.key("externalAuth"));
    if (const auto* extension = member("ExtensionRef", "extensionRef")) {
        auto ref = reference(*extension, "", "", ns);
        ref.ns = ns;  // Local by definition.
        out.extension = std::move(ref);
    }
    out.at = std::move(at);
    return out;
}

BackendRef backendRef(const Node& node, const std::string& ns, FieldPath at) {
    BackendRef ref;
    static_cast<ObjectRef&>(ref) = reference(node, "", "Service", ns);
    ref.port = portOf(&node, "port");
    const auto weight = intOf(&node, "weight", 1);
    ref.weight = weight < 0 ? 0 : static_cast<std::uint32_t>(std::min<std::int64_t>(weight, 1'000'000));
    ref.filters = filters(node, ns, at);
    ref.at = std::move(at);
    return ref;
}

}  // namespace

std::vector<FilterSpec> filters(const Node& node, const std::string& ns, const FieldPath& at) {
    std::vector<FilterSpec> out;
    const auto& items = itemsOf(&node, "filters");
    for (std::size_t i = 0; i < items.size(); ++i) out.push_back(filter(items[i], ns, at.key("filters").index(i)));
    return out;
}

std::vector<BackendRef> backendRefs(const Node& rule, const std::string& ns, const FieldPath& at) {
    std::vector<BackendRef> out;
    const auto& items = itemsOf(&rule, "backendRefs");
    for (std::size_t i = 0; i < items.size(); ++i)
        out.push_back(backendRef(items[i], ns, at.key("backendRefs").index(i)));
    return out;
}

}  // namespace gatehouse::config::codec
