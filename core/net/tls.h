// TLS contexts: what a listener presents and demands, and what a connection to an upstream sends and checks. Immutable,
// built on the control thread and shared by the workers; sessions run inside net::Stream (stream.h).
// Thread: make() and the free functions on any; contexts, ticket keys and the clients' session cache from any thread at once.
// Lifetime: shared; a stream keeps its context alive. No OpenSSL header here.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;

namespace gatehouse::net {

/// A certificate with its chain, leaf first, and the leaf's private key, both PEM. Contexts keep no copy of the texts.
struct TlsIdentity {
    std::string certificatePem;
    std::string keyPem;
};

/// Overwrites a secret before it is let go; the optimiser cannot drop it.
void cleanse(std::string& secret);

/// What an established session is.
struct TlsFacts {
    std::string sni;      ///< Lower case; empty without one.
    std::string alpn;     ///< What was agreed on; empty without ALPN.
    std::string version;  ///< "TLSv1.3"
    std::string cipher;   ///< "TLS_AES_128_GCM_SHA256"
    bool peerVerified = false;
    std::string peerSubject;      ///< RFC 2253, "CN=client,O=Example"; empty where the peer sent no certificate.
    std::string peerVerifyError;  ///< Why a certificate that was sent is not verified; empty when it is.
    bool resumed = false;
};

/// The keys that seal session tickets (RFC 5077 section 4), shared by listeners and by successive contexts of one listener,
/// so that a changed certificate does not cost every client a full handshake. They renew themselves; tickets of the two
/// previous periods still open.
class TlsTicketKeys {
  public:
    static constexpr std::chrono::hours kPeriod{12};
    TlsTicketKeys();
    ~TlsTicketKeys();
    TlsTicketKeys(const TlsTicketKeys&) = delete;
    TlsTicketKeys& operator=(const TlsTicketKeys&) = delete;
    /// Begins a new period now.
    void rotate();

    struct State;
    State& state() const { return *state_; }

  private:
    std::unique_ptr<State> state_;
};

/// What is asked of a client's certificate (Gateway API FrontendTLSValidation).
enum class ClientCertificates : std::uint8_t {
    None,              ///< None is asked for.
    OptionalInsecure,  ///< AllowInsecureFallback: asked for, anything goes, TlsFacts says whether it holds.
    Optional,          ///< Asked for; one that is shown must hold.
    Required,          ///< AllowValidOnly: no handshake without one that holds.
};

struct TlsServerOptions {
    /// At least one. Of one name, one per key type; where names differ, the client's SNI chooses among them, else the first.
    std::vector<TlsIdentity> identities;
    /// In our order of preference. A client that offers ALPN and none of these is refused (RFC 7301 section 3.2).
    std::vector<std::string> alpn = {"h2", "http/1.1"};
    ClientCertificates clientCertificates = ClientCertificates::None;
    std::string clientCaPem;                   ///< Needed unless None. Each certificate in it is an anchor of trust.
    std::shared_ptr<TlsTicketKeys> ticketKeys; ///< Null: keys of this context alone.
    unsigned tickets = 2;                      ///< Per full handshake; 0: no resumption.
    /// Sessions resume only where this and the client validation are the same; the listener's name.
    std::string sessionScope;
};

/// The server's side. TLS 1.2 and 1.3, no renegotiation, no compression, no early data.
class TlsServerContext {
  public:
    /// Errors "tls-bad-certificate", "tls-bad-key", "tls-key-mismatch", "tls-bad-ca", "tls-no-certificate", "tls-bad-alpn".
    static Result<std::shared_ptr<const TlsServerContext>> make(TlsServerOptions options);
    ~TlsServerContext();

    /// What sessions present, PEM: the leaves alone, each an anchor for who wants to trust just this listener.
    const std::string& leafPem() const;

    struct Impl;
    const Impl& impl() const { return *impl_; }
    ssl_ctx_st* native() const;

  private:
    explicit TlsServerContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A name that the server's certificate may carry instead of the host name (BackendTLSPolicy subjectAltNames).
struct TlsSubjectAltName {
    enum class Type : std::uint8_t { Hostname, Uri };
    Type type = Type::Hostname;
    std::string value;
};

enum class TlsTrust : std::uint8_t {
    System,    ///< What this machine trusts.
    Bundle,    ///< The certificates of caPem alone.
    Insecure,  ///< Nothing is checked. Only where a person asked for it.
};

struct TlsClientOptions {
    std::string sni;         ///< Sent unless empty or an IP address.
    std::string verifyName;  ///< The host name or IP address that the certificate must carry; empty: `sni`.
    /// Unless empty, one of these must match, and verifyName is not looked at.
    std::vector<TlsSubjectAltName> subjectAltNames;
    TlsTrust trust = TlsTrust::System;
    std::string caPem;  ///< For Bundle.
    std::vector<TlsIdentity> identity;  ///< None or one: the client certificate.
    std::vector<std::string> alpn;      ///< In order of preference; empty: no ALPN.
    bool resume = true;                 ///< Keep sessions, and offer them again.
};

/// The client's side, for one upstream: its sessions are kept here and resumed by any worker.
class TlsClientContext {
  public:
    /// Errors as of TlsServerContext::make(), and "tls-no-name" where there is nothing to check the certificate against.
    static Result<std::shared_ptr<const TlsClientContext>> make(TlsClientOptions options);
    ~TlsClientContext();

    /// Sessions that are waiting to be resumed.
    std::size_t sessions() const;

    struct Impl;
    Impl& impl() const { return *impl_; }
    ssl_ctx_st* native() const;

  private:
    explicit TlsClientContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// ---- Looking at certificates, for configuration and its status.

struct CertificateInfo {
    std::string subject;  ///< RFC 2253
    std::string issuer;
    std::vector<std::string> dnsNames;
    std::vector<std::string> ipAddresses;
    std::vector<std::string> uris;
    base::WallTime notBefore;
    base::WallTime notAfter;
    std::string keyType;            ///< "RSA 2048", "ECDSA P-256", "Ed25519"
    std::string fingerprintSha256;  ///< "ab:cd:..." of the DER form.
    bool isCa = false;
    std::size_t certificates = 0;  ///< In the text, the leaf included.
};

/// The first certificate of the text. Error "tls-bad-certificate".
Result<CertificateInfo> inspectCertificate(std::string_view pem);
/// Errors "tls-bad-certificate", "tls-bad-key", "tls-key-mismatch".
Result<void> checkKeyMatches(std::string_view certificatePem, std::string_view keyPem);
/// How many certificates a CA bundle holds, at least one. Error "tls-bad-ca" also when only one of several cannot be read.
Result<std::size_t> countCertificates(std::string_view caPem);

/// Would a listener that asks for certificates of `caPem`'s authorities take this one (leaf first, then its chain)? Errors
/// "tls-bad-certificate", "tls-bad-ca", "tls-untrusted" with the reason.
Result<void> checkClientCertificate(std::string_view chainPem, std::string_view caPem);

/// A dNSName of a certificate against a host name (RFC 6125 section 6.4.3): `*` stands for the whole leftmost label alone.
/// Where `name` is itself a wildcard, any single label may stand in its place.
bool dnsNameMatches(std::string_view inCertificate, std::string_view name);

}  // namespace gatehouse::net
