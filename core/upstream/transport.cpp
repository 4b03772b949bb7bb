#include "upstream/transport.h"

#include <openssl/evp.h>

#include <string_view>

namespace gatehouse::upstream {

std::string contentDigest(std::string_view text) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), bytes, &size, EVP_sha256(), nullptr);
    static constexpr char kHex[] = "0123456789abcdef";
    std::string result;
    for (unsigned i = 0; i < size; ++i) {
        result += kHex[bytes[i] >> 4];
        result += kHex[bytes[i] & 15];
    }
    return result;
}

namespace {

std::string idOf(const TransportSpec& spec) {
    std::string id = spec.protocol == Protocol::Http2 ? "h2" : spec.protocol == Protocol::Bytes ? "bytes" : "http/1.1";
    if (!spec.tls) return id;
    const auto& tls = *spec.tls;
    std::string wish;
    const auto add = [&](std::string_view part) {
        wish += std::to_string(part.size());
        wish += ':';
        wish += part;
    };
    add(tls.sni);
    add(tls.verifyName);
    for (const auto& name : tls.subjectAltNames) {
        add(name.type == net::TlsSubjectAltName::Type::Uri ? "uri" : "dns");
        add(name.value);
    }
    add(tls.trust == net::TlsTrust::System ? "system" : tls.trust == net::TlsTrust::Bundle ? "bundle" : "insecure");
    add(tls.caPem);
    for (const auto& identity : tls.identity) {
        add(identity.certificatePem);
        add(identity.keyPem);
    }
    id += " tls " + (tls.sni.empty() ? std::string("without SNI") : tls.sni) + ' ' + contentDigest(wish);
    net::cleanse(wish);
    return id;
}

}  // namespace

std::shared_ptr<const Transport> TransportRegistry::get(TransportSpec spec) {
    if (spec.protocol != Protocol::Http2 && !spec.tls) return nullptr;
    auto id = idOf(spec);
    if (auto known = byId_[id].lock()) return known;
    auto transport = std::make_shared<Transport>();
    transport->id = id;
    transport->protocol = spec.protocol;
    if (spec.tls) {
        transport->sni = spec.tls->sni;
        spec.tls->alpn.clear();
        if (spec.protocol != Protocol::Bytes) spec.tls->alpn.push_back(spec.protocol == Protocol::Http2 ? "h2" : "http/1.1");
        auto context = net::TlsClientContext::make(std::move(*spec.tls));
        if (context) transport->tls = std::move(*context);
        else transport->broken = context.error().message;
    }
    byId_[id] = transport;
    return transport;
}

std::shared_ptr<const Transport> TransportRegistry::broken(std::string reason) {
    auto transport = std::make_shared<Transport>();
    transport->id = "broken " + contentDigest(reason);
    transport->broken = std::move(reason);
    return transport;
}

void TransportRegistry::prune() {
    std::erase_if(byId_, [](const auto& entry) { return entry.second.expired(); });
}

}  // namespace gatehouse::upstream
