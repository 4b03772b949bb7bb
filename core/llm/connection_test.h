// Connection test: asks a provider as the gateway would, and tells of each step by itself whether it went well and how long it took:
// the name, the connection, TLS, the key, the model. Where the model is known it is asked for one token; else for the list of models.
// Thread: any that may block (it waits for the network); never the GUI's. Lifetime: pure function.
#pragma once

#include "base/clock.h"
#include "llm/plan.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace gatehouse::llm {

struct ConnectionStep {
    enum class Name : std::uint8_t { Dns, Tcp, Tls, Auth, Model };
    enum class Outcome : std::uint8_t { Passed, Failed, NotRun };
    Name name = Name::Dns;
    Outcome outcome = Outcome::NotRun;
    base::Micros took{-1};  ///< -1: not known.
    std::string detail;     ///< A sentence; names no key's value.
};
std::string_view stepName(ConnectionStep::Name name);  ///< "DNS", "TCP", "TLS", "key", "model"

struct ConnectionTarget {
    const Provider* provider = nullptr;
    std::string host;
    std::uint16_t port = 443;
    bool tls = true;
    std::string caFile;  ///< Tests; empty: the system's authorities.
};

/// All five steps, in their order. `stopped` is asked while it waits.
std::vector<ConnectionStep> testConnection(const ConnectionTarget& target, std::chrono::milliseconds patience,
                                           const std::function<bool()>& stopped = {});

}  // namespace gatehouse::llm
