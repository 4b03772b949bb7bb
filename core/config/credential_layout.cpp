#include "config/credential_layout.h"

#include "config/fields.h"

#include <fmt/format.h>

#include <array>
#include <set>

namespace gatehouse::config {
namespace {

constexpr std::string_view kText = "Authorization";
constexpr std::array<std::string_view, 4> kGoogleFiles{"credentials.json", "key.json", "service-account.json", "application_default_credentials.json"};

/// Names of all keys, in order.
std::set<std::string> keysOf(const Object& secret) {
    std::set<std::string> keys;
    for (const auto* section : {"data", "stringData"})
        if (const auto* node = memberOf(secret.root.get(), section); node != nullptr && node->kind == NodeKind::Mapping)
            for (const auto& entry : node->entries) keys.insert(entry.key.value);
    return keys;
}

/// "-b" of "Authorization-b"; "" of "Authorization".
bool hasBase(std::string_view key, std::string_view base, std::string& suffix) {
    if (!key.starts_with(base)) return false;
    suffix = key.substr(base.size());
    return suffix.empty() || (suffix.size() > 1 && suffix.front() == '-');
}

void addAws(const std::set<std::string>& keys, CredentialLayout& out) {
    std::string suffix;
    for (const auto& key : keys) {
        if (!hasBase(key, "accessKey", suffix)) continue;
        if (keys.contains("secretKey" + suffix)) out.entries.push_back({CredentialLayout::Kind::Aws, key, suffix});
        else out.problems.push_back(fmt::format("{} has no secretKey{} beside it.", key, suffix));
    }
    for (const auto& key : keys)
        if (hasBase(key, "secretKey", suffix) && !keys.contains("accessKey" + suffix))
            out.problems.push_back(fmt::format("{} has no accessKey{} beside it.", key, suffix));
    for (const auto& key : keys)
        if (hasBase(key, "profile", suffix)) out.entries.push_back({CredentialLayout::Kind::AwsProfile, key, suffix});
}

void addEntra(const Object& secret, CredentialLayout& out) {
    const auto tenant = secretKeyOf(secret, "tenantID"), client = secretKeyOf(secret, "clientID");
    const auto password = secretKeyOf(secret, "clientSecret");
    if (tenant.empty() && client.empty() && password.empty()) return;
    for (const auto& [found, name] : {std::pair{&tenant, "tenantID"}, std::pair{&client, "clientID"}, std::pair{&password, "clientSecret"}})
        if (found->empty()) out.problems.push_back(fmt::format("An Entra application needs {} too.", name));
    if (!tenant.empty() && !client.empty() && !password.empty()) out.entries.push_back({CredentialLayout::Kind::Entra, client, {}});
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

CredentialLayout credentialLayout(const Object& secret, bool aws, std::string_view first) {
    CredentialLayout out;
    const auto keys = keysOf(secret);
    const auto base = first.empty() ? kText : first;
    std::string suffix;
    if (aws) addAws(keys, out);
    for (const auto& key : keys)
        if (hasBase(key, base, suffix)) out.entries.push_back({CredentialLayout::Kind::Text, key, suffix});
    if (aws) return out;
    for (const auto file : kGoogleFiles)
        if (file != base && keys.contains(std::string(file))) out.entries.push_back({CredentialLayout::Kind::GoogleJson, std::string(file), {}});
    addEntra(secret, out);
    return out;
}

std::string secretKeyOf(const Object& secret, std::string_view name) {
    const auto wanted = lowerCase(std::string(name));
    for (const auto& key : keysOf(secret))
        if (lowerCase(key) == wanted) return key;
    return {};
}

std::string providerAnnotation(const Object& backend, const char* annotation, std::string_view provider) {
    const auto found = backend.annotations.find(annotation);
    if (found == backend.annotations.end()) return {};
    std::string_view rest = found->second;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto part = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return std::string(part);
        if (trimmed(part.substr(0, equals)) == provider) return std::string(trimmed(part.substr(equals + 1)));
    }
    return {};
}

}  // namespace gatehouse::config
