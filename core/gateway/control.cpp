#include "gateway/control.h"

#include "config/keep_running.h"
#include "gateway/capture_ring.h"
#include "gitops/secret_scan.h"
#include "route/diagnostic_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace gatehouse::gateway {
namespace {

constexpr std::string_view kLoopback = "127.0.0.1";

/// The sentence for a port that could not be bound: what is wrong, and the way out.
std::string bindSentence(std::uint16_t port, const std::string& bind, const Error& error) {
    // Never the very address that has just failed; 0 is any free port.
    int other = port < 1024 ? port + 8000 : port + 10000 > 65535 ? 0 : port + 10000;
    if (bind.ends_with(fmt::format(":{}", other))) other = 0;
    const auto elsewhere = fmt::format("--listen {}=127.0.0.1:{}", port, other);
    if (error.code == "port-in-use")
        return fmt::format("Port {} is in use by another program at {}; stop that program, or bind elsewhere with {}.", port, bind,
                           elsewhere);
    if (error.code == "port-denied")
        return fmt::format("Port {} needs privileges that this process lacks; bind elsewhere with {}.", port, elsewhere);
    return fmt::format("Port {} cannot be bound at {}: {}", port, bind, error.message);
}

/// The listeners that ask for a port, of Gateways and ListenerSets, with the place where each says so.
struct PortOwner {
    const config::Object* object;
    std::string listener;
    config::FieldPath path;
};
std::vector<config::ListenerSpec> listenersOf(const config::Object& object) {
    if (object.key.kind == "ListenerSet") {
        auto spec = config::decodeListenerSet(object);
        return spec ? std::move(spec->listeners) : std::vector<config::ListenerSpec>{};
    }
    auto spec = config::decodeGateway(object);
    return spec ? std::move(spec->listeners) : std::vector<config::ListenerSpec>{};
}

/// The Gateway that a listener of this object is served by.
config::ObjectKey gatewayOf(const config::ObjectKey& owner, const config::ObjectSet& objects) {
    if (owner.kind != "ListenerSet") return owner;
    const auto* object = objects.find(owner);
    const auto spec = object != nullptr ? config::decodeListenerSet(*object) : Result<config::ListenerSetSpec>(tl::unexpected(Error{}));
    return spec ? spec->parent.key() : owner;
}

std::vector<PortOwner> ownersOf(const route::Port& port, const config::ObjectSet& objects) {
    std::vector<PortOwner> owners;
    for (const auto& listener : port.listeners) {
        const auto* object = objects.find(listener.gateway);
        if (!object) continue;
        for (const auto& entry : listenersOf(*object))
            if (entry.name == listener.name) owners.push_back({object, listener.name, entry.path.key("port")});
    }
    return owners;
}

void setCondition(std::vector<config::Condition>& conditions, const char* type, const char* reason, const std::string& message) {
    auto found = std::find_if(conditions.begin(), conditions.end(),
                              [&](const config::Condition& condition) { return condition.type == type; });
    if (found == conditions.end()) found = conditions.insert(conditions.end(), config::Condition{type});
    found->status = false;
    found->reason = reason;
    found->message = message;
}

/// What a controller writes for a listener whose port is not available.
void markUnbound(std::vector<config::ObjectStatus>& statuses, const PortOwner& owner, const std::string& message) {
    for (auto& status : statuses) {
        if (status.object != owner.object->key) continue;
        for (auto& listener : status.listeners) {
            if (listener.name != owner.listener) continue;
            setCondition(listener.conditions, "Accepted", "PortUnavailable", message);
            setCondition(listener.conditions, "Programmed", "Invalid", message);
        }
        const bool anyProgrammed = std::any_of(status.listeners.begin(), status.listeners.end(), [](const auto& listener) {
            return std::any_of(listener.conditions.begin(), listener.conditions.end(),
                               [](const auto& condition) { return condition.type == "Programmed" && condition.status; });
        });
        if (anyProgrammed) continue;
        const bool set = owner.object->key.kind == "ListenerSet";
        setCondition(status.conditions, "Programmed", set ? "ListenersNotValid" : "AddressNotUsable", message);
    }
}

/// The addresses at which a Gateway's listeners are bound, those of its ListenerSets included; none where nothing is.
void tellAddresses(std::vector<config::ObjectStatus>& statuses, const std::map<config::ObjectKey, std::set<std::string>>& bound) {
    for (auto& status : statuses) {
        if (status.object.kind != "Gateway") continue;
        status.addresses.clear();
        if (const auto found = bound.find(status.object); found != bound.end())
            for (const auto& address : found->second) status.addresses.emplace_back("IPAddress", address);
    }
}

/// "127.0.0.1" of "127.0.0.1:80", "::1" of "[::1]:80".
std::string hostOf(const std::string& address) {
    const auto host = address.substr(0, address.rfind(':'));
    return host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
}

void addFinding(ApplyReport& report, const PortOwner& owner, config::Severity severity, const std::string& message) {
    config::Diagnostic finding;
    finding.severity = severity;
    finding.code = route::codes::kListenerNotBound;
    finding.object = owner.object->key;
    finding.fieldPath = owner.path.toString();
    finding.where = owner.object->locate(owner.path);
    finding.message = message;
    report.diagnostics.push_back(std::move(finding));
}

}  // namespace

Control::Control(const Options& options, DataPlane& dataPlane, inference::Scraper& scraper, std::shared_ptr<CaptureRing> captures)
    : options_(options), dataPlane_(dataPlane), scraper_(scraper), captures_(std::move(captures)),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

Control::~Control() { stop(); }

Result<void> Control::keepBudgets(const std::string& folder) { return runtime_.budgets.open(std::filesystem::path(folder) / "budgets.json"); }

std::uint64_t Control::submit(std::shared_ptr<const config::ObjectSet> objects) {
    const std::lock_guard lock(mutex_);
    auto request = std::make_shared<Request>();
    request->objects = std::move(objects);
    request->ticket = ++tickets_;
    request->submitted = base::MonoClock::now();
    queued_ = std::move(request);
    changed_.notify_all();
    return tickets_;
}

std::shared_ptr<const ApplyReport> Control::wait(std::uint64_t ticket) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_ >= ticket || stopped_; });
    return done_ >= ticket ? report_ : nullptr;
}

std::shared_ptr<const ApplyReport> Control::report() const {
    const std::lock_guard lock(mutex_);
    return report_;
}

std::shared_ptr<const route::Snapshot> Control::snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

std::vector<ListenerState> Control::listeners() const {
    const std::lock_guard lock(mutex_);
    return listeners_;
}

void Control::setWake(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
}

void Control::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    tokens_.stop();
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

void Control::run(std::stop_token stop) {
    runtime_.servesPools = !options_.picker.empty();
    while (true) {
        std::shared_ptr<const Request> request;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [&] { return queued_ != nullptr; })) return;
            if (stop.stop_requested()) return;
            request = std::move(queued_);
            queued_ = nullptr;
        }
        auto report = std::make_shared<const ApplyReport>(apply(*request));
        std::function<void()> wake;
        {
            const std::lock_guard lock(mutex_);
            report_ = std::move(report);
            done_ = request->ticket;
            wake = wake_;
            changed_.notify_all();
        }
        if (wake) wake();
    }
}

ApplyReport Control::apply(const Request& request) {
    // What is replaced is freed at the end: a thousand routes take milliseconds, in which the new ones could be live.
    const auto replaced = running_;
    std::shared_ptr<const route::Snapshot> former;
    running_ = config::keepRunning(request.objects, running_);
    runtime_.tokenKeys.start();
    auto translation = route::translate(*running_, runtime_, ++generation_);
    // Before any request is served by the new keys.
    if (captures_) captures_->setSecrets(std::make_shared<const gitops::SecretScan>(*running_));
    ApplyReport report;
    report.generation = generation_;
    report.revision = request.objects->revision;
    report.diagnostics = std::move(translation.diagnostics);
    report.statuses = std::move(translation.statuses);

    // Ports that go close first and ports that come open last, so that no connection meets a snapshot without its port.
    const auto& snapshot = translation.snapshot;
    closeGonePorts(*snapshot);
    tokens_.setSources(runtime_.credentials.sources());
    dataPlane_.swap(snapshot);
    report.duration = std::chrono::duration_cast<std::chrono::microseconds>(base::MonoClock::now() - request.submitted);
    {
        const std::lock_guard lock(mutex_);
        former = std::exchange(snapshot_, snapshot);
    }
    openPorts(*snapshot, *running_, report);
    publishListeners();

    std::vector<std::shared_ptr<inference::Pod>> pods;
    for (const auto& pool : snapshot->pools) pods.insert(pods.end(), pool->pods().begin(), pool->pods().end());
    scraper_.setPods(std::move(pods));
    scraper_.setExporters(snapshot->exporters);
    former.reset();  // What only it used is forgotten below.
    runtime_.prune();
    return report;
}

void Control::closeGonePorts(const route::Snapshot& snapshot) {
    for (auto entry = bound_.begin(); entry != bound_.end();) {
        if (snapshot.findPort(entry->first)) {
            ++entry;
            continue;
        }
        if (!entry->second.address.empty()) dataPlane_.unlisten(entry->first);
        entry = bound_.erase(entry);
    }
}

void Control::openPorts(const route::Snapshot& snapshot, const config::ObjectSet& objects, ApplyReport& report) {
    std::map<config::ObjectKey, std::set<std::string>> addresses;
    for (const auto& port : snapshot.ports) {
        auto& state = bound_[port.port];
        if (state.address.empty()) state = openPort(port.port);
        if (!state.address.empty())
            for (const auto& listener : port.listeners)
                addresses[gatewayOf(listener.gateway, objects)].insert(hostOf(state.address));
        if (state.error.empty()) continue;
        const bool bound = !state.address.empty();
        for (const auto& owner : ownersOf(port, objects)) {
            addFinding(report, owner, bound ? config::Severity::Info : config::Severity::Error, state.error);
            if (!bound) markUnbound(report.statuses, owner, state.error);
        }
    }
    tellAddresses(report.statuses, addresses);
}

ListenerState Control::openPort(std::uint16_t port) {
    ListenerState state;
    state.logicalPort = port;
    const auto wished = options_.listen.find(port);
    const auto bind = wished != options_.listen.end() ? wished->second : fmt::format("{}:{}", kLoopback, port);
    auto address = dataPlane_.listen(port, bind);
    if (address) {
        state.address = *address;
        return state;
    }
    state.error = bindSentence(port, bind, address.error());
    if (options_.fallbackToFreePort && wished == options_.listen.end()) {
        auto other = dataPlane_.listen(port, fmt::format("{}:0", kLoopback));
        if (other) {
            state.address = *other;
            state.error = fmt::format("Port {} could not be bound ({}); it is served at {} instead.", port,
                                      address.error().code == "port-denied" ? "privileges are lacking" : "it is in use", *other);
        }
    }
    return state;
}

void Control::publishListeners() {
    const std::lock_guard lock(mutex_);
    listeners_.clear();
    for (const auto& [port, state] : bound_) listeners_.push_back(state);
}

}  // namespace gatehouse::gateway
