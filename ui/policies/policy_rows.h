// PolicyRows: what each policy of kgateway does and to whom, in words, and where it applies or does not, with the reason that the translation gives.
// Thread: pure functions, values.
#pragma once

#include "config/policies.h"
#include "config/status.h"
#include "route/snapshot.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

struct PolicyRow {
    config::ObjectKey key;
    QString name;
    QString targets;  ///< "HTTPRoute chat, Gateway demo/http"; "no target" where none.
    QString effect;   ///< "Masks CREDIT_CARD and 2 patterns · adds 1 message"
    QString problem;
    config::Severity severity = config::Severity::Info;
};
std::vector<PolicyRow> policyRows(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics);
QString targetText(const config::PolicyTarget& target);
QString effectText(const config::TrafficPolicySpec& spec);

/// One place that the policy reaches or fails to reach.
struct ReachRow {
    bool applies = false;
    bool broken = false;       ///< The rule answers 500 for whatever reason; `why` begins with it.
    QString where;             ///< "chat · rule 1", or the target where no rule is reached.
    QString why;               ///< "targets HTTPRoute default/chat", "the target does not exist ..."
    config::ObjectKey object;  ///< The route or target, for a link.
};
/// `snapshot` is the translation of `objects`.
std::vector<ReachRow> policyReach(const config::ObjectSet& objects, const route::Snapshot& snapshot,
                                  const std::vector<config::Attachment>& attachments, const config::ObjectKey& policy);

}  // namespace gatehouse::ui
