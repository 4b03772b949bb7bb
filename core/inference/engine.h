// Engine: which model server a pod runs, and what it tells of itself. One row per engine: its name in labels, where its metrics stand,
// and which signals it lacks, so that views and explain can say by what a pod is judged.
// Thread: values and immutable tables. Sources: the engines' own lists of metrics; label names of llm-d and the Inference Extension.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::inference {

enum class Engine : std::uint8_t { Unknown, Vllm, Sglang, TrtLlm, TritonTrtLlm, Triton, LlamaCpp, Tgi, Ollama };

struct EngineFacts {
    Engine engine;
    std::string_view name;     ///< For people: "vLLM".
    std::string_view label;    ///< As labels name it: "vllm".
    std::string_view path;     ///< Of its metrics.
    std::string_view limits;   ///< What it does not tell and what follows, one sentence; empty: it tells all that is used.
};

std::span<const EngineFacts> engines();
/// Of Unknown too: no name, "/metrics".
const EngineFacts& factsOf(Engine engine);
/// By the value of a label or annotation, as llm-d and people write it ("trtllm-serve", "triton-tensorrt-llm"); Unknown: no such engine.
Engine engineNamed(std::string_view label);

/// LoRA adapters as the engine names them: those of its current requests, not those that are resident (vLLM).
struct Adapters {
    std::vector<std::string> running;
    std::vector<std::string> waiting;
    bool operator==(const Adapters&) const = default;
};

/// A DCGM exporter: the GPUs of one node.
struct DcgmExporter {
    std::string name;   ///< "namespace/name" of its pod.
    std::string host;
    std::uint16_t port = 9400;
    bool operator==(const DcgmExporter&) const = default;
};

}  // namespace gatehouse::inference
