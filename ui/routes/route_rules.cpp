#include "routes/route_rules.h"

#include "config/agentgateway.h"
#include "config/policies.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::ui {
namespace {

using config::Attachment;
using config::FieldPath;
using config::ObjectKey;

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(RoutesTree)
};
QString toQString(const std::string& text) { return QString::fromStdString(text); }

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

/// Of a Gateway or a ListenerSet.
std::vector<config::ListenerSpec> listenersOf(const config::ObjectSet& objects, const ObjectKey& owner) {
    const auto* object = objects.find(owner);
    if (!object) return {};
    if (owner.kind == "ListenerSet") {
        const auto set = config::decodeListenerSet(*object);
        return set ? set->listeners : std::vector<config::ListenerSpec>{};
    }
    const auto gateway = config::decodeGateway(*object);
    return gateway ? gateway->listeners : std::vector<config::ListenerSpec>{};
}

}  // namespace

bool isRouteKind(std::string_view kind) { return std::find(kRouteKinds.begin(), kRouteKinds.end(), kind) != kRouteKinds.end(); }

std::size_t ruleAt(const FieldPath& path) {
    const auto& steps = path.steps();
    return steps.size() >= 3 && std::holds_alternative<std::size_t>(steps[2]) ? std::get<std::size_t>(steps[2]) : 0;
}

Result<config::HttpRouteSpec> decodeAnyRoute(const config::Object& object) {
    if (object.key.kind == "GRPCRoute") return config::decodeGrpcRoute(object);
    if (object.key.kind != "TLSRoute") return config::decodeHttpRoute(object);
    auto tls = config::decodeTlsRoute(object);
    if (!tls) return tl::unexpected(tls.error());
    return config::HttpRouteSpec{std::move(tls->key), std::move(tls->parentRefs), std::move(tls->hostnames), std::move(tls->rules)};
}

QString matchText(const config::RouteRule& rule) {
    QStringList matches;
    for (const auto& match : rule.matches) matches << oneMatch(match);
    return matches.isEmpty() ? QStringLiteral("/") : matches.join(Words::tr(" or "));
}

ExampleRequest exampleRequest(const config::ObjectSet& objects, const std::vector<Attachment>& attachments, const ObjectKey& route,
                              std::size_t ruleIndex) {
    ExampleRequest out;
    out.method = QStringLiteral("GET");
    QString host = QStringLiteral("localhost"), path = QStringLiteral("/"), scheme = QStringLiteral("http");
    std::uint16_t port = 80;
    for (const auto& attachment : attachments) {
        if (attachment.route != route || !attachment.accepted) continue;
        for (const auto& listener : listenersOf(objects, attachment.owner)) {
            if (listener.name != attachment.listener) continue;
            port = listener.port;
            if (listener.protocol == "HTTPS" || listener.protocol == "TLS") scheme = QStringLiteral("https");
        }
        if (!attachment.hostnames.empty() && !attachment.hostnames.front().empty()) {
            host = toQString(attachment.hostnames.front());
            if (host.startsWith(QLatin1String("*."))) host.replace(0, 1, QStringLiteral("www"));
        }
        break;
    }
    const auto* object = objects.find(route);
    const auto decoded = object ? decodeAnyRoute(*object) : Result<config::HttpRouteSpec>(fail("no-route", ""));
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
            if (const auto* target = objects.find(backend.key()); target && backend.kind == "AgentgatewayBackend")
                if (const auto spec = config::agentgateway::decodeBackend(*target)) llm = llm || spec->member == "ai";
        }
    }
    if (llm) {
        out.method = QStringLiteral("POST");
        if (path == QLatin1String("/")) path = QStringLiteral("/v1/chat/completions");
        out.headers += QStringLiteral("content-type: application/json\n");
        out.body = QStringLiteral("{\"model\": \"llama-3.1-8b\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}");
    }
    if (route.kind == "GRPCRoute") {
        out.method = QStringLiteral("POST");
        out.headers += QStringLiteral("content-type: application/grpc\n");
        if (path == QLatin1String("/")) path = QStringLiteral("/example.Service/Call");
    }
    const bool usual = port == (scheme == QLatin1String("https") ? 443 : 80);
    out.url = QStringLiteral("%1://%2%3%4").arg(scheme, host, usual ? QString() : QStringLiteral(":%1").arg(port), path);
    return out;
}

}  // namespace gatehouse::ui
