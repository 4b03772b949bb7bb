#include "llm/provider_request.h"

#include "http/fields.h"
#include "llm/count_request.h"
#include "llm/dialect/dialect.h"
#include "llm/foreign_reasoning.h"
#include "llm/sigv4.h"
#include "text/find.h"
#include "text/json_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

constexpr std::array<std::string_view, 4> kKeyHeaders{"authorization", "api-key", "x-api-key", "x-goog-api-key"};
/// What clients of one dialect tell their own provider, and no other.
constexpr std::array<std::string_view, 8> kDialectHeaders{
    "anthropic-version", "anthropic-beta", "anthropic-dangerous-direct-browser-access", "openai-organization", "openai-project",
    "openai-beta",       "x-goog-api-client", "x-goog-user-project"};

bool isKeyHeader(std::string_view name) {
    const auto same = [&](std::string_view known) { return known.size() == name.size() && http::equalsIgnoreCase(known, name); };
    return std::any_of(kKeyHeaders.begin(), kKeyHeaders.end(), same);
}

bool isOpenAiBody(const Dialect& dialect) { return &dialect == &kOpenAiChat || &dialect == &kOpenAiCompletions; }

/// Is there a member of this name anywhere? Texts hold their quotes escaped, so that what stands in one is none.
bool holdsMember(std::string_view body, std::string_view name) {
    const auto quoted = fmt::format("\"{}\"", name);
    for (auto at = body.find(quoted); at != std::string_view::npos; at = body.find(quoted, at + 1)) {
        const auto after = body.find_first_not_of(" \t\r\n", at + quoted.size());
        if (after != std::string_view::npos && body[after] == ':') return true;
    }
    return false;
}

bool holdsQuirk(const ProviderKind& kind, std::string_view body) {
    for (std::size_t i = 0; i < kind.quirkCount; ++i)
        if (holdsMember(body, kind.quirks[i].field)) return true;
    return false;
}

/// kgateway's path.full is the path of chats; where it ends like the kind's own, the others are beside it.
std::string overriddenPath(const Provider& provider, const ProviderApi& api, const PathParts& parts, bool stream) {
    const auto& kind = kindOf(provider);
    const auto wanted = pathOf(kind, api, parts, stream);
    for (std::size_t i = 0; i < kind.apiCount; ++i) {
        const auto& other = kind.apis[i];
        if (other.dialect == nullptr || other.api == ClientApi::Embeddings || other.api == ClientApi::Rerank) continue;
        const std::string_view usual(other.path);
        if (usual.find('{') != std::string_view::npos || !provider.path.ends_with(usual)) continue;
        return provider.path.substr(0, provider.path.size() - usual.size()) + wanted.substr(kind.prefix.size());
    }
    return provider.path;
}

void setTarget(const Provider& provider, const ClientCall& call, ProviderRequest& request) {
    auto parts = provider.parts;
    parts.model = request.facts.model;
    parts.rest = call.rest;
    auto target = provider.path.empty() ? pathOf(kindOf(provider), *request.choice.api, parts, request.facts.stream)
                                        : overriddenPath(provider, *request.choice.api, parts, request.facts.stream);
    if (call.api == ClientApi::Models && !call.rest.empty()) target += fmt::format("/{}", call.rest);
    const auto question = std::min(target.find('?'), target.size());
    if (question < target.size()) request.query = target.substr(question + 1);
    target.resize(question);
    const auto* dialect = request.choice.api->dialect == nullptr ? nullptr : findDialect(request.choice.api->dialect);
    if (!provider.method.empty() && dialect != nullptr && dialect->operation == Operation::Chat)
        if (const auto colon = target.rfind(':'); colon != std::string::npos) target = target.substr(0, colon + 1) + provider.method;
    request.path = std::move(target);
}

void addGuardrail(const Provider& provider, base::Buffer& body) {
    const auto brace = body.view().find('{');
    if (provider.guardrail.empty() || brace == std::string_view::npos) return;
    if (text::findPart(body.view(), "\"guardrailConfig\"") != std::string_view::npos) return;  // The client's own.
    const auto after = body.view().find_first_not_of(" \t\r\n", brace + 1);
    const bool empty = after != std::string_view::npos && body.view()[after] == '}';
    body.splice(brace + 1, 0,
                fmt::format(R"("guardrailConfig":{{"guardrailIdentifier":"{}","guardrailVersion":"{}"}}{})",
                            text::json::encode(provider.guardrail), text::json::encode(provider.guardrailVersion), empty ? "" : ","));
}

/// The client's own query where its words stay, without keys and without what the provider's path says itself.
std::string_view joinedQuery(const ClientCall& call, const ProviderRequest& request, http::RequestHead& head) {
    std::string out = request.query;
    const bool same = !request.choice.translates();
    auto rest = same && head.hasQuery ? head.query : std::string_view{};
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto name = part.substr(0, part.find('='));
        const bool own = name == "key" || name == "api-version" || (call.api == ClientApi::Generate && name == "alt");
        if (!own && !part.empty()) out += fmt::format("{}{}", out.empty() ? "" : "&", part);
    }
    return head.arena.copy(out);
}

/// What the client showed as its key, wherever its SDK puts it.
std::string_view keyOf(const http::RequestHead& head) {
    constexpr std::string_view kBearer = "Bearer ";
    for (const auto name : kKeyHeaders) {
        const auto value = head.headers.get(name);
        if (!value) continue;
        const bool bearer = value->size() > kBearer.size() && http::equalsIgnoreCase(value->substr(0, kBearer.size()), kBearer);
        return bearer ? value->substr(kBearer.size()) : *value;
    }
    auto rest = head.hasQuery ? head.query : std::string_view{};
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        if (rest.starts_with("key=")) return rest.substr(4, end - 4);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

/// Where a key that belongs into `header` is shown for this API: some want it as a bearer token whatever their kind's own way is.
struct KeyPlace {
    std::string_view header;
    std::string_view prefix;
};
KeyPlace keyPlace(const Provider& provider, const ProviderApi* api, std::string_view header, std::string_view prefix) {
    if (api != nullptr && api->bearer && header == kindOf(provider).authHeader) return {"Authorization", "Bearer "};
    return {header, prefix};
}

/// `clients`: the key that the client showed, which is no longer there.
void writeKey(const Provider& provider, const ProviderApi* api, std::string_view clients, http::RequestHead& head, bool hideKeys) {
    // Of several keys one is chosen when everything else stands (Exchange::showKey).
    if (provider.credentials && provider.auth == UpstreamAuth::Bearer) {
        const auto& first = provider.credentials->at(0);
        const auto place = keyPlace(provider, api, first.header, first.prefix);
        if (hideKeys) head.headers.set(place.header, head.arena.concat({place.prefix, "(hidden)"}));
        return;
    }
    std::string_view key;
    switch (provider.auth) {
        case UpstreamAuth::None: return;
        case UpstreamAuth::Bearer: key = hideKeys ? std::string_view("(hidden)") : provider.token.reveal(); break;
        case UpstreamAuth::Passthrough: key = clients; break;
        case UpstreamAuth::SigV4:
            if (hideKeys) head.headers.set("Authorization", "AWS4-HMAC-SHA256 (hidden)");
            return;
    }
    if (key.empty()) return;
    const auto place = keyPlace(provider, api, provider.authHeader, provider.authPrefix);
    head.headers.set(place.header, head.arena.concat({place.prefix, key}));
}

/// Whether prepareChat() would find anything to write into a body of which this was read.
bool changes(const ChatRequestInfo& asked, const Provider& provider, bool injectUsage) {
    const auto& wanted = provider.modelOverride;
    return (!wanted.empty() && (!asked.namesModel || wanted != asked.model)) || (injectUsage && asked.stream && !asked.includeUsage);
}

/// What the client asks for, of its body and of its path.
Result<void> readAsked(const ClientCall& call, const base::Buffer& body, std::optional<ChatRequestInfo>& asked) {
    if (!asked) {
        auto read = readChat(body);
        if (!read) return tl::unexpected(read.error());
        asked = std::move(*read);
    }
    if (asked->model.empty()) asked->model = call.facts.model;
    asked->stream = asked->stream || call.facts.stream;
    return {};
}

}  // namespace

const ProviderKind& kindOf(const Provider& provider) {
    static const ProviderKind& kDefault = *findProviderKind("openai");
    return provider.kind != nullptr ? *provider.kind : kDefault;
}

const SideHost* sideHostOf(const Provider& provider, const ProviderApi* api) {
    return api != nullptr && api->host != nullptr ? provider.side.get() : nullptr;
}

const Provider& inHouseServer() {
    static const Provider kServer = [] {
        Provider made;
        made.name = "model server";
        made.kind = findProviderKind("vllm");
        made.inHouse = true;
        return made;
    }();
    return kServer;
}

ProviderApiChoice chooseApi(const Provider& provider, const ClientCall& call, std::string_view clientModel) {
    const auto& kind = kindOf(provider);
    const std::string_view model = provider.modelOverride.empty() ? clientModel : std::string_view(provider.modelOverride);
    ProviderApiChoice out;
    if (call.api == ClientApi::None) {
        ClientCall native;
        native.dialect = &kOpenAiChat;
        out.api = kind.apiFor(native, model);
        if (out.api != nullptr) out.client = out.provider = findDialect(out.api->dialect);
        return out;
    }
    out.api = kind.apiFor(call, model);
    out.client = call.dialect;
    if (out.api != nullptr && out.api->dialect != nullptr) out.provider = findDialect(out.api->dialect);
    if (out.client == nullptr || out.provider == nullptr) out.client = out.provider = nullptr;
    return out;
}

Result<ProviderRequest> makeProviderRequest(const Provider& provider, const ClientCall& call, std::optional<ChatRequestInfo>& asked,
                                            base::Buffer& body) {
    const auto& kind = kindOf(provider);
    ProviderRequest out;
    const auto inject = [&](const Dialect* dialect) { return dialect != nullptr && isOpenAiBody(*dialect); };
    // The usual case is read once: a chat that stays as it is, whose API does not depend on the model.
    out.choice = chooseApi(provider, call, asked ? std::string_view(asked->model) : std::string_view{});
    const bool once = !asked && out.choice.api != nullptr && !out.choice.translates() && inject(out.choice.provider);
    if (!once) {
        if (auto read = readAsked(call, body, asked); !read) return tl::unexpected(read.error());
        out.choice = chooseApi(provider, call, asked->model);
    }
    if (out.choice.api == nullptr)
        return fail("no-api", fmt::format("{} has no API for {}.", kind.title, apiName(call.api)));
    if (!once) out.facts = {provider.modelOverride.empty() ? asked->model : provider.modelOverride, asked->stream};
    const auto* to = out.choice.provider;
    if (out.choice.translates()) {
        RequestFacts given{asked->model, asked->stream};
        auto translated = translateRequest(*out.choice.client, *to, body.view(), given, provider.modelOverride);
        if (!translated) return tl::unexpected(translated.error());
        body.assign(translated->body);
        out.losses = std::move(translated->losses);
        if (!translated->facts.model.empty()) out.facts.model = std::move(translated->facts.model);
        out.facts.stream = translated->facts.stream;
        out.facts.encoding = std::move(translated->facts.encoding);
        // A translated stream tells its usage to the client where the client's dialect has a place for it.
        if (inject(to) && out.facts.stream)
            if (auto asks = prepareChat(body, nullptr, nullptr, true); !asks) return tl::unexpected(asks.error());
    } else if ((to == nullptr || !to->modelInTarget) && (once || changes(*asked, provider, inject(to)))) {
        auto prepared = prepareChat(body, nullptr, &provider, inject(to));
        if (!prepared) return tl::unexpected(prepared.error());
        out.usageInjected = prepared->usageInjected;
        if (once) {
            asked = prepared->info;
            out.facts = {asked->model, asked->stream};
        }
    }
    if (!out.choice.translates() && to == &kOpenAiResponses) dropForeignReasoning(body, out.losses);
    if (!out.choice.translates() && to != nullptr)
        if (auto trimmed = trimCountRequest(*to, out.facts.model, body); !trimmed) return tl::unexpected(trimmed.error());
    if (holdsQuirk(kind, body.view())) {
        std::string text(body.view());
        applyQuirks(kind, text, out.losses);
        body.assign(text);
    }
    if (to == &kBedrockConverse) addGuardrail(provider, body);
    setTarget(provider, call, out);
    return out;
}

Result<ProviderRequest> makeUnreadRequest(const Provider& provider, const ClientCall& call) {
    ProviderRequest out;
    if (call.api == ClientApi::None) return out;  // Of no API that is known: its path is the client's business.
    out.choice = chooseApi(provider, call, {});
    if (out.choice.api == nullptr)
        return fail("no-api", fmt::format("{} has no API for {}.", kindOf(provider).title, apiName(call.api)));
    out.choice.client = out.choice.provider = nullptr;
    setTarget(provider, call, out);
    return out;
}

void writeProviderHead(const Provider& provider, const ClientCall& call, const ProviderRequest& request, http::RequestHead& head,
                       bool hideKeys) {
    auto& headers = head.headers;
    if (!provider.inHouse) {
        const auto clients = provider.auth == UpstreamAuth::Passthrough ? keyOf(head) : std::string_view{};
        // Who asks, and from where, is no business of a provider's.
        headers.removeIf([](const http::Header& field) {
            return http::classify(field.name) == http::FieldId::ForwardedAny || http::equalsIgnoreCase(field.name, "cookie") || isKeyHeader(field.name);
        });
        writeKey(provider, request.choice.api, clients, head, hideKeys);
    }
    if (!request.path.empty()) {
        const auto query = joinedQuery(call, request, head);
        head.path = head.arena.copy(request.path);
        head.query = query;
        head.hasQuery = !query.empty();
    }
    if (const auto* side = sideHostOf(provider, request.choice.api)) headers.set("Host", side->host);
    else if (!provider.hostHeader.empty()) headers.set("Host", provider.hostHeader);
    const auto& choice = request.choice;
    if (choice.client != nullptr) {
        // A compressed answer would hide its usage, and could not be translated.
        headers.set("Accept-Encoding", "identity");
        if (!headers.has("content-type") || choice.translates()) headers.set("Content-Type", "application/json");
    }
    if (choice.translates()) {
        for (const auto name : kDialectHeaders) headers.remove(name);
        headers.remove("accept");
        headers.add("Accept", choice.provider == &kBedrockConverse && request.facts.stream ? "application/vnd.amazon.eventstream"
                              : request.facts.stream                                       ? "text/event-stream"
                                                                                            : "application/json");
    }
    const auto& kind = kindOf(provider);
    if (kind.name == "anthropic" && (!provider.parts.apiVersion.empty() || !headers.has("anthropic-version")))
        headers.set("anthropic-version", provider.parts.apiVersion.empty() ? kind.apiVersion : std::string_view(provider.parts.apiVersion));
}

void signProviderRequest(const Provider& provider, http::RequestHead& head, std::string_view body,
                         std::chrono::system_clock::time_point at) {
    if (provider.auth != UpstreamAuth::SigV4 || !provider.aws) return;
    sigv4::sign(head, body, *provider.aws, provider.parts.location, "bedrock", at);
}

Credentials::Shown stampKey(const Provider& provider, const ProviderApi* api, std::size_t index, http::RequestHead& head, std::string_view body,
                            std::chrono::system_clock::time_point at) {
    auto shown = provider.credentials->show(index, at);
    if (shown.standing != TokenSource::Standing::Ready) return shown;
    if (shown.aws) {
        sigv4::sign(head, body, *shown.aws, provider.parts.location, "bedrock", at);
        return shown;
    }
    const auto& key = provider.credentials->at(index);
    const auto place = keyPlace(provider, api, key.header, key.prefix);
    std::string value(place.prefix);
    value += shown.token.reveal();
    head.headers.set(place.header, value);
    std::fill(value.begin(), value.end(), '\0');
    return shown;
}

void addCountedTokens(const Dialect& provider, std::string_view header, std::string& answer) {
    const bool number = !header.empty() && header.size() < 16 && header.find_first_not_of("0123456789") == std::string_view::npos;
    const auto brace = answer.find('{');
    if (&provider != &kBedrockEmbeddings || !number || brace == std::string::npos) return;
    if (holdsMember(answer, "inputTextTokenCount") || holdsMember(answer, "meta")) return;
    answer.insert(brace + 1, fmt::format(R"("meta":{{"billed_units":{{"input_tokens":{}}}}},)", header));
}

bool worthAnother(int status) { return status == 408 || status == 429 || status >= 500; }

}  // namespace gatehouse::llm
