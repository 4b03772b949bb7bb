// Decision: what one pick saw and chose, as numbers, so that keeping it costs no words and, once warm, no allocation. describe() makes
// a PickRecord of it when somebody looks. Thread: made under the scheduler's lock, then a value. Lifetime: numbers of pods and names of
// terms are the Pool's, which outlives it.
#pragma once

#include "inference/cost_model.h"
#include "inference/pool.h"

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace gatehouse::inference {

/// Why a pod was no candidate.
enum class LeftOut : std::uint8_t { No, Avoided, Ejected, Unreachable, Filtered, NotAsked, kCount };

struct DecidedPod {
    std::uint32_t pod = 0;  ///< In Pool::pods().
    LeftOut leftOut = LeftOut::No;
    std::uint8_t filter = 0;  ///< Of the profile's plugins, where it was filtered.
    bool fresh = false;       ///< Its metrics were.
    std::int32_t inFlight = 0, reserved = 0, ageMillis = -1;
    float waiting = 0, running = 0, kvUse = 0, gpuMemoryPercent = 0;
    float cachedTokens = 0;  ///< Of the prompt, as believed.
    float others = 0;        ///< Requests there that are not ours.
    CostInputs inputs;       ///< Costs alone.
    std::array<float, kMostTerms> terms{};
    float total = 0;
};

struct Decision {
    /// The chosen one, the next best, and of those left out as many as there is room for.
    static constexpr std::size_t kKeptPods = 8;

    PickMethod method = PickMethod::None;
    std::uint32_t pods = 0, usable = 0, fresh = 0;
    std::array<std::uint32_t, std::size_t(LeftOut::kCount)> leftOut{};
    std::uint32_t tied = 0;
    std::int32_t runnerUp = -1;  ///< In Pool::pods().
    float margin = 0;
    float promptTokens = 0;      ///< As estimated; 0: the prompt was not read.
    float waitedSeconds = 0;     ///< In the pool's queue.
    std::int32_t priority = 0;
    float answerTokens = 0, residenceSeconds = 0;  ///< As expected of a request; costs alone.
    bool assumedCapacity = false;  ///< The chosen pod's metrics do not say how large its cache is.
    std::vector<DecidedPod> kept;  ///< The chosen one first, where there is one.
    std::shared_ptr<const PickRecord> whole;  ///< In words already (the policy of scores).
};

PickRecord describe(const Decision& decision, const Pool& pool);

class DecisionShelf;
/// One without a shelf is only deleted.
struct ReturnDecision {
    std::shared_ptr<DecisionShelf> shelf;
    void operator()(Decision* decision) const;
};

/// Decisions that are out of use, for the next pick. Thread: any.
class DecisionShelf : public std::enable_shared_from_this<DecisionShelf> {
  public:
    DecisionRef take();

  private:
    friend struct ReturnDecision;
    void put(Decision* decision);
    static constexpr std::size_t kMostIdle = 256;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Decision>> idle_;
};

}  // namespace gatehouse::inference
