#include "playground/playground_targets.h"

#include "config/agentgateway.h"
#include "config/gateway_api.h"
#include "config/policies.h"
#include "models/format.h"

#include <algorithm>
#include <optional>

namespace gatehouse::ui {
namespace {

bool leadsToModels(const config::ObjectSet& objects, const config::RouteRule& rule, QString& model) {
    const auto take = [&](const auto& groups) {
        for (const auto& group : groups)
            for (const auto& provider : group)
                if (model.isEmpty()) model = toQt(provider.model);
        return !groups.empty();
    };
    for (const auto& ref : rule.backendRefs) {
        if (ref.kind == "InferencePool") return true;
        const auto* object = objects.find(ref.key());
        if (object == nullptr) continue;
        if (ref.kind == "Backend") {
            if (const auto spec = config::decodeBackend(*object); spec && take(spec->llmGroups)) return true;
        } else if (ref.kind == "AgentgatewayBackend") {
            if (const auto spec = config::agentgateway::decodeBackend(*object); spec && take(spec->groups)) return true;
        }
    }
    return false;
}

/// The first listener of the route's Gateway, one without TLS before one that ends it; nothing where there is none.
std::optional<config::ListenerSpec> listenerOf(const config::ObjectSet& objects, const config::HttpRouteSpec& route) {
    std::optional<config::ListenerSpec> secured;
    const auto look = [&](const config::ParentRef& parent, const std::vector<config::ListenerSpec>& listeners) {
        for (const auto& listener : listeners) {
            if ((!parent.sectionName.empty() && parent.sectionName != listener.name) || (parent.port && *parent.port != listener.port)) continue;
            if (listener.protocol == "HTTP") return std::optional(listener);
            if (listener.protocol == "HTTPS" && !secured) secured = listener;
        }
        return std::optional<config::ListenerSpec>();
    };
    for (const auto& parent : route.parentRefs) {
        const auto* object = objects.find(parent.key());
        if (object == nullptr) continue;
        if (object->key.kind == "Gateway") {
            if (const auto gateway = config::decodeGateway(*object))
                if (auto found = look(parent, gateway->listeners)) return found;
        } else if (object->key.kind == "ListenerSet") {
            if (const auto set = config::decodeListenerSet(*object))
                if (auto found = look(parent, set->listeners)) return found;
        }
    }
    return secured;
}

/// The backends of a rule that draws one, with what share of its requests each is given.
QStringList armsOf(const config::RouteRule& rule) {
    QStringList arms;
    if (rule.backendRefs.size() < 2) return arms;
    std::uint64_t total = 0;
    for (const auto& ref : rule.backendRefs) total += static_cast<std::uint64_t>(ref.weight);
    for (const auto& ref : rule.backendRefs) {
        const double share = total == 0 ? 0 : 100.0 * static_cast<double>(ref.weight) / static_cast<double>(total);
        arms << QStringLiteral("%1 · %2").arg(toQt(ref.name), formatPercent(share));
    }
    return arms;
}

/// A host that the pattern covers.
std::string hostOf(const std::vector<std::string>& hostnames) {
    if (hostnames.empty()) return {};
    const auto& first = hostnames.front();
    return first.starts_with("*.") ? "playground" + first.substr(1) : first;
}

QString detailOf(const lab::PromptTarget& target) {
    QStringList words{toQt("POST " + target.path)};
    if (!target.host.empty()) words << toQt("Host: " + target.host);
    for (const auto& [name, value] : target.headers) words << toQt(name + ": " + value);
    return words.join(QStringLiteral(", "));
}

}  // namespace

std::string chatPathOf(const std::string& path, bool exact) {
    if (exact) return path;
    for (const char* known : {"/chat/completions", "/messages", "/v2/chat", "/api/chat"})
        if (path.ends_with(known)) return path;
    if (path.ends_with("/v1")) return path + "/chat/completions";
    return (path == "/" ? std::string() : path) + "/v1/chat/completions";
}

std::vector<PlaygroundTarget> playgroundTargets(const config::ObjectSet& objects) {
    std::vector<PlaygroundTarget> targets;
    for (const config::Object* object : objects.ofKind("HTTPRoute")) {
        const auto route = config::decodeHttpRoute(*object);
        if (!route) continue;
        const auto listener = listenerOf(objects, *route);
        for (std::size_t i = 0; i < route->rules.size(); ++i) {
            const auto& rule = route->rules[i];
            QString model;
            if (!leadsToModels(objects, rule, model)) continue;
            for (std::size_t m = 0; m < rule.matches.size(); ++m) {
                const auto& match = rule.matches[m];
                const bool plain = std::all_of(match.headers.begin(), match.headers.end(), [](const auto& header) { return header.type == config::ValueMatchType::Exact; });
                // What only a pattern describes cannot be written down as one request.
                if (!plain || match.path.type == config::PathMatchType::RegularExpression || !match.queryParams.empty() || (!match.method.empty() && match.method != "POST")) continue;
                PlaygroundTarget target;
                target.port = listener ? listener->port : 0;
                target.tls = listener && listener->protocol == "HTTPS";
                target.arms = armsOf(rule);
                target.model = model;
                target.target.host = hostOf(route->hostnames.empty() && listener && !listener->hostname.empty() ? std::vector{listener->hostname} : route->hostnames);
                target.target.path = chatPathOf(match.path.value, match.path.type == config::PathMatchType::Exact);
                for (const auto& header : match.headers) target.target.headers.emplace_back(header.name, header.value);
                target.name = toQt(route->key.name) + QStringLiteral(" · ") + (rule.name.empty() ? QStringLiteral("%1").arg(i + 1) : toQt(rule.name));
                if (rule.matches.size() > 1) target.name += QStringLiteral(" (%1)").arg(m + 1);
                target.detail = detailOf(target.target);
                targets.push_back(std::move(target));
            }
        }
    }
    return targets;
}

std::string addressOf(const PlaygroundTarget& target, const gateway::State& state) {
    std::string any;
    for (const auto& listener : state.listeners) {
        if (listener.address.empty()) continue;
        if (listener.logicalPort == target.port) return listener.address;
        if (any.empty()) any = listener.address;
    }
    return target.port == 0 ? any : std::string();
}

bool isLoopback(const std::string& address) {
    for (const char* prefix : {"127.", "[::1]", "localhost:", "0.0.0.0:", "[::]:"})
        if (address.starts_with(prefix)) return true;
    return false;
}

}  // namespace gatehouse::ui
