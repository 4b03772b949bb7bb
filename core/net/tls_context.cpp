// Contexts and ticket keys: options in, an SSL_CTX that no session changes out.
#include "net/openssl.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <optional>

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

namespace gatehouse::net {

using openssl::Certificate;
using openssl::Context;
using openssl::Key;

// ---- Ticket keys

struct TlsTicketKeys::State {
    struct Keys {
        std::array<unsigned char, 16> name;
        std::array<unsigned char, 32> cipher;
        std::array<unsigned char, 32> mac;
    };
    static constexpr std::size_t kGenerations = 3;

    std::mutex mutex;
    std::vector<Keys> keys;  ///< The current one first.
    base::MonoTime since;

    ~State() {
        for (auto& entry : keys) OPENSSL_cleanse(&entry, sizeof entry);
    }
    /// With `mutex` held.
    bool renew() {
        Keys fresh;
        if (RAND_bytes(fresh.name.data(), 16) != 1 || RAND_priv_bytes(fresh.cipher.data(), 32) != 1 ||
            RAND_priv_bytes(fresh.mac.data(), 32) != 1)
            return false;
        keys.insert(keys.begin(), fresh);
        OPENSSL_cleanse(&fresh, sizeof fresh);
        if (keys.size() > kGenerations) {
            OPENSSL_cleanse(&keys.back(), sizeof(Keys));
            keys.pop_back();
        }
        since = base::MonoClock::now();
        return true;
    }
};

TlsTicketKeys::TlsTicketKeys() : state_(std::make_unique<State>()) {
    state_->keys.reserve(State::kGenerations + 1);  // No reallocation leaves a key behind.
    state_->renew();
}

TlsTicketKeys::~TlsTicketKeys() = default;

void TlsTicketKeys::rotate() {
    std::lock_guard lock(state_->mutex);
    state_->renew();
}

namespace {

// ---- Callbacks of the server's side

/// SSL_CTX_set_tlsext_ticket_key_evp_cb(3): 1 goes on, 2 opens with an old key and renews, 0 does without, -1 fails.
int onTicket(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac, int encrypt) {
    const auto* impl = static_cast<TlsServerContext::Impl*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    auto& state = impl->ticketKeys->state();
    std::lock_guard lock(state.mutex);
    if (encrypt == 1 && base::MonoClock::now() - state.since > TlsTicketKeys::kPeriod) state.renew();
    std::size_t chosen = 0;
    if (encrypt == 1) {
        if (state.keys.empty() || RAND_bytes(iv, EVP_MAX_IV_LENGTH) != 1) return -1;
        std::memcpy(name, state.keys.front().name.data(), 16);
    } else {
        while (chosen < state.keys.size() && CRYPTO_memcmp(name, state.keys[chosen].name.data(), 16) != 0) ++chosen;
        if (chosen == state.keys.size()) return 0;
    }
    auto& keys = state.keys[chosen];
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, keys.mac.data(), keys.mac.size()),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    if (EVP_MAC_CTX_set_params(mac, parameters) != 1) return -1;
    if (EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), nullptr, keys.cipher.data(), iv, encrypt) != 1) return -1;
    return encrypt == 1 || chosen == 0 ? 1 : 2;
}

int onAlpn(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* offered, unsigned int size,
           void* argument) {
    const auto& ours = static_cast<TlsServerContext::Impl*>(argument)->alpn;
    if (ours.empty()) return SSL_TLSEXT_ERR_NOACK;
    for (std::size_t at = 0; at < ours.size(); at += 1 + static_cast<unsigned char>(ours[at])) {
        const std::string_view mine(ours.data() + at, 1 + static_cast<unsigned char>(ours[at]));
        for (std::size_t theirs = 0; theirs < size; theirs += 1U + offered[theirs]) {
            const std::string_view other(reinterpret_cast<const char*>(offered + theirs), 1U + offered[theirs]);
            if (other != mine) continue;
            *out = offered + theirs + 1;
            *outSize = offered[theirs];
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

int onServerName(SSL* ssl, int*, void* argument) {
    const auto& impl = *static_cast<TlsServerContext::Impl*>(argument);
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (name == nullptr || impl.contexts.size() < 2) return SSL_TLSEXT_ERR_OK;
    for (std::size_t i = 0; i < impl.contexts.size(); ++i) {
        if (!openssl::carriesDnsName(impl.leaves[i].get(), name)) continue;
        if (i != 0) SSL_set_SSL_CTX(ssl, impl.contexts[i].get());
        break;
    }
    return SSL_TLSEXT_ERR_OK;
}

// ---- Parts that both sides share

Result<std::string> alpnOnTheWire(const std::vector<std::string>& names) {
    std::string result;
    for (const auto& name : names) {
        if (name.empty() || name.size() > 255)
            return fail("tls-bad-alpn", fmt::format("\"{}\" cannot be an ALPN protocol name.", name));
        result.push_back(static_cast<char>(name.size()));
        result += name;
    }
    return result;
}

Result<Context> newContext(const SSL_METHOD* method) {
    Context context(SSL_CTX_new(method));
    if (!context) return fail("tls-no-context", fmt::format("OpenSSL gives no TLS context ({}).", openssl::lastError()));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    // An end without close_notify never reaches OpenSSL: the stream sees it first, and says IoEnd::Truncated. So there is no
    // SSL_OP_IGNORE_UNEXPECTED_EOF, which would make the two ends look alike.
    SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    // Idle sessions give their record buffers back; the engine's writes always take everything.
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE);
    SSL_CTX_set1_groups_list(context.get(), "X25519:P-256:P-384");
    // AES-128 first: as safe as need be, and a third cheaper.
    SSL_CTX_set_ciphersuites(context.get(),
                             "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
    return context;
}

struct LoadedIdentity {
    std::vector<Certificate> chain;  ///< The leaf first.
    Key key;
};

Result<LoadedIdentity> load(TlsIdentity& identity) {
    auto chain = openssl::readCertificates(identity.certificatePem, "tls-bad-certificate", "The certificate");
    auto key = openssl::readKey(identity.keyPem);
    cleanse(identity.keyPem);
    if (!chain) return tl::unexpected(chain.error());
    if (!key) return tl::unexpected(key.error());
    X509* leaf = chain->front().get();
    if (X509_check_private_key(leaf, key->get()) != 1) {
        ERR_clear_error();
        return fail("tls-key-mismatch",
                    fmt::format("The private key does not belong to the certificate of {}.", openssl::shortName(leaf)));
    }
    return LoadedIdentity{std::move(*chain), std::move(*key)};
}

Result<void> use(SSL_CTX* context, const LoadedIdentity& identity) {
    X509* leaf = identity.chain.front().get();
    const auto refused = [&](std::string_view what) {
        return fail("tls-bad-certificate",
                    fmt::format("The certificate of {} cannot be used: {} ({}).", openssl::shortName(leaf), what,
                                openssl::lastError()));
    };
    ERR_clear_error();
    if (SSL_CTX_use_certificate(context, leaf) != 1) return refused("OpenSSL refuses it");
    if (SSL_CTX_use_PrivateKey(context, identity.key.get()) != 1) return refused("OpenSSL refuses its key");
    SSL_CTX_clear_chain_certs(context);
    for (std::size_t i = 1; i < identity.chain.size(); ++i)
        if (SSL_CTX_add1_chain_cert(context, identity.chain[i].get()) != 1) return refused("OpenSSL refuses its chain");
    return {};
}

/// The bundle's certificates become the only anchors of trust; an intermediate one will do, without its root.
Result<std::vector<Certificate>> trust(SSL_CTX* context, std::string_view caPem) {
    auto anchors = openssl::readCertificates(caPem, "tls-bad-ca", "The CA bundle");
    if (!anchors) return anchors;
    X509_STORE* store = SSL_CTX_get_cert_store(context);
    for (const auto& anchor : *anchors)
        if (X509_STORE_add_cert(store, anchor.get()) != 1)
            return fail("tls-bad-ca", fmt::format("The CA certificate of {} cannot be used ({}).",
                                                  openssl::shortName(anchor.get()), openssl::lastError()));
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    return anchors;
}

bool sameNames(const X509* a, const X509* b) {
    unsigned char* first = nullptr;
    unsigned char* second = nullptr;
    std::unique_ptr<GENERAL_NAMES, openssl::Free<GENERAL_NAMES_free>> one(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(a, NID_subject_alt_name, nullptr, nullptr)));
    std::unique_ptr<GENERAL_NAMES, openssl::Free<GENERAL_NAMES_free>> other(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(b, NID_subject_alt_name, nullptr, nullptr)));
    if (!one || !other) return !one && !other && X509_NAME_cmp(X509_get_subject_name(a), X509_get_subject_name(b)) == 0;
    const int sizeOne = i2d_GENERAL_NAMES(one.get(), &first);
    const int sizeOther = i2d_GENERAL_NAMES(other.get(), &second);
    const bool same = sizeOne > 0 && sizeOne == sizeOther && std::memcmp(first, second, static_cast<std::size_t>(sizeOne)) == 0;
    OPENSSL_free(first);
    OPENSSL_free(second);
    return same;
}

/// Of one name and different key types: they can share a context, where the handshake chooses by what the client can verify.
bool fitTogether(const LoadedIdentity& a, const LoadedIdentity& b) {
    return EVP_PKEY_get_base_id(a.key.get()) != EVP_PKEY_get_base_id(b.key.get()) &&
           sameNames(a.chain.front().get(), b.chain.front().get());
}

Result<Context> newServerContext(TlsServerContext::Impl& impl, const TlsServerOptions& options) {
    auto made = newContext(TLS_server_method());
    if (!made) return made;
    SSL_CTX* context = made->get();
    SSL_CTX_set_app_data(context, &impl);
    SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, options.tickets);
    if (options.tickets == 0) SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    else if (impl.ticketKeys) SSL_CTX_set_tlsext_ticket_key_evp_cb(context, onTicket);
    SSL_CTX_set_timeout(context, 3600);
    SSL_CTX_set_max_early_data(context, 0);
    SSL_CTX_set_client_hello_cb(context, openssl::onClientHello, nullptr);
    SSL_CTX_set_tlsext_servername_callback(context, onServerName);
    SSL_CTX_set_tlsext_servername_arg(context, &impl);
    SSL_CTX_set_alpn_select_cb(context, onAlpn, &impl);

    const std::string scope = fmt::format("{}\n{}\n{}", options.sessionScope,
                                          static_cast<int>(options.clientCertificates), options.clientCaPem);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(scope.data()), scope.size(), digest);
    static_assert(sizeof digest <= SSL_MAX_SID_CTX_LENGTH);
    SSL_CTX_set_session_id_context(context, digest, sizeof digest);

    if (options.clientCertificates == ClientCertificates::None) return made;
    auto anchors = trust(context, options.clientCaPem);
    if (!anchors) return tl::unexpected(anchors.error());
    // The names help a browser choose among its certificates; a large bundle would bloat every handshake.
    constexpr std::size_t kMostNames = 32;
    if (anchors->size() <= kMostNames)
        for (const auto& anchor : *anchors) SSL_CTX_add_client_CA(context, anchor.get());
    const int must = options.clientCertificates == ClientCertificates::Required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | must, openssl::onVerify);
    return made;
}

bool isAddress(const std::string& text) {
    unsigned char bytes[16];
    return ::inet_pton(AF_INET, text.c_str(), bytes) == 1 || ::inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

}  // namespace

// ---- Server

TlsServerContext::TlsServerContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsServerContext::~TlsServerContext() = default;
const std::string& TlsServerContext::leafPem() const { return impl_->leafPem; }
ssl_ctx_st* TlsServerContext::native() const { return impl_->contexts.front().get(); }

Result<std::shared_ptr<const TlsServerContext>> TlsServerContext::make(TlsServerOptions options) {
    auto impl = std::make_unique<Impl>();
    impl->clientCertificates = options.clientCertificates;
    impl->ticketKeys = options.ticketKeys;
    auto alpn = alpnOnTheWire(options.alpn);
    if (!alpn) return tl::unexpected(alpn.error());
    impl->alpn = std::move(*alpn);
    if (options.identities.empty()) return fail("tls-no-certificate", "A TLS server needs at least one certificate.");

    std::vector<LoadedIdentity> loaded;
    std::optional<Error> wrong;
    for (auto& identity : options.identities) {
        auto read = load(identity);
        if (read) loaded.push_back(std::move(*read));
        else if (!wrong) wrong = read.error();
    }
    if (wrong) return tl::unexpected(*wrong);

    std::vector<std::vector<const LoadedIdentity*>> groups;
    for (const auto& identity : loaded) {
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& others) {
            return std::all_of(others.begin(), others.end(), [&](const auto* other) { return fitTogether(identity, *other); });
        });
        if (group == groups.end()) groups.push_back({&identity});
        else group->push_back(&identity);
    }
    for (const auto& group : groups) {
        auto context = newServerContext(*impl, options);
        if (!context) return tl::unexpected(context.error());
        for (const auto* identity : group) {
            auto used = use(context->get(), *identity);
            if (!used) return tl::unexpected(used.error());
            impl->leafPem += openssl::pemOf(identity->chain.front().get());
        }
        X509* leaf = group.front()->chain.front().get();
        X509_up_ref(leaf);
        impl->leaves.emplace_back(leaf);
        impl->contexts.push_back(std::move(*context));
    }
    return std::shared_ptr<const TlsServerContext>(new TlsServerContext(std::move(impl)));
}

// ---- Client

TlsClientContext::TlsClientContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsClientContext::~TlsClientContext() = default;
ssl_ctx_st* TlsClientContext::native() const { return impl_->context.get(); }
std::size_t TlsClientContext::sessions() const { return impl_->kept(); }

openssl::Session TlsClientContext::Impl::take() {
    std::lock_guard lock(mutex_);
    while (!sessions_.empty()) {
        SSL_SESSION* newest = sessions_.back().get();
        const auto age = std::time(nullptr) - static_cast<std::time_t>(SSL_SESSION_get_time(newest));
        const bool usable = SSL_SESSION_is_resumable(newest) == 1 && age <= SSL_SESSION_get_timeout(newest);
        if (usable && SSL_SESSION_get_protocol_version(newest) < TLS1_3_VERSION) {
            SSL_SESSION_up_ref(newest);
            return openssl::Session(newest);
        }
        openssl::Session taken = std::move(sessions_.back());
        sessions_.pop_back();
        if (usable) return taken;
    }
    return nullptr;
}

void TlsClientContext::Impl::keep(SSL_SESSION* session) {
    std::lock_guard lock(mutex_);
    // One session of TLS 1.2 is offered again and again; tickets of TLS 1.3 are used up.
    if (SSL_SESSION_get_protocol_version(session) < TLS1_3_VERSION) sessions_.clear();
    if (sessions_.size() == kMostSessions) sessions_.erase(sessions_.begin());
    sessions_.emplace_back(session);
}

std::size_t TlsClientContext::Impl::kept() const {
    std::lock_guard lock(mutex_);
    return sessions_.size();
}

Result<std::shared_ptr<const TlsClientContext>> TlsClientContext::make(TlsClientOptions options) {
    auto impl = std::make_unique<Impl>();
    auto made = newContext(TLS_client_method());
    if (!made) return tl::unexpected(made.error());
    impl->context = std::move(*made);
    SSL_CTX* context = impl->context.get();
    SSL_CTX_set_app_data(context, impl.get());

    if (options.identity.size() > 1) return fail("tls-bad-certificate", "A client presents one certificate, not several.");
    for (auto& identity : options.identity) {
        auto loaded = load(identity);
        if (!loaded) return tl::unexpected(loaded.error());
        auto used = use(context, *loaded);
        if (!used) return tl::unexpected(used.error());
    }
    options.identity.clear();

    auto alpn = alpnOnTheWire(options.alpn);
    if (!alpn) return tl::unexpected(alpn.error());
    if (!alpn->empty() && SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(alpn->data()),
                                                  static_cast<unsigned>(alpn->size())) != 0)
        return fail("tls-bad-alpn", "The ALPN protocol names cannot be used.");

    if (options.trust == TlsTrust::Bundle) {
        auto anchors = trust(context, options.caPem);
        if (!anchors) return tl::unexpected(anchors.error());
        options.caPem.clear();
    } else if (options.trust == TlsTrust::System && SSL_CTX_set_default_verify_paths(context) != 1) {
        return fail("tls-bad-ca", fmt::format("The CA certificates of this system cannot be read ({}).", openssl::lastError()));
    }

    if (options.verifyName.empty()) options.verifyName = options.sni;
    if (options.verifyName.ends_with('.')) options.verifyName.pop_back();
    if (options.sni.ends_with('.')) options.sni.pop_back();
    impl->sniIsName = !options.sni.empty() && !isAddress(options.sni);
    if (options.trust == TlsTrust::Insecure) {
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    } else {
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, openssl::onVerify);
        if (options.subjectAltNames.empty()) {
            if (options.verifyName.empty())
                return fail("tls-no-name", "There is no name to check the server's certificate against.");
            X509_VERIFY_PARAM* parameters = SSL_CTX_get0_param(context);
            X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
            const int set = isAddress(options.verifyName)
                                ? X509_VERIFY_PARAM_set1_ip_asc(parameters, options.verifyName.c_str())
                                : X509_VERIFY_PARAM_set1_host(parameters, options.verifyName.data(), options.verifyName.size());
            if (set != 1) return fail("tls-no-name", fmt::format("\"{}\" cannot be checked as a name.", options.verifyName));
        }
    }
    if (options.resume) {
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(context, openssl::onNewSession);
    } else {
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    }
    impl->options = std::move(options);
    return std::shared_ptr<const TlsClientContext>(new TlsClientContext(std::move(impl)));
}

}  // namespace gatehouse::net
