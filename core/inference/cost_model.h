// CostModel: what a request would cost on each server, in seconds; the lowest wins. The policy `gatehouse-cost`, for the laboratory and
// for the data plane.
//
//   cost = TTFT + room + adapter + eviction + kInterference * (decode + others)
//   TTFT   = (prefill tokens on the way + uncached) / R + one step
//   room   = waiting for blocks or batch slots: what is too much, over how fast running requests give it back
//   adapter = loading it where none of our requests there uses it, and waiting for a slot where others hold them all
//   eviction = uncached / R * share of prompts that caches hold, where the cache is full: what is written there has to be computed again
//   decode = expected answer * step
//   others = decoding requests there * uncached / R  +  expected answer * decoding requests * what one more adds to a step
//            + kBehind * (uncached / R + eviction) * busy / (1 - busy): those that come later wait for its work too, the longer the busier
//            the server is of late (the busy period of a queue). Without it prefixes are replicated near saturation until none fits.
//
// R (prefill rate) and the step ((a + b * batch) of the pool times a factor of the server) are fitted from first-token and inter-token
// times, so mixed GPUs need no profile. State is the gateway's own, reserved at the pick; of a scrape it takes what others sent: the
// residual of waiting + running over its own requests. Cached tokens come from a model of each engine's cache and are trusted as far as
// the answers' `usage` confirmed them. An answer that does not stream shows its whole time alone: R is fitted from that where the steps of
// its tokens are a small part of it, and the step where they are most of it; in between the two cannot be told apart, and nothing is learnt.
// Thread: one owner. Lifetime: of the policy, of the scheduler.
#pragma once

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::inference {

/// No adapter: the base model.
inline constexpr std::uint64_t kBaseModel = 0;

/// y = a + b * x over what has been seen lately, b never negative.
class Line {
  public:
    void see(double x, double y);
    bool known() const { return seen_ >= 3; }
    double slope() const;
    double at(double x) const;

  private:
    double seen_ = 0, x_ = 0, y_ = 0, xx_ = 0, xy_ = 0;
};

/// The parts of a cost, in seconds; they add up to total(), `decode` and `others` as far as they count.
struct CostTerms {
    enum Term : std::uint8_t { Queue, Prefill, Step, Room, Adapter, Eviction, Decode, Others, kCount };
    std::array<double, kCount> seconds{};
    double total() const;
    /// A term as it counts in total().
    double weighed(Term term) const;
    /// How much a second of it counts.
    static double weight(Term term);
    static std::string_view name(Term term);  ///< "queue", "prefill", "step", "room", "adapter", "eviction", "decode", "others"
};

/// What the model of a server's cache says at this moment.
struct CacheState {
    double capacityTokens = 0;  ///< 0: not known.
    double use = 0;             ///< Share that running requests hold.
    bool evicts = false;        ///< It has been full.
};

class CostModel {
  public:
    /// What is known of one server.
    struct Server {
        double prefillTokens = 0;  ///< Uncached, on the way.
        int requests = 0;          ///< Own, in flight.
        int decoding = 0;          ///< Own, behind their first token.
        double growth = 0;         ///< Tokens that own requests will still write, as expected.
        double others = 0;         ///< In the last scrape, beyond our own.
        double sequences = 256;    ///< Sequences that its batch holds.
        double busy = 0;           ///< Seconds of prefill that it was given per second, of late; as of settle().
        int rates = 0;
        double slowness = 1;       ///< Its inter-token times over the pool's at the same batch.
        double trust = 1;          ///< Cached tokens as answered, over as believed.
        std::vector<std::pair<std::uint64_t, int>> adapters;  ///< Of own requests in flight, with how many.
        Server();
        double rate() const { return rate_; }  ///< Prefill tokens per second.

      private:
        friend class CostModel;
        double logRate_, rate_;
        std::chrono::microseconds settled_{0};
    };
    using Time = std::chrono::microseconds;  ///< Of the owner's clock.
    /// What is remembered of one request while it is under way.
    struct Sent {
        Time at{0}, first{0};
        double ahead = 0, uncached = 0, believed = 0, decodingThen = 0, stepThen = 0;
        bool roomy = true;  ///< It was not expected to wait for blocks or slots.
    };

    /// A scrape says that so many requests wait or run there.
    void seeScrape(Server& server, double waitingAndRunning) const;
    /// To be called of each server before a pick: what it was given counts less by the time since then.
    void settle(Server& server, Time now) const;
    double stepOf(const Server& server) const;
    double adapterWait(const Server& server, std::uint64_t adapter, double adapterSlots) const;
    /// Seconds until running requests have given back what this one lacks.
    double room(const Server& server, const CacheState& cache, double uncached) const;
    /// What room() is made of, for asking with other numbers than those of a server (what_if.h).
    struct RoomAsk {
        double capacityTokens = 0, use = 0, growth = 0, uncached = 0, answer = 0, requests = 0, others = 0, sequences = 256, residence = 0;
    };
    static double roomFor(const RoomAsk& ask);
    /// `queued`: prefill tokens on the way there.
    CostTerms cost(const Server& server, const CacheState& cache, double queued, double uncached, double adapterWait) const;

    /// Reserves. `believed`: cached tokens by the index alone; `uncached`: the rest, after trust; `roomy`: room() was 0.
    void begin(Server& server, Sent& sent, Time now, double queued, double believed, double uncached, bool roomy, std::uint64_t adapter) const;
    /// The first token came.
    void first(Server& server, Sent& sent, Time now) const;
    /// What its time tells, once it is known how many of the prompt's tokens were cached.
    void learnPrefill(Server& server, const Sent& sent, double promptTokens, double cachedTokens);
    /// The same of one that did not stream and ended `now` after `outputTokens`. False: its time tells nothing of prefill.
    bool learnPrefillWhole(Server& server, const Sent& sent, Time now, double promptTokens, double cachedTokens, double outputTokens);
    /// It ended after `tokens` tokens; first() was called. `learnStep`: its time since then is that of its tokens.
    void finish(Server& server, const Sent& sent, Time now, double tokens, std::uint64_t adapter, bool learnStep = true);
    /// It ended without an answer that tells anything.
    void abandon(Server& server, const Sent& sent, bool hadFirst, std::uint64_t adapter) const;

    double expectedAnswer() const { return answer_; }
    double residence() const { return residence_; }
    double hits() const { return hits_; }
    const Line& step() const { return step_; }

  private:
    void seeStep(Server& server, double batch, double each);
    void seeCached(Server& server, const Sent& sent, double promptTokens, double cachedTokens);
    /// `span`: from the pick until all prompt tokens ahead, and its own, were computed.
    void seePrefill(Server& server, const Sent& sent, double computedTokens, double span) const;

    Line step_;            ///< Of the pool: seconds per step by batch.
    double answer_ = 200;  ///< Tokens.
    double residence_ = 5; ///< Seconds that a request stays.
    double hits_ = 0;      ///< Share of prompt tokens that were cached, lately.
};

}  // namespace gatehouse::inference
