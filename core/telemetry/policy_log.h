// PolicyLog: the access logs that ListenerPolicies ask for: a line per request, in the form of the policy, on standard output
// or error. Thread: one owner (the telemetry thread).
#pragma once

#include "config/listener_policy.h"
#include "telemetry/request_record.h"

#include <string>
#include <vector>

namespace gatehouse::telemetry {

/// The line of one log, without its end: text with the operators filled in, or one JSON object. "-" where a value is not known.
std::string policyLine(const config::AccessLogSpec& log, const RequestRecord& record);

class PolicyLog {
  public:
    void write(const std::vector<config::AccessLogSpec>& logs, const RequestRecord& record);
    /// What the files take of what waits. Lines beyond the bound of AccessLog are lost.
    void flush();

  private:
    struct File {
        int descriptor;
        std::string pending;
    };
    File files_[2] = {{1, {}}, {2, {}}};
};

}  // namespace gatehouse::telemetry
