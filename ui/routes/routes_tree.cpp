#include "routes/routes_tree.h"

#include "config/agentgateway.h"
#include "config/listener_policy.h"
#include "config/backend_tls.h"
#include "config/certificates.h"
#include "config/diagnostic_codes.h"
#include "config/gateway_api.h"
#include "config/policies.h"
#include "editors/object_text.h"
#include "models/core_sentence.h"
#include "routes/condition_list.h"
#include "routes/route_rules.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace gatehouse::ui {
namespace {

using config::Attachment;
using config::FieldPath;
using config::ObjectKey;
using Kind = RouteNode::Kind;

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(RoutesTree)
};
QString toQString(const std::string& text) { return QString::fromStdString(text); }

/// Kinds that the tree has places for.
constexpr std::array<std::string_view, 5> kTreeKinds = {"Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute", "TLSRoute"};
constexpr std::array<std::string_view, 2> kListenerPolicyKinds = {"ListenerPolicy", "HTTPListenerPolicy"};

/// A certificate that ends sooner than this is worth a word.
constexpr qint64 kSoonDays = 30;

const config::Condition* firstBad(const std::vector<config::Condition>& conditions) {
    const auto bad = std::find_if(conditions.begin(), conditions.end(), [](const auto& c) { return !isGoodCondition(c); });
    return bad == conditions.end() ? nullptr : &*bad;
}

QDateTime toTime(base::WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}
QString day(const QDateTime& time) { return QLocale().toString(time.date(), QLocale::ShortFormat); }

class Builder {
  public:
    explicit Builder(const RoutesTreeInput& input) : in_(input), tlsPolicies_(input.objects) {
        for (const auto& diagnostic : in_.diagnostics) diagnostics_[diagnostic.object.id()].push_back(&diagnostic);
        for (const auto& status : in_.statuses) statuses_[status.object.id()] = &status;
        for (const auto& attachment : in_.attachments) byRoute_[attachment.route.id()].push_back(&attachment);
        for (const auto& attachment : in_.attachments)
            if (attachment.accepted) byListener_[attachment.owner.id() + "#" + attachment.listener].push_back(&attachment);
        for (const auto* object : in_.objects.ofKind("ListenerSet"))
            if (counts(in_.objects, *object))
                if (const auto set = config::decodeListenerSet(*object)) setsOf_[set->parent.key().id()].push_back(object);
    }

    std::vector<RouteNode> build() {
        std::vector<RouteNode> out;
        for (const auto* object : in_.objects.ofKind("Gateway"))
            if (counts(in_.objects, *object)) out.push_back(gateway(*object));
        if (auto branch = unattached(); !branch.children.empty()) out.push_back(std::move(branch));
        if (auto branch = others(); !branch.children.empty()) out.push_back(std::move(branch));
        if (auto branch = leftOut(); !branch.children.empty()) out.push_back(std::move(branch));
        return out;
    }

  private:
    /// Worst finding at or below `path`: its health, and its sentence as the reason.
    void judge(RouteNode& node, const ObjectKey& key, const FieldPath& path, const QString& good) {
        node.health = Health::Ok;
        node.word = good;
        int warnings = 0;
        const auto found = diagnostics_.find(key.id());
        if (found == diagnostics_.end()) return;
        for (const auto* diagnostic : found->second) {
            if (!path.empty() && !isWithin(parsePath(diagnostic->fieldPath), path)) continue;
            if (diagnostic->severity == config::Severity::Error) {
                if (node.health == Health::Error) continue;
                node.health = Health::Error;
                node.word = Words::tr("Error");
                node.reason = coreSentence(diagnostic->message);
            } else if (diagnostic->severity == config::Severity::Warning) {
                ++warnings;
                if (node.health == Health::Ok) {
                    node.health = Health::Warning;
                    node.reason = coreSentence(diagnostic->message);
                }
                if (node.health == Health::Warning)
                    node.word = Words::tr("%n warning(s)", "state of a route", warnings);
            }
        }
    }

    void judgeConditions(RouteNode& node, const std::vector<config::Condition>& conditions) {
        if (const auto* bad = firstBad(conditions)) {
            node.health = Health::Error;
            node.word = toQString(bad->reason);
            node.reason = coreSentence(bad->message);
        }
    }

    RouteNode gateway(const config::Object& object) {
        RouteNode node;
        node.kind = Kind::Gateway;
        node.object = object.key;
        node.id = object.key.id();
        node.text = toQString(object.key.name);
        node.detail = toQString(object.key.ns);
        judge(node, object.key, {}, Words::tr("Programmed"));
        const auto status = statuses_.find(object.key.id());
        if (status != statuses_.end()) judgeConditions(node, status->second->conditions);
        const auto decoded = config::decodeGateway(object);
        if (!decoded) {
            node.health = Health::Error;
            node.word = Words::tr("Error");
            node.reason = coreSentence(decoded.error().message);
            return node;
        }
        for (std::size_t i = 0; i < decoded->listeners.size(); ++i)
            node.children.push_back(listener(object.key, decoded->listeners[i], i, status == statuses_.end() ? nullptr : status->second));
        for (const auto* set : setsOf_[object.key.id()]) node.children.push_back(listenerSet(*set, true, object.key.ns));
        addListenerPolicies(node, object);
        return node;
    }

    /// What policies make of the Gateway's listeners, before any route.
    void addListenerPolicies(RouteNode& under, const config::Object& gateway) {
        for (const auto kind : kListenerPolicyKinds)
            for (const auto* object : in_.objects.ofKind(kind)) {
                if (!config::isListenerPolicy(object->key) || !counts(in_.objects, *object)) continue;
                const auto spec = config::decodeListenerPolicy(*object);
                if (!spec) continue;
                const auto sections = spec->sectionsOf(gateway);
                if (sections.empty()) continue;
                RouteNode node;
                node.kind = Kind::Settings;
                node.object = object->key;
                node.id = under.id + ">" + object->key.id();
                node.text = toQString(object->key.name);
                QStringList named;
                for (const auto& section : sections)
                    if (!section.empty()) named << toQString(section);
                node.detail = named.size() < static_cast<int>(sections.size()) ? Words::tr("settings of every listener")
                                                                               : Words::tr("settings of %1", "%1 listeners").arg(named.join(QStringLiteral(", ")));
                judge(node, object->key, {}, Words::tr("Accepted", "state of a policy"));
                if (const auto status = statuses_.find(object->key.id()); status != statuses_.end()) judgeConditions(node, status->second->conditions);
                under.children.push_back(std::move(node));
            }
    }

    RouteNode listenerSet(const config::Object& object, bool hasGateway, const std::string& gatewayNs) {
        RouteNode node;
        node.kind = Kind::ListenerSet;
        node.object = object.key;
        node.id = object.key.id();
        node.text = toQString(object.key.name);
        node.detail = object.key.ns == gatewayNs ? Words::tr("listener set") : Words::tr("listener set in %1", "%1 namespace").arg(toQString(object.key.ns));
        judge(node, object.key, {}, Words::tr("Programmed"));
        const auto status = statuses_.find(object.key.id());
        if (status != statuses_.end()) judgeConditions(node, status->second->conditions);
        const auto decoded = config::decodeListenerSet(object);
        if (!decoded) {
            node.health = Health::Error;
            node.word = Words::tr("Error");
            node.reason = coreSentence(decoded.error().message);
            return node;
        }
        if (!hasGateway && node.health != Health::Error) {
            node.health = Health::Error;
            node.word = Words::tr("Not attached");
            node.reason = Words::tr("%1 is not in this workspace; name a Gateway in spec.parentRef.").arg(toQString(decoded->parent.key().display()));
        }
        for (std::size_t i = 0; i < decoded->listeners.size(); ++i)
            node.children.push_back(listener(object.key, decoded->listeners[i], i, status == statuses_.end() ? nullptr : status->second));
        return node;
    }

    /// What can be told of a certificate without showing a value: whose it is, and until when.
    RouteNode certificate(const config::ObjectRef& ref, const std::string& under) {
        RouteNode node;
        node.kind = Kind::Certificate;
        node.object = ref.key();
        node.id = under + ">" + node.object.id();
        node.text = toQString(ref.name);
        if (!in_.objects.find(node.object)) {
            node.object = {};  // There is nothing to edit.
            node.health = Health::Error;
            node.word = Words::tr("Missing", "state of a certificate");
            node.reason = Words::tr("%1 is not in this workspace; add it, or name another certificate.").arg(toQString(ref.key().display()));
            return node;
        }
        const auto facts = config::inspectTlsSecret(in_.objects, node.object);
        if (!facts) {
            node.health = Health::Error;
            node.word = Words::tr("Unusable", "state of a certificate");
            node.reason = coreSentence(facts.error().message);
            return node;
        }
        QStringList names;
        for (const auto& name : facts->dnsNames) names << toQString(name);
        for (const auto& address : facts->ipAddresses) names << toQString(address);
        node.detail = names.isEmpty() ? toQString(facts->subject) : names.join(QStringLiteral(", "));
        const auto now = QDateTime::currentDateTime(), from = toTime(facts->notBefore), until = toTime(facts->notAfter);
        node.reason = Words::tr("%1 certificate for %2, issued by %3, valid from %4 until %5.", "%1 type of key")
                          .arg(toQString(facts->keyType), node.detail, toQString(facts->issuer), day(from), day(until));
        if (until < now) {
            node.health = Health::Error;
            node.word = Words::tr("Expired %1", "state of a certificate; %1 a day").arg(day(until));
        } else if (from > now) {
            node.health = Health::Error;
            node.word = Words::tr("From %1", "state of a certificate that is not valid yet; %1 a day").arg(day(from));
        } else {
            node.health = now.daysTo(until) < kSoonDays ? Health::Warning : Health::Ok;
            node.word = Words::tr("Until %1", "state of a certificate; %1 a day").arg(day(until));
        }
        return node;
    }

    RouteNode listener(const ObjectKey& gateway, const config::ListenerSpec& spec, std::size_t index, const config::ObjectStatus* status) {
        RouteNode node;
        node.kind = Kind::Listener;
        node.object = gateway;
        node.path = FieldPath().key("spec").key("listeners").index(index);
        node.section = spec.name;
        node.id = gateway.id() + "#" + spec.name + "#" + std::to_string(index);
        node.text = toQString(spec.name);
        node.detail = QStringLiteral("%1 :%2%3").arg(toQString(spec.protocol)).arg(spec.port).arg(
            spec.hostname.empty() ? QString() : QLatin1Char(' ') + toQString(spec.hostname));
        if (spec.hasTls && spec.tlsMode == "Passthrough") node.detail += QLatin1Char(' ') + Words::tr("passed through", "of TLS: not ended here");
        judge(node, gateway, node.path, Words::tr("Ready"));
        if (status)
            for (const auto& one : status->listeners)
                if (one.name == spec.name) judgeConditions(node, one.conditions);
        for (const auto& bound : in_.listeners)
            if (bound.logicalPort == spec.port && !bound.error.empty()) {
                // A port that is taken may be served elsewhere instead.
                node.health = bound.address.empty() ? Health::Error : Health::Warning;
                node.word = bound.address.empty() ? Words::tr("Not bound") : Words::tr("On %1", "where a listener is served instead").arg(toQString(bound.address.substr(bound.address.rfind(':'))));
                node.reason = coreSentence(bound.error);
            }
        for (const auto& ref : spec.certificateRefs) node.children.push_back(certificate(ref, node.id));
        std::set<std::string> seen;
        for (const auto* attachment : byListener_[gateway.id() + "#" + spec.name]) {
            const auto* object = in_.objects.find(attachment->route);
            if (object && seen.insert(object->key.id()).second) node.children.push_back(route(*object, node.id, attachment));
        }
        return node;
    }

    RouteNode route(const config::Object& object, const std::string& under, const Attachment* attachment) {
        RouteNode node;
        node.kind = Kind::Route;
        node.object = object.key;
        node.id = under + ">" + object.key.id();
        node.text = toQString(object.key.name);
        judge(node, object.key, {}, attachment && attachment->accepted ? Words::tr("Attached") : Words::tr("Not attached"));
        if (const auto status = statuses_.find(object.key.id()); status != statuses_.end() && attachment)
            for (const auto& parent : status->second->parents)
                if (isParent(parent.parent, *attachment)) judgeConditions(node, parent.conditions);
        const auto decoded = decodeAnyRoute(object);
        if (!decoded) {
            node.health = Health::Error;
            node.word = Words::tr("Error");
            node.reason = coreSentence(decoded.error().message);
            return node;
        }
        QStringList hosts;
        for (const auto& host : decoded->hostnames) hosts << toQString(host);
        node.detail = hosts.isEmpty() ? Words::tr("any host") : hosts.join(QStringLiteral(", "));
        if (object.key.kind == "GRPCRoute") node.detail.prepend(QStringLiteral("gRPC "));
        if (object.key.kind == "TLSRoute") node.detail.prepend(QStringLiteral("TLS "));
        for (std::size_t i = 0; i < decoded->rules.size(); ++i) {
            const auto& spec = decoded->rules[i];
            RouteNode rule;
            rule.kind = Kind::Rule;
            rule.object = object.key;
            rule.path = FieldPath().key("spec").key("rules").index(i);
            rule.id = node.id + "/rules/" + std::to_string(i);
            rule.ruleId = object.key.kind + "/" + object.key.ns + "/" + object.key.name + "/rules/" + std::to_string(i);
            rule.text = spec.name.empty() ? Words::tr("Rule %1").arg(i + 1) : toQString(spec.name);
            if (object.key.kind != "TLSRoute") rule.detail = matchText(spec);
            judge(rule, object.key, rule.path, Words::tr("OK"));
            for (std::size_t j = 0; j < spec.backendRefs.size(); ++j) rule.children.push_back(backend(rule, spec.backendRefs[j], j));
            node.children.push_back(std::move(rule));
        }
        return node;
    }

    /// The status names a parent "Gateway default/demo", "/section" and ":80" after it where the reference has them.
    static bool isParent(const std::string& text, const Attachment& attachment) {
        const auto owner = attachment.owner.display();
        if (!text.starts_with(owner)) return false;
        const auto rest = std::string_view(text).substr(owner.size());
        return rest.empty() || rest.front() == ':' || rest == "/" + attachment.listener || rest.starts_with("/" + attachment.listener + ":");
    }

    RouteNode backend(const RouteNode& rule, const config::BackendRef& ref, std::size_t index) {
        RouteNode node;
        node.kind = Kind::Backend;
        node.object = rule.object;
        node.path = rule.path.key("backendRefs").index(index);
        node.id = rule.id + "/backendRefs/" + std::to_string(index);
        node.ruleId = rule.ruleId;
        node.backendIndex = index;
        node.target = ref.key();
        node.text = toQString(ref.name);
        QStringList parts{toQString(ref.kind)};
        if (ref.ns != rule.object.ns) parts << toQString(ref.ns);
        if (ref.port) parts << QStringLiteral(":%1").arg(*ref.port);
        parts << Words::tr("weight %1").arg(ref.weight);
        node.detail = parts.join(QLatin1Char(' '));
        judge(node, rule.object, node.path, Words::tr("OK"));
        if (ref.kind == "Service" && node.target.group.empty()) addPolicies(node, node.target);
        return node;
    }

    /// How connections to a Service are encrypted: its BackendTLSPolicies, those that lost to another one included.
    void addPolicies(RouteNode& under, const ObjectKey& service) {
        for (const auto& policy : tlsPolicies_.all()) {
            if (!policy.object || !counts(in_.objects, *policy.object)) continue;
            for (std::size_t i = 0; i < policy.spec.targets.size(); ++i) {
                const auto& target = policy.spec.targets[i];
                if (target.key() != service) continue;
                RouteNode node;
                node.kind = Kind::Policy;
                node.object = policy.object->key;
                node.id = under.id + ">" + node.object.id() + "#" + std::to_string(i);
                node.text = toQString(node.object.name);
                node.detail = Words::tr("TLS to %1", "%1 server name").arg(toQString(policy.spec.hostname));
                if (!target.sectionName.empty()) node.detail += QStringLiteral(" · ") + Words::tr("port %1", "%1 name of a port").arg(toQString(target.sectionName));
                judge(node, node.object, {}, Words::tr("Accepted", "state of a policy"));
                const auto* judged = i < policy.targets.size() ? &policy.targets[i] : nullptr;
                if (!policy.usable() || (judged && !judged->governs)) {
                    const bool lost = judged && !judged->governs && !judged->reason.empty();
                    node.health = Health::Error;
                    node.word = toQString(lost ? judged->reason : policy.accepted ? policy.refReason : policy.reason);
                    node.reason = coreSentence(lost ? judged->message : policy.accepted ? policy.refMessage : policy.message);
                }
                under.children.push_back(std::move(node));
            }
        }
    }
    bool hasPlace(const config::Object& object) const {
        if (std::find(kTreeKinds.begin(), kTreeKinds.end(), object.key.kind) != kTreeKinds.end()) return true;
        if (config::isListenerPolicy(object.key)) {
            const auto spec = config::decodeListenerPolicy(object);
            const auto gateways = in_.objects.ofKind("Gateway");
            return spec && std::any_of(gateways.begin(), gateways.end(), [&](const auto* gateway) { return !spec->sectionsOf(*gateway).empty(); });
        }
        if (object.key.kind != "BackendTLSPolicy") return false;
        return std::any_of(tlsPolicies_.all().begin(), tlsPolicies_.all().end(), [&](const auto& policy) {
            return policy.object == &object &&
                   std::any_of(policy.spec.targets.begin(), policy.spec.targets.end(), [&](const auto& target) { return in_.objects.find(target.key()) != nullptr; });
        });
    }

    RouteNode unattached() {
        RouteNode branch;
        branch.kind = Kind::UnattachedBranch;
        branch.id = "#unattached";
        branch.text = Words::tr("Not attached");
        for (const auto kind : kRouteKinds)
            for (const auto* object : in_.objects.ofKind(kind)) {
                if (!counts(in_.objects, *object)) continue;
                const auto& all = byRoute_[object->key.id()];
                if (std::any_of(all.begin(), all.end(), [](const auto* a) { return a->accepted; })) continue;
                auto node = route(*object, branch.id, nullptr);
                node.word = Words::tr("Not attached");
                node.health = Health::Error;
                node.reason = all.empty() ? Words::tr("The route names no parent in spec.parentRefs, so no request reaches it.") : coreSentence(all.front()->message);
                branch.children.push_back(std::move(node));
            }
        const auto routes = static_cast<int>(branch.children.size());
        for (const auto& [gateway, sets] : setsOf_) {
            const auto isIt = [&, &id = gateway](const auto* object) { return object->key.id() == id && counts(in_.objects, *object); };
            const auto gateways = in_.objects.ofKind("Gateway");
            if (std::any_of(gateways.begin(), gateways.end(), isIt)) continue;
            for (const auto* set : sets) branch.children.push_back(listenerSet(*set, false, {}));
        }
        for (const auto* object : in_.objects.ofKind("ListenerSet"))
            if (counts(in_.objects, *object) && !config::decodeListenerSet(*object)) branch.children.push_back(listenerSet(*object, false, {}));
        if (!branch.children.empty()) branch.health = Health::Error;
        branch.word = static_cast<int>(branch.children.size()) == routes ? Words::tr("%n route(s)", "count in a branch", routes)
                                                                         : Words::tr("%n object(s)", "count in a branch", static_cast<int>(branch.children.size()));
        return branch;
    }

    RouteNode others() {
        RouteNode branch;
        branch.kind = Kind::OtherBranch;
        branch.id = "#other";
        branch.text = Words::tr("Other objects");
        std::map<std::string, RouteNode> kinds;
        int count = 0;
        for (const auto& object : in_.objects.objects) {
            if (object.schema && hasPlace(object)) continue;
            if (!counts(in_.objects, object)) continue;
            auto& group = kinds[object.key.kind];
            group.kind = Kind::OtherKind;
            group.id = "#other/" + object.key.kind;
            group.text = toQString(object.key.kind);
            RouteNode node;
            node.kind = Kind::Other;
            node.object = object.key;
            node.id = "#other/" + object.key.id();
            node.text = toQString(object.key.name);
            node.detail = toQString(object.key.ns);
            judge(node, object.key, {}, object.schema ? Words::tr("OK") : Words::tr("Kept"));
            if (!object.schema) node.health = Health::Unknown;
            if (const auto status = statuses_.find(object.key.id()); status != statuses_.end() && object.schema) {
                judgeConditions(node, status->second->conditions);
                for (const auto& parent : status->second->parents) judgeConditions(node, parent.conditions);
            }
            if (object.key.kind == "Service" && object.key.group.empty()) addPolicies(node, object.key);
            if (node.health == Health::Error || (node.health == Health::Warning && group.health == Health::Ok)) group.health = node.health;
            group.children.push_back(std::move(node));
            ++count;
        }
        for (auto& [name, group] : kinds) {
            group.word = QString::number(group.children.size());
            if (group.health == Health::Error || (group.health == Health::Warning && branch.health == Health::Ok)) branch.health = group.health;
            branch.children.push_back(std::move(group));
        }
        branch.word = Words::tr("%n object(s)", "count in a branch", count);
        return branch;
    }

    RouteNode leftOut() {
        RouteNode branch;
        branch.kind = Kind::FileBranch;
        branch.id = "#files";
        branch.text = Words::tr("Left out", "branch: texts that are no part of the configuration");
        branch.health = Health::Error;
        const auto add = [&](const config::SourceLocation& where, const QString& text, const QString& detail, const QString& word, const std::string& reason) {
            RouteNode node;
            node.kind = Kind::File;
            node.file = where.file;
            node.at = where.begin;
            node.id = branch.id + "/" + where.file + ":" + std::to_string(where.line);
            node.text = text;
            node.detail = detail;
            node.health = Health::Error;
            node.word = word;
            node.reason = coreSentence(reason);
            branch.children.push_back(std::move(node));
        };
        std::set<std::string> seen;
        for (const auto& diagnostic : in_.objects.diagnostics) {
            const auto& where = diagnostic.where;
            if (diagnostic.severity != config::Severity::Error) continue;
            if (diagnostic.code == config::codes::kDuplicateObject) {
                add(where, toQString(diagnostic.object.name), Words::tr("%1, line %2").arg(toQString(where.file)).arg(where.line), Words::tr("Duplicate", "state of an object"), diagnostic.message);
            } else if (diagnostic.object.kind.empty() && seen.insert(where.file).second) {
                const bool unreadable = diagnostic.code == config::codes::kUnreadable;
                add(where, toQString(where.file), where.line > 0 && !unreadable ? Words::tr("line %1").arg(where.line) : QString(),
                    unreadable                                       ? Words::tr("Unreadable", "state of a file")
                    : diagnostic.code == config::codes::kSyntax ? Words::tr("Malformed", "state of a file")
                                                                     : Words::tr("No object", "state of a text"),
                    diagnostic.message);
            }
        }
        branch.word = Words::tr("%n text(s)", "count in a branch", static_cast<int>(branch.children.size()));
        return branch;
    }

    const RoutesTreeInput& in_;
    const config::BackendTlsPolicies tlsPolicies_;
    std::map<std::string, std::vector<const config::Object*>> setsOf_;  ///< ListenerSets by the Gateway that they name.
    std::unordered_map<std::string, std::vector<const config::Diagnostic*>> diagnostics_;
    std::unordered_map<std::string, const config::ObjectStatus*> statuses_;
    std::unordered_map<std::string, std::vector<const Attachment*>> byRoute_;
    std::unordered_map<std::string, std::vector<const Attachment*>> byListener_;
};

}  // namespace

std::vector<RouteNode> buildRoutesTree(const RoutesTreeInput& input) { return Builder(input).build(); }

bool isPart(RouteNode::Kind kind) { return kind == Kind::Listener || kind == Kind::Rule || kind == Kind::Backend; }

}  // namespace gatehouse::ui
