#include "filter/chain.h"
#include "gateway/exchange.h"
#include "http/characters.h"
#include "http/fields.h"

#include <nlohmann/json.hpp>

namespace gatehouse::gateway {
namespace {

/// A JSON answer longer than this is relayed but not kept for its usage.
constexpr std::size_t kMostKeptAnswer = 8 * 1024 * 1024;

bool mediaTypeIs(std::string_view contentType, std::string_view type) {
    const auto bare = http::trimOws(contentType.substr(0, contentType.find(';')));
    return http::equalsIgnoreCase(bare, type);
}

bool isJson(std::string_view contentType) {
    // A client that names no type sends JSON here: curl's form default would be a mistake that a 415 only hides.
    return contentType.empty() || mediaTypeIs(contentType, "application/json");
}

}  // namespace

bool Exchange::readsChat() const {
    if (!llmRoute_ || request_.method != "POST") return false;
    // A guard fails closed: what calls itself something else than JSON is read all the same, and refused if it is not.
    const auto& policy = rule().llmPolicy;
    // What is sent to the chat endpoint is a chat whatever it calls itself: curl's form default would skip the policies.
    return isJson(downstream_.framing().contentType) || (policy && policy->requestGuard) ||
           request_.path.ends_with("/chat/completions");
}

/// What depends on the drawn backend: model, credentials, the reference's own header filters.
bool Exchange::prepareForBackend() {
    if (bodyBuffered_ && readsChat() && !prepareChat()) return false;
    const auto& backend = *record_.backend;
    if (backend.provider) applyProvider();
    if (!backend.requestHeaders.empty()) filter::apply(backend.requestHeaders, request_.headers);
    return true;
}

bool Exchange::prepareChat() {
    const auto& found = rule();
    const auto& backend = *record_.backend;
    record_.llm = std::make_unique<LlmDetail>();
    auto& detail = *record_.llm;
    const auto* policy = found.llmPolicy.get();
    const bool chat = backend.provider != nullptr || policy != nullptr ||
                      request_.path.ends_with("/chat/completions");
    if (chat) {
        auto prepared = llm::prepareChat(body_, policy, backend.provider.get(), true);
        now_ = base::MonoClock::now();
        record_.at.guarded = elapsed();
        if (!prepared) {
            record_.detail = std::make_unique<std::string>(prepared.error().message);
            return failWith(400, "bad-chat-request", "The body is not a chat request.");
        }
        detail.info = std::move(prepared->info);
        detail.guard = std::move(prepared->guard);
        detail.enriched = prepared->enriched;
        detail.usageInjected = prepared->usageInjected;
        if (policy != nullptr)
            detail.enrichedMessages = policy->enrichment.prepend.size() + policy->enrichment.append.size();
        if (detail.guard.rejected) {
            record_.detail = std::make_unique<std::string>("The prompt guard refused the request.");
            return failWith(policy->rejectStatus, "guard-rejected", "The prompt guard refused the request.");
        }
    } else if (auto info = llm::readChat(body_)) {
        detail.info = std::move(*info);
    }
    // A compressed answer would hide its usage.
    request_.headers.remove("accept-encoding");
    return true;
}

/// Path, Host and credentials of the provider; a client's own key never reaches a provider that has one.
void Exchange::applyProvider() {
    const auto* provider = record_.backend->provider.get();
    // Who asks, and from where, is no business of a provider's.
    request_.headers.removeIf(
        [](const http::Header& field) { return http::classify(field.name) == http::FieldId::ForwardedAny; });
    if (record_.llm && !provider->path.empty()) request_.path = provider->path;
    if (!provider->hostHeader.empty()) request_.headers.set("Host", provider->hostHeader);
    if (provider->auth == llm::UpstreamAuth::Passthrough) return;
    for (const auto* name : {"authorization", "api-key", "x-api-key"}) request_.headers.remove(name);
    if (provider->auth != llm::UpstreamAuth::Bearer) return;
    const auto value = request_.arena.concat({provider->authPrefix, provider->token.reveal()});
    request_.headers.remove(provider->authHeader);
    request_.headers.addView(provider->authHeader, value);
}

/// Called when the answer's head is there: how will its usage be read?
void Exchange::startUsage() {
    if (!record_.llm) return;
    const auto type = call_->framing().contentType;
    if (mediaTypeIs(type, "text/event-stream")) {
        record_.streamed = true;
        streamUsage_.emplace(record_.llm->usageInjected);
    } else if (response_.status == 200 && mediaTypeIs(type, "application/json")) {
        usageFromBody_ = true;
    }
}

void Exchange::countUsage(std::string_view data) {
    if (streamUsage_) {
        streamUsage_->feed(data, usageOut_);
    } else if (usageFromBody_) {
        usageBody_.append(data);
        if (usageBody_.size() > kMostKeptAnswer) {
            usageFromBody_ = false;
            usageBody_ = {};
        }
    }
}

void Exchange::finishUsage() {
    if (streamUsage_) {
        streamUsage_->finish(usageOut_);
        record_.llm->usage = streamUsage_->usage();
    } else if (usageFromBody_) {
        record_.llm->usage = llm::readUsage(usageBody_);
    }
}

/// The error object of the OpenAI API, which its SDKs turn into exceptions.
std::string Exchange::llmErrorBody(int status, const char* code, std::string_view message) const {
    const char* type = status == 401 || status == 403 ? "permission_error"
                       : status == 429                ? "rate_limit_error"
                       : status < 500                 ? "invalid_request_error"
                                                      : "server_error";
    const nlohmann::ordered_json body = {
        {"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}};
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace gatehouse::gateway
