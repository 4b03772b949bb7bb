#include "providers/provider_rows.h"

#include "config/agentgateway.h"
#include "config/gateway_api.h"
#include "config/inference_api.h"
#include "config/policies.h"
#include "editors/references.h"
#include "editors/workspace_facts.h"
#include "models/core_sentence.h"
#include "models/format.h"

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

/// What both kinds of Backend say of a provider.
ProviderRow providerRow(const ProviderRow& plain, const std::string& kind, const std::string& name, const config::HostPort& host, const std::string& model,
                        QString keyRef, bool several) {
    ProviderRow one = plain;
    one.llm = true;
    one.type = Words::tr("LLM: %1", "kind of provider").arg(toQString(kind));
    one.host = host.host.empty() ? Words::tr("default host") : hostPort(host.host, host.port);
    one.model = toQString(model);
    one.keyRef = std::move(keyRef);
    one.up = one.total = 1;
    if (several) {
        one.provider = toQString(name);
        one.name = QStringLiteral("%1 · %2").arg(plain.name, one.provider);
    }
    return one;
}

/// Several providers of one Backend are a row each: the first is `row`, the others are appended to `more`. False: there is none.
template <class Groups, class Read>
bool readProviders(ProviderRow& row, const Groups& groups, std::vector<ProviderRow>& more, Read read) {
    std::size_t count = 0;
    for (const auto& group : groups) count += group.size();
    const ProviderRow plain = row;
    bool first = true;
    for (const auto& group : groups)
        for (const auto& provider : group) {
            auto one = read(plain, provider, count > 1);
            if (std::exchange(first, false)) row = std::move(one);
            else more.push_back(std::move(one));
        }
    return count > 0;
}

void readBackend(ProviderRow& row, const config::Object& object, std::vector<ProviderRow>& more) {
    const auto spec = config::decodeBackend(object);
    row.type = spec ? toQString(spec->type) : Words::tr("Backend");
    if (!spec) return;
    QStringList hosts;
    if (spec->type == "Static") {
        for (const auto& host : spec->staticHosts) hosts << hostPort(host.host, host.port);
        row.up = row.total = static_cast<int>(spec->staticHosts.size());
        row.keyRef = QString();
    }
    const bool any = readProviders(row, spec->llmGroups, more, [](const ProviderRow& plain, const config::LlmProviderSpec& provider, bool several) {
        return providerRow(plain, provider.provider, provider.name, provider.override, provider.model.empty() ? provider.deploymentName : provider.model, keyReference(provider), several);
    });
    if (!any) row.host = few(hosts);
}

QString keyReference(const std::optional<config::agentgateway::ConnectionPolicy>& own, const std::optional<config::agentgateway::ConnectionPolicy>& backend) {
    using Kind = config::agentgateway::BackendAuth::Kind;
    const auto* auth = own && own->auth ? &*own->auth : backend && backend->auth ? &*backend->auth : nullptr;
    if (auth == nullptr) return Words::tr("by policies, else from the client");
    if (auth->secret) return Words::tr("Secret %1").arg(toQString(auth->secret->name));
    switch (auth->kind) {
        case Kind::Key: return Words::tr("written in the file");
        case Kind::None:
        case Kind::Passthrough: return Words::tr("from the client");
        default: return toQString(auth->member);
    }
}

QString hostOf(const config::agentgateway::Provider& provider) {
    if (!provider.override.host.empty()) return hostPort(provider.override.host, provider.override.port);
    if (provider.backend) return hostPort(provider.backend->kind + " " + provider.backend->name, provider.backend->port.value_or(0));
    if (!provider.endpoint.empty()) return toQString(provider.endpoint);
    return provider.resourceName.empty() ? Words::tr("default host") : toQString(provider.resourceName);
}

/// The same of agentgateway's own kind.
void readAgentBackend(ProviderRow& row, const config::Object& object, std::vector<ProviderRow>& more) {
    const auto spec = config::agentgateway::decodeBackend(object);
    row.type = spec && !spec->member.empty() ? toQString(spec->member) : Words::tr("Backend");
    if (!spec) return;
    if (spec->member == "static") {
        row.host = hostPort(spec->fixed.host, spec->fixed.port);
        row.up = row.total = 1;
        row.keyRef = QString();
    }
    readProviders(row, spec->groups, more, [&](const ProviderRow& plain, const config::agentgateway::Provider& provider, bool several) {
        auto one = providerRow(plain, provider.provider, provider.name, provider.override, provider.model.empty() ? provider.deploymentName : provider.model,
                               keyReference(provider.policies, spec->policies), several);
        one.host = hostOf(provider);
        return one;
    });
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
    std::unordered_map<std::string, std::vector<std::size_t>> byId;
    for (const auto& object : objects.objects) {
        if (!object.schema || !counts(objects, object)) continue;
        ProviderRow row;
        row.key = object.key;
        row.name = toQString(object.key.name);
        std::vector<ProviderRow> more;
        if (object.key.kind == "Backend") readBackend(row, object, more);
        else if (object.key.kind == "AgentgatewayBackend") readAgentBackend(row, object, more);
        else if (object.key.kind == "InferencePool") readPool(row, object, objects);
        else if (object.key.kind == "Service") readService(row, object, objects);
        else continue;
        more.insert(more.begin(), std::move(row));
        for (auto& each : more) {
            each.upInFiles = each.up;
            each.totalInFiles = each.total;
            byId[object.key.id()].push_back(rows.size());
            rows.push_back(std::move(each));
        }
    }
    for (const auto& diagnostic : diagnostics) {
        const auto found = byId.find(diagnostic.object.id());
        if (found == byId.end()) continue;
        for (const auto at : found->second) {
            auto& row = rows[at];
            if (!row.problem.isEmpty() && diagnostic.severity <= row.severity) continue;
            row.problem = coreSentence(diagnostic.message);
            row.severity = diagnostic.severity;
        }
    }
    for (const auto& reference : references(objects)) {
        const auto found = byId.find(reference.to.id());
        if (found == byId.end() || reference.from.kind == "EndpointSlice") continue;
        for (const auto at : found->second) {
            auto& users = rows[at].usedBy;
            if (std::find(users.begin(), users.end(), reference.from) == users.end()) users.push_back(reference.from);
        }
    }
    const auto rank = [](const ProviderRow& row) { return row.key.kind.ends_with("Backend") ? 0 : row.key.kind == "InferencePool" ? 1 : 2; };
    std::stable_sort(rows.begin(), rows.end(), [&](const ProviderRow& a, const ProviderRow& b) { return rank(a) < rank(b); });
    return rows;
}

namespace {

ProviderKeyRow keyRow(const llm::Credentials::Sample& key) {
    ProviderKeyRow row;
    row.name = coreSentence(key.name);
    row.state = key.state == "ready" ? Words::tr("ready", "a key that can be shown") : coreSentence(key.state);
    row.reason = coreSentence(key.reason);
    row.ready = key.state == "ready";
    row.outMillis = key.outMillis;
    if (key.expires) row.expires = toDateTime(*key.expires);
    return row;
}

/// What is known of a provider that runs.
void takeSample(ProviderRow& row, const gateway::ProviderSample& sample) {
    row.sampled = true;
    row.testName = toQString(sample.name);
    row.out = sample.health.standing == upstream::Standing::Out;
    row.reason = coreSentence(sample.health.reason);
    row.outMillis = sample.health.outMillis;
    row.p50Micros = sample.calls.p50Micros;
    row.p95Micros = sample.calls.p95Micros;
    row.failureShare = sample.calls.calls > 0 ? sample.calls.failureShare : -1;
    row.inFlight = sample.health.inFlight;
    row.inputRate = sample.inputRate;
    row.outputRate = sample.outputRate;
    row.currency = toQString(sample.currency);
    row.priceBook = toQString(sample.priceBook);
    row.up = row.out ? 0 : 1;
    for (const auto& key : sample.keys) {
        row.keys.push_back(keyRow(key));
        const auto& expires = row.keys.back().expires;
        if (expires.isValid() && (!row.tokenExpires.isValid() || expires < row.tokenExpires)) row.tokenExpires = expires;
    }
    if (row.provider.isEmpty()) return;
    // Counters of rules know the Backend alone.
    row.counted = true;
    row.requests = sample.calls.calls;
    row.errors = sample.calls.failures;
}

void forgetSample(ProviderRow& row) {
    row.sampled = row.out = false;
    row.testName.clear();
    row.reason.clear();
    row.outMillis = 0;
    row.p50Micros = row.p95Micros = row.inputRate = row.outputRate = -1;
    row.failureShare = row.inFlight = -1;
    row.keys.clear();
    row.tokenExpires = {};
}

}  // namespace

void countProviders(std::vector<ProviderRow>& rows, const gateway::State& state) {
    std::unordered_map<std::string, ProviderRow*> byName;
    for (auto& row : rows) {
        forgetSample(row);
        row.requests = row.errors = row.inputTokens = row.outputTokens = 0;
        row.counted = false;
        row.up = row.upInFiles;
        row.total = row.totalInFiles;
        if (row.provider.isEmpty()) byName[row.key.display()] = &row;
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
    for (const auto& sample : state.providers)
        for (auto& row : rows)
            if (row.llm && row.key.display() == sample.backend && (row.provider.isEmpty() || row.provider == toQString(sample.name))) {
                takeSample(row, sample);
                break;
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
