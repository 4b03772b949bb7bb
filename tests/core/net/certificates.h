// Certificates for tests, made on the spot: an authority that issues what a test asks for, expired and wrong ones included.
// Thread: any. Lifetime: values.
#pragma once

#include "net/tls.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace gatehouse::test {

enum class KeyType { Ecdsa, Rsa, Ed25519 };

struct CertificateSpec {
    std::string commonName;
    std::vector<std::string> dns;
    std::vector<std::string> ips;
    std::vector<std::string> uris;
    KeyType key = KeyType::Ecdsa;
    int fromDays = -1;  ///< Validity, in days from now.
    int toDays = 30;
    bool ca = false;
};

class Authority {
  public:
    explicit Authority(const std::string& name = "Test CA", KeyType type = KeyType::Ecdsa) {
        CertificateSpec spec{.commonName = name, .key = type, .ca = true};
        key_ = newKey(type);
        certificate_ = sign(spec, key_.get(), nullptr, key_.get());
    }
    /// An authority below this one; what it issues carries its certificate in the chain.
    Authority intermediate(const std::string& name) const {
        Authority below;
        CertificateSpec spec{.commonName = name, .ca = true};
        below.key_ = newKey(spec.key);
        below.certificate_ = sign(spec, below.key_.get(), certificate_.get(), key_.get());
        below.chain_ = below.pem() + chain_;
        return below;
    }
    std::string pem() const { return certificatePem(certificate_.get()); }
    net::TlsIdentity issue(const CertificateSpec& spec) const {
        const auto key = newKey(spec.key);
        const auto certificate = sign(spec, key.get(), certificate_.get(), key_.get());
        return {certificatePem(certificate.get()) + chain_, keyPem(key.get())};
    }
    /// For one host name.
    net::TlsIdentity issue(const std::string& name, KeyType type = KeyType::Ecdsa) const {
        return issue(CertificateSpec{.commonName = name, .dns = {name}, .key = type});
    }
    static std::string keyPem(EVP_PKEY* key) {
        std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
        require(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "key to PEM");
        return text(bio.get());
    }

  private:
    struct Free {
        void operator()(X509* object) const { X509_free(object); }
        void operator()(EVP_PKEY* object) const { EVP_PKEY_free(object); }
        void operator()(BIO* object) const { BIO_free(object); }
    };
    using Certificate = std::unique_ptr<X509, Free>;
    using Key = std::unique_ptr<EVP_PKEY, Free>;

    static void require(bool holds, const char* what) {
        if (!holds) throw std::runtime_error(std::string("test certificates: ") + what);
    }
    static Key newKey(KeyType type) {
        EVP_PKEY* key = nullptr;
        if (type == KeyType::Rsa) key = EVP_RSA_gen(2048);
        else if (type == KeyType::Ed25519) key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        else key = EVP_EC_gen("P-256");
        require(key != nullptr, "no key");
        return Key(key);
    }
    static std::string text(BIO* bio) {
        char* data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        return std::string(data, static_cast<std::size_t>(size));
    }
    static std::string certificatePem(X509* certificate) {
        std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
        require(PEM_write_bio_X509(bio.get(), certificate) == 1, "certificate to PEM");
        return text(bio.get());
    }
    static void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
        require(extension != nullptr, value.c_str());
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
    /// Signed by `signer`, the key of `issuer`; of itself when that is null.
    static Certificate sign(const CertificateSpec& spec, EVP_PKEY* key, X509* issuer, EVP_PKEY* signer) {
        Certificate made(X509_new());
        X509* certificate = made.get();
        X509_set_version(certificate, X509_VERSION_3);
        std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> serial(BN_new(), BN_free);
        BN_rand(serial.get(), 120, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
        BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate));
        X509_gmtime_adj(X509_getm_notBefore(certificate), spec.fromDays * 86400L);
        X509_gmtime_adj(X509_getm_notAfter(certificate), spec.toDays * 86400L);
        X509_NAME* name = X509_get_subject_name(certificate);
        if (!spec.commonName.empty())
            X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(spec.commonName.c_str()), -1, -1, 0);
        X509_set_issuer_name(certificate, issuer == nullptr ? name : X509_get_subject_name(issuer));
        X509_set_pubkey(certificate, key);
        X509* from = issuer == nullptr ? certificate : issuer;
        extend(certificate, from, NID_basic_constraints, spec.ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
        extend(certificate, from, NID_subject_key_identifier, "hash");
        std::string names;
        const auto add = [&](const char* kind, const std::vector<std::string>& values) {
            for (const auto& value : values) names.append(names.empty() ? "" : ",").append(kind).append(value);
        };
        add("DNS:", spec.dns);
        add("IP:", spec.ips);
        add("URI:", spec.uris);
        if (!names.empty()) extend(certificate, from, NID_subject_alt_name, names);
        const bool digestless = EVP_PKEY_is_a(signer, "ED25519") == 1;
        require(X509_sign(certificate, signer, digestless ? nullptr : EVP_sha256()) > 0, "signature");
        return made;
    }

    Certificate certificate_;
    Key key_;
    std::string chain_;  ///< Of what this authority issues.
};

}  // namespace gatehouse::test
