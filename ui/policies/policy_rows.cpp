#include "policies/policy_rows.h"

#include "editors/workspace_facts.h"
#include "models/core_sentence.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

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
        const auto added = static_cast<int>(spec.ai->prepend.size() + spec.ai->append.size());
        if (added > 0) parts << Words::tr("adds %n message(s)", nullptr, added);
    }
    for (const auto& field : spec.unsupported) parts << Words::tr("%1 (not run)").arg(toQString(field));
    auto text = parts.isEmpty() ? Words::tr("does nothing yet") : parts.join(QStringLiteral(" · "));
    text[0] = text[0].toUpper();
    return text;
}

std::vector<PolicyRow> policyRows(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics) {
    std::vector<PolicyRow> rows;
    for (const auto* object : objects.ofKind("TrafficPolicy")) {
        if (!counts(objects, *object)) continue;
        PolicyRow row;
        row.key = object->key;
        row.name = toQString(object->key.name);
        if (const auto spec = config::decodeTrafficPolicy(*object)) {
            QStringList targets;
            for (const auto& target : spec->targets) targets << targetText(target);
            row.targets = targets.isEmpty() ? Words::tr("no target") : targets.join(QStringLiteral(", "));
            row.effect = effectText(*spec);
        } else {
            row.problem = coreSentence(spec.error().message);
            row.severity = config::Severity::Error;
        }
        for (const auto& diagnostic : diagnostics)
            if (diagnostic.object == object->key && diagnostic.severity != config::Severity::Info && (row.problem.isEmpty() || diagnostic.severity > row.severity)) {
                row.problem = coreSentence(diagnostic.message);
                row.severity = diagnostic.severity;
            }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<ReachRow> policyReach(const config::ObjectSet& objects, const route::Snapshot& snapshot,
                                  const std::vector<config::Attachment>& attachments, const config::ObjectKey& policy) {
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
