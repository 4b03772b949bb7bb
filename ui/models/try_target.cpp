#include "models/try_target.h"

#include "config/gateway_api.h"
#include "models/format.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr QLatin1String kPrefix("try:");

/// Records name a listener "Gateway default/demo/http", also where it stands in a ListenerSet of that Gateway.
const config::ListenerSpec* listenerOf(const std::string& recorded, const config::ObjectSet& objects, config::ListenerSpec& found) {
    const auto slash = recorded.rfind('/');
    if (slash == std::string::npos) return nullptr;
    const auto gateway = recorded.substr(0, slash), name = recorded.substr(slash + 1);
    const auto among = [&](const std::vector<config::ListenerSpec>& listeners) {
        const auto at = std::find_if(listeners.begin(), listeners.end(), [&](const auto& listener) { return listener.name == name; });
        if (at == listeners.end()) return false;
        found = *at;
        return true;
    };
    for (const auto* object : objects.ofKind("Gateway")) {
        if (object->key.display() != gateway) continue;
        if (const auto spec = config::decodeGateway(*object); spec && among(spec->listeners)) return &found;
    }
    for (const auto* object : objects.ofKind("ListenerSet"))
        if (const auto spec = config::decodeListenerSet(*object); spec && spec->parent.key().display() == gateway && among(spec->listeners)) return &found;
    return nullptr;
}

QString withoutPort(const QString& host) {
    const auto colon = host.lastIndexOf(QLatin1Char(':'));
    return colon > host.lastIndexOf(QLatin1Char(']')) ? host.left(colon) : host;
}

}  // namespace

QString writeTryTarget(const TryTarget& target) {
    QJsonObject object{{QStringLiteral("method"), target.method}, {QStringLiteral("url"), target.url}, {QStringLiteral("headers"), target.headers}, {QStringLiteral("body"), target.body}, {QStringLiteral("sni"), target.sni}, {QStringLiteral("client"), target.client}};
    if (target.recorded)
        object[QLatin1String("recorded")] = QJsonObject{{QStringLiteral("id"), toQt(target.recorded->requestId)}, {QStringLiteral("missing"), target.recorded->headMissing}, {QStringLiteral("cut"), target.recorded->headCut}};
    return kPrefix + QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<TryTarget> readTryTarget(const QString& target) {
    if (!target.startsWith(kPrefix)) return {};
    const auto document = QJsonDocument::fromJson(target.mid(kPrefix.size()).toUtf8());
    if (!document.isObject()) return {};
    const auto object = document.object();
    const auto text = [&](const char* name) { return object.value(QLatin1String(name)).toString(); };
    TryTarget out{text("method"), text("url"), text("headers"), text("body"), text("sni"), text("client"), {}};
    if (const auto recorded = object.value(QLatin1String("recorded")); recorded.isObject()) {
        const auto told = recorded.toObject();
        out.recorded = route::ExplainRequest::Recorded{told.value(QLatin1String("id")).toString().toStdString(), told.value(QLatin1String("missing")).toBool(), told.value(QLatin1String("cut")).toBool()};
    }
    return out;
}

TryTarget tryTargetOf(const telemetry::RequestRecord& record, const config::ObjectSet& objects) {
    config::ListenerSpec spec;
    const auto* listener = listenerOf(record.listener, objects, spec);
    const bool connection = record.method.empty() && record.protocol == "TLS";  // Passed on by its server name.
    const bool tls = connection || !record.tlsVersion.empty() || (listener && (listener->protocol == "HTTPS" || listener->protocol == "TLS"));
    auto host = withoutPort(toQt(record.host));
    if (host.isEmpty()) host = toQt(record.tlsSni);
    if (host.isEmpty()) host = QStringLiteral("localhost");
    TryTarget out;
    out.method = connection ? QStringLiteral("GET") : toQt(record.method);
    const auto scheme = tls ? QStringLiteral("https") : QStringLiteral("http");
    const int number = record.port > 0 ? record.port : listener ? listener->port : 0;
    const auto port = number > 0 && number != (tls ? 443 : 80) ? QStringLiteral(":%1").arg(number) : QString();
    auto path = record.head ? toQt(std::string(record.head->target())) : QString();
    if (!path.startsWith(QLatin1Char('/'))) path = toQt(record.path);
    out.url = scheme + QStringLiteral("://") + host + port + (path.startsWith(QLatin1Char('/')) ? path : QLatin1Char('/') + path);
    if (tls && toQt(record.tlsSni) != host) out.sni = toQt(record.tlsSni);
    if (record.head)
        for (const auto& [name, value] : record.head->fields()) out.headers += toQt(std::string(name)) + QLatin1String(": ") + toQt(std::string(value)) + QLatin1Char('\n');
    out.client = toQt(record.client);
    if (!connection)
        out.recorded = route::ExplainRequest::Recorded{record.requestId, record.head == nullptr, record.head && record.head->cut};
    return out;
}

}  // namespace gatehouse::ui
