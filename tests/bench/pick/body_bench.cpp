// Cost of reading and preparing a chat body of 4.6 KB (8 messages), and of following a stream.
#include "llm/guard.h"
#include "llm/plan.h"
#include "llm/usage.h"

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace gatehouse;

std::string chatBody() {
    std::string body = R"({"model":"llama","stream":true,"messages":[)";
    for (int i = 0; i < 8; ++i) {
        std::string text;
        while (text.size() < 530) text += "The queue in front of the workers grew.\\n";
        body += std::string(i ? "," : "") + R"({"role":"user","content":")" + text + "\"}";
    }
    return body + "]}";
}

void readBody(benchmark::State& state) {
    const base::Buffer body(chatBody());
    for (auto _ : state) benchmark::DoNotOptimize(llm::readChat(body));
    state.SetLabel(std::to_string(body.size()) + " bytes");
}
BENCHMARK(readBody);

void prepareBody(benchmark::State& state) {
    llm::LlmPolicy policy;
    std::vector<llm::RegexGuard::Pattern> patterns{{"", "", "SSN"}, {"", "", "CREDIT_CARD"}, {"", "", "PHONE_NUMBER"},
                                                   {"", "", "EMAIL"}};
    for (int i = 0; i < 12; ++i) patterns.push_back({"", "secret-project-" + std::to_string(i) + "\\d+", ""});
    if (state.range(0)) policy.requestGuard = *llm::RegexGuard::compile(patterns, llm::RegexGuard::Action::Mask);
    if (state.range(1)) policy.enrichment.prepend.push_back({"system", "Be brief."});
    const std::string text = chatBody();
    base::Buffer body;
    for (auto _ : state) {
        body.assign(text);
        benchmark::DoNotOptimize(llm::prepareChat(body, &policy, nullptr, true));
    }
}
BENCHMARK(prepareBody)->ArgNames({"guards16", "enrich"})->Args({0, 0})->Args({0, 1})->Args({1, 0})->Args({1, 1});

void streamEvent(benchmark::State& state) {
    const std::string event =
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
        "[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}\n\n";
    llm::StreamUsage stream(true);
    std::string out;
    for (auto _ : state) {
        out.clear();
        stream.feed(event, out);
    }
}
BENCHMARK(streamEvent);

}  // namespace
