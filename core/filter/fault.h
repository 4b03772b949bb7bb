// Faults on purpose: waiting before a request goes on, errors in place of answers, answers that come slowly. Drawn for each request.
// Thread: Fault is immutable but for its count, which is atomic; draw on the worker of the request.
#pragma once

#include "base/result.h"
#include "config/traffic_extras.h"
#include "text/cel.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace gatehouse::filter {

struct Fault {
    std::chrono::milliseconds delay{0};
    std::shared_ptr<const text::cel::Program> delayExpression;  ///< In place of `delay`: a duration, or milliseconds.
    int delayPercent = 100;
    int abortStatus = 0;              ///< 0: none. Of gRPC what HTTP's clients get.
    int grpcStatus = -1;
    int abortPercent = 100;
    std::uint64_t bytesPerSecond = 0; ///< Of answers; 0: as they come.
    int ratePercent = 100;
    std::int64_t maxActive = -1;
    std::string by;                   ///< Its object, for people.
    mutable std::atomic<std::int64_t> active{0};

    bool delays() const { return delayExpression != nullptr || delay.count() > 0; }
};
/// Longer ones are cut: as kgateway's schema.
inline constexpr std::chrono::hours kLongestDelay{1};

/// Errors: an expression that does not compile.
Result<std::shared_ptr<const Fault>> compileFault(const config::FaultSpec& spec, std::string by);

/// What becomes of one request.
struct DrawnFault {
    std::chrono::milliseconds delay{0};
    bool aborts = false;
    std::uint64_t bytesPerSecond = 0;
    std::string why;  ///< Of an expression that failed; empty: it did not.
    bool any() const { return delay.count() > 0 || aborts || bytesPerSecond > 0; }
};
DrawnFault drawFault(const Fault& fault, const text::cel::Activation& activation);
/// What it may do to requests, in words.
std::string faultText(const Fault& fault);

/// Counts as active as long as it lives.
class ActiveFault {
  public:
    explicit ActiveFault(std::shared_ptr<const Fault> fault) : fault_(std::move(fault)) { fault_->active.fetch_add(1, std::memory_order_relaxed); }
    ~ActiveFault() { fault_->active.fetch_sub(1, std::memory_order_relaxed); }
    ActiveFault(const ActiveFault&) = delete;
    ActiveFault& operator=(const ActiveFault&) = delete;
    const Fault& fault() const { return *fault_; }

  private:
    std::shared_ptr<const Fault> fault_;
};

}  // namespace gatehouse::filter
