// Keys by which the signatures of tokens are checked: a JSON Web Key Set (RFC 7517), one key of it, or a public key as PEM.
// Thread: KeySet is immutable, any thread.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::filter {

/// Signatures that are taken. HMAC is not among them: whoever can check it can make it; nor is "none".
enum class TokenAlgorithm : std::uint8_t { RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA };
std::string_view nameOf(TokenAlgorithm algorithm);
bool readAlgorithm(std::string_view name, TokenAlgorithm& out);

struct PublicKey {
    enum class Type : std::uint8_t { Rsa, P256, P384, Ed25519 };
    std::string id;         ///< kid; may be empty.
    std::string algorithm;  ///< alg; empty: any that fits the type.
    Type type = Type::Rsa;
    std::shared_ptr<void> key;  ///< EVP_PKEY

    bool fits(TokenAlgorithm algorithm) const;
    /// `signature` as JWS has it (RFC 7518): of ES* the two numbers one after the other.
    bool verifies(TokenAlgorithm algorithm, std::string_view text, std::string_view signature) const;
};

struct KeySet {
    std::vector<PublicKey> keys;
    std::size_t skipped = 0;  ///< Of another use or type, which is no error.
    bool has(std::string_view kid) const;
};

/// "jwks-syntax": neither JSON nor PEM; "jwks-empty": no key in it can be used. RSA keys of less than 2,048 bits are not used
/// (RFC 7518 section 3.3).
Result<std::shared_ptr<const KeySet>> readKeySet(std::string_view text);

}  // namespace gatehouse::filter
