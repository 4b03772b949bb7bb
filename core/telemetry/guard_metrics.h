// GuardMetrics: what guards found, by guard and outcome, and what passed unscanned, fed with finished requests. Thread: its owner's (GenAiMetrics
// calls it under its lock).
#pragma once

#include "telemetry/exposition.h"
#include "telemetry/request_record.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>

namespace gatehouse::telemetry {

class GuardMetrics {
  public:
    void observe(const RequestRecord& record);
    void write(Exposition& page) const;

  private:
    struct Key {
        std::string guard, kind, direction, outcome;
        auto operator<=>(const Key&) const = default;
    };
    struct Service {
        std::uint64_t calls = 0;
        double seconds = 0;
    };
    void count(std::string guard, std::string_view kind, bool answer, std::string_view outcome);

    std::map<Key, std::uint64_t> outcomes_;
    std::map<Key, std::uint64_t> unscanned_;  ///< Without outcome.
    std::map<Key, Service> services_;         ///< Without outcome.
};

}  // namespace gatehouse::telemetry
