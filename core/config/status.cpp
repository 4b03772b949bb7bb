// Conditions of Gateways and HTTPRoutes, from the attachments and resolutions that everybody shares.
#include "config/status.h"

#include "config/memo.h"
#include "config/relations.h"
#include "config/route_rules.h"
#include "config/status_policies.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::config {
namespace {

class StatusWriter {
  public:
    explicit StatusWriter(const ObjectSet& set) : set_(set), attachments_(attachments(set)) {
        for (std::size_t i = 0; i < attachments_.size(); ++i) {
            byRoute_[attachments_[i].route].push_back(i);
            byGateway_[attachments_[i].gateway].push_back(i);
        }
    }

    std::vector<ObjectStatus> run() {
        std::vector<ObjectStatus> out;
        std::set<ObjectKey> seen;
        for (const auto& object : set_.objects) {
            if (object.schema == nullptr || !seen.insert(object.key).second) continue;
            ObjectStatus status;
            status.object = object.key;
            if (object.key.kind == "Gateway")
                gateway(object, status);
            else if (object.key.kind == "HTTPRoute")
                route(object, status);
            else if (!policyStatus(set_, object, status))
                continue;
            out.push_back(std::move(status));
        }
        addPoolParents(out);
        for (auto& status : out) observe(status);
        return out;
    }

  private:
    void observe(ObjectStatus& status) const {
        const auto* object = set_.find(status.object);
        const auto set = [&](std::vector<Condition>& conditions) {
            for (auto& condition : conditions)
                condition.observedGeneration = object != nullptr ? object->generation : 1;
        };
        set(status.conditions);
        for (auto& listener : status.listeners) set(listener.conditions);
        for (auto& parent : status.parents) set(parent.conditions);
    }

    void gateway(const Object& object, ObjectStatus& status) const {
        const auto spec = decodeGateway(object);
        if (!spec) {
            status.conditions = {{"Accepted", false, "Invalid", spec.error().message},
                                 {"Programmed", false, "Invalid", spec.error().message}};
            return;
        }
        const auto states = judgeListeners(set_, *spec);
        std::size_t good = 0;
        bool resolved = true;
        for (std::size_t i = 0; i < states.size(); ++i) {
            status.listeners.push_back(listener(*spec, spec->listeners[i], states[i]));
            good += states[i].usable() && !states[i].lacksCertificate() ? 1 : 0;
            resolved = resolved && states[i].refReason == "ResolvedRefs";
        }
        const bool all = good == states.size() && good > 0;
        status.conditions.push_back(
            {"Accepted", good > 0, all ? "Accepted" : "ListenersNotValid",
             all ? "All listeners are valid."
                 : fmt::format("{} of {} listeners are valid; see their conditions.", good, states.size())});
        status.conditions.push_back(
            {"ResolvedRefs", resolved, resolved ? "ResolvedRefs" : "ListenersNotResolved",
             resolved ? "All references resolve." : "A listener refers to what cannot be used; see its conditions."});
        status.conditions.push_back({"Programmed", good > 0, good > 0 ? "Programmed" : "Invalid",
                                     good > 0 ? "The data plane serves it." : "No listener can be served."});
    }

    ListenerStatus listener(const GatewaySpec& gateway, const ListenerSpec& spec, const ListenerState& state) const {
        ListenerStatus status;
        status.name = spec.name;
        status.supportedKinds = state.supportedKinds;
        status.attachedRoutes = attachedRoutes(gateway.key, spec.name);
        std::string reason = "Accepted";
        std::string message = "The listener is valid.";
        if (state.conflicted) {
            reason = state.conflictReason;
            message = state.conflictMessage;
        } else if (!state.served) {
            reason = "UnsupportedProtocol";
            message = fmt::format("Protocol {} is not served by this version; use HTTP.", spec.protocol);
        }
        status.conditions.push_back({"Accepted", state.usable(), reason, message});
        status.conditions.push_back(
            {"Conflicted", state.conflicted, state.conflicted ? state.conflictReason : "NoConflicts",
             state.conflicted ? state.conflictMessage : "No other listener of this Gateway is in its way."});
        const bool resolved = state.refReason == "ResolvedRefs";
        status.conditions.push_back(
            {"ResolvedRefs", resolved, state.refReason, resolved ? "All references resolve." : state.refMessage});
        const bool programmed = state.usable() && !state.lacksCertificate() && !state.supportedKinds.empty();
        status.conditions.push_back(
            {"Programmed", programmed, programmed ? "Programmed" : "Invalid",
             programmed ? "The data plane serves it." : "It is not served until the other conditions are met."});
        return status;
    }

    /// Routes, not references: a route that names the listener twice counts once; unresolved backends do not matter.
    int attachedRoutes(const ObjectKey& gateway, const std::string& listener) const {
        const auto found = byGateway_.find(gateway);
        if (found == byGateway_.end()) return 0;
        std::set<ObjectKey> routes;
        for (const auto i : found->second)
            if (attachments_[i].accepted && attachments_[i].listener == listener) routes.insert(attachments_[i].route);
        return static_cast<int>(routes.size());
    }

    void route(const Object& object, ObjectStatus& status) {
        const auto memo = routeMemo(object);
        const auto& spec = memo->spec;
        if (!spec) return;
        const auto refs = resolvedRefs(*spec);
        const auto rules = brokenRules(*memo);
        for (const auto& rule : spec->rules)
            for (const auto& ref : rule.backendRefs)
                if (ref.kind == "InferencePool") poolUsers_[ref.key()].insert(spec->key);
        for (std::size_t i = 0; i < spec->parentRefs.size(); ++i) {
            const auto& ref = spec->parentRefs[i];
            if (ref.group != kGatewayApiGroup || ref.kind != "Gateway") continue;  // Another controller's business.
            ParentStatus parent;
            parent.parent = ref.key().display() + (ref.sectionName.empty() ? "" : "/" + ref.sectionName);
            auto accepted = acceptance(spec->key, i);
            if (accepted.status && rules.broken > 0 && rules.broken == spec->rules.size())
                accepted = {"Accepted", false, rules.reason, rules.message};
            parent.conditions.push_back(std::move(accepted));
            parent.conditions.push_back(refs);
            if (rules.broken > 0 && rules.broken < spec->rules.size())
                parent.conditions.push_back({"PartiallyInvalid", true, rules.reason, "Dropped Rule " + rules.message});
            status.parents.push_back(std::move(parent));
        }
    }

    Condition acceptance(const ObjectKey& route, std::size_t parent) const {
        const Attachment* refusal = nullptr;
        const auto found = byRoute_.find(route);
        if (found != byRoute_.end())
            for (const auto i : found->second) {
                const auto& attachment = attachments_[i];
                if (attachment.parentIndex != parent) continue;
                if (attachment.accepted) return {"Accepted", true, "Accepted", attachment.message};
                // A hostname that fits nowhere is the nearer miss.
                if (refusal == nullptr || attachment.reason == "NoMatchingListenerHostname") refusal = &attachment;
            }
        if (refusal == nullptr) return {"Accepted", false, "NoMatchingParent", "The parent has no listener."};
        return {"Accepted", false, refusal->reason, refusal->message};
    }

    Condition resolvedRefs(const HttpRouteSpec& route) const {
        for (const auto& rule : route.rules) {
            for (const auto& ref : rule.backendRefs) {
                const auto resolution =
                    resolveBackend(set_, route.key,
                                   {ref.group, ref.kind, ref.ns, ref.name, ref.port.has_value(), ref.port.value_or(0)});
                if (!resolution.ok) return {"ResolvedRefs", false, resolution.reason, resolution.message};
            }
            for (const auto& filter : rule.filters) {
                if (!filter.extension) continue;
                const auto resolution = resolveExtension(set_, *filter.extension);
                if (!resolution.ok) return {"ResolvedRefs", false, resolution.reason, resolution.message};
            }
        }
        return {"ResolvedRefs", true, "ResolvedRefs", "All references resolve."};
    }

    struct Broken {
        std::size_t broken = 0;
        std::string reason;
        std::string message;
    };
    static Broken brokenRules(const RouteMemo& route) {
        Broken result;
        for (const auto& findings : route.findings) {
            const auto error = std::find_if(findings.begin(), findings.end(), [](const RouteFinding& finding) {
                return finding.severity == Severity::Error;
            });
            if (error == findings.end()) continue;
            if (result.broken++ == 0) {
                result.reason = error->reason;
                result.message = fmt::format("{}: {}", error->at.toString(), error->message);
            }
        }
        return result;
    }

    /// A pool's status has one entry per Gateway whose routes send it requests (Inference Extension v1).
    void addPoolParents(std::vector<ObjectStatus>& out) const {
        for (auto& status : out) {
            const auto users = poolUsers_.find(status.object);
            if (users == poolUsers_.end()) continue;
            std::set<ObjectKey> gateways;
            for (const auto& route : users->second)
                if (const auto found = byRoute_.find(route); found != byRoute_.end())
                    for (const auto i : found->second)
                        if (attachments_[i].accepted) gateways.insert(attachments_[i].gateway);
            for (const auto& gateway : gateways) status.parents.push_back({gateway.display(), status.conditions});
        }
    }

    const ObjectSet& set_;
    std::vector<Attachment> attachments_;
    std::map<ObjectKey, std::vector<std::size_t>> byRoute_;
    std::map<ObjectKey, std::vector<std::size_t>> byGateway_;
    std::map<ObjectKey, std::set<ObjectKey>> poolUsers_;
};

}  // namespace

std::vector<ObjectStatus> computeStatus(const ObjectSet& set) {
    return StatusWriter(set).run();
}

}  // namespace gatehouse::config
