// anthropic-count-tokens, openai-input-tokens, gemini-count-tokens, vertex-count-tokens, bedrock-count-tokens and vllm-tokenize.
#include "llm/dialect/count_tokens.h"

#include "llm/dialect/anthropic.h"
#include "llm/dialect/bedrock.h"
#include "llm/dialect/gemini.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr std::array kAnthropicFields = std::to_array<std::string_view>(
    {"model", "messages", "system", "tools", "tool_choice", "thinking", "cache_control", "output_config", "output_format", "mcp_servers", "context_management"});
constexpr std::array kOpenAiFields = std::to_array<std::string_view>(
    {"model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text", "truncation", "previous_response_id", "conversation"});
/// Gemini's is a whole request of generateContent.
constexpr std::array kGeminiFields = std::to_array<std::string_view>(
    {"model", "contents", "systemInstruction", "tools", "toolConfig", "safetySettings", "generationConfig", "cachedContent"});
constexpr std::array kVertexFields = std::to_array<std::string_view>({"model", "contents", "systemInstruction", "tools", "generationConfig", "instances"});
constexpr std::array kBedrockFields = std::to_array<std::string_view>({"messages", "system", "toolConfig", "additionalModelRequestFields"});
constexpr std::array kVllmFields = std::to_array<std::string_view>(
    {"model", "messages", "prompt", "tools", "add_generation_prompt", "continue_final_message", "add_special_tokens", "return_token_strs", "chat_template",
     "chat_template_kwargs", "mm_processor_kwargs"});

template <std::size_t N>
constexpr CountForm form(const Dialect& chat, const std::array<std::string_view, N>& fields) {
    return {&chat, fields.data(), N};
}
template <std::size_t N>
constexpr CountForm wrapped(const Dialect& chat, const std::array<std::string_view, N>& fields, std::string_view envelope, bool mustWrap) {
    return {&chat, fields.data(), N, envelope, mustWrap};
}

constexpr CountForm kAnthropicForm = form(kAnthropicMessages, kAnthropicFields);
constexpr CountForm kOpenAiForm = form(kOpenAiResponses, kOpenAiFields);
constexpr CountForm kGeminiForm = wrapped(kGeminiGenerate, kGeminiFields, "generateContentRequest", false);
constexpr CountForm kVertexForm = form(kVertexGemini, kVertexFields);
constexpr CountForm kBedrockForm = wrapped(kBedrockConverse, kBedrockFields, "input.converse", true);
constexpr CountForm kVllmForm = {&kOpenAiChat, kVllmFields.data(), kVllmFields.size(), {}, false, &kOpenAiCompletions};

/// The member at "a.b"; null where it is not there.
const Json* memberAt(const Json& body, std::string_view path) {
    const Json* at = &body;
    while (!path.empty()) {
        const auto dot = std::min(path.find('.'), path.size());
        if (!at->is_object()) return nullptr;
        const auto found = at->find(path.substr(0, dot));
        if (found == at->end()) return nullptr;
        at = &*found;
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return at;
}

/// What says how the answer is made counts nothing, and no API that counts takes it.
void forgetSettings(ChatRequest& request) {
    request.stream = {};
    request.maxTokens = {};
    request.topK = {};
    request.seed = {};
    request.n = {};
    for (auto* number : {&request.temperature, &request.topP, &request.minP, &request.frequencyPenalty, &request.presencePenalty, &request.repetitionPenalty})
        *number = {};
    for (auto* flag : {&request.logprobs, &request.includeUsage, &request.store, &request.echo}) *flag = {};
    for (auto* text : {&request.user, &request.serviceTier, &request.promptCacheKey, &request.keepAlive, &request.suffix, &request.verbosity}) *text = {};
    for (auto* json : {&request.logitBias, &request.metadata, &request.safetySettings, &request.audioOutput}) *json = {};
    request.topLogprobs = {};
    request.stop = {};
    request.modalities = {};
}

/// The fields of a chat request that the target's API takes. What the client said and it does not is told as any other field.
Json counted(const Dialect& to, ChatRequest& request, Losses& losses) {
    const auto& form = *to.count;
    Losses told;
    const auto body = form.chat->writeRequest(request, told);
    for (auto& loss : told) {
        const auto field = std::string_view(loss.path).substr(0, loss.path.find_first_of(".["));
        if (loss.kind != Loss::Kind::Defaulted || form.takes(field)) losses.push_back(std::move(loss));
    }
    Json out = Json::object();
    for (auto member = body.begin(); member != body.end(); ++member) {
        const auto& key = member.key();
        if (form.takes(key)) out[key] = member.value();
        else if (key == "tool_choice" || key == "toolConfig") request.toolChoice.taken = false;
        else if (key == "parallel_tool_calls") request.parallelToolCalls.taken = false;
        else if (key == "response_format" || key == "outputConfig") request.outputFormat.taken = false;
        else if (key == "reasoning_effort" || key == "reasoning") request.reasoning.taken = false;
        else if (request.extras.taken && request.extras.members.contains(key))
            dropped(losses, key, fmt::format("{} has no such field.", to.name));
    }
    if (form.envelope.empty()) return out;
    // "generateContentRequest" names its model, beside the path.
    if (&to == &kGeminiCountTokens && request.model) out["model"] = "models/" + *request.model;
    auto path = form.envelope;
    while (!path.empty()) {
        const auto dot = path.rfind('.');
        const auto name = dot == std::string_view::npos ? path : path.substr(dot + 1);
        Json outer = Json::object();
        outer[std::string(name)] = std::move(out);
        out = std::move(outer);
        path = path.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    return out;
}

/// The count in the member `key`.
Result<CountAnswer> readCount(const Json& json, std::string_view key, Family family, std::string_view constant = {}) {
    CountAnswer answer;
    Members body(json, "");
    if (!body.has(key)) body.fail(key, "is missing");
    const auto tokens = body.integer(key);
    if (tokens && *tokens < 0) body.fail(key, "must not be negative");
    if (!constant.empty()) body.take(constant);
    answer.tokens = static_cast<std::uint64_t>(std::max<std::int64_t>(0, tokens.value_or(0)));
    answer.extras = {family, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

template <Family F>
Json writtenCount(Json out, CountAnswer& answer) {
    restore(answer.extras, F, out);
    return out;
}

}  // namespace

bool CountForm::takes(std::string_view field) const { return std::find(fields, fields + fieldCount, field) != fields + fieldCount; }

Result<TranslatedRequest> translateCount(const Dialect& from, const Dialect& to, const Json& json, const RequestFacts& given, std::string_view forceModel) {
    const auto& form = *from.count;
    const auto* inner = form.envelope.empty() ? nullptr : memberAt(json, form.envelope);
    if (inner == nullptr && form.mustWrap) return fail("invalid-field", fmt::format("{} is missing; nothing else is translated.", form.envelope));
    if (inner != nullptr && !inner->is_object()) return fail("invalid-field", fmt::format("{} must be an object.", form.envelope));
    const auto prefix = inner != nullptr ? fmt::format("{}.", form.envelope) : std::string();
    const auto& body = inner != nullptr ? *inner : json;
    const bool prompt = form.prompts != nullptr && body.contains("prompt") && !body.contains("messages");
    auto request = (prompt ? form.prompts : form.chat)->readRequest(body);
    if (!request) return fail(request.error().code, prefix + request.error().message);
    // An envelope may name a model beside the path's, which holds.
    if (from.modelInTarget && !given.model.empty()) request->model.set(given.model, "model");
    forgetSettings(*request);
    auto out = writeChatRequest(*request, to, counted, given, forceModel);
    out.facts.stream = false;
    for (auto& loss : out.losses)
        if (loss.kind != Loss::Kind::Defaulted) loss.path = prefix + loss.path;
    return out;
}

const Dialect kAnthropicCountTokens = {
    .name = "anthropic-count-tokens",
    .family = Family::Anthropic,
    .operation = Operation::CountTokens,
    .modelInTarget = false,
    .readError = readAnthropicError,
    .writeError = writeAnthropicError,
    .errorType = anthropicErrorType,
    .count = &kAnthropicForm,
    .readCount = [](const Json& body) { return readCount(body, "input_tokens", Family::Anthropic); },
    .writeCount = [](CountAnswer& answer, Losses&) { return writtenCount<Family::Anthropic>({{"input_tokens", answer.tokens}}, answer); }};

const Dialect kOpenAiInputTokens = {
    .name = "openai-input-tokens",
    .family = Family::OpenAiResponses,
    .operation = Operation::CountTokens,
    .modelInTarget = false,
    .readError = readOpenAiError,
    .writeError = writeOpenAiError,
    .errorType = openAiErrorType,
    .count = &kOpenAiForm,
    .readCount = [](const Json& body) { return readCount(body, "input_tokens", Family::OpenAiResponses, "object"); },
    .writeCount =
        [](CountAnswer& answer, Losses&) {
            return writtenCount<Family::OpenAiResponses>({{"object", "response.input_tokens"}, {"input_tokens", answer.tokens}}, answer);
        }};

/// Google's two doors: Gemini's takes contents alone, or a whole request inside an object; Vertex AI's takes the parts of one as they are.
const Dialect kGeminiCountTokens = {
    .name = "gemini-count-tokens",
    .family = Family::Gemini,
    .operation = Operation::CountTokens,
    .modelInTarget = true,
    .readError = readGeminiError,
    .writeError = writeGeminiError,
    .errorType = geminiErrorType,
    .count = &kGeminiForm,
    .readCount = [](const Json& body) { return readCount(body, "totalTokens", Family::Gemini); },
    .writeCount = [](CountAnswer& answer, Losses&) { return writtenCount<Family::Gemini>({{"totalTokens", answer.tokens}}, answer); }};

const Dialect kVertexCountTokens = {
    .name = "vertex-count-tokens",
    .family = Family::Gemini,
    .operation = Operation::CountTokens,
    .modelInTarget = true,
    .readError = readGeminiError,
    .writeError = writeGeminiError,
    .errorType = geminiErrorType,
    .count = &kVertexForm,
    .readCount = [](const Json& body) { return readCount(body, "totalTokens", Family::Gemini); },
    .writeCount = [](CountAnswer& answer, Losses&) { return writtenCount<Family::Gemini>({{"totalTokens", answer.tokens}}, answer); }};

const Dialect kBedrockCountTokens = {
    .name = "bedrock-count-tokens",
    .family = Family::Bedrock,
    .operation = Operation::CountTokens,
    .modelInTarget = true,
    .readError = readBedrockError,
    .writeError = writeBedrockError,
    .errorType = bedrockErrorType,
    .count = &kBedrockForm,
    .readCount = [](const Json& body) { return readCount(body, "inputTokens", Family::Bedrock); },
    .writeCount = [](CountAnswer& answer, Losses&) { return writtenCount<Family::Bedrock>({{"inputTokens", answer.tokens}}, answer); }};

/// vLLM's /tokenize, of which other providers know the number alone.
const Dialect kVllmTokenize = {
    .name = "vllm-tokenize",
    .family = Family::OpenAiChat,
    .operation = Operation::CountTokens,
    .modelInTarget = false,
    .readError = readOpenAiError,
    .writeError = writeOpenAiError,
    .errorType = openAiErrorType,
    .count = &kVllmForm,
    .readCount = [](const Json& body) { return readCount(body, "count", Family::OpenAiChat); },
    .writeCount =
        [](CountAnswer& answer, Losses& losses) {
            defaulted(losses, "max_model_len", "The provider counts tokens and does not say how many the model takes.");
            defaulted(losses, "tokens", "The provider counts tokens and does not name them.");
            return writtenCount<Family::OpenAiChat>({{"count", answer.tokens}, {"max_model_len", 0}, {"tokens", Json::array()}}, answer);
        }};

}  // namespace gatehouse::llm
