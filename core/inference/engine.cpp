#include "inference/engine.h"

#include <array>

namespace gatehouse::inference {
namespace {

constexpr std::string_view kNoKv = "It reports no KV-cache use: its pods are judged by queue and requests in flight.";
constexpr std::array<EngineFacts, 9> kEngines{{
    {Engine::Unknown, "", "", "/metrics", ""},
    {Engine::Vllm, "vLLM", "vllm", "/metrics", ""},
    {Engine::Sglang, "SGLang", "sglang", "/metrics", ""},
    {Engine::TrtLlm, "TensorRT-LLM", "trtllm-serve", "/prometheus/metrics", ""},
    {Engine::TritonTrtLlm, "Triton with TensorRT-LLM", "triton-tensorrt-llm", "/metrics", ""},
    {Engine::Triton, "Triton", "triton", "/metrics",
     "It reports neither running requests nor KV-cache use: its pods are judged by queue and requests in flight."},
    {Engine::LlamaCpp, "llama.cpp", "llamacpp", "/metrics", kNoKv},
    {Engine::Tgi, "TGI", "tgi", "/metrics", kNoKv},
    {Engine::Ollama, "Ollama", "ollama", "/api/ps",
     "It reports no queue and no KV-cache use: its pods are judged by requests in flight alone."},
}};

/// Other spellings that are met.
constexpr std::pair<std::string_view, Engine> kAliases[] = {
    {"trtllm", Engine::TrtLlm},         {"tensorrt-llm", Engine::TrtLlm},      {"trt-llm", Engine::TrtLlm},
    {"triton-trtllm", Engine::TritonTrtLlm}, {"llama.cpp", Engine::LlamaCpp},  {"llama-cpp", Engine::LlamaCpp},
    {"text-generation-inference", Engine::Tgi},
};

}  // namespace

std::span<const EngineFacts> engines() { return kEngines; }

const EngineFacts& factsOf(Engine engine) {
    const auto index = static_cast<std::size_t>(engine);
    return index < kEngines.size() ? kEngines[index] : kEngines[0];
}

Engine engineNamed(std::string_view label) {
    if (label.empty()) return Engine::Unknown;
    for (const auto& facts : kEngines)
        if (facts.label == label) return facts.engine;
    for (const auto& [alias, engine] : kAliases)
        if (alias == label) return engine;
    return Engine::Unknown;
}

}  // namespace gatehouse::inference
