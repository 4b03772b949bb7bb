// CanarySplits: the rules of the workspace that share their requests out over several backends, as values. Pure. Thread: any.
#pragma once

#include "canary/split_shares.h"
#include "config/gateway_api.h"
#include "config/workspace.h"

#include <QString>

#include <string>
#include <vector>

namespace gatehouse::ui {

struct CanarySplit {
    struct Arm {
        std::string name;        ///< "InferencePool default/chat-canary", as request records name it.
        QString label;           ///< "chat-canary"
        std::uint32_t weight = 1;
        config::FieldPath at;    ///< The backendRef.
    };
    config::ObjectKey route;
    std::size_t ruleIndex = 0;
    std::string rule;            ///< "chat · rule 1", as request records name it.
    std::vector<Arm> arms;

    std::string id() const { return route.id() + "#" + std::to_string(ruleIndex); }
    std::vector<std::uint32_t> weights() const;
    SplitShares shares() const { return SplitShares(weights()); }
    /// Nothing can be served: every weight is 0.
    bool allZero() const;
};

std::vector<CanarySplit> canarySplits(const config::ObjectSet& objects);

/// One edit named `name` that writes `shares` as the weights, touching only the arms whose weight differs.
Result<config::Edit> splitEdit(const config::Workspace& workspace, const CanarySplit& split, const SplitShares& shares, const std::string& name);

/// "90 / 10"
QString sharesText(const SplitShares& shares);

}  // namespace gatehouse::ui
