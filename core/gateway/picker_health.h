// gRPC's health service (grpc.health.v1.Health) of the picker: liveness holds as long as it answers at all, readiness and the picker's own
// service once there is a pool to pick of and until it is told to stop. Thread: the picker's.
#pragma once

#include "gateway/grpc_call.h"

#include <functional>

namespace gatehouse::gateway {

inline constexpr std::string_view kHealthCheck = "/grpc.health.v1.Health/Check";
inline constexpr std::string_view kHealthWatch = "/grpc.health.v1.Health/Watch";

struct PickerHealth {
    std::function<bool()> ready;
    std::function<bool()> stopping;  ///< Watches end then.
};

net::Task<void> serveHealth(const PickerHealth& health, GrpcCall& call, bool watch);

}  // namespace gatehouse::gateway
