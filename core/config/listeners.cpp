#include "config/listeners.h"

#include "config/agentgateway_model.h"
#include "config/certificates.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace gatehouse::config {
namespace {

/// Listeners of one port can share it when they speak the same; HTTPS and TLS are told apart by the server name.
std::string_view protocolFamily(std::string_view protocol) {
    return protocol == "HTTPS" || protocol == "TLS" ? "TLS" : protocol;
}

std::vector<std::string_view> kindsOf(std::string_view protocol) {
    if (protocol == "HTTP" || protocol == "HTTPS") return {"HTTPRoute", "GRPCRoute"};
    if (protocol == "TLS") return {"TLSRoute"};
    return {};
}

/// Models are served where their kind is listed, as agentgateway has it; routes of the Gateway API also where nothing is listed.
bool servesModels(const ListenerSpec& listener, std::string_view group, std::string_view kind) {
    return group == kAgentgatewayGroup && kind == agentgateway::kModelKind && (listener.protocol == "HTTP" || listener.protocol == "HTTPS");
}

void refuse(ListenerState& state, std::string reason, std::string message) {
    if (!state.accepted) return;
    state.accepted = false;
    state.reason = std::move(reason);
    state.message = std::move(message);
}

void unresolved(ListenerState& state, std::string reason, std::string message, FieldPath at, bool inGateway = false) {
    if (state.refReason != "ResolvedRefs") return;  // One thing at a time; the first is told.
    state.refReason = std::move(reason);
    state.refMessage = std::move(message);
    state.refAt = std::move(at);
    state.refInGateway = inGateway;
}

void judgeProtocol(const ListenerSpec& listener, ListenerState& state) {
    const auto& protocol = listener.protocol;
    if (protocol != "HTTP" && protocol != "HTTPS" && protocol != "TLS")
        refuse(state, "UnsupportedProtocol",
               fmt::format("Protocol {} is not served by this version; use HTTP, HTTPS or TLS.",
                           protocol.empty() ? "(none)" : protocol));
    else if (protocol == "HTTPS" && listener.hasTls && listener.tlsMode != "Terminate")
        refuse(state, "UnsupportedValue", "An HTTPS listener must terminate TLS; set tls.mode to Terminate, or protocol to TLS.");
    else if (protocol == "TLS" && (!listener.hasTls || (listener.tlsMode != "Terminate" && listener.tlsMode != "Passthrough")))
        refuse(state, "UnsupportedValue", "A TLS listener needs tls.mode; set it to Passthrough or Terminate.");
    state.terminates = protocol == "HTTPS" || (protocol == "TLS" && listener.hasTls && listener.tlsMode == "Terminate");
}

std::string day(base::WallTime time) {
    return base::formatRfc3339(time).substr(0, 10);
}

void judgeCertificates(const ObjectSet& set, const ObjectKey& owner, const ListenerSpec& listener, ListenerState& state) {
    if (!state.terminates) return;
    const auto list = listener.path.key("tls").key("certificateRefs");
    if (listener.certificateRefs.empty())
        unresolved(state, "InvalidCertificateRef", "The listener names no certificate; add tls.certificateRefs.",
                   listener.hasTls ? listener.path.key("tls") : listener.path);
    const auto now = std::chrono::system_clock::now();
    for (std::size_t i = 0; i < listener.certificateRefs.size(); ++i) {
        const auto& ref = listener.certificateRefs[i];
        const auto name = fmt::format("{} {}/{}", ref.kind, ref.ns, ref.name);
        if (!ref.group.empty() || ref.kind != "Secret") {
            unresolved(state, "InvalidCertificateRef",
                       fmt::format("A {} cannot hold a certificate; name a Secret of the core group.", ref.kindText()), list.index(i));
        } else if (!referenceGranted(set, owner, ref.key())) {
            unresolved(state, "RefNotPermitted",
                       fmt::format("{} lies in another namespace; add a ReferenceGrant there that permits {} from {}.",
                                   name, owner.kind, owner.ns),
                       list.index(i));
        } else if (const auto certificate = inspectTlsSecret(set, ref.key()); !certificate) {
            unresolved(state, "InvalidCertificateRef", certificate.error().message, list.index(i));
        } else {
            ++state.certificates;
            state.certificateNames.insert(state.certificateNames.end(), certificate->dnsNames.begin(), certificate->dnsNames.end());
            if (certificate->notAfter < now)
                state.warnings.push_back(fmt::format("The certificate in {} expired on {}; renew it.", name, day(certificate->notAfter)));
            else if (certificate->notBefore > now)
                state.warnings.push_back(fmt::format("The certificate in {} is not valid before {}.", name, day(certificate->notBefore)));
        }
    }
}

/// What applies to the listener's port; the references that cannot be used are taken out, and told.
std::optional<ClientValidation> judgeClients(const ObjectSet& set, const GatewaySpec& gateway, const ListenerSpec& listener,
                                             ListenerState& state) {
    if (!state.terminates) return std::nullopt;
    const ClientValidation* applies = gateway.tls.frontend ? &*gateway.tls.frontend : nullptr;
    for (const auto& [port, validation] : gateway.tls.perPort)
        if (port == listener.port) applies = &validation;
    if (applies == nullptr || (applies->caRefs.empty() && !applies->insecureFallback)) return std::nullopt;
    auto clients = *applies;
    clients.caRefs.clear();
    for (std::size_t i = 0; i < applies->caRefs.size(); ++i) {
        const auto& ref = applies->caRefs[i];
        const auto at = applies->at.key("caCertificateRefs").index(i);
        if (!ref.group.empty() || (ref.kind != "ConfigMap" && ref.kind != "Secret"))
            unresolved(state, "InvalidCACertificateKind",
                       fmt::format("A {} cannot hold authorities for clients; name a ConfigMap or a Secret of the core group.", ref.kindText()), at, true);
        else if (!referenceGranted(set, gateway.key, ref.key()))
            unresolved(state, "RefNotPermitted",
                       fmt::format("{} lies in another namespace; add a ReferenceGrant there that permits Gateway from {}.",
                                   ref.key().display(), gateway.key.ns),
                       at, true);
        else if (const auto bundle = checkCaBundle(set, ref); !bundle)
            unresolved(state, "InvalidCACertificateRef", bundle.error().message, at, true);
        else
            clients.caRefs.push_back(ref);
    }
    if (clients.caRefs.empty())
        refuse(state, "NoValidCACertificate",
               "Certificates of clients are to be checked, but no authority for that can be used; correct caCertificateRefs.");
    return clients;
}

void judgeKinds(const ListenerSpec& listener, ListenerState& state) {
    const auto known = kindsOf(listener.protocol);
    const auto& listed = listener.allowedRoutes.kinds;
    std::string unknown;
    for (const auto& [group, kind] : listed)
        if (servesModels(listener, group, kind)) state.supportedKinds.emplace_back(kind);
        else if (group != kGatewayApiGroup || std::find(known.begin(), known.end(), kind) == known.end()) unknown = group == kGatewayApiGroup ? kind : fmt::format("{} ({})", kind, group);
    for (const auto kind : known)
        if (admitsKind(listener, kGatewayApiGroup, kind) == KindAdmission::Admitted) state.supportedKinds.emplace_back(kind);
    if (!unknown.empty())
        unresolved(state, "InvalidRouteKinds",
                   fmt::format("A listener of protocol {} cannot serve {}; remove it from allowedRoutes.kinds.",
                               listener.protocol, unknown),
                   listener.path.key("allowedRoutes").key("kinds"));
}

/// HostnameConflict, ProtocolConflict or nothing.
const char* conflictOf(const ListenerSpec& a, const ListenerSpec& b) {
    const bool transport = (a.protocol == "UDP") == (b.protocol == "UDP");
    if (a.port != b.port || a.port == 0 || !transport) return nullptr;
    if (protocolFamily(a.protocol) != protocolFamily(b.protocol)) return "ProtocolConflict";
    if (a.hostname != b.hostname) return nullptr;
    return a.protocol == b.protocol ? "HostnameConflict" : "ProtocolConflict";
}

void setConflict(std::vector<MergedListener>& all, std::size_t at, std::size_t with, const char* reason) {
    auto& loser = all[at];
    const auto& other = all[with];
    auto& state = loser.state;
    state.conflicted = true;
    state.conflictReason = reason;
    state.conflictWith = with;
    const auto whose = other.owner == loser.owner ? std::string() : fmt::format(" of {}", other.owner.display());
    state.conflictMessage =
        other.spec.protocol != loser.spec.protocol
            ? fmt::format("Port {} speaks {} by listener {}{}; use another port.", loser.spec.port, other.spec.protocol,
                          other.spec.name, whose)
            : fmt::format("Listener {}{} has the same port and hostname; change one of them.", other.spec.name, whose);
}

/// The listeners that have their place, by what a newcomer could clash with: those of one port and transport speak the
/// same, so one of them stands for all.
class Places {
  public:
    explicit Places(std::vector<MergedListener>& all) : all_(all) {}

    /// Judges the listeners of one object. Within it nobody wins ("the implementation MUST NOT pick one conflicting Listener
    /// as the winner"); between objects the one of higher precedence does, so objects come in its order.
    void admit(std::size_t begin, std::size_t end) {
        std::vector<std::size_t> left;
        for (auto i = begin; i < end; ++i)
            if (!clashesWithEarlier(i)) left.push_back(i);
        for (const auto i : left)
            for (const auto j : left)
                if (i != j && !all_[i].state.conflicted)  // Told once, by the first that it meets.
                    if (const auto* reason = conflictOf(all_[i].spec, all_[j].spec)) setConflict(all_, i, j, reason);
        for (const auto i : left) {
            if (all_[i].state.conflicted) continue;
            const auto& spec = all_[i].spec;
            speakers_.emplace(transport(spec), i);
            holders_.emplace(std::pair(transport(spec), spec.hostname), i);
        }
        for (auto i = begin; i < end; ++i)
            if (all_[i].state.conflicted) refuse(all_[i].state, "Invalid", all_[i].state.conflictMessage);
    }

  private:
    using Transport = std::pair<std::uint16_t, bool>;
    static Transport transport(const ListenerSpec& spec) { return {spec.port, spec.protocol == "UDP"}; }

    bool clashesWithEarlier(std::size_t i) {
        const auto& spec = all_[i].spec;
        const auto speaker = speakers_.find(transport(spec));
        if (speaker == speakers_.end()) return false;
        const auto holder = holders_.find(std::pair(transport(spec), spec.hostname));
        for (const auto other : {speaker->second, holder == holders_.end() ? speaker->second : holder->second})
            if (const auto* reason = conflictOf(spec, all_[other].spec)) {
                setConflict(all_, i, other, reason);
                return true;
            }
        return false;
    }

    std::vector<MergedListener>& all_;
    std::map<Transport, std::size_t> speakers_;
    std::map<std::pair<Transport, std::string>, std::size_t> holders_;
};

/// Of each listener the others whose hostnames cover some of the same names: walks up from a hostname to the wildcards
/// above it, so that a thousand listeners of one port cost little.
void judgeOverlaps(std::vector<MergedListener>& all) {
    std::map<std::pair<std::uint16_t, std::string>, std::size_t> byHostname;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!all[i].state.conflicted && protocolFamily(all[i].spec.protocol) == "TLS")
            byHostname.emplace(std::pair(all[i].spec.port, all[i].spec.hostname), i);
    const auto meet = [&](const std::pair<std::uint16_t, std::string>& place, std::size_t i) {
        const auto found = byHostname.find(place);
        if (found == byHostname.end() || found->second == i) return;
        all[i].state.overlaps.push_back(all[found->second].spec.name);
        all[found->second].state.overlaps.push_back(all[i].spec.name);
    };
    for (const auto& [place, i] : byHostname) {
        const auto& [port, hostname] = place;
        if (hostname.empty()) continue;
        meet({port, ""}, i);
        auto rest = std::string_view(hostname);
        if (rest.starts_with("*.")) rest.remove_prefix(2);
        for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
            rest.remove_prefix(dot + 1);
            meet({port, "*." + std::string(rest)}, i);
        }
    }
}

std::string_view parentOf(std::string_view hostname) {
    const auto dot = hostname.find('.');
    return dot == std::string_view::npos ? std::string_view{} : hostname.substr(dot + 1);
}

/// Of each listener the others for whose hostnames its certificates are good too, and the reverse: a client may then send
/// requests for one over a connection that was made for the other (RFC 9113 section 9.1.1).
void judgeCertificateOverlaps(std::vector<MergedListener>& all) {
    using Place = std::pair<std::uint16_t, std::string>;
    std::map<Place, std::size_t> byHostname;
    std::map<Place, std::vector<std::size_t>> byParent;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& listener = all[i];
        if (listener.state.conflicted || listener.spec.hostname.empty() || protocolFamily(listener.spec.protocol) != "TLS") continue;
        byHostname.emplace(Place(listener.spec.port, listener.spec.hostname), i);
        byParent[Place(listener.spec.port, std::string(parentOf(listener.spec.hostname)))].push_back(i);
    }
    std::set<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto port = all[i].spec.port;
        if (all[i].state.conflicted) continue;
        for (const auto& name : all[i].state.certificateNames) {
            // A wildcard name stands for one label, so it is good for all that have the same parent.
            if (name.starts_with("*.")) {
                if (const auto found = byParent.find(Place(port, name.substr(2))); found != byParent.end())
                    for (const auto other : found->second)
                        if (other != i) pairs.emplace(std::min(i, other), std::max(i, other));
            } else if (const auto found = byHostname.find(Place(port, name)); found != byHostname.end() && found->second != i) {
                pairs.emplace(std::min(i, found->second), std::max(i, found->second));
            }
        }
    }
    for (const auto& [one, other] : pairs) {
        all[one].state.sharers.push_back(all[other].spec.name);
        all[other].state.sharers.push_back(all[one].spec.name);
    }
}

/// Kinds of parameters that describe what a cluster starts for a Gateway; there is nothing of it here.
bool parametersOfPods(const ObjectRef& ref) {
    return (ref.group == kKgatewayGroup && ref.kind == "GatewayParameters") ||
           (ref.group == "agentgateway.dev" && ref.kind == "AgentgatewayParameters");
}

void judgeGateway(GatewayListeners& gateway) {
    const auto& spec = gateway.spec;
    if (spec.parameters && !parametersOfPods(*spec.parameters)) {
        gateway.refusal = "InvalidParameters";
        gateway.refusalMessage = fmt::format("Gatehouse knows no parameters of kind {}; remove infrastructure.parametersRef.",
                                             spec.parameters->kindText());
    }
    for (const auto& [type, value] : spec.addresses)
        if (type != "IPAddress" && type != "Hostname" && gateway.refusal.empty()) {
            gateway.refusal = "UnsupportedAddress";
            gateway.refusalMessage = fmt::format("Addresses of type {} are not served; use IPAddress or Hostname, or remove it.", type);
        }
}

class Merger {
  public:
    explicit Merger(const ObjectSet& set) : set_(set) {
        std::set<ObjectKey> seen;
        for (const auto* object : set.ofKind("ListenerSet")) {
            if (object->key.group != kGatewayApiGroup || !seen.insert(object->key).second) continue;
            if (auto spec = decodeListenerSet(*object)) sets_.push_back({object, std::move(*spec)});
        }
        std::stable_sort(sets_.begin(), sets_.end(), [](const Entry& a, const Entry& b) { return olderObject(*a.object, *b.object); });
    }

    GatewayListeners merge(GatewaySpec spec) const {
        GatewayListeners out;
        out.spec = std::move(spec);
        judgeGateway(out);
        for (const auto& listener : out.spec.listeners) add(out, out.spec.key, listener);
        out.own = out.listeners.size();
        Places places(out.listeners);
        places.admit(0, out.own);
        for (const auto& [object, entry] : sets_) {
            if (entry.parent.key() != out.spec.key) continue;
            auto& set = out.sets.emplace_back();
            set.key = entry.key;
            const auto& allowed = out.spec.allowedListeners;
            set.allowed = namespaceSelected(set_, allowed.from, allowed.selector, out.spec.key.ns, entry.key.ns);
            if (!set.allowed) continue;
            const auto begin = out.listeners.size();
            for (const auto& listener : entry.listeners) {
                set.listeners.push_back(out.listeners.size());
                add(out, entry.key, listener);
            }
            places.admit(begin, out.listeners.size());
        }
        judgeOverlaps(out.listeners);
        judgeCertificateOverlaps(out.listeners);
        return out;
    }

  private:
    void add(GatewayListeners& out, const ObjectKey& owner, const ListenerSpec& spec) const {
        MergedListener listener{out.spec.key, owner, spec, {}, {}};
        auto& state = listener.state;
        judgeProtocol(spec, state);
        judgeCertificates(set_, owner, spec, state);
        listener.clients = judgeClients(set_, out.spec, spec, state);
        judgeKinds(spec, state);
        if (!out.refusal.empty()) refuse(state, "Invalid", "The Gateway is not accepted: " + out.refusalMessage);
        out.listeners.push_back(std::move(listener));
    }

    struct Entry {
        const Object* object;
        ListenerSetSpec spec;
    };
    const ObjectSet& set_;
    std::vector<Entry> sets_;
};

}  // namespace

std::vector<GatewayListeners> mergeListeners(const ObjectSet& set) {
    std::vector<GatewayListeners> out;
    std::set<ObjectKey> seen;
    const Merger merger(set);
    for (const auto* object : set.ofKind("Gateway")) {
        if (object->key.group != kGatewayApiGroup || !seen.insert(object->key).second) continue;
        if (auto spec = decodeGateway(*object)) out.push_back(merger.merge(std::move(*spec)));
    }
    return out;
}

bool olderObject(const Object& a, const Object& b) {
    const bool agedA = !a.creationTimestamp.empty();
    const bool agedB = !b.creationTimestamp.empty();
    if (agedA != agedB) return agedA;
    return std::tie(a.creationTimestamp, a.key.ns, a.key.name) < std::tie(b.creationTimestamp, b.key.ns, b.key.name);
}

KindAdmission admitsKind(const ListenerSpec& listener, std::string_view group, std::string_view kind) {
    const auto& listed = listener.allowedRoutes.kinds;
    const bool named = listed.empty() || std::any_of(listed.begin(), listed.end(), [&](const auto& entry) {
                           return entry.first == group && entry.second == kind;
                       });
    if (group == kAgentgatewayGroup) return listed.empty() || !named ? KindAdmission::NotListed : servesModels(listener, group, kind) ? KindAdmission::Admitted : KindAdmission::WrongProtocol;
    if (!named) return KindAdmission::NotListed;
    const auto known = kindsOf(listener.protocol);
    const bool speaks = group == kGatewayApiGroup && std::find(known.begin(), known.end(), kind) != known.end();
    return speaks ? KindAdmission::Admitted : KindAdmission::WrongProtocol;
}

}  // namespace gatehouse::config
