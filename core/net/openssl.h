// OpenSSL's objects with owners, and what several TLS sources need of them. Internal to net/: included by tls*.cpp alone.
// Thread: any.
#pragma once

#include "base/result.h"
#include "net/tls.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::net::openssl {

template <auto function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        function(object);
    }
};

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Context = std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL_SESSION, Free<SSL_SESSION_free>>;
using Connection = std::unique_ptr<SSL, Free<SSL_free>>;

std::string pemOf(X509* certificate);
/// Every certificate of a PEM text, in order; other blocks are passed over. `code` and `what` word the error.
Result<std::vector<Certificate>> readCertificates(std::string_view pem, const char* code, std::string_view what);
/// The first private key of a PEM text. Error "tls-bad-key"; never asks for a passphrase.
Result<Key> readKey(std::string_view pem);
/// What OpenSSL's queue says last, in words; empties the queue.
std::string lastError();
/// RFC 2253, for people.
std::string nameText(const X509_NAME* name);
/// "CN=..." of the subject, or all of the subject without one.
std::string shortName(const X509* certificate);
/// One of the certificate's dNSNames matches.
bool carriesDnsName(const X509* certificate, std::string_view name);
bool carriesUri(const X509* certificate, std::string_view uri);

// What a session tells its TlsEngine (tls_engine.cpp), which is the app data of its SSL.
int onVerify(int ok, X509_STORE_CTX* store);
int onClientHello(SSL* ssl, int* alert, void*);
int onNewSession(SSL* ssl, SSL_SESSION* session);

}  // namespace gatehouse::net::openssl

namespace gatehouse::net {

struct TlsServerContext::Impl {
    /// The first context is the one that sessions begin with; SNI moves a session to another.
    std::vector<openssl::Context> contexts;
    std::vector<openssl::Certificate> leaves;  ///< The first leaf of each context, when there are several.
    std::string leafPem;                       ///< Of all identities.
    std::string alpn;                          ///< As on the wire: each name after its length.
    ClientCertificates clientCertificates = ClientCertificates::None;
    std::shared_ptr<TlsTicketKeys> ticketKeys;
};

struct TlsClientContext::Impl {
    openssl::Context context;
    TlsClientOptions options;  ///< Without identity and caPem.
    bool sniIsName = false;
    /// The newest session that may be offered, or null. TLS 1.3 tickets are offered once (RFC 8446 appendix C.4).
    openssl::Session take();
    void keep(SSL_SESSION* session);
    std::size_t kept() const;

  private:
    static constexpr std::size_t kMostSessions = 32;
    mutable std::mutex mutex_;
    std::vector<openssl::Session> sessions_;  ///< Newest last.
};

}  // namespace gatehouse::net
