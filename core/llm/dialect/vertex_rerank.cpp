// vertex-rerank: Google's ranking API (Discovery Engine, rankingConfigs:rank), whose records carry an id, a title and a content.
// https://cloud.google.com/generative-ai-app-builder/docs/ranking.
#include "llm/dialect/gemini.h"
#include "llm/dialect/rerank.h"

#include <fmt/format.h>

#include <charconv>

namespace gatehouse::llm {
namespace {

/// A record without its title becomes a text, as Cohere has them.
Json documentOf(Members& record) {
    auto title = record.text("title").value_or("");
    auto content = record.text("content").value_or("");
    if (title.empty()) return content;
    if (content.empty()) return title;
    return Json{{"text", std::move(content)}, {"title", std::move(title)}};
}

Result<RerankRequest> readRequest(const Json& json) {
    RerankRequest request;
    Members body(json, "");
    request.query = body.text("query").value_or("");
    if (auto model = body.text("model")) request.model.set(std::move(*model), "model");
    const auto* records = body.array("records");
    if (records == nullptr && !body.failure()) body.fail("records", "is missing");
    Json left = Json::object();
    if (records != nullptr)
        for (std::size_t i = 0; i < records->size(); ++i) {
            Members record((*records)[i], fmt::format("records[{}]", i));
            // What stands in order is known by its place.
            if (const auto id = record.text("id"); id && *id != std::to_string(i)) left[record.pathOf("id")] = *id;
            request.documents.push_back(documentOf(record));
            const auto rest = record.rest();
            for (auto member = rest.begin(); member != rest.end(); ++member) left[record.pathOf(member.key())] = member.value();
            body.adopt(record);
        }
    if (const auto most = body.integer("topN")) request.topN.set(*most, "topN");
    body.take("ignoreRecordDetailsInResponse");
    left.update(body.rest());
    request.extras = {Family::Gemini, std::move(left), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

Json writeRequest(RerankRequest& request, Losses& losses) {
    Json body = Json::object();
    if (const auto* model = request.model.take()) body["model"] = *model;
    else defaulted(losses, "model", "The request names no model; the provider's own default is used.");
    body["query"] = request.query;
    Json records = Json::array();
    for (std::size_t i = 0; i < request.documents.size(); ++i) {
        const auto& document = request.documents[i];
        Json record = {{"id", std::to_string(i)}};
        if (document.is_string()) {
            record["content"] = document;
        } else {
            std::size_t said = 1;
            if (auto title = textOf(document, "title"); !title.empty()) record["title"] = std::move(title), ++said;
            record["content"] = textOf(document, "text");
            if (document.size() > said)
                dropped(losses, fmt::format("documents[{}]", i), "Google ranks titles and texts: of a document with other fields only these go on.");
        }
        records.push_back(std::move(record));
    }
    body["records"] = std::move(records);
    if (const auto* most = request.topN.take()) body["topN"] = *most;
    // Ids and scores are all that others answer with.
    body["ignoreRecordDetailsInResponse"] = true;
    return body;
}

Result<RerankAnswer> readAnswer(const Json& json) {
    RerankAnswer answer;
    Members body(json, "");
    const auto* records = body.array("records");
    if (records == nullptr && !json.empty() && !body.failure()) body.fail("records", "is missing");
    if (records != nullptr)
        for (const auto& item : *records) {
            const auto id = textOf(item, "id");
            RerankAnswer::Rank rank;
            const auto* end = id.data() + id.size();
            const bool place = !id.empty() && std::from_chars(id.data(), end, rank.index).ptr == end;
            const auto score = item.is_object() ? item.find("score") : item.end();
            const bool scored = item.is_object() && (score == item.end() || score->is_number());  // Google leaves zeros out.
            if (!place || !scored) {
                body.fail("records", "must be a list of objects with the id of a place and a score");
                break;
            }
            if (score != item.end()) rank.score = score->get<double>();
            answer.ranks.push_back(rank);
        }
    answer.extras = {Family::Gemini, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeAnswer(RerankAnswer& answer, Losses&) {
    Json records = Json::array();
    for (const auto& rank : answer.ranks) records.push_back({{"id", std::to_string(rank.index)}, {"score", rank.score}});
    return Json{{"records", std::move(records)}};
}

}  // namespace

const Dialect kVertexRerank = {.name = "vertex-rerank",
                               .family = Family::Gemini,
                               .operation = Operation::Rerank,
                               .modelInTarget = false,
                               .readError = readGeminiError,
                               .writeError = writeGeminiError,
                               .errorType = geminiErrorType,
                               .readRerank = readRequest,
                               .writeRerank = writeRequest,
                               .readRanks = readAnswer,
                               .writeRanks = writeAnswer};

}  // namespace gatehouse::llm
