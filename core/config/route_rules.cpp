#include "config/route_rules.h"

#include "config/diagnostic_codes.h"
#include "config/fields.h"
#include "config/formats.h"
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
    RuleCheck(const Object& route, const RouteRule& rule) : route_(route), rule_(rule) {}

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
            if (ref.group.empty() && ref.kind == "Service" && !ref.port && memberOf(nodeAt(ref.at), "port") == nullptr)
                error(codes::kServicePort, ref.at.key("port"),
                      fmt::format("The reference to Service {} needs a port.", ref.name));
        }
        checkTimeouts();
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

    void checkRegex(const FieldPath& at, const std::string& pattern) {
        if (auto compiled = text::Regex::compile(pattern); !compiled)
            error(codes::kExpression, at,
                  fmt::format("The regular expression '{}' cannot be read: {}", pattern, compiled.error().message));
    }

    void checkMatch(const RouteMatch& match) {
        const auto valueAt = match.at.key("path").key("value");
        if (match.path.type == PathMatchType::RegularExpression) {
            checkRegex(valueAt, match.path.value);
        } else if (const auto problem = pathProblem(match.path.value); !problem.empty()) {
            error(codes::kPathValue, valueAt, fmt::format("The path '{}' {}.", match.path.value, problem));
        }
        checkValues(match.at.key("headers"), true);
        checkValues(match.at.key("queryParams"), false);
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
                          fmt::format("{} may stand in a list of filters only once.", type), "IncompatibleFilters");
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
        for (const auto* member : {"requestHeaderModifier", "responseHeaderModifier"})
            checkHeaders(memberOf(node, member), filter.at.key(member));
        if (const auto* mirror = memberOf(node, "requestMirror")) {
            const auto* fraction = memberOf(mirror, "fraction");
            const auto at = filter.at.key("requestMirror");
            if (fraction != nullptr && memberOf(mirror, "percent") != nullptr)
                error(codes::kMirrorShare, at, "A mirror takes a percent or a fraction, not both.");
            if (fraction != nullptr && intOf(fraction, "numerator", 0) > intOf(fraction, "denominator", 100))
                error(codes::kMirrorShare, at.key("fraction"), "A fraction cannot be more than the whole.");
        }
        if (const auto* cors = memberOf(node, "cors"))
            for (const auto* list : {"allowOrigins", "allowMethods", "allowHeaders"}) {
                const auto values = textsOf(cors, list);
                if (values.size() > 1 && std::find(values.begin(), values.end(), "*") != values.end())
                    error(codes::kCorsStar, filter.at.key("cors").key(list), "A * must stand alone.");
            }
    }

    void checkHeaders(const Node* modifier, const FieldPath& at) {
        for (const auto* list : {"set", "add"}) {
            std::set<std::string> seen;
            const auto& items = itemsOf(modifier, list);
            for (std::size_t i = 0; i < items.size(); ++i) {
                const auto name = textOf(&items[i], "name");
                if (!seen.insert(lowerCase(name)).second)
                    warn(codes::kNameRepeated, at.key(list).index(i).key("name"),
                         fmt::format("{} is listed twice; only the first entry counts.", name));
            }
        }
    }

    void checkTimeouts() {
        if (!rule_.requestTimeout || !rule_.backendTimeout || rule_.requestTimeout->count() == 0) return;
        if (*rule_.backendTimeout > *rule_.requestTimeout)
            error(codes::kTimeouts, rule_.at.key("timeouts").key("backendRequest"),
                  "One try (backendRequest) cannot take longer than the whole request.");
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
                 "All weights are 0; requests are answered with 503.");
    }

    const Object& route_;
    const RouteRule& rule_;
    std::vector<RouteFinding> out_;
};

}  // namespace

std::vector<RouteFinding> checkRule(const Object& route, const RouteRule& rule) {
    return RuleCheck(route, rule).run();
}

}  // namespace gatehouse::config
