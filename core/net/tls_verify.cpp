// A client's certificate against a listener's authorities, as the handshake would check it.
#include "net/openssl.h"
#include "net/tls.h"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

namespace gatehouse::net {
namespace {

using openssl::Free;

void freeStack(STACK_OF(X509) * stack) { sk_X509_free(stack); }

}  // namespace

Result<void> checkClientCertificate(std::string_view chainPem, std::string_view caPem) {
    const auto chain = openssl::readCertificates(chainPem, "tls-bad-certificate", "The client's certificate");
    if (!chain) return tl::unexpected(chain.error());
    const auto anchors = openssl::readCertificates(caPem, "tls-bad-ca", "The CA bundle");
    if (!anchors) return tl::unexpected(anchors.error());
    const std::unique_ptr<X509_STORE, Free<X509_STORE_free>> store(X509_STORE_new());
    const std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>> check(X509_STORE_CTX_new());
    const std::unique_ptr<STACK_OF(X509), Free<freeStack>> rest(sk_X509_new_null());
    if (!store || !check || !rest) return fail("tls-untrusted", "There is no memory to check the certificate.");
    for (const auto& anchor : *anchors) X509_STORE_add_cert(store.get(), anchor.get());
    X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
    for (std::size_t i = 1; i < chain->size(); ++i) sk_X509_push(rest.get(), (*chain)[i].get());
    if (X509_STORE_CTX_init(check.get(), store.get(), chain->front().get(), rest.get()) != 1)
        return fail("tls-untrusted", "The certificate cannot be checked.");
    X509_STORE_CTX_set_default(check.get(), "ssl_client");
    if (X509_verify_cert(check.get()) == 1) return {};
    const int error = X509_STORE_CTX_get_error(check.get());
    return fail("tls-untrusted", fmt::format("the certificate of {} is not trusted ({})", openssl::shortName(chain->front().get()),
                                             X509_verify_cert_error_string(error)));
}

}  // namespace gatehouse::net
