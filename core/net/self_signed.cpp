#include "net/self_signed.h"

#include "net/openssl.h"

#include <fmt/format.h>

#include <openssl/pem.h>
#include <openssl/rand.h>

namespace gatehouse::net {
namespace {

using openssl::Bio;
using openssl::Certificate;
using openssl::Key;

constexpr long kDay = 24 * 60 * 60;
constexpr long kVersion3 = 2;

std::string textOf(BIO* bio) {
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(bio, &bytes);
    return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

bool fill(X509* certificate, EVP_PKEY* key, const std::string& name) {
    std::uint64_t serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return false;
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3'650 * kDay);
    auto* subject = X509_get_subject_name(certificate);
    const auto* text = reinterpret_cast<const unsigned char*>(name.data());
    const std::unique_ptr<X509_EXTENSION, openssl::Free<X509_EXTENSION_free>> names(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str()));
    return X509_set_version(certificate, kVersion3) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, static_cast<int>(name.size()), -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1 && names &&
           X509_add_ext(certificate, names.get(), -1) == 1 && X509_sign(certificate, key, EVP_sha256()) > 0;
}

}  // namespace

Result<TlsIdentity> makeSelfSigned(const std::string& name) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    const Bio out(BIO_new(BIO_s_secmem()));
    if (!key || !certificate || !out || !fill(certificate.get(), key.get(), name) ||
        PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return fail("tls-bad-key", fmt::format("A certificate for {} cannot be made: {}", name, openssl::lastError()));
    return TlsIdentity{openssl::pemOf(certificate.get()), textOf(out.get())};
}

}  // namespace gatehouse::net
