#include "providers/provider_rows.h"

#include "config/gateway_api.h"
#include "config/inference_api.h"
#include "config/policies.h"
#include "editors/references.h"
#include "editors/workspace_facts.h"
#include "models/core_sentence.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

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

void readPool(ProviderRow& row, const config::Object& object, const config::ObjectSet& set) {
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
}

void readService(ProviderRow& row, const config::Object& object, const config::ObjectSet& set) {
    row.type = QStringLiteral("Service");
    const auto spec = config::decodeService(object);
    if (!spec) return;
    QStringList ports;
    for (const auto& port : spec->ports)
        if (port.port > 0) ports << QString::number(port.port);
    row.host = QStringLiteral("%1.%2").arg(toQString(object.key.name), toQString(object.key.ns));
    if (!ports.isEmpty()) row.host += QLatin1Char(':') + ports.join(QLatin1Char(','));
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

std::vector<ProviderRow> providerRows(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics) {
    std::vector<ProviderRow> rows;
    std::unordered_map<std::string, std::size_t> byId;
    for (const auto& object : objects.objects) {
        if (!object.schema || !counts(objects, object)) continue;
        ProviderRow row;
        row.key = object.key;
        row.name = toQString(object.key.name);
        if (object.key.kind == "Backend") readBackend(row, object);
        else if (object.key.kind == "InferencePool") readPool(row, object, objects);
        else if (object.key.kind == "Service") readService(row, object, objects);
        else continue;
        row.upInFiles = row.up;
        row.totalInFiles = row.total;
        byId[object.key.id()] = rows.size();
        rows.push_back(std::move(row));
    }
    for (const auto& diagnostic : diagnostics) {
        const auto found = byId.find(diagnostic.object.id());
        if (found == byId.end()) continue;
        auto& row = rows[found->second];
        if (!row.problem.isEmpty() && diagnostic.severity <= row.severity) continue;
        row.problem = coreSentence(diagnostic.message);
        row.severity = diagnostic.severity;
    }
    for (const auto& reference : references(objects)) {
        const auto found = byId.find(reference.to.id());
        if (found == byId.end() || reference.from.kind == "EndpointSlice") continue;
        auto& users = rows[found->second].usedBy;
        if (std::find(users.begin(), users.end(), reference.from) == users.end()) users.push_back(reference.from);
    }
    const auto rank = [](const ProviderRow& row) { return row.key.kind == "Backend" ? 0 : row.key.kind == "InferencePool" ? 1 : 2; };
    std::stable_sort(rows.begin(), rows.end(), [&](const ProviderRow& a, const ProviderRow& b) { return rank(a) < rank(b); });
    return rows;
}

void countProviders(std::vector<ProviderRow>& rows, const gateway::State& state) {
    std::unordered_map<std::string, ProviderRow*> byName;
    for (auto& row : rows) {
        row.requests = row.errors = row.inputTokens = row.outputTokens = 0;
        row.counted = false;
        row.up = row.upInFiles;
        row.total = row.totalInFiles;
        byName[row.key.display()] = &row;
    }
    for (const auto& rule : state.rules)
        for (const auto& backend : rule.backends) {
            const auto found = byName.find(backend.name);
            if (found == byName.end()) continue;
            auto& row = *found->second;
            row.counted = true;
            row.requests += backend.requests;
            row.errors += backend.errors;
            row.inputTokens += backend.inputTokens;
            row.outputTokens += backend.outputTokens;
        }
    // A pod that does not answer is not up, whatever the files say.
    std::unordered_map<std::string, std::pair<int, int>> pods;
    for (const auto& pod : state.pods) {
        auto& [up, total] = pods[pod.pool];
        ++total;
        if (!pod.ejected && pod.scrape != inference::ScrapeState::Failing) ++up;
    }
    for (auto& row : rows) {
        if (row.key.kind != "InferencePool") continue;
        for (const auto& name : {row.key.display(), row.key.id(), row.key.ns + "/" + row.key.name, "InferencePool/" + row.key.ns + "/" + row.key.name})
            if (const auto found = pods.find(name); found != pods.end()) std::tie(row.up, row.total) = found->second;
    }
}

}  // namespace gatehouse::ui
