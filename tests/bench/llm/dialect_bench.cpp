// Cost of changing the dialect of a chat body of 4.6 KB, of its answer, and of one event of a stream. Budget: 150 us for a body.
#include "llm/translate.h"

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace gatehouse;

std::string chatBody() {
    std::string body = R"({"model":"claude-sonnet-4-6","stream":true,"max_tokens":500,"temperature":0.5,"messages":[{"role":"system","content":"Be brief."})";
    for (int i = 0; i < 8; ++i) {
        std::string text;
        while (text.size() < 460) text += "The queue in front of the workers grew.\\n";
        body += R"(,{"role":")" + std::string(i % 2 ? "assistant" : "user") + R"(","content":")" + text + "\"}";
    }
    body += R"(,{"role":"user","content":"And now?"}],"tools":[)";
    for (int i = 0; i < 2; ++i)
        body += std::string(i ? "," : "") + R"({"type":"function","function":{"name":"tool)" + std::to_string(i) +
                R"(","description":"Looks something up.","parameters":{"type":"object","properties":{"query":{"type":"string"},"limit":{"type":"integer"}},"required":["query"]}}})";
    return body + "]}";
}

void request(benchmark::State& state, const char* from, const char* to) {
    const auto& openAi = *llm::findDialect("openai-chat");
    const auto& source = *llm::findDialect(from);
    const auto body = &source == &openAi ? chatBody() : llm::translateRequest(openAi, source, chatBody())->body;
    for (auto _ : state) benchmark::DoNotOptimize(llm::translateRequest(source, *llm::findDialect(to), body));
    state.SetLabel(std::to_string(body.size()) + " bytes");
}
BENCHMARK_CAPTURE(request, openai_to_anthropic, "openai-chat", "anthropic-messages");
BENCHMARK_CAPTURE(request, anthropic_to_openai, "anthropic-messages", "openai-chat");
BENCHMARK_CAPTURE(request, the_same, "openai-chat", "openai-chat");

void answer(benchmark::State& state) {
    std::string text;
    while (text.size() < 2000) text += "The queue in front of the workers grew.\\n";
    const auto body = R"({"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[{"type":"text","text":")" + text +
                      R"("}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1000,"output_tokens":500}})";
    for (auto _ : state) benchmark::DoNotOptimize(llm::translateAnswer(*llm::findDialect("anthropic-messages"), *llm::findDialect("openai-chat"), body));
    state.SetLabel(std::to_string(body.size()) + " bytes");
}
BENCHMARK(answer);

void streamEvent(benchmark::State& state) {
    llm::StreamTranslator translator(*llm::findDialect("anthropic-messages"), *llm::findDialect("openai-chat"), "m", false);
    std::string out;
    translator.feed("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude\"}}\n\n"
                    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n", out);
    const std::string event = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}}\n\n";
    for (auto _ : state) {
        out.clear();
        translator.feed(event, out);
    }
}
BENCHMARK(streamEvent);

}  // namespace
