// ModelTable: the models that a listener serves by the name in the request (AgentgatewayModel), without a route of their own. A request
// to a path of an LLM API that no route takes comes to the table's entry; when its model is known, choose() finds the rule that
// serves it. Virtual models go before others; then exact names, then the longer pattern, then the older object.
// Thread: immutable, shared by snapshots. The data plane and explain call the same functions.
#pragma once

#include "http/message.h"
#include "route/decision.h"
#include "route/snapshot.h"
#include "text/cel.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::route {

class ModelTable {
  public:
    /// policies.authorization of a model.
    struct Authorization {
        enum class Action : std::uint8_t { Allow, Deny, Require };
        Action action = Action::Allow;
        std::vector<std::shared_ptr<const text::cel::Program>> expressions;
    };
    struct Model {
        std::string name;    ///< Or pattern.
        config::ObjectKey object;
        bool internal = false;
        std::string owner;   ///< The provider's word, for lists.
        Candidate candidate;
        std::optional<Authorization> authorization;
    };
    struct Target {
        std::size_t model = 0;  ///< In models().
        std::string asked;      ///< What it is asked for.
        std::uint32_t weight = 1;
        std::shared_ptr<const text::cel::Program> when;  ///< Conditional; null: always.
    };
    struct VirtualModel {
        enum class Kind : std::uint8_t { Weighted, Failover, Conditional };
        std::string name;
        config::ObjectKey object;
        Kind kind = Kind::Weighted;
        std::vector<Target> targets;
        std::uint64_t totalWeight = 0;
        Candidate candidate;   ///< Failover: its providers are targets of one backend. Others: to know its rule by.
        std::string broken;    ///< Not empty: it answers 500.
    };
    struct Parts {
        Candidate entry;
        std::vector<Model> models;
        std::vector<VirtualModel> virtualModels;
    };
    explicit ModelTable(Parts parts);

    /// Where requests to models wait until their model is known: its rule holds what is asked of every caller. Null: the request is
    /// none to an LLM API.
    const Candidate* serves(const http::RequestHead& request) const;
    bool isEntry(const Candidate* candidate) const { return candidate == &parts_.entry; }

    struct Choice {
        const Candidate* candidate = nullptr;  ///< Null: `status`, `code` and `sentence` are the answer.
        std::string asked;      ///< The model to ask for in place of the client's; empty: the client's.
        int status = 0;
        const char* code = "";
        std::string sentence;   ///< For the client.
        std::vector<Step> steps;
    };
    /// `draw` in [0, 1): of a weighted virtual model.
    Choice choose(std::string_view model, const text::cel::Activation& names, double draw) const;

    struct Listed {
        std::string_view id;
        std::string_view owner;
    };
    /// What clients may name, patterns included, as agentgateway lists them.
    std::vector<Listed> listed(const text::cel::Activation& names) const;
    /// May a client name it?
    bool knows(std::string_view model) const;

    const std::vector<Model>& models() const { return parts_.models; }
    const std::vector<VirtualModel>& virtualModels() const { return parts_.virtualModels; }
    /// Every rule, once.
    std::vector<std::shared_ptr<const Rule>> rules() const;

  private:
    void chooseTarget(const VirtualModel& from, const text::cel::Activation& names, double draw, Choice& out) const;
    const Target* draw(const VirtualModel& from, double draw, Choice& out) const;
    const Target* firstTrue(const VirtualModel& from, const text::cel::Activation& names, Choice& out) const;
    static bool admits(const Model& model, const text::cel::Activation& names);
    Parts parts_;
};

std::string_view kindName(ModelTable::VirtualModel::Kind kind);  ///< "weighted", ...

}  // namespace gatehouse::route
