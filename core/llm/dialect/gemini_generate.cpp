// gemini-generate and vertex-gemini: answers, errors, and the two rows.
#include "llm/dialect/dialect.h"
#include "llm/dialect/gemini.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Gemini;

struct FinishWord {
    std::string_view word;
    FinishReason reason;
};
constexpr std::array<FinishWord, 18> kFinishWords = {{{"STOP", FinishReason::Stop},
                                                      {"MAX_TOKENS", FinishReason::Length},
                                                      {"SAFETY", FinishReason::ContentFilter},
                                                      {"RECITATION", FinishReason::ContentFilter},
                                                      {"BLOCKLIST", FinishReason::ContentFilter},
                                                      {"PROHIBITED_CONTENT", FinishReason::ContentFilter},
                                                      {"SPII", FinishReason::ContentFilter},
                                                      {"IMAGE_SAFETY", FinishReason::ContentFilter},
                                                      {"IMAGE_PROHIBITED_CONTENT", FinishReason::ContentFilter},
                                                      {"IMAGE_RECITATION", FinishReason::ContentFilter},
                                                      {"MALFORMED_FUNCTION_CALL", FinishReason::MalformedToolCall},
                                                      {"UNEXPECTED_TOOL_CALL", FinishReason::MalformedToolCall},
                                                      {"TOO_MANY_TOOL_CALLS", FinishReason::MalformedToolCall},
                                                      {"CONTINUATION", FinishReason::Pause},
                                                      {"LANGUAGE", FinishReason::Unknown},
                                                      {"NO_IMAGE", FinishReason::Unknown},
                                                      {"IMAGE_OTHER", FinishReason::Unknown},
                                                      {"OTHER", FinishReason::Unknown}}};

struct StatusWord {
    int status;
    std::string_view word;
};
constexpr std::array<StatusWord, 13> kStatusWords = {{{400, "INVALID_ARGUMENT"},
                                                      {401, "UNAUTHENTICATED"},
                                                      {403, "PERMISSION_DENIED"},
                                                      {404, "NOT_FOUND"},
                                                      {408, "DEADLINE_EXCEEDED"},
                                                      {409, "ABORTED"},
                                                      {429, "RESOURCE_EXHAUSTED"},
                                                      {499, "CANCELLED"},
                                                      {500, "INTERNAL"},
                                                      {501, "UNIMPLEMENTED"},
                                                      {503, "UNAVAILABLE"},
                                                      {504, "DEADLINE_EXCEEDED"},
                                                      {529, "UNAVAILABLE"}}};
/// Beside those, Google's words for which no status is theirs alone.
constexpr std::array<std::string_view, 5> kOtherWords = {"FAILED_PRECONDITION", "OUT_OF_RANGE", "ALREADY_EXISTS", "DATA_LOSS", "UNKNOWN"};

const Json& member(const Json& object, const char* camel, const char* snake) {
    static const Json kNull;
    if (!object.is_object()) return kNull;
    if (const auto found = object.find(camel); found != object.end()) return *found;
    const auto found = object.find(snake);
    return found != object.end() ? *found : kNull;
}

std::string textOf(const Json& object, const char* camel, const char* snake) {
    const auto& value = member(object, camel, snake);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::uint64_t count(const Json& object, const char* camel, const char* snake) {
    const auto& value = member(object, camel, snake);
    if (value.is_number_integer() && value > 0) return value.get<std::uint64_t>();
    std::uint64_t number = 0;
    if (value.is_string()) std::from_chars(value.get_ref<const std::string&>().data(), value.get_ref<const std::string&>().data() + value.get_ref<const std::string&>().size(), number);
    return number;
}

std::uint64_t audio(const Json& details) {
    std::uint64_t tokens = 0;
    if (details.is_array())
        for (const auto& entry : details)
            if (textOf(entry, "modality", "modality") == "AUDIO") tokens += count(entry, "tokenCount", "token_count");
    return tokens;
}

Choice readCandidate(const Json& item, int place, const std::string& id, Members& owner) {
    Choice choice;
    choice.path = fmt::format("candidates[{}]", place);
    Members candidate(item, choice.path);
    choice.index = static_cast<int>(candidate.integer("index").value_or(place));
    choice.rawFinish = candidate.text(geminiKey(candidate, "finishReason")).value_or("");
    choice.finish = readGeminiFinish(choice.rawFinish);
    std::vector<int> places;
    if (const auto* content = candidate.object("content")) {
        Members inner(*content, candidate.pathOf("content"));
        inner.take("role");
        const auto scope = fmt::format("{}/{}", id, choice.index);
        int call = 0;
        std::size_t i = 0;
        if (const auto* parts = inner.array("parts"))
            for (const auto& part : *parts) {
                auto read = readGeminiPart(part, fmt::format("{}[{}]", inner.pathOf("parts"), i++), inner, scope, call);
                places.push_back(read.empty() ? -1 : static_cast<int>(choice.parts.size()));
                for (auto& one : read) choice.parts.push_back(std::move(one));
            }
        choice.messageExtras = {kFamily, inner.rest(), inner.path(), false};
        candidate.adopt(inner);
    }
    readGeminiCitations(item, choice.parts, places);
    const auto logprobs = geminiKey(candidate, "logprobsResult");
    if (const auto* result = candidate.object(logprobs)) choice.logprobs = readGeminiLogprobs(*result);
    choice.extras = {kFamily, candidate.rest(), choice.path, false};
    owner.adopt(candidate);
    return choice;
}

Json writeCandidate(Choice& choice, Losses& losses) {
    Json parts = Json::array();
    GeminiCitations citations;
    const bool own = choice.extras.family == kFamily;
    const bool kept = own && (choice.extras.members.contains("groundingMetadata") || choice.extras.members.contains("citationMetadata"));
    for (auto& part : choice.parts) {
        // A signature that stood on a text stands there again.
        const bool signs = part.kind == Part::Kind::Thinking && part.text.empty() && part.signature && part.signature->family == kFamily && part.signature->id == "text";
        if (signs && !parts.empty() && parts.back().size() == 1 && parts.back().contains("text")) {
            part.taken = true;
            parts.back()["thoughtSignature"] = part.signature->data;
            continue;
        }
        auto item = writeGeminiAnswerPart(part, losses);
        if (item.is_null()) continue;
        const bool text = part.kind == Part::Kind::Text;
        const auto before = text && !parts.empty() && parts.back().size() == 1 && parts.back().contains("text") ? parts.back()["text"].get_ref<const std::string&>().size() : 0;
        addGeminiPart(parts, std::move(item));
        if (text && !kept) citations.add(part, parts.size() - 1, before, losses);
    }
    Json content = {{"parts", std::move(parts)}, {"role", "model"}};
    restore(choice.messageExtras, kFamily, content);
    Json out = {{"content", std::move(content)}, {"finishReason", writeGeminiFinish(choice.finish, choice.rawFinish)}, {"index", choice.index}};
    if (!citations.empty()) out["groundingMetadata"] = citations.metadata();
    if (!choice.logprobs.is_null()) out["logprobsResult"] = writeGeminiLogprobs(choice.logprobs);
    if (!choice.stopSequence.empty()) dropped(losses, choice.path + ".stop_sequence", "Gemini does not tell which stop sequence was met.");
    restore(choice.extras, kFamily, out);
    return out;
}

Json writeAnswer(ChatAnswer& answer, Losses& losses, bool vertex) {
    Json out = Json::object();
    Json candidates = Json::array();
    for (auto& choice : answer.choices)
        if (choice.path != "promptFeedback" || answer.extras.family != kFamily) candidates.push_back(writeCandidate(choice, losses));
    if (!candidates.empty()) out["candidates"] = std::move(candidates);
    if (answer.usage.known) out["usageMetadata"] = writeGeminiUsage(answer.usage);
    if (vertex && answer.usage.known && !answer.serviceTier.empty())
        out["usageMetadata"]["trafficType"] = answer.serviceTier == "flex" ? "ON_DEMAND_FLEX" : answer.serviceTier == "priority" ? "ON_DEMAND_PRIORITY" : "ON_DEMAND";
    if (!answer.model.empty()) out["modelVersion"] = answer.model;
    if (vertex && answer.created != 0) out["createTime"] = rfc3339Of(answer.created);
    if (!answer.id.empty()) out["responseId"] = answer.id;
    restore(answer.extras, kFamily, out);
    return out;
}

}  // namespace

FinishReason readGeminiFinish(std::string_view word) {
    for (const auto& [known, reason] : kFinishWords)
        if (known == word) return reason;
    return FinishReason::Unknown;
}

std::string writeGeminiFinish(FinishReason finish, std::string_view raw) {
    for (const auto& [known, reason] : kFinishWords)
        if (known == raw && reason == finish) return std::string(raw);
    switch (finish) {
    case FinishReason::Length:
    case FinishReason::ContextLength: return "MAX_TOKENS";
    case FinishReason::ContentFilter:
    case FinishReason::Refusal: return "SAFETY";
    case FinishReason::MalformedToolCall: return "MALFORMED_FUNCTION_CALL";
    case FinishReason::Pause: return "OTHER";
    default: return "STOP";
    }
}

Usage readGeminiUsage(const Json& json) {
    Usage usage;
    if (!json.is_object()) return usage;
    usage.known = true;
    usage.inputTokens = count(json, "promptTokenCount", "prompt_token_count") + count(json, "toolUsePromptTokenCount", "tool_use_prompt_token_count");
    usage.reasoningTokens = count(json, "thoughtsTokenCount", "thoughts_token_count");
    usage.outputTokens = count(json, "candidatesTokenCount", "candidates_token_count") + usage.reasoningTokens;
    usage.cachedTokens = count(json, "cachedContentTokenCount", "cached_content_token_count");
    usage.audioInputTokens = audio(member(json, "promptTokensDetails", "prompt_tokens_details")) + audio(member(json, "toolUsePromptTokensDetails", "tool_use_prompt_tokens_details"));
    usage.audioOutputTokens = audio(member(json, "candidatesTokensDetails", "candidates_tokens_details"));
    return usage;
}

Json writeGeminiUsage(const Usage& usage) {
    const auto said = usage.outputTokens - std::min(usage.outputTokens, usage.reasoningTokens);
    Json json = {{"promptTokenCount", usage.inputTokens}, {"candidatesTokenCount", said}, {"totalTokenCount", usage.inputTokens + said + usage.reasoningTokens}};
    if (usage.cachedTokens > 0) json["cachedContentTokenCount"] = usage.cachedTokens;
    if (usage.reasoningTokens > 0) json["thoughtsTokenCount"] = usage.reasoningTokens;
    const auto details = [](std::uint64_t all, std::uint64_t audio) {
        return Json::array({{{"modality", "TEXT"}, {"tokenCount", all - std::min(all, audio)}}, {{"modality", "AUDIO"}, {"tokenCount", audio}}});
    };
    if (usage.audioInputTokens > 0) json["promptTokensDetails"] = details(usage.inputTokens, usage.audioInputTokens);
    if (usage.audioOutputTokens > 0) json["candidatesTokensDetails"] = details(said, usage.audioOutputTokens);
    return json;
}

std::string readGeminiTraffic(const Json& usage) {
    const auto word = textOf(usage, "trafficType", "traffic_type");
    if (word == "ON_DEMAND_PRIORITY" || word == "PROVISIONED_THROUGHPUT") return "priority";
    if (word == "ON_DEMAND_FLEX" || word == "ON_DEMAND_OFFPEAK") return "flex";
    return word == "ON_DEMAND" ? "default" : "";
}

void addGeminiPart(Json& parts, Json part) {
    const auto plain = [](const Json& item) { return item.contains("text") && item.size() == (item.contains("thought") ? 2U : 1U); };
    if (!parts.empty() && plain(part) && plain(parts.back()) && parts.back().contains("thought") == part.contains("thought")) {
        parts.back()["text"] = parts.back()["text"].get<std::string>() + part["text"].get<std::string>();
        return;
    }
    parts.push_back(std::move(part));
}

Json writeGeminiAnswerPart(Part& part, Losses& losses) {
    Json item;
    const bool own = part.signature && part.signature->family == kFamily;
    switch (part.kind) {
    case Part::Kind::Text:
    case Part::Kind::Refusal:
        part.taken = true;
        if (part.text.empty()) return nullptr;
        item = {{"text", part.text}};
        break;
    case Part::Kind::Thinking:
        part.taken = true;
        if (part.signature && !own) dropped(losses, part.path + ".signature", "Gemini's clients hand back its own signatures alone.");
        if (part.text.empty() && !own) return nullptr;
        item = {{"text", part.text}};
        if (!part.text.empty() || part.signature->id == "thought") item["thought"] = true;
        if (own) item["thoughtSignature"] = part.signature->data;
        break;
    case Part::Kind::ToolCall: {
        part.taken = true;
        Json call = Json::object();
        if (!part.callId.empty()) call["id"] = part.callId;
        call["name"] = part.name;
        call["args"] = part.arguments.is_object() ? part.arguments : Json::object();
        if (part.argumentsMalformed) coerced(losses, part.path + ".arguments", "They are no JSON object; they stand in a field \"_raw\" of one.");
        item = {{"functionCall", std::move(call)}};
        if (own) item["thoughtSignature"] = part.signature->data;
        break;
    }
    case Part::Kind::Image:
    case Part::Kind::Video:
    case Part::Kind::Audio:
        if (part.data.empty() && part.url.empty()) return nullptr;
        part.taken = true;
        if (part.data.empty()) {
            item = {{"fileData", {{"fileUri", part.url}}}};
            if (!part.mediaType.empty()) item["fileData"]["mimeType"] = part.mediaType;
        } else {
            const auto* otherwise = part.kind == Part::Kind::Audio ? "audio/wav" : part.kind == Part::Kind::Video ? "video/mp4" : "image/png";
            item = {{"inlineData", {{"mimeType", part.mediaType.empty() ? otherwise : part.mediaType}, {"data", part.data}}}};
            if (!part.text.empty()) dropped(losses, part.path + ".transcript", "Gemini's audio has no transcript.");
        }
        break;
    case Part::Kind::Opaque:
        if (part.extras.family != kFamily) return nullptr;
        part.taken = true;
        return part.opaque;
    default: return nullptr;
    }
    restore(part.extras, kFamily, item);
    return item;
}

void readGeminiCitations(const Json& candidate, std::vector<Part>& parts, const std::vector<int>& places) {
    const auto partAt = [&](const Json& segment) -> Part* {
        const auto place = count(segment, "partIndex", "part_index");
        if (place < places.size() && places[place] >= 0) {
            auto& part = parts[static_cast<std::size_t>(places[place])];
            if (part.kind == Part::Kind::Text) return &part;
        }
        const auto text = std::find_if(parts.begin(), parts.end(), [](const Part& part) { return part.kind == Part::Kind::Text; });
        return text != parts.end() ? &*text : nullptr;
    };
    const auto add = [&](const Json& segment, const Json& source, const Json& raw) {
        auto* part = partAt(segment);
        const auto uri = textOf(source, "uri", "uri");
        if (part == nullptr || uri.empty()) return;
        Json citation = {{"url", uri}, {"raw", raw}, {"family", static_cast<int>(kFamily)}};
        if (const auto title = textOf(source, "title", "title"); !title.empty()) citation["title"] = title;
        citation["start"] = count(segment, "startIndex", "start_index");
        citation["end"] = count(segment, "endIndex", "end_index");
        if (std::find(part->citations.begin(), part->citations.end(), citation) == part->citations.end()) part->citations.push_back(std::move(citation));
    };
    const auto& grounding = member(candidate, "groundingMetadata", "grounding_metadata");
    const auto& chunks = member(grounding, "groundingChunks", "grounding_chunks");
    if (const auto& supports = member(grounding, "groundingSupports", "grounding_supports"); supports.is_array() && chunks.is_array())
        for (const auto& support : supports) {
            const auto& indices = member(support, "groundingChunkIndices", "grounding_chunk_indices");
            if (!indices.is_array()) continue;
            for (const auto& index : indices) {
                if (!index.is_number_unsigned() || index.get<std::size_t>() >= chunks.size()) continue;
                const auto& chunk = chunks[index.get<std::size_t>()];
                for (const auto* kind : {"web", "retrievedContext", "retrieved_context", "maps", "image"})
                    if (chunk.is_object() && chunk.contains(kind)) add(member(support, "segment", "segment"), chunk[kind], support);
            }
        }
    const auto& metadata = member(candidate, "citationMetadata", "citation_metadata");
    for (const auto* key : {"citations", "citationSources"})
        if (const auto& list = member(metadata, key, key); list.is_array())
            for (const auto& citation : list) add(citation, citation, citation);
}

void GeminiCitations::add(const Part& part, std::size_t index, std::size_t before, Losses& losses) {
    std::size_t i = 0;
    for (const auto& citation : part.citations) {
        const auto path = fmt::format("{}.citations[{}]", part.path, i++);
        if (!citation.contains("url")) {
            dropped(losses, path, "Gemini cites sources by their URL alone.");
            continue;
        }
        Json web = {{"uri", citation["url"]}};
        if (const auto title = llm::textOf(citation, "title"); !title.empty()) web["title"] = title;
        const Json chunk = {{"web", std::move(web)}};
        const auto known = std::find(chunks_.begin(), chunks_.end(), chunk);
        const auto place = static_cast<std::size_t>(known - chunks_.begin());
        if (known == chunks_.end()) chunks_.push_back(chunk);
        const auto end = std::min(citation.value("end", part.text.size()), part.text.size());
        const auto start = std::min(citation.value("start", std::size_t{0}), end);
        Json segment = Json::object();
        if (index > 0) segment["partIndex"] = index;
        segment["startIndex"] = before + start;
        segment["endIndex"] = before + end;
        segment["text"] = part.text.substr(start, end - start);
        supports_.push_back({{"segment", std::move(segment)}, {"groundingChunkIndices", Json::array({place})}});
        if (citation.contains("text")) dropped(losses, path + ".cited_text", "Gemini's citations hold no text of the source.");
    }
}

Json readGeminiLogprobs(const Json& result) {
    const auto entry = [](const Json& candidate) {
        const auto token = textOf(candidate, "token", "token");
        const auto& logprob = member(candidate, "logProbability", "log_probability");
        Json bytes = Json::array();
        for (const char c : token) bytes.push_back(static_cast<unsigned char>(c));
        Json out = {{"token", token}, {"logprob", logprob.is_number() ? logprob : Json(0)}, {"bytes", std::move(bytes)}};
        if (const auto& id = member(candidate, "tokenId", "token_id"); id.is_number()) out["token_id"] = id;
        return out;
    };
    Json content = Json::array();
    const auto& chosen = member(result, "chosenCandidates", "chosen_candidates");
    const auto& top = member(result, "topCandidates", "top_candidates");
    if (chosen.is_array())
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            auto item = entry(chosen[i]);
            auto& others = item["top_logprobs"] = Json::array();
            if (top.is_array() && i < top.size())
                if (const auto& list = member(top[i], "candidates", "candidates"); list.is_array())
                    for (const auto& other : list) others.push_back(entry(other));
            content.push_back(std::move(item));
        }
    return {{"content", std::move(content)}};
}

Json writeGeminiLogprobs(const Json& logprobs) {
    const auto entry = [](const Json& item) {
        Json out = {{"token", llm::textOf(item, "token")}};
        if (item.contains("token_id")) out["tokenId"] = item["token_id"];
        out["logProbability"] = item.contains("logprob") ? item["logprob"] : Json(0);
        return out;
    };
    Json chosen = Json::array();
    Json top = Json::array();
    bool any = false;
    if (logprobs.contains("content") && logprobs["content"].is_array())
        for (const auto& item : logprobs["content"]) {
            if (!item.is_object()) continue;
            chosen.push_back(entry(item));
            Json list = Json::array();
            if (item.contains("top_logprobs") && item["top_logprobs"].is_array())
                for (const auto& other : item["top_logprobs"])
                    if (other.is_object()) list.push_back(entry(other));
            any |= !list.empty();
            top.push_back({{"candidates", std::move(list)}});
        }
    Json out = {{"chosenCandidates", std::move(chosen)}};
    if (any) out["topCandidates"] = std::move(top);
    return out;
}

Result<ChatAnswer> readGeminiAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    answer.id = body.text(geminiKey(body, "responseId")).value_or("");
    answer.model = body.text(geminiKey(body, "modelVersion")).value_or("");
    answer.created = secondsOf(body.text(geminiKey(body, "createTime")).value_or(""));
    if (const auto* usage = body.object(geminiKey(body, "usageMetadata"))) {
        answer.usage = readGeminiUsage(*usage);
        answer.serviceTier = readGeminiTraffic(*usage);
    }
    const auto* candidates = body.array("candidates");
    if (candidates != nullptr) {
        int i = 0;
        for (const auto& item : *candidates) answer.choices.push_back(readCandidate(item, i++, answer.id, body));
    }
    // A prompt that was refused has no candidate; its reason is the reason of the one answer that others must have.
    const auto feedback = geminiKey(body, "promptFeedback");
    const auto* blocked = body.peek(feedback);
    const auto reason = blocked != nullptr ? textOf(*blocked, "blockReason", "block_reason") : std::string();
    if (answer.choices.empty() && !reason.empty()) {
        Choice choice;
        choice.path = "promptFeedback";
        choice.finish = FinishReason::ContentFilter;
        choice.rawFinish = reason;
        choice.extras.family = choice.messageExtras.family = kFamily;
        answer.choices.push_back(std::move(choice));
    } else if (candidates == nullptr) {
        body.fail("candidates", "is missing");
    }
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

ApiError readGeminiError(int status, const Json& body) {
    ApiError error;
    error.status = status;
    const auto& found = member(body, "error", "error");
    const Json& inner = found.is_object() ? found : body;
    error.message = textOf(inner, "message", "message");
    if (error.message.empty() && found.is_string()) error.message = found.get<std::string>();
    error.type = textOf(inner, "status", "status");
    const auto& details = member(inner, "details", "details");
    if (!details.is_array()) return error;
    for (const auto& detail : details) {
        if (const auto reason = textOf(detail, "reason", "reason"); error.code.empty()) error.code = reason;
        const auto& violations = member(detail, "fieldViolations", "field_violations");
        if (error.param.empty() && violations.is_array() && !violations.empty()) error.param = textOf(violations[0], "field", "field");
    }
    return error;
}

Json writeGeminiError(const ApiError& error) {
    const bool own = std::any_of(kStatusWords.begin(), kStatusWords.end(), [&](const StatusWord& known) { return known.word == error.type; }) ||
                     std::find(kOtherWords.begin(), kOtherWords.end(), error.type) != kOtherWords.end();
    Json inner = {{"code", error.status}, {"message", error.message}, {"status", own ? error.type : std::string(geminiErrorType(error.status))}};
    Json details = Json::array();
    if (!error.code.empty()) details.push_back({{"@type", "type.googleapis.com/google.rpc.ErrorInfo"}, {"reason", error.code}});
    if (!error.param.empty())
        details.push_back({{"@type", "type.googleapis.com/google.rpc.BadRequest"},
                           {"fieldViolations", Json::array({{{"field", error.param}, {"description", error.message}}})}});
    if (!details.empty()) inner["details"] = std::move(details);
    return Json{{"error", std::move(inner)}};
}

std::string_view geminiErrorType(int status) {
    for (const auto& [known, word] : kStatusWords)
        if (known == status) return word;
    return status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
}

namespace {

Json writeRequest(ChatRequest& request, Losses& losses) { return writeGemini(request, losses, false); }
Json writeVertexRequest(ChatRequest& request, Losses& losses) { return writeGemini(request, losses, true); }
Json writeOwnAnswer(ChatAnswer& answer, Losses& losses) { return writeAnswer(answer, losses, false); }
Json writeVertexAnswer(ChatAnswer& answer, Losses& losses) { return writeAnswer(answer, losses, true); }
std::unique_ptr<StreamWriter> writer(std::string_view model, bool) { return geminiWriter(model, false); }
std::unique_ptr<StreamWriter> vertexWriter(std::string_view model, bool) { return geminiWriter(model, true); }

}  // namespace

const Dialect kGeminiGenerate = {.name = "gemini-generate",
                                 .family = kFamily,
                                 .operation = Operation::Chat,
                                 .modelInTarget = true,
                                 .readRequest = readGemini,
                                 .writeRequest = writeRequest,
                                 .readAnswer = readGeminiAnswer,
                                 .writeAnswer = writeOwnAnswer,
                                 .streamReader = geminiReader,
                                 .streamWriter = writer,
                                 .readError = readGeminiError,
                                 .writeError = writeGeminiError,
                                 .errorType = geminiErrorType};

const Dialect kVertexGemini = {.name = "vertex-gemini",
                               .family = kFamily,
                               .operation = Operation::Chat,
                               .modelInTarget = true,
                               .readRequest = readGemini,
                               .writeRequest = writeVertexRequest,
                               .readAnswer = readGeminiAnswer,
                               .writeAnswer = writeVertexAnswer,
                               .streamReader = geminiReader,
                               .streamWriter = vertexWriter,
                               .readError = readGeminiError,
                               .writeError = writeGeminiError,
                               .errorType = geminiErrorType};

}  // namespace gatehouse::llm
