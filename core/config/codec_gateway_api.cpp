// Decoders of Gateway, HTTPRoute and ReferenceGrant, with the defaults of Gateway API v1.6.1.
#include "config/fields.h"
#include "config/gateway_api.h"

namespace gatehouse::config {
namespace {

constexpr char kGatewayGroup[] = "gateway.networking.k8s.io";

ObjectRef reference(const Node& node, std::string_view group, std::string_view kind, const std::string& ns) {
    ObjectRef ref;
    ref.group = textOf(&node, "group", group);
    ref.kind = textOf(&node, "kind", kind);
    ref.ns = textOf(&node, "namespace", ns);
    ref.name = textOf(&node, "name");
    return ref;
}

FromNamespaces fromNamespaces(const std::string& text) {
    if (text == "All") return FromNamespaces::All;
    if (text == "Selector") return FromNamespaces::Selector;
    return text == "None" ? FromNamespaces::None : FromNamespaces::Same;
}

LabelSelector labelSelector(const Node* node) {
    LabelSelector out;
    out.present = node != nullptr;
    out.matchLabels = pairsOf(node, "matchLabels");
    for (const auto& item : itemsOf(node, "matchExpressions"))
        out.matchExpressions.push_back({textOf(&item, "key"), textOf(&item, "operator"), textsOf(&item, "values")});
    return out;
}

ListenerSpec listener(const Node& node, const std::string& ns, FieldPath path) {
    ListenerSpec out;
    out.path = std::move(path);
    out.name = textOf(&node, "name");
    out.hostname = lowerCase(textOf(&node, "hostname"));
    out.port = portOf(&node, "port").value_or(0);
    out.protocol = textOf(&node, "protocol");
    if (const auto* tls = memberOf(&node, "tls")) {
        out.hasTls = true;
        out.tlsMode = textOf(tls, "mode", "Terminate");
        for (const auto& ref : itemsOf(tls, "certificateRefs"))
            out.certificateRefs.push_back(reference(ref, "", "Secret", ns));
    }
    const auto* allowed = memberOf(&node, "allowedRoutes");
    const auto* namespaces = memberOf(allowed, "namespaces");
    out.allowedRoutes.from = fromNamespaces(textOf(namespaces, "from", "Same"));
    out.allowedRoutes.selector = labelSelector(memberOf(namespaces, "selector"));
    for (const auto& kind : itemsOf(allowed, "kinds"))
        out.allowedRoutes.kinds.emplace_back(textOf(&kind, "group", kGatewayGroup), textOf(&kind, "kind"));
    return out;
}

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

HeaderModifier headerModifier(const Node* node) {
    return {headerChanges(node, "set"), headerChanges(node, "add"), textsOf(node, "remove")};
}

std::optional<PathModifier> pathModifier(const Node* parent) {
    const auto* path = memberOf(parent, "path");
    if (path == nullptr) return std::nullopt;
    const bool prefix = textOf(path, "type") == "ReplacePrefixMatch";
    return PathModifier{prefix ? PathModifierType::ReplacePrefixMatch : PathModifierType::ReplaceFullPath,
                        textOf(path, prefix ? "replacePrefixMatch" : "replaceFullPath")};
}

FilterSpec filter(const Node& node, const std::string& ns, FieldPath at) {
    FilterSpec out;
    out.at = std::move(at);
    out.type = textOf(&node, "type");
    if (out.type == "RequestHeaderModifier" && memberOf(&node, "requestHeaderModifier"))
        out.requestHeaders = headerModifier(memberOf(&node, "requestHeaderModifier"));
    if (out.type == "ResponseHeaderModifier" && memberOf(&node, "responseHeaderModifier"))
        out.responseHeaders = headerModifier(memberOf(&node, "responseHeaderModifier"));
    if (const auto* redirect = memberOf(&node, "requestRedirect"); redirect != nullptr && out.type == "RequestRedirect")
        out.redirect = RequestRedirect{textOf(redirect, "scheme"), textOf(redirect, "hostname"), pathModifier(redirect),
                                       portOf(redirect, "port"), static_cast<int>(intOf(redirect, "statusCode", 302))};
    if (const auto* rewrite = memberOf(&node, "urlRewrite"); rewrite != nullptr && out.type == "URLRewrite")
        out.rewrite = UrlRewrite{textOf(rewrite, "hostname"), pathModifier(rewrite)};
    if (const auto* extension = memberOf(&node, "extensionRef"); extension != nullptr && out.type == "ExtensionRef") {
        auto ref = reference(*extension, "", "", ns);
        ref.ns = ns;  // Local by definition.
        out.extension = std::move(ref);
    }
    return out;
}

std::vector<FilterSpec> filters(const Node& node, const std::string& ns, const FieldPath& at) {
    std::vector<FilterSpec> out;
    const auto& items = itemsOf(&node, "filters");
    for (std::size_t i = 0; i < items.size(); ++i) out.push_back(filter(items[i], ns, at.key("filters").index(i)));
    return out;
}

std::vector<ValueMatch> valueMatches(const Node& node, std::string_view name, bool ignoreCase) {
    std::vector<ValueMatch> out;
    for (const auto& item : itemsOf(&node, name)) {
        ValueMatch match;
        match.type = textOf(&item, "type", "Exact") == "RegularExpression" ? ValueMatchType::RegularExpression
                                                                           : ValueMatchType::Exact;
        match.name = textOf(&item, "name");
        match.value = textOf(&item, "value");
        const bool seen = std::any_of(out.begin(), out.end(), [&](const ValueMatch& other) {
            return ignoreCase ? lowerCase(other.name) == lowerCase(match.name) : other.name == match.name;
        });
        if (!seen) out.push_back(std::move(match));
    }
    return out;
}

RouteMatch routeMatch(const Node& node, FieldPath at) {
    RouteMatch match;
    match.at = std::move(at);
    if (const auto* path = memberOf(&node, "path")) {
        const auto type = textOf(path, "type", "PathPrefix");
        match.path.type = type == "Exact"               ? PathMatchType::Exact
                          : type == "RegularExpression" ? PathMatchType::RegularExpression
                                                        : PathMatchType::PathPrefix;
        match.path.value = textOf(path, "value", "/");
    }
    match.headers = valueMatches(node, "headers", true);
    match.queryParams = valueMatches(node, "queryParams", false);
    match.method = textOf(&node, "method");
    return match;
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

RouteRule rule(const Node& node, const std::string& ns, FieldPath at) {
    RouteRule out;
    out.name = textOf(&node, "name");
    const auto& matches = itemsOf(&node, "matches");
    for (std::size_t i = 0; i < matches.size(); ++i)
        out.matches.push_back(routeMatch(matches[i], at.key("matches").index(i)));
    if (out.matches.empty()) {
        out.matches.emplace_back();
        out.matches.back().at = at;
    }
    out.filters = filters(node, ns, at);
    const auto& backends = itemsOf(&node, "backendRefs");
    for (std::size_t i = 0; i < backends.size(); ++i)
        out.backendRefs.push_back(backendRef(backends[i], ns, at.key("backendRefs").index(i)));
    if (const auto* timeouts = memberOf(&node, "timeouts")) {
        if (memberOf(timeouts, "request")) out.requestTimeout = parseDuration(textOf(timeouts, "request"));
        if (memberOf(timeouts, "backendRequest"))
            out.backendTimeout = parseDuration(textOf(timeouts, "backendRequest"));
    }
    out.at = std::move(at);
    return out;
}

}  // namespace

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text) {
    // ^([0-9]{1,5}(h|m|s|ms)){1,4}$ (GEP-2257)
    std::chrono::milliseconds total{0};
    int parts = 0;
    while (!text.empty()) {
        std::size_t digits = 0;
        std::int64_t number = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
            number = number * 10 + (text[digits++] - '0'), number = std::min<std::int64_t>(number, 1'000'000);
        if (digits == 0 || digits > 5 || ++parts > 4) return std::nullopt;
        text.remove_prefix(digits);
        if (text.substr(0, 2) == "ms") {
            total += std::chrono::milliseconds(number);
            text.remove_prefix(2);
            continue;
        }
        if (text.empty()) return std::nullopt;
        if (text[0] == 'h')
            total += std::chrono::hours(number);
        else if (text[0] == 'm')
            total += std::chrono::minutes(number);
        else if (text[0] == 's')
            total += std::chrono::seconds(number);
        else
            return std::nullopt;
        text.remove_prefix(1);
    }
    if (parts == 0) return std::nullopt;
    return total;
}

Result<GatewaySpec> decodeGateway(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    GatewaySpec out;
    out.key = object.key;
    out.className = textOf(*spec, "gatewayClassName");
    const auto& listeners = itemsOf(*spec, "listeners");
    const auto at = FieldPath().key("spec").key("listeners");
    for (std::size_t i = 0; i < listeners.size(); ++i)
        out.listeners.push_back(listener(listeners[i], object.key.ns, at.index(i)));
    return out;
}

Result<HttpRouteSpec> decodeHttpRouteTree(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    HttpRouteSpec out;
    out.key = object.key;
    const auto root = FieldPath().key("spec");
    const auto& parents = itemsOf(*spec, "parentRefs");
    for (std::size_t i = 0; i < parents.size(); ++i) {
        ParentRef parent;
        static_cast<ObjectRef&>(parent) = reference(parents[i], kGatewayGroup, "Gateway", object.key.ns);
        parent.sectionName = textOf(&parents[i], "sectionName");
        parent.port = portOf(&parents[i], "port");
        parent.path = root.key("parentRefs").index(i);
        out.parentRefs.push_back(std::move(parent));
    }
    for (auto& hostname : textsOf(*spec, "hostnames")) out.hostnames.push_back(lowerCase(std::move(hostname)));
    const auto& rules = itemsOf(*spec, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i)
        out.rules.push_back(rule(rules[i], object.key.ns, root.key("rules").index(i)));
    if (memberOf(*spec, "rules") == nullptr) {  // The default: one rule that matches everything.
        out.rules.emplace_back();
        out.rules.back().at = root;
        out.rules.back().matches.emplace_back();
        out.rules.back().matches.back().at = root;
    }
    return out;
}

Result<ReferenceGrantSpec> decodeReferenceGrant(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    ReferenceGrantSpec out;
    out.key = object.key;
    for (const auto& from : itemsOf(*spec, "from"))
        out.from.push_back({textOf(&from, "group"), textOf(&from, "kind"), textOf(&from, "namespace")});
    for (const auto& to : itemsOf(*spec, "to"))
        out.to.push_back({textOf(&to, "group"), textOf(&to, "kind"), textOf(&to, "name")});
    return out;
}

}  // namespace gatehouse::config
