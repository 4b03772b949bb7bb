#include "route/matcher.h"

#include "route/model_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace gatehouse::route {
namespace {

/// At most this many candidates are told one by one in a trace; a person reads no more, and a host may have thousands.
constexpr std::size_t kTracedCandidates = 40;

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The form-decoded text of one query part: the part itself where nothing is escaped, else a copy in `buffer`.
std::string_view decodeQueryPart(std::string_view part, std::string& buffer) {
    if (part.find_first_of("%+") == std::string_view::npos) return part;
    buffer.clear();
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] == '+') {
            buffer += ' ';
        } else if (part[i] == '%' && i + 2 < part.size() && hexDigit(part[i + 1]) >= 0 && hexDigit(part[i + 2]) >= 0) {
            buffer += static_cast<char>(hexDigit(part[i + 1]) * 16 + hexDigit(part[i + 2]));
            i += 2;
        } else {
            buffer += part[i];
        }
    }
    return buffer;
}

/// First value of a query parameter; names are case-sensitive. The buffers are the thread's, so that escapes cost no
/// allocation once they have grown.
bool queryValue(std::string_view query, std::string_view name, std::string_view& value) {
    thread_local std::string nameBuffer;
    thread_local std::string valueBuffer;
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        const auto equals = pair.find('=');
        if (decodeQueryPart(pair.substr(0, equals), nameBuffer) != name) continue;
        value = equals == std::string_view::npos ? std::string_view{} : decodeQueryPart(pair.substr(equals + 1), valueBuffer);
        return true;
    }
    return false;
}

/// A header's value, repeated fields joined by a comma (RFC 9110 section 5.3).
bool headerValue(const http::Headers& headers, std::string_view name, std::string_view& value) {
    thread_local std::string buffer;
    std::size_t found = 0;
    for (const auto& field : headers.fields()) {
        if (!http::equalsIgnoreCase(field.name, name)) continue;
        if (++found == 1) {
            value = field.value;
            continue;
        }
        if (found == 2) buffer.assign(value);
        buffer += ',';
        buffer += field.value;
    }
    if (found > 1) value = buffer;
    return found > 0;
}

bool valueMatches(const CompiledValueMatch& match, std::string_view value) {
    return match.regex ? match.regex->fullMatch(value) : value == match.value;
}

}  // namespace

bool pathMatches(const CompiledMatch& match, std::string_view path) {
    switch (match.pathType) {
        case config::PathMatchType::Exact: return path == match.path;
        case config::PathMatchType::PathPrefix:
            return path.starts_with(match.path) && (path.size() == match.path.size() || path[match.path.size()] == '/');
        case config::PathMatchType::RegularExpression: return match.pathRegex && match.pathRegex->fullMatch(path);
    }
    return false;
}

namespace {

/// Everything but the path.
bool restMatches(const CompiledMatch& match, const http::RequestHead& request) {
    if (!match.method.empty() && match.method != request.method) return false;
    std::string_view value;
    for (const auto& header : match.headers)
        if (!headerValue(request.headers, header.name, value) || !valueMatches(header, value)) return false;
    for (const auto& parameter : match.query)
        if (!queryValue(request.query, parameter.name, value) || !valueMatches(parameter, value)) return false;
    return true;
}

const Candidate* firstOf(const PathTable& table, std::string_view path, const VirtualHost& host,
                         const http::RequestHead& request) {
    const auto* slot = table.find(path, host.candidates);
    if (slot == nullptr) return nullptr;
    if (const auto& first = host.candidates[slot->first]; restMatches(first.match, request)) return &first;
    const auto* more = table.more(*slot);
    for (std::uint32_t i = 0; i + 1 < slot->count; ++i)
        if (const auto& candidate = host.candidates[more[i]]; restMatches(candidate.match, request)) return &candidate;
    return nullptr;
}

/// They are written when the answer has gone: asked for now, they have come by then.
void fetchCounters(const Rule& rule) {
    __builtin_prefetch(rule.counters.get(), 1);
    if (!rule.backends.empty()) __builtin_prefetch(rule.backends.front().counters.get(), 1);
}

/// The same order as the sorted candidates: exact, regular expressions, prefixes from long to short.
const Candidate* findIndexed(const VirtualHost& host, const http::RequestHead& request) {
    const auto& index = host.index;
    const auto path = request.path;
    if (const auto* found = firstOf(index.exact, path, host, request)) return found;
    for (const auto position : index.regex) {
        const auto& candidate = host.candidates[position];
        if (pathMatches(candidate.match, path) && restMatches(candidate.match, request)) return &candidate;
    }
    for (const auto length : index.prefixLengths) {
        if (length > path.size() || (length < path.size() && path[length] != '/')) continue;
        if (const auto* found = firstOf(index.prefix, path.substr(0, length), host, request)) return found;
    }
    return nullptr;
}

const Candidate* findInHost(const VirtualHost& host, const http::RequestHead& request) {
    if (host.index.built) {
        const auto* found = findIndexed(host, request);
        if (found != nullptr && found->rule) fetchCounters(*found->rule);
        return found;
    }
    for (const auto& candidate : host.candidates)
        if (pathMatches(candidate.match, request.path) && restMatches(candidate.match, request)) return &candidate;
    return nullptr;
}

/// Calls `visit` for each host that covers the name, most specific first, until it answers true.
template <class Visit>
bool visitHosts(const Listener& listener, std::string_view name, Visit&& visit) {
    const auto& index = listener.index;
    if (!index.built) {
        for (const auto& host : listener.hosts)
            if (hostMatches(host.hostname, name) && visit(host)) return true;
        return false;
    }
    if (const auto exact = index.exact.find(name); exact != index.exact.end())
        if (visit(listener.hosts[exact->second])) return true;
    if (!index.suffix.empty()) {
        // A suffix longer than the longest configured one cannot match; skipping there keeps a hostile Host header cheap.
        std::size_t from = name.size() > index.longestSuffix ? name.size() - index.longestSuffix : 1;
        for (auto dot = name.find('.', from); dot != std::string_view::npos; dot = name.find('.', dot + 1))
            if (const auto found = index.suffix.find(name.substr(dot)); found != index.suffix.end())
                if (visit(listener.hosts[found->second])) return true;
    }
    return index.any >= 0 && visit(listener.hosts[static_cast<std::size_t>(index.any)]);
}

// ---- Telling why.

std::string listenerSubject(const Listener& listener) {
    return fmt::format("{} listener {}", listener.gateway.display(), listener.name);
}

std::string hostText(std::string_view pattern) { return pattern.empty() ? "any host" : fmt::format("host {}", pattern); }

std::string candidateSubject(const Candidate& candidate) {
    return fmt::format("{} rule {}, match {}", candidate.rule->route.display(), candidate.rule->index + 1,
                       candidate.matchIndex + 1);
}

std::string pathMismatch(const CompiledMatch& match, std::string_view path) {
    switch (match.pathType) {
        case config::PathMatchType::Exact: return fmt::format("path {} is not {}", path, match.path);
        case config::PathMatchType::PathPrefix:
            return fmt::format("path {} does not start with {}", path, match.path.empty() ? "/" : match.path);
        case config::PathMatchType::RegularExpression: break;
    }
    return fmt::format("path {} does not fully match the expression {}", path, match.path);
}

std::string mismatch(const CompiledMatch& match, const http::RequestHead& request) {
    if (!pathMatches(match, request.path)) return pathMismatch(match, request.path);
    if (!match.method.empty() && match.method != request.method)
        return fmt::format("method {} is not {}", request.method, match.method);
    std::string_view value;
    const auto differs = [&](std::string_view what, const CompiledValueMatch& wanted) {
        return wanted.regex ? fmt::format("{} {} is \"{}\", which does not fully match {}", what, wanted.name, value, wanted.value)
                            : fmt::format("{} {} is \"{}\", not \"{}\"", what, wanted.name, value, wanted.value);
    };
    for (const auto& header : match.headers) {
        if (!headerValue(request.headers, header.name, value)) return fmt::format("header {} is absent", header.name);
        if (!valueMatches(header, value)) return differs("header", header);
    }
    for (const auto& parameter : match.query) {
        if (!queryValue(request.query, parameter.name, value))
            return fmt::format("query parameter {} is absent", parameter.name);
        if (!valueMatches(parameter, value)) return differs("query parameter", parameter);
    }
    return {};
}

const Candidate* traceHost(const VirtualHost& host, const http::RequestHead& request, std::vector<Step>& trace) {
    std::size_t told = 0;
    std::size_t left = 0;
    for (const auto& candidate : host.candidates) {
        const auto why = mismatch(candidate.match, request);
        if (why.empty()) {
            if (left > 0)
                trace.push_back({"match", StepOutcome::Rejected, fmt::format("{} more matches", left),
                                 "none of them fits this request", {}, {}});
            trace.push_back({"match", StepOutcome::Chosen, candidateSubject(candidate),
                             candidate.match.text.empty() ? "matches every request" : candidate.match.text,
                             candidate.rule->route, candidate.rule->where});
            return &candidate;
        }
        if (told++ < kTracedCandidates)
            trace.push_back({"match", StepOutcome::Rejected, candidateSubject(candidate), why, candidate.rule->route,
                             candidate.rule->where});
        else
            ++left;
    }
    if (left > 0)
        trace.push_back({"match", StepOutcome::Rejected, fmt::format("{} more matches", left),
                         "none of them fits this request", {}, {}});
    return nullptr;
}

/// Tells every listener of the port: why it is out, or that it is the one.
void traceListeners(const Port& port, std::string_view host, const Listener* chosen, std::vector<Step>& trace) {
    for (const auto& listener : port.listeners) {
        Step step{"listener", StepOutcome::Rejected, listenerSubject(listener), {}, listener.gateway, {}};
        if (!hostMatches(listener.hostname, host)) {
            step.detail = fmt::format("its hostname {} does not cover {}", listener.hostname, host);
        } else if (chosen && (&listener == chosen || listener.hostname == chosen->hostname)) {
            step.outcome = StepOutcome::Chosen;
            step.detail = listener.hostname.empty() ? fmt::format("port {}, any hostname", port.port)
                                                    : fmt::format("port {}, hostname {} covers {}", port.port,
                                                                  listener.hostname, host);
        } else {
            step.detail = fmt::format("{} is less specific than {}",
                                      listener.hostname.empty() ? "any hostname" : listener.hostname, chosen->hostname);
        }
        trace.push_back(std::move(step));
    }
}

MatchResult matchListener(const Listener& listener, const http::RequestHead& request, std::vector<Step>* trace) {
    MatchResult result;
    result.listener = &listener;
    const VirtualHost* before = nullptr;
    visitHosts(listener, request.host, [&](const VirtualHost& host) {
        if (trace) {
            // The API speaks of precedence between rules, not of exclusion, so less specific hosts get their turn.
            const auto detail = before ? fmt::format("no rule of {} fits, so the next less specific host is tried "
                                                     "(gateways built on Envoy answer 404 here)", hostText(before->hostname))
                                       : fmt::format("most specific host that covers {}", request.host);
            trace->push_back({"host", StepOutcome::Chosen, hostText(host.hostname), detail, listener.gateway, {}});
            result.candidate = traceHost(host, request, *trace);
        } else {
            result.candidate = findInHost(host, request);
        }
        result.host = &host;
        before = &host;
        return result.candidate != nullptr;
    });
    if (!result.candidate && listener.models) {
        result.candidate = listener.models->serves(request);
        if (result.candidate && trace)
            trace->push_back({"match", StepOutcome::Chosen, listenerSubject(listener), "no route takes this path of an LLM API, so its models do", listener.gateway, {}});
    }
    return result;
}

}  // namespace

bool queryMatches(const CompiledMatch& match, std::string_view query) {
    std::string_view value;
    return std::all_of(match.query.begin(), match.query.end(), [&](const CompiledValueMatch& wanted) {
        return queryValue(query, wanted.name, value) && valueMatches(wanted, value);
    });
}

bool headerMatches(const CompiledValueMatch& wanted, const http::Headers& headers) {
    std::string_view value;
    return headerValue(headers, wanted.name, value) && valueMatches(wanted, value);
}

bool hostMatches(std::string_view pattern, std::string_view host) {
    if (pattern.empty()) return true;
    if (pattern.starts_with("*.")) {
        const auto suffix = pattern.substr(1);
        return host.size() > suffix.size() && host.ends_with(suffix);
    }
    return pattern == host;
}

const Listener* matchSni(const Port& port, std::string_view sni) {
    for (const auto& listener : port.listeners)
        if (hostMatches(listener.hostname, sni)) return &listener;
    return nullptr;
}

const Candidate* matchPassthrough(const Listener& listener, std::string_view sni) {
    const Candidate* found = nullptr;
    visitHosts(listener, sni, [&](const VirtualHost& host) {
        if (!host.candidates.empty()) found = &host.candidates.front();
        return found != nullptr;
    });
    return found;
}

MatchResult match(const Port& port, const http::RequestHead& request, std::vector<Step>* trace, const std::string* sni) {
    const Listener* chosen = nullptr;
    for (const auto& listener : port.listeners)
        if (hostMatches(listener.hostname, request.host)) {
            chosen = &listener;
            break;
        }
    if (trace) traceListeners(port, request.host, chosen, *trace);
    if (!chosen) return {};
    if (sni) {
        const auto* session = matchSni(port, *sni);
        if (!session || session->hostname != chosen->hostname) {
            MatchResult result;
            result.listener = session;
            // Listeners are sorted by how specific they are, so the chosen one covers the host better than the session's.
            result.misdirected = true;
            if (trace)
                trace->push_back({"listener", StepOutcome::Failed, listenerSubject(*chosen),
                                  fmt::format("the TLS session was made for {}, which belongs to {}",
                                              sni->empty() ? "no name" : *sni,
                                              session ? listenerSubject(*session) : std::string("no listener any more")),
                                  chosen->gateway, {}});
            return result;
        }
    }

    MatchResult result;
    for (const auto& listener : port.listeners) {
        if (&listener != chosen && listener.hostname != chosen->hostname) continue;
        auto tried = matchListener(listener, request, trace);
        if (tried.candidate) return tried;
        if (!result.listener) result = tried;
    }
    if (trace)
        trace->push_back({"match", StepOutcome::Failed, listenerSubject(*result.listener),
                          result.host ? "no rule matches this request" : "no route serves this host", result.listener->gateway,
                          {}});
    return result;
}

const Backend* drawBackend(const Rule& rule, std::uint64_t draw) {
    for (const auto& backend : rule.backends) {
        if (draw < backend.weight) return &backend;
        draw -= backend.weight;
    }
    return nullptr;
}

int statusWithoutBackend(const Rule& rule) {
    for (const auto& backend : rule.backends)
        if (backend.kind == BackendKind::Invalid) return 500;
    return rule.backends.empty() ? 500 : 503;
}

}  // namespace gatehouse::route
