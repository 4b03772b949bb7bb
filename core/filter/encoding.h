// Digests and encodings of credentials, over OpenSSL. Thread: pure functions.
#pragma once

#include "text/base64.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::filter {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view text);
/// Takes the same time whatever the two hold.
bool sameDigest(const Digest& left, const Digest& right);
/// Of the same length, in constant time.
bool sameBytes(std::string_view left, std::string_view right);
/// 64 hex digits.
std::optional<Digest> digestOfHex(std::string_view hex);

/// RFC 4648 section 5 without padding; nothing where it is none.
std::optional<std::string> fromBase64Url(std::string_view text);
/// RFC 4648 section 4, padding required.
std::optional<std::string> fromBase64(std::string_view text);
using text::toBase64;
std::string toBase64Url(std::string_view data);

/// For tables: a digest is as good a hash as any.
struct DigestHash {
    std::size_t operator()(const Digest& digest) const {
        std::size_t out = 0;
        std::memcpy(&out, digest.data(), sizeof out);
        return out;
    }
};

}  // namespace gatehouse::filter
