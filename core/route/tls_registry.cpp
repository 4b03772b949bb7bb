#include "route/tls_registry.h"

#include "upstream/transport.h"

namespace gatehouse::route {
namespace {

/// A digest of everything that makes a context what it is.
std::string contentOf(const net::TlsServerOptions& options) {
    std::string content;
    const auto add = [&](std::string_view part) {
        content += std::to_string(part.size());
        content += ':';
        content += part;
    };
    for (const auto& identity : options.identities) {
        add(identity.certificatePem);
        add(identity.keyPem);
    }
    add("alpn");
    for (const auto& name : options.alpn) add(name);
    add(std::to_string(static_cast<int>(options.clientCertificates)));
    add(options.clientCaPem);
    add(options.sessionScope);
    auto digest = upstream::contentDigest(content);
    net::cleanse(content);
    return digest;
}

}  // namespace

Result<std::shared_ptr<const net::TlsServerContext>> TlsRegistry::get(net::TlsServerOptions options) {
    auto content = contentOf(options);
    const auto wipe = [](net::TlsServerOptions& used) {
        for (auto& identity : used.identities) net::cleanse(identity.keyPem);
    };
    if (auto known = byContent_[content].lock()) {
        wipe(options);
        return known;
    }
    options.ticketKeys = ticketKeys_;
    auto made = net::TlsServerContext::make(std::move(options));
    if (made) byContent_[content] = *made;
    else byContent_.erase(content);
    return made;
}

void TlsRegistry::prune() {
    std::erase_if(byContent_, [](const auto& entry) { return entry.second.expired(); });
}

}  // namespace gatehouse::route
