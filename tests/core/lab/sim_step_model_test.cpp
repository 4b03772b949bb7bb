// The step model against what has been published of real servers, and against the two errors of the model it comes from.
#include "lab/sim/step_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

namespace gatehouse::lab::sim {
namespace {

StepModel make(const std::string& model, const std::string& gpu, StepModel::Tuning tuning = {}) {
    return {**findModel(model), **findGpu(gpu), tuning};
}

double decodeRate(const StepModel& model, int batch, double context) {
    StepLoad load;
    for (int i = 0; i < batch; ++i) load.addDecode(context);
    return batch / seconds(model.stepTime(load));
}

TEST(StepModel, ReproducesPublishedPoints) {
    std::ifstream file(GATEHOUSE_VECTORS "/lab/step_model.txt");
    ASSERT_TRUE(file);
    std::string line;
    int points = 0;
    while (std::getline(file, line)) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string kind, model, gpu, arguments;
        double published = 0, tolerance = 0;
        ASSERT_TRUE(words >> kind >> model >> gpu >> arguments >> published >> tolerance) << line;
        const StepModel step = make(model, gpu);
        double modelled = 0;
        if (kind == "prefill") modelled = step.prefillRate(std::stod(arguments));
        if (kind == "capacity") modelled = step.kvTokens();
        if (kind == "decode") modelled = decodeRate(step, std::stoi(arguments), std::stod(arguments.substr(arguments.find('x') + 1)));
        EXPECT_NEAR(modelled / published, 1, tolerance) << line << " -> " << modelled;
        ++points;
    }
    EXPECT_EQ(points, 7);
}

TEST(StepModel, MfuOfH100IsFittedToTheMeasuredPrefillPeak) {
    const double fitted = fitMfu(**findModel("qwen-32b"), **findGpu("H100"), std::sqrt(kMeasuredPeakLow * kMeasuredPeakHigh));
    EXPECT_NEAR((*findGpu("H100"))->mfu, fitted, 0.005);
    EXPECT_GT(fitted, 0.5);
    EXPECT_LT(fitted, 0.7);
}

// The two traps: prefill above the hardware's peak makes misses free, and decode without compute never saturates.
TEST(StepModel, PrefillStaysBelowTheHardwaresPeak) {
    for (const auto& model : models()) {
        for (const auto& gpu : gpus()) {
            const double rate = StepModel(model, gpu).prefillRate(8'192);
            EXPECT_LT(rate * 2 * model.stepParameters() / model.tensorParallel, gpu.peakFlops) << model.name << " " << gpu.name;
        }
    }
}

TEST(StepModel, LargeBatchesPayForTheirCompute) {
    // Short contexts, so that KV reads do not hide it: 4,096 sequences must take longer than their weights and overheads alone.
    const StepModel model = make("llama-8b", "H100");
    const double small = decodeRate(model, 1'024, 16), large = decodeRate(model, 4'096, 16);
    EXPECT_LT(large / small, 1.5) << "four times the batch";
}

TEST(StepModel, MfuSweepMovesPrefillAndLeavesSmallDecodesAlone) {
    const StepModel base = make("qwen-32b", "H100"), low = make("qwen-32b", "H100", {.mfuFactor = 0.7}),
                    high = make("qwen-32b", "H100", {.mfuFactor = 1.3});
    EXPECT_NEAR(low.prefillRate(8'192) / base.prefillRate(8'192), 0.7, 0.03);
    EXPECT_NEAR(high.prefillRate(8'192) / base.prefillRate(8'192), 1.3, 0.05);
    EXPECT_NEAR(decodeRate(low, 8, 512) / decodeRate(base, 8, 512), 1, 0.01);
}

TEST(StepModel, SpeedFactorScalesEverything) {
    const StepModel base = make("llama-8b", "H100"), half = make("llama-8b", "H100", {.speedFactor = 0.5});
    StepLoad load;
    load.addPrefill(2'000, 300);
    load.addDecode(700);
    EXPECT_NEAR(double(half.stepTime(load).count()) / double(base.stepTime(load).count()), 2, 0.001);
}

TEST(StepModel, LongContextsCostMoreThanShortOnes) {
    const StepModel model = make("llama-8b", "H100");
    StepLoad front, behind;
    front.addPrefill(4'096, 0);
    behind.addPrefill(4'096, 60'000);
    EXPECT_GT(model.stepTime(behind), model.stepTime(front));
    EXPECT_EQ(model.stepTime(StepLoad{}).count(), 0);
}

TEST(StepModel, UnknownNamesListTheKnownOnes) {
    const auto gpu = findGpu("H9000");
    ASSERT_FALSE(gpu);
    EXPECT_NE(gpu.error().message.find("H100, A100, L40S"), std::string::npos) << gpu.error().message;
    EXPECT_FALSE(findModel("gpt-2"));
}

}  // namespace
}  // namespace gatehouse::lab::sim
