// Conditions of every kind, from the attachments and resolutions that everybody shares. Here: which object gets what, and
// the routes; status_gateway.cpp, status_class.cpp and status_policies.cpp hold the rest.
#include "config/status.h"

#include "config/agentgateway_model.h"
#include "config/agentgateway_targets.h"
#include "config/backend_policy.h"
#include "config/backend_tls.h"
#include "config/fields.h"
#include "config/listener_policy.h"
#include "config/memo.h"
#include "config/relations.h"
#include "config/route_refs.h"
#include "config/route_rules.h"
#include "config/status_gateway.h"
#include "config/status_policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

namespace gatehouse::config {
namespace {

class StatusWriter {
  public:
    explicit StatusWriter(const ObjectSet& set)
        : set_(set), attachments_(attachments(set)), gateways_(mergeListeners(set)), tlsPolicies_(set) {
        noteUnreadable();
        noteBrokenRoutes();
        for (std::size_t i = 0; i < attachments_.size(); ++i) {
            const auto& attachment = attachments_[i];
            byRoute_[attachment.route].push_back(i);
            // A listener counts the routes whose Accepted is True.
            if (attachment.accepted && !brokenRoutes_.contains(attachment.route))
                attached_[{attachment.owner, attachment.listener}].insert(attachment.route);
        }
        backendPolicies_ = !tlsPolicies_.all().empty() || !set.ofKind("BackendConfigPolicy").empty() ||
                           !set.ofKind("AgentgatewayPolicy").empty();
        for (const auto& gateway : gateways_) gatewayByKey_.emplace(gateway.spec.key, &gateway);
    }

    std::vector<ObjectStatus> run() {
        std::vector<ObjectStatus> out;
        std::set<ObjectKey> seen;
        for (const auto& object : set_.objects) {
            if (object.schema == nullptr || !seen.insert(object.key).second) continue;
            ObjectStatus status;
            status.object = object.key;
            if (write(object, status)) out.push_back(std::move(status));
        }
        addAncestors(out);
        for (auto& status : out) observe(status);
        return out;
    }

  private:
    bool write(const Object& object, ObjectStatus& status) {
        const auto& kind = object.key.kind;
        if (kind == "Gateway") {
            gateway(object, status);
        } else if (kind == "ListenerSet") {
            listenerSet(object, status);
        } else if (kind == "HTTPRoute" || kind == "GRPCRoute") {
            const auto memo = routeMemo(object);
            if (memo->spec) route(memo->spec->key, memo->spec->parentRefs, memo->spec->rules, memo->findings, status);
        } else if (kind == "TLSRoute") {
            if (const auto spec = decodeTlsRoute(object)) route(spec->key, spec->parentRefs, spec->rules, {}, status);
        } else if (kind == agentgateway::kModelKind) {
            if (!modelAttachments_) modelAttachments_ = agentgateway::modelAttachments(set_);
            agentgateway::agentgatewayModelStatus(set_, *modelAttachments_, object, status);
        } else if (kind != "BackendTLSPolicy") {  // Its status is all parents; see addAncestors().
            return policyStatus(set_, object, status);
        }
        return true;
    }

    void observe(ObjectStatus& status) const {
        const auto* object = set_.find(status.object);
        const bool dated = object != nullptr && isTimestamp(object->creationTimestamp);
        const auto since = dated ? object->creationTimestamp : std::string("1970-01-01T00:00:00Z");
        const auto set = [&](std::vector<Condition>& conditions) {
            for (auto& condition : conditions) {
                condition.observedGeneration = object != nullptr ? object->generation : 1;
                condition.lastTransitionTime = since;
            }
        };
        set(status.conditions);
        for (auto& listener : status.listeners) set(listener.conditions);
        for (auto& parent : status.parents) {
            set(parent.conditions);
            parent.controllerName = controllerOf(parent.ref);
        }
    }

    /// RFC 3339, roughly: what a cluster writes.
    static bool isTimestamp(std::string_view text) { return text.size() >= 20 && text[4] == '-' && text[10] == 'T'; }

    void gateway(const Object& object, ObjectStatus& status) const {
        if (const auto found = gatewayByKey_.find(object.key); found != gatewayByKey_.end())
            return gatewayStatus(set_, *found->second, attached_, status);
        const auto message = object.key.display() + " has no spec that can be read; see the diagnostics.";
        status.conditions = {{"Accepted", false, "Invalid", message}, {"Programmed", false, "Invalid", message}};
    }

    void listenerSet(const Object& object, ObjectStatus& status) const {
        const auto spec = decodeListenerSet(object);
        if (!spec) {
            status.conditions = {{"Accepted", false, "Invalid", spec.error().message},
                                 {"Programmed", false, "Invalid", spec.error().message}};
            return;
        }
        const auto parent = gatewayByKey_.find(spec->parent.key());
        listenerSetStatus(*spec, parent == gatewayByKey_.end() ? nullptr : parent->second, attached_, status);
    }

    // ---- Routes.

    using Findings = std::vector<std::vector<RouteFinding>>;

    void route(const ObjectKey& key, const std::vector<ParentRef>& parentRefs, const std::vector<RouteRule>& rules,
               const Findings& findings, ObjectStatus& status) {
        Condition refs{"ResolvedRefs", true, "ResolvedRefs", "All references resolve."};
        std::set<std::size_t> unguarded;  // Rules whose authoriser cannot be asked: they answer errors alone.
        std::string unguardedMessage;
        forEachReference(rules, [&](const RouteReference& reference) {
            noteUse(key, reference);
            const auto resolution = resolve(set_, key, reference);
            if (resolution.ok) return;
            if (refs.status) refs = {"ResolvedRefs", false, resolution.reason, resolution.message};
            if (reference.use != RouteReference::Use::Auth) return;
            if (unguarded.insert(reference.rule).second && unguardedMessage.empty())
                unguardedMessage = fmt::format("{}: {}", reference.at().toString(), resolution.message);
        });
        const auto broken = brokenRules(key, findings);
        auto partial = broken.rules;
        partial.insert(unguarded.begin(), unguarded.end());
        for (std::size_t i = 0; i < parentRefs.size(); ++i) {
            const auto& ref = parentRefs[i];
            const bool ours = ref.group == kGatewayApiGroup && (ref.kind == "Gateway" || ref.kind == "ListenerSet");
            if (!ours) continue;  // Another controller's business.
            ParentStatus parent;
            parent.parent = ref.key().display() + (ref.sectionName.empty() ? "" : "/" + ref.sectionName) +
                            (ref.port ? fmt::format(":{}", *ref.port) : "");
            parent.ref = ref.key();
            parent.sectionName = ref.sectionName;
            parent.port = ref.port;
            auto accepted = acceptance(key, i);
            if (accepted.status && brokenRoutes_.contains(key))
                accepted = {"Accepted", false, broken.reason, broken.message};
            parent.conditions.push_back(std::move(accepted));
            parent.conditions.push_back(refs);
            if (!partial.empty() && partial.size() < rules.size())
                parent.conditions.push_back({"PartiallyInvalid", true, broken.rules.empty() ? "UnsupportedValue" : broken.reason,
                                             "Dropped Rule " + (broken.rules.empty() ? unguardedMessage : broken.message)});
            status.parents.push_back(std::move(parent));
        }
    }

    Condition acceptance(const ObjectKey& route, std::size_t parent) const {
        const Attachment* refusal = nullptr;
        std::vector<const Attachment*> taken;
        const auto found = byRoute_.find(route);
        if (found != byRoute_.end())
            for (const auto i : found->second) {
                const auto& attachment = attachments_[i];
                if (attachment.parentIndex != parent) continue;
                if (attachment.accepted) taken.push_back(&attachment);
                else if (refusal == nullptr || nearness(attachment.reason) > nearness(refusal->reason)) refusal = &attachment;
            }
        if (taken.size() == 1) return {"Accepted", true, "Accepted", taken.front()->message};
        if (!taken.empty()) {
            std::vector<std::string_view> names;
            for (const auto* attachment : taken) names.push_back(attachment->listener);
            return {"Accepted", true, "Accepted", fmt::format("Attached to listeners {}.", fmt::join(names, ", "))};
        }
        if (refusal == nullptr) return {"Accepted", false, "NoMatchingParent", "The parent has no listener; give it one."};
        return {"Accepted", false, refusal->reason, refusal->message};
    }

    /// Of the listeners that refused a route the one that nearly took it has the most to tell.
    static int nearness(const std::string& reason) {
        if (reason == "HostnameConflict") return 3;
        if (reason == "NoMatchingListenerHostname") return 2;
        return reason == "NotAllowedByListeners" ? 1 : 0;
    }

    struct Broken {
        std::set<std::size_t> rules;
        std::string reason;
        std::string message;
    };
    Broken brokenRules(const ObjectKey& route, const Findings& rules) const {
        Broken result;
        const auto breaks = [&](std::size_t rule, const std::string& reason, const std::string& at, const std::string& message) {
            if (result.rules.empty()) {
                result.reason = reason;
                result.message = fmt::format("{}: {}", at, message);
            }
            result.rules.insert(rule);
        };
        const auto unread = unreadable_.find(route);
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const auto& findings = rules[i];
            const auto error = std::find_if(findings.begin(), findings.end(), [](const RouteFinding& finding) {
                return finding.severity == Severity::Error;
            });
            if (error != findings.end()) breaks(i, error->reason, error->at.toString(), error->message);
            if (unread == unreadable_.end()) continue;
            if (const auto found = unread->second.find(i); found != unread->second.end())
                breaks(i, "UnsupportedValue", found->second->fieldPath, found->second->message);
        }
        return result;
    }

    /// Values in a rule that reading could not take (a type that does not exist) break it; one of a backend breaks that backend.
    void noteUnreadable() {
        constexpr std::string_view kRules = "spec.rules[";
        for (const auto& finding : set_.diagnostics) {
            const std::string_view path = finding.fieldPath;
            if (finding.severity != Severity::Error || !path.starts_with(kRules)) continue;
            std::size_t rule = 0;
            const auto* end = path.data() + path.size();
            const auto [rest, error] = std::from_chars(path.data() + kRules.size(), end, rule);
            if (error != std::errc{} || std::string_view(rest, end).starts_with("].backendRefs")) continue;
            unreadable_[finding.object].emplace(rule, &finding);
        }
    }

    /// Routes without one rule that can serve.
    void noteBrokenRoutes() {
        for (const auto* kind : {"HTTPRoute", "GRPCRoute"})
            for (const auto* object : set_.ofKind(kind)) {
                if (object->schema == nullptr) continue;
                const auto memo = routeMemo(*object);
                if (memo->spec && !memo->findings.empty() && brokenRules(object->key, memo->findings).rules.size() == memo->findings.size())
                    brokenRoutes_.insert(object->key);
            }
    }

    // ---- What stands behind routes.

    /// Only of what reports by whom it is used: pools, extensions, and backends where there are policies on backends.
    void noteUse(const ObjectKey& route, const RouteReference& reference) {
        const bool backend = reference.use != RouteReference::Use::Extension && reference.target->kind != "InferencePool";
        if (!backend || backendPolicies_) backendUsers_[reference.target->key()].insert(route);
    }

    /// The Gateways whose accepted routes send requests to a backend.
    std::set<ObjectKey> gatewaysOf(const ObjectKey& backend) const {
        std::set<ObjectKey> gateways;
        const auto users = backendUsers_.find(backend);
        if (users == backendUsers_.end()) return gateways;
        for (const auto& route : users->second) addGatewaysOfRoute(route, gateways);
        return gateways;
    }

    void addGatewaysOfRoute(const ObjectKey& route, std::set<ObjectKey>& gateways) const {
        const auto found = byRoute_.find(route);
        if (found == byRoute_.end()) return;
        for (const auto i : found->second)
            if (attachments_[i].accepted) gateways.insert(attachments_[i].gateway);
    }

    /// A pool's status has one entry per Gateway whose routes send it requests (Inference Extension v1), and so has a
    /// policy's (PolicyStatus.ancestors); a policy that no Gateway uses stands under its targets.
    void addAncestors(std::vector<ObjectStatus>& out) const {
        std::map<ObjectKey, const BackendTlsPolicies::Policy*> policies;
        for (const auto& policy : tlsPolicies_.all()) policies.emplace(policy.spec.key, &policy);
        for (auto& status : out) {
            const auto& kind = status.object.kind;
            if (kind == "InferencePool" || kind == "DirectResponse") {
                addParents(status, gatewaysOf(status.object), status.conditions);
            } else if (kind == "BackendTLSPolicy") {
                const auto found = policies.find(status.object);
                if (found == policies.end()) continue;
                const auto& policy = *found->second;
                std::set<ObjectKey> ancestors;
                std::set<ObjectKey> targets;
                for (const auto& target : policy.spec.targets) targets.insert(target.key());
                for (const auto& target : targets) ancestors.merge(gatewaysOf(target));
                addParents(status, ancestors.empty() ? targets : ancestors,
                           {{"Accepted", policy.accepted, policy.reason, policy.message},
                            {"ResolvedRefs", policy.refReason == "ResolvedRefs", policy.refReason, policy.refMessage}});
            } else if (kind == "TrafficPolicy" || kind == "BackendConfigPolicy" || kind == "AgentgatewayPolicy" ||
                       isListenerPolicy(status.object)) {
                addParents(status, ancestorsOf(status.object), status.conditions);
            }
        }
    }

    void addParents(ObjectStatus& status, const std::set<ObjectKey>& keys, const std::vector<Condition>& conditions) const {
        for (const auto& key : keys) {
            ParentStatus parent;
            parent.parent = key.display();
            parent.ref = key;
            parent.conditions = conditions;
            status.parents.push_back(std::move(parent));
        }
    }

    std::set<ObjectKey> ancestorsOf(const ObjectKey& key) const {
        std::set<ObjectKey> targets;
        std::set<ObjectKey> ancestors;
        const auto* object = set_.find(key);
        if (object == nullptr) return ancestors;
        if (isListenerPolicy(key)) {
            if (const auto spec = decodeListenerPolicy(*object)) {
                for (const auto& target : spec->targets) targets.insert({target.group, target.kind, key.ns, target.name});
                for (const auto* gateway : set_.ofKind("Gateway"))
                    if (!spec->sectionsOf(*gateway).empty()) targets.insert(gateway->key);
            }
        } else if (key.kind == "TrafficPolicy") {
            if (const auto spec = decodeTrafficPolicy(*object))
                for (const auto& target : spec->targets) targets.insert({target.group, target.kind, key.ns, target.name});
            ancestors = gatewaysOf(key);  // Of the routes that name it as an extension.
        } else if (key.kind == "AgentgatewayPolicy") {
            if (const auto spec = agentgateway::decodePolicy(*object))
                for (const auto& reached : agentgateway::reachOf(set_, *object, *spec).reached) targets.insert(reached.object->key);
        } else if (const auto spec = decodeBackendConfigPolicy(*object)) {
            for (const auto& target : spec->targets) targets.insert({target.group, target.kind, key.ns, target.name});
            for (const auto* kind : {"Service", "Backend"})
                for (const auto* backend : set_.ofKind(kind))
                    if (reaches(*spec, *backend)) targets.insert(backend->key);
        }
        for (const auto& target : targets) {
            if (target.kind == "Gateway" && gatewayByKey_.contains(target)) ancestors.insert(target);
            else if (byRoute_.contains(target)) addGatewaysOfRoute(target, ancestors);
            else ancestors.merge(gatewaysOf(target));
        }
        return ancestors.empty() ? targets : ancestors;
    }

    /// By the class of the Gateway that an entry leads to.
    std::string controllerOf(const ObjectKey& parent) const {
        auto gateway = parent;
        if (parent.kind == "ListenerSet")
            if (const auto* object = set_.find(parent))
                if (const auto spec = decodeListenerSet(*object)) gateway = spec->parent.key();
        const auto found = gatewayByKey_.find(gateway);
        if (found == gatewayByKey_.end()) return kController;
        const auto* object = set_.find({kGatewayApiGroup, "GatewayClass", "", found->second->spec.className});
        const auto name = object != nullptr ? textOf(memberOf(object->root.get(), "spec"), "controllerName") : std::string();
        return name.empty() ? std::string(kController) : name;
    }

    const ObjectSet& set_;
    const std::vector<Attachment> attachments_;
    std::optional<std::vector<Attachment>> modelAttachments_;  ///< Once a model was met.
    const std::vector<GatewayListeners> gateways_;
    const BackendTlsPolicies tlsPolicies_;
    std::map<ObjectKey, const GatewayListeners*> gatewayByKey_;
    std::map<ObjectKey, std::vector<std::size_t>> byRoute_;
    AttachedRoutes attached_;
    std::map<ObjectKey, std::map<std::size_t, const Diagnostic*>> unreadable_;
    std::set<ObjectKey> brokenRoutes_;
    bool backendPolicies_ = false;
    std::map<ObjectKey, std::set<ObjectKey>> backendUsers_;
};

}  // namespace

std::vector<ObjectStatus> computeStatus(const ObjectSet& set) {
    return StatusWriter(set).run();
}

}  // namespace gatehouse::config
