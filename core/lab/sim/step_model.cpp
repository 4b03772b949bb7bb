#include "lab/sim/step_model.h"

#include "lab/sim/find_by_name.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::lab::sim {

namespace {

// Weights of BLIS's terms, microseconds where no unit is named.
constexpr double kKvReadWeight = 1.94710771;
constexpr double kWeightReadWeight = 1.36252915;
constexpr double kInterconnectWeight = 0.752037;
constexpr double kPerLayer = 32.09546717;
constexpr double kPerSequence = 4.41684444;
constexpr double kPerStep = 126.024825;

constexpr double kBytesPerValue = 2;  // BF16
constexpr double kUsableMemory = 0.9;
/// Chosen so that Qwen3-32B on two H100 holds the 307,328 tokens that llm-d measured there.
constexpr double kReservedPerGpu = 3.9e9;
constexpr double kFitChunk = 8'192;

}  // namespace

double ModelSpec::stepParameters() const {
    const double query = double(heads) * headDim, kv = double(kvHeads) * headDim;
    const double attention = hidden * (2 * query + 2 * kv);
    return layers * (attention + 3.0 * hidden * feedForward) + double(vocabulary) * hidden;
}

double ModelSpec::allParameters() const { return stepParameters() + double(vocabulary) * hidden; }

double ModelSpec::kvBytesPerToken() const { return 2.0 * layers * kvHeads * headDim * kBytesPerValue; }

// H100's MFU is fitMfu() of Qwen3-32B TP2 at the mean measured peak; a test holds it to that. No such figure is published for
// the others: theirs keep BLIS's ratio of roofline MFUs to H100's (0.38 : 0.45 for A100; L40S is taken like A100).
const std::vector<GpuSpec>& gpus() {
    static const std::vector<GpuSpec> kGpus = {
        {"H100", 989.5e12, 3.35e12, 85.5e9, 0.655},
        {"A100", 312e12, 2.039e12, 85.9e9, 0.655 * 0.38 / 0.45},
        {"L40S", 362e12, 0.864e12, 48.3e9, 0.655 * 0.38 / 0.45},
    };
    return kGpus;
}

const std::vector<ModelSpec>& models() {
    static const std::vector<ModelSpec> kModels = {
        {"llama-8b", 32, 4'096, 32, 8, 128, 14'336, 128'256, 1},
        {"qwen-32b", 64, 5'120, 64, 8, 128, 25'600, 151'936, 2},
        {"llama-70b", 80, 8'192, 64, 8, 128, 28'672, 128'256, 8},
    };
    return kModels;
}

Result<const GpuSpec*> findGpu(std::string_view name) { return findByName(gpus(), name, "GPU"); }
Result<const ModelSpec*> findModel(std::string_view name) { return findByName(models(), name, "model"); }

StepModel::StepModel(const ModelSpec& model, const GpuSpec& gpu, Tuning tuning) : model_(&model), gpu_(&gpu) {
    const double tp = model.tensorParallel;
    const double microsPerFlop = 1e6 / (gpu.peakFlops * gpu.mfu * tuning.mfuFactor) / tuning.speedFactor;
    const double microsPerByte = 1e6 / gpu.bandwidth / tuning.speedFactor;
    const double headFlops = 2.0 * model.vocabulary * model.hidden;  // Only the last token of a prompt needs the output head.
    perToken_ = (2 * model.stepParameters() - headFlops) / tp * microsPerFlop;
    perAttention_ = 4.0 * model.layers * (model.heads / tp) * model.headDim * microsPerFlop;
    weights_ = kWeightReadWeight * model.stepParameters() * kBytesPerValue / tp * microsPerByte;
    perContext_ = kKvReadWeight * model.kvBytesPerToken() / tp * microsPerByte;
    interconnectPerToken_ = kInterconnectWeight * 2 * model.layers * model.hidden * kBytesPerValue * 2 * (tp - 1) / tp * microsPerByte;
    overhead_ = (kPerLayer * model.layers + kPerStep) / tuning.speedFactor;
    perSequence_ = kPerSequence / tuning.speedFactor + headFlops / tp * microsPerFlop;
    const double free = kUsableMemory * gpu.memoryBytes * tp - model.allParameters() * kBytesPerValue - kReservedPerGpu * tp;
    kvTokens_ = std::max(0.0, free / model.kvBytesPerToken());
}

SimTime StepModel::stepTime(const StepLoad& load) const {
    const double tokens = load.prefillTokens + load.decodeTokens;
    if (tokens <= 0) return SimTime(0);
    const double compute = perToken_ * tokens + perAttention_ * (load.prefillAttention + load.decodeContext);
    const double memory = weights_ + perContext_ * load.decodeContext;
    const double micros = std::max(compute, memory) + interconnectPerToken_ * tokens + overhead_ + perSequence_ * load.sequences;
    return SimTime(std::max<std::int64_t>(1, static_cast<std::int64_t>(micros + 0.5)));
}

double StepModel::prefillRate(double chunk) const {
    StepLoad load;
    load.addPrefill(chunk, 0);
    return chunk / seconds(stepTime(load));
}

double fitMfu(const ModelSpec& model, const GpuSpec& gpu, double tokensPerSecond) {
    double low = 0.01, high = 1;
    for (int i = 0; i < 50; ++i) {
        GpuSpec tried = gpu;
        tried.mfu = (low + high) / 2;
        (StepModel(model, tried).prefillRate(kFitChunk) < tokensPerSecond ? low : high) = tried.mfu;
    }
    return (low + high) / 2;
}

}  // namespace gatehouse::lab::sim
