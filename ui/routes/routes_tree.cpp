#include "routes/routes_tree.h"

#include "config/diagnostic_codes.h"
#include "config/gateway_api.h"
#include "config/policies.h"
#include "editors/object_text.h"

#include <QCoreApplication>

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
constexpr std::array<std::string_view, 2> kTreeKinds = {"Gateway", "HTTPRoute"};

/// Conditions whose wished status is False.
bool isGood(const config::Condition& condition) {
    const bool negative = condition.type == "Conflicted" || condition.type == "OverlappingTLSConfig" || condition.type == "PartiallyInvalid";
    return condition.status != negative;
}

const config::Condition* firstBad(const std::vector<config::Condition>& conditions) {
    const auto bad = std::find_if(conditions.begin(), conditions.end(), [](const auto& c) { return !isGood(c); });
    return bad == conditions.end() ? nullptr : &*bad;
}

class Builder {
  public:
    explicit Builder(const RoutesTreeInput& input) : in_(input) {
        for (const auto& diagnostic : in_.diagnostics) diagnostics_[diagnostic.object.id()].push_back(&diagnostic);
        for (const auto& status : in_.statuses) statuses_[status.object.id()] = &status;
        for (const auto& attachment : in_.attachments) byRoute_[attachment.route.id()].push_back(&attachment);
        for (const auto& attachment : in_.attachments)
            if (attachment.accepted) byListener_[attachment.gateway.id() + "#" + attachment.listener].push_back(&attachment);
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
                node.reason = toQString(diagnostic->message);
            } else if (diagnostic->severity == config::Severity::Warning) {
                ++warnings;
                if (node.health == Health::Ok) {
                    node.health = Health::Warning;
                    node.reason = toQString(diagnostic->message);
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
            node.reason = toQString(bad->message);
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
            node.reason = toQString(decoded.error().message);
            return node;
        }
        for (std::size_t i = 0; i < decoded->listeners.size(); ++i)
            node.children.push_back(listener(object.key, decoded->listeners[i], i, status == statuses_.end() ? nullptr : status->second));
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
        judge(node, gateway, node.path, Words::tr("Ready"));
        if (status)
            for (const auto& one : status->listeners)
                if (one.name == spec.name) judgeConditions(node, one.conditions);
        for (const auto& bound : in_.listeners)
            if (bound.logicalPort == spec.port && !bound.error.empty()) {
                // A port that is taken may be served elsewhere instead.
                node.health = bound.address.empty() ? Health::Error : Health::Warning;
                node.word = bound.address.empty() ? Words::tr("Not bound") : Words::tr("On %1", "where a listener is served instead").arg(toQString(bound.address.substr(bound.address.rfind(':'))));
                node.reason = toQString(bound.error);
            }
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
                if (QString::fromStdString(parent.parent).contains(toQString(attachment->gateway.name))) judgeConditions(node, parent.conditions);
        const auto decoded = config::decodeHttpRoute(object);
        if (!decoded) {
            node.health = Health::Error;
            node.word = Words::tr("Error");
            node.reason = toQString(decoded.error().message);
            return node;
        }
        QStringList hosts;
        for (const auto& host : decoded->hostnames) hosts << toQString(host);
        node.detail = hosts.isEmpty() ? Words::tr("any host") : hosts.join(QStringLiteral(", "));
        for (std::size_t i = 0; i < decoded->rules.size(); ++i) {
            const auto& spec = decoded->rules[i];
            RouteNode rule;
            rule.kind = Kind::Rule;
            rule.object = object.key;
            rule.path = FieldPath().key("spec").key("rules").index(i);
            rule.id = node.id + "/rules/" + std::to_string(i);
            rule.ruleId = "HTTPRoute/" + object.key.ns + "/" + object.key.name + "/rules/" + std::to_string(i);
            rule.text = spec.name.empty() ? Words::tr("Rule %1").arg(i + 1) : toQString(spec.name);
            rule.detail = matchText(spec);
            judge(rule, object.key, rule.path, Words::tr("OK"));
            node.children.push_back(std::move(rule));
        }
        return node;
    }

    RouteNode unattached() {
        RouteNode branch;
        branch.kind = Kind::UnattachedBranch;
        branch.id = "#unattached";
        branch.text = Words::tr("Not attached");
        for (const auto* object : in_.objects.ofKind("HTTPRoute")) {
            if (!counts(in_.objects, *object)) continue;
            const auto& all = byRoute_[object->key.id()];
            if (std::any_of(all.begin(), all.end(), [](const auto* a) { return a->accepted; })) continue;
            auto node = route(*object, branch.id, nullptr);
            node.word = Words::tr("Not attached");
            node.health = Health::Error;
            node.reason = all.empty() ? Words::tr("The route names no parent in spec.parentRefs, so no request reaches it.") : toQString(all.front()->message);
            branch.children.push_back(std::move(node));
        }
        if (!branch.children.empty()) branch.health = Health::Error;
        branch.word = Words::tr("%n route(s)", "count in a branch", static_cast<int>(branch.children.size()));
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
            if (object.schema && std::find(kTreeKinds.begin(), kTreeKinds.end(), object.key.kind) != kTreeKinds.end()) continue;
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
            node.reason = toQString(reason);
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
    std::unordered_map<std::string, std::vector<const config::Diagnostic*>> diagnostics_;
    std::unordered_map<std::string, const config::ObjectStatus*> statuses_;
    std::unordered_map<std::string, std::vector<const Attachment*>> byRoute_;
    std::unordered_map<std::string, std::vector<const Attachment*>> byListener_;
};

QString oneMatch(const config::RouteMatch& match) {
    QStringList parts;
    const auto path = toQString(match.path.value);
    switch (match.path.type) {
        case config::PathMatchType::PathPrefix: parts << (path == QLatin1String("/") ? path : path + QStringLiteral("…")); break;
        case config::PathMatchType::Exact: parts << path; break;
        case config::PathMatchType::RegularExpression: parts << QStringLiteral("~ ") + path; break;
    }
    if (!match.method.empty()) parts.prepend(toQString(match.method));
    for (const auto& header : match.headers)
        parts << toQString(header.name) + (header.type == config::ValueMatchType::Exact ? QStringLiteral(": ") : QStringLiteral(" ~ ")) + toQString(header.value);
    for (const auto& query : match.queryParams)
        parts << QLatin1Char('?') + toQString(query.name) + (query.type == config::ValueMatchType::Exact ? QStringLiteral("=") : QStringLiteral("~")) + toQString(query.value);
    return parts.join(QLatin1Char(' '));
}

}  // namespace

QString matchText(const config::RouteRule& rule) {
    QStringList matches;
    for (const auto& match : rule.matches) matches << oneMatch(match);
    return matches.isEmpty() ? QStringLiteral("/") : matches.join(Words::tr(" or "));
}

std::vector<RouteNode> buildRoutesTree(const RoutesTreeInput& input) { return Builder(input).build(); }

ExampleRequest exampleRequest(const config::ObjectSet& objects, const std::vector<Attachment>& attachments, const ObjectKey& route,
                              std::size_t ruleIndex) {
    ExampleRequest out;
    out.method = QStringLiteral("GET");
    QString host = QStringLiteral("localhost"), path = QStringLiteral("/");
    std::uint16_t port = 80;
    for (const auto& attachment : attachments) {
        if (attachment.route != route || !attachment.accepted) continue;
        const auto* gateway = objects.find(attachment.gateway);
        const auto decoded = gateway ? config::decodeGateway(*gateway) : Result<config::GatewaySpec>(fail("no-gateway", ""));
        if (decoded)
            for (const auto& listener : decoded->listeners)
                if (listener.name == attachment.listener) port = listener.port;
        if (!attachment.hostnames.empty() && !attachment.hostnames.front().empty()) {
            host = toQString(attachment.hostnames.front());
            if (host.startsWith(QLatin1String("*."))) host.replace(0, 1, QStringLiteral("www"));
        }
        break;
    }
    const auto* object = objects.find(route);
    const auto decoded = object ? config::decodeHttpRoute(*object) : Result<config::HttpRouteSpec>(fail("no-route", ""));
    bool llm = false;
    if (decoded && ruleIndex < decoded->rules.size()) {
        const auto& rule = decoded->rules[ruleIndex];
        if (!rule.matches.empty()) {
            const auto& match = rule.matches.front();
            if (match.path.type != config::PathMatchType::RegularExpression) path = toQString(match.path.value);
            if (!match.method.empty()) out.method = toQString(match.method);
            QStringList query;
            for (const auto& header : match.headers) out.headers += toQString(header.name) + QStringLiteral(": ") + toQString(header.value) + QLatin1Char('\n');
            for (const auto& parameter : match.queryParams) query << toQString(parameter.name) + QLatin1Char('=') + toQString(parameter.value);
            if (!query.isEmpty()) path += QLatin1Char('?') + query.join(QLatin1Char('&'));
        }
        for (const auto& backend : rule.backendRefs) {
            llm = llm || backend.kind == "InferencePool";
            if (const auto* target = objects.find(backend.key()); target && backend.kind == "Backend")
                if (const auto spec = config::decodeBackend(*target)) llm = llm || spec->type == "AI";
        }
    }
    if (llm) {
        out.method = QStringLiteral("POST");
        if (path == QLatin1String("/")) path = QStringLiteral("/v1/chat/completions");
        out.headers += QStringLiteral("content-type: application/json\n");
        out.body = QStringLiteral("{\"model\": \"llama-3.1-8b\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}");
    }
    out.url = QStringLiteral("http://%1%2%3").arg(host, port == 80 ? QString() : QStringLiteral(":%1").arg(port), path);
    return out;
}

}  // namespace gatehouse::ui
