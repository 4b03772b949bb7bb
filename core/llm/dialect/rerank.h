// Rerank in no dialect, and what the dialects of it share. Private to llm/dialect. Thread: pure.
#pragma once

#include "llm/dialect/dialect.h"

namespace gatehouse::llm {

/// query, documents (texts, or objects with a text), top_n, max_tokens_per_doc.
void readRerankInputs(Members& body, RerankRequest& request);
/// {"results":[{"index","relevance_score"}], ...}
Result<RerankAnswer> readRanksOf(const Json& body);
Json ranksOf(const RerankAnswer& answer);

}  // namespace gatehouse::llm
