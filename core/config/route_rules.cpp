#include "config/route_rules.h"

#include "config/diagnostic_codes.h"
#include "config/fields.h"
#include "config/formats.h"
#include "config/header_changes.h"
#include "text/regex.h"

#include <fmt/core.h>

#include <array>
#include <set>

namespace gatehouse::config {
namespace {

constexpr std::array<const char*, 5> kOnce{"CORS", "RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect",
                                           "URLRewrite"};

class RuleCheck {
  public:
    RuleCheck(const Object& route, const RouteRule& rule)
        : route_(route), rule_(rule), grpc_(route.key.kind == "GRPCRoute") {}

    std::vector<RouteFinding> run() {
        for (const auto& match : rule_.matches) checkMatch(match);
        checkFilters(rule_.filters, rule_.at);
        const bool redirects = std::any_of(rule_.filters.begin(), rule_.filters.end(),
                                           [](const FilterSpec& f) { return f.type == "RequestRedirect"; });
        if (redirects && !rule_.backendRefs.empty())
            error(codes::kRedirectConflict, rule_.at.key("backendRefs"),
                  "A rule that redirects cannot have backends; remove one of them.", "IncompatibleFilters");
        for (const auto& ref : rule_.backendRefs) {
            checkFilters(ref.filters, ref.at);
            checkPort(ref, ref.port.has_value(), ref.at);
        }
        checkTimeouts();
        checkRetry();
        checkSession();
        checkShares(redirects);
        return std::move(out_);
    }

  private:
    const Node* nodeAt(const FieldPath& path) const { return route_.root->at(path); }

    void error(const char* code, FieldPath at, std::string message, std::string reason = "UnsupportedValue") {
        out_.push_back({Severity::Error, code, std::move(at), std::move(message), std::move(reason)});
    }
    void warn(const char* code, FieldPath at, std::string message) {
        out_.push_back({Severity::Warning, code, std::move(at), std::move(message), {}});
    }

    void checkPort(const ObjectRef& ref, bool hasPort, const FieldPath& at) {
        if (ref.group.empty() && ref.kind == "Service" && !ref.name.empty() && !hasPort && memberOf(nodeAt(at), "port") == nullptr)
            error(codes::kServicePort, at.key("port"), fmt::format("The reference to Service {} needs a port.", ref.name));
    }

    void checkRegex(const FieldPath& at, const std::string& pattern) {
        if (auto compiled = text::Regex::compile(pattern); !compiled)
            error(codes::kExpression, at,
                  fmt::format("The regular expression '{}' cannot be read: {}", pattern, compiled.error().message));
    }

    void checkMatch(const RouteMatch& match) {
        if (grpc_) {
            checkMethod(match.at.key("method"));
            return checkValues(match.at.key("headers"), true);
        }
        const auto valueAt = match.at.key("path").key("value");
        if (match.path.type == PathMatchType::RegularExpression) {
            checkRegex(valueAt, match.path.value);
        } else if (const auto problem = pathProblem(match.path.value); !problem.empty()) {
            error(codes::kPathValue, valueAt, fmt::format("The path '{}' {}.", match.path.value, problem));
        }
        checkValues(match.at.key("headers"), true);
        checkValues(match.at.key("queryParams"), false);
    }

    /// "a.b.Service" and "Method" of protocol buffers (GRPCMethodMatch in the specification).
    static bool isGrpcName(std::string_view text, bool dots) {
        bool start = true;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (c == '.' && dots && (i == 0 || !start)) {
                start = true;
            } else if (letter || (!start && c >= '0' && c <= '9')) {
                start = false;
            } else {
                return false;
            }
        }
        return !start;
    }

    void checkMethod(const FieldPath& at) {
        const auto* method = nodeAt(at);
        if (method == nullptr || method->kind != NodeKind::Mapping) return;
        const bool regex = textOf(method, "type", "Exact") == "RegularExpression";
        bool any = false;
        for (const auto* member : {"service", "method"}) {
            const auto name = textOf(method, member);
            if (name.empty()) continue;
            any = true;
            if (regex)
                checkRegex(at.key(member), name);
            else if (!isGrpcName(name, std::string_view(member) == "service"))
                error(codes::kGrpcMethod, at.key(member), fmt::format("'{}' is no name of a gRPC {}.", name, member));
        }
        if (!any) error(codes::kGrpcMethod, at, "A method match must name a service, a method or both.");
    }

    /// On the tree rather than on the decoded view, which has dropped repeated names already.
    void checkValues(const FieldPath& at, bool ignoreCase) {
        const auto* list = nodeAt(at);
        if (list == nullptr || list->kind != NodeKind::Sequence) return;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            const auto name = textOf(&list->items[i], "name");
            if (!seen.insert(ignoreCase ? lowerCase(name) : name).second)
                warn(codes::kNameRepeated, at.index(i).key("name"),
                     fmt::format("{} is listed twice; only the first condition on it counts.", name));
            if (textOf(&list->items[i], "type") == "RegularExpression")
                checkRegex(at.index(i).key("value"), textOf(&list->items[i], "value"));
        }
    }

    void checkFilters(const std::vector<FilterSpec>& filters, const FieldPath& owner) {
        for (const auto* type : kOnce) {
            const FilterSpec* first = nullptr;
            for (const auto& filter : filters) {
                if (filter.type != type) continue;
                if (first != nullptr)
                    error(codes::kFilterRepeated, filter.at,
                          fmt::format("{} may stand in a list of filters only once; remove one of them.", type), "IncompatibleFilters");
                first = &filter;
            }
        }
        const auto has = [&](std::string_view type) {
            return std::any_of(filters.begin(), filters.end(), [&](const FilterSpec& f) { return f.type == type; });
        };
        if (has("RequestRedirect") && has("URLRewrite"))
            error(codes::kRedirectConflict, owner.key("filters"),
                  "A redirect and a rewrite exclude each other; remove one of them.", "IncompatibleFilters");
        for (const auto& filter : filters) checkFilter(filter);
    }

    void checkFilter(const FilterSpec& filter) {
        const auto* node = nodeAt(filter.at);
        const auto prefix = [&](const std::optional<PathModifier>& path, const char* member) {
            if (!path || path->type != PathModifierType::ReplacePrefixMatch) return;
            const bool fits = rule_.matches.size() == 1 && rule_.matches[0].path.type == PathMatchType::PathPrefix;
            if (!fits)
                error(codes::kPrefixReplace, filter.at.key(member).key("path"),
                      "Replacing the matched prefix needs exactly one match in the rule, of type PathPrefix.");
        };
        if (filter.redirect) prefix(filter.redirect->path, "requestRedirect");
        if (filter.rewrite) prefix(filter.rewrite->path, "urlRewrite");
        checkHeaders(node, filter.at, "requestHeaderModifier", Changes::Request);
        checkHeaders(node, filter.at, "responseHeaderModifier", Changes::Answer);
        if (const auto* mirror = memberOf(node, "requestMirror")) {
            const auto* fraction = memberOf(mirror, "fraction");
            const auto at = filter.at.key("requestMirror");
            if (fraction != nullptr && memberOf(mirror, "percent") != nullptr)
                error(codes::kMirrorShare, at, "A mirror takes a percent or a fraction, not both.");
            if (fraction != nullptr && intOf(fraction, "numerator", 0) > intOf(fraction, "denominator", 100))
                error(codes::kMirrorShare, at.key("fraction"), "A fraction cannot be more than the whole.");
        }
        if (filter.mirror) checkPort(filter.mirror->backend, filter.mirror->backend.port.has_value(), filter.mirror->backend.at);
        if (const auto* cors = memberOf(node, "cors")) checkCors(cors, filter.at.key("cors"));
        if (filter.auth) checkAuth(*filter.auth, memberOf(node, "externalAuth"), filter.at.key("externalAuth"));
        if (!knownType(filter.type))
            error(codes::kNotInEnum, filter.at.key("type"),
                  fmt::format("{} is no filter of {}s; remove it.", filter.type, route_.key.kind));
    }

    bool knownType(std::string_view type) const {
        constexpr std::string_view kBoth[] = {"RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "ExtensionRef"};
        constexpr std::string_view kHttp[] = {"RequestRedirect", "URLRewrite", "CORS", "ExternalAuth"};
        return std::find(std::begin(kBoth), std::end(kBoth), type) != std::end(kBoth) ||
               (!grpc_ && std::find(std::begin(kHttp), std::end(kHttp), type) != std::end(kHttp));
    }

    /// "https://host:port", the host perhaps with a wildcard (CORSOrigin in the specification), or *.
    static bool isOrigin(std::string_view text) {
        if (text == "*") return true;
        const auto scheme = text.find("://");
        if (scheme == std::string_view::npos || scheme == 0) return false;
        auto host = text.substr(scheme + 3);
        if (const auto colon = host.rfind(':'); colon != std::string_view::npos) {
            const auto port = host.substr(colon + 1);
            if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos) return false;
            host = host.substr(0, colon);
        }
        return !host.empty() && host.find_first_of(":/?# ") == std::string_view::npos;
    }

    void checkCors(const Node* cors, const FieldPath& at) {
        for (const auto* list : {"allowOrigins", "allowMethods", "allowHeaders"}) {
            const auto values = textsOf(cors, list);
            if (values.size() > 1 && std::find(values.begin(), values.end(), "*") != values.end())
                error(codes::kCorsStar, at.key(list), "A * must stand alone.");
        }
        constexpr std::string_view kMethods[] = {"GET",     "HEAD",    "POST",  "PUT",   "DELETE",
                                                 "CONNECT", "OPTIONS", "TRACE", "PATCH", "*"};
        const auto origins = textsOf(cors, "allowOrigins");
        for (std::size_t i = 0; i < origins.size(); ++i)
            if (!isOrigin(origins[i]))
                error(codes::kCorsOrigin, at.key("allowOrigins").index(i),
                      fmt::format("'{}' is no origin such as https://app.example.com, and no path may follow.", origins[i]));
        const auto methods = textsOf(cors, "allowMethods");
        for (std::size_t i = 0; i < methods.size(); ++i)
            if (std::find(std::begin(kMethods), std::end(kMethods), methods[i]) == std::end(kMethods))
                error(codes::kCorsOrigin, at.key("allowMethods").index(i), fmt::format("'{}' is no method; write it in capitals.", methods[i]));
    }

    void checkAuth(const ExternalAuth& auth, const Node* node, const FieldPath& at) {
        checkPort(auth.backend, auth.backend.port.has_value(), auth.backend.at);
        const auto* other = auth.grpc ? "http" : "grpc";
        const auto protocol = textOf(node, "protocol");
        if (memberOf(node, other) != nullptr && !protocol.empty())
            error(codes::kUnion, at.key(other), fmt::format("protocol is {}, so {} cannot be set.", protocol, other));
        if (auth.grpc)
            warn(codes::kNotRun, at.key("protocol"), "Authorisers that speak gRPC are not asked by this version: the rule answers 500.");
        if (auth.path.empty() || auth.grpc) return;
        if (const auto problem = pathProblem(auth.path); !problem.empty())
            error(codes::kPathValue, at.key("http").key("path"), fmt::format("The path '{}' {}.", auth.path, problem));
    }

    void checkHeaders(const Node* filter, const FieldPath& at, const char* member, Changes what) {
        for (auto& found : checkHeaderChanges(memberOf(filter, member), at.key(member), what))
            warn(found.code, std::move(found.at), std::move(found.message));
    }

    void checkTimeouts() {
        if (!rule_.requestTimeout || !rule_.backendTimeout || rule_.requestTimeout->count() == 0) return;
        if (*rule_.backendTimeout > *rule_.requestTimeout)
            error(codes::kTimeouts, rule_.at.key("timeouts").key("backendRequest"),
                  "One try (backendRequest) cannot take longer than the whole request.");
    }

    void checkRetry() {
        const auto at = rule_.at.key("retry").key("codes");
        const auto* codes = nodeAt(at);
        if (codes == nullptr || codes->kind != NodeKind::Sequence) return;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < codes->items.size(); ++i)
            if (!seen.insert(codes->items[i].value).second)
                error(codes::kRetry, at.index(i), fmt::format("{} is listed twice.", codes->items[i].value));
    }

    void checkSession() {
        const auto at = rule_.at.key("sessionPersistence");
        const auto* node = nodeAt(at);
        if (!rule_.session || node == nullptr) return;
        if (rule_.session->byHeader && memberOf(node, "cookieConfig") != nullptr)
            error(codes::kSession, at.key("cookieConfig"), "cookieConfig goes with type Cookie alone; remove it.");
        if (rule_.session->permanent && !rule_.session->byHeader && memberOf(node, "absoluteTimeout") == nullptr)
            error(codes::kSession, at, "A cookie of lifetimeType Permanent needs absoluteTimeout.");
    }

    void checkShares(bool redirects) {
        const bool extension = std::any_of(rule_.filters.begin(), rule_.filters.end(),
                                           [](const FilterSpec& f) { return f.type == "ExtensionRef"; });
        if (rule_.backendRefs.empty() && !redirects && !extension)
            warn(codes::kNoBackends, rule_.at, "This rule has no backend; its requests are answered with 500.");
        const bool zero = std::all_of(rule_.backendRefs.begin(), rule_.backendRefs.end(),
                                      [](const BackendRef& ref) { return ref.weight == 0; });
        if (!rule_.backendRefs.empty() && zero)
            warn(codes::kWeightsZero, rule_.at.key("backendRefs"),
                 "All weights are 0; requests are answered with 503, or with 500 where one of the backends cannot be used.");
    }

    const Object& route_;
    const RouteRule& rule_;
    const bool grpc_;
    std::vector<RouteFinding> out_;
};

}  // namespace

std::vector<RouteFinding> checkRule(const Object& route, const RouteRule& rule) {
    return RuleCheck(route, rule).run();
}

}  // namespace gatehouse::config
