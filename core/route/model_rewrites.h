// ModelRewrites: which model a pool is asked for instead of the one that a request names, as its InferenceModelRewrites (and InferenceModels)
// say. Exact names go before rules for all requests, older objects before newer ones, rules in their order. Without weights the draw is
// even; where only some targets have one, the others get nothing.
// Thread: immutable, shared by snapshots. The data plane, the picker for other gateways and explain call the same function.
#pragma once

#include "config/inference_api.h"
#include "route/snapshot.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::route {

class ModelRewrites {
  public:
    struct Target {
        std::string model;
        std::uint64_t upTo = 0;  ///< Weights of the targets before it, and its own.
    };
    struct Rule {
        std::vector<Target> targets;  ///< Those with a share.
        config::ObjectKey origin;
        config::SourceLocation where;
    };

    /// Takes the rules of one object; those that are taken already stand.
    void add(const config::InferenceModelRewriteSpec& spec, const config::Object& object);
    bool empty() const { return rules_.empty(); }

    struct Choice {
        std::string_view model;  ///< To ask for.
        std::string sentence;    ///< "asks for llama-v2, 20 of 100 by InferenceModelRewrite default/chat"
        const Rule* rule = nullptr;
    };
    /// `draw` in [0, 1). Nothing: no rule takes the model.
    std::optional<Choice> choose(std::string_view model, double draw) const;

  private:
    std::vector<Rule> rules_;
    TextMap<std::size_t> exact_;
    std::optional<std::size_t> any_;
};

}  // namespace gatehouse::route
