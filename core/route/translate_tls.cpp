#include "route/translate_tls.h"

#include "config/certificates.h"
#include "config/relations.h"
#include "route/diagnostic_codes.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

/// Those of several bundles together; those that cannot be read are left out, for validation tells of them.
std::string bundleOf(const config::ObjectSet& objects, const std::vector<config::ObjectRef>& refs) {
    std::string all;
    for (const auto& ref : refs) {
        auto bundle = config::readCaBundle(objects, ref);
        if (!bundle) continue;
        all += *bundle;
        if (!all.empty() && all.back() != '\n') all += '\n';
    }
    return all;
}

bool wantsHttp2(std::string_view appProtocol) {
    return appProtocol == "kubernetes.io/h2c" || appProtocol == "h2c" || appProtocol == "http2" || appProtocol == "grpc";
}

bool saysHttp1(std::string_view appProtocol) {
    return appProtocol == "http" || appProtocol == "kubernetes.io/ws" || appProtocol == "ws" ||
           appProtocol == "kubernetes.io/wss" || appProtocol == "wss";
}

upstream::Protocol protocolFor(std::string_view appProtocol, BackendSite::Carries carries) {
    if (carries == BackendSite::Carries::Bytes || carries == BackendSite::Carries::Passthrough) return upstream::Protocol::Bytes;
    if (wantsHttp2(appProtocol)) return upstream::Protocol::Http2;
    // A method call needs trailers and streams, which HTTP/1 servers of gRPC do not exist for.
    if (carries == BackendSite::Carries::Grpc && !saysHttp1(appProtocol)) return upstream::Protocol::Http2;
    return upstream::Protocol::Http1;
}

}  // namespace

void applyListenerTls(TranslateContext& context, const config::MergedListener& spec, Listener& listener) {
    const auto& protocol = spec.spec.protocol;
    if (protocol != "HTTPS" && protocol != "TLS") return;
    listener.passthrough = !spec.state.terminates;
    if (listener.passthrough) return;

    net::TlsServerOptions options;
    if (protocol == "TLS") options.alpn.clear();  // What is inside is the backend's.
    options.sessionScope = fmt::format("{} {} {}", spec.owner.id(), spec.spec.name, spec.spec.port);
    std::string why;
    for (const auto& ref : spec.spec.certificateRefs) {
        if (!ref.group.empty() || ref.kind != "Secret") continue;
        if (!config::referenceGranted(context.objects, spec.owner, ref.key())) {
            if (why.empty()) why = spec.state.refMessage;
            continue;
        }
        auto identity = config::readTlsSecret(context.objects, ref.key());
        if (identity) options.identities.push_back(std::move(*identity));
        else if (why.empty()) why = identity.error().message;
    }
    if (spec.clients) {
        options.clientCertificates = spec.clients->insecureFallback ? net::ClientCertificates::OptionalInsecure
                                     : spec.clients->optional       ? net::ClientCertificates::Optional
                                                                    : net::ClientCertificates::Required;
        options.clientCaPem = bundleOf(context.objects, spec.clients->caRefs);
        if (options.clientCaPem.empty()) {
            listener.clientCertificates = options.clientCertificates;
            listener.tlsBroken = "Certificates of clients are to be checked, and there is no authority to check them by.";
            return;
        }
    }
    listener.clientCertificates = options.clientCertificates;
    if (spec.clients) listener.clientCaPem = std::make_shared<const std::string>(options.clientCaPem);
    if (options.identities.empty()) {
        listener.tlsBroken = why.empty() ? std::string("The listener names no certificate that can be used.") : why;
        return;
    }
    auto made = context.runtime.listenerTls.get(std::move(options));
    if (made) listener.tls = std::move(*made);
    else listener.tlsBroken = made.error().message;
}

std::string BackendSite::key() const {
    return fmt::format("{}/{}", static_cast<int>(carries), identityOf);
}

BackendTransports::BackendTransports(TranslateContext& context) : context_(context), policies_(context.objects) {}

BackendSite BackendTransports::siteOf(const config::GatewaySpec& gateway, BackendSite::Carries carries) {
    BackendSite site;
    site.carries = carries;
    if (!gateway.tls.backendCertificate) return site;
    const auto [place, isNew] = identities_.try_emplace(gateway.key.id());
    auto& known = place->second;
    if (isNew) {
        const auto& ref = *gateway.tls.backendCertificate;
        if (!ref.group.empty() || ref.kind != "Secret") {
            known.broken = fmt::format("{} cannot hold the certificate for backends; name a Secret.", ref.key().display());
        } else if (!config::referenceGranted(context_.objects, gateway.key, ref.key())) {
            known.broken = fmt::format("{} lies in another namespace, and no ReferenceGrant permits its use.", ref.key().display());
        } else if (auto pair = config::readTlsSecret(context_.objects, ref.key())) {
            known.pair = std::make_shared<const net::TlsIdentity>(std::move(*pair));
        } else {
            known.broken = pair.error().message;
        }
    }
    site.identity = known.pair;
    site.identityOf = gateway.key.id();
    site.identityBroken = known.broken;
    return site;
}

std::shared_ptr<const upstream::Transport> BackendTransports::byPolicy(const config::BackendTlsPolicies::Policy& policy,
                                                                       upstream::Protocol protocol, const BackendSite& site) {
    const auto& spec = policy.spec;
    if (!policy.usable())
        return upstream::TransportRegistry::broken(fmt::format("{} cannot be used: {}", spec.key.display(),
                                                               policy.accepted ? policy.refMessage : policy.message));
    if (!site.identityBroken.empty())
        return upstream::TransportRegistry::broken("The Gateway's certificate for backends cannot be used: " + site.identityBroken);
    net::TlsClientOptions tls;
    tls.sni = spec.hostname;
    for (const auto& name : spec.subjectAltNames)
        tls.subjectAltNames.push_back(
            {name.uri ? net::TlsSubjectAltName::Type::Uri : net::TlsSubjectAltName::Type::Hostname, name.value});
    if (!spec.systemTrust) {
        tls.trust = net::TlsTrust::Bundle;
        tls.caPem = bundleOf(context_.objects, policy.authorities);
    }
    if (site.identity) tls.identity.push_back(*site.identity);
    return context_.runtime.transports.get({protocol, std::move(tls)});
}

BackendTransports::Wish BackendTransports::forService(const config::ObjectKey& service, const config::ServicePort& port,
                                                      const BackendSite& site) {
    Wish wish;
    if (site.carries == BackendSite::Carries::Passthrough) return wish;
    const auto protocol = protocolFor(port.appProtocol, site.carries);
    const auto* policy = policies_.find(service, port.name);
    if (policy != nullptr) wish.transport = byPolicy(*policy, protocol, site);
    else wish.transport = plain(port.appProtocol, site);
    if (protocol == upstream::Protocol::Http2) wish.text = "HTTP/2";
    if (policy != nullptr) wish.text += fmt::format("{}TLS by {}", wish.text.empty() ? "" : ", ", policy->spec.key.display());
    return wish;
}

std::vector<Provenance> BackendTransports::provenance(const config::ObjectKey& service, const config::ServicePort& port,
                                                      const BackendSite& site) const {
    std::vector<Provenance> out;
    const auto at = config::FieldPath{}.key("spec").key("validation");
    for (const auto& contender : policies_.contenders(service, port.name)) {
        Provenance entry;
        entry.field = "validation";
        entry.origin = contender.policy->spec.key;
        entry.where = contender.policy->object->locate(at);
        entry.reason = contender.reason;
        entry.effective = contender.governs;
        if (contender.governs && site.carries == BackendSite::Carries::Passthrough) {
            entry.effective = false;
            entry.reason += ", but the TLS of the connection is the client's own";
        } else if (contender.governs && !contender.policy->usable()) {
            entry.reason += ", but it cannot be used, so connections fail";
        }
        out.push_back(std::move(entry));
    }
    return out;
}

std::shared_ptr<const upstream::Transport> BackendTransports::plain(std::string_view appProtocol, const BackendSite& site) {
    const auto protocol = protocolFor(appProtocol, site.carries);
    if (protocol != upstream::Protocol::Http2) return nullptr;
    return context_.runtime.transports.get({protocol, std::nullopt});
}

}  // namespace gatehouse::route
