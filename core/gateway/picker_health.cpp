#include "gateway/picker_health.h"

#include "gateway/protobuf.h"

#include <algorithm>
#include <array>

namespace gatehouse::gateway {
namespace {

/// HealthCheckResponse.ServingStatus.
enum Status : std::uint8_t { kNothing = 0, kServing = 1, kNotServing = 2, kServiceUnknown = 3 };

constexpr base::Millis kLookEvery{500};
constexpr std::string_view kLiveness = "liveness";
/// Those that the reference picker knows: "" is the server as a whole.
constexpr std::array<std::string_view, 5> kServices{"", kLiveness, "readiness", "envoy.service.ext_proc.v3.ExternalProcessor", "inference-extension"};

Status statusOf(const PickerHealth& health, std::string_view service) {
    if (std::find(kServices.begin(), kServices.end(), service) == kServices.end()) return kServiceUnknown;
    if (service == kLiveness) return kServing;
    return health.ready() ? kServing : kNotServing;
}

/// HealthCheckRequest{service}; nothing: the bytes are none.
std::optional<std::string> serviceOf(std::string_view message) {
    std::string service;
    ProtoReader reader(message);
    while (reader.next())
        if (reader.field() == 1 && reader.isBytes()) service = reader.bytes();
    if (reader.broken()) return std::nullopt;
    return service;
}

}  // namespace

net::Task<void> serveHealth(const PickerHealth& health, GrpcCall& call, bool watch) {
    const bool asked = co_await call.next();
    const auto service = asked ? serviceOf(call.message()) : std::nullopt;
    if (!service) {
        call.end(GrpcStatus::InvalidArgument, "The call holds no HealthCheckRequest.");
        co_return;
    }
    if (!watch && statusOf(health, *service) == kServiceUnknown) {
        call.end(GrpcStatus::NotFound, "No service of that name is known.");
        co_return;
    }
    Status told = kNothing;
    while (true) {
        const auto now = statusOf(health, *service);
        if (now != told) {
            const auto message = ProtoWriter().varint(1, now).take();
            const bool taken = co_await call.send(message);
            if (!taken) co_return;
        }
        told = now;
        if (!watch || health.stopping()) break;
        call.readable().deadline(base::MonoClock::now() + kLookEvery);
        co_await call.readable().wait();
        if (call.left()) co_return;
    }
    call.end(GrpcStatus::Ok, {});
}

}  // namespace gatehouse::gateway
