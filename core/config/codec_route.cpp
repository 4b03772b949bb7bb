// Decoders of HTTPRoute, GRPCRoute (in HTTPRoute's terms) and TLSRoute, with the defaults of Gateway API v1.6.1.
#include "config/codec_parts.h"

namespace gatehouse::config {
namespace codec {

std::vector<ParentRef> parentRefs(const Node* spec, const std::string& ns) {
    std::vector<ParentRef> out;
    const auto& items = itemsOf(spec, "parentRefs");
    for (std::size_t i = 0; i < items.size(); ++i) {
        ParentRef parent;
        static_cast<ObjectRef&>(parent) = reference(items[i], kGroup, "Gateway", ns);
        parent.sectionName = textOf(&items[i], "sectionName");
        parent.port = portOf(&items[i], "port");
        parent.path = FieldPath().key("spec").key("parentRefs").index(i);
        out.push_back(std::move(parent));
    }
    return out;
}

std::vector<std::string> hostnames(const Node* spec) {
    auto out = textsOf(spec, "hostnames");
    for (auto& hostname : out) hostname = lowerCase(std::move(hostname));
    return out;
}

ValueMatch valueMatch(const Node& item) {
    const bool pattern = textOf(&item, "type", "Exact") == "RegularExpression";
    return {pattern ? ValueMatchType::RegularExpression : ValueMatchType::Exact, textOf(&item, "name"), textOf(&item, "value")};
}

std::vector<ValueMatch> valueMatches(const Node& node, std::string_view name, bool ignoreCase) {
    std::vector<ValueMatch> out;
    for (const auto& item : itemsOf(&node, name)) {
        auto match = valueMatch(item);
        const bool seen = std::any_of(out.begin(), out.end(), [&](const ValueMatch& other) {
            return ignoreCase ? lowerCase(other.name) == lowerCase(match.name) : other.name == match.name;
        });
        if (!seen) out.push_back(std::move(match));
    }
    return out;
}

std::optional<SessionPersistence> session(const Node& rule) {
    const auto* node = memberOf(&rule, "sessionPersistence");
    if (node == nullptr) return std::nullopt;
    SessionPersistence out;
    out.sessionName = textOf(node, "sessionName");
    out.byHeader = textOf(node, "type", "Cookie") == "Header";
    out.permanent = textOf(memberOf(node, "cookieConfig"), "lifetimeType", "Session") == "Permanent";
    out.absoluteTimeout = parseDuration(textOf(node, "absoluteTimeout"));
    return out;
}

}  // namespace codec

namespace {

PathMatch httpPath(const Node& match) {
    PathMatch out;
    if (const auto* path = memberOf(&match, "path")) {
        const auto type = textOf(path, "type", "PathPrefix");
        out.type = type == "Exact"               ? PathMatchType::Exact
                   : type == "RegularExpression" ? PathMatchType::RegularExpression
                                                 : PathMatchType::PathPrefix;
        out.value = textOf(path, "value", "/");
    }
    return out;
}

/// For a regular expression that must match this text alone.
std::string quoted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/';
        if (!plain) out += '\\';
        out += c;
    }
    return out;
}

/// A gRPC call's path is "/service/method" (gRPC over HTTP/2, Path).
PathMatch grpcPath(const Node& match) {
    constexpr const char* kOneElement = "[^/]+";
    const auto* method = memberOf(&match, "method");
    const auto service = textOf(method, "service");
    const auto name = textOf(method, "method");
    if (service.empty() && name.empty()) return {};
    if (textOf(method, "type", "Exact") == "RegularExpression") {
        const auto group = [&](const std::string& text) {
            return text.empty() ? std::string(kOneElement) : "(?:" + text + ")";
        };
        return {PathMatchType::RegularExpression, "/" + group(service) + "/" + group(name)};
    }
    if (name.empty()) return {PathMatchType::PathPrefix, "/" + service};
    if (service.empty()) return {PathMatchType::RegularExpression, std::string("/") + kOneElement + "/" + quoted(name)};
    return {PathMatchType::Exact, "/" + service + "/" + name};
}

RouteMatch routeMatch(const Node& node, bool grpc, FieldPath at) {
    RouteMatch match;
    match.at = std::move(at);
    match.path = grpc ? grpcPath(node) : httpPath(node);
    match.headers = codec::valueMatches(node, "headers", true);
    if (grpc) {
        match.method = "POST";
        return match;
    }
    match.queryParams = codec::valueMatches(node, "queryParams", false);
    match.method = textOf(&node, "method");
    return match;
}

std::optional<RetrySpec> retry(const Node& rule) {
    const auto* node = memberOf(&rule, "retry");
    if (node == nullptr) return std::nullopt;
    RetrySpec out;
    for (const auto& code : itemsOf(node, "codes"))
        if (const auto value = code.asInt(); value && *value >= 400 && *value <= 599)
            out.codes.push_back(static_cast<int>(*value));
    out.attempts = static_cast<std::uint32_t>(std::clamp<std::int64_t>(intOf(node, "attempts", 1), 0, 1000));
    out.backoff = parseDuration(textOf(node, "backoff"));
    return out;
}

RouteRule rule(const Node& node, bool grpc, const std::string& ns, FieldPath at) {
    RouteRule out;
    out.name = textOf(&node, "name");
    const auto& matches = itemsOf(&node, "matches");
    for (std::size_t i = 0; i < matches.size(); ++i)
        out.matches.push_back(routeMatch(matches[i], grpc, at.key("matches").index(i)));
    if (out.matches.empty()) {
        auto& any = out.matches.emplace_back();
        any.at = at;
        if (grpc) any.method = "POST";
    }
    out.filters = codec::filters(node, ns, at);
    out.backendRefs = codec::backendRefs(node, ns, at);
    if (const auto* timeouts = memberOf(&node, "timeouts")) {
        if (memberOf(timeouts, "request")) out.requestTimeout = parseDuration(textOf(timeouts, "request"));
        if (memberOf(timeouts, "backendRequest"))
            out.backendTimeout = parseDuration(textOf(timeouts, "backendRequest"));
    }
    if (!grpc) out.retry = retry(node);
    out.session = codec::session(node);
    out.at = std::move(at);
    return out;
}

Result<HttpRouteSpec> decodeRoute(const Object& object, bool grpc) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    HttpRouteSpec out;
    out.key = object.key;
    out.parentRefs = codec::parentRefs(*spec, object.key.ns);
    out.hostnames = codec::hostnames(*spec);
    const auto root = FieldPath().key("spec");
    const auto& rules = itemsOf(*spec, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i)
        out.rules.push_back(rule(rules[i], grpc, object.key.ns, root.key("rules").index(i)));
    if (!grpc && memberOf(*spec, "rules") == nullptr) {  // HTTPRoute's default: one rule that matches everything.
        out.rules.emplace_back();
        out.rules.back().at = root;
        out.rules.back().matches.emplace_back();
        out.rules.back().matches.back().at = root;
    }
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

Result<HttpRouteSpec> decodeHttpRouteTree(const Object& object) {
    return decodeRoute(object, object.key.kind == "GRPCRoute");
}

Result<TlsRouteSpec> decodeTlsRoute(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    TlsRouteSpec out;
    out.key = object.key;
    out.parentRefs = codec::parentRefs(*spec, object.key.ns);
    out.hostnames = codec::hostnames(*spec);
    const auto& rules = itemsOf(*spec, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
        RouteRule rule;
        rule.name = textOf(&rules[i], "name");
        rule.at = FieldPath().key("spec").key("rules").index(i);
        rule.matches.emplace_back().at = rule.at;
        rule.backendRefs = codec::backendRefs(rules[i], object.key.ns, rule.at);
        out.rules.push_back(std::move(rule));
    }
    return out;
}

}  // namespace gatehouse::config
