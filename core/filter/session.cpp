#include "filter/session.h"

#include "filter/encoding.h"
#include "http/characters.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstring>
#include <random>

namespace gatehouse::filter {
namespace {

constexpr std::size_t kMacBytes = 16;  // Of HMAC-SHA-256's 32; RFC 2104 section 5 allows half.
constexpr std::size_t kFactBytes = 16;
constexpr std::size_t kTokenBytes = kFactBytes + kMacBytes;
constexpr std::size_t kTokenText = 43;  // base64url without padding

Digest mac(const std::array<unsigned char, 32>& key, std::string_view text) {
    Digest out{};
    unsigned size = out.size();
    ::HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
           text.size(), out.data(), &size);
    return out;
}

void put(unsigned char* out, std::uint64_t value) {
    for (int i = 7; i >= 0; --i, value >>= 8) out[i] = static_cast<unsigned char>(value);
}

std::uint64_t get(const unsigned char* in) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | in[i];
    return value;
}

std::string sealedText(std::string_view scope, const unsigned char* facts) {
    std::string text("session\n");
    text += scope;
    text += '\n';
    text.append(reinterpret_cast<const char*>(facts), kFactBytes);
    return text;
}

}  // namespace

std::shared_ptr<const SessionSeal> SessionSeal::make() {
    std::array<unsigned char, 32> key{};
    if (::RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
        std::random_device random;
        for (auto& byte : key) byte = static_cast<unsigned char>(random());
    }
    return std::make_shared<const SessionSeal>(key);
}

std::uint64_t SessionSeal::tag(std::string_view place) const {
    return get(mac(key_, "place\n" + std::string(place)).data());
}

std::string SessionSeal::seal(std::string_view scope, const SessionTicket& ticket) const {
    unsigned char bytes[kTokenBytes];
    put(bytes, ticket.tag);
    put(bytes + 8, static_cast<std::uint64_t>(ticket.began.count()));
    std::memcpy(bytes + kFactBytes, mac(key_, sealedText(scope, bytes)).data(), kMacBytes);
    return toBase64Url({reinterpret_cast<const char*>(bytes), kTokenBytes});
}

std::optional<SessionTicket> SessionSeal::open(std::string_view scope, std::string_view token) const {
    if (token.size() != kTokenText) return std::nullopt;
    unsigned char text[kTokenText + 1];
    for (std::size_t i = 0; i < kTokenText; ++i) {
        const char c = token[i];
        text[i] = static_cast<unsigned char>(c == '-' ? '+' : c == '_' ? '/' : c);
    }
    text[kTokenText] = '=';
    unsigned char bytes[kTokenBytes + 1];
    if (::EVP_DecodeBlock(bytes, text, kTokenText + 1) != static_cast<int>(kTokenBytes + 1)) return std::nullopt;
    const auto expected = mac(key_, sealedText(scope, bytes));
    if (::CRYPTO_memcmp(expected.data(), bytes + kFactBytes, kMacBytes) != 0) return std::nullopt;
    return SessionTicket{get(bytes), std::chrono::seconds(static_cast<std::int64_t>(get(bytes + 8)))};
}

std::string_view cookieValue(const http::Headers& request, std::string_view name) {
    for (const auto& field : request.fields()) {
        if (!http::equalsIgnoreCase(field.name, "cookie")) continue;
        auto rest = field.value;
        while (!rest.empty()) {
            const auto end = rest.find(';');
            const auto pair = http::trimOws(rest.substr(0, end));
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
                auto value = pair.substr(equals + 1);
                if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
                return value;
            }
            if (end == std::string_view::npos) break;
            rest.remove_prefix(end + 1);
        }
    }
    return {};
}

std::string_view sessionToken(const Session& session, const http::Headers& request) {
    return session.byHeader ? request.get(session.name).value_or(std::string_view{}) : cookieValue(request, session.name);
}

void stampSession(const Session& session, std::string_view token, bool https, http::Headers& answer) {
    if (session.byHeader) {
        answer.set(session.name, token);
        return;
    }
    std::string cookie = session.name + "=";
    cookie += token;
    cookie += "; Path=/; HttpOnly; SameSite=Lax";
    if (https) cookie += "; Secure";
    if (session.permanent && session.absoluteTimeout)
        cookie += "; Max-Age=" + std::to_string(session.absoluteTimeout->count());
    answer.add("Set-Cookie", cookie);
}

}  // namespace gatehouse::filter
