#include "route/translate_filters.h"

#include "base/ids.h"
#include "config/policies.h"
#include "route/diagnostic_codes.h"
#include "route/sessions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace gatehouse::route {
namespace {

constexpr char kKgatewayGroup[] = "gateway.kgateway.dev";
constexpr char kTrustedHopsAnnotation[] = "gatehouse.dev/trusted-hops";

template <class Entries, class Name>
bool seen(const Entries& entries, std::string_view name, Name&& nameOf) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const auto& entry) { return http::equalsIgnoreCase(nameOf(entry), name); });
}

std::pair<filter::PathChange, std::string> compilePath(const std::optional<config::PathModifier>& path) {
    if (!path) return {filter::PathChange::None, {}};
    const bool full = path->type == config::PathModifierType::ReplaceFullPath;
    return {full ? filter::PathChange::ReplaceFull : filter::PathChange::ReplacePrefix, path->value};
}

std::string describePath(filter::PathChange change, const std::string& value) {
    switch (change) {
        case filter::PathChange::ReplaceFull: return " path " + value;
        case filter::PathChange::ReplacePrefix: return " path prefix " + (value.empty() ? "/" : value);
        case filter::PathChange::None: break;
    }
    return {};
}

filter::Redirect compileRedirect(const config::RequestRedirect& spec) {
    filter::Redirect redirect;
    redirect.scheme = spec.scheme;
    redirect.hostname = spec.hostname;
    std::tie(redirect.pathChange, redirect.pathValue) = compilePath(spec.path);
    redirect.port = spec.port;
    redirect.statusCode = spec.statusCode;
    return redirect;
}

filter::Rewrite compileRewrite(const config::UrlRewrite& spec) {
    filter::Rewrite rewrite;
    rewrite.hostname = spec.hostname;
    std::tie(rewrite.pathChange, rewrite.pathValue) = compilePath(spec.path);
    return rewrite;
}

std::string describe(const filter::Redirect& redirect) {
    auto text = fmt::format("{} to", redirect.statusCode);
    if (!redirect.scheme.empty()) text += " scheme " + redirect.scheme;
    if (!redirect.hostname.empty()) text += " host " + redirect.hostname;
    if (redirect.port) text += fmt::format(" port {}", *redirect.port);
    return text + describePath(redirect.pathChange, redirect.pathValue);
}

std::string describe(const filter::Rewrite& rewrite) {
    std::string text = "to";
    if (!rewrite.hostname.empty()) text += " host " + rewrite.hostname;
    return text + describePath(rewrite.pathChange, rewrite.pathValue);
}

std::string describe(const config::Cors& cors) {
    auto text = fmt::format("origins {}", cors.allowOrigins.empty() ? "none" : fmt::format("{}", fmt::join(cors.allowOrigins, ", ")));
    if (!cors.allowMethods.empty()) text += fmt::format(", methods {}", fmt::join(cors.allowMethods, ", "));
    if (!cors.allowHeaders.empty()) text += fmt::format(", headers {}", fmt::join(cors.allowHeaders, ", "));
    if (cors.allowCredentials) text += ", with credentials";
    return text + fmt::format(", kept {} s", cors.maxAge);
}

/// Compiles one rule's list; collects what breaks it.
class FilterCompiler {
  public:
    FilterCompiler(TranslateContext& context, BackendResolver& backends, const config::Object& route,
                   const config::RouteRule& rule)
        : context_(context), backends_(backends), route_(route), rule_(rule) {}

    CompiledFilters run() {
        for (const auto& filter : rule_.filters) compile(filter);
        if (out_.chain.directResponse && (!rule_.backendRefs.empty() || out_.chain.redirect))
            breakRule(codes::kActionConflict, rule_.at,
                      "A DirectResponse cannot share a rule with backendRefs or a redirect.");
        return std::move(out_);
    }

  private:
    void compile(const config::FilterSpec& filter) {
        auto& chain = out_.chain;
        if (filter.type == "RequestHeaderModifier" && filter.requestHeaders) {
            chain.requestHeaders = compileHeaders(*filter.requestHeaders);
            chain.order.push_back({filter::FilterStep::RequestHeaders});
            chain.description.emplace_back(filter.type, filter::describe(chain.requestHeaders));
        } else if (filter.type == "ResponseHeaderModifier" && filter.responseHeaders) {
            chain.responseHeaders = compileHeaders(*filter.responseHeaders);
            chain.description.emplace_back(filter.type, filter::describe(chain.responseHeaders));
        } else if (filter.type == "RequestRedirect" && filter.redirect) {
            chain.redirect = compileRedirect(*filter.redirect);
            chain.order.push_back({filter::FilterStep::Redirect});
            chain.description.emplace_back(filter.type, describe(*chain.redirect));
        } else if (filter.type == "URLRewrite" && filter.rewrite) {
            chain.rewrite = compileRewrite(*filter.rewrite);
            chain.order.push_back({filter::FilterStep::Rewrite});
            chain.description.emplace_back(filter.type, describe(*chain.rewrite));
        } else if (filter.type == "CORS" && filter.cors) {
            chain.cors = filter::compileCors(*filter.cors);
            chain.order.push_back({filter::FilterStep::Cors});
            chain.description.emplace_back(filter.type, describe(*filter.cors));
        } else if (filter.type == "RequestMirror" && filter.mirror) {
            compileMirror(filter);
        } else if (filter.type == "ExternalAuth" && filter.auth) {
            compileAuth(filter);
        } else if (filter.type == "ExtensionRef" && filter.extension) {
            compileExtension(filter);
        } else if (isSupported(filter.type)) {
            breakFilter(codes::kFilterIncomplete, filter.at,
                        fmt::format("The filter of type {} lacks the member that its type names.", filter.type));
        } else {
            breakFilter(codes::kFilterUnsupported, filter.at,
                        fmt::format("Filters of type {} are not run yet.", filter.type.empty() ? "?" : filter.type));
        }
    }

    void compileMirror(const config::FilterSpec& filter) {
        const auto& spec = *filter.mirror;
        Mirror mirror{backends_.resolveTarget(route_, spec.backend), spec.numerator, std::max(1U, spec.denominator)};
        if (mirror.backend.kind == BackendKind::Invalid) {
            // A copy that cannot be made is no reason to fail the request itself (HTTPRequestMirrorFilter.backendRef).
            context_.reportBroken(codes::kMirrorUnresolved, route_, spec.backend.at, mirror.backend.invalidReason,
                                  "No request is copied to it.");
            out_.chain.description.emplace_back(filter.type, fmt::format("left out: {}", mirror.backend.invalidReason));
            return;
        }
        const auto share = mirror.numerator >= mirror.denominator
                               ? std::string("every request")
                               : fmt::format("{} of {} requests", mirror.numerator, mirror.denominator);
        out_.chain.description.emplace_back(filter.type, fmt::format("{} also to {}", share, mirror.backend.name));
        out_.chain.order.push_back({filter::FilterStep::Mirror, static_cast<std::uint8_t>(out_.mirrors.size())});
        out_.mirrors.push_back(std::move(mirror));
    }

    void compileAuth(const config::FilterSpec& filter) {
        const auto& spec = *filter.auth;
        if (spec.grpc) {
            breakFilter(codes::kAuthUnsupported, filter.at.key("externalAuth").key("protocol"),
                        "External authorization over gRPC is not run yet, and no request passes unasked; use HTTP.");
            return;
        }
        Auth auth;
        auth.backend = backends_.resolveTarget(route_, spec.backend);
        if (auth.backend.kind == BackendKind::Invalid) {
            breakRule(codes::kAuthUnresolved, spec.backend.at,
                      fmt::format("There is nobody to ask for authorization: {}", auth.backend.invalidReason));
            return;
        }
        auth.path = spec.path;
        while (!auth.path.empty() && auth.path.back() == '/') auth.path.pop_back();
        if (!auth.path.empty() && auth.path.front() != '/') auth.path.insert(0, "/");
        auth.requestHeaders = spec.allowedHeaders;
        auth.answerHeaders = spec.allowedResponseHeaders;
        auth.bodyBytes = spec.forwardBody;
        out_.chain.description.emplace_back(
            filter.type, fmt::format("asks {}{}{}", auth.backend.name, auth.path.empty() ? "" : " under " + auth.path,
                                     auth.bodyBytes > 0 ? fmt::format(", with bodies up to {} bytes", auth.bodyBytes) : ""));
        out_.chain.order.push_back({filter::FilterStep::Auth, static_cast<std::uint8_t>(out_.auths.size())});
        out_.auths.push_back(std::move(auth));
    }

    void compileExtension(const config::FilterSpec& filter) {
        const auto& ref = *filter.extension;
        const auto* object = ref.group == kKgatewayGroup ? context_.find(ref.kind, route_.key.ns, ref.name) : nullptr;
        const auto at = filter.at.key("extensionRef");
        if (!object) {
            breakRule(codes::kExtensionUnresolved, at.key("name"),
                      fmt::format("{} {}/{} ({}) does not exist.", ref.kind, route_.key.ns, ref.name, ref.group));
        } else if (ref.kind == "TrafficPolicy") {
            out_.policies.push_back(object);
            out_.chain.description.emplace_back(filter.type, object->key.display());
        } else if (ref.kind == "DirectResponse") {
            const auto spec = config::decodeDirectResponse(*object);
            if (!spec) {
                breakRule(codes::kExtensionUnresolved, at, spec.error().message);
                return;
            }
            out_.chain.directResponse = filter::DirectResponse{
                spec->status, spec->body, looksLikeJson(spec->body) ? "application/json" : "text/plain"};
            out_.chain.order.push_back({filter::FilterStep::DirectResponse});
            out_.chain.description.emplace_back(filter.type, fmt::format("{} answers {}", object->key.display(), spec->status));
        } else {
            breakRule(codes::kExtensionUnresolved, at, fmt::format("A {} is no filter.", ref.kind));
        }
    }

    static bool isSupported(std::string_view type) {
        return type == "RequestHeaderModifier" || type == "ResponseHeaderModifier" || type == "RequestRedirect" ||
               type == "URLRewrite" || type == "ExtensionRef" || type == "CORS" || type == "RequestMirror" ||
               type == "ExternalAuth";
    }

    void breakFilter(const char* code, const config::FieldPath& at, std::string reason) {
        context_.reportBroken(code, route_, at, reason, "The rule answers 500.");
        if (out_.broken.empty()) out_.broken = std::move(reason);
    }

    void breakRule(const char* code, const config::FieldPath& at, std::string reason) {
        context_.report(config::Severity::Error, code, route_, at, reason + " The rule answers 500.");
        if (out_.broken.empty()) out_.broken = std::move(reason);
    }

    TranslateContext& context_;
    BackendResolver& backends_;
    const config::Object& route_;
    const config::RouteRule& rule_;
    CompiledFilters out_;
};

Result<CompiledValueMatch> compileValue(const config::ValueMatch& spec) {
    CompiledValueMatch match{spec.name, spec.value, nullptr};
    if (spec.type == config::ValueMatchType::RegularExpression) {
        auto regex = text::Regex::compile(spec.value);
        if (!regex) return fail("bad-expression", fmt::format("{}: {}", spec.name, regex.error().message));
        match.regex = std::move(*regex);
    }
    return match;
}

}  // namespace

filter::HeaderMutation compileHeaders(const config::HeaderModifier& modifier) {
    filter::HeaderMutation mutation;
    const auto nameOf = [](const auto& entry) -> const std::string& { return entry.first; };
    for (const auto& change : modifier.set)
        if (!seen(mutation.set, change.name, nameOf)) mutation.set.emplace_back(change.name, change.value);
    for (const auto& change : modifier.add)
        if (!seen(mutation.add, change.name, nameOf)) mutation.add.emplace_back(change.name, change.value);
    for (const auto& name : modifier.remove)
        if (!seen(mutation.remove, name, [](const std::string& text) -> const std::string& { return text; }))
            mutation.remove.push_back(name);
    return mutation;
}

bool looksLikeJson(std::string_view body) {
    const auto first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (body[first] == '{' || body[first] == '[');
}

Retry compileRetry(const config::RetrySpec& spec) {
    Retry retry;
    retry.codes = spec.codes;
    std::sort(retry.codes.begin(), retry.codes.end());
    retry.attempts = spec.attempts;
    retry.backoff = spec.backoff;
    return retry;
}

CompiledFilters compileFilters(TranslateContext& context, BackendResolver& backends, const config::Object& route,
                               const config::RouteRule& rule) {
    return FilterCompiler(context, backends, route, rule).run();
}

void compileExtras(TranslateContext& context, const config::RouteRule& spec, const CompiledFilters& filters, Rule& rule) {
    rule.mirrors = filters.mirrors;
    for (std::size_t i = 0; i < rule.mirrors.size(); ++i) {
        auto& backend = rule.mirrors[i].backend;
        backend.id = fmt::format("{}/mirror/{}/{}", rule.id, i, backend.id);
        backend.counters = context.runtime.counters.backend(backend.id);
    }
    rule.auths = filters.auths;
    for (std::size_t i = 0; i < rule.auths.size(); ++i) {
        auto& backend = rule.auths[i].backend;
        backend.id = fmt::format("{}/auth/{}/{}", rule.id, i, backend.id);
        backend.counters = context.runtime.counters.backend(backend.id);
    }
    if (spec.retry && spec.retry->attempts > 0) {
        rule.retry = compileRetry(*spec.retry);
    }
    if (spec.session) {
        filter::Session session;
        session.name = spec.session->sessionName;
        if (session.name.empty()) session.name = fmt::format("gatehouse-{:08x}", base::stableHash(rule.id) & 0xffffffff);
        session.byHeader = spec.session->byHeader;
        session.permanent = spec.session->permanent;
        if (const auto limit = spec.session->absoluteTimeout; limit && limit->count() > 0)
            session.absoluteTimeout = std::chrono::ceil<std::chrono::seconds>(*limit);
        session.seal = context.runtime.sessionSeal;
        rule.sessions = makeSessions(std::move(session), rule.backends);
    }
}

std::uint8_t trustedHops(TranslateContext& context, const config::Object& gateway) {
    const auto written = gateway.annotations.find(kTrustedHopsAnnotation);
    if (written == gateway.annotations.end()) return 0;
    const auto& text = written->second;
    std::uint8_t hops = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), hops);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return hops;
    context.report(config::Severity::Warning, codes::kTrustedHops, gateway,
                   config::FieldPath{}.key("metadata").key("annotations").key(kTrustedHopsAnnotation),
                   fmt::format("\"{}\" is no number of trusted hops (0 to 255), so none is trusted.", text));
    return 0;
}

Result<CompiledMatch> compileMatch(const config::RouteMatch& spec) {
    CompiledMatch match;
    match.pathType = spec.path.type;
    match.path = spec.path.value;
    match.method = spec.method;
    switch (spec.path.type) {
        case config::PathMatchType::Exact: match.text = "path exactly " + match.path; break;
        case config::PathMatchType::PathPrefix:
            match.text = "path prefix " + (match.path.empty() ? "/" : match.path);
            if (!match.path.empty() && match.path.back() == '/') match.path.pop_back();
            break;
        case config::PathMatchType::RegularExpression: {
            match.text = "path like " + match.path;
            auto regex = text::Regex::compile(match.path);
            if (!regex) return fail("bad-expression", fmt::format("path: {}", regex.error().message));
            match.pathRegex = std::move(*regex);
            break;
        }
    }
    if (!match.method.empty()) match.text += ", method " + match.method;
    const auto addAll = [&](const std::vector<config::ValueMatch>& from, std::vector<CompiledValueMatch>& to,
                            std::string_view what, bool ignoreCase) -> Result<void> {
        for (const auto& value : from) {
            // Of duplicate names the first counts; header names ignore case, query names do not.
            const bool repeated = std::any_of(to.begin(), to.end(), [&](const CompiledValueMatch& known) {
                return ignoreCase ? http::equalsIgnoreCase(known.name, value.name) : known.name == value.name;
            });
            if (repeated) continue;
            auto compiled = compileValue(value);
            if (!compiled) return tl::unexpected(compiled.error());
            match.text += fmt::format(", {} {}{}{}", what, value.name, compiled->regex ? "~" : "=", value.value);
            to.push_back(std::move(*compiled));
        }
        return {};
    };
    if (auto done = addAll(spec.headers, match.headers, "header", true); !done) return tl::unexpected(done.error());
    if (auto done = addAll(spec.queryParams, match.query, "query", false); !done) return tl::unexpected(done.error());
    return match;
}

}  // namespace gatehouse::route
