// Reading and looking at certificates and keys.
#include "net/openssl.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <ctime>

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace gatehouse::net {

using openssl::Bio;
using openssl::Certificate;
using openssl::Key;

void cleanse(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

namespace openssl {
namespace {

Bio bioOf(std::string_view text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equalIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// Calls `found` with each subject alternative name of a type, until it answers true.
template <class Found>
bool anyAltName(const X509* certificate, int type, Found found) {
    std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>> names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    if (!names) return false;
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != type) continue;
        const ASN1_STRING* text = type == GEN_IPADD ? name->d.iPAddress : name->d.ia5;
        if (found(std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                                   static_cast<std::size_t>(ASN1_STRING_length(text)))))
            return true;
    }
    return false;
}

}  // namespace

std::string pemOf(X509* certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) return {};
    char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string lastError() {
    const unsigned long code = ERR_peek_last_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    std::string text = reason == nullptr ? "unknown error" : reason;
    ERR_clear_error();
    return text;
}

Result<std::vector<Certificate>> readCertificates(std::string_view pem, const char* code, std::string_view what) {
    ERR_clear_error();
    const auto bio = bioOf(pem);
    std::vector<Certificate> found;
    while (true) {
        Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (!certificate) break;
        found.push_back(std::move(certificate));
    }
    const unsigned long error = ERR_peek_last_error();
    if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE)
        return fail(code, fmt::format("{}: certificate {} cannot be read ({}).", what, found.size() + 1, lastError()));
    ERR_clear_error();
    if (found.empty()) return fail(code, fmt::format("{} holds no PEM certificate.", what));
    return found;
}

Result<Key> readKey(std::string_view pem) {
    ERR_clear_error();
    const auto bio = bioOf(pem);
    // OpenSSL's own callback would ask on the terminal.
    bool asked = false;
    const auto refuse = [](char*, int, int, void* flag) {
        *static_cast<bool*>(flag) = true;
        return -1;
    };
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse, &asked));
    if (key) return key;
    if (asked) return fail("tls-bad-key", "The private key is encrypted; give it without a passphrase.");
    const unsigned long error = ERR_peek_last_error();
    if (pem.find("PRIVATE KEY-----") == std::string_view::npos ||
        (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE))
        return fail("tls-bad-key", "The key holds no PEM private key.");
    return fail("tls-bad-key", fmt::format("The private key cannot be read ({}).", lastError()));
}

std::string nameText(const X509_NAME* name) {
    Bio bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return std::string(data, static_cast<std::size_t>(std::max(size, 0L)));
}

std::string shortName(const X509* certificate) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at >= 0) {
        unsigned char* text = nullptr;
        const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
        if (size >= 0) {
            std::string result = "CN=" + std::string(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
            OPENSSL_free(text);
            return result;
        }
    }
    std::string all = nameText(subject);
    if (!all.empty()) return all;
    anyAltName(certificate, GEN_DNS, [&](std::string_view name) {
        all = name;
        return true;
    });
    return all.empty() ? "no name" : all;
}

bool carriesDnsName(const X509* certificate, std::string_view name) {
    return anyAltName(certificate, GEN_DNS, [&](std::string_view found) { return dnsNameMatches(found, name); });
}

bool carriesUri(const X509* certificate, std::string_view uri) {
    return anyAltName(certificate, GEN_URI, [&](std::string_view found) { return found == uri; });
}

}  // namespace openssl

namespace {

base::WallTime timeOf(const ASN1_TIME* time) {
    std::tm broken{};
    if (ASN1_TIME_to_tm(time, &broken) != 1) return {};
    return std::chrono::system_clock::from_time_t(::timegm(&broken));
}

std::string keyTypeOf(EVP_PKEY* key) {
    if (key == nullptr) return "unknown";
    if (EVP_PKEY_is_a(key, "RSA") || EVP_PKEY_is_a(key, "RSA-PSS")) return fmt::format("RSA {}", EVP_PKEY_get_bits(key));
    if (EVP_PKEY_is_a(key, "ED25519")) return "Ed25519";
    if (EVP_PKEY_is_a(key, "ED448")) return "Ed448";
    if (EVP_PKEY_is_a(key, "EC")) {
        char group[64] = "";
        std::size_t size = 0;
        EVP_PKEY_get_group_name(key, group, sizeof group, &size);
        const char* nist = EC_curve_nid2nist(OBJ_txt2nid(group));
        return fmt::format("ECDSA {}", nist != nullptr ? nist : group);
    }
    const char* name = EVP_PKEY_get0_type_name(key);
    return name != nullptr ? name : "unknown";
}

std::string addressText(std::string_view bytes) {
    char text[INET6_ADDRSTRLEN] = "";
    if (bytes.size() == 4) ::inet_ntop(AF_INET, bytes.data(), text, sizeof text);
    if (bytes.size() == 16) ::inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
    return text;
}

}  // namespace

bool dnsNameMatches(std::string_view inCertificate, std::string_view name) {
    if (inCertificate.empty() || name.empty()) return false;
    if (name.ends_with('.')) name.remove_suffix(1);
    if (openssl::equalIgnoringCase(inCertificate, name)) return true;
    // A name whose leftmost label is `*`, without that label: ".example.com". At least two labels must follow.
    const auto afterStar = [](std::string_view text) -> std::string_view {
        if (!text.starts_with("*.") || text.find('.', 2) == std::string_view::npos) return {};
        return text.substr(1);
    };
    const auto matches = [](std::string_view suffix, std::string_view other) {
        const auto dot = other.find('.');
        return !suffix.empty() && dot != std::string_view::npos && dot > 0 && other.front() != '*' &&
               openssl::equalIgnoringCase(suffix, other.substr(dot));
    };
    return matches(afterStar(inCertificate), name) || matches(afterStar(name), inCertificate);
}

Result<CertificateInfo> inspectCertificate(std::string_view pem) {
    auto certificates = openssl::readCertificates(pem, "tls-bad-certificate", "The certificate");
    if (!certificates) return tl::unexpected(certificates.error());
    X509* leaf = certificates->front().get();
    CertificateInfo info;
    info.subject = openssl::nameText(X509_get_subject_name(leaf));
    info.issuer = openssl::nameText(X509_get_issuer_name(leaf));
    const auto collect = [](std::vector<std::string>& into) {
        return [&into](std::string_view text) {
            into.emplace_back(text);
            return false;
        };
    };
    openssl::anyAltName(leaf, GEN_DNS, collect(info.dnsNames));
    openssl::anyAltName(leaf, GEN_URI, collect(info.uris));
    openssl::anyAltName(leaf, GEN_IPADD, [&](std::string_view bytes) {
        info.ipAddresses.push_back(addressText(bytes));
        return false;
    });
    info.notBefore = timeOf(X509_get0_notBefore(leaf));
    info.notAfter = timeOf(X509_get0_notAfter(leaf));
    info.keyType = keyTypeOf(X509_get0_pubkey(leaf));
    info.isCa = X509_check_ca(leaf) == 1;
    info.certificates = certificates->size();
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (X509_digest(leaf, EVP_sha256(), digest, &size) == 1)
        for (unsigned i = 0; i < size; ++i) info.fingerprintSha256 += fmt::format("{}{:02x}", i == 0 ? "" : ":", digest[i]);
    ERR_clear_error();
    return info;
}

Result<void> checkKeyMatches(std::string_view certificatePem, std::string_view keyPem) {
    auto certificates = openssl::readCertificates(certificatePem, "tls-bad-certificate", "The certificate");
    if (!certificates) return tl::unexpected(certificates.error());
    auto key = openssl::readKey(keyPem);
    if (!key) return tl::unexpected(key.error());
    X509* leaf = certificates->front().get();
    if (X509_check_private_key(leaf, key->get()) == 1) return {};
    ERR_clear_error();
    return fail("tls-key-mismatch",
                fmt::format("The private key does not belong to the certificate of {}.", openssl::shortName(leaf)));
}

Result<std::size_t> countCertificates(std::string_view caPem) {
    auto certificates = openssl::readCertificates(caPem, "tls-bad-ca", "The CA bundle");
    if (!certificates) return tl::unexpected(certificates.error());
    return certificates->size();
}

}  // namespace gatehouse::net
