#include "gateway/gateway.h"

#include "gateway/admin.h"
#include "gateway/admin_pages.h"
#include "gateway/arm_choice.h"
#include "gateway/capture_ring.h"
#include "gateway/response_cache.h"
#include "gateway/control.h"
#include "gateway/control_records.h"
#include "gateway/data_plane.h"
#include "gateway/exchange_record.h"
#include "gateway/pod_signals.h"
#include "gateway/provider_sample.h"
#include "gateway/state_sample.h"
#include "http/uri.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <thread>

namespace gatehouse::gateway {
namespace {

constexpr std::size_t kDefaultRequests = 100;
constexpr std::size_t kMostRequests = 10'000;

unsigned workerCount(unsigned wished) {
    if (wished > 0) return wished;
    return std::clamp(std::thread::hardware_concurrency() / 2, 1U, 4U);
}

PodState samplePod(const inference::Pool& pool, const inference::Pod& pod, base::MonoTime now) {
    PodState state;
    state.pool = pool.name();
    state.pod = pod.name;
    state.address = pod.endpoint->id;
    base::MonoTime at;
    state.metrics = pod.load(at);
    state.scrape = pod.scrapeState(now, pool.options().staleAfter);
    if (at != base::MonoTime{})
        state.ageMillis = std::max<std::int64_t>(0, std::chrono::duration_cast<base::Millis>(now - at).count());
    state.scrapeError = pod.scrapeError();
    constexpr auto relaxed = std::memory_order_relaxed;
    state.inFlight = pod.endpoint->inFlight.load(relaxed);
    state.requests = pod.endpoint->requests.load(relaxed);
    state.failures = pod.endpoint->failures.load(relaxed);
    state.picks = pod.picks.load(relaxed);
    state.ejected = pod.endpoint->ejectedUntil.load(relaxed) > now.time_since_epoch().count();
    sampleSignals(pod, now, state);
    return state;
}

RuleState sampleRule(const route::Rule& rule) {
    constexpr auto relaxed = std::memory_order_relaxed;
    RuleState state;
    state.id = rule.id;
    state.name = rule.displayName;
    state.route = rule.route;
    state.index = rule.index;
    state.requests = rule.counters->requests.load(relaxed);
    state.errors = rule.counters->errors.load(relaxed);
    state.broken = rule.broken;
    for (const auto& backend : rule.backends) {
        BackendState entry;
        entry.id = backend.id;
        entry.name = backend.name;
        entry.weight = backend.weight;
        entry.requests = backend.counters->requests.load(relaxed);
        entry.errors = backend.counters->errors.load(relaxed);
        entry.inputTokens = backend.counters->inputTokens.load(relaxed);
        entry.outputTokens = backend.counters->outputTokens.load(relaxed);
        entry.invalidReason = backend.invalidReason;
        state.backends.push_back(std::move(entry));
    }
    for (const auto& mirror : rule.mirrors) {
        BackendState entry;
        entry.id = mirror.backend.id;
        entry.name = mirror.backend.name;
        entry.requests = mirror.backend.counters->requests.load(relaxed);
        entry.errors = mirror.backend.counters->errors.load(relaxed);
        state.mirrors.push_back(std::move(entry));
    }
    return state;
}

}  // namespace

struct Gateway::Impl {
    explicit Impl(Options wishes) : options(std::move(wishes)) {}

    Options options;
    std::shared_ptr<CaptureRing> captures = std::make_shared<CaptureRing>();
    std::shared_ptr<ArmChoice> armChoice = std::make_shared<ArmChoice>();
    std::shared_ptr<ResponseCache> responseCache = std::make_shared<ResponseCache>();
    std::unique_ptr<DataPlane> dataPlane;
    std::unique_ptr<inference::Scraper> scraper;
    std::unique_ptr<RecordPump> records;
    std::unique_ptr<Control> control;
    std::unique_ptr<PickerServer> picker;  ///< Null: other gateways cannot ask.
    std::unique_ptr<AdminServer> admin;
    std::atomic<bool> running{true};
    std::string adminAddress;  ///< Set once, before the admin thread may ask.

    State sample() const {
        State state;
        state.running = running.load();
        state.adminAddress = adminAddress;
        if (picker) {
            state.pickerAddress = picker->address();
            state.picker = picker->counts();
        }
        state.listeners = control->listeners();
        const auto snapshot = control->snapshot();
        if (snapshot) {
            state.generation = snapshot->generation;
            for (auto& listener : state.listeners) {
                const auto* port = snapshot->findPort(listener.logicalPort);
                listener.tls = port != nullptr && port->tls;
            }
            const auto now = base::MonoClock::now();
            for (const auto& pool : snapshot->pools) {
                state.pools.push_back(samplePoolState(*pool));
                for (const auto& pod : pool->pods()) state.pods.push_back(samplePod(*pool, *pod, now));
            }
            state.exporters = sampleExporters(*scraper, now);
            state.clusters = sampleClusters(*snapshot, *dataPlane, now);
            state.providers = sampleProviders(*snapshot, now);
            state.rules.reserve(snapshot->rules.size());
            for (const auto& rule : snapshot->rules) state.rules.push_back(sampleRule(*rule));
        }
        state.limits = sampleLimits(options.limits, dataPlane->limitUses());
        if (snapshot) addOverrides(*snapshot, options.limits, state.limits);
        const auto counters = dataPlane->counters();
        state.requests = counters.requests;
        state.responses5xx = counters.responses[5];
        state.recordsDropped = counters.recordsDropped + records->dropped();
        state.accessLinesLost = records->accessLinesLost();
        if (const auto* otlp = records->otlp()) {
            state.otlpDropped = otlp->dropped();
            state.otlpFailures = otlp->failures();
        }
        const auto captured = captures->use();
        state.captureBudget = captured.budget;
        state.captureUsed = captured.used;
        state.captures = captured.captures;
        state.capturesPushedOut = captured.pushedOut;
        const auto cached = responseCache->use();
        state.cacheHits = cached.hits;
        state.cacheMisses = cached.misses;
        state.cacheEntries = cached.entries;
        state.cacheBytes = cached.bytes;
        state.usage = records->usage().rows();
        state.usageSince = records->usage().since();
        state.inFlight = counters.inFlight;
        state.connections = counters.connections;
        return state;
    }

    AdminSample adminSample() const { return {sample(), dataPlane->counters(), control->report(), control->snapshot()}; }

    AdminReply requests(std::string_view query) const {
        std::size_t limit = kDefaultRequests;
        constexpr std::string_view kLimit = "limit=";
        if (query.starts_with(kLimit)) {
            const auto text = query.substr(kLimit.size());
            const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), limit);
            if (status != std::errc{} || end != text.data() + text.size())
                return {400, "text/plain", "limit must be a number.\n"};
        }
        return {200, "application/json", requestsPage(records->recent(std::min(limit, kMostRequests)))};
    }

    AdminReply usage(std::string_view query) const {
        const auto rows = records->usage().rows();
        if (query.empty() || query == "format=json") return {200, "application/json", telemetry::usageJson(*rows, records->usage().since())};
        if (query == "format=csv") return {200, "text/csv; charset=utf-8; header=present", telemetry::usageCsv(*rows)};
        return {400, "text/plain", "format must be json or csv.\n"};
    }

    AdminReply capture(std::string_view query) const {
        constexpr std::string_view kRequest = "request=";
        if (!query.starts_with(kRequest)) return {400, "text/plain", "Which one: /capture?request=ID, with the requestId of /requests.\n"};
        const auto id = http::percentDecoded(query.substr(kRequest.size()));
        for (const auto& record : records->recent(kMostRequests)) {
            if (record.requestId != id) continue;
            const auto data = record.capture ? record.capture->data() : nullptr;
            if (data) return {200, "application/json", telemetry::captureJson(record, *data) + '\n'};
            return {404, "text/plain", record.capture ? "That capture was pushed out by newer ones.\n" : "That request was not captured.\n"};
        }
        return {404, "text/plain", "No request of that id is kept.\n"};
    }

    AdminReply answer(std::string_view path, std::string_view query) const {
        if (path == "/healthz") return {200, "text/plain", "ok\n"};
        if (path == "/readyz") {
            const auto reason = notReady(adminSample());
            return reason.empty() ? AdminReply{200, "text/plain", "ready\n"}
                                  : AdminReply{503, "text/plain", reason + "\n"};
        }
        if (path == "/metrics")
            return {200, "text/plain; version=0.0.4; charset=utf-8", metricsPage(adminSample(), records->genAi())};
        if (path == "/config") return {200, "application/json", configPage(adminSample())};
        if (path == "/pools") return {200, "application/json", poolsPage(adminSample())};
        if (path == "/endpoints") return {200, "application/json", endpointsPage(adminSample())};
        if (path == "/providers") return {200, "application/json", providersPage(sample().providers)};
        if (path == "/limits") return {200, "application/json", limitsPage(adminSample())};
        if (path == "/requests") return requests(query);
        if (path == "/usage") return usage(query);
        if (path == "/capture") return capture(query);
        if (path == "/")
            return {200, "text/plain", "/healthz\n/readyz\n/metrics\n/config\n/requests?limit=100\n/pools\n/endpoints\n/providers\n/limits\n/usage?format=csv\n/capture?request=ID\n"};
        return {404, "text/plain", "There is /healthz, /readyz, /metrics, /config, /requests, /pools, /endpoints, /providers, /limits, /usage and /capture.\n"};
    }
};

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Gateway::~Gateway() { stop(std::chrono::milliseconds(0)); }

Result<std::unique_ptr<Gateway>> Gateway::start(Options options) {
    auto impl = std::make_unique<Impl>(std::move(options));
    std::unique_ptr<telemetry::AccessLog> accessLog;
    if (!impl->options.accessLogFile.empty()) {
        auto opened = telemetry::AccessLog::open(impl->options.accessLogFile);
        if (!opened) return tl::unexpected(opened.error());
        accessLog = std::move(*opened);
    }
    DataPlaneOptions plane;
    plane.workers = workerCount(impl->options.workers);
    plane.limits = impl->options.limits;
    impl->captures->setBudget(impl->options.captureBytes);
    plane.captures = impl->captures;
    plane.responseCache = impl->responseCache;
    plane.armChoice = impl->armChoice;
    plane.traces = !impl->options.otlp.empty();
    auto dataPlane = DataPlane::start(plane);
    if (!dataPlane) return tl::unexpected(dataPlane.error());
    impl->dataPlane = std::move(*dataPlane);
    impl->scraper = std::make_unique<inference::Scraper>(impl->options.scraper);
    impl->records = std::make_unique<RecordPump>(*impl->dataPlane, impl->options.recordCapacity, std::move(accessLog));
    if (!impl->options.otlp.empty())
        if (auto exporting = impl->records->exportTo({impl->options.otlp}); !exporting) return tl::unexpected(exporting.error());
    impl->control = std::make_unique<Control>(impl->options, *impl->dataPlane, *impl->scraper, impl->captures);
    // From here on the destructor takes everything down again.
    std::unique_ptr<Gateway> gateway(new Gateway(std::move(impl)));
    auto& state = *gateway->impl_;
    if (!state.options.stateFolder.empty())
        if (auto kept = state.control->keepBudgets(state.options.stateFolder); !kept) return tl::unexpected(kept.error());
    if (!state.options.picker.empty()) {
        auto picker = PickerServer::open({.bind = state.options.picker,
                                          .limits = state.options.limits,
                                          .snapshots = [&state] { return state.control->snapshot(); },
                                          .records = [&state](ExchangeRecord record) { state.records->push(std::move(record)); }});
        if (!picker) return tl::unexpected(picker.error());
        state.picker = std::move(*picker);
    }
    if (!state.options.admin.empty()) {
        auto admin = AdminServer::open(state.options.admin,
                                        [&state](std::string_view path, std::string_view query) { return state.answer(path, query); });
        if (!admin) return tl::unexpected(admin.error());
        state.admin = std::move(*admin);
        state.adminAddress = state.admin->address();
        state.admin->serve();
    }
    return gateway;
}

void Gateway::apply(std::shared_ptr<const config::ObjectSet> objects) { impl_->control->submit(std::move(objects)); }

ApplyReport Gateway::applyAndWait(std::shared_ptr<const config::ObjectSet> objects) {
    const auto report = impl_->control->wait(impl_->control->submit(std::move(objects)));
    return report ? *report : ApplyReport{};
}

std::shared_ptr<const ApplyReport> Gateway::report() const { return impl_->control->report(); }

State Gateway::state() const { return impl_->sample(); }

std::size_t Gateway::drainRequests(std::size_t max, std::vector<telemetry::RequestRecord>& out) {
    return impl_->records->drain(max, out);
}

std::vector<telemetry::RequestRecord> Gateway::recentRequests(std::size_t limit) const {
    return impl_->records->recent(limit);
}

void Gateway::reopenAccessLog() { impl_->records->reopenAccessLog(); }

Result<route::Explanation> Gateway::explain(const route::ExplainRequest& request) const {
    const auto snapshot = impl_->control->snapshot();
    if (!snapshot) return fail("no-configuration", "No configuration has been applied yet.");
    return route::explain(*snapshot, request);
}

void Gateway::setCapture(std::size_t bytes) { impl_->captures->setBudget(bytes); }

std::pair<std::string, std::string> Gateway::armField(std::size_t backend) { return impl_->armChoice->fieldFor(backend); }

std::string Gateway::listenerCertificates(std::uint16_t logicalPort) const {
    std::string out;
    const auto snapshot = impl_->control->snapshot();
    const auto* port = snapshot ? snapshot->findPort(logicalPort) : nullptr;
    if (port != nullptr)
        for (const auto& listener : port->listeners)
            if (listener.tls) out += listener.tls->leafPem();
    return out;
}

Result<Gateway::ConnectionTest> Gateway::connectionTest(const config::ObjectKey& backend, const std::string& provider) const {
    return makeConnectionTest(impl_->control->snapshot(), backend, provider);
}

const http::Limits& Gateway::limits() const { return impl_->options.limits; }

void Gateway::setWake(std::function<void()> wake) { impl_->control->setWake(std::move(wake)); }

void Gateway::stop(std::chrono::milliseconds deadline) {
    if (!impl_->running.exchange(false)) return;
    // Traffic first, while the records of its last requests are still taken; the admin endpoint reports until the end.
    impl_->control->stop();
    if (impl_->picker) impl_->picker->drain(deadline);
    impl_->dataPlane->stop(deadline);
    if (impl_->picker) impl_->picker->stop(deadline);
    impl_->scraper->stop();
    impl_->records->stop();
    if (impl_->admin) impl_->admin->stop();
}

}  // namespace gatehouse::gateway
