// The client's side of an LLM request: which API it speaks, the policies on its body, lists of models, errors in its dialect.
#include "filter/api_keys.h"
#include "filter/client_access.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "http/characters.h"
#include "llm/api_routes.h"
#include "llm/body_rewrites.h"
#include "llm/count_request.h"
#include "llm/policy.h"
#include "route/model_table.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

using Json = nlohmann::ordered_json;

bool isJson(std::string_view contentType) {
    // A client that names no type sends JSON here: curl's form default would be a mistake that a 415 only hides.
    return contentType.empty() || mediaTypeIs(contentType, "application/json");
}

/// What agentgateway calls a refusal that has to do with the model; others keep their code.
std::string publishedCode(std::string_view code) {
    constexpr std::pair<std::string_view, std::string_view> kCodes[] = {{"model-not-found", "model_not_found"},
                                                                        {"model-denied", "model_authorization_denied"},
                                                                        {"missing-model", "missing_model"},
                                                                        {"no-matching-target", "virtual_model_no_matching_target"}};
    for (const auto& [ours, theirs] : kCodes)
        if (ours == code) return std::string(theirs);
    return std::string(code);
}

std::string written(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

struct ListedModel {
    std::string id;
    std::string owner;
};

/// The models that the configuration names. `open`: some provider takes whatever the client names.
std::vector<ListedModel> modelsOf(const route::Rule& rule, bool& open) {
    std::vector<ListedModel> models;
    const auto add = [&](const llm::Provider& provider) {
        auto id = provider.modelOverride.empty() ? provider.parts.deployment : provider.modelOverride;
        if (id.empty()) open = true;
        if (id.empty() || std::any_of(models.begin(), models.end(), [&](const ListedModel& known) { return known.id == id; })) return;
        models.push_back({std::move(id), std::string(llm::kindOf(provider).name)});
    };
    for (const auto& backend : rule.backends) {
        if (backend.targets)
            for (const auto& target : *backend.targets) add(*target.provider);
        else if (backend.provider)
            add(*backend.provider);
        else
            open = true;
    }
    return models;
}

/// Those of a listener; `asked`: that one alone, which a pattern may fit.
std::vector<ListedModel> modelsOf(const route::ModelTable& table, std::string_view asked, const llm::ExpressionFacts& facts) {
    const llm::ExpressionNames names(facts, {});
    std::vector<ListedModel> models;
    for (const auto& listed : table.listed(names))
        if (asked.empty() || llm::modelMatches(listed.id, asked)) models.push_back({std::string(asked.empty() ? listed.id : asked), std::string(listed.owner)});
    if (!asked.empty() && models.size() > 1) models.resize(1);
    return models;
}

Json openAiModel(const ListedModel& model) {
    return {{"id", model.id}, {"object", "model"}, {"created", 0}, {"owned_by", model.owner}};
}
Json anthropicModel(const ListedModel& model) {
    return {{"type", "model"}, {"id", model.id}, {"display_name", model.id}, {"created_at", "1970-01-01T00:00:00Z"}};
}
Json geminiModel(const ListedModel& model) {
    return {{"name", "models/" + model.id},
            {"displayName", model.id},
            {"supportedGenerationMethods", Json::array({"generateContent", "streamGenerateContent"})}};
}

Json listOf(const std::vector<ListedModel>& models, Json (*shape)(const ListedModel&)) {
    auto list = Json::array();
    for (const auto& model : models) list.push_back(shape(model));
    return list;
}

}  // namespace

std::string_view bareType(std::string_view contentType) { return http::trimOws(contentType.substr(0, contentType.find(';'))); }

bool mediaTypeIs(std::string_view contentType, std::string_view type) { return http::equalsIgnoreCase(bareType(contentType), type); }

void Exchange::beginLlm() {
    llm_ = std::make_unique<LlmExchange>();
    const auto* routes = rule().llmPolicy ? rule().llmPolicy->apiRoutes.get() : nullptr;
    llm_->call = llm::clientCallBy(routes, request_.method, request_.path, request_.hasQuery ? request_.query : std::string_view{},
                                   request_.headers.get("user-agent").value_or(""));
}

bool Exchange::readsChat() const {
    if (!llmRoute_ || request_.method != "POST") return false;
    if (llm_->call.dialect != nullptr) return true;
    // A guard fails closed: what calls itself something else than JSON is read all the same, and refused if it is not.
    const auto& policy = rule().llmPolicy;
    return (!llm_->call.passthrough && isJson(downstream_.framing().contentType)) || (policy && (policy->requestGuard || (policy->guards && !policy->guards->requests.empty())));
}

/// Lists of models are answered from the configuration where it names them. True: answered.
bool Exchange::answersModels() {
    auto& call = llm_->call;
    // A rewrite may have made a known path of one that was not.
    if (call.api == llm::ClientApi::None && !call.passthrough)
        call = llm::clientCallOf(request_.method, request_.path, request_.hasQuery ? request_.query : std::string_view{});
    if (call.api != llm::ClientApi::Models) return false;
    bool open = false;
    const auto* table = modelTable();
    auto models = table != nullptr ? modelsOf(*table, call.rest, {request_, record_.caller.get(), downstream_.client().address()}) : modelsOf(rule(), open);
    const bool named = !models.empty();
    if (const auto* key = record_.caller ? record_.caller->key.get() : nullptr) {
        std::erase_if(models, [&](const ListedModel& model) { return !key->mayAsk(model.id); });
        open = open && (call.rest.empty() || key->mayAsk(call.rest));
    }
    if (models.empty() && !named && table == nullptr) return false;
    if (models.empty() && !call.rest.empty() && !open) {
        record_.detail = std::make_unique<std::string>("There is no model of that name here.");
        failWith(404, "model-not-found", "There is no model of that name here.");
        return true;
    }
    const bool anthropic = request_.headers.has("anthropic-version");
    const bool gemini = request_.path.find("/v1beta/") != std::string_view::npos;
    const auto shape = anthropic ? anthropicModel : gemini ? geminiModel : openAiModel;
    local_ = Local::Models;
    failureStatus_ = 200;
    if (!call.rest.empty()) {
        const auto found = std::find_if(models.begin(), models.end(), [&](const ListedModel& model) { return model.id == call.rest; });
        if (found == models.end() && open) {
            local_ = Local::Error;
            failureStatus_ = 0;
            return false;
        }
        if (found == models.end()) {
            local_ = Local::Error;
            record_.detail = std::make_unique<std::string>("There is no model of that name here.");
            failWith(404, "model-not-found", "There is no model of that name here.");
        } else {
            localBody_ = written(shape(*found));
        }
        return true;
    }
    auto list = listOf(models, shape);
    if (anthropic)
        localBody_ = written({{"data", std::move(list)}, {"has_more", false}, {"first_id", models.empty() ? Json() : Json(models.front().id)}, {"last_id", models.empty() ? Json() : Json(models.back().id)}});
    else if (gemini)
        localBody_ = written({{"models", std::move(list)}});
    else
        localBody_ = written({{"object", "list"}, {"data", std::move(list)}});
    return true;
}

/// Guards and enrichment, on the client's body in its own dialect. False: refused.
bool Exchange::applyPolicies() {
    if (!llmRoute_ || !bodyBuffered_ || !readsChat()) return true;
    if (!record_.llm) record_.llm = std::make_unique<LlmDetail>();
    auto& detail = *record_.llm;
    const auto* policy = rule().llmPolicy.get();
    if (policy == nullptr) return true;
    auto prepared = llm::applyPolicy(body_, llm::policyDialect(llm_->call), *policy);
    now_ = base::MonoClock::now();
    record_.at.guarded = elapsed();
    if (!prepared) return refuseBody(prepared.error());
    llm_->asked = prepared->info;
    detail.info = std::move(prepared->info);
    detail.guard = std::move(prepared->guard);
    detail.enriched = prepared->enriched;
    detail.defaults = prepared->defaults;
    detail.enrichedMessages = policy->enrichment.prepend.size() + policy->enrichment.append.size();
    if (!detail.guard.rejected) return true;
    record_.detail = std::make_unique<std::string>("The prompt guard refused the request.");
    return failWith(policy->rejectStatus, "guard-rejected", "The prompt guard refused the request.");
}

/// The client is told the sentence: it speaks of its own body, or of what the provider can do.
bool Exchange::refuseBody(const Error& error) {
    record_.detail = std::make_unique<std::string>(error.message);
    if (error.code == "no-api") return failWith(404, "no-api", "The provider has no such API.");
    if (error.code == "unsupported") return failWith(501, "not-translated", "The request cannot be translated for the provider.");
    return failWith(400, "bad-chat-request", "The body is not a chat request.");
}

const llm::Dialect& Exchange::clientDialect() const {
    if (llm_ && llm_->call.dialect != nullptr) return *llm_->call.dialect;
    if (llm_ && llm_->request.choice.client != nullptr) return *llm_->request.choice.client;
    return *llm::findDialect(request_.headers.has("anthropic-version") ? "anthropic-messages" : "openai-chat");
}

/// As the client's SDK turns it into an exception.
std::string Exchange::llmErrorBody(int status, const char* code, std::string_view message) const {
    const auto& dialect = clientDialect();
    return llm::writeError(dialect, {status, std::string(llm::errorType(dialect, status)), publishedCode(code), std::string(message), ""}) + '\n';
}

/// What the client may be told of a failure on an LLM route beyond its status; empty: nothing.
std::string_view Exchange::llmSentence(int status) const {
    if (record_.caller && record_.caller->code != nullptr) return record_.caller->told;
    if (record_.llm && record_.llm->guard.rejected) return rule().llmPolicy->rejectMessage;
    if (record_.llm && record_.llm->guardReport && record_.llm->guardReport->rejected) return record_.llm->guardReport->message;
    const std::string_view code = record_.failure.code;
    if (code == "no-credentials" || code == "provider-key") return record_.failure.sentence;
    if (!record_.detail) return {};
    const bool tells = status == 400 || code == "no-api" || code == "not-translated" || code == "model-not-found" || code == "model-denied" || code == "provider-answer";
    return tells ? std::string_view(*record_.detail) : std::string_view{};
}

void EventList::endLine(std::string& out) {
    std::string_view text = line_;
    if (text.starts_with("data:")) {
        text.remove_prefix(5);
        out += begun_ ? ",\r\n" : "[";
        begun_ = true;
        out += http::trimOws(text);
    }
    line_.clear();
}

void EventList::feed(std::string_view events, std::string& out) {
    for (const char c : events) {
        if (c == '\n' || c == '\r') endLine(out);
        else line_ += c;
    }
}

void EventList::finish(std::string& out) {
    endLine(out);
    out += begun_ ? "]" : "[]";
}

}  // namespace gatehouse::gateway
