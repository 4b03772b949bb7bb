// A certificate of one's own making, for servers whose clients want TLS but check nobody's name. Thread: any.
#pragma once

#include "net/tls.h"

#include <string>

namespace gatehouse::net {

/// ECDSA P-256, good for ten years from yesterday on, with `name` as its subject and dNSName. Error "tls-bad-key" where OpenSSL has no
/// randomness.
Result<TlsIdentity> makeSelfSigned(const std::string& name);

}  // namespace gatehouse::net
