// Rehearsal: one rule of a configuration, as it would run, in a data plane of its own whose providers are simulated ones on loopback. The
// translation, the policies, guards, retries and failover are those of the real gateway; no provider is asked, no key is shown, nothing of
// what runs is touched, and who may call and how often is left out. For drills, and for texts that are tried on services of guards.
// Thread: one owner, which may block. Lifetime: destruction stops everything.
#pragma once

#include "base/result.h"
#include "config/object.h"
#include "lab/faulty_provider.h"
#include "telemetry/request_record.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::gateway {

struct RehearsalOptions {
    /// Services of guards are really asked; else guards that ask one are left out.
    bool askGuards = false;
    /// The longest that a provider may stay silent, before its first token and between two; absent: as configured.
    std::optional<std::chrono::milliseconds> patience;
};

/// A rule that leads to models, for people to choose from.
struct RehearsalRule {
    std::string id, name;       ///< "HTTPRoute/default/chat/rules/0", "chat · rule 1"
    std::vector<std::string> backends;  ///< Those that can be rehearsed: "Backend default/ai", by the position in the rule.
    std::vector<std::size_t> positions;
};
std::vector<RehearsalRule> rehearsalRules(const config::ObjectSet& objects);

/// What a client got.
struct RehearsalAnswer {
    int status = 0;       ///< 0: none.
    std::string body;
    bool whole = false;   ///< It came to its end.
    std::int64_t micros = 0;
    std::optional<telemetry::RequestRecord> record;
};

class Rehearsal {
  public:
    /// `backend` is the position in the rule. Errors "no-rule", "no-backend", and those of FaultyProvider::start().
    static Result<std::unique_ptr<Rehearsal>> start(const config::ObjectSet& objects, const std::string& ruleId, std::size_t backend, const RehearsalOptions& options);
    ~Rehearsal();
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;

    /// Who can be asked, in the order of the Backend: a provider each; of a pool two servers.
    struct Target {
        std::string name;
        std::string dialect;
        lab::FaultyProvider* server = nullptr;
    };
    const std::vector<Target>& targets() const;
    /// Left out after its faults, now.
    bool isOut(std::size_t target) const;

    /// Sends a body to a path ("/v1/chat/completions"), and waits for the answer and its record.
    RehearsalAnswer send(const std::string& path, const std::string& body, std::chrono::milliseconds atMost, const std::function<bool()>& stopped = {}) const;

  private:
    struct Impl;
    explicit Rehearsal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::gateway
