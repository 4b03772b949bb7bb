#include "providers/provider_rows.h"

#include "config/gateway_api.h"
#include "config/inference_api.h"
#include "config/policies.h"
#include "editors/references.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::ui {
namespace {

using config::ObjectKey;

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ProviderRows)
};
QString toQString(const std::string& text) { return QString::fromStdString(text); }

constexpr int kHostsShown = 2;  // Further ones are counted.

QString hostPort(const std::string& host, std::uint16_t port) { return port == 0 ? toQString(host) : QStringLiteral("%1:%2").arg(toQString(host)).arg(port); }

QString few(const QStringList& hosts) {
    if (hosts.size() <= kHostsShown) return hosts.join(QStringLiteral(", "));
    return Words::tr("%1 and %2 more").arg(hosts.mid(0, kHostsShown).join(QStringLiteral(", "))).arg(hosts.size() - kHostsShown);
}

QString keyReference(const config::LlmProviderSpec& provider) {
    switch (provider.auth) {
        case config::AuthTokenKind::None: return Words::tr("none");
        case config::AuthTokenKind::Inline: return Words::tr("written in the file");
        case config::AuthTokenKind::SecretRef: return Words::tr("Secret %1").arg(toQString(provider.secretName));
        case config::AuthTokenKind::Passthrough: return Words::tr("from the client");
    }
    return {};
}

void readBackend(ProviderRow& row, const config::Object& object) {
    const auto spec = config::decodeBackend(object);
    row.type = spec ? toQString(spec->type) : Words::tr("Backend");
    if (!spec) return;
    QStringList hosts;
    if (spec->type == "Static") {
        for (const auto& host : spec->staticHosts) hosts << hostPort(host.host, host.port);
        row.up = row.total = static_cast<int>(spec->staticHosts.size());
        row.keyRef = QString();
    }
    for (const auto& group : spec->llmGroups)
        for (const auto& provider : group) {
            row.type = Words::tr("LLM: %1", "kind of provider").arg(toQString(provider.provider));
            hosts << (provider.override.host.empty() ? Words::tr("default host") : hostPort(provider.override.host, provider.override.port));
            if (row.model.isEmpty()) row.model = toQString(provider.model);
            if (row.keyRef.isEmpty()) row.keyRef = keyReference(provider);
            ++row.total;
            ++row.up;
        }
    row.host = few(hosts);
}

bool selects(const config::InferencePoolSpec& pool, const config::Object& pod) {
    return pod.key.ns == pool.key.ns && !pool.selector.empty() &&
           std::all_of(pool.selector.begin(), pool.selector.end(), [&](const auto& label) {
               const auto found = pod.labels.find(label.first);
               return found != pod.labels.end() && found->second == label.second;
           });
}

void readPool(ProviderRow& row, const config::Object& object, const config::ObjectSet& set, const gateway::State& state) {
    row.type = QStringLiteral("InferencePool");
    const auto spec = config::decodeInferencePool(object);
    if (!spec) return;
    QStringList labels;
    for (const auto& [key, value] : spec->selector) labels << toQString(key + "=" + value);
    row.host = labels.join(QStringLiteral(", "));
    for (const auto* pod : set.ofKind("Pod"))
        if (selects(*spec, *pod)) {
            ++row.total;
            const auto decoded = config::decodePod(*pod);
            if (decoded && decoded->ready) ++row.up;
        }
    // A running gateway knows better: a pod that does not answer is not up.
    int seen = 0, well = 0;
    for (const auto& pod : state.pods) {
        if (pod.pool != object.key.display() && pod.pool != object.key.id() && pod.pool != object.key.ns + "/" + object.key.name && pod.pool != "InferencePool/" + object.key.ns + "/" + object.key.name) continue;
        ++seen;
        if (!pod.ejected && pod.scrape != inference::ScrapeState::Failing) ++well;
    }
    if (seen > 0) {
        row.total = seen;
        row.up = well;
    }
}

void readService(ProviderRow& row, const config::Object& object, const config::ObjectSet& set) {
    row.type = QStringLiteral("Service");
    const auto spec = config::decodeService(object);
    if (!spec) return;
    QStringList ports;
    for (const auto& port : spec->ports) ports << QString::number(port.port);
    row.host = QStringLiteral("%1.%2:%3").arg(toQString(object.key.name), toQString(object.key.ns), ports.join(QLatin1Char(',')));
    for (const auto* slice : set.ofKind("EndpointSlice")) {
        const auto decoded = config::decodeEndpointSlice(*slice);
        if (!decoded || decoded->serviceName != object.key.name || decoded->key.ns != object.key.ns) continue;
        for (const auto& endpoint : decoded->endpoints) {
            row.total += static_cast<int>(endpoint.addresses.size());
            if (endpoint.ready) row.up += static_cast<int>(endpoint.addresses.size());
        }
    }
}

}  // namespace

std::vector<ProviderRow> providerRows(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics,
                                      const gateway::State& state) {
    std::vector<ProviderRow> rows;
    const auto all = references(objects);
    for (const auto& object : objects.objects) {
        if (!object.schema) continue;
        ProviderRow row;
        row.key = object.key;
        row.name = toQString(object.key.name);
        if (object.key.kind == "Backend") readBackend(row, object);
        else if (object.key.kind == "InferencePool") readPool(row, object, objects, state);
        else if (object.key.kind == "Service") readService(row, object, objects);
        else continue;
        for (const auto& diagnostic : diagnostics)
            if (diagnostic.object == object.key && (row.problem.isEmpty() || diagnostic.severity > row.severity)) {
                row.problem = toQString(diagnostic.message);
                row.severity = diagnostic.severity;
            }
        const auto display = object.key.display();
        for (const auto& rule : state.rules)
            for (const auto& backend : rule.backends)
                if (backend.name == display) {
                    row.counted = true;
                    row.requests += backend.requests;
                    row.errors += backend.errors;
                    row.inputTokens += backend.inputTokens;
                    row.outputTokens += backend.outputTokens;
                }
        for (const auto& reference : all)
            if (reference.to == object.key && reference.from.kind != "EndpointSlice" &&
                std::find(row.usedBy.begin(), row.usedBy.end(), reference.from) == row.usedBy.end())
                row.usedBy.push_back(reference.from);
        rows.push_back(std::move(row));
    }
    const auto rank = [](const ProviderRow& row) { return row.key.kind == "Backend" ? 0 : row.key.kind == "InferencePool" ? 1 : 2; };
    std::stable_sort(rows.begin(), rows.end(), [&](const ProviderRow& a, const ProviderRow& b) { return rank(a) < rank(b); });
    return rows;
}

}  // namespace gatehouse::ui
