// Certificates and authorities that objects hold: a Secret's tls.crt and tls.key, a ConfigMap's or Secret's ca.crt.
// References (env:NAME, file:/path in stringData) are followed at each call, so that a renewed file is seen.
// Thread: pure functions on an immutable set; they read files and the environment where a reference says so.
#pragma once

#include "base/result.h"
#include "config/gateway_api.h"
#include "net/tls.h"

#include <string>

namespace gatehouse::config {

/// The pair, checked: the certificate can be read and the key is its own. Errors "secret-missing" (no such Secret),
/// "secret-key-missing" (it lacks tls.crt or tls.key), those of secret::resolve(), "tls-bad-certificate", "tls-bad-key",
/// "tls-key-mismatch". The message never holds a value. Wipe keyPem with net::cleanse() when it is no longer needed.
Result<net::TlsIdentity> readTlsSecret(const ObjectSet& set, const ObjectKey& secret);

/// The authorities of a ConfigMap's or Secret's key ca.crt, at least one. Errors "ca-kind" (neither kind), "ca-missing"
/// (no such object, or it lacks the key), "tls-bad-ca".
Result<std::string> readCaBundle(const ObjectSet& set, const ObjectRef& ref);

/// What can be told about a Secret's certificate without showing a value. Remembered per text of the Secret, unless the
/// Secret only refers to where its values are. Errors as of readTlsSecret().
Result<net::CertificateInfo> inspectTlsSecret(const ObjectSet& set, const ObjectKey& secret);

/// readCaBundle() without the text: empty, or the error. Remembered likewise.
Result<void> checkCaBundle(const ObjectSet& set, const ObjectRef& ref);

}  // namespace gatehouse::config
