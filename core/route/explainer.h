// Explainer: one explanation in the making. Private to route/. Its members stand in the files that the headings name, with
// what they do. Thread: one owner. Lifetime: a call of explain().
#pragma once

#include "filter/client_access.h"
#include "http/message.h"
#include "llm/body_rewrites.h"
#include "llm/provider_request.h"
#include "route/explain.h"
#include "route/matcher.h"
#include "route/sessions.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::route {

class Explainer {
  public:
    Explainer(const Snapshot& snapshot, const ExplainRequest& request) : snapshot_(snapshot), asked_(request) {}
    Result<Explanation> run();

  private:
    static constexpr std::string_view kHidden = "(hidden)";  ///< As records have it for what they do not keep.
    static constexpr std::uint16_t kHttpPort = 80;
    static constexpr std::uint16_t kHttpsPort = 443;

    // ---- explain.cpp
    const Rule& rule() const { return *match_.candidate->rule; }
    const Port* findPort();
    bool matchRule();
    void takeMatch(const Port& port, const std::string* sni);
    bool applySettings(const Port& port, const std::string* sni);
    void tellPolicies(const std::vector<Provenance>& policies);
    void step(const char* stage, StepOutcome outcome, std::string subject, std::string detail);
    void answer(int status, std::string_view text);

    // ---- explain_request.cpp: the request
    Result<void> readRequest();
    void readConnect(std::string_view port);
    void tellRecorded();

    // ---- explain_tls.cpp: the TLS session
    bool matchSession(const Port& port);
    std::string judgeClient(const Listener& listener);

    // ---- explain_filters.cpp: what the rule does and answers itself
    bool answersItself();
    bool trustsClient();
    void stampForwarded();
    std::string_view clientAddress() const;
    bool answersPreflight(const filter::Cors& cors);
    void tellMirror(const Mirror& mirror);
    void tellAuth(const Auth& auth);
    // ---- explain_extras.cpp
    bool refusedByCsrf(const filter::Csrf& csrf);
    void tellFault(const filter::Fault& fault);
    void tellCache();
    // ---- explain_filters.cpp
    std::string_view matchedPrefix() const;

    // ---- explain_access.cpp: who may call, how much is left
    bool admitsCaller();
    bool admitsModel(const llm::ClientCall& call);

    // ---- explain_backend.cpp: the way to an endpoint
    void forward();
    void tellRetry();
    void tellTimeouts();
    void tellArms();
    static std::string noteOf(const Backend& backend);
    const Backend* draw();
    void tellBackendPolicies(const Backend* drawn);
    void tellBackendFilters(const Backend* drawn);
    bool chooseEndpoint(const Backend& backend);

    // ---- explain_pool.cpp
    bool rewriteForPool(const Backend* backend, base::Buffer& body, llm::ClientCall& call, std::optional<llm::ChatRequestInfo>& asked);
    void tellEngines(const inference::Pool& pool);
    void tellForwarded();

    // ---- explain_models.cpp: models by their name, changes of a body's fields
    bool chooseModel();
    double drawnOf(const ModelTable& table, std::string_view model);
    bool tellRewrites(const Result<std::vector<llm::Rewritten>>& done);
    llm::ExpressionFacts expressionFacts(std::string_view model, const llm::ClientCall& call, std::string_view provider) const;
    bool rewriteBody(base::Buffer& body, llm::ClientCall& call);
    bool rewriteForProvider(const llm::Provider& provider, base::Buffer& body, llm::ClientCall& call, std::optional<llm::ChatRequestInfo>& asked);
    bool finishProviderBody(const llm::Provider& provider, base::Buffer& body, const llm::ClientCall& call, const llm::ProviderRequest& request,
                            std::string_view asked);

    // ---- explain_llm.cpp: requests to models
    bool prepareBody(const Backend* backend);
    const llm::Provider* chooseProvider(const Backend* backend);
    void tellCall(const llm::ClientCall& call);
    bool aimWithoutBody(const llm::Provider& provider, const llm::ClientCall& call);
    void aim(const llm::Provider& provider, const llm::ClientCall& call, const llm::ProviderRequest& request);
    void tellKeys(const llm::Provider& provider);
    void tellChat(const llm::PreparedChat& chat, const llm::LlmPolicy* policy);
    bool runChain(const llm::GuardChain& chain, base::Buffer& body);
    void tellAnswerChain(const llm::GuardChain& chain);

    const Snapshot& snapshot_;
    const ExplainRequest& asked_;
    http::RequestHead head_;
    std::uint16_t port_ = 0;
    std::string_view urlHost_;
    bool explicitPort_ = false;
    bool asksHealth_ = false;
    bool refusesHttp10_ = false;
    MatchResult match_;
    SessionChoice session_;
    filter::Caller caller_;
    bool callerKnown_ = false;            ///< caller_ is who calls; else his credentials are not known here.
    llm::ClientCall call_;                ///< As the client asked, before any rewrite.
    std::string askedModel_;              ///< That a virtual model stands for; empty: the client's own.
    const LlmTarget* target_ = nullptr;
    const upstream::Cluster* side_ = nullptr;  ///< Where the provider's API stands, if elsewhere than its others.
    Explanation out_;
};

}  // namespace gatehouse::route
