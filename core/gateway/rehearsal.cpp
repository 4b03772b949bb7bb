#include "gateway/rehearsal.h"

#include "gateway/data_plane.h"
#include "llm/credentials.h"
#include "llm/guard_chain.h"
#include "llm/provider_health.h"
#include "route/translate.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

namespace gatehouse::gateway {
namespace {

constexpr std::uint16_t kPort = 80;  ///< Logical; bound to a free one.
constexpr std::chrono::seconds kRecordTime{2};
constexpr std::size_t kMostAnswer = 8 * 1024 * 1024;

bool leadsToModels(const route::Backend& backend) { return backend.kind == route::BackendKind::Llm || backend.kind == route::BackendKind::InferencePool; }

/// What a chat of OpenAI's is translated to for that provider.
const llm::Dialect& dialectOf(const llm::Provider* provider) {
    const auto& chat = *llm::findDialect("openai-chat");
    if (provider == nullptr || provider->kind == nullptr) return chat;
    llm::ClientCall call;
    call.api = llm::ClientApi::ChatCompletions;
    call.dialect = &chat;
    const auto* api = provider->kind->apiFor(call, provider->modelOverride);
    const auto* spoken = api != nullptr && api->dialect != nullptr ? llm::findDialect(api->dialect) : nullptr;
    return spoken != nullptr ? *spoken : chat;
}

/// The chain without guards that ask somebody; null where none is left.
std::shared_ptr<const llm::GuardChain> withoutServices(const std::shared_ptr<const llm::GuardChain>& chain) {
    if (!chain) return nullptr;
    auto out = std::make_shared<llm::GuardChain>();
    for (const auto& guard : chain->requests)
        if (guard.regex) out->requests.push_back(guard);
    for (const auto& guard : chain->answers)
        if (guard.regex) out->answers.push_back(guard);
    return out->empty() ? nullptr : out;
}

std::shared_ptr<const llm::LlmPolicy> rehearsed(const std::shared_ptr<const llm::LlmPolicy>& policy, const RehearsalOptions& options) {
    if (!policy || options.askGuards) return policy;
    auto out = std::make_shared<llm::LlmPolicy>(*policy);
    out->guards = withoutServices(policy->guards);
    return out;
}

/// As many keys as the real ones, by their names, so that they are tried in turn and cool down; none is one.
std::shared_ptr<llm::Credentials> keysLike(const llm::Provider& real) {
    std::vector<llm::Key> keys;
    const auto add = [&](const std::string& name) { keys.push_back({name, "Authorization", "Bearer ", secret::SecretValue("rehearsal"), nullptr, nullptr, std::make_shared<llm::KeyState>()}); };
    for (std::size_t i = 0; real.credentials && i < real.credentials->size(); ++i) add(real.credentials->at(i).name);
    if (keys.empty()) add("rehearsal");
    return std::make_shared<llm::Credentials>(std::move(keys));
}

std::size_t takeBody(char* data, std::size_t size, std::size_t count, void* user) {
    auto& body = *static_cast<std::string*>(user);
    if (body.size() + size * count > kMostAnswer) return 0;
    body.append(data, size * count);
    return size * count;
}

int onProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& stopped = *static_cast<const std::function<bool()>*>(user);
    return stopped && stopped() ? 1 : 0;
}

}  // namespace

std::vector<RehearsalRule> rehearsalRules(const config::ObjectSet& objects) {
    route::Runtime runtime;
    const auto snapshot = route::translate(objects, runtime, 1).snapshot;
    std::vector<RehearsalRule> out;
    for (const auto& rule : snapshot->rules) {
        if (!rule->broken.empty() || !rule->llm) continue;
        RehearsalRule entry{rule->id, rule->displayName, {}, {}};
        for (std::size_t i = 0; i < rule->backends.size(); ++i) {
            if (!leadsToModels(rule->backends[i])) continue;
            entry.backends.push_back(rule->backends[i].name);
            entry.positions.push_back(i);
        }
        if (!entry.backends.empty()) out.push_back(std::move(entry));
    }
    return out;
}

struct Rehearsal::Impl {
    route::Runtime runtime;
    std::vector<std::unique_ptr<lab::FaultyProvider>> servers;
    std::vector<Target> targets;
    std::vector<std::shared_ptr<upstream::Endpoint>> endpoints;
    std::vector<std::shared_ptr<llm::Credentials>> keys;  ///< Of each target; null: of a pod.
    std::unique_ptr<DataPlane> dataPlane;
    std::string address;

    Result<void> addServer(const std::string& name, const llm::Dialect& dialect) {
        auto server = lab::FaultyProvider::start(dialect);
        if (!server) return tl::unexpected(server.error());
        targets.push_back({name, std::string(llm::nameOf(dialect)), server->get()});
        servers.push_back(std::move(*server));
        return {};
    }

    /// The same provider, at a simulated server: it is shown a key that is none, without TLS.
    Result<route::LlmTarget> targetFor(const route::LlmTarget& real, const RehearsalOptions& options) {
        auto provider = std::make_shared<llm::Provider>(*real.provider);
        provider->credentials = keysLike(*real.provider);
        provider->aws.reset();
        provider->auth = llm::UpstreamAuth::Bearer;
        provider->token = secret::SecretValue("rehearsal");
        provider->health = std::make_shared<llm::ProviderHealth>();
        provider->policy = rehearsed(provider->policy, options);
        if (options.patience) {
            provider->firstToken = std::min<base::Millis>(provider->firstToken, *options.patience);
            provider->streamIdle = provider->streamIdle.count() > 0 ? std::min<base::Millis>(provider->streamIdle, *options.patience) : base::Millis(*options.patience);
        }
        if (auto added = addServer(provider->name, dialectOf(provider.get())); !added) return tl::unexpected(added.error());
        auto cluster = std::make_shared<upstream::Cluster>();
        cluster->id = real.cluster->id;
        cluster->name = real.cluster->name;
        // Of the same registry under the same id: what its policy says of ejection holds here.
        cluster->endpoints.push_back(runtime.endpoints.get(cluster->id, "127.0.0.1", servers.back()->port(), ""));
        endpoints.push_back(cluster->endpoints.front());
        keys.push_back(provider->credentials);
        return route::LlmTarget{provider, cluster, real.group};
    }

    Result<route::Backend> backendFor(const route::Backend& real, const RehearsalOptions& options) {
        auto backend = real;
        backend.weight = 1;
        if (backend.pool) {
            // A pool without metrics: two servers, picked as any endpoints are.
            auto cluster = std::make_shared<upstream::Cluster>();
            cluster->id = "rehearsal/" + real.id;
            cluster->name = real.name;
            for (int i = 0; i < 2; ++i) {
                if (auto added = addServer(fmt::format("pod {}", i + 1), dialectOf(nullptr)); !added) return tl::unexpected(added.error());
                cluster->endpoints.push_back(runtime.endpoints.get(cluster->id, "127.0.0.1", servers.back()->port(), ""));
                endpoints.push_back(cluster->endpoints.back());
                keys.push_back(nullptr);
            }
            backend.pool.reset();
            backend.kind = route::BackendKind::Service;
            backend.cluster = std::move(cluster);
            return backend;
        }
        std::vector<route::LlmTarget> targetsOf;
        if (real.targets) targetsOf = *real.targets;
        else targetsOf.push_back({real.provider, real.cluster, 0});
        for (auto& target : targetsOf) {
            auto made = targetFor(target, options);
            if (!made) return tl::unexpected(made.error());
            target = std::move(*made);
        }
        backend.provider = targetsOf.front().provider;
        backend.cluster = targetsOf.front().cluster;
        backend.targets = targetsOf.size() > 1 ? std::make_shared<const std::vector<route::LlmTarget>>(std::move(targetsOf)) : nullptr;
        return backend;
    }

    static std::shared_ptr<const route::Snapshot> snapshotOf(const route::Rule& real, route::Backend backend, const RehearsalOptions& options) {
        route::Rule rule = real;
        rule.access.reset();
        rule.rateLimits.reset();
        rule.mirrors.clear();
        rule.auths.clear();
        // Neither strangers are asked nor is anything left to chance.
        constexpr std::array kLeftOut{filter::FilterStep::Auth, filter::FilterStep::Mirror, filter::FilterStep::Csrf, filter::FilterStep::Fault};
        std::erase_if(rule.chain.order, [&](const filter::OrderedFilter& one) { return std::find(kLeftOut.begin(), kLeftOut.end(), one.what) != kLeftOut.end(); });
        rule.sessions.reset();
        rule.llmPolicy = rehearsed(real.llmPolicy, options);
        rule.backends.clear();
        rule.backends.push_back(std::move(backend));
        rule.totalWeight = 1;
        auto made = std::make_shared<route::Snapshot>();
        made->generation = 1;
        route::Listener listener;
        listener.gateway = {"gateway.networking.k8s.io", "Gateway", "default", "rehearsal"};
        listener.name = listener.protocol = "HTTP";
        listener.port = kPort;
        route::Candidate candidate;
        candidate.rule = std::make_shared<const route::Rule>(std::move(rule));
        made->rules.push_back(candidate.rule);
        route::VirtualHost host;
        host.candidates.push_back(std::move(candidate));
        listener.hosts.push_back(std::move(host));
        route::Port port;
        port.port = kPort;
        port.listeners.push_back(std::move(listener));
        made->ports.push_back(std::move(port));
        return made;
    }
};

Rehearsal::Rehearsal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Rehearsal::~Rehearsal() {
    if (impl_->dataPlane) impl_->dataPlane->stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<Rehearsal>> Rehearsal::start(const config::ObjectSet& objects, const std::string& ruleId, std::size_t backend, const RehearsalOptions& options) {
    auto impl = std::make_unique<Impl>();
    const auto translated = route::translate(objects, impl->runtime, 1).snapshot;
    const auto rule = std::find_if(translated->rules.begin(), translated->rules.end(), [&](const auto& one) { return one->id == ruleId; });
    if (rule == translated->rules.end()) return fail("no-rule", fmt::format("No rule {} runs.", ruleId));
    if (!(*rule)->broken.empty()) return fail("no-rule", fmt::format("The rule answers 500: {}", (*rule)->broken));
    if (backend >= (*rule)->backends.size() || !leadsToModels((*rule)->backends[backend])) return fail("no-backend", "The rule has no such backend that leads to models.");
    auto made = impl->backendFor((*rule)->backends[backend], options);
    if (!made) return tl::unexpected(made.error());
    DataPlaneOptions plane;
    plane.workers = 1;
    if (options.patience) {
        plane.limits.upstreamHead = std::min<std::chrono::milliseconds>(plane.limits.upstreamHead, *options.patience);
        plane.limits.streamIdle = std::min<std::chrono::milliseconds>(plane.limits.streamIdle, *options.patience);
    }
    auto dataPlane = DataPlane::start(plane);
    if (!dataPlane) return tl::unexpected(dataPlane.error());
    impl->dataPlane = std::move(*dataPlane);
    impl->dataPlane->swap(Impl::snapshotOf(**rule, std::move(*made), options));
    auto address = impl->dataPlane->listen(kPort, "127.0.0.1:0");
    if (!address) return tl::unexpected(address.error());
    impl->address = std::move(*address);
    return std::unique_ptr<Rehearsal>(new Rehearsal(std::move(impl)));
}

const std::vector<Rehearsal::Target>& Rehearsal::targets() const { return impl_->targets; }

bool Rehearsal::isOut(std::size_t target) const {
    const auto now = base::MonoClock::now();
    const auto& keys = impl_->keys[target];
    return impl_->endpoints[target]->ejectedUntil.load(std::memory_order_relaxed) > now.time_since_epoch().count() || (keys && !keys->usable(now, std::chrono::system_clock::now()));
}

RehearsalAnswer Rehearsal::send(const std::string& path, const std::string& body, std::chrono::milliseconds atMost, const std::function<bool()>& stopped) const {
    RehearsalAnswer out;
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> lines(curl_slist_append(curl_slist_append(nullptr, "Content-Type: application/json"), "Expect:"), &curl_slist_free_all);
    const auto url = "http://" + impl_->address + path;
    auto* handle = easy.get();
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(atMost.count()));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, takeBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &out.body);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, const_cast<std::function<bool()>*>(&stopped));
    const auto began = base::MonoClock::now();
    out.whole = curl_easy_perform(handle) == CURLE_OK;
    out.micros = std::chrono::duration_cast<base::Micros>(base::MonoClock::now() - began).count();
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    out.status = static_cast<int>(status);
    // The record follows its request by a little.
    std::vector<telemetry::RequestRecord> records;
    const auto until = base::MonoClock::now() + kRecordTime;
    while (records.empty() && base::MonoClock::now() < until && !(stopped && stopped())) {
        impl_->dataPlane->drain(16, records);
        if (records.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    if (!records.empty()) out.record = std::move(records.back());
    return out;
}

}  // namespace gatehouse::gateway
