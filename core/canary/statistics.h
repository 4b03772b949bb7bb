// CanaryStatistics: what the arms of a split did, step by step of its plan. Counts, moments and sketches; no request is kept.
// Memory: a step takes at most some 600 KB per arm, whatever its traffic; at most kMostSteps are kept, then the oldest two are put
// together. Thread: one owner.
#pragma once

#include "canary/observation.h"
#include "canary/sequential.h"
#include "canary/sketch.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::canary {

/// What has a distribution.
enum class Timing : std::uint8_t { Ttft, Tpot, EndToEnd, AnswerLength };
inline constexpr std::size_t kTimings = 4;

/// Part of an arm's requests: those of a pod, of a prompt length, of an answer length.
struct Slice {
    std::uint64_t requests = 0, errors = 0, blocks = 0;
    std::array<Sketch, kTimings> timings{Sketch(Sketch::kCoarse), Sketch(Sketch::kCoarse), Sketch(Sketch::kCoarse), Sketch(Sketch::kCoarse)};

    const Sketch& timing(Timing which) const { return timings[static_cast<std::size_t>(which)]; }
};

enum class Dimension : std::uint8_t { Pod, PromptLength, AnswerLength };
inline constexpr std::size_t kDimensions = 3;

struct ArmWindow {
    std::uint64_t requests = 0, errors = 0, blocks = 0;
    std::array<Sketch, kTimings> timings;
    Moments tokens, outputTokens, cost;  ///< Cost in units of the currency.
    /// By value: a pod's name, "256 to 1k".
    std::array<std::map<std::string, Slice, std::less<>>, kDimensions> slices;

    // What tests count. Without keys the same as above; of a sticky split each key once, because requests of one client are not
    // independent: hit if any of its requests was, its times those of its first request.
    std::uint64_t units = 0, errorUnits = 0, blockUnits = 0;
    std::array<Sketch, kTimings> unitTimings;  ///< Sticky only.
    Moments unitCost, unitTokens, unitOutput;  ///< Sticky only.
    bool sticky = false;

    const Sketch& timing(Timing which) const { return timings[static_cast<std::size_t>(which)]; }
    const Sketch& tested(Timing which) const { return (sticky ? unitTimings : timings)[static_cast<std::size_t>(which)]; }
    void merge(const ArmWindow& other);
};

/// The requests that began while the arms had these shares.
struct StepWindow {
    std::vector<double> shares;  ///< Configured; empty: clients choose.
    base::WallTime began{};
    std::vector<ArmWindow> arms;
    bool voided = false;         ///< In no test any more.

    /// Two arms, as tests want them. Of a split without shares the observed one stands for the configured.
    StepCounts counts(std::size_t stable, std::size_t canary) const;
};

class CanaryStatistics {
  public:
    static constexpr std::size_t kMostSteps = 32;
    static constexpr std::size_t kMostPods = 64;         ///< Per arm and step; further ones count as "others".
    static constexpr std::size_t kMostSessions = 50'000; ///< Keys per step; later ones are in no test. (A test may stop at any time.)
    /// Requests that begin so soon after a step may have been drawn with the former weights: they count for neither.
    static constexpr std::chrono::milliseconds kSettle{500};

    explicit CanaryStatistics(std::size_t arms) : armCount_(arms) {}

    void beginStep(std::vector<double> shares, base::WallTime at);
    /// The step is by when the request began. Those before the first step, and of no arm, are not counted: false.
    bool add(const Observation& observation);
    /// Takes the last step, or all, out of further tests; they are shown on.
    void voidSteps(bool all);

    const std::vector<StepWindow>& steps() const { return steps_; }
    /// All steps of one arm together.
    ArmWindow total(std::size_t arm) const;
    std::size_t memoryBytes() const;

    /// "below 256", "256 to 1k", ...: of tokens; "unknown" for negative ones.
    static std::string_view promptClass(std::int64_t tokens);
    static std::string_view answerClass(std::int64_t tokens);

  private:
    struct Session {
        bool error = false, block = false;
    };

    void addSlices(ArmWindow& window, const Observation& observation);
    void addUnit(ArmWindow& window, const Observation& observation);

    std::size_t armCount_;
    std::vector<StepWindow> steps_;
    std::unordered_map<std::uint64_t, Session> sessions_;  ///< Of the last step.
};

}  // namespace gatehouse::canary
