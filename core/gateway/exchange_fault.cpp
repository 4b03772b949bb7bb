// Steps of the filters that judge where a request comes from, and that make faults on purpose.
#include "filter/access_activation.h"
#include "filter/client_access.h"
#include "filter/csrf.h"
#include "filter/fault.h"
#include "gateway/client.h"
#include "gateway/exchange.h"

#include "base/ids.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

bool drawn(int percent) { return percent >= 100 || (percent > 0 && base::randomBelow(100) < static_cast<std::uint64_t>(percent)); }

}  // namespace

void Exchange::note(const char* stage, route::StepOutcome outcome, std::string subject, std::string detail) {
    extra().notes.push_back({stage, outcome, std::move(subject), std::move(detail), rule().route, rule().where});
}

/// False: refused.
bool Exchange::comesFromHere(const filter::Csrf& csrf) {
    const bool enforced = drawn(csrf.enabled);
    if (!enforced && !drawn(csrf.shadowed)) return true;
    const auto verdict = filter::checkCsrf(csrf, request_);
    if (verdict.allowed) {
        note("csrf", route::StepOutcome::Info, csrf.by, verdict.why);
        return true;
    }
    if (!enforced) {
        note("csrf", route::StepOutcome::Info, csrf.by, fmt::format("{}; it is not enforced for this request", verdict.why));
        return true;
    }
    note("csrf", route::StepOutcome::Rejected, csrf.by, verdict.why);
    return failWith(403, "csrf", "The request comes from another site than the one that it is for.");
}

/// False: the fault is the answer, or nobody waits for one any more.
net::Task<bool> Exchange::injectFault() {
    const auto& fault = rule().chain.faults[faultIndex_];
    filter::Caller nobody;
    const auto& caller = record_.caller ? *record_.caller : nobody;
    const auto drawnFault = filter::drawFault(*fault, filter::AccessActivation(request_, caller, downstream_.client().address(), {}));
    if (!drawnFault.why.empty()) note("fault", route::StepOutcome::Failed, fault->by, fmt::format("its expression failed, so nothing was waited for: {}", drawnFault.why));
    if (!drawnFault.any()) co_return true;
    auto active = std::make_unique<filter::ActiveFault>(fault);
    if (drawnFault.delay.count() > 0) {
        note("fault", route::StepOutcome::Applied, fault->by, fmt::format("waited {} ms on purpose", drawnFault.delay.count()));
        now_ = base::MonoClock::now();
        net::Event pause(worker_.sweeper(), worker_.executor());
        pause.deadline(std::min(now_ + drawnFault.delay, requestDeadline_));
        pause.watch(&downstream_.watched(), net::Waiter::Watch::PeerLeaves);
        co_await pause.wait();
        now_ = base::MonoClock::now();
        if (pause.end() != net::IoEnd::Timeout) co_return failWith(499, "client-left", "The client left during a delay on purpose.");
        if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
    }
    if (drawnFault.aborts) {
        note("fault", route::StepOutcome::Applied, fault->by, "answered with an error on purpose");
        abortGrpcStatus_ = static_cast<std::int8_t>(fault->grpcStatus);
        co_return failWith(fault->abortStatus, "fault-abort", "The route's fault injection answered in place of a backend.");
    }
    if (drawnFault.bytesPerSecond > 0) {
        note("fault", route::StepOutcome::Applied, fault->by, fmt::format("its answer came at {} bytes/s on purpose", drawnFault.bytesPerSecond));
        answerRate_ = drawnFault.bytesPerSecond;
        activeFault_ = std::move(active);
    }
    co_return true;
}

/// Waits until the answer's next bytes may go. False: the client left.
net::Task<bool> Exchange::paceAnswer(std::size_t bytes) {
    const auto until = std::max(paceUntil_, now_) + std::chrono::microseconds(bytes * 1'000'000 / answerRate_);
    paceUntil_ = until;
    net::Event pause(worker_.sweeper(), worker_.executor());
    pause.deadline(std::min(until, requestDeadline_));
    pause.watch(&downstream_.watched(), net::Waiter::Watch::PeerLeaves);
    co_await pause.wait();
    now_ = base::MonoClock::now();
    if (pause.end() != net::IoEnd::Timeout) co_return failWith(499, "client-left", "The client left before it had the whole answer.");
    if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
    co_return true;
}

}  // namespace gatehouse::gateway
