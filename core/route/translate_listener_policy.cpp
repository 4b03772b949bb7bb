#include "route/translate_listener_policy.h"

#include "config/relations.h"
#include "http/limit_table.h"
#include "route/diagnostic_codes.h"
#include "route/translate_filters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace gatehouse::route {
namespace {

using config::ListenerBlock;
using std::chrono::milliseconds;

constexpr char kDefaultServer[] = "gatehouse";
constexpr char kHopsAnnotation[] = "gatehouse.dev/trusted-hops";
constexpr char kProxyAnnotation[] = "gatehouse.dev/proxy-protocol";

/// What the settings are collected in before those that depend on each other are joined.
struct Draft {
    ListenerPolicies::Effect& effect;
    ListenerSettings& settings;
    std::optional<bool> useRemoteAddress;
    std::optional<std::int64_t> hops;
    std::optional<std::string> server;
};

milliseconds limited(milliseconds value) { return value.count() == 0 ? ListenerSettings::kNever : value; }
std::uint32_t narrow(std::int64_t value) { return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, 2147483647)); }
/// RFC 9113 section 6.5.2 sets the floor; a smaller one would stall.
std::uint32_t window(std::int64_t value) { return std::max<std::uint32_t>(narrow(value), 65535); }

/// A setting: one unit of merging, and what it does. Those without `apply` are reported by validation, and merge all the same.
struct Row {
    std::string_view name;
    void (*apply)(Draft&, const ListenerBlock&) = nullptr;
    std::array<const char*, 2> limits{};  ///< That it sets.
    bool connection = false;              ///< It holds for connections, which listeners of a port may share.
};

constexpr auto kLimitHead = std::array{limit::kHeadSize, http::h2limit::kHeadSize};
const std::array kRows = std::to_array<Row>({
    {"proxyProtocol",
     [](Draft& d, const ListenerBlock& b) {
         d.effect.proxyProtocol = true;
         d.effect.withoutProxyHeader = b.withoutProxyHeader;
     },
     {}, true},
    {"perConnectionBufferLimitBytes",
     [](Draft& d, const ListenerBlock& b) { d.settings.keptBodyBytes = static_cast<std::size_t>(b.bufferBytes); },
     {limit::kKeptBody}, true},
    {"tcpKeepalive",
     [](Draft& d, const ListenerBlock& b) {
         using std::chrono::seconds;
         auto& tcp = d.settings.tcp;
         tcp.tcpKeepAlive = true;
         tcp.keepAliveProbes = narrow(b.tcpKeepAlive.probes);
         tcp.keepAliveTime = std::chrono::ceil<seconds>(b.tcpKeepAlive.time);
         tcp.keepAliveInterval = std::chrono::ceil<seconds>(b.tcpKeepAlive.interval);
     },
     {}, true},
    {"transportSocketConnectTimeout",
     [](Draft& d, const ListenerBlock& b) { d.settings.handshake = limited(b.handshakeTimeout); }, {}, true},
    {"httpSettings.useRemoteAddress", [](Draft& d, const ListenerBlock& b) { d.useRemoteAddress = b.http.useRemoteAddress; }},
    {"httpSettings.xffNumTrustedHops", [](Draft& d, const ListenerBlock& b) { d.hops = b.http.xffNumTrustedHops; }},
    {"httpSettings.xffTrustedCIDRs",
     [](Draft& d, const ListenerBlock& b) {
         for (const auto& text : b.http.xffTrustedCidrs)
             if (const auto network = config::parseNetwork(text)) d.settings.trustedNetworks.push_back(*network);
     }},
    {"httpSettings.skipXFFAppend", [](Draft& d, const ListenerBlock& b) { d.settings.appendForwarded = !b.http.skipXffAppend; }},
    {"httpSettings.idleTimeout", [](Draft& d, const ListenerBlock& b) { d.settings.idle = limited(b.http.idleTimeout); },
     {limit::kIdle, http::h2limit::kIdle}, true},
    {"httpSettings.streamIdleTimeout",
     [](Draft& d, const ListenerBlock& b) { d.settings.streamIdle = limited(b.http.streamIdleTimeout); }, {limit::kStreamIdle},
     true},
    {"httpSettings.maxRequestHeadersKb",
     [](Draft& d, const ListenerBlock& b) { d.settings.headBytes = static_cast<std::size_t>(b.http.maxRequestHeadersKb) * 1024; },
     kLimitHead, true},
    {"httpSettings.maxHeadersCount",
     [](Draft& d, const ListenerBlock& b) { d.settings.headFields = static_cast<std::size_t>(b.http.maxHeadersCount); },
     {limit::kHeadFields, http::h2limit::kHeadFields}, true},
    {"httpSettings.maxRequestsPerConnection",
     [](Draft& d, const ListenerBlock& b) {
         d.settings.requestsPerConnection = static_cast<std::size_t>(b.http.maxRequestsPerConnection);
     },
     {limit::kRequestsPerConnection}, true},
    {"httpSettings.http2ProtocolOptions",
     [](Draft& d, const ListenerBlock& b) {
         if (b.http.maxConcurrentStreams > 0) d.settings.h2Streams = narrow(b.http.maxConcurrentStreams);
         if (b.http.initialStreamWindow > 0) d.settings.h2StreamWindow = window(b.http.initialStreamWindow);
         if (b.http.initialConnectionWindow > 0) d.settings.h2ConnectionWindow = window(b.http.initialConnectionWindow);
     },
     {http::h2limit::kStreams}, true},
    {"httpSettings.serverHeaderTransformation",
     [](Draft& d, const ListenerBlock& b) { d.server = b.http.serverHeaderTransformation; }},
    {"httpSettings.serverName", [](Draft& d, const ListenerBlock& b) { d.settings.serverName = b.http.serverName; }},
    {"httpSettings.healthCheck", [](Draft& d, const ListenerBlock& b) { d.settings.healthPath = b.http.healthCheckPath; }},
    {"httpSettings.preserveHttp1HeaderCase", [](Draft&, const ListenerBlock&) {}},
    {"httpSettings.acceptHttp10", [](Draft& d, const ListenerBlock& b) { d.settings.acceptHttp10 = b.http.acceptHttp10; }},
    {"httpSettings.defaultHostForHttp10",
     [](Draft& d, const ListenerBlock& b) {
         auto& name = d.settings.defaultName;
         d.settings.defaultHost = name = b.http.defaultHostForHttp10;
         name.resize(std::min(name.size(), name.find(':')));
         std::transform(name.begin(), name.end(), name.begin(),
                        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
     },
     {}, true},
    {"httpSettings.earlyRequestHeaderModifier",
     [](Draft& d, const ListenerBlock& b) { d.settings.early = compileHeaders(b.http.early); }},
    {"httpSettings.stripHostPortMode",
     [](Draft& d, const ListenerBlock& b) {
         d.settings.stripPort = b.http.stripHostPortMode == "AnyPort" ? ListenerSettings::StripPort::Any
                                                                      : ListenerSettings::StripPort::Matching;
     }},
    {"httpSettings.generateRequestId",
     [](Draft& d, const ListenerBlock& b) { d.settings.generateRequestId = b.http.generateRequestId; }},
    {"httpSettings.preserveExternalRequestId",
     [](Draft& d, const ListenerBlock& b) { d.settings.preserveRequestId = b.http.preserveExternalRequestId; }},
    {"httpSettings.accessLog", [](Draft& d, const ListenerBlock& b) { d.settings.accessLogs = b.http.accessLogs; }},
    {"httpSettings.upgradeConfig", [](Draft&, const ListenerBlock&) {}},
    {"httpSettings.uuidRequestIdConfig"}, {"httpSettings.tracing"}, {"httpSettings.forwardClientCertDetails"},
    {"httpSettings.localReplies"},
});

/// Those that depend on each other: who the client is, and the Server header.
void join(Draft& draft) {
    auto& settings = draft.settings;
    const bool remote = draft.useRemoteAddress.value_or(true);
    if (!remote) settings.appendForwarded = false;
    // Without it the peer counts as one proxy more (Envoy's use_remote_address).
    if (draft.hops || draft.useRemoteAddress)
        draft.effect.trustedHops = static_cast<std::uint8_t>(std::clamp<std::int64_t>(draft.hops.value_or(0) + (remote ? 0 : 1), 0, 255));
    if (!settings.trustedNetworks.empty()) draft.effect.trustedHops = 1;
    using Server = ListenerSettings::Server;
    // Envoy overwrites unless it is told otherwise; a name alone says that there is to be one.
    if (draft.server || !settings.serverName.empty()) {
        settings.server = Server::Overwrite;
        if (draft.server == "PassThrough") settings.server = Server::PassThrough;
        if (draft.server == "AppendIfAbsent") settings.server = Server::AppendIfAbsent;
        if (settings.serverName.empty()) settings.serverName = kDefaultServer;
    }
}

Provenance entryOf(const config::Object& object, std::string_view field, const config::FieldPath& at, std::string reason) {
    Provenance entry;
    entry.field = field;
    entry.origin = object.key;
    entry.where = object.locate(at);
    entry.reason = std::move(reason);
    return entry;
}

}  // namespace

ListenerPolicies::ListenerPolicies(TranslateContext& context) : context_(context) {
    for (const auto* kind : {"ListenerPolicy", "HTTPListenerPolicy"})
        for (const auto* object : context.ofKind(kind)) {
            if (!config::isListenerPolicy(object->key)) continue;
            if (auto spec = config::decodeListenerPolicy(*object)) policies_.push_back({object, std::move(*spec)});
        }
}

std::vector<ListenerPolicies::Reach> ListenerPolicies::reaching(const config::Object& gateway,
                                                                const config::MergedListener& listener) const {
    std::vector<Reach> found;
    const auto port = listener.spec.port;
    for (const auto& entry : policies_) {
        Reach reach;
        for (const auto& section : entry.spec.sectionsOf(gateway)) {
            const bool named = !section.empty() && listener.owner == gateway.key && section == listener.spec.name;
            if (named)
                reach.attached = {entry.object, AttachLevel::Listener,
                                  fmt::format("targets listener {} of {}", section, gateway.key.display())};
            else if (section.empty() && reach.attached.object == nullptr)
                reach.attached = {entry.object, AttachLevel::Gateway, "targets " + gateway.key.display()};
        }
        if (reach.attached.object == nullptr) continue;
        reach.entry = &entry;
        found.push_back(std::move(reach));
    }
    std::stable_sort(found.begin(), found.end(), [](const Reach& a, const Reach& b) {
        if (a.attached.level != b.attached.level) return a.attached.level < b.attached.level;
        return !PolicyAttachments::whyStronger(a.attached, b.attached).empty();
    });
    // Settings of a port stand instead of the default ones, of whichever policy they are (kgateway's getPolicy).
    const bool own = std::any_of(found.begin(), found.end(), [&](const Reach& r) { return r.entry->spec.blockFor(port) != nullptr; });
    for (auto& reach : found) {
        reach.block = reach.entry->spec.blockFor(own ? port : 0);
        if (own) reach.other = reach.entry->spec.defaultBlock();
    }
    return found;
}

void ListenerPolicies::noteAnnotations(const config::Object& gateway, Effect& effect) const {
    const auto lost = [&](const char* annotation, std::string_view setting) {
        if (gateway.annotations.find(annotation) == gateway.annotations.end()) return;
        const auto winner = std::find_if(effect.settings->provenance.begin(), effect.settings->provenance.end(),
                                         [&](const Provenance& entry) { return entry.effective && entry.field == setting; });
        if (winner == effect.settings->provenance.end()) return;
        auto entry = entryOf(gateway, setting, config::FieldPath().key("metadata").key("annotations").key(annotation),
                             fmt::format("annotation {}, but {} wins: a policy comes before the annotation", annotation,
                                         winner->origin.display()));
        entry.effective = false;
        effect.settings->provenance.push_back(std::move(entry));
    };
    for (const auto* setting : {"httpSettings.xffNumTrustedHops", "httpSettings.xffTrustedCIDRs", "httpSettings.useRemoteAddress"})
        lost(kHopsAnnotation, setting);
    lost(kProxyAnnotation, "proxyProtocol");
}

ListenerPolicies::Effect ListenerPolicies::effectOn(const config::Object& gateway, const config::MergedListener& listener) {
    Effect effect;
    if (policies_.empty()) return effect;
    const auto found = reaching(gateway, listener);
    if (found.empty()) return effect;
    effect.settings = std::make_shared<ListenerSettings>();
    auto& settings = *effect.settings;
    Draft draft{effect, settings, {}, {}, {}};
    for (const auto& row : kRows) {
        const Reach* winner = nullptr;
        for (const auto& reach : found) {
            const auto& object = *reach.attached.object;
            if (reach.other != nullptr && reach.other->has(row.name)) {
                auto entry = entryOf(object, row.name, reach.other->set.find(row.name)->second,
                                     fmt::format("{}, but port {} has settings of its own, which stand instead of the default ones",
                                                 reach.attached.reason, listener.spec.port));
                entry.effective = false;
                settings.provenance.push_back(std::move(entry));
            }
            if (reach.block == nullptr || !reach.block->has(row.name)) continue;
            const auto& at = reach.block->set.find(row.name)->second;
            auto entry = entryOf(object, row.name, at, reach.attached.reason);
            if (winner == nullptr) {
                winner = &reach;
            } else {
                const auto why = PolicyAttachments::whyStronger(winner->attached, reach.attached);
                const auto holder = winner->attached.object->key.display();
                entry.effective = false;
                entry.reason += fmt::format(", but {} wins: {}", holder, why);
                if (winner->attached.level == reach.attached.level)
                    context_.report(config::Severity::Warning, codes::kPolicyFieldLost, object, at,
                                    fmt::format("{} sets {} too, and holds on {}: {}.", holder, row.name, gateway.key.display(), why));
            }
            settings.provenance.push_back(std::move(entry));
        }
        if (winner == nullptr || row.apply == nullptr) continue;
        row.apply(draft, *winner->block);
        const bool streams = row.name != "httpSettings.http2ProtocolOptions" || settings.h2Streams.has_value();
        for (const auto* name : row.limits)
            if (name != nullptr && streams) settings.limitOrigins.push_back({name, winner->attached.object->key.display()});
    }
    join(draft);
    noteAnnotations(gateway, effect);

    // The default one's alone, for every port; not merged (kgateway).
    for (const auto& reach : found) {
        const auto* block = reach.entry->spec.defaultBlock();
        constexpr std::string_view kClients = "clientCertificateValidation";
        if (block == nullptr || !block->has(kClients)) continue;
        const auto& at = block->set.find(kClients)->second;
        auto entry = entryOf(*reach.attached.object, kClients, at, reach.attached.reason);
        entry.effective = !listener.clients && !effect.clients;
        if (listener.clients) entry.reason += fmt::format(", but spec.tls.frontend of {} wins: it comes before policies", gateway.key.display());
        else if (effect.clients) entry.reason += ", but a stronger policy wins";
        settings.provenance.push_back(std::move(entry));
        if (listener.clients || effect.clients) continue;
        config::ClientValidation clients;
        clients.optional = block->clientCertificateOptional;
        clients.at = at;
        for (const auto& ref : block->clientCaRefs)
            if (config::referenceGranted(context_.objects, reach.attached.object->key, ref.key())) clients.caRefs.push_back(ref);
        effect.clients = std::move(clients);
    }
    for (auto& entry : settings.provenance) entry.subject = "listener " + listener.spec.name;
    return effect;
}

config::FieldPath ListenerPolicies::placeOf(const Provenance& entry, std::uint16_t port) const {
    for (const auto& policy : policies_) {
        if (policy.object->key != entry.origin) continue;
        for (const auto* block : {policy.spec.blockFor(port), policy.spec.defaultBlock()})
            if (block != nullptr && block->has(entry.field)) return block->set.find(entry.field)->second;
    }
    return config::FieldPath().key("spec");
}

/// A connection without TLS is made before anything is known of its requests: of each setting the first listener's holds
/// that has it, in the order in which hosts are tried.
void ListenerPolicies::finish(Port& port) {
    port.custom = std::any_of(port.listeners.begin(), port.listeners.end(), [](const Listener& l) { return l.settings != nullptr; });
    if (!port.custom || port.tls) return;
    std::shared_ptr<ListenerSettings> joined;
    std::map<std::string_view, std::pair<const Listener*, config::ObjectKey>> held;
    for (const auto& listener : port.listeners) {
        if (listener.settings == nullptr) continue;
        if (joined == nullptr) joined = std::make_shared<ListenerSettings>(*listener.settings);
        else joined->takeFrom(*listener.settings);
    }
    for (const auto& listener : port.listeners) {
        if (listener.settings == nullptr) continue;
        for (const auto& entry : listener.settings->provenance) {
            const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == entry.field; });
            if (!entry.effective || row == kRows.end() || !row->connection) continue;
            const auto [first, isNew] = held.try_emplace(row->name, std::pair{&listener, entry.origin});
            if (isNew && port.listeners.size() == 1) continue;
            const auto* object = context_.objects.find(entry.origin);
            if (object == nullptr) continue;
            const auto other = std::find_if(port.listeners.begin(), port.listeners.end(), [&](const Listener& l) {
                return &l != &listener && (l.settings == nullptr || std::none_of(l.settings->provenance.begin(), l.settings->provenance.end(), [&](const Provenance& p) {
                           return p.effective && p.field == entry.field && p.origin == entry.origin;
                       }));
            });
            if (other == port.listeners.end()) continue;
            context_.report(config::Severity::Warning, codes::kConnectionSettings, *object, placeOf(entry, port.port),
                            fmt::format("{} holds for connections, which listeners {} and {} share on port {}: what {} says of it "
                                        "holds for both.", entry.field, listener.name, other->name, port.port,
                                        first->second.second.display()));
        }
    }
    port.settings = std::move(joined);
}

}  // namespace gatehouse::route
