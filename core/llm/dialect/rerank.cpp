#include "llm/dialect/rerank.h"

#include "llm/dialect/cohere.h"

namespace gatehouse::llm {

void readRerankInputs(Members& body, RerankRequest& request) {
    request.query = body.required("query");
    if (const auto* documents = body.array("documents")) {
        for (const auto& document : *documents) {
            const auto text = document.is_object() ? document.find("text") : document.end();
            const bool fits = document.is_string() || (document.is_object() && text != document.end() && text->is_string());
            if (fits) request.documents.push_back(document);
            else body.fail("documents", "must be a list of texts, or of objects with a text");
        }
    } else if (!body.failure()) {
        body.fail("documents", "is missing");
    }
    if (const auto most = body.integer("top_n")) request.topN.set(*most, "top_n");
    if (const auto most = body.integer("max_tokens_per_doc")) request.tokensPerDocument.set(*most, "max_tokens_per_doc");
}

Result<RerankAnswer> readRanksOf(const Json& json) {
    RerankAnswer answer;
    Members body(json, "");
    if (auto id = body.text("id")) answer.id = std::move(*id);
    if (auto model = body.text("model")) answer.model = std::move(*model);
    const auto* results = body.array("results");
    if (results == nullptr && !body.failure()) body.fail("results", "is missing");
    if (results != nullptr)
        for (const auto& result : *results) {
            const auto index = result.is_object() ? result.find("index") : result.end();
            const auto score = result.is_object() ? result.find("relevance_score") : result.end();
            if (!result.is_object() || index == result.end() || !index->is_number_unsigned() || score == result.end() || !score->is_number()) {
                body.fail("results", "must be a list of objects with index and relevance_score");
                break;
            }
            answer.ranks.push_back({index->get<std::uint64_t>(), score->get<double>()});
        }
    if (const auto* meta = body.object("meta")) answer.usage = readCohereUsage(*meta);
    answer.extras = {Family::Cohere, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json ranksOf(const RerankAnswer& answer) {
    Json results = Json::array();
    for (const auto& rank : answer.ranks) results.push_back({{"index", rank.index}, {"relevance_score", rank.score}});
    return results;
}

}  // namespace gatehouse::llm
