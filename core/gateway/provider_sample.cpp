#include "gateway/provider_sample.h"

#include "llm/provider_request.h"
#include "telemetry/metric_names.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>

namespace gatehouse::gateway {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::chrono::seconds kPatience{20};  ///< Of a connection test.

const char* authText(llm::UpstreamAuth auth) {
    switch (auth) {
        case llm::UpstreamAuth::None: return "none";
        case llm::UpstreamAuth::Bearer: return "key";
        case llm::UpstreamAuth::Passthrough: return "the client's key";
        case llm::UpstreamAuth::SigV4: return "signature";
    }
    return "";
}

void addPrice(const llm::PriceBooks& books, const llm::Provider& provider, ProviderSample& out) {
    const auto& kind = llm::kindOf(provider);
    const auto& model = provider.modelOverride.empty() ? provider.parts.deployment : provider.modelOverride;
    if (model.empty()) return;
    for (const auto& book : books.books()) {
        const auto* entry = book->find(kind.name, kind.system, model);
        if (entry == nullptr) continue;
        out.inputRate = entry->rates.of(llm::Bucket::Input);
        out.outputRate = entry->rates.of(llm::Bucket::Output);
        out.currency = book->currency;
        out.priceBook = book->name + " " + book->version;
        return;
    }
}

ProviderSample sampleOf(const route::Backend& backend, const llm::Provider& provider, const upstream::Cluster& cluster, std::uint32_t group,
                        const route::Snapshot& snapshot, base::MonoTime now) {
    const auto wall = std::chrono::system_clock::now();
    ProviderSample out;
    out.backend = backend.object.display();
    out.name = provider.name;
    out.title = llm::kindOf(provider).title;
    out.model = provider.modelOverride.empty() ? provider.parts.deployment : provider.modelOverride;
    out.group = group;
    out.auth = authText(provider.auth);
    if (!cluster.endpoints.empty()) out.health = upstream::healthOf(*cluster.endpoints.front(), now, wall);
    if (provider.health) out.calls = provider.health->sample();
    if (provider.credentials) out.keys = provider.credentials->sample(now, wall);
    if (snapshot.prices) addPrice(*snapshot.prices, provider, out);
    return out;
}

Json keyJson(const llm::Credentials::Sample& key) {
    Json out = {{"name", key.name}, {"state", key.state}};
    if (!key.reason.empty()) out["reason"] = key.reason;
    if (key.outMillis > 0) out["outMillis"] = key.outMillis;
    if (key.expires) out["expires"] = base::formatRfc3339(*key.expires);
    out["uses"] = key.uses;
    out["refusals"] = key.refusals;
    return out;
}

}  // namespace

std::vector<ProviderSample> sampleProviders(const route::Snapshot& snapshot, base::MonoTime now) {
    std::vector<ProviderSample> all;
    std::set<std::string> seen;
    for (const auto& rule : snapshot.rules)
        for (const auto& backend : rule->backends) {
            if (backend.targets) {
                for (const auto& target : *backend.targets)
                    if (target.cluster && seen.insert(target.cluster->id).second)
                        all.push_back(sampleOf(backend, *target.provider, *target.cluster, target.group, snapshot, now));
            } else if (backend.provider && backend.cluster && seen.insert(backend.cluster->id).second) {
                all.push_back(sampleOf(backend, *backend.provider, *backend.cluster, 0, snapshot, now));
            }
        }
    return all;
}

Result<Gateway::ConnectionTest> makeConnectionTest(std::shared_ptr<const route::Snapshot> snapshot, const config::ObjectKey& key,
                                                   const std::string& name) {
    const auto test = [&](const llm::Provider& provider, const upstream::Cluster& cluster) -> Gateway::ConnectionTest {
        const auto& endpoint = *cluster.endpoints.front();
        const bool tls = cluster.transport && cluster.transport->tls;
        llm::ConnectionTarget target{&provider, endpoint.host, endpoint.port, tls, {}};
        return [target, snapshot](const std::function<bool()>& stopped) { return llm::testConnection(target, kPatience, stopped); };
    };
    if (snapshot)
        for (const auto& rule : snapshot->rules)
            for (const auto& backend : rule->backends) {
                if (backend.object != key) continue;
                if (backend.targets) {
                    for (const auto& target : *backend.targets)
                        if (target.provider->name == name) return test(*target.provider, *target.cluster);
                } else if (backend.provider && backend.provider->name == name) {
                    return test(*backend.provider, *backend.cluster);
                }
            }
    return fail("no-provider", fmt::format("No route that runs sends requests to {} of {}.", name, key.display()));
}

void writeProviders(const std::vector<ProviderSample>& providers, telemetry::Exposition& page) {
    namespace metric = telemetry::metric;
    page.family(metric::kProviderIn);
    for (const auto& one : providers)
        page.sample({{"backend", one.backend}, {"provider", one.name}}, one.health.standing == upstream::Standing::Out ? 0.0 : 1.0);
    page.family(metric::kProviderFailureRatio);
    for (const auto& one : providers) page.sample({{"backend", one.backend}, {"provider", one.name}}, one.calls.failureShare);
    page.family(metric::kProviderKeyReady);
    for (const auto& one : providers)
        for (const auto& key : one.keys)
            page.sample({{"backend", one.backend}, {"provider", one.name}, {"key", key.name}}, key.state == "ready" ? 1.0 : 0.0);
    page.family(metric::kProviderKeyRefusals);
    for (const auto& one : providers)
        for (const auto& key : one.keys) page.sample({{"backend", one.backend}, {"provider", one.name}, {"key", key.name}}, key.refusals);
    page.family(metric::kProviderTokenLeft);
    const auto now = std::chrono::system_clock::now();
    for (const auto& one : providers)
        for (const auto& key : one.keys)
            if (key.expires)
                page.sample({{"backend", one.backend}, {"provider", one.name}, {"key", key.name}}, std::chrono::duration<double>(*key.expires - now).count());
}

std::string providersPage(const std::vector<ProviderSample>& providers) {
    auto list = Json::array();
    for (const auto& provider : providers) {
        Json out = {{"backend", provider.backend}, {"provider", provider.name}, {"kind", provider.title}, {"group", provider.group + 1}};
        if (!provider.model.empty()) out["model"] = provider.model;
        out["auth"] = provider.auth;
        out["state"] = upstream::standingName(provider.health.standing);
        if (!provider.health.reason.empty()) out["reason"] = provider.health.reason;
        if (provider.health.outMillis > 0) out["outMillis"] = provider.health.outMillis;
        out["inFlight"] = provider.health.inFlight;
        out["calls"] = provider.calls.calls;
        out["failures"] = provider.calls.failures;
        out["failureShare"] = provider.calls.failureShare;
        out["p50Micros"] = provider.calls.p50Micros >= 0 ? Json(provider.calls.p50Micros) : Json(nullptr);
        out["p95Micros"] = provider.calls.p95Micros >= 0 ? Json(provider.calls.p95Micros) : Json(nullptr);
        if (provider.inputRate >= 0 || provider.outputRate >= 0) {
            Json price = {{"currency", provider.currency}, {"book", provider.priceBook}};
            if (provider.inputRate >= 0) price["inputPerMillion"] = llm::rateText(provider.inputRate);
            if (provider.outputRate >= 0) price["outputPerMillion"] = llm::rateText(provider.outputRate);
            out["price"] = std::move(price);
        }
        auto keys = Json::array();
        for (const auto& key : provider.keys) keys.push_back(keyJson(key));
        if (!keys.empty()) out["keys"] = std::move(keys);
        list.push_back(std::move(out));
    }
    return Json{{"providers", std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gatehouse::gateway
