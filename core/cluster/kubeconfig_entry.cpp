#include "cluster/kubeconfig_entry.h"

#include "config/agentgateway.h"
#include "filter/encoding.h"
#include "llm/token_recipes.h"
#include "net/tls.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::cluster {

using text::yaml::Node;
using text::yaml::NodeKind;

namespace {

constexpr std::string_view kExecVersions[] = {"client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"};

bool isText(const Node& node) { return node.kind == NodeKind::Scalar && !node.isNull(); }

bool hasControls(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Without a scheme it is https where TLS is spoken of, else http (client-go's DefaultServerURL).
std::string serverUrl(std::string server, bool tls) {
    if (server.find("://") == std::string::npos) server = (tls ? "https://" : "http://") + server;
    while (server.ends_with('/')) server.pop_back();
    return server;
}

Result<void> readExec(const Entry& entry, const Node& node, Target& target) {
    Entry exec = entry;
    exec.member += ".exec";
    exec.body = node;
    ExecSpec spec;
    spec.file = entry.file.string();
    spec.user = entry.name;
    const auto command = exec.text("command");
    if (!command) return tl::unexpected(command.error());
    if (command->empty()) return exec.bad("command", "it is missing");
    spec.command = command->find('/') == std::string::npos ? *command : entry.path(*command);
    const auto version = exec.text("apiVersion");
    if (!version) return tl::unexpected(version.error());
    if (std::find(std::begin(kExecVersions), std::end(kExecVersions), *version) == std::end(kExecVersions))
        return exec.bad("apiVersion", fmt::format("\"{}\" is not spoken; {} and {} are", *version, kExecVersions[0], kExecVersions[1]));
    spec.apiVersion = *version;
    auto args = exec.texts("args");
    if (!args) return tl::unexpected(args.error());
    spec.args = std::move(*args);
    if (const Node* list = node.find("env"); list != nullptr && !list->isNull()) {
        for (const auto& item : list->items) {
            const Node *name = item.find("name"), *value = item.find("value");
            if (name == nullptr || !isText(*name) || name->value.empty()) return exec.bad("env", "an entry has no name");
            spec.env.emplace_back(name->value, value != nullptr && isText(*value) ? value->value : std::string());
        }
    }
    spec.installHint = exec.textOr("installHint");
    const auto info = exec.flag("provideClusterInfo");
    if (!info) return tl::unexpected(info.error());
    spec.provideClusterInfo = *info;
    const auto mode = exec.textOr("interactiveMode");
    if (mode == "Never") spec.interactive = Interactive::Never;
    else if (mode == "Always") spec.interactive = Interactive::Always;
    else if (!mode.empty() && mode != "IfAvailable") return exec.bad("interactiveMode", "it is Never, IfAvailable or Always");
    else if (mode.empty() && spec.apiVersion == kExecVersions[0]) return exec.bad("interactiveMode", "it is required in v1: Never, IfAvailable or Always");
    target.exec = std::move(spec);
    return {};
}

Result<void> readAuthProvider(const Entry& entry, const Node& node, Target& target) {
    const Node* name = node.find("name");
    const std::string provider = name != nullptr && isText(*name) ? name->value : std::string();
    if (provider != "oidc")
        return entry.bad("auth-provider.name", provider.empty() ? "it is missing" : fmt::format("\"{}\" is not known; oidc is, others became exec plugins", provider));
    Entry config = entry;
    config.member += ".auth-provider.config";
    config.body = Node{};
    config.body.kind = NodeKind::Mapping;
    if (const Node* body = node.find("config"); body != nullptr && !body->isNull()) config.body = *body;
    OidcSpec spec;
    spec.file = entry.file.string();
    spec.user = entry.name;
    spec.issuer = config.textOr("idp-issuer-url");
    while (spec.issuer.ends_with('/')) spec.issuer.pop_back();
    spec.clientId = config.textOr("client-id");
    if (spec.issuer.empty()) return config.bad("idp-issuer-url", "it is missing");
    if (!spec.issuer.starts_with("https://") && !llm::isLoopback(spec.issuer)) return config.bad("idp-issuer-url", "it is not https");
    if (spec.clientId.empty()) return config.bad("client-id", "it is missing");
    spec.clientSecret = secret::SecretValue(config.textOr("client-secret"));
    spec.idToken = secret::SecretValue(config.textOr("id-token"));
    spec.refreshToken = secret::SecretValue(config.textOr("refresh-token"));
    spec.extraScopes = config.textOr("extra-scopes");
    auto authority = config.dataOrFile("idp-certificate-authority");
    if (!authority) return tl::unexpected(authority.error());
    spec.authorityPem = std::string(authority->reveal());
    if (spec.idToken.empty() && spec.refreshToken.empty()) return config.bad("id-token", "neither it nor refresh-token is there");
    target.oidc = std::move(spec);
    return {};
}

Result<void> readImpersonation(const Entry& entry, Target& target) {
    auto& as = target.as;
    as.user = entry.textOr("as");
    as.uid = entry.textOr("as-uid");
    auto groups = entry.texts("as-groups");
    if (!groups) return tl::unexpected(groups.error());
    as.groups = std::move(*groups);
    if (const Node* extra = entry.body.find("as-user-extra"); extra != nullptr && !extra->isNull()) {
        for (const auto& each : extra->entries) {
            std::vector<std::string> values;
            for (const auto& item : each.value.items) values.push_back(item.value);
            if (hasControls(each.key.value) || std::any_of(values.begin(), values.end(), hasControls)) return entry.bad("as-user-extra", "it holds control characters");
            as.extra.emplace_back(each.key.value, std::move(values));
        }
    }
    if (as.user.empty() && (!as.uid.empty() || !as.groups.empty() || !as.extra.empty()))
        return entry.bad("as", "it is missing, and as-uid, as-groups and as-user-extra need it");
    for (const auto& group : as.groups)
        if (hasControls(group)) return entry.bad("as-groups", "it holds control characters");
    if (hasControls(as.user) || hasControls(as.uid)) return entry.bad("as", "it holds control characters");
    return {};
}

Result<void> readClientCertificate(const Entry& entry, Target& target) {
    auto certificate = entry.dataOrFile("client-certificate");
    if (!certificate) return tl::unexpected(certificate.error());
    auto key = entry.dataOrFile("client-key");
    if (!key) return tl::unexpected(key.error());
    if (certificate->empty() != key->empty())
        return entry.bad(certificate->empty() ? "client-certificate" : "client-key", "it is missing, and the other of the pair is there");
    target.clientCertificate = std::move(*certificate);
    target.clientKey = std::move(*key);
    return {};
}

}  // namespace

tl::unexpected<Error> Entry::bad(std::string_view field, std::string_view what) const {
    return fail("kubeconfig", fmt::format("{}: {}[\"{}\"].{}.{}: {}.", file.string(), list, name, member, field, what));
}

std::string Entry::textOr(std::string_view field) const {
    const Node* node = body.find(field);
    return node != nullptr && isText(*node) ? node->value : std::string();
}

Result<std::string> Entry::text(std::string_view field) const {
    const Node* node = body.find(field);
    if (node == nullptr || node->isNull()) return std::string();
    if (node->kind != NodeKind::Scalar) return bad(field, "it is no text");
    return node->value;
}

Result<bool> Entry::flag(std::string_view field) const {
    const Node* node = body.find(field);
    if (node == nullptr || node->isNull()) return false;
    const auto value = node->asBool();
    if (!value) return bad(field, "it is neither true nor false");
    return *value;
}

Result<std::vector<std::string>> Entry::texts(std::string_view field) const {
    std::vector<std::string> out;
    const Node* node = body.find(field);
    if (node == nullptr || node->isNull()) return out;
    if (node->kind != NodeKind::Sequence) return bad(field, "it is no list");
    for (const auto& item : node->items) {
        if (!isText(item)) return bad(field, "it holds something that is no text");
        out.push_back(item.value);
    }
    return out;
}

std::string Entry::path(const std::string& written) const {
    if (written.empty()) return {};
    return (std::filesystem::path(written).is_absolute() ? std::filesystem::path(written) : file.parent_path() / written).lexically_normal().string();
}

Result<secret::SecretValue> Entry::dataOrFile(const std::string& field) const {
    const auto inlined = text(field + "-data");
    if (!inlined) return tl::unexpected(inlined.error());
    const auto written = text(field);
    if (!written) return tl::unexpected(written.error());
    if (inlined->empty() && written->empty()) return secret::SecretValue();
    secret::SecretValue value;
    const auto where = inlined->empty() ? field : field + "-data";
    if (!inlined->empty()) {
        std::string packed = *inlined;
        std::erase_if(packed, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
        auto decoded = filter::fromBase64(packed);
        net::cleanse(packed);
        if (!decoded) return bad(where, "it is no base64");
        value = secret::SecretValue(std::move(*decoded));
    } else {
        auto read = secret::resolve("file:" + path(*written), {});
        if (!read) return bad(where, fmt::format("{} cannot be read", path(*written)));
        value = std::move(*read);
    }
    if (value.reveal().find("-----BEGIN ") == std::string_view::npos) return bad(where, "it holds no PEM");
    return value;
}

Result<void> readCluster(const Entry& entry, Target& target) {
    const auto server = entry.text("server");
    if (!server) return tl::unexpected(server.error());
    if (server->empty()) return entry.bad("server", "it is missing");
    auto authority = entry.dataOrFile("certificate-authority");
    if (!authority) return tl::unexpected(authority.error());
    target.authorityPem = std::string(authority->reveal());
    const auto insecure = entry.flag("insecure-skip-tls-verify");
    if (!insecure) return tl::unexpected(insecure.error());
    if (*insecure && !target.authorityPem.empty()) return entry.bad("insecure-skip-tls-verify", "it is true, and certificate-authority is set too; only one can hold");
    target.insecure = *insecure;
    const auto plain = entry.flag("disable-compression");
    if (!plain) return tl::unexpected(plain.error());
    target.compress = !*plain;
    target.tlsServerName = entry.textOr("tls-server-name");
    target.proxyUrl = entry.textOr("proxy-url");
    const auto proxyScheme = target.proxyUrl.substr(0, std::min(target.proxyUrl.find("://"), target.proxyUrl.size()));
    if (!target.proxyUrl.empty() && proxyScheme != "http" && proxyScheme != "https" && proxyScheme != "socks5" && proxyScheme != "socks5h")
        return entry.bad("proxy-url", "it begins with none of http://, https:// and socks5://");
    target.server = serverUrl(*server, target.insecure || !target.authorityPem.empty());
    if (!target.server.starts_with("https://") && !target.server.starts_with("http://")) return entry.bad("server", "it is neither https nor http");
    if (hasControls(target.server) || target.server.find_first_of(" @?#") != std::string::npos || hasControls(target.proxyUrl) || hasControls(target.tlsServerName))
        return entry.bad("server", "it is no address of a server");
    return {};
}

Result<void> readUser(const Entry& entry, Target& target) {
    if (auto read = readClientCertificate(entry, target); !read) return read;
    const auto token = entry.text("token");
    if (!token) return tl::unexpected(token.error());
    const auto file = entry.text("tokenFile");
    if (!file) return tl::unexpected(file.error());
    target.token = secret::SecretValue(*token);
    if (token->empty()) target.tokenFile = entry.path(*file);
    target.username = entry.textOr("username");
    target.password = secret::SecretValue(entry.textOr("password"));
    if (hasControls(*token)) return entry.bad("token", "it holds control characters");
    if (auto read = readImpersonation(entry, target); !read) return read;
    if (const Node* exec = entry.body.find("exec"); exec != nullptr && !exec->isNull())
        if (auto read = readExec(entry, *exec, target); !read) return read;
    if (const Node* provider = entry.body.find("auth-provider"); provider != nullptr && !provider->isNull())
        if (auto read = readAuthProvider(entry, *provider, target); !read) return read;
    if (target.exec && target.oidc) return entry.bad("exec", "auth-provider is there too; only one can hold");
    const bool bearer = !target.token.empty() || !target.tokenFile.empty();
    if (bearer && !target.username.empty()) return entry.bad("username", "a token is there too; only one can hold");
    const bool shows = bearer || !target.username.empty() || target.exec || target.oidc;
    if (shows && target.server.starts_with("http://") && !llm::isLoopback(target.server))
        return entry.bad("token", fmt::format("it would be sent in clear to {}", target.server));
    return {};
}

std::string execConfigOf(const Entry& cluster) {
    const Node* extensions = cluster.body.find("extensions");
    if (extensions == nullptr) return {};
    for (const auto& item : extensions->items) {
        const Node *name = item.find("name"), *value = item.find("extension");
        if (name != nullptr && value != nullptr && name->value == "client.authentication.k8s.io/exec") return config::agentgateway::jsonOf(*value);
    }
    return {};
}

}  // namespace gatehouse::cluster
