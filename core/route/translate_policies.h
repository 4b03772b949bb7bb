// TrafficPolicies: decoded and compiled once each, then merged per rule by the generic attachment mechanism.
// Thread: control thread, one translate() call.
#pragma once

#include "route/policy_attachment.h"
#include "route/translate_access.h"
#include "route/translate_guards.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::route {

/// What all policies together do to one rule.
struct PolicyEffect {
    std::shared_ptr<const llm::LlmPolicy> llm;
    std::shared_ptr<const filter::ClientAccess> access;
    std::shared_ptr<const filter::RateLimits> limits;
    std::shared_ptr<const filter::Csrf> csrf;
    std::shared_ptr<const filter::Fault> fault;
    bool asksForLlm = false;  ///< An ai policy sits on the rule or route itself, so its bodies are LLM requests.
    std::string broken;       ///< Not empty: a guard that cannot be run; the rule answers 500.
    std::vector<Provenance> provenance;
};

class PolicyCompiler {
  public:
    /// Reads every TrafficPolicy of the set and reports what it asks for that is not run.
    PolicyCompiler(TranslateContext& context, BackendResolver& backends);

    /// The policies of a rule, strongest first.
    std::vector<Attached> attached(const RuleSite& site, const std::vector<const config::Object*>& extensions) const;
    /// `hasLlmBackend`: policies of a Gateway or listener reach only rules that talk to models.
    PolicyEffect merge(const std::vector<Attached>& attached, bool hasLlmBackend, std::string_view ruleId = {});

  private:
    struct Compiled {
        std::shared_ptr<const llm::LlmPolicy> llm;
        std::string broken;  ///< Why its ai part cannot be run.
    };
    void add(const config::Object& object);
    Compiled compile(const config::Object& object, const config::TrafficPolicySpec& spec);
    void reportFields(const config::Object& object);
    std::shared_ptr<const llm::RegexGuard> compileGuard(const config::Object& object, const std::optional<config::RegexGuardSpec>& guard,
                                                        bool answers, std::string& broken);

    TranslateContext& context_;
    GuardCompiler guards_;
    AccessCompiler access_;
    PolicyAttachments attachments_;
    std::unordered_map<const config::Object*, Compiled> compiled_;
};

}  // namespace gatehouse::route
