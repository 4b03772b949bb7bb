#include "llm/sigv4.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace gatehouse::llm::sigv4 {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

std::string hex(const Digest& digest) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (const auto byte : digest) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::string hashed(std::string_view text) {
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return hex(digest);
}

Digest hmac(std::string_view key, std::string_view text) {
    Digest digest{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         digest.data(), &size);
    return digest;
}

std::string_view view(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

void encode(std::string_view text, bool keepSlash, std::string& out) {
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                           c == '_' || c == '~' || (keepSlash && c == '/');
        if (plain) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
}

/// Parameters sorted by name, then value. What is encoded on the wire already stays.
std::string canonicalQuery(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parts;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto part = query.substr(0, end);
        const auto equals = std::min(part.find('='), part.size());
        if (!part.empty()) parts.emplace_back(part.substr(0, equals), part.substr(std::min(equals + 1, part.size())));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    std::sort(parts.begin(), parts.end());
    std::string out;
    for (const auto& [name, value] : parts) out += fmt::format("{}{}={}", out.empty() ? "" : "&", name, value);
    return out;
}

/// Spaces at both ends go, runs of them become one.
std::string canonicalValue(std::string_view value) {
    std::string out;
    for (const char c : value) {
        const bool space = c == ' ' || c == '\t';
        if (space && (out.empty() || out.back() == ' ')) continue;
        out += space ? ' ' : c;
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

struct CanonicalHeaders {
    std::string lines;
    std::string names;
};

CanonicalHeaders canonicalHeaders(const Request& request) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (const auto& [name, value] : request.headers) {
        std::string lower(name);
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
        fields.emplace_back(std::move(lower), canonicalValue(value));
    }
    std::stable_sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    CanonicalHeaders out;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool again = i > 0 && fields[i].first == fields[i - 1].first;
        if (again) {
            out.lines.back() = ',';
            out.lines += fields[i].second + '\n';
            continue;
        }
        out.lines += fmt::format("{}:{}\n", fields[i].first, fields[i].second);
        out.names += (out.names.empty() ? "" : ";") + fields[i].first;
    }
    return out;
}

}  // namespace

std::string canonicalRequest(const Request& request) {
    std::string path;
    encode(request.path.empty() ? std::string_view("/") : request.path, true, path);
    const auto headers = canonicalHeaders(request);
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, path, canonicalQuery(request.query), headers.lines, headers.names,
                       hashed(request.body));
}

std::string authorization(const Request& request, const AwsCredentials& credentials, std::string_view region, std::string_view service,
                          std::string_view stamp) {
    const auto day = stamp.substr(0, 8);
    const auto scope = fmt::format("{}/{}/{}/aws4_request", day, region, service);
    const auto toSign = fmt::format("AWS4-HMAC-SHA256\n{}\n{}\n{}", stamp, scope, hashed(canonicalRequest(request)));
    auto first = "AWS4" + std::string(credentials.secretKey.reveal());
    auto key = hmac(first, day);
    std::fill(first.begin(), first.end(), '\0');
    key = hmac(view(key), region);
    key = hmac(view(key), service);
    key = hmac(view(key), "aws4_request");
    return fmt::format("AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}", credentials.accessKey.reveal(), scope,
                       canonicalHeaders(request).names, hex(hmac(view(key), toSign)));
}

std::string stampOf(std::chrono::system_clock::time_point at) {
    const auto seconds = std::chrono::system_clock::to_time_t(at);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc)};
}

void sign(http::RequestHead& head, std::string_view body, const AwsCredentials& credentials, std::string_view region,
          std::string_view service, std::chrono::system_clock::time_point at) {
    const auto stamp = stampOf(at);
    auto& headers = head.headers;
    headers.set("x-amz-date", stamp);
    headers.set("x-amz-content-sha256", hashed(body));
    headers.remove("x-amz-security-token");
    if (!credentials.sessionToken.empty()) headers.add("x-amz-security-token", credentials.sessionToken.reveal());
    Request request{head.method, head.path, head.query, {}, body};
    for (const auto* name : {"content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"})
        if (const auto value = headers.get(name)) request.headers.emplace_back(name, *value);
    headers.set("Authorization", authorization(request, credentials, region, service, stamp));
}

}  // namespace gatehouse::llm::sigv4
