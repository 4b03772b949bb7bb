#include "llm/sample_bodies.h"

#include "text/json_body.h"

#include <algorithm>

namespace gatehouse::llm {
namespace {

using Framing = StreamGuard::Framing;

constexpr char kChat[] = R"({
  "model": "any",
  "messages": [
    {"role": "user", "content": "{text}"}
  ]
})";
constexpr char kChatFull[] =
    R"({"model":"any","messages":[{"role":"system","content":"{system}"},{"role":"user","content":"{text}"},{"role":"assistant","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{\"a\":\"{input}\"}"}}]},{"role":"tool","tool_call_id":"t","content":"{output}"}]})";
constexpr char kChatAnswer[] = R"({
  "object": "chat.completion",
  "choices": [
    {"index": 0, "message": {"role": "assistant", "content": "{text}"}, "finish_reason": "stop"}
  ]
})";
constexpr char kChatFullAnswer[] =
    R"({"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"{text}","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{\"a\":\"{input}\"}"}}]},"finish_reason":"tool_calls"}]})";
constexpr char kChatEvents[] =
    R"({"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"{text}"},"finish_reason":null}]}|{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{input}"}}]},"finish_reason":null}]}|{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";

constexpr char kResponses[] = R"({
  "model": "any",
  "input": "{text}"
})";
constexpr char kResponsesFull[] =
    R"({"model":"any","instructions":"{system}","input":[{"role":"user","content":"{text}"},{"type":"function_call","call_id":"t","name":"f","arguments":"{\"a\":\"{input}\"}"},{"type":"function_call_output","call_id":"t","output":"{output}"}]})";
constexpr char kResponsesAnswer[] = R"({
  "object": "response",
  "output": [
    {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "{text}"}]}
  ]
})";
constexpr char kResponsesFullAnswer[] =
    R"({"object":"response","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"{text}"}]},{"type":"function_call","call_id":"t","name":"f","arguments":"{\"a\":\"{input}\"}"}]})";
constexpr char kResponsesEvents[] =
    R"({"type":"response.output_text.delta","item_id":"i","output_index":0,"content_index":0,"delta":"{text}"}|{"type":"response.function_call_arguments.delta","item_id":"j","output_index":1,"delta":"{input}"}|{"type":"response.completed","response":{"output":[]}})";

constexpr char kCompletions[] = R"({
  "model": "any",
  "prompt": "{text}"
})";
constexpr char kCompletionsAnswer[] = R"({
  "object": "text_completion",
  "choices": [{"index": 0, "text": "{text}", "finish_reason": "stop"}]
})";
constexpr char kCompletionsEvents[] = R"({"id":"c","object":"text_completion","choices":[{"index":0,"text":"{text}","finish_reason":null}]})";

constexpr char kEmbeddings[] = R"({
  "model": "any",
  "input": "{text}"
})";

constexpr char kMessages[] = R"({
  "model": "any",
  "max_tokens": 256,
  "messages": [
    {"role": "user", "content": "{text}"}
  ]
})";
constexpr char kMessagesFull[] =
    R"({"model":"any","max_tokens":256,"system":"{system}","messages":[{"role":"user","content":"{text}"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":"{input}"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"{output}"}]}]}]})";
constexpr char kMessagesAnswer[] = R"({
  "type": "message",
  "role": "assistant",
  "content": [{"type": "text", "text": "{text}"}]
})";
constexpr char kMessagesFullAnswer[] =
    R"({"type":"message","role":"assistant","content":[{"type":"text","text":"{text}"},{"type":"tool_use","id":"t","name":"f","input":{"a":"{input}"}}]})";
constexpr char kMessagesEvents[] =
    R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{text}"}}|{"type":"content_block_stop","index":0}|{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{input}"}}|{"type":"content_block_stop","index":1})";

constexpr char kGemini[] = R"({
  "contents": [
    {"role": "user", "parts": [{"text": "{text}"}]}
  ]
})";
constexpr char kGeminiFull[] =
    R"({"systemInstruction":{"parts":[{"text":"{system}"}]},"contents":[{"role":"user","parts":[{"text":"{text}"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":"{input}"}}}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"a":"{output}"}}}]}]})";
constexpr char kGeminiAnswer[] = R"({
  "candidates": [
    {"content": {"role": "model", "parts": [{"text": "{text}"}]}, "finishReason": "STOP"}
  ]
})";
constexpr char kGeminiFullAnswer[] =
    R"({"candidates":[{"content":{"role":"model","parts":[{"text":"{text}"},{"functionCall":{"name":"f","args":{"a":"{input}"}}}]},"finishReason":"STOP"}]})";
constexpr char kGeminiEvents[] =
    R"({"candidates":[{"content":{"role":"model","parts":[{"text":"{text}"}]},"index":0}]}|{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":"{input}"}}}]},"index":0,"finishReason":"STOP"}]})";

constexpr char kConverse[] = R"({
  "messages": [
    {"role": "user", "content": [{"text": "{text}"}]}
  ]
})";
constexpr char kConverseFull[] =
    R"({"system":[{"text":"{system}"}],"messages":[{"role":"user","content":[{"text":"{text}"}]},{"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"f","input":{"a":"{input}"}}}]},{"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[{"text":"{output}"}]}}]}]})";
constexpr char kConverseAnswer[] = R"({
  "output": {"message": {"role": "assistant", "content": [{"text": "{text}"}]}},
  "stopReason": "end_turn"
})";
constexpr char kConverseFullAnswer[] =
    R"({"output":{"message":{"role":"assistant","content":[{"text":"{text}"},{"toolUse":{"toolUseId":"t","name":"f","input":{"a":"{input}"}}}]}},"stopReason":"tool_use"})";
constexpr char kConverseEvents[] =
    R"({"contentBlockIndex":0,"delta":{"text":"{text}"}}|{"contentBlockIndex":0}|{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{input}"}}}|{"contentBlockIndex":1})";

constexpr char kCohereAnswer[] = R"({
  "message": {"role": "assistant", "content": [{"type": "text", "text": "{text}"}]},
  "finish_reason": "COMPLETE"
})";
constexpr char kCohereFullAnswer[] =
    R"({"message":{"role":"assistant","content":[{"type":"text","text":"{text}"}],"tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{\"a\":\"{input}\"}"}}]}})";
constexpr char kCohereEvents[] =
    R"({"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"{text}"}}}}|{"type":"content-end","index":0}|{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{input}"}}}}}|{"type":"tool-call-end","index":0})";

constexpr char kOllamaAnswer[] = R"({
  "message": {"role": "assistant", "content": "{text}"},
  "done": true
})";
constexpr char kOllamaFullAnswer[] =
    R"({"message":{"role":"assistant","content":"{text}","tool_calls":[{"function":{"name":"f","arguments":{"a":"{input}"}}}]},"done":true})";
constexpr char kOllamaEvents[] =
    R"({"message":{"role":"assistant","content":"{text}"},"done":false}|{"message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":"{input}"}}}]},"done":true})";

constexpr char kRerank[] = R"({
  "model": "any",
  "query": "{text}",
  "documents": ["a document"]
})";
constexpr char kRerankFull[] = R"({"model":"any","query":"{text}","documents":["{output}"]})";

constexpr char kNumbers[] = "numbers, no text";
constexpr char kMedia[] = "pictures or sound, no text";

constexpr std::array kSamples = std::to_array<SampleBody>({
    {"/v1/chat/completions", "openai-chat", kChat, kChatFull, kChatAnswer, kChatFullAnswer, kChatEvents, Framing::Sse, nullptr},
    {"/v1/responses", "openai-responses", kResponses, kResponsesFull, kResponsesAnswer, kResponsesFullAnswer, kResponsesEvents, Framing::Sse, nullptr},
    {"/v1/completions", "openai-completions", kCompletions, kCompletions, kCompletionsAnswer, kCompletionsAnswer, kCompletionsEvents, Framing::Sse, nullptr},
    {"/v1/embeddings", "openai-embeddings", kEmbeddings, kEmbeddings, nullptr, nullptr, nullptr, Framing::Sse, kNumbers},
    {"/v1/messages", "anthropic-messages", kMessages, kMessagesFull, kMessagesAnswer, kMessagesFullAnswer, kMessagesEvents, Framing::Sse, nullptr},
    {"/v1/messages/count_tokens", "anthropic-count-tokens", kMessages, kMessagesFull, nullptr, nullptr, nullptr, Framing::Sse, kNumbers},
    {"/v1beta/models/any:generateContent", "gemini-generate", kGemini, kGeminiFull, kGeminiAnswer, kGeminiFullAnswer, kGeminiEvents, Framing::Sse, nullptr},
    {"/model/any/converse", "bedrock-converse", kConverse, kConverseFull, kConverseAnswer, kConverseFullAnswer, kConverseEvents, Framing::EventStream, nullptr},
    {"/v2/chat", "cohere-chat", kChat, kChatFull, kCohereAnswer, kCohereFullAnswer, kCohereEvents, Framing::Sse, nullptr},
    {"/api/chat", "ollama-chat", kChat, kChatFull, kOllamaAnswer, kOllamaFullAnswer, kOllamaEvents, Framing::Lines, nullptr},
    {"/v1/rerank", "cohere-rerank", kRerank, kRerankFull, nullptr, nullptr, nullptr, Framing::Sse, kNumbers},
    {"/v1/images/generations", nullptr, kCompletions, kCompletions, nullptr, nullptr, nullptr, Framing::Sse, kMedia},
    {"/v1/audio/speech", nullptr, kEmbeddings, kEmbeddings, nullptr, nullptr, nullptr, Framing::Sse, kMedia},
    {"/v1/audio/transcriptions", nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, Framing::Sse, kMedia},
});

void putNumber(std::string& out, std::size_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU);
}

}  // namespace

std::span<const SampleBody> sampleBodies() { return kSamples; }

const SampleBody* sampleOf(std::string_view dialect) {
    const auto found = std::find_if(kSamples.begin(), kSamples.end(), [&](const SampleBody& each) { return each.dialect != nullptr && each.dialect == dialect; });
    return found == kSamples.end() ? nullptr : &*found;
}

std::string filled(std::string_view pattern, const SampleTexts& texts) {
    std::string out;
    const std::pair<std::string_view, const std::string*> places[] = {
        {"{text}", &texts.text}, {"{system}", &texts.system}, {"{input}", &texts.input}, {"{output}", &texts.output}};
    while (!pattern.empty()) {
        const auto* place = std::find_if(std::begin(places), std::end(places), [&](const auto& each) { return pattern.starts_with(each.first); });
        if (place == std::end(places)) {
            out += pattern.front();
            pattern.remove_prefix(1);
            continue;
        }
        out += text::json::encode(*place->second);
        pattern.remove_prefix(place->first.size());
    }
    return out;
}

std::string filledStream(const SampleBody& sample, const SampleTexts& texts) {
    std::string out;
    std::string_view rest = sample.events == nullptr ? std::string_view{} : sample.events;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('|'), rest.size());
        const auto event = filled(rest.substr(0, end), texts);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (sample.framing == Framing::Sse) {
            out += "data: " + event + "\n\n";
        } else if (sample.framing == Framing::Lines) {
            out += event + '\n';
        } else {
            putNumber(out, 16 + event.size());  // Checks are not read by guards.
            out.append(8, '\0');
            out += event;
            out.append(4, '\0');
        }
    }
    return out;
}

}  // namespace gatehouse::llm
