// The judge of the data plane: clients that send raw bytes, origins that write down what reaches them, and the comparison.
// Two outcomes are allowed: refused, and nothing whole at the origin; or exactly the requests that were sent, each with one
// framing. What the origin got is read twice, by the judge's own reader and by Boost.Beast, and both must agree.
// Thread: a Lane belongs to one thread; its recorder has one of its own. Lifetime: stop by destruction.
#pragma once

#include "core/gateway/judge/recorder.h"

#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>

namespace gatehouse::judge {

/// Of `--cases N` and `--seed N` on the command line.
std::uint64_t option(std::string_view name, std::uint64_t otherwise);
std::uint64_t seed();

/// What Boost.Beast reads in the bytes of one request: empty when it agrees, else what it says.
std::string beastOpinion(const Message& request);

/// Empty when `seen` is what a gateway may make of `sent`, else the difference.
std::string difference(const Message& sent, const Message& seen, const std::string& origin);

/// A data plane with one worker before one origin.
class Lane {
  public:
    /// What a rule does besides; `backend` makes one of a port.
    using More = std::function<void(route::Rule& rule, const std::function<route::Backend(std::uint16_t)>& backend)>;
    explicit Lane(std::vector<std::uint16_t> origins, upstream::Protocol protocol = upstream::Protocol::Http1, const More& more = nullptr,
                  std::string method = {});
    std::uint16_t port() const { return port_; }
    const std::string& origin() const { return origin_; }

  private:
    upstream::EndpointRegistry registry_;
    upstream::TransportRegistry transports_;
    std::unique_ptr<gateway::DataPlane> plane_;
    std::uint16_t port_ = 0;
    std::string origin_;
};

/// Final answers on a connection, in order. `heads`: which requests were HEAD.
struct Answers {
    std::vector<Message> final;
    Verdict rest = Verdict::Whole;  ///< Of what follows the last one.
};
Answers answersIn(const std::string& received, const std::vector<bool>& heads, bool ended);

/// Statuses with which a request may be refused.
bool refusal(int status);

/// Counts of a run, and the first failures in full.
struct Tally {
    std::uint64_t cases = 0, forwarded = 0, refused = 0, cut = 0, silent = 0;
    std::vector<std::string> failures;
    void fail(std::string what) {
        if (failures.size() < 5) failures.push_back(std::move(what));
        else ++more;
    }
    std::uint64_t more = 0;
    void report(const char* name) const;
};

}  // namespace gatehouse::judge
