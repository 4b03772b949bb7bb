#include "route/translate_credentials.h"

#include "config/fields.h"
#include "route/diagnostic_codes.h"

#include <fmt/format.h>

#include <cstdlib>

namespace gatehouse::route {
namespace {

using Layout = config::CredentialLayout;

std::string withoutBearer(std::string_view token) {
    constexpr std::string_view kBearer = "Bearer ";
    if (token.size() > kBearer.size() && token.starts_with(kBearer)) token.remove_prefix(kBearer.size());
    return std::string(token);
}

bool isJson(std::string_view value) {
    const auto first = value.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && value[first] == '{';
}

std::string_view secretText(const config::Object& secret, std::string_view section, std::string_view key) {
    const auto* node = config::memberOf(config::memberOf(secret.root.get(), section), key);
    return node != nullptr && node->kind == text::yaml::NodeKind::Scalar ? std::string_view(node->value) : std::string_view{};
}

secret::SecretValue environment(const char* name) {
    const char* found = std::getenv(name);
    return secret::SecretValue(found != nullptr ? found : "");
}

std::string roleId(const std::optional<llm::AwsRole>& role) {
    if (!role) return {};
    std::string tags;
    for (const auto& [name, value] : role->tags) tags += fmt::format("{}={};", name, value);
    return llm::fingerprint({role->arn, role->sessionName, role->externalId.reveal(), tags});
}

Result<std::vector<llm::Key>> one(Result<llm::Key> key) {
    if (!key) return tl::unexpected(key.error());
    std::vector<llm::Key> keys;
    keys.push_back(std::move(*key));
    return keys;
}

}  // namespace

Result<secret::SecretValue> CredentialMaker::value(const config::Object& secret, const std::string& key) {
    const auto stringData = secretText(secret, "stringData", key), data = secretText(secret, "data", key);
    if (stringData.empty() && data.empty())
        return fail("secret-key", fmt::format("Secret {}/{} has no key {}.", secret.key.ns, secret.key.name, key));
    auto found = secret::resolve(stringData, data);
    if (found && found->empty())
        return fail("secret-empty", fmt::format("Secret {}/{} holds an empty {}.", secret.key.ns, secret.key.name, key));
    return found;
}

secret::SecretValue CredentialMaker::optionalValue(const config::Object& secret, const std::string& key) {
    auto found = value(secret, key);
    return found ? std::move(*found) : secret::SecretValue();
}

Result<secret::SecretValue> CredentialMaker::read(const config::Object& owner, const std::string& name, const std::string& key) {
    const auto* secret = context_.find("Secret", owner.key.ns, name);
    if (secret == nullptr) return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", owner.key.ns, name));
    return value(*secret, key);
}

llm::Key CredentialMaker::staticKey(std::string name, secret::SecretValue found, const Wishes& wishes) {
    llm::Key key;
    key.name = std::move(name);
    key.header = wishes.aws ? "Authorization" : wishes.header;
    key.prefix = wishes.aws ? "Bearer " : wishes.prefix;
    key.token = std::move(found);
    return key;
}

/// The same configuration has the same source, whoever shows its token, from snapshot to snapshot.
Result<llm::Key> CredentialMaker::tokenKey(std::string name, const std::string& id, const std::function<Result<llm::TokenRecipe>()>& make,
                                           const Wishes& wishes) {
    auto source = context_.runtime.credentials.findSource(id);
    if (!source) {
        auto recipe = make();
        if (!recipe) return tl::unexpected(recipe.error());
        source = context_.runtime.credentials.addSource(id, std::make_shared<llm::TokenSource>(name, std::move(*recipe)));
    }
    llm::Key key;
    key.name = std::move(name);
    key.header = wishes.tokenHeader;
    key.prefix = wishes.tokenPrefix;
    key.source = std::move(source);
    return key;
}

Result<llm::Key> CredentialMaker::textKey(std::string name, secret::SecretValue found, const Wishes& wishes) {
    if (!isJson(found.reveal())) return staticKey(std::move(name), secret::SecretValue(withoutBearer(found.reveal())), wishes);
    const auto id = llm::fingerprint({"google", found.reveal(), wishes.tokenEndpoint});
    return tokenKey(std::move(name), id, [&] { return llm::googleRecipe(found, wishes.tokenEndpoint); }, wishes);
}

Result<llm::Key> CredentialMaker::awsKey(std::string name, llm::AwsCredentials keys, const Wishes& wishes) {
    if (wishes.role) {
        auto role = *wishes.role;
        role.region = wishes.region;
        role.endpoint = wishes.tokenEndpoint;
        const auto id = llm::fingerprint({"role", roleId(role), wishes.region, wishes.tokenEndpoint, keys.accessKey.reveal(), keys.secretKey.reveal(),
                                          keys.sessionToken.reveal()});
        auto titled = fmt::format("role {} by {}", role.arn, name);
        return tokenKey(std::move(titled), id, [&] { return llm::assumeRoleRecipe(role, [keys]() -> Result<llm::AwsCredentials> { return keys; }); }, wishes);
    }
    llm::Key key;
    key.name = std::move(name);
    key.aws = std::make_shared<const llm::AwsCredentials>(std::move(keys));
    return key;
}

Result<llm::Key> CredentialMaker::awsTokenKey(std::string name, const std::string& id, const std::function<Result<llm::TokenRecipe>()>& make,
                                              const Wishes& wishes) {
    if (!wishes.role) return tokenKey(std::move(name), llm::fingerprint({id, wishes.region, wishes.tokenEndpoint}), make, wishes);
    auto role = *wishes.role;
    role.region = wishes.region;
    role.endpoint = wishes.tokenEndpoint;
    const auto assumed = [&]() -> Result<llm::TokenRecipe> {
        auto keys = make();
        if (!keys) return tl::unexpected(keys.error());
        return llm::assumeRoleAfter(role, std::move(*keys));
    };
    return tokenKey(fmt::format("role {} by {}", role.arn, name), llm::fingerprint({id, roleId(wishes.role), wishes.region, wishes.tokenEndpoint}), assumed, wishes);
}

Result<llm::Key> CredentialMaker::profileKey(const std::string& profile, const Wishes& wishes) {
    auto name = fmt::format("AWS profile {}", profile);
    if (!wishes.role) {
        const auto id = llm::fingerprint({"profile", profile, wishes.region, wishes.tokenEndpoint});
        return tokenKey(std::move(name), id, [&] { return llm::awsProfileRecipe(profile, wishes.region, wishes.tokenEndpoint); }, wishes);
    }
    auto keys = llm::awsKeysOfProfile(profile);
    if (!keys) return tl::unexpected(keys.error());
    return awsKey(std::move(name), std::move(*keys), wishes);
}

Result<llm::Key> CredentialMaker::awsEntry(const Holder& holder, const Layout::Entry& entry) {
    const auto& secret = *holder.object;
    auto name = fmt::format("{}, {}", holder.title, entry.key);
    auto wishes = holder.wishes;
    if (!wishes.role) {
        const auto arn = optionalValue(secret, "roleArn");
        if (!arn.empty()) wishes.role.emplace().arn = std::string(arn.reveal());
    }
    if (wishes.role) {
        if (wishes.role->externalId.empty()) wishes.role->externalId = optionalValue(secret, "externalId");
        if (const auto session = optionalValue(secret, "roleSessionName"); !session.empty()) wishes.role->sessionName = std::string(session.reveal());
    }
    if (entry.kind == Layout::Kind::AwsProfile) {
        const auto profile = value(secret, entry.key);
        if (!profile) return tl::unexpected(profile.error());
        return profileKey(std::string(profile->reveal()), wishes);
    }
    auto access = value(secret, entry.key);
    if (!access) return tl::unexpected(access.error());
    auto password = value(secret, "secretKey" + entry.suffix);
    if (!password) return tl::unexpected(password.error());
    return awsKey(std::move(name), {std::move(*access), std::move(*password), optionalValue(secret, "sessionToken" + entry.suffix)}, wishes);
}

Result<llm::Key> CredentialMaker::entraEntry(const Holder& holder, const Layout::Entry& entry) {
    llm::EntraClient client;
    for (const auto& [name, at] : {std::pair{"tenantID", &client.tenant}, {"clientID", &client.client}, {"clientSecret", &client.password}}) {
        auto found = value(*holder.object, config::secretKeyOf(*holder.object, name));
        if (!found) return tl::unexpected(found.error());
        *at = std::move(*found);
    }
    if (const auto scope = optionalValue(*holder.object, "scope"); !scope.empty()) client.scope = std::string(scope.reveal());
    client.endpoint = holder.wishes.tokenEndpoint;
    const auto id = llm::fingerprint({"entra", client.tenant.reveal(), client.client.reveal(), client.password.reveal(), client.scope, client.endpoint});
    return tokenKey(fmt::format("{}, {}", holder.title, entry.key), id, [&] { return llm::entraRecipe(client); }, holder.wishes);
}

Result<llm::Key> CredentialMaker::entryKey(const Holder& holder, const Layout::Entry& entry) {
    switch (entry.kind) {
        case Layout::Kind::Aws:
        case Layout::Kind::AwsProfile: return awsEntry(holder, entry);
        case Layout::Kind::Entra: return entraEntry(holder, entry);
        case Layout::Kind::Text:
        case Layout::Kind::GoogleJson: break;
    }
    auto found = value(*holder.object, entry.key);
    if (!found) return tl::unexpected(found.error());
    return textKey(fmt::format("{}, {}", holder.title, entry.key), std::move(*found), holder.wishes);
}

CredentialMaker::Keys CredentialMaker::ofSecret(const config::Object& owner, const std::string& name, std::string_view first, const Wishes& wishes) {
    const auto* secret = context_.find("Secret", owner.key.ns, name);
    if (secret == nullptr) return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", owner.key.ns, name));
    const auto layout = config::credentialLayout(*secret, wishes.aws, first);
    const auto title = fmt::format("Secret {}/{}", owner.key.ns, name);
    if (layout.entries.empty()) {
        if (!layout.problems.empty()) return fail("secret-key", fmt::format("{}: {}", title, layout.problems.front()));
        return fail("secret-key", fmt::format("Secret {}/{} has no key {}.", owner.key.ns, name,
                                              !first.empty() ? first : wishes.aws ? "accessKey" : "Authorization"));
    }
    std::vector<llm::Key> keys;
    Error why;
    for (const auto& entry : layout.entries) {
        if (keys.size() == llm::Credentials::kMost) break;
        auto key = entryKey({secret, title, wishes}, entry);
        if (key) {
            keys.push_back(std::move(*key));
            continue;
        }
        why = key.error();
        if (layout.entries.size() > 1)
            context_.report(config::Severity::Warning, codes::kSecretUnresolved, *secret, config::FieldPath{},
                            fmt::format("{} is not used as a key: {}", entry.key, why.message));
    }
    if (keys.empty()) return tl::unexpected(why);
    return keys;
}

CredentialMaker::Keys CredentialMaker::ofText(std::string name, secret::SecretValue found, const Wishes& wishes) {
    return one(textKey(std::move(name), std::move(found), wishes));
}

CredentialMaker::Keys CredentialMaker::awsAmbient(const Wishes& wishes) {
    // In the order of AWS's own tools.
    auto keys = llm::awsKeysOfEnvironment();
    if (keys) return one(awsKey("AWS keys of the environment", std::move(*keys), wishes));
    if (llm::hasAwsWebIdentity())
        return one(awsTokenKey("AWS web identity", "aws-web-identity", [&] { return llm::awsWebIdentityRecipe(wishes.region, wishes.tokenEndpoint); }, wishes));
    auto profile = profileKey(llm::awsProfileName(), wishes);
    if (!profile && llm::inAwsContainer()) return one(awsTokenKey("AWS credentials of the container", "aws-container", llm::awsContainerRecipe, wishes));
    if (!profile && llm::onAwsInstance()) return one(awsTokenKey("AWS role of the instance", "aws-instance", llm::awsInstanceRecipe, wishes));
    if (!profile && std::getenv("AWS_PROFILE") == nullptr)
        return fail("aws-credentials", fmt::format("{} {}", keys.error().message, profile.error().message));
    return one(std::move(profile));
}

CredentialMaker::Keys CredentialMaker::googleAmbient(const Wishes& wishes) {
    const auto named = environment("GOOGLE_APPLICATION_CREDENTIALS");
    const auto home = environment("HOME");
    const auto path = !named.empty() ? std::string(named.reveal())
                                     : fmt::format("{}/.config/gcloud/application_default_credentials.json", home.reveal());
    auto json = secret::resolve("file:" + path, {});
    if (!json && named.empty() && llm::onGoogleMachine())
        return one(tokenKey("Google's metadata server", "google-machine", llm::googleMachineRecipe, wishes));
    if (!json) return fail("google-credential", "GOOGLE_APPLICATION_CREDENTIALS names no file that can be read, and gcloud left no default credentials.");
    if (!isJson(json->reveal())) return fail("google-credential", "The Google credential is no JSON object.");
    return one(textKey("Google's default credentials", std::move(*json), wishes));
}

CredentialMaker::Keys CredentialMaker::entraAmbient(const Wishes& wishes) {
    llm::EntraClient client;
    client.tenant = environment("AZURE_TENANT_ID");
    client.client = environment("AZURE_CLIENT_ID");
    client.password = environment("AZURE_CLIENT_SECRET");
    client.endpoint = wishes.tokenEndpoint;
    if (client.password.empty() && llm::hasAzureWorkload()) return azureWorkload(wishes);
    if (client.password.empty() && llm::onAzureMachine()) return azureMachine({std::string(client.client.reveal()), {}, {}}, wishes);
    if (client.tenant.empty() || client.client.empty() || client.password.empty())
        return fail("entra-credential", "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not set.");
    const auto id = llm::fingerprint({"entra", client.tenant.reveal(), client.client.reveal(), client.password.reveal(), client.scope, client.endpoint});
    return one(tokenKey("Entra application of the environment", id, [&] { return llm::entraRecipe(client); }, wishes));
}

CredentialMaker::Keys CredentialMaker::azureMachine(const llm::AzureIdentity& identity, const Wishes& wishes) {
    const auto id = llm::fingerprint({"azure-machine", identity.clientId, identity.objectId, identity.resourceId});
    return one(tokenKey("Azure identity of the machine", id, [&] { return llm::azureMachineRecipe(identity); }, wishes));
}

CredentialMaker::Keys CredentialMaker::azureWorkload(const Wishes& wishes) {
    const auto id = llm::fingerprint({"azure-workload", wishes.tokenEndpoint});
    return one(tokenKey("Azure identity of the workload", id, [&] { return llm::azureWorkloadRecipe(wishes.tokenEndpoint); }, wishes));
}

void CredentialMaker::show(const std::string& id, std::vector<llm::Key> keys, llm::Provider& provider) {
    for (auto& key : keys) {
        const auto value = key.source ? llm::fingerprint({key.name})
                           : key.aws  ? llm::fingerprint({key.aws->accessKey.reveal(), key.aws->secretKey.reveal()})
                                      : llm::fingerprint({key.token.reveal()});
        key.state = context_.runtime.credentials.state(fmt::format("{}/{}", id, value));
    }
    const bool text = std::any_of(keys.begin(), keys.end(), [](const llm::Key& key) { return !key.aws && !key.header.empty(); });
    provider.auth = text && provider.kind->auth != llm::AuthScheme::SigV4 ? llm::UpstreamAuth::Bearer : llm::UpstreamAuth::SigV4;
    provider.credentials = std::make_shared<llm::Credentials>(std::move(keys));
}

Result<void> CredentialMaker::set(const config::Object& backend, const config::LlmProviderSpec& spec, const std::string& id,
                                  llm::Provider& provider) {
    const auto said = [&](const char* annotation) { return config::providerAnnotation(backend, annotation, spec.name.empty() ? spec.provider : spec.name); };
    Wishes wishes;
    wishes.aws = provider.kind->auth == llm::AuthScheme::SigV4;
    wishes.header = provider.authHeader;
    wishes.prefix = provider.authPrefix;
    if (!spec.authHeaderName.empty()) wishes.tokenHeader = spec.authHeaderName;
    if (spec.hasAuthPrefix) wishes.tokenPrefix = provider.authPrefix;
    wishes.region = provider.parts.location;
    wishes.tokenEndpoint = said(config::kTokenEndpointAnnotation);
    if (!wishes.tokenEndpoint.empty() && !llm::mayBeTokenEndpoint(wishes.tokenEndpoint))
        return fail("token-endpoint", fmt::format("The annotation {} names no https address.", config::kTokenEndpointAnnotation));
    if (const auto arn = said(config::kAwsRoleAnnotation); !arn.empty()) wishes.role.emplace().arn = arn;
    const auto from = said(config::kCredentialsAnnotation);
    if (!from.empty() && from != "ambient")
        return fail("credentials", fmt::format("The annotation {} knows \"ambient\" alone.", config::kCredentialsAnnotation));
    Keys keys = tl::unexpected(Error{});
    if (wishes.aws && (!from.empty() || spec.auth == config::AuthTokenKind::None)) {
        keys = awsAmbient(wishes);
    } else if (!from.empty()) {
        if (provider.kind->auth == llm::AuthScheme::Google || provider.kind->name == "gemini") keys = googleAmbient(wishes);
        else if (provider.kind->name.starts_with("azure")) keys = entraAmbient(wishes);
        else keys = fail("credentials", fmt::format("{} has no credentials that its own tools find.", provider.kind->title));
    } else if (spec.auth == config::AuthTokenKind::None) {
        provider.auth = llm::UpstreamAuth::None;
        return {};
    } else if (spec.auth == config::AuthTokenKind::Passthrough) {
        provider.auth = llm::UpstreamAuth::Passthrough;
        return {};
    } else if (spec.auth == config::AuthTokenKind::Inline) {
        keys = ofText("the key that is written in the file", secret::SecretValue(spec.inlineToken), wishes);
    } else {
        keys = ofSecret(backend, spec.secretName, {}, wishes);
    }
    if (!keys) return tl::unexpected(keys.error());
    show(id, std::move(*keys), provider);
    return {};
}

}  // namespace gatehouse::route
