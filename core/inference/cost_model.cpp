#include "inference/cost_model.h"

#include <algorithm>
#include <cstddef>

namespace gatehouse::inference {

namespace {

/// How much a second of somebody else's counts against a second before the first token. This and kBehind were chosen in the laboratory.
constexpr double kInterference = 0.06;
constexpr double kBehind = 100;           ///< Requests that wait behind a server's work, per unit of busy / (1 - busy).
constexpr double kBusySpan = 10;          ///< Seconds over which that is meant.
constexpr double kBusiest = 0.9;
constexpr double kForget = 0.05;          ///< Weight of a new observation.
constexpr double kPriorRate = 15'000;     ///< Tokens per second, until first tokens have come.
constexpr double kLeastSample = 1'000;    ///< Tokens behind a first token for it to tell the rate.
constexpr double kFullCache = 0.95;
constexpr double kAdapterLoad = 0.15;     ///< Seconds.
constexpr double kPriorStep = 0.02;       ///< Seconds.
/// Of an answer that does not stream: what its tokens may take of its time for the rest to be prefill. An error of a fifth in the step then
/// moves the rate by a twentieth.
constexpr double kMostDecodeShare = 0.2;

double inSeconds(CostModel::Time span) { return double(span.count()) * 1e-6; }

void count(CostModel::Server& server, std::uint64_t adapter, int by) {
    if (adapter == kBaseModel) return;
    for (std::size_t i = 0; i < server.adapters.size(); ++i) {
        if (server.adapters[i].first != adapter) continue;
        if ((server.adapters[i].second += by) <= 0) server.adapters.erase(server.adapters.begin() + std::ptrdiff_t(i));
        return;
    }
    if (by > 0) server.adapters.emplace_back(adapter, by);
}

}  // namespace

void Line::see(double x, double y) {
    const double weight = seen_ < 20 ? 1 / (seen_ + 1) : kForget;
    ++seen_;
    x_ += weight * (x - x_);
    y_ += weight * (y - y_);
    xx_ += weight * (x * x - xx_);
    xy_ += weight * (x * y - xy_);
}

double Line::slope() const {
    const double variance = xx_ - x_ * x_;
    return variance > 0.5 ? std::clamp((xy_ - x_ * y_) / variance, 0.0, y_ / std::max(1.0, x_)) : 0;
}

double Line::at(double x) const { return std::max(y_ * 0.2, y_ + slope() * (x - x_)); }

double CostTerms::total() const {
    const double ttft = seconds[Queue] + seconds[Prefill] + seconds[Step];
    return ttft + seconds[Room] + seconds[Adapter] + seconds[Eviction] + kInterference * (seconds[Decode] + seconds[Others]);
}

double CostTerms::weight(Term term) { return term == Decode || term == Others ? kInterference : 1; }

double CostTerms::weighed(Term term) const { return weight(term) * seconds[term]; }

std::string_view CostTerms::name(Term term) {
    switch (term) {
        case Queue: return "queue";
        case Prefill: return "prefill";
        case Step: return "step";
        case Room: return "room";
        case Adapter: return "adapter";
        case Eviction: return "eviction";
        case Decode: return "decode";
        case Others: return "others";
        case kCount: break;
    }
    return "";
}

CostModel::Server::Server() : logRate_(std::log(kPriorRate)), rate_(std::exp(logRate_)) {}

void CostModel::seeScrape(Server& server, double waitingAndRunning) const {
    server.others += 0.2 * (std::max(0.0, waitingAndRunning - server.requests) - server.others);
}

void CostModel::settle(Server& server, Time now) const {
    if (now > server.settled_) server.busy *= std::exp(-inSeconds(now - server.settled_) / kBusySpan);
    server.settled_ = now;
}

double CostModel::stepOf(const Server& server) const {
    return server.slowness * (step_.known() ? step_.at(server.decoding + server.others + 1) : kPriorStep);
}

void CostModel::seeStep(Server& server, double batch, double each) {
    if (!(each > 0)) return;  // An answer that came all at once tells nothing of steps.
    if (step_.known()) server.slowness += kForget * (std::clamp(each / step_.at(batch), 0.2, 5.0) - server.slowness);
    step_.see(batch, each / server.slowness);
}

double CostModel::adapterWait(const Server& server, std::uint64_t adapter, double adapterSlots) const {
    if (adapter == kBaseModel) return 0;
    for (const auto& [other, uses] : server.adapters)
        if (other == adapter) return 0;
    adapterSlots = std::max(1.0, adapterSlots);
    const double over = double(server.adapters.size()) + 1 - adapterSlots;
    return kAdapterLoad + std::max(0.0, over) / adapterSlots * 2 * residence_;
}

double CostModel::room(const Server& server, const CacheState& cache, double uncached) const {
    return roomFor({cache.capacityTokens, cache.use, server.growth, uncached, answer_, double(server.requests), server.others, server.sequences, residence_});
}

double CostModel::roomFor(const RoomAsk& ask) {
    if (ask.capacityTokens <= 0 || ask.requests == 0) return 0;
    const double held = ask.capacityTokens * ask.use + ask.growth / 2;
    const double wanted = ask.uncached + ask.answer;
    const double blocks = std::max(0.0, held + wanted - kFullCache * ask.capacityTokens) / std::max(held, 1.0);
    const double slots = std::max(0.0, ask.requests + ask.others + 1 - ask.sequences) / ask.sequences;
    return std::max(blocks, slots) * ask.residence;
}

CostTerms CostModel::cost(const Server& server, const CacheState& cache, double queued, double uncached, double adapterWait) const {
    const double decoding = server.decoding + server.others;
    const double own = uncached / server.rate();
    const double step = stepOf(server);
    CostTerms terms;
    terms.seconds[CostTerms::Queue] = queued / server.rate();
    terms.seconds[CostTerms::Prefill] = own;
    terms.seconds[CostTerms::Step] = step;
    terms.seconds[CostTerms::Room] = room(server, cache, uncached);
    terms.seconds[CostTerms::Adapter] = adapterWait;
    terms.seconds[CostTerms::Eviction] = cache.evicts ? own * hits_ : 0;
    terms.seconds[CostTerms::Decode] = answer_ * step;
    const double busy = std::min(server.busy, kBusiest);
    const double behind = kBehind * (own + terms.seconds[CostTerms::Eviction]) * busy / (1 - busy);
    terms.seconds[CostTerms::Others] = decoding * own + answer_ * decoding * server.slowness * step_.slope() + behind;
    return terms;
}

void CostModel::begin(Server& server, Sent& sent, Time now, double queued, double believed, double uncached, bool roomy,
                      std::uint64_t adapter) const {
    sent = {};
    sent.at = now;
    sent.believed = believed;
    sent.uncached = uncached;
    sent.ahead = queued;
    sent.roomy = roomy;
    settle(server, now);
    server.busy += uncached / server.rate() / kBusySpan;
    server.prefillTokens += uncached;
    server.growth += answer_;
    ++server.requests;
    count(server, adapter, 1);
}

void CostModel::first(Server& server, Sent& sent, Time now) const {
    sent.first = now;
    sent.decodingThen = server.decoding;
    server.prefillTokens -= sent.uncached;
    ++server.decoding;
    sent.stepThen = stepOf(server);
}

void CostModel::seeCached(Server& server, const Sent& sent, double promptTokens, double cachedTokens) {
    if (sent.believed >= kLeastSample) server.trust += kForget * (std::min(1.0, cachedTokens / sent.believed) - server.trust);
    hits_ += 0.01 * (cachedTokens / promptTokens - hits_);
}

void CostModel::learnPrefill(Server& server, const Sent& sent, double promptTokens, double cachedTokens) {
    seeCached(server, sent, promptTokens, cachedTokens);
    seePrefill(server, sent, promptTokens - cachedTokens, inSeconds(sent.first - sent.at) - sent.stepThen);
}

bool CostModel::learnPrefillWhole(Server& server, const Sent& sent, Time now, double promptTokens, double cachedTokens, double outputTokens) {
    seeCached(server, sent, promptTokens, cachedTokens);
    const double whole = inSeconds(now - sent.at);
    // An answer of one token is its first token. Of longer ones the step must be known, and matter little.
    if (outputTokens > 1 && !step_.known()) return false;
    const double each = step_.known() ? server.slowness * step_.at(sent.decodingThen + server.others + 1) : 0;
    const double decode = (outputTokens - 1) * each;
    if (decode > kMostDecodeShare * whole) return false;
    seePrefill(server, sent, promptTokens - cachedTokens, whole - decode - each);
    return true;
}

void CostModel::seePrefill(Server& server, const Sent& sent, double computedTokens, double span) const {
    const double tokens = sent.ahead + computedTokens;
    if (!sent.roomy || tokens < kLeastSample || span <= 0) return;
    // In logarithms, capped: one delayed answer is no new GPU.
    const double off = std::clamp(std::log(tokens / span) - server.logRate_, -1.0, 1.0);
    server.logRate_ += std::max(kForget, 1.0 / (2 + server.rates)) * off;
    server.rate_ = std::exp(server.logRate_);
    ++server.rates;
}

void CostModel::finish(Server& server, const Sent& sent, Time now, double tokens, std::uint64_t adapter, bool learnStep) {
    --server.requests;
    --server.decoding;
    count(server, adapter, -1);
    server.growth -= std::min(server.growth, answer_);
    if (learnStep && tokens >= 8) seeStep(server, (sent.decodingThen + server.decoding) / 2 + 1, inSeconds(now - sent.first) / (tokens - 1));
    answer_ += 0.02 * (tokens - answer_);
    residence_ += 0.02 * (inSeconds(now - sent.at) - residence_);
}

void CostModel::abandon(Server& server, const Sent& sent, bool hadFirst, std::uint64_t adapter) const {
    --server.requests;
    if (hadFirst) --server.decoding;
    else server.prefillTokens -= sent.uncached;
    count(server, adapter, -1);
    server.growth -= std::min(server.growth, answer_);
}

}  // namespace gatehouse::inference
