// TLS on a Wire, by OpenSSL itself: the foreign side of the data plane's handshakes.
// Thread: one per wire. Lifetime: contexts are shared by the sessions made from them.
#pragma once

#include "core/net/certificates.h"
#include "data_plane_fixture.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <csignal>

namespace gatehouse::test {

using TlsContext = std::shared_ptr<SSL_CTX>;

inline const Authority& testAuthority() {
    static const Authority made;
    return made;
}

inline X509* readCertificate(const std::string& pem) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    return certificate;
}

inline void useIdentity(SSL_CTX* context, const net::TlsIdentity& identity) {
    X509* certificate = readCertificate(identity.certificatePem);
    BIO* bio = BIO_new_mem_buf(identity.keyPem.data(), static_cast<int>(identity.keyPem.size()));
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    SSL_CTX_use_certificate(context, certificate);
    SSL_CTX_use_PrivateKey(context, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

inline void trust(SSL_CTX* context, const std::string& caPem) {
    X509* certificate = readCertificate(caPem);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate);
    X509_free(certificate);
}

inline std::string alpnList(const std::vector<std::string>& names) {
    std::string wire;
    for (const auto& name : names) wire += static_cast<char>(name.size()) + name;
    return wire;
}

/// OpenSSL writes without MSG_NOSIGNAL.
inline void ignoreBrokenPipes() { std::signal(SIGPIPE, SIG_IGN); }

struct TlsClientWish {
    std::string sni = "a.test";
    std::vector<std::string> alpn;
    const net::TlsIdentity* identity = nullptr;
    int most = TLS1_3_VERSION;
    std::string ca = testAuthority().pem();
};

/// Empty: the session stands. Else OpenSSL's reason.
inline std::string startTls(Wire& wire, const TlsClientWish& wish) {
    ignoreBrokenPipes();
    TlsContext context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    trust(context.get(), wish.ca);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_max_proto_version(context.get(), wish.most);
    if (wish.identity) useIdentity(context.get(), *wish.identity);
    std::shared_ptr<SSL> session(SSL_new(context.get()), SSL_free);
    SSL_set_fd(session.get(), wire.fd());
    if (!wish.sni.empty()) {
        SSL_set_tlsext_host_name(session.get(), wish.sni.c_str());
        SSL_set1_host(session.get(), wish.sni.c_str());
    }
    const auto alpn = alpnList(wish.alpn);
    if (!alpn.empty())
        SSL_set_alpn_protos(session.get(), reinterpret_cast<const unsigned char*>(alpn.data()), static_cast<unsigned>(alpn.size()));
    ERR_clear_error();
    if (SSL_connect(session.get()) != 1) {
        const auto* reason = ERR_reason_error_string(ERR_peek_error());
        return reason ? reason : "the connection ended";
    }
    wire.secure(std::move(session));
    return {};
}

inline std::string agreedAlpn(const Wire& wire) {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(wire.tls(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

inline std::string peerName(const Wire& wire) {
    X509* certificate = SSL_get1_peer_certificate(wire.tls());
    if (certificate == nullptr) return {};
    char text[256] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text, sizeof text);
    X509_free(certificate);
    return text;
}

struct TlsServerWish {
    net::TlsIdentity identity;
    std::vector<std::string> alpn;
    std::string clientCa;  ///< Not empty: a client certificate is needed.
};

inline TlsContext serverContext(const TlsServerWish& wish) {
    ignoreBrokenPipes();
    TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    useIdentity(context.get(), wish.identity);
    if (!wish.clientCa.empty()) {
        trust(context.get(), wish.clientCa);
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    if (!wish.alpn.empty()) {
        static std::mutex mutex;
        static std::vector<std::unique_ptr<std::string>> lists;
        const std::lock_guard lock(mutex);
        lists.push_back(std::make_unique<std::string>(alpnList(wish.alpn)));
        SSL_CTX_set_alpn_select_cb(
            context.get(),
            [](SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned inSize, void* ours) {
                const auto& list = *static_cast<std::string*>(ours);
                unsigned char* chosen = nullptr;
                const int result = SSL_select_next_proto(&chosen, size, reinterpret_cast<const unsigned char*>(list.data()),
                                                         static_cast<unsigned>(list.size()), in, inSize);
                *out = chosen;
                return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
            },
            lists.back().get());
    }
    return context;
}

/// The server's side of a handshake on an accepted wire.
inline bool acceptTls(Wire& wire, const TlsContext& context) {
    std::shared_ptr<SSL> session(SSL_new(context.get()), SSL_free);
    SSL_set_fd(session.get(), wire.fd());
    if (SSL_accept(session.get()) != 1) return false;
    wire.secure(std::move(session));
    return true;
}

/// An origin's function behind TLS.
inline Origin::Serve behindTls(TlsContext context, Origin::Serve serve) {
    return [context = std::move(context), serve = std::move(serve)](Wire& wire) {
        if (acceptTls(wire, context)) serve(wire);
    };
}

/// What a listener of the data plane presents.
inline std::shared_ptr<const net::TlsServerContext> listenerTls(const std::string& name,
                                                                net::TlsServerOptions options = {}) {
    options.identities.push_back(testAuthority().issue(name));
    auto made = net::TlsServerContext::make(std::move(options));
    EXPECT_TRUE(made) << made.error().message;
    return made ? *made : nullptr;
}

}  // namespace gatehouse::test
