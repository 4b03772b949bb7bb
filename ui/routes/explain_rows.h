// ExplainRows: an Explanation as a list that a person reads from top to bottom: every decision, the arms with their shares, the pick, and what
// would be sent. Thread: pure functions.
#pragma once

#include "route/explain.h"
#include "theme/theme.h"

#include <QString>

#include <optional>
#include <vector>

namespace gatehouse::ui {

struct ExplainRow {
    QString stage;    ///< "Listener", "Match", "Guard", ...
    QString icon;
    Token token = Token::Muted;
    bool passedOver = false;
    QString outcome;  ///< "Chosen", "Rejected", ... for screen readers and hover.
    QString subject;
    QString detail;
    config::ObjectKey origin;   ///< Where a double click leads; empty kind = nowhere.
    std::vector<ExplainRow> children;
};

std::vector<ExplainRow> explainRows(const route::Explanation& explanation);
/// One line: "Would be forwarded to InferencePool default/chat-stable, pod default/chat-3 (10.0.0.3:8000)".
struct ExplainSummary {
    QString text;
    Token token = Token::Ok;
    QString icon;
};
ExplainSummary explainSummary(const route::Explanation& explanation);

/// What the panel's fields say, as a request. An error sentence names the line that cannot be read.
struct TriedRequest {
    QString method, url, headers, body;
    QString sni;  ///< Of https alone; empty: the URL's host.
    QString client{};
    std::optional<route::ExplainRequest::Recorded> recorded{};
};
Result<route::ExplainRequest> readTriedRequest(const TriedRequest& tried);

}  // namespace gatehouse::ui
