#include "lab/openai_answers.h"

#include "base/ids.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace gatehouse::lab {

namespace {

using Json = nlohmann::ordered_json;

/// What the longest answer may hold, whatever max_tokens says.
constexpr std::uint32_t kMaxOutput = 4'096;

constexpr std::array<std::string_view, 48> kWords = {
    "the",     "gateway", "reads",   "every",    "request", "once",     "and",    "sends",  "it",     "to",
    "a",       "pod",     "that",    "has",      "room",    "left",     "in",     "its",    "queue",  "so",
    "answers", "arrive",  "early",   "while",    "slow",    "servers",  "rest",   "until",  "their",  "memory",
    "is",      "free",    "again",   "routes",   "keep",    "weights",  "exact",  "with",   "clear",  "reasons",
    "for",     "each",    "choice",  "recorded", "then",    "operators", "decide", "safely"};

/// Text of a message's content: a string, or the text parts of an array.
std::string contentText(const Json& content) {
    if (content.is_string()) return content.get<std::string>();
    std::string text;
    if (!content.is_array()) return text;
    for (const Json& part : content)
        if (part.is_object() && part.contains("text") && part["text"].is_string())
            text += part["text"].get_ref<const std::string&>();
    return text;
}

/// The answer: it begins with the question's first words, so that a person sees what reached the model.
std::vector<std::string> answerWords(std::string_view question, std::uint64_t hash, std::uint32_t count) {
    std::vector<std::string> words;
    words.reserve(count);
    const auto add = [&](std::string word) {
        if (words.size() < count) words.push_back(std::move(word));
    };
    add("You");
    add(" asked:");
    int quoted = 0;
    std::size_t at = 0;
    while (quoted < 12 && at < question.size()) {
        const std::size_t begin = question.find_first_not_of(" \n\r\t", at);
        if (begin == std::string_view::npos) break;
        at = std::min(question.find_first_of(" \n\r\t", begin), question.size());
        std::string_view word = question.substr(begin, at - begin);
        if (word.size() > 64) break;
        add((quoted++ ? " " : " \"") + std::string(word));
    }
    if (quoted > 0) words.back() += "\".";
    bool capital = true;
    while (words.size() < count) {
        hash = hash * 6364136223846793005ULL + 1442695040888963407ULL;
        std::string word(kWords[(hash >> 33) % kWords.size()]);
        if (capital) word.front() = static_cast<char>(word.front() - 'a' + 'A');
        capital = (hash >> 20) % 11 == 0;
        add(" " + word + (capital ? "." : ""));
    }
    return words;
}

Result<std::uint32_t> limitOf(const Json& body) {
    for (const char* name : {"max_completion_tokens", "max_tokens"}) {
        const auto found = body.find(name);
        if (found == body.end() || found->is_null()) continue;
        if (!found->is_number_unsigned() || found->get<std::uint64_t>() == 0)
            return fail("bad-request", fmt::format("{} must be a whole number above 0.", name));
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(found->get<std::uint64_t>(), kMaxOutput));
    }
    return kMaxOutput;
}

Result<bool> flagOf(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return false;
    if (!found->is_boolean()) return fail("bad-request", fmt::format("{} must be true or false.", name));
    return found->get<bool>();
}

Result<void> readPrompt(const Json& body, bool chat, std::string& all, std::string& question, std::uint32_t& tokens) {
    if (chat) {
        const auto messages = body.find("messages");
        if (messages == body.end() || !messages->is_array() || messages->empty())
            return fail("bad-request", "messages must be a list of at least one message.");
        for (const Json& message : *messages) {
            if (!message.is_object() || !message.contains("role") || !message["role"].is_string())
                return fail("bad-request", "Every message needs a role.");
            const std::string text = message.contains("content") ? contentText(message["content"]) : "";
            if (message["role"] == "user") question = text;
            all += text;
            tokens += countTokens(text) + 4;  // The chat template wraps each message in about four special tokens.
        }
        return {};
    }
    const auto prompt = body.find("prompt");
    if (prompt == body.end() || (!prompt->is_string() && !prompt->is_array()))
        return fail("bad-request", "prompt must be a string or a list.");
    if (prompt->is_string()) {
        all = *prompt;
    } else {
        for (const Json& part : *prompt)
            if (part.is_string()) all += part.get_ref<const std::string&>();
    }
    tokens += prompt->is_array() && all.empty() ? static_cast<std::uint32_t>(prompt->size()) : countTokens(all);
    question = all;
    return {};
}

Json usage(const CompletionRequest& request) {
    return {{"prompt_tokens", request.promptTokens},
            {"completion_tokens", request.outputTokens},
            {"total_tokens", request.promptTokens + request.outputTokens}};
}

const char* finishReason(const CompletionRequest& request) { return request.cutByLimit ? "length" : "stop"; }

Json frame(const CompletionRequest& request, const std::string& id, std::int64_t created) {
    const char* object = !request.chat ? "text_completion" : "chat.completion.chunk";
    return {{"id", id}, {"object", object}, {"created", created}, {"model", request.model}};
}

/// Invalid UTF-8 cannot get here from a parsed body, but a cut word could hold half a character.
std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string event(const Json& json) { return "data: " + dump(json) + "\n\n"; }

}  // namespace

std::uint32_t countTokens(std::string_view text) { return static_cast<std::uint32_t>((text.size() + 3) / 4); }

Result<CompletionRequest> readCompletion(std::string_view text, bool chat, const std::string& defaultModel) {
    const Json body = Json::parse(text, nullptr, false);
    if (body.is_discarded()) return fail("bad-request", "The body is not valid JSON.");
    if (!body.is_object()) return fail("bad-request", "The body must be a JSON object.");
    CompletionRequest request;
    request.chat = chat;
    request.model = defaultModel;
    if (const auto model = body.find("model"); model != body.end() && !model->is_null()) {
        if (!model->is_string()) return fail("bad-request", "model must be a string.");
        request.model = *model;
    }
    auto stream = flagOf(body, "stream");
    if (!stream) return tl::unexpected(stream.error());
    request.stream = *stream;
    if (const auto options = body.find("stream_options"); options != body.end() && options->is_object()) {
        auto include = flagOf(*options, "include_usage");
        if (!include) return tl::unexpected(include.error());
        request.includeUsage = *include;
    }
    auto limit = limitOf(body);
    if (!limit) return tl::unexpected(limit.error());
    std::string all, question;
    request.promptTokens = 0;
    if (auto read = readPrompt(body, chat, all, question, request.promptTokens); !read)
        return tl::unexpected(read.error());
    request.promptTokens = std::max(request.promptTokens, 1U);
    const std::uint64_t hash = base::stableHash(all);
    const auto natural = static_cast<std::uint32_t>(40 + hash % 160);
    request.cutByLimit = *limit < natural;
    request.outputTokens = std::min(*limit, natural);
    request.words = answerWords(question, hash, request.outputTokens);
    return request;
}

std::string completionBody(const CompletionRequest& request, const std::string& id, std::int64_t created) {
    std::string text;
    for (const auto& word : request.words) text += word;
    Json choice{{"index", 0}};
    if (request.chat) {
        choice["message"] = {{"role", "assistant"}, {"content", text}, {"refusal", nullptr}};
    } else {
        choice["text"] = text;
    }
    choice["logprobs"] = nullptr;
    choice["finish_reason"] = finishReason(request);
    Json body = frame(request, id, created);
    if (request.chat) body["object"] = "chat.completion";
    body["choices"] = Json::array({choice});
    body["usage"] = usage(request);
    return dump(body);
}

std::string streamEvent(const CompletionRequest& request, const std::string& id, std::int64_t created,
                        std::uint32_t index) {
    const std::string& word = request.words[index];
    Json choice{{"index", 0}};
    if (request.chat) {
        choice["delta"] = index == 0 ? Json{{"role", "assistant"}, {"content", word}} : Json{{"content", word}};
    } else {
        choice["text"] = word;
    }
    choice["logprobs"] = nullptr;
    choice["finish_reason"] = nullptr;
    Json body = frame(request, id, created);
    body["choices"] = Json::array({choice});
    return event(body);
}

std::string streamEnd(const CompletionRequest& request, const std::string& id, std::int64_t created) {
    Json choice{{"index", 0}};
    if (request.chat) {
        choice["delta"] = Json::object();
    } else {
        choice["text"] = "";
    }
    choice["logprobs"] = nullptr;
    choice["finish_reason"] = finishReason(request);
    Json body = frame(request, id, created);
    body["choices"] = Json::array({choice});
    std::string out = event(body);
    if (request.includeUsage) {
        body["choices"] = Json::array();
        body["usage"] = usage(request);
        out += event(body);
    }
    return out + "data: [DONE]\n\n";
}

std::string modelsBody(const std::string& model) {
    return dump(Json{{"object", "list"},
                     {"data", Json::array({{{"id", model}, {"object", "model"}, {"created", 1'700'000'000},
                                            {"owned_by", "gatehouse"}}})}});
}

std::string errorBody(std::string_view message, std::string_view type, int code) {
    return dump(Json{{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}});
}

std::string metricsPage(const Profile& profile, const std::string& pod, const BatchEngine& engine) {
    const double blockMib = std::max(0.0, profile.gpuTotalMib * 0.9 - profile.gpuStaticMib) /
                            std::max(profile.kvBlocks, 1U);
    // Blocks are mapped as they are used, as engines with elastic KV memory do, so that memory follows load.
    const double used = profile.gpuStaticMib + blockMib * engine.usedBlocks();
    const auto& counters = engine.counters();
    std::string out;
    const auto add = [&](std::string_view name, std::string_view type, std::string_view help, std::string labels,
                         double value) {
        fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n{}{{{}}} {}\n", name, help, name, type,
                       name, labels, value);
    };
    const std::string engineLabels = fmt::format("engine=\"0\",model_name=\"{}\"", profile.model);
    add("vllm:num_requests_running", "gauge", "Number of requests in model execution batches.", engineLabels,
        engine.running());
    add("vllm:num_requests_waiting", "gauge", "Number of requests waiting to be processed.", engineLabels,
        engine.waiting());
    add("vllm:kv_cache_usage_perc", "gauge", "KV-cache usage. 1 means 100 percent usage.", engineLabels,
        engine.kvUse());
    add("vllm:cache_config_info", "gauge", "Information of the LLMEngine CacheConfig.",
        fmt::format("block_size=\"{}\",cache_dtype=\"auto\",engine=\"0\",num_gpu_blocks=\"{}\"", profile.blockTokens,
                    profile.kvBlocks),
        1);
    add("vllm:num_preemptions_total", "counter", "Cumulative number of preemptions.", engineLabels,
        double(counters.preemptions));
    add("vllm:prompt_tokens_total", "counter", "Number of prefill tokens processed.", engineLabels,
        double(counters.promptTokens));
    add("vllm:generation_tokens_total", "counter", "Number of generation tokens processed.", engineLabels,
        double(counters.outputTokens));
    add("vllm:request_success_total", "counter", "Count of successfully processed requests.",
        engineLabels + ",finished_reason=\"stop\"", double(counters.finished));
    const std::string gpuLabels =
        fmt::format("gpu=\"0\",modelName=\"Simulated GPU\",namespace=\"default\",pod=\"{}\"", pod);
    add("DCGM_FI_DEV_FB_USED", "gauge", "Framebuffer memory used (in MiB).", gpuLabels, std::round(used));
    add("DCGM_FI_DEV_FB_FREE", "gauge", "Framebuffer memory free (in MiB).", gpuLabels,
        std::round(profile.gpuTotalMib - used));
    return out;
}

}  // namespace gatehouse::lab
