// Explain: the request, read as the data plane reads it.
#include "http/fields.h"
#include "http/uri.h"
#include "route/explainer.h"

#include <fmt/format.h>

#include <charconv>

namespace gatehouse::route {

Result<void> Explainer::readRequest() {
    if (asked_.method.empty() || !http::isToken(asked_.method))
        return fail("usage", fmt::format("\"{}\" is no method.", asked_.method));
    http::Target target;
    const bool connect = asked_.method == "CONNECT";
    const bool bare = connect && asked_.url.find("://") == std::string::npos;
    // host:port alone is where the tunnel shall lead; the port of a URL is the listener's.
    if (asked_.url.empty() || !http::splitTarget(head_.arena.copy(bare ? "http://" + asked_.url : asked_.url), target))
        return fail("usage", fmt::format("\"{}\" is no URL of the form http://host/path (without a fragment).", asked_.url));
    head_.method = head_.arena.copy(asked_.method);
    if (asked_.http10) head_.minorVersion = 0;
    head_.scheme = http::equalsIgnoreCase(target.scheme, "https") ? "https" : "http";
    head_.query = target.query;
    head_.hasQuery = target.hasQuery;
    for (const auto& [name, value] : asked_.headers) {
        if (!http::isToken(name)) return fail("usage", fmt::format("\"{}\" is no header name.", name));
        head_.headers.add(name, value);
    }
    head_.authority = head_.headers.get("host").value_or(target.authority);
    if (!head_.headers.has("host") && !head_.authority.empty()) head_.headers.add("Host", head_.authority);
    tellRecorded();

    port_ = asked_.port;
    std::string_view host;
    std::string_view portText;
    if (!target.authority.empty()) {
        if (!http::splitAuthority(target.authority, host, portText))
            return fail("usage", fmt::format("\"{}\" is no host.", target.authority));
        urlHost_ = http::lowerHost(host, head_.arena);
        explicitPort_ = !portText.empty() && !bare;
        if (explicitPort_) std::from_chars(portText.data(), portText.data() + portText.size(), port_);
        else if (head_.scheme == "https" && port_ == kHttpPort) port_ = kHttpsPort;
    }
    if (!head_.authority.empty() && !http::splitAuthority(head_.authority, host, portText))
        return fail("usage", fmt::format("\"{}\" is no host.", head_.authority));
    head_.host = http::lowerHost(host, head_.arena);

    if (connect) {
        readConnect(portText);
        return {};
    }
    const auto rawPath = target.path.empty() ? std::string_view("/") : target.path;
    const auto verdict = http::normalizePath(rawPath, head_.arena, head_.path);
    if (verdict != http::PathVerdict::Ok)
        answer(400, verdict == http::PathVerdict::EncodedSeparator ? "The path holds an encoded slash or backslash."
                                                                   : "The path is malformed.");
    else if (head_.path != rawPath)
        step("match", StepOutcome::Info, "path", fmt::format("{} is read as {}", rawPath, head_.path));
    head_.target = head_.hasQuery ? head_.arena.concat({head_.path, "?", head_.query}) : head_.path;
    return {};
}

/// A CONNECT has a host and a port, and no path.
void Explainer::readConnect(std::string_view port) {
    head_.path = head_.query = {};
    head_.hasQuery = false;
    if (port.empty()) {
        head_.authority = head_.arena.concat({head_.authority, ":", std::to_string(kHttpsPort)});
        step("request", StepOutcome::Info, "target", fmt::format("a CONNECT names a port, too; {} is taken", head_.authority));
    }
    head_.headers.set("Host", head_.authority);
    head_.target = head_.authority;
}

/// What a record could not keep: a match on it may come out otherwise than it did.
void Explainer::tellRecorded() {
    std::string hidden;
    for (const auto& field : head_.headers.fields())
        if (field.value == kHidden) hidden += fmt::format("{}{}", hidden.empty() ? "" : ", ", field.name);
    if (head_.query.find(fmt::format("={}", kHidden)) != std::string_view::npos) hidden += hidden.empty() ? "query" : ", query";
    if (!hidden.empty())
        step("request", StepOutcome::Info, hidden,
             "records do not keep the value, so a match on it may come out otherwise than it did");
    if (!asked_.recorded) return;
    const auto& recorded = *asked_.recorded;
    if (recorded.headMissing)
        step("request", StepOutcome::Info, "headers", "they are not kept any more, so a match on them may come out otherwise than it did");
    else if (recorded.headCut)
        step("request", StepOutcome::Info, "headers",
             "there were more than a record keeps, so a match on the rest may come out otherwise than it did");
    if (asked_.body.empty())
        step("request", StepOutcome::Info, "body", "the body is not kept: what reads it (guards, enrichment, the model) cannot be tried");
}

}  // namespace gatehouse::route
