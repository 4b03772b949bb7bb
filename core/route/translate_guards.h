// Guards that ask services, from configuration: webhooks and moderations become llm::GuardService, and with the regex guards a chain.
// Thread: control thread, one translate() call.
#pragma once

#include "config/policies.h"
#include "llm/guard_chain.h"
#include "route/translate_backends.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace gatehouse::route {

/// The patterns of a block of TrafficPolicy.ai.promptGuard; null where it names none. Those of answers only mask.
Result<std::shared_ptr<const llm::RegexGuard>> regexGuardOf(const std::optional<config::RegexGuardSpec>& spec, bool answers);

/// The guards of TrafficPolicy.ai.promptGuard, each null where it is not written.
struct TrafficGuards {
    std::shared_ptr<const llm::RegexGuard> request, answer;
    std::shared_ptr<const llm::GuardService> requestHook, answerHook, moderation;
    bool restores = false;
};
/// In kgateway's order: of requests the webhook, the patterns, the moderation; of answers the webhook, the patterns.
std::shared_ptr<const llm::GuardChain> chainOf(const std::string& origin, const config::RejectResponse& reject, TrafficGuards guards);

class GuardCompiler {
  public:
    GuardCompiler(TranslateContext& context, BackendResolver& backends) : context_(context), backends_(backends) {}

    /// The guards of a TrafficPolicy. Null where it asks no service: the regex guards then stand by themselves. `broken` says why it cannot be run.
    std::shared_ptr<const llm::GuardChain> ofTrafficPolicy(const config::Object& object, const config::AiPolicySpec& spec,
                                                           std::shared_ptr<const llm::RegexGuard> request,
                                                           std::shared_ptr<const llm::RegexGuard> answer, std::string& broken);

    /// A webhook at a backend that is resolved already; where that is none, every question to it fails.
    static std::shared_ptr<const llm::GuardService> webhookAt(const Backend& backend, const std::vector<config::ValueMatch>& forward);
    /// OpenAI's moderations, or those at `hostAndPort`. `key` may be null.
    std::shared_ptr<const llm::GuardService> moderationAt(std::string_view hostAndPort, std::string model,
                                                          std::shared_ptr<const llm::Provider> key);

    /// Does the annotation ask for what is masked to be put back?
    bool restoresMasks(const config::Object& object);
    /// Host and port that an annotation of `object` names; nothing, and a warning, where there are none that can be read.
    std::string namedHost(const config::Object& object, const char* annotation, std::string_view otherwise);
    /// A service of a cloud over TLS at `host`, or at `hostAndPort`.
    std::shared_ptr<llm::GuardService> cloudAt(std::string_view hostAndPort, const std::string& host);

    /// The key of a moderation, written with "Bearer " before it or without.
    static void showBearer(const secret::SecretValue& token, llm::Provider& provider);

  private:
    std::shared_ptr<const llm::GuardService> webhook(const config::WebhookSpec& spec);
    std::shared_ptr<const llm::GuardService> moderation(const config::Object& object, const config::LlmProviderSpec& spec, std::string& broken);

    TranslateContext& context_;
    BackendResolver& backends_;
};

}  // namespace gatehouse::route
