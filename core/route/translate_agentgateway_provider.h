// One LLM provider of an AgentgatewayBackend, compiled. Thread: control thread, one translate() call.
#pragma once

#include "route/translate_agentgateway.h"

#include <string>

namespace gatehouse::route {

struct AgentProvider {
    llm::Provider provider;
    std::string host;        ///< Empty: it runs in a Service or an InferencePool.
    std::uint16_t port = 0;
    bool secure = false;     ///< TLS unless a policy says how.
};

/// What `auth` (may be absent: what the provider's own tools find) makes a provider show, whose kind and parts stand. The error names no value.
Result<void> readAgentAuth(TranslateContext& context, const Won<agentgateway::BackendAuth>& auth, llm::Provider& provider, const std::string& id);

class AgentProviderMaker {
  public:
    explicit AgentProviderMaker(TranslateContext& context) : context_(context) {}

    /// `id` stays the same across translations. The error is one that was reported already; its sentence names no value.
    Result<AgentProvider> make(const config::Object& backend, const agentgateway::Provider& spec, const AgentConnection& connection,
                               const std::string& id);

  private:
    TranslateContext& context_;
};

}  // namespace gatehouse::route
