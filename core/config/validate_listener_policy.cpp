// ListenerPolicy and HTTPListenerPolicy.
#include "config/certificates.h"
#include "config/fields.h"
#include "config/findings.h"
#include "config/header_changes.h"
#include "config/listener_policy.h"
#include "config/log_format.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <set>

namespace gatehouse::config {
namespace {

bool hasListener(const Object& gateway, const std::string& name) {
    const auto spec = decodeGateway(gateway);
    return spec && std::any_of(spec->listeners.begin(), spec->listeners.end(), [&](const auto& l) { return l.name == name; });
}

void checkTargets(Findings& findings, const Object& object, const ListenerPolicySpec& policy) {
    for (const auto& target : policy.targets) {
        if (target.group != kGatewayApiGroup || target.kind != "Gateway") {
            findings.error(codes::kPolicyTargetKind, object, target.at.key("kind"),
                           fmt::format("A {} attaches to a Gateway, not to {}{}{}.", object.key.kind, target.group,
                                       target.group.empty() ? "" : "/", target.kind));
            continue;
        }
        const auto* gateway = findings.set.find({target.group, target.kind, object.key.ns, target.name});
        if (gateway == nullptr)
            findings.warn(codes::kPolicyTarget, object, target.at.key("name"),
                          fmt::format("{} {}/{} does not exist; the policy has no effect there, and reaches only objects of its "
                                      "own namespace.", target.kind, object.key.ns, target.name));
        else if (!target.sectionName.empty() && !hasListener(*gateway, target.sectionName))
            findings.warn(codes::kPolicySection, object, target.at.key("sectionName"),
                          fmt::format("{} has no listener named {}; the policy has no effect there.", gateway->key.display(),
                                      target.sectionName));
    }
    for (const auto& selector : policy.selectors)
        if (selector.labels.group != kGatewayApiGroup || selector.labels.kind != "Gateway")
            findings.error(codes::kPolicyTargetKind, object, selector.at.key("kind"),
                           fmt::format("A {} attaches to Gateways, not to objects of kind {}.", object.key.kind, selector.labels.kind));
    if (policy.targets.empty() && policy.selectors.empty())
        findings.warn(codes::kPolicyUnused, object, FieldPath().key("spec"), "The policy has no target and does nothing.");
}

/// Kubernetes paths of `block` in the object; where the setting is not written, that of the block.
struct Block {
    Findings& findings;
    const Object& object;
    const ListenerBlock& block;

    FieldPath at(std::string_view setting) const {
        const auto found = block.set.find(setting);
        return found == block.set.end() ? FieldPath().key("spec") : found->second;
    }
    void error(std::string_view setting, std::string message) const {
        findings.error(codes::kListenerPolicy, object, at(setting), std::move(message));
    }
    void notRun(const FieldPath& path, std::string message) const {
        findings.warn(codes::kNotRun, object, path, std::move(message));
    }

    void checkForwarded() const {
        const auto& http = block.http;
        const auto cidrs = at("httpSettings.xffTrustedCIDRs");
        if (!block.has("httpSettings.xffTrustedCIDRs")) return;
        if (http.useRemoteAddress)
            error("httpSettings.xffTrustedCIDRs", "xffTrustedCIDRs needs useRemoteAddress: false.");
        if (block.has("httpSettings.xffNumTrustedHops"))
            error("httpSettings.xffTrustedCIDRs", "Of xffNumTrustedHops and xffTrustedCIDRs only one may be set.");
        for (std::size_t i = 0; i < http.xffTrustedCidrs.size(); ++i)
            if (!parseNetwork(http.xffTrustedCidrs[i]))
                findings.error(codes::kListenerPolicy, object, cidrs.index(i),
                               fmt::format("\"{}\" is no network such as 10.0.0.0/8; it is left out.", http.xffTrustedCidrs[i]));
    }

    void checkFormat(const FieldPath& path, const std::string& format) const {
        const auto pieces = parseLogFormat(format);
        if (!pieces) {
            findings.error(codes::kListenerPolicy, object, path, pieces.error().message + " The line is written as it stands here.");
            return;
        }
        for (const auto& piece : *pieces)
            if (!isLogOperator(piece))
                notRun(path, fmt::format("Valid, but this version has no value for %{}%: \"-\" is written.", piece.op));
    }

    void checkLog(const AccessLogSpec& log) const {
        const auto sink = log.at.key("fileSink");
        if (log.json == !log.format.empty())
            findings.error(codes::kListenerPolicy, object, sink, "A file needs exactly one of stringFormat and jsonFormat.");
        if (!isLogFile(log.path))
            notRun(sink.key("path"), "Valid, but not run by this version: lines go to /dev/stdout and /dev/stderr alone. For a file "
                                     "use the option --access-log of gatehouse serve.");
        if (!log.format.empty()) checkFormat(sink.key("stringFormat"), log.format);
        for (const auto& [name, format] : log.fields) checkFormat(sink.key("jsonFormat"), format);
    }

    void checkHttp() const {
        const auto& http = block.http;
        if (block.has("httpSettings.healthCheck") && !http.healthCheckPath.empty() && http.healthCheckPath.front() != '/')
            findings.error(codes::kListenerPolicy, object, at("httpSettings.healthCheck").key("path"),
                           "The path of the health check must begin with a slash.");
        for (const auto& log : http.accessLogs)
            if (log.fileSink) checkLog(log);
        for (std::size_t i = 0; i < http.upgrades.size(); ++i)
            if (lowerCase(http.upgrades[i]) != "websocket")
                notRun(at("httpSettings.upgradeConfig").key("enabledUpgrades").index(i),
                       fmt::format("Valid, but this version does not change to {}: only to websocket.", http.upgrades[i]));
        const auto details = at("httpSettings.forwardClientCertDetails");
        const auto* node = object.root->at(details);
        const auto mode = textOf(node, "mode", "Sanitize");
        if (!block.has("httpSettings.forwardClientCertDetails")) return;
        if (mode != "Sanitize")
            notRun(details.key("mode"), "Valid, but not run by this version: upstreams are told nothing of the client's certificate.");
        if (memberOf(node, "details") && memberOf(node, "mode") && mode != "AppendForward" && mode != "SanitizeSet")
            findings.error(codes::kListenerPolicy, object, details.key("details"),
                           "details needs the mode AppendForward or SanitizeSet.");
    }

    void checkEarly() const {
        const auto early = at("httpSettings.earlyRequestHeaderModifier");
        if (!block.has("httpSettings.earlyRequestHeaderModifier")) return;
        for (auto& found : checkHeaderChanges(object.root->at(early), early, Changes::Request))
            findings.warn(found.code, object, found.at, std::move(found.message));
    }

    void checkConnections() const {
        using std::chrono::seconds;
        const auto keepAlive = at("tcpKeepalive");
        const auto* node = block.has("tcpKeepalive") ? object.root->at(keepAlive) : nullptr;
        if (memberOf(node, "keepAliveTime") && block.tcpKeepAlive.time < seconds(1))
            findings.error(codes::kListenerPolicy, object, keepAlive.key("keepAliveTime"), "keepAliveTime must be at least 1 second.");
        if (memberOf(node, "keepAliveInterval") && block.tcpKeepAlive.interval < seconds(1))
            findings.error(codes::kListenerPolicy, object, keepAlive.key("keepAliveInterval"),
                           "keepAliveInterval must be at least 1 second.");
        for (std::size_t i = 0; i < block.clientCaRefs.size(); ++i) {
            const auto& ref = block.clientCaRefs[i];
            const auto path = at("clientCertificateValidation").key("caCertificateRefs").index(i);
            if (!referenceGranted(findings.set, object.key, ref.key()))
                findings.error(codes::kNoGrant, object, path,
                               fmt::format("{} lies in another namespace; a ReferenceGrant there must permit it. No client is "
                                           "let in by it.", ref.key().display()));
            else if (const auto checked = checkCaBundle(findings.set, ref); !checked)
                findings.error(codes::kAuthorities, object, path, checked.error().message + " No client is let in by it.");
        }
    }
};

}  // namespace

void validateListenerPolicy(Findings& findings, const Object& object) {
    const auto policy = decodeListenerPolicy(object);
    if (!policy) return;
    checkTargets(findings, object, *policy);
    for (const auto& entry : policy->blocks) {
        const Block block{findings, object, entry};
        block.checkForwarded();
        block.checkHttp();
        block.checkEarly();
        block.checkConnections();
    }
    std::set<std::uint16_t> ports;
    const auto& listed = itemsOf(memberOf(object.root.get(), "spec"), "perPort");
    for (std::size_t i = 0; i < listed.size(); ++i)
        if (const auto port = portOf(&listed[i], "port"); port && !ports.insert(*port).second)
            findings.error(codes::kListenerPolicy, object, FieldPath().key("spec").key("perPort").index(i).key("port"),
                           fmt::format("Port {} is listed twice; the first one counts.", *port));
}

}  // namespace gatehouse::config
