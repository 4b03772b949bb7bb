#include "policies/policy_rows.h"

#include "config/agentgateway.h"
#include "config/backend_policy.h"
#include "config/listener_policy.h"
#include "editors/workspace_facts.h"
#include "models/core_sentence.h"
#include "route/listener_settings.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>
#include <type_traits>

namespace gatehouse::ui {
namespace {

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(PolicyRows)
};
QString toQString(const std::string& text) { return QString::fromStdString(text); }

config::ObjectKey keyOf(const config::PolicyTarget& target, const std::string& ns) { return {target.group, target.kind, ns, target.name}; }

bool hasSection(const config::Object& object, const config::PolicyTarget& target) {
    if (target.sectionName.empty()) return true;
    if (target.kind == "Gateway") {
        const auto gateway = config::decodeGateway(object);
        return gateway && std::any_of(gateway->listeners.begin(), gateway->listeners.end(), [&](const auto& l) { return l.name == target.sectionName; });
    }
    const auto route = config::decodeHttpRoute(object);
    return route && std::any_of(route->rules.begin(), route->rules.end(), [&](const auto& r) { return r.name == target.sectionName; });
}

/// Why a target that no rule answers for is not reached.
QString whyNot(const config::ObjectSet& objects, const std::vector<config::Attachment>& attachments, const config::PolicyTarget& target,
               const std::string& ns) {
    const auto key = keyOf(target, ns);
    const auto* object = objects.find(key);
    if (!object) return Words::tr("%1 does not exist. Create it, or correct the name in targetRefs.").arg(toQString(key.display()));
    if (!hasSection(*object, target))
        return target.kind == "Gateway" ? Words::tr("%1 has no listener named %2.").arg(toQString(key.display()), toQString(target.sectionName))
                                        : Words::tr("%1 has no rule named %2.").arg(toQString(key.display()), toQString(target.sectionName));
    if (target.kind == "HTTPRoute") {
        const bool attached = std::any_of(attachments.begin(), attachments.end(), [&](const auto& a) { return a.route == key && a.accepted; });
        if (!attached) return Words::tr("The route is attached to no listener, so no request reaches it.");
        return Words::tr("None of its rules sends requests to a model, so there is nothing to guard.");
    }
    return Words::tr("No route below it sends requests to a model, so there is nothing to guard.");
}

/// Names of the settings of a policy that is no TrafficPolicy, as they are written; blocks are not settings.
void addSettings(const text::yaml::Node& node, QStringList& names) {
    for (const auto& entry : node.entries) {
        const auto& name = entry.key.value;
        if (name == "targetRefs" || name == "targetSelectors" || name == "port" || entry.value.isNull()) continue;
        if (name == "perPort") {
            for (const auto& item : entry.value.items) addSettings(item, names);
        } else if (name == "default" || name == "listener" || name == "httpSettings" || name == "traffic" || name == "backend" || name == "ai") {
            addSettings(entry.value, names);
        } else if (!names.contains(toQString(name))) {
            names << toQString(name);
        }
    }
}

/// Targets by name, then by labels: both kinds of policy say them alike.
template <class Spec>
QString targetsText(const Spec& spec) {
    QStringList targets;
    for (const auto& target : spec.targets) targets << targetText(target);
    if constexpr (requires { spec.selectors; })
        if (!spec.selectors.empty()) targets << Words::tr("by %n selector(s)", nullptr, static_cast<int>(spec.selectors.size()));
    return targets.isEmpty() ? Words::tr("no target") : targets.join(QStringLiteral(", "));
}

template <class Spec>
void tell(const config::Object& object, const Result<Spec>& spec, PolicyRow& row) {
    if (!spec) {
        row.problem = coreSentence(spec.error().message);
        row.severity = config::Severity::Error;
        return;
    }
    row.targets = targetsText(*spec);
    if constexpr (std::is_same_v<Spec, config::TrafficPolicySpec>) {
        row.effect = effectText(*spec);
    } else {
        QStringList names;
        if (const auto* body = object.root->find("spec")) addSettings(*body, names);
        row.effect = names.isEmpty() ? Words::tr("%1: sets nothing yet").arg(toQString(object.key.kind))
                                     : Words::tr("%1: sets %2").arg(toQString(object.key.kind), names.join(QStringLiteral(", ")));
    }
}

/// Where the settings of a ListenerPolicy or BackendConfigPolicy came to, and where others of them won.
class ReachOfSettings {
  public:
    explicit ReachOfSettings(const config::ObjectKey& policy) : policy_(policy) {}

    void add(const std::vector<route::Provenance>& provenance, const QString& where, const config::ObjectKey& object) {
        bool mentioned = false, effective = false;
        QStringList won, lost;
        for (const auto& entry : provenance) {
            if (entry.origin != policy_) continue;
            mentioned = true;
            effective = effective || entry.effective;
            auto& list = entry.effective ? won : lost;
            const auto text = entry.effective ? coreSentence(entry.reason) : QStringLiteral("%1: %2").arg(toQString(entry.field), coreSentence(entry.reason));
            if (!list.contains(text)) list << text;
        }
        if (!mentioned || !seen_.insert(where.toStdString()).second) return;
        auto why = (won + lost).join(QStringLiteral("; "));
        if (!why.isEmpty()) why[0] = why[0].toUpper();
        rows.push_back({effective, false, where, why, object});
    }
    std::vector<ReachRow> rows;

  private:
    const config::ObjectKey& policy_;
    std::set<std::string> seen_;
};

std::vector<ReachRow> settingsReach(const route::Snapshot& snapshot, const config::ObjectKey& policy) {
    ReachOfSettings reach(policy);
    for (const auto& port : snapshot.ports)
        for (const auto& listener : port.listeners)
            if (listener.settings)
                reach.add(listener.settings->provenance,
                          Words::tr("%1, listener %2").arg(toQString(listener.gateway.display()), toQString(listener.name)), listener.gateway);
    for (const auto& rule : snapshot.rules) reach.add(rule->provenance, toQString(rule->displayName), rule->route);
    for (const auto& rule : snapshot.rules)
        for (const auto& backend : rule->backends)
            if (backend.provenance) reach.add(*backend.provenance, toQString(backend.name), backend.object);
    if (reach.rows.empty())
        reach.rows.push_back({false, false, Words::tr("Nowhere"), Words::tr("No listener and no backend of a route is one that it names."), {}});
    std::stable_sort(reach.rows.begin(), reach.rows.end(), [](const ReachRow& a, const ReachRow& b) { return a.applies > b.applies; });
    return reach.rows;
}

}  // namespace

QString targetText(const config::PolicyTarget& target) {
    const auto section = target.sectionName.empty() ? QString() : QLatin1Char('/') + toQString(target.sectionName);
    return toQString(target.kind) + QLatin1Char(' ') + toQString(target.name) + section;
}

QString effectText(const config::TrafficPolicySpec& spec) {
    QStringList parts;
    if (spec.ai) {
        if (const auto& guard = spec.ai->requestGuard; guard && (!guard->builtins.empty() || !guard->matches.empty())) {
            QStringList what;
            for (const auto& builtin : guard->builtins) what << toQString(builtin);
            if (!guard->matches.empty()) what << Words::tr("%n own pattern(s)", nullptr, static_cast<int>(guard->matches.size()));
            const auto list = what.join(QStringLiteral(", "));
            parts << (guard->action == config::GuardAction::Mask ? Words::tr("masks %1").arg(list) : Words::tr("rejects %1").arg(list));
        }
        QStringList asked;
        for (const auto* hook : {&spec.ai->requestWebhook, &spec.ai->responseWebhook})
            if (*hook)
                if (const auto name = QStringLiteral("%1:%2").arg(toQString((*hook)->host.host)).arg((*hook)->host.port); !asked.contains(name)) asked << name;
        if (spec.ai->moderation) asked << Words::tr("a moderation", "after: asks");
        if (!asked.isEmpty()) parts << Words::tr("asks %1").arg(asked.join(QStringLiteral(", ")));
        const auto added = static_cast<int>(spec.ai->prepend.size() + spec.ai->append.size());
        if (added > 0) parts << Words::tr("adds %n message(s)", nullptr, added);
    }
    for (const auto& field : spec.unsupported) parts << Words::tr("%1 (not run)").arg(toQString(field));
    auto text = parts.isEmpty() ? Words::tr("does nothing yet") : parts.join(QStringLiteral(" · "));
    text[0] = text[0].toUpper();
    return text;
}

namespace {

/// The worst of what was found.
void addProblem(const std::vector<config::Diagnostic>& diagnostics, PolicyRow& row) {
    for (const auto& diagnostic : diagnostics) {
        if (diagnostic.object != row.key || diagnostic.severity == config::Severity::Info) continue;
        if (!row.problem.isEmpty() && diagnostic.severity <= row.severity) continue;
        row.problem = coreSentence(diagnostic.message);
        row.severity = diagnostic.severity;
    }
}

}  // namespace

std::vector<PolicyRow> policyRows(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics) {
    std::vector<PolicyRow> rows;
    for (const auto* kind : {"TrafficPolicy", "AgentgatewayPolicy", "ListenerPolicy", "HTTPListenerPolicy", "BackendConfigPolicy"})
        for (const auto* object : objects.ofKind(kind)) {
            if (!object->root || !counts(objects, *object)) continue;
            auto& row = rows.emplace_back();
            row.key = object->key;
            row.name = toQString(object->key.name);
            if (object->key.kind == "TrafficPolicy") tell(*object, config::decodeTrafficPolicy(*object), row);
            else if (object->key.kind == "AgentgatewayPolicy") tell(*object, config::agentgateway::decodePolicy(*object), row);
            else if (object->key.kind == "BackendConfigPolicy") tell(*object, config::decodeBackendConfigPolicy(*object), row);
            else tell(*object, config::decodeListenerPolicy(*object), row);
            addProblem(diagnostics, row);
        }
    return rows;
}

std::vector<ReachRow> policyReach(const config::ObjectSet& objects, const route::Snapshot& snapshot,
                                  const std::vector<config::Attachment>& attachments, const config::ObjectKey& policy) {
    if (policy.kind != "TrafficPolicy") return settingsReach(snapshot, policy);
    std::vector<ReachRow> rows;
    std::set<std::string> reached;  // Ids of routes that the policy came to, won or lost.
    std::set<std::string> seen;
    for (const auto& rule : snapshot.rules) {
        bool mentioned = false, effective = false;
        QStringList won, lost;
        for (const auto& entry : rule->provenance) {
            if (entry.origin != policy) continue;
            mentioned = true;
            effective = effective || entry.effective;
            auto text = entry.effective ? coreSentence(entry.reason) : QStringLiteral("%1: %2").arg(toQString(entry.field), coreSentence(entry.reason));
            auto& list = entry.effective ? won : lost;
            if (!list.contains(text)) list << text;
        }
        if (!mentioned) continue;
        reached.insert(rule->route.id());
        const bool broken = effective && !rule->broken.empty();
        if (broken) won.prepend(coreSentence(rule->broken));
        auto why = (won + lost).join(QStringLiteral("; "));
        if (!why.isEmpty()) why[0] = why[0].toUpper();
        const auto where = toQString(rule->displayName);
        if (!seen.insert(rule->id + (effective ? "+" : "-")).second) continue;
        rows.push_back({effective, broken, where, why, rule->route});
    }
    const auto* object = objects.find(policy);
    const auto spec = object ? config::decodeTrafficPolicy(*object) : Result<config::TrafficPolicySpec>(fail("gone", ""));
    if (!spec) return rows;
    const bool anything = spec->ai.has_value() || !spec->unsupported.empty();
    for (const auto& target : spec->targets) {
        const auto key = keyOf(target, policy.ns);
        const bool answered = target.kind == "HTTPRoute" ? reached.contains(key.id()) && objects.find(key) && hasSection(*objects.find(key), target)
                                                         : std::any_of(attachments.begin(), attachments.end(), [&](const auto& a) {
                                                               return a.accepted && a.gateway == key && reached.contains(a.route.id());
                                                           });
        if (answered) continue;
        const bool exists = objects.find(key) != nullptr;
        rows.push_back({false, false, targetText(target), anything || !exists ? whyNot(objects, attachments, target, policy.ns) : Words::tr("The policy sets nothing yet."), exists ? key : config::ObjectKey{}});
    }
    if (spec->targets.empty() && rows.empty())
        rows.push_back({false, false, Words::tr("No target"), Words::tr("Name a route or gateway in targetRefs, or refer to the policy from a rule's ExtensionRef filter."), {}});
    std::stable_sort(rows.begin(), rows.end(), [](const ReachRow& a, const ReachRow& b) { return a.applies > b.applies; });
    return rows;
}

}  // namespace gatehouse::ui
