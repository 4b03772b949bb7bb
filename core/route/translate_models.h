// AgentgatewayModels in a translation: the table of models of each listener that serves some. Thread: control thread, one translate()
// call.
#pragma once

#include "config/agentgateway_model.h"
#include "config/listeners.h"
#include "route/model_table.h"
#include "route/translate_agentgateway.h"
#include "route/translate_policies.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::route {

class ModelTranslator {
  public:
    ModelTranslator(TranslateContext& context, BackendResolver& backends, PolicyCompiler& policies, const AgentgatewayPolicies& agents,
                    AgentRuleFinisher& agentRules);

    /// Fills Listener::models; nothing where no model is attached to it. `gateway`: whose listener it is after all.
    void fill(Listener& listener, const config::GatewaySpec& gateway, const BackendSite& site);
    /// Of all tables made so far, in their order.
    const std::vector<std::shared_ptr<const Rule>>& rules() const { return rules_; }

  private:
    struct Known {
        const config::Object* object = nullptr;
        agentgateway::ModelSpec spec;
    };
    struct Place {
        const Listener& listener;
        const config::GatewaySpec& gateway;
        const BackendSite& site;
    };
    Candidate candidateOf(const Known& known, const Place& place, bool served);
    Candidate entryOf(const Place& place);
    void finish(Rule& rule, const Place& place, const config::ObjectKey& route, const Known* served);
    void addModel(const Known& known, const Place& place, ModelTable::Parts& parts);
    void addVirtual(const Known& known, const Place& place, ModelTable::Parts& parts);
    void authorize(const Known& known, ModelTable::Model& model, std::string& broken);
    const Known* find(const config::ObjectKey& key) const;

    TranslateContext& context_;
    BackendResolver& backends_;
    PolicyCompiler& policies_;
    const AgentgatewayPolicies& agents_;
    AgentRuleFinisher& agentRules_;
    std::vector<Known> known_;  ///< Oldest first.
    std::unordered_map<std::string, std::vector<const Known*>> byListener_;
    std::vector<std::shared_ptr<const Rule>> rules_;
};

}  // namespace gatehouse::route
