#include "secret/secret.h"

#include <fmt/core.h>
#include <openssl/crypto.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>

namespace gatehouse::secret {

namespace {

constexpr std::string_view kEnvPrefix = "env:";
constexpr std::string_view kFilePrefix = "file:";
/// Kubernetes refuses a Secret above 1 MiB (core/v1 MaxSecretSize).
constexpr std::size_t kMaxBytes = 1 << 20;

void wipe(std::string& text) {
    // The spare capacity may still hold an older value, so it goes too.
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

/// Mounted secret files and `echo value > file` end in a line break that is no part of the value.
void dropFinalLineBreak(std::string& text) {
    if (!text.empty() && text.back() == '\n') text.pop_back();
    if (!text.empty() && text.back() == '\r') text.pop_back();
}

Result<SecretValue> fromEnvironment(std::string_view name) {
    const std::string variable(name);
    const char* value = variable.empty() ? nullptr : std::getenv(variable.c_str());
    if (!value) return fail("secret-missing", fmt::format("The environment variable \"{}\" is not set.", name));
    return SecretValue(std::string(value));
}

Result<SecretValue> fromFile(std::string_view path) {
    std::ifstream file{std::string(path), std::ios::binary};
    if (!file) return fail("secret-missing", fmt::format("The secret file \"{}\" cannot be read.", path));
    std::string text;
    std::array<char, 4096> chunk{};
    while (file.read(chunk.data(), chunk.size()) || file.gcount() > 0) {
        if (text.size() + static_cast<std::size_t>(file.gcount()) > kMaxBytes) {
            wipe(text);
            return fail("secret-too-large", fmt::format("The secret file \"{}\" is larger than 1 MiB.", path));
        }
        text.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
    }
    OPENSSL_cleanse(chunk.data(), chunk.size());
    if (file.bad()) return fail("secret-missing", fmt::format("The secret file \"{}\" cannot be read.", path));
    dropFinalLineBreak(text);
    return SecretValue(std::move(text));
}

int sextet(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

/// RFC 4648 section 4, padding required; line breaks are allowed, as YAML block scalars bring them.
Result<SecretValue> fromBase64(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t group = 0;
    int count = 0, padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == ' ') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = sextet(c);
        if (value < 0 || padding > 0) {
            wipe(out);
            return fail("secret-base64", "The secret's data is not valid base64.");
        }
        group = group << 6 | static_cast<std::uint32_t>(value);
        if (++count % 4 == 0) {
            out += static_cast<char>(group >> 16);
            out += static_cast<char>(group >> 8 & 0xff);
            out += static_cast<char>(group & 0xff);
            group = 0;
        }
    }
    const int rest = count % 4;
    const bool whole = rest == 0 ? padding == 0 : rest == 2 ? padding == 2 : rest == 3 && padding == 1;
    if (!whole) {
        wipe(out);
        return fail("secret-base64", "The secret's data is not valid base64: its length or padding is wrong.");
    }
    if (rest == 2) out += static_cast<char>(group >> 4);
    if (rest == 3) {
        out += static_cast<char>(group >> 10);
        out += static_cast<char>(group >> 2 & 0xff);
    }
    return SecretValue(std::move(out));
}

}  // namespace

SecretValue::~SecretValue() { wipe(value_); }

bool isReference(std::string_view text) { return text.starts_with(kEnvPrefix) || text.starts_with(kFilePrefix); }

Result<SecretValue> resolve(std::string_view stringData, std::string_view base64Data) {
    // stringData wins over data, as the API server merges it last.
    if (stringData.starts_with(kEnvPrefix)) return fromEnvironment(stringData.substr(kEnvPrefix.size()));
    if (stringData.starts_with(kFilePrefix)) return fromFile(stringData.substr(kFilePrefix.size()));
    if (!stringData.empty()) return SecretValue(std::string(stringData));
    if (!base64Data.empty()) return fromBase64(base64Data);
    return fail("secret-missing", "The secret holds no value under this key.");
}

}  // namespace gatehouse::secret
