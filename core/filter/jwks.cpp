#include "filter/jwks.h"

#include "filter/encoding.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>

namespace gatehouse::filter {
namespace {

using Json = nlohmann::json;

struct AlgorithmRow {
    TokenAlgorithm algorithm;
    std::string_view name;
    PublicKey::Type type;
    const EVP_MD* (*digest)();
    bool pss;
};
constexpr AlgorithmRow kAlgorithms[] = {
    {TokenAlgorithm::RS256, "RS256", PublicKey::Type::Rsa, EVP_sha256, false},
    {TokenAlgorithm::RS384, "RS384", PublicKey::Type::Rsa, EVP_sha384, false},
    {TokenAlgorithm::RS512, "RS512", PublicKey::Type::Rsa, EVP_sha512, false},
    {TokenAlgorithm::PS256, "PS256", PublicKey::Type::Rsa, EVP_sha256, true},
    {TokenAlgorithm::PS384, "PS384", PublicKey::Type::Rsa, EVP_sha384, true},
    {TokenAlgorithm::PS512, "PS512", PublicKey::Type::Rsa, EVP_sha512, true},
    {TokenAlgorithm::ES256, "ES256", PublicKey::Type::P256, EVP_sha256, false},
    {TokenAlgorithm::ES384, "ES384", PublicKey::Type::P384, EVP_sha384, false},
    {TokenAlgorithm::EdDSA, "EdDSA", PublicKey::Type::Ed25519, nullptr, false},
};

const AlgorithmRow& rowOf(TokenAlgorithm algorithm) { return kAlgorithms[static_cast<std::size_t>(algorithm)]; }

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* what) const { Free(what); }
};
using BigNumber = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

std::shared_ptr<void> owned(EVP_PKEY* key) {
    return key == nullptr ? nullptr : std::shared_ptr<void>(key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); });
}
EVP_PKEY* raw(const PublicKey& key) { return static_cast<EVP_PKEY*>(key.key.get()); }

std::shared_ptr<void> fromParams(const char* type, OSSL_PARAM_BLD* builder) {
    const Params params(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (params && context && EVP_PKEY_fromdata_init(context.get()) > 0)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get());
    return owned(key);
}

std::string member(const Json& key, const char* name) {
    const auto found = key.find(name);
    return found != key.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::shared_ptr<void> rsaKey(const Json& json) {
    const auto n = fromBase64Url(member(json, "n")), e = fromBase64Url(member(json, "e"));
    if (!n || !e || n->empty() || e->empty() || n->size() > 2048) return nullptr;
    const auto number = [](const std::string& bytes) {
        return BigNumber(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
    };
    const auto modulus = number(*n), exponent = number(*e);
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return fromParams("RSA", builder.get());
}

std::shared_ptr<void> curveKey(const Json& json, const char* group, std::size_t size) {
    const auto x = fromBase64Url(member(json, "x")), y = fromBase64Url(member(json, "y"));
    if (!x || !y || x->size() != size || y->size() != size) return nullptr;
    const auto point = "\x04" + *x + *y;
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return fromParams("EC", builder.get());
}

std::shared_ptr<void> edwardsKey(const Json& json) {
    const auto x = fromBase64Url(member(json, "x"));
    if (!x || x->size() != 32) return nullptr;
    return owned(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(x->data()), x->size()));
}

/// What kind of key OpenSSL made of it; false where it is none that is used here.
bool classify(PublicKey& out) {
    if (!out.key) return false;
    auto* key = raw(out);
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_RSA: out.type = PublicKey::Type::Rsa; return EVP_PKEY_get_bits(key) >= 2048;
        case EVP_PKEY_ED25519: out.type = PublicKey::Type::Ed25519; return true;
        case EVP_PKEY_EC: break;
        default: return false;
    }
    char group[32] = "";
    if (EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1) return false;
    out.type = std::string_view(group) == "secp384r1" ? PublicKey::Type::P384 : PublicKey::Type::P256;
    return std::string_view(group) == "secp384r1" || std::string_view(group) == "prime256v1";
}

bool readKey(const Json& json, PublicKey& out) {
    if (!json.is_object()) return false;
    const auto use = member(json, "use");
    if (!use.empty() && use != "sig") return false;
    out.id = member(json, "kid");
    out.algorithm = member(json, "alg");
    const auto type = member(json, "kty"), curve = member(json, "crv");
    if (type == "RSA") out.key = rsaKey(json);
    else if (type == "EC" && curve == "P-256") out.key = curveKey(json, "prime256v1", 32);
    else if (type == "EC" && curve == "P-384") out.key = curveKey(json, "secp384r1", 48);
    else if (type == "OKP" && curve == "Ed25519") out.key = edwardsKey(json);
    ERR_clear_error();
    return classify(out);
}

Result<std::shared_ptr<const KeySet>> readPem(std::string_view text) {
    auto set = std::make_shared<KeySet>();
    const std::unique_ptr<BIO, Freed<BIO_free_all>> in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    PublicKey key;
    key.key = owned(PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (!classify(key)) return fail("jwks-syntax", "The PEM text holds no public key of RSA (2,048 bits or more), P-256, P-384 or Ed25519.");
    set->keys.push_back(std::move(key));
    return set;
}

/// Two numbers one after the other -> what OpenSSL reads.
std::string derSignature(std::string_view signature) {
    const auto half = signature.size() / 2;
    const auto number = [&](std::size_t at) {
        return BN_bin2bn(reinterpret_cast<const unsigned char*>(signature.data()) + at, static_cast<int>(half), nullptr);
    };
    const Signature pair(ECDSA_SIG_new());
    ECDSA_SIG_set0(pair.get(), number(0), number(half));
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &der);
    if (size <= 0) return {};
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

}  // namespace

std::string_view nameOf(TokenAlgorithm algorithm) { return rowOf(algorithm).name; }

bool readAlgorithm(std::string_view name, TokenAlgorithm& out) {
    for (const auto& row : kAlgorithms) {
        if (row.name != name) continue;
        out = row.algorithm;
        return true;
    }
    return false;
}

bool PublicKey::fits(TokenAlgorithm wanted) const {
    const auto& row = rowOf(wanted);
    return row.type == type && (algorithm.empty() || algorithm == row.name || (algorithm == "Ed25519" && wanted == TokenAlgorithm::EdDSA));
}

bool PublicKey::verifies(TokenAlgorithm wanted, std::string_view text, std::string_view signature) const {
    if (!fits(wanted)) return false;
    const auto& row = rowOf(wanted);
    std::string der;
    if (type == Type::P256 || type == Type::P384) {
        if (signature.size() != (type == Type::P256 ? 64U : 96U)) return false;
        der = derSignature(signature);
        signature = der;
    }
    const std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* details = nullptr;
    bool good = EVP_DigestVerifyInit(context.get(), &details, row.digest != nullptr ? row.digest() : nullptr, nullptr, raw(*this)) == 1;
    if (good && row.pss)
        good = EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) == 1;
    good = good && EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                                    reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
    if (!good) ERR_clear_error();
    return good;
}

bool KeySet::has(std::string_view kid) const {
    return std::any_of(keys.begin(), keys.end(), [&](const PublicKey& key) { return key.id == kid; });
}

Result<std::shared_ptr<const KeySet>> readKeySet(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin != std::string_view::npos && text.substr(begin).starts_with("-----BEGIN")) return readPem(text);
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return fail("jwks-syntax", "The text is neither a JSON Web Key Set nor a public key as PEM.");
    auto set = std::make_shared<KeySet>();
    const auto add = [&](const Json& entry) {
        PublicKey key;
        if (readKey(entry, key)) set->keys.push_back(std::move(key));
        else ++set->skipped;
    };
    if (const auto keys = json.find("keys"); keys != json.end() && keys->is_array())
        for (const auto& entry : *keys) add(entry);
    else if (json.contains("kty"))
        add(json);
    else
        return fail("jwks-syntax", "A JSON Web Key Set has a list \"keys\".");
    if (set->keys.empty())
        return fail("jwks-empty", "The key set has no key that can be used: RSA of 2,048 bits or more, P-256, P-384 or Ed25519, for signatures.");
    return set;
}

}  // namespace gatehouse::filter
