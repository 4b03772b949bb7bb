#include "filter/fault.h"

#include "base/ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gatehouse::filter {
namespace {

constexpr int kGrpcUnavailable = 14;
constexpr std::uint64_t kBytesPerKilobit = 125;

bool drawn(int percent) { return percent >= 100 || (percent > 0 && base::randomBelow(100) < static_cast<std::uint64_t>(percent)); }

/// https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md, read backwards.
int httpStatusOf(int grpc) {
    switch (grpc) {
        case 0: return 200;
        case 3:
        case 9:
        case 11: return 400;
        case 4: return 504;
        case 5: return 404;
        case 6:
        case 10: return 409;
        case 7: return 403;
        case 8: return 429;
        case 12: return 501;
        case kGrpcUnavailable: return 503;
        case 16: return 401;
        default: return 500;
    }
}

std::chrono::milliseconds within(double millis) {
    const auto most = static_cast<double>(std::chrono::milliseconds(kLongestDelay).count());
    return std::chrono::milliseconds(std::isfinite(millis) && millis > 0 ? static_cast<std::int64_t>(std::min(millis, most)) : 0);
}

Result<std::chrono::milliseconds> evaluate(const text::cel::Program& program, const text::cel::Activation& activation) {
    const auto value = program.evaluate(activation);
    if (!value) return tl::unexpected(value.error());
    if (const auto* duration = value->asDuration()) return within(static_cast<double>(duration->nanos) * 1e-6);
    if (const auto* count = value->asInt()) return within(static_cast<double>(*count));
    if (const auto* count = value->asUint()) return within(static_cast<double>(*count));
    if (const auto* count = value->asDouble()) return within(*count);
    return fail("cel-type", "the delay is neither a duration nor a number of milliseconds");
}

}  // namespace

Result<std::shared_ptr<const Fault>> compileFault(const config::FaultSpec& spec, std::string by) {
    auto out = std::make_shared<Fault>();
    if (spec.delay) out->delay = std::clamp<std::chrono::milliseconds>(*spec.delay, std::chrono::milliseconds(0), kLongestDelay);
    if (!spec.delayExpression.empty()) {
        auto compiled = text::cel::Program::compile(spec.delayExpression);
        if (!compiled) return tl::unexpected(compiled.error());
        out->delayExpression = *compiled;
    }
    out->delayPercent = spec.delayPercent;
    out->grpcStatus = spec.grpcStatus;
    out->abortStatus = spec.grpcStatus >= 0 ? httpStatusOf(spec.grpcStatus) : spec.abortStatus;
    out->abortPercent = spec.abortPercent;
    out->bytesPerSecond = static_cast<std::uint64_t>(spec.kilobits) * kBytesPerKilobit;
    out->ratePercent = spec.ratePercent;
    out->maxActive = spec.maxActive;
    out->by = std::move(by);
    return out;
}

DrawnFault drawFault(const Fault& fault, const text::cel::Activation& activation) {
    DrawnFault out;
    if (fault.maxActive >= 0 && fault.active.load(std::memory_order_relaxed) >= fault.maxActive) return out;
    if (fault.delays() && drawn(fault.delayPercent)) {
        out.delay = fault.delay;
        if (fault.delayExpression) {
            const auto delay = evaluate(*fault.delayExpression, activation);
            if (delay) out.delay = *delay;
            else out.why = delay.error().message;
        }
    }
    out.aborts = fault.abortStatus != 0 && drawn(fault.abortPercent);
    if (fault.bytesPerSecond > 0 && drawn(fault.ratePercent)) out.bytesPerSecond = fault.bytesPerSecond;
    return out;
}

std::string faultText(const Fault& fault) {
    std::string out;
    const auto add = [&](const std::string& part) { out += (out.empty() ? "" : "; ") + part; };
    if (fault.delayExpression) add(fmt::format("waits as {} says", fault.delayExpression->text()));
    else if (fault.delays()) add(fmt::format("{} % wait {} ms", fault.delayPercent, fault.delay.count()));
    if (fault.grpcStatus >= 0) add(fmt::format("{} % are answered with the gRPC status {}", fault.abortPercent, fault.grpcStatus));
    else if (fault.abortStatus != 0) add(fmt::format("{} % are answered {}", fault.abortPercent, fault.abortStatus));
    if (fault.bytesPerSecond > 0) add(fmt::format("{} % are answered at {} bytes/s", fault.ratePercent, fault.bytesPerSecond));
    return out;
}

}  // namespace gatehouse::filter
