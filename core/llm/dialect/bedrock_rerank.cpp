// bedrock-rerank: InvokeModel bodies of Cohere's and Amazon's rerank models; and what it shares with Cohere's own API.
// https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-supported.html, model-parameters-cohere-rerank.html.
#include "llm/dialect/bedrock.h"
#include "llm/dialect/rerank.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

/// Of Cohere's models on Bedrock; older ones have other words.
constexpr int kApiVersion = 2;

Result<RerankRequest> readRequest(const Json& json) {
    RerankRequest request;
    Members body(json, "");
    readRerankInputs(body, request);
    body.take("api_version");
    request.extras = {Family::Cohere, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

Json writeRequest(RerankRequest& request, Losses& losses) {
    const auto model = request.model ? *request.model : std::string();
    request.model.taken = true;  // It stands in the path.
    Json body = {{"query", request.query}, {"documents", Json::array()}};
    for (std::size_t i = 0; i < request.documents.size(); ++i) {
        const auto& document = request.documents[i];
        if (document.is_object() && document.size() > 1)
            dropped(losses, fmt::format("documents[{}]", i), "Bedrock ranks texts: of a document with several fields only its text goes on.");
        body["documents"].push_back(document.is_object() ? document.value("text", std::string()) : document.get<std::string>());
    }
    if (const auto* most = request.topN.take()) body["top_n"] = *most;
    if (model.find("cohere.") == std::string::npos) return body;
    body["api_version"] = kApiVersion;
    if (const auto* most = request.tokensPerDocument.take()) body["max_tokens_per_doc"] = *most;
    return body;
}

}  // namespace

const Dialect kBedrockRerank = {.name = "bedrock-rerank",
                                .family = Family::Bedrock,
                                .operation = Operation::Rerank,
                                .modelInTarget = true,
                                .readError = readBedrockError,
                                .writeError = writeBedrockError,
                                .errorType = bedrockErrorType,
                                .readRerank = readRequest,
                                .writeRerank = writeRequest,
                                .readRanks = readRanksOf,
                                .writeRanks = [](RerankAnswer& answer, Losses&) { return Json{{"results", ranksOf(answer)}}; }};

}  // namespace gatehouse::llm
