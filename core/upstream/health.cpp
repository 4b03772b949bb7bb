#include "upstream/health.h"

#include "upstream/balance.h"

#include <fmt/format.h>

#include <cmath>
#include <ctime>

namespace gatehouse::upstream {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

struct Words {
    std::string_view one;
    std::string_view many;
};

Words words(Failure failure) {
    switch (failure) {
        case Failure::Connect: return {"failed connect", "failed connects"};
        case Failure::Reset: return {"reset", "resets"};
        case Failure::BadAnswer: return {"broken answer", "broken answers"};
        case Failure::Tls: return {"failed TLS handshake", "failed TLS handshakes"};
        case Failure::Timeout: return {"timeout", "timeouts"};
        case Failure::Status: return {"answer of 5xx", "answers of 5xx"};
        case Failure::None: break;
    }
    return {"failure", "failures"};
}

std::string timeOfDay(base::WallTime time) {
    const auto seconds = std::chrono::system_clock::to_time_t(time);
    std::tm local{};
    localtime_r(&seconds, &local);
    return fmt::format("{:02}:{:02}:{:02}", local.tm_hour, local.tm_min, local.tm_sec);
}

}  // namespace

std::string_view standingName(Standing standing) {
    switch (standing) {
        case Standing::In: return "in";
        case Standing::WarmingUp: return "warming up";
        case Standing::Out: return "out";
    }
    return "in";
}

std::string failureSentence(Failure failure, std::uint32_t count) {
    const auto names = words(failure);
    return count == 1 ? fmt::format("1 {}", names.one) : fmt::format("{} {} in a row", count, names.many);
}

EndpointHealth healthOf(const Endpoint& endpoint, base::MonoTime now, base::WallTime wall) {
    using std::chrono::duration_cast;
    EndpointHealth health;
    health.id = endpoint.id;
    health.podName = endpoint.podName;
    health.inFlight = endpoint.inFlight.load(kRelaxed);
    health.connections = endpoint.connections.load(kRelaxed);
    health.requests = endpoint.requests.load(kRelaxed);
    health.failures = endpoint.failures.load(kRelaxed);
    health.failuresInRow = endpoint.consecutiveFailures.load(kRelaxed);
    health.errorsInRow = endpoint.consecutiveErrors.load(kRelaxed);
    health.ejections = endpoint.ejections.load(kRelaxed);
    health.latencyMicros = endpoint.ewmaLatencyMicros.load(kRelaxed);
    if (const auto last = endpoint.lastFailure.load(kRelaxed); last != Failure::None) {
        health.lastFailure = words(last).one;
        const base::MonoTime at{base::MonoClock::duration(endpoint.lastFailureAt.load(kRelaxed))};
        health.lastFailureAgeMillis = duration_cast<base::Millis>(now - at).count();
    }
    const base::MonoTime until{base::MonoClock::duration(endpoint.ejectedUntil.load(kRelaxed))};
    const auto& slowStart = optionsOf(endpoint).balance.slowStart;
    if (isEjected(endpoint, now)) {
        health.standing = Standing::Out;
        health.outMillis = duration_cast<base::Millis>(until - now).count();
        const base::MonoTime since{base::MonoClock::duration(endpoint.ejectedAt.load(kRelaxed))};
        health.outForMillis = duration_cast<base::Millis>(now - since).count();
        health.outBy = endpoint.ejectedBy.load(kRelaxed);
        health.outCount = endpoint.ejectedFor.load(kRelaxed);
        const auto back = wall + duration_cast<base::WallTime::duration>(until - now);
        health.reason = fmt::format("out until {}: {}", timeOfDay(back),
                                    failureSentence(health.outBy, health.outCount));
    } else if (health.share = warmth(endpoint, slowStart, now); health.share < 1) {
        health.standing = Standing::WarmingUp;
        const base::MonoTime joined{base::MonoClock::duration(endpoint.joinedAt.load(kRelaxed))};
        const auto left = std::chrono::duration<double>(joined + slowStart.window - now).count();
        health.reason = fmt::format("slow start: {:.0f} % of its turns, {:.0f} s to go", health.share * 100, std::ceil(left));
    }
    return health;
}

}  // namespace gatehouse::upstream
