#include "inference/pool_scores.h"

namespace gatehouse::inference {

namespace {

/// Waiting requests that halve the queue contribution. A vLLM engine takes a handful of requests into its batch per step, so
/// four waiting ones are a delay of about one more step, not an outage.
constexpr double kHalfQueue = 4;
/// Own in-flight requests that halve the load contribution: a quarter of a usual batch of 32.
constexpr double kHalfLoad = 8;

double load(double weight, double requests) { return weight / (1 + requests / kHalfLoad); }

}  // namespace

bool scorePods(std::span<ScoredPod* const> pods, const PickerOptions& options) {
    int usable = 0, fresh = 0;
    for (const ScoredPod* pod : pods) {
        usable += pod->usable;
        fresh += pod->usable && pod->fresh;
    }
    if (fresh * 2 < usable || fresh == 0) {
        const double weight = options.queueWeight + options.kvWeight + options.loadWeight;
        for (ScoredPod* pod : pods)
            if (pod->usable) pod->total = pod->loadScore = load(weight, pod->inFlight);
        return false;
    }
    double kvSum = 0;
    int kvKnown = 0;
    for (ScoredPod* pod : pods) {
        if (!pod->usable || !pod->fresh) continue;
        pod->queueScore = options.queueWeight / (1 + (pod->waiting + pod->reserved) / kHalfQueue);
        pod->loadScore = load(options.loadWeight, pod->inFlight);
        if (pod->kvUse == pod->kvUse) {
            pod->kvScore = options.kvWeight * (1 - pod->kvUse);
            kvSum += pod->kvScore;
            ++kvKnown;
        }
    }
    const double kvMean = kvKnown > 0 ? kvSum / kvKnown : 0;
    for (ScoredPod* pod : pods) {
        if (!pod->usable) continue;
        if (!pod->fresh) {
            pod->queueScore = options.queueWeight / (1 + pod->inFlight / kHalfQueue);
            pod->loadScore = load(options.loadWeight, pod->inFlight);
        }
        if (!pod->fresh || pod->kvUse != pod->kvUse) pod->kvScore = kvMean;
        pod->total = pod->queueScore + pod->kvScore + pod->loadScore;
    }
    return true;
}

}  // namespace gatehouse::inference
