// StepModel: how long one batch step of a model on GPUs takes, from FLOPs, bytes and fixed overheads.
//
//   step = max(compute, memory) + interconnect + 32.095 us * layers + 4.417 us * sequences + 126.025 us
//   compute      = (prefill FLOPs + decode FLOPs) / (peak * MFU)
//   memory       = 1.3625 * weight bytes / bandwidth + 1.9471 * KV bytes read / bandwidth
//   interconnect = 0.7520 * 2 * layers * tokens * d * 2 B * 2 * (tp - 1) / tp / bandwidth
//
// The memory, interconnect and overhead terms are those of BLIS (inference-sim, trained_physics_model.go). Its compute terms
// are not used: the weight 0.152 of prefill FLOPs means 6.6 times the hardware's peak and makes cache misses free, and the
// weight 0 of decode FLOPs doubles the throughput of large batches. Instead one MFU per GPU is fitted so that pure prefill
// runs at the measured peak rate (fitMfu). Results that depend on it are swept by StepModel::Tuning::mfuFactor.
// Thread: values, no sharing. Errors: unknown names answer an Error that lists the known ones.
#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab::sim {

/// Simulated time since the start of a run, and spans of it.
using SimTime = std::chrono::microseconds;

inline double seconds(SimTime time) { return double(time.count()) * 1e-6; }
inline SimTime fromSeconds(double value) { return SimTime(static_cast<std::int64_t>(value * 1e6 + 0.5)); }

struct GpuSpec {
    std::string_view name;
    double peakFlops;         ///< Dense BF16, per second.
    double bandwidth;         ///< Bytes per second.
    double memoryBytes;
    double mfu;               ///< Share of the peak that prefill reaches.
};

struct ModelSpec {
    std::string_view name;
    int layers, hidden, heads, kvHeads, headDim, feedForward, vocabulary;
    int tensorParallel;       ///< GPUs of one server.
    /// Parameters that a step reads: all layers and the output head. Of the input embedding a step reads single rows.
    double stepParameters() const;
    double allParameters() const;
    double kvBytesPerToken() const;  ///< 2 * layers * kvHeads * headDim * 2 B
};

const std::vector<GpuSpec>& gpus();
const std::vector<ModelSpec>& models();
Result<const GpuSpec*> findGpu(std::string_view name);
Result<const ModelSpec*> findModel(std::string_view name);

/// What one step computes, summed over its sequences.
struct StepLoad {
    double prefillTokens = 0;
    double prefillAttention = 0;  ///< Sum over chunks of tokens * (tokens already there + tokens / 2).
    double decodeTokens = 0;      ///< One per decoding sequence.
    double decodeContext = 0;     ///< Sum of the decoding sequences' context tokens.
    int sequences = 0;

    void addPrefill(double tokens, double before) {
        prefillTokens += tokens;
        prefillAttention += tokens * (before + tokens / 2);
        ++sequences;
    }
    void addDecode(double context) {
        decodeTokens += 1;
        decodeContext += context;
        ++sequences;
    }
};

class StepModel {
  public:
    struct Tuning {
        double mfuFactor = 1;    ///< The sweep: 0.7 and 1.3 are the ends that reports use.
        double speedFactor = 1;  ///< A server that is slower (below 1) or faster as a whole.
    };

    StepModel(const ModelSpec& model, const GpuSpec& gpu) : StepModel(model, gpu, Tuning{}) {}
    StepModel(const ModelSpec& model, const GpuSpec& gpu, Tuning tuning);

    SimTime stepTime(const StepLoad& load) const;
    /// Tokens per second of prompts that fill chunks of `chunk` tokens, nothing else running.
    double prefillRate(double chunk) const;
    /// Tokens whose KV fits beside weights: 0.9 of the memory less 3.9 GB per GPU for activations and graphs.
    double kvTokens() const { return kvTokens_; }
    const ModelSpec& model() const { return *model_; }
    const GpuSpec& gpu() const { return *gpu_; }

  private:
    const ModelSpec* model_;
    const GpuSpec* gpu_;
    // Microseconds per unit, so that a step costs a handful of multiplications.
    double perToken_, perAttention_, weights_, perContext_, interconnectPerToken_, overhead_, perSequence_;
    double kvTokens_;
};

/// The MFU at which pure prefill in chunks of 8,192 tokens runs at `tokensPerSecond`.
double fitMfu(const ModelSpec& model, const GpuSpec& gpu, double tokensPerSecond);

/// Measured prefill peaks of Qwen3-32B on two H100 (llm-d): the MFU of H100 is fitted to their geometric mean.
inline constexpr double kMeasuredPeakLow = 15'928;
inline constexpr double kMeasuredPeakHigh = 20'480;

}  // namespace gatehouse::lab::sim
