#include "config/certificates.h"

#include "config/fields.h"
#include "config/memo.h"
#include "secret/secret.h"

#include <fmt/core.h>

namespace gatehouse::config {
namespace {

struct Written {
    std::string text;     ///< Of stringData, or of a ConfigMap's data.
    std::string encoded;  ///< Of data, or of a ConfigMap's binaryData.
    bool empty() const { return text.empty() && encoded.empty(); }
};

Written written(const Object& object, std::string_view key) {
    const auto* root = object.root.get();
    if (object.key.kind == "ConfigMap")
        return {textOf(memberOf(root, "data"), key), textOf(memberOf(root, "binaryData"), key)};
    return {textOf(memberOf(root, "stringData"), key), textOf(memberOf(root, "data"), key)};
}

bool refersElsewhere(const Object& object, std::initializer_list<std::string_view> keys) {
    return object.key.kind == "Secret" &&
           std::any_of(keys.begin(), keys.end(),
                       [&](std::string_view key) { return secret::isReference(written(object, key).text); });
}

Result<std::string> valueOf(const Object& object, std::string_view key, const char* missing) {
    const auto value = written(object, key);
    if (value.empty()) return fail(missing, fmt::format("{} has no key {}; add it.", object.key.display(), key));
    // A ConfigMap holds plain text: what looks like a reference is none there.
    if (object.key.kind == "ConfigMap" && !value.text.empty()) return value.text;
    const auto resolved = secret::resolve(value.text, value.encoded);
    if (!resolved)
        return fail(resolved.error().code,
                    fmt::format("Key {} of {} cannot be read: {}", key, object.key.display(), resolved.error().message));
    return std::string(resolved->reveal());
}

Result<net::TlsIdentity> readPair(const Object& object) {
    auto certificate = valueOf(object, "tls.crt", "secret-key-missing");
    if (!certificate) return tl::unexpected(certificate.error());
    auto key = valueOf(object, "tls.key", "secret-key-missing");
    if (!key) return tl::unexpected(key.error());
    net::TlsIdentity pair{std::move(*certificate), std::move(*key)};
    if (auto fits = net::checkKeyMatches(pair.certificatePem, pair.keyPem); !fits) {
        net::cleanse(pair.keyPem);
        return fail(fits.error().code, fmt::format("{}: {}", object.key.display(), fits.error().message));
    }
    return pair;
}

Result<net::CertificateInfo> inspectPair(const Object& object) {
    auto pair = readPair(object);
    if (!pair) return tl::unexpected(pair.error());
    net::cleanse(pair->keyPem);
    return net::inspectCertificate(pair->certificatePem);
}

Result<std::string> readAuthorities(const Object& object) {
    auto pem = valueOf(object, "ca.crt", "ca-missing");
    if (!pem) return pem;
    if (const auto count = net::countCertificates(*pem); !count)
        return fail(count.error().code, fmt::format("{}: {}", object.key.display(), count.error().message));
    return pem;
}

Result<void> checkAuthorities(const Object& object) {
    const auto pem = readAuthorities(object);
    if (!pem) return tl::unexpected(pem.error());
    return {};
}

Result<const Object*> findSecret(const ObjectSet& set, const ObjectKey& key) {
    const auto* object = key.group.empty() && key.kind == "Secret" ? set.find(key) : nullptr;
    if (object == nullptr || !object->root)
        return fail("secret-missing", fmt::format("{} does not exist; create it or correct the reference.", key.display()));
    return object;
}

Result<const Object*> findAuthorities(const ObjectSet& set, const ObjectRef& ref) {
    if (!ref.group.empty() || (ref.kind != "ConfigMap" && ref.kind != "Secret"))
        return fail("ca-kind", fmt::format("A {} cannot hold authorities; name a ConfigMap or a Secret of the core group.", ref.kindText()));
    const auto* object = set.find(ref.key());
    if (object == nullptr || !object->root)
        return fail("ca-missing",
                    fmt::format("{} does not exist; create it or correct the reference.", ref.key().display()));
    return object;
}

}  // namespace

Result<net::TlsIdentity> readTlsSecret(const ObjectSet& set, const ObjectKey& secret) {
    const auto object = findSecret(set, secret);
    if (!object) return tl::unexpected(object.error());
    return readPair(**object);
}

Result<std::string> readCaBundle(const ObjectSet& set, const ObjectRef& ref) {
    const auto object = findAuthorities(set, ref);
    if (!object) return tl::unexpected(object.error());
    return readAuthorities(**object);
}

Result<net::CertificateInfo> inspectTlsSecret(const ObjectSet& set, const ObjectKey& secret) {
    const auto found = findSecret(set, secret);
    if (!found) return tl::unexpected(found.error());
    const auto& object = **found;
    if (!object.memo || refersElsewhere(object, {"tls.crt", "tls.key"})) return inspectPair(object);
    auto& memo = *object.memo;
    std::call_once(memo.certificateOnce, [&] {
        memo.certificate = std::make_shared<const Result<net::CertificateInfo>>(inspectPair(object));
    });
    return *memo.certificate;
}

Result<void> checkCaBundle(const ObjectSet& set, const ObjectRef& ref) {
    const auto found = findAuthorities(set, ref);
    if (!found) return tl::unexpected(found.error());
    const auto& object = **found;
    if (!object.memo || refersElsewhere(object, {"ca.crt"})) return checkAuthorities(object);
    auto& memo = *object.memo;
    std::call_once(memo.authoritiesOnce, [&] {
        memo.authorities = std::make_shared<const Result<void>>(checkAuthorities(object));
    });
    return *memo.authorities;
}

}  // namespace gatehouse::config
